//! A small scaffolder on top of the library: makes a Space and takes it on to Replicate, and puts a Space around an app.
//!
//! `cargo run --example scaffolder -- FOLDER` writes `FOLDER/new` and `FOLDER/app`, and prints what it did. It asks nothing: what
//! another tool knows is given as answers, and the rest is derived.

#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "it stands for a program of its own, with its own ways"
)]

use std::error::Error;
use std::path::Path;

use spaces_new::{
    Addition, Adoption, Answers, Assets, Catalog, Checker, Level, Merge, Repo, Spec, Undecided, Vcs, WriteOptions,
};

/// The app that a person has.
const APP: &str = "import gradio as gr


def shout(text: str) -> str:
    \"\"\"A text in capital letters.\"\"\"
    return text.upper()


demo = gr.Interface(shout, gr.Textbox(label=\"Text\"), gr.Textbox(label=\"Louder\"))

if __name__ == \"__main__\":
    demo.launch()
";

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args_os().nth(1).ok_or("usage: scaffolder FOLDER")?;
    let folder = Path::new(&folder);
    make(&folder.join("new"))?;
    add("replicate", &folder.join("new"))?;
    let app = folder.join("app");
    std::fs::create_dir_all(&app)?;
    std::fs::write(app.join("app.py"), APP)?;
    adopt(&app)?;
    add("bentoml", &app)
}

/// Makes a Space from a template: answers, a checked specification, a plan, files.
fn make(folder: &Path) -> Result<(), Box<dyn Error>> {
    let answers = Answers::for_folder("new").set("template", "gradio").set("title", "Made by another tool");
    let template = Catalog::builtin().get("gradio").ok_or("there is no such template")?;
    let spec = Spec::resolve(template, &answers)?;
    let plan = template.plan(&spec, &Assets::default())?;
    let report = plan.write_to(folder, &WriteOptions::new().vcs(Vcs::None))?;
    println!("made {} files in {}", report.files.len(), folder.display());
    found_nothing(folder)
}

/// Puts a Space around the app in a folder.
fn adopt(folder: &Path) -> Result<(), Box<dyn Error>> {
    let repo = Repo::open(folder)?;
    let adoption = Adoption::begin(&repo).decide()?.adopt()?;
    write(&adoption.merge, folder)?;
    println!("put a Space around `{}`", adoption.spec.app_file().map(|file| file.as_str()).unwrap_or_default());
    found_nothing(folder)
}

/// Takes the app in a folder on to another platform.
fn add(target: &str, folder: &Path) -> Result<(), Box<dyn Error>> {
    let repo = Repo::open(folder)?;
    let addition = Addition::begin(&repo, target).ok_or("there is no such platform")?.decide(&mut Undecided)?;
    write(&addition.merge, folder)?;
    println!("added what {} needs to `{}`", addition.target.name(), addition.app.file);
    found_nothing(folder)
}

fn write(merge: &Merge, folder: &Path) -> Result<(), Box<dyn Error>> {
    merge.write_to(folder, &WriteOptions::new())?;
    Ok(())
}

/// The check has no errors.
fn found_nothing(folder: &Path) -> Result<(), Box<dyn Error>> {
    let findings = Checker::new().check(&Repo::open(folder)?);
    match findings.iter().find(|found| found.level == Level::Error) {
        Some(found) => Err(format!("{}: {}", found.rule, found.message).into()),
        None => Ok(()),
    }
}
