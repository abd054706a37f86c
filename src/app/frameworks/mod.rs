//! The frameworks, one file each.
//!
//! A framework is a [`Row`] in a file of its own, with its `mod` line and its row in [`REGISTRY`] here.

mod aiohttp;
mod angular;
mod astro;
mod bottle;
mod built_site;
mod bun;
mod chainlit;
mod dash;
mod django;
mod dockerfile;
mod express;
mod fastapi;
mod fasthtml;
mod fastify;
mod fastmcp;
mod flask;
mod go;
pub(super) mod gradio;
mod hono;
mod koa;
mod litestar;
mod marimo;
mod mcp;
mod mesop;
mod nest;
mod next;
mod nicegui;
mod nitro;
mod node;
mod nuxt;
mod panel;
mod quart;
mod react_router;
mod remix;
mod row;
mod rust;
mod sanic;
mod shiny;
mod solara;
mod solid_start;
mod starlette;
mod static_page;
mod streamlit;
mod sveltekit;
mod taipy;
mod tanstack_start;
mod tornado;
mod unbuilt;

pub(super) use dockerfile::DOCKERFILE;
pub(super) use row::{CompiledHooks, Hooks, NodeHooks, PythonHooks, Running};
pub(super) use static_page::not_proposed;
pub(super) use unbuilt::note as unbuilt;

use super::candidate::Candidate;
use super::framework::Framework;
use super::hub::space::ExistingSpace;
use super::project::Project;
use row::Row;

/// Every framework. The first one that recognises a file, or a `package.json`, counts.
static REGISTRY: &[&Row] = &[
    &chainlit::ROW,
    &shiny::ROW,
    &marimo::ROW,
    &django::ROW,
    &nicegui::ROW,
    &dash::ROW,
    &panel::ROW,
    &streamlit::ROW,
    &gradio::ROW,
    &fasthtml::ROW,
    &fastmcp::ROW,
    &mcp::ROW,
    &mesop::ROW,
    &taipy::ROW,
    &solara::ROW,
    &sanic::ROW,
    &aiohttp::ROW,
    &bottle::ROW,
    &tornado::ROW,
    &fastapi::ROW,
    &starlette::ROW,
    &flask::ROW,
    &quart::ROW,
    &litestar::ROW,
    &next::ROW,
    &sveltekit::ROW,
    &nuxt::ROW,
    &react_router::ROW,
    &remix::ROW,
    &astro::ROW,
    &angular::ROW,
    &solid_start::ROW,
    &tanstack_start::ROW,
    &nest::ROW,
    &fastify::ROW,
    &hono::ROW,
    &koa::ROW,
    &express::ROW,
    &bun::ROW,
    &built_site::ROW,
    &node::ROW,
    &static_page::ROW,
    &go::ROW,
    &rust::ROW,
    &dockerfile::ROW,
];

/// Every framework that [`detect`](crate::detect) recognises, in no particular order.
pub fn known_frameworks() -> impl Iterator<Item = Framework> {
    REGISTRY.iter().map(|row| row.framework())
}

/// The functions of a framework.
pub(super) fn hooks(framework: Framework) -> &'static Hooks {
    let row = REGISTRY.iter().find(|row| row.framework() == framework);
    row.map_or(&Hooks::Image, |row| &row.hooks)
}

/// The functions of a framework in Python.
pub(super) fn python(framework: Framework) -> Option<&'static PythonHooks> {
    match hooks(framework) {
        Hooks::Python(hooks) => Some(hooks),
        _ => None,
    }
}

/// Every framework in Python.
pub(super) fn in_python() -> impl Iterator<Item = &'static PythonHooks> {
    REGISTRY.iter().filter_map(|row| match &row.hooks {
        Hooks::Python(hooks) => Some(hooks),
        _ => None,
    })
}

/// Every framework on Node.
pub(super) fn on_node() -> impl Iterator<Item = &'static NodeHooks> {
    REGISTRY.iter().filter_map(|row| match &row.hooks {
        Hooks::Node(hooks) => Some(hooks),
        _ => None,
    })
}

/// The packages of the frameworks in Python.
pub(super) fn packages() -> impl Iterator<Item = &'static str> {
    REGISTRY.iter().filter_map(|row| row.about.package)
}

/// Calls in Python that return an application object for a server, and its framework.
pub(super) fn constructors() -> Vec<(&'static str, Framework)> {
    let of_row = |row: &&'static Row| match &row.hooks {
        Hooks::Python(hooks) => hooks.constructors.iter().map(|path| (*path, row.framework())).collect(),
        _ => Vec::new(),
    };
    REGISTRY.iter().flat_map(of_row).collect()
}

/// The apps that are neither Python files nor Node packages.
pub(super) fn elsewhere(project: &Project<'_>, space: &ExistingSpace) -> Vec<Candidate> {
    let of_row = |row: &&'static Row| match &row.hooks {
        Hooks::Compiled(hooks) => (hooks.find)(project),
        Hooks::Page(hooks) => (hooks.find)(project, space),
        _ => Vec::new(),
    };
    REGISTRY.iter().flat_map(of_row).collect()
}

/// The folder with the source of a page, given the app's file.
pub(super) fn page_folder(framework: Framework, file: &str) -> Option<&str> {
    match hooks(framework) {
        Hooks::Node(hooks) => hooks.page_folder.map(|folder| folder(file)),
        Hooks::Page(hooks) => Some((hooks.page_folder)(file)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::render::Catalog;

    #[test]
    fn each_framework_has_an_id_of_its_own_and_a_template_that_exists() {
        let ids: BTreeSet<&str> = REGISTRY.iter().map(|row| row.about.id).collect();
        assert_eq!(ids.len(), REGISTRY.len());
        for row in REGISTRY {
            let about = &row.about;
            assert!(!about.name.is_empty() && Catalog::builtin().get(about.template).is_some(), "{}", about.id);
            assert_eq!(row.framework().is_python(), matches!(row.hooks, Hooks::Python(_)), "{}", about.id);
            assert_eq!(row.framework().is_python(), about.package.is_some(), "{}", about.id);
        }
    }

    #[test]
    fn no_constructor_belongs_to_two_frameworks() {
        let constructors = constructors();
        let paths: BTreeSet<&str> = constructors.iter().map(|(path, _)| *path).collect();
        assert_eq!(paths.len(), constructors.len());
    }
}
