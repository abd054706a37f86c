//! Apps in Python: which files launch one, and which name is the app object.

use std::collections::BTreeMap;

use super::model::{Evidence, Framework};
use super::project::{Project, PythonFile, is_aside};
use crate::formats::python::{Call, Value};

/// What one file is, if it is an app.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    pub(super) framework: Framework,
    pub(super) file: String,
    pub(super) object: Option<String>,
    pub(super) evidence: Vec<Evidence>,
    /// How sure it is that this file launches.
    pub(super) strength: i32,
}

/// A file that surely starts an app, one that may, and one that only has to do with the framework.
const SURE: i32 = 20;
const LIKELY: i32 = 10;
const WEAK: i32 = -40;

/// Calls whose value is an application object, and what it is an application of.
const OBJECTS: [(&str, Framework); 12] = [
    ("fastapi.FastAPI", Framework::FastApi),
    ("fastapi.applications.FastAPI", Framework::FastApi),
    ("gradio.mount_gradio_app", Framework::FastApi),
    ("starlette.applications.Starlette", Framework::Starlette),
    ("flask.Flask", Framework::Flask),
    ("flask.app.Flask", Framework::Flask),
    ("apiflask.APIFlask", Framework::Flask),
    ("flask_openapi3.OpenAPI", Framework::Flask),
    ("quart.Quart", Framework::Quart),
    ("quart.app.Quart", Framework::Quart),
    ("litestar.Litestar", Framework::Litestar),
    ("litestar.app.Litestar", Framework::Litestar),
];

/// Functions of this repository that make an application, by the file that they stand in.
type Factories<'p> = BTreeMap<(&'p str, &'p str), Framework>;

/// Every file that is an app.
pub(super) fn find(project: &Project<'_>) -> Vec<Candidate> {
    let factories = factories(project);
    let files = project.python.values().filter(|file| !is_aside(file.path));
    files.filter_map(|file| candidate(project, file, &factories)).collect()
}

/// The first that fits: a file that mounts one framework in another is an app of the outer one.
fn candidate(project: &Project<'_>, file: &PythonFile<'_>, factories: &Factories<'_>) -> Option<Candidate> {
    let mounts = file.source.calls.iter().any(|call| matches!(call.method(), "mount_gradio_app" | "mount_chainlit"));
    let outer = if mounts { object(project, file, factories) } else { None };
    outer
        .or_else(|| chainlit(file))
        .or_else(|| shiny(file))
        .or_else(|| made(file, "marimo.App", Framework::Marimo))
        .or_else(|| django(file))
        .or_else(|| nicegui(file))
        .or_else(|| dash(project, file))
        .or_else(|| panel(file))
        .or_else(|| streamlit(file))
        .or_else(|| gradio(project, file).filter(|found| found.strength > 0))
        .or_else(|| object(project, file, factories))
        .or_else(|| gradio(project, file))
}

fn found(file: &PythonFile<'_>, framework: Framework, strength: i32, evidence: Vec<Evidence>) -> Candidate {
    Candidate { framework, file: file.path.to_owned(), object: None, evidence, strength }
}

/// A name at the top level that is the value of a call.
fn made(file: &PythonFile<'_>, path: &str, framework: Framework) -> Option<Candidate> {
    let mut made = file.source.assignments.iter().filter(|assignment| {
        assignment.scope.is_top_level() && matches!(&assignment.value, Value::Call(called, _) if called == path)
    });
    let assignment = made.next()?;
    let name = assignment.name;
    let what = path.rsplit('.').next().unwrap_or(path);
    let evidence = vec![file.evidence(assignment.at, format!("makes `{name}` with `{what}(..)`"))];
    Some(Candidate { object: Some(name.to_owned()), ..found(file, framework, SURE, evidence) })
}

fn chainlit(file: &PythonFile<'_>) -> Option<Candidate> {
    let mark =
        file.source.mentions.iter().find(|mention| mention.is_decorator && mention.path.starts_with("chainlit.on_"));
    let mark = mark?;
    let evidence = vec![file.evidence(mark.at, format!("answers `{}`", mark.path))];
    Some(found(file, Framework::Chainlit, SURE, evidence))
}

fn shiny(file: &PythonFile<'_>) -> Option<Candidate> {
    if let Some(app) = made(file, "shiny.App", Framework::Shiny) {
        return Some(app);
    }
    let import = file.source.imports.iter().find(|import| import.module.starts_with("shiny.express"))?;
    let draws =
        file.source.calls.iter().any(|call| call.path.starts_with("shiny.express.") && call.scope.is_top_level());
    let evidence = vec![file.evidence(import.at, "imports `shiny.express`")];
    Some(found(file, Framework::Shiny, if draws { SURE } else { WEAK }, evidence))
}

/// Django, by the file that a server starts from. One with a file for each kind of server is started the plain way.
fn django(file: &PythonFile<'_>) -> Option<Candidate> {
    made(file, "django.core.wsgi.get_wsgi_application", Framework::Django).or_else(|| {
        let found = made(file, "django.core.asgi.get_asgi_application", Framework::Django)?;
        Some(Candidate { strength: LIKELY, ..found })
    })
}

/// The call that starts an app of `NiceGUI`.
pub(super) const RUNS_NICEGUI: &str = "nicegui.ui.run";

fn nicegui(file: &PythonFile<'_>) -> Option<Candidate> {
    let call = file.source.calls.iter().find(|call| call.path == RUNS_NICEGUI)?;
    let evidence = vec![file.evidence(call.at, format!("calls `{}()`", call.written))];
    let strength = if call.scope.is_top_level() { SURE } else { LIKELY };
    Some(found(file, Framework::NiceGui, strength, evidence))
}

/// Calls whose value is an application of Dash.
const DASHES: [&str; 4] =
    ["dash.Dash", "dash.dash.Dash", "dash_extensions.enrich.DashProxy", "dash_extensions.enrich.Dash"];

/// Dash, whose `app.server` is the object for a server. The file that gives the app its layout is the one that starts
/// it, whichever file makes it.
fn dash(project: &Project<'_>, file: &PythonFile<'_>) -> Option<Candidate> {
    let own = DASHES.iter().find_map(|path| made(file, path, Framework::Dash));
    let name = match &own {
        Some(app) => app.object.clone()?,
        None => imported_dash(project, file)?,
    };
    let layout = format!("{name}.layout");
    let laid_out = file.source.assignments.iter().find(|found| found.name == layout);
    let mut evidence = own.map_or_else(Vec::new, |app| app.evidence);
    evidence.extend(laid_out.map(|found| file.evidence(found.at, format!("gives `{name}` its layout"))));
    let runs = |call: &&Call<'_>| call.written == format!("{name}.run") || call.written == format!("{name}.run_server");
    evidence.extend(
        file.source.calls.iter().find(runs).map(|call| file.evidence(call.at, format!("calls `{}()`", call.written))),
    );
    let starts = laid_out.is_some() || file.source.calls.iter().any(|call| runs(&call));
    if evidence.is_empty() {
        return None;
    }
    let of_app =
        |value: &Value<'_>| matches!(value, Value::Name(found) if found.strip_suffix(".server") == Some(&name));
    let server = file
        .source
        .assignments
        .iter()
        .find(|found| found.scope.is_top_level() && of_app(&found.value))
        .map(|found| found.name);
    let imported = file.source.imports.iter().find(|import| import.level == 0 && import.name == Some("server"));
    let local = imported.filter(|import| project.base_of(file.path, import.module).is_some());
    let object = server.or(local.and(Some("server"))).map(str::to_owned);
    let strength = if starts { SURE } else { LIKELY };
    Some(Candidate { object, ..found(file, Framework::Dash, strength, evidence) })
}

/// The name under which a file imports an app of Dash out of another file of this repository.
fn imported_dash(project: &Project<'_>, file: &PythonFile<'_>) -> Option<String> {
    file.source.imports.iter().find_map(|import| {
        let name = import.name.filter(|name| matches!(*name, "app" | "dash_app" | "application"))?;
        let files = project.imported(file.path, import.level, import.module, Some(name));
        let makes = |path: &str| {
            let other = project.python.get(path)?;
            other.source.assignments.iter().find(|found| {
                found.name == name && matches!(&found.value, Value::Call(path, _) if DASHES.contains(&path.as_str()))
            })
        };
        files.into_iter().find_map(makes).map(|_| name.to_owned())
    })
}

fn panel(file: &PythonFile<'_>) -> Option<Candidate> {
    if !file.source.imports_module("panel") {
        return None;
    }
    let served = file.source.calls.iter().find(|call| call.method() == "servable" || call.path == "panel.serve")?;
    let evidence = vec![file.evidence(served.at, format!("calls `{}()`", served.written))];
    Some(found(file, Framework::Panel, SURE, evidence))
}

/// A file that draws with Streamlit when it runs, by itself or through a function that it calls.
fn streamlit(file: &PythonFile<'_>) -> Option<Candidate> {
    let source = &file.source;
    if !source.imports_module("streamlit") {
        return None;
    }
    let is_drawing =
        |call: &&Call<'_>| call.path.starts_with("streamlit.") && !call.path.starts_with("streamlit.cache");
    let mut drawn: Vec<_> = source.calls.iter().filter(is_drawing).collect();
    drawn.retain(|call| call.scope.is_top_level() && !is_decorator_of_cache(&call.path));
    if let Some(call) = drawn.iter().find(|call| call.path == "streamlit.set_page_config").or(drawn.first()) {
        let evidence = vec![file.evidence(call.at, format!("calls `{}()` when it runs", call.written))];
        return Some(found(file, Framework::Streamlit, SURE, evidence));
    }
    let own = |call: &&Call<'_>| {
        let name = call.path.trim_end_matches("()").rsplit('.').next().unwrap_or_default();
        call.scope.is_top_level() && (source.functions.iter().any(|function| function.name == name) || name == "run")
    };
    let drawn_later = source.calls.iter().find(is_drawing);
    let call = source.calls.iter().find(own);
    match (call, drawn_later) {
        (Some(call), Some(_)) => {
            let evidence =
                vec![file.evidence(call.at, format!("calls `{}()`, which draws with Streamlit", call.written))];
            Some(found(file, Framework::Streamlit, if call.scope.in_main { SURE } else { LIKELY }, evidence))
        }
        _ => {
            let import = source.imports.iter().find(|import| import.module == "streamlit")?;
            let evidence = vec![file.evidence(import.at, "imports `streamlit`")];
            Some(found(file, Framework::Streamlit, WEAK, evidence))
        }
    }
}

fn is_decorator_of_cache(path: &str) -> bool {
    ["streamlit.experimental_", "streamlit.session_state", "streamlit.fragment", "streamlit.dialog"]
        .iter()
        .any(|begin| path.starts_with(begin))
}

/// Whether a file has to do with Gradio: it imports it, or the app object out of a file of this repository that does.
fn knows_gradio(project: &Project<'_>, file: &PythonFile<'_>) -> bool {
    let imported = |import: &crate::formats::python::Import<'_>| {
        project.imported(file.path, import.level, import.module, import.name).into_iter()
    };
    file.source.imports_module("gradio")
        || file
            .source
            .imports
            .iter()
            .flat_map(imported)
            .any(|path| project.python.get(path).is_some_and(|other| other.source.imports_module("gradio")))
}

/// The call that launches a Gradio app.
pub(super) fn launch<'f, 'r>(file: &'f PythonFile<'r>) -> Option<&'f Call<'r>> {
    let roots = |call: &Call<'_>| {
        let root = call.path.split(['.', '(', '[']).next().unwrap_or_default().to_owned();
        !file.source.imports.iter().any(|import| {
            import.level == 0
                && import.module.split('.').next() == Some(root.as_str())
                && root != "gradio"
                && import.name.is_none()
        }) && root != "playwright"
    };
    let launches = |call: &&Call<'_>| {
        call.method() == "launch" && call.path.contains('.') && (call.path.starts_with("gradio.") || roots(call))
    };
    file.source.calls.iter().find(launches)
}

fn gradio(project: &Project<'_>, file: &PythonFile<'_>) -> Option<Candidate> {
    if !knows_gradio(project, file) {
        return None;
    }
    if let Some(call) = launch(file) {
        let evidence = vec![file.evidence(call.at, format!("calls `{}()`", call.written))];
        let strength = if call.scope.is_top_level() { SURE } else { LIKELY };
        return Some(found(file, Framework::Gradio, strength, evidence));
    }
    let builds = |call: &&Call<'_>| {
        ["Blocks", "Interface", "ChatInterface", "TabbedInterface", "load"]
            .iter()
            .any(|name| call.path == format!("gradio.{name}"))
    };
    let call = file.source.calls.iter().find(builds)?;
    let evidence = vec![file.evidence(call.at, format!("calls `{}(..)`, and launches nothing", call.written))];
    Some(found(file, Framework::Gradio, WEAK, evidence))
}

/// What the value of a call is an application of.
fn made_by(project: &Project<'_>, file: &PythonFile<'_>, path: &str, factories: &Factories<'_>) -> Option<Framework> {
    if let Some((_, framework)) = OBJECTS.iter().find(|(object, _)| *object == path) {
        return Some(*framework);
    }
    if !path.contains('.')
        && let Some(framework) = factories.get(&(file.path, path))
    {
        return Some(*framework);
    }
    let name = path.rsplit('.').next()?;
    let import = file.source.imports.iter().find(|import| {
        import.name == Some(name) || (import.name.is_none() && path.starts_with(import.module)) || path.starts_with('.')
    })?;
    let files = project.imported(file.path, import.level, import.module, import.name);
    files.into_iter().find_map(|other| factories.get(&(other, name)).copied())
}

fn factories<'p>(project: &'p Project<'_>) -> Factories<'p> {
    let mut factories = Factories::new();
    for file in project.python.values().filter(|file| !is_aside(file.path)) {
        for call in &file.source.calls {
            let Some((_, framework)) = OBJECTS.iter().find(|(object, _)| *object == call.path) else { continue };
            let Some(name) = call.scope.outermost.filter(|name| call.scope.function == Some(*name)) else { continue };
            let is_function =
                file.source.functions.iter().any(|function| function.name == name && function.scope.is_top_level());
            if is_function && !name.starts_with("test") {
                factories.insert((file.path, name), *framework);
            }
        }
    }
    factories
}

/// An application object at the top level, or a function that makes one.
fn object(project: &Project<'_>, file: &PythonFile<'_>, factories: &Factories<'_>) -> Option<Candidate> {
    let mut objects = Vec::new();
    for assignment in &file.source.assignments {
        let Value::Call(path, _) = &assignment.value else { continue };
        if !assignment.scope.is_top_level() || assignment.name.contains('.') {
            continue;
        }
        let Some(framework) = made_by(project, file, path, factories) else { continue };
        objects.push((assignment, framework, path));
    }
    let (named, mounted) = (named_by_a_server(file), mounted(file));
    let likely = |name: &str| {
        let is_named = named.iter().any(|named| named == name);
        let is_inner = mounted.iter().any(|mounted| mounted == name);
        (is_inner, !is_named, !matches!(name, "app" | "application" | "api" | "server"))
    };
    if let Some((assignment, framework, path)) = objects.into_iter().min_by_key(|(found, _, _)| likely(found.name)) {
        let what = path.rsplit('.').next().unwrap_or(path);
        let evidence = vec![file.evidence(assignment.at, format!("makes `{}` with `{what}(..)`", assignment.name))];
        let object = Some(assignment.name.to_owned());
        return Some(Candidate { object, ..found(file, framework, SURE, evidence) });
    }
    let own = factories.iter().filter(|((path, _), _)| *path == file.path);
    let mut callable = own.filter(|((_, name), _)| {
        file.source.functions.iter().any(|function| function.name == *name && function.takes_nothing)
    });
    let ((_, name), framework) = callable.next()?;
    let call = file.source.calls.iter().find(|call| call.scope.outermost == Some(name))?;
    let evidence = vec![file.evidence(call.at, format!("`{name}()` makes the app"))];
    Some(Candidate { object: Some(format!("{name}()")), ..found(file, *framework, LIKELY, evidence) })
}

/// Objects that the file itself gives to a server.
fn named_by_a_server(file: &PythonFile<'_>) -> Vec<String> {
    let runs = file.source.calls.iter().filter(|call| call.path == "uvicorn.run");
    let name = |call: &Call<'_>| match call.positional(0)? {
        Value::Name(name) => Some((*name).to_owned()),
        Value::Text(text) => text.split_once(':').map(|(_, name)| name.to_owned()),
        _ => None,
    };
    runs.filter_map(name).collect()
}

/// Objects that are mounted in another: `app.mount("/api", api)`.
fn mounted(file: &PythonFile<'_>) -> Vec<String> {
    let mounts = file.source.calls.iter().filter(|call| call.method() == "mount");
    let name = |call: &Call<'_>| match call.positional(1).or(call.keyword("app"))? {
        Value::Name(name) => Some((*name).to_owned()),
        _ => None,
    };
    mounts.filter_map(name).collect()
}
