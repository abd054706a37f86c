//! The questions that templates share: one row each. A template's manifest selects its questions.

use std::borrow::Cow;
use std::sync::LazyLock;

use minijinja::Value;

use super::answer::{Answer, kept, shown};
use super::assets::{self, AssetPath};
use super::defaults;
use super::question::{Kept, Kind, Question};
use super::raw::Raw;
use super::reader::Reader;
use super::resolve::Spec;
use super::rows::questions;
use crate::facts::hardware::{FLAVORS, USUAL as USUAL_FLAVORS};
use crate::facts::licenses::{LICENSES, USUAL as USUAL_LICENSES};
use crate::facts::limits::{APP_PORT_DEFAULT, APP_PORT_MIN, COLORS};
use crate::formats::requirements::Requirement;
use crate::values::{
    AppFile, BaseImage, BuildCommand, Color, DebianPackage, Dependencies, Deploy, Emoji, EnvName, Hardware, HubPlan,
    InstallFile, Installer, License, OauthScope, Port, Preload, PythonVersion, RepoId, RepoName, Sdk, ShortDescription,
    StartCommand, Tag, Title, Variable,
};

const CARD: &str = "The card on the Hub";
const APP: &str = "For an existing app (`init`)";
const MACHINE: &str = "Platform";
const CONTENTS: &str = "Contents";

/// The headings of the help, in order.
pub(crate) const HEADINGS: [&str; 4] = [CARD, APP, MACHINE, CONTENTS];

/// The condition of a question, and why it has no effect otherwise.
const IN_A_DOCKERFILE: (&str, &str) = ("sdk == 'docker'", "with `sdk: gradio` the Hub uses an image of its own");
const WITH_AN_APP: (&str, &str) =
    ("app_file and app_file != 'Dockerfile'", "it is about an app that exists, which `app_file` names");

// rustfmt does not format the inside of a macro: keep the layout of the rows.
questions! {
    MACHINE => {
        /// The plan of the account that creates the Space, if it is known.
        plan: optional_copy HubPlan, @card
            = choice(
                ["free", "paid"],
                "Your plan on the Hub (what it can create depends on it)",
                "Plan of your account on the Hub; `free` makes a Gradio Space on ZeroGPU, or with `--template static` a page",
            )
            .with_notes(["a Gradio app on ZeroGPU, or a static page", "PRO, Team or Enterprise: every template and hardware"]);
    }
    CARD => {
        /// The repository's name.
        name: required RepoName, @card
            // Files show it, and it is derived from the folder: the kept answers may recreate the Space in another one
            = text("Repository name", "Repository name on the Hub [default: from the folder]")
                .with_own_default(defaults::name).kept(Kept::Always);
        /// The title.
        title: required Title, @card
            // It is derived from the folder's name, and the kept answers may recreate the Space in another folder
            = text("Title", "Title of the Space [default: from the folder]").asked()
                .with_own_default(defaults::title).kept(Kept::Always);
        /// The emoji on the card.
        emoji: required Emoji, @card
            = text("Emoji", "Emoji on the Space's card [default: the template's]").asked();
        /// The start of the card's gradient.
        color_from: required Color, @card
            = choice(COLORS, "Card colour, from", "Where the card's gradient starts [default: the template's]").with_value("COLOR");
        /// The end of the card's gradient.
        color_to: required Color, @card
            = choice(COLORS, "Card colour, to", "Where the card's gradient ends [default: the template's]").with_value("COLOR");
        /// The licence.
        license: optional License, @card
            = choice(LICENSES.iter().map(|row| row.id), "Licence", "Licence, by the Hub's identifier, such as `apache-2.0`")
                .with_value("ID").with_notes(LICENSES.iter().map(|row| row.name)).with_usual(USUAL_LICENSES);
        /// The line under the title.
        short_description: optional ShortDescription, @card
            = text("Short description", "Line under the title, at most 60 characters").with_value("TEXT");
    }
    // The questions about an existing app depend on the SDK, and those about hardware depend on the app
    MACHINE => {
        /// The SDK.
        sdk: required_copy Sdk
            = choice(
                ["docker", "gradio"],
                "SDK",
                "Build from a Dockerfile, or with the Hub's Gradio image [default: docker]",
            )
            .with_notes(["built from a Dockerfile, as it is anywhere else", "the Hub's own image for Gradio, without a Dockerfile"])
            .with_default("docker").with_own_default(defaults::sdk).otherwise("the template has one SDK").asked();
    }
    APP => {
        /// The entry file of the existing app; none for a starter app.
        app_file: optional AppFile, @app
            = text("Entry file of your app", "Entry file of the existing app, such as `src/main.py`")
                .with_value("FILE").not_offered();
        /// The dependency file of the existing app.
        dependencies: optional Dependencies, @dependencies
            = choice(
                Dependencies::choices(),
                "File with its dependencies",
                "File that names its dependencies, such as `uv.lock` [default: requirements.txt or package.json]",
            )
            .with_value("FILE").only_when(WITH_AN_APP).with_own_default(defaults::dependencies).not_offered();
        /// The files and folders that installing its dependencies needs.
        install_files: list InstallFile, @dependencies
            = Question::of(
                Kind::List,
                "Files that installing needs",
                "File or folder that installing them needs too, such as `requirements/base.txt`; `.` for all",
            )
            .with_flag("install-file").with_value("FILE").only_when(WITH_AN_APP).not_offered();
        /// Whether the image keeps the packages that are for development.
        dev_dependencies: required_copy bool
            = Question::of(
                Kind::Boolean,
                "Development packages in the image",
                "Install development packages in the image too, for a start command that needs one, such as `tsx`",
            )
            .with_default(false).only_when(WITH_AN_APP).not_offered();
        /// The build command of the existing app.
        build_command: optional BuildCommand
            = words("Build command", "What builds it, such as `npm run build`")
                .with_value("COMMAND").only_when(WITH_AN_APP).not_offered();
    }
    MACHINE => {
        /// The suggested hardware.
        hardware: optional Hardware, @docker
            = choice(
                FLAVORS.iter().map(|row| row.id),
                "Suggested hardware",
                "Hardware to suggest, such as `t4-small`; `zero-a10g` with `--sdk gradio` makes a ZeroGPU app",
            )
            .with_value("FLAVOR").with_own_default(defaults::hardware)
            .with_notes(FLAVORS.iter().map(|row| row.summary)).with_usual(USUAL_FLAVORS);
        /// The chosen base image.
        base: optional BaseImage
            = text("Base image (empty: that of the template)", "Base image, such as `node:22-slim` [default: the template's]")
                .with_value("IMAGE").asked();
        /// The given start command.
        command: optional StartCommand, @docker
            = words("Start command", r#"Start command, as ["node","server.js"] or a line"#)
                .otherwise("the starter app has its own");
        /// The Python version, if the template uses one.
        python: optional PythonVersion, @python
            = text("Python version", "Python version [default: 3.13, or 3.12.12 with ZeroGPU]")
                .with_value("VERSION").only_when(("not base", "the base image has the Python that it has"))
                .with_own_default(defaults::python).with_suggestions(defaults::pythons)
                .checked_when_typed(defaults::check_python);
        /// The installer of Python packages, if the Space's Dockerfile uses one.
        installer: optional_copy Installer, @python
            = choice(["pip", "uv"], "Installer of Python packages", "What installs Python packages in the image [default: pip]")
                .with_default("pip")
                .only_when((
                    "sdk == 'docker' and derived.runtime == 'python'",
                    "it installs Python packages in an image that is built from a Dockerfile",
                ));
        /// The port, if the Space can set it.
        port: optional_copy Port, @docker
            = Question::of(port_range(), "Port", "Port on which the app answers [default: 7860]")
                .with_default(APP_PORT_DEFAULT).only_when(IN_A_DOCKERFILE).with_own_default(defaults::port);
        /// Whether the image supports Dev Mode.
        dev_mode: required_copy bool, @docker
            = Question::of(
                Kind::Boolean,
                "Ready for Dev Mode",
                "Prepare the image for the Hub's Dev Mode: code in /app, git and tools installed",
            )
            .with_default(false).only_when(IN_A_DOCKERFILE);
    }
    CONTENTS => {
        /// Tags.
        tags: list Tag, @card
            = list("tag", "TAG", "Tags", "Tag on the Hub, repeatable");
        /// Models it uses.
        models: list RepoId, @card
            = list("model", "REPO", "Models it uses", "Model it uses, as owner/name, repeatable");
        /// Datasets it uses.
        datasets: list RepoId, @card
            = list("dataset", "REPO", "Datasets it uses", "Dataset it uses, as owner/name, repeatable");
        /// Whether visitors sign in with their account on the Hub.
        hf_oauth: required_copy bool, @card
            = Question::of(
                Kind::Boolean,
                "Sign in with Hugging Face",
                "Let visitors sign in with their account on the Hub (`hf_oauth`)",
            )
            .with_default(false);
        /// What the app may do in the name of a visitor who signs in.
        hf_oauth_scopes: list OauthScope, @card
            = Question::of(
                Kind::List,
                "What the app may do for a visitor",
                "What the app may do in the name of a visitor who signs in, such as `inference-api`, repeatable",
            )
            .with_flag("hf-oauth-scope").with_value("SCOPE").with_default(Vec::<String>::new())
            .only_when(("hf_oauth", "nobody signs in without `hf_oauth`"));
        /// Files to fetch at build.
        preload: list Preload, @docker
            = list(
                "preload",
                "SPEC",
                "Files to preload from the Hub",
                r#"Files to fetch at build, as "owner/name", "owner/name file1,file2" or "owner/name file1,file2 COMMIT", repeatable"#,
            )
            .with_own_commas();
        /// Python requirements.
        pip: list Requirement, @python
            = list("pip", "REQ", "Python packages", "Python package, as `pandas==2.3.1`, repeatable");
        /// Debian packages.
        apt: list DebianPackage, @docker
            = list("apt", "PKG", "Debian packages", "Debian package, such as `ffmpeg`, repeatable");
        /// Secrets at run time.
        secrets: list EnvName, @docker
            = list("secret", "NAME", "Secrets at run time", "Name of a secret that the app reads, repeatable")
                .with_own_words_for_tokens();
        /// Secrets at build time.
        build_secrets: list EnvName, @docker
            = list("build-secret", "NAME", "Secrets at build time", "Name of a secret that the build needs, repeatable")
                .only_when(IN_A_DOCKERFILE).with_own_words_for_tokens();
        /// Names of variables that only the build reads.
        build_variables: list EnvName
            = list(
                "build-variable",
                "NAME",
                "Variables at build time",
                "Name of a public variable that the build writes into pages, repeatable",
            )
            .only_when(WITH_AN_APP).with_own_words_for_tokens();
        /// Variables.
        variables: list Variable, @docker
            = list("variable", "NAME=VALUE", "Variables", "Public variable with its default, repeatable")
                .with_own_words_for_tokens();
        /// Files and folders to bundle.
        assets: list AssetPath, @app
            = list("asset", "PATH", "Files to bundle", "File or folder to copy into assets/, repeatable")
                .checked_when_typed(assets::check_typed);
        /// Where a workflow publishes the Space.
        deploy: optional_copy Deploy, @card
            = choice(["github"], "Workflow that publishes it", "Add a workflow that pushes each change of `main` to the Space: `github`")
                .with_value("WHERE");
    }
}

fn text(prompt: &'static str, help: &'static str) -> Question {
    Question::of(Kind::Text, prompt, help)
}

fn words(prompt: &'static str, help: &'static str) -> Question {
    Question::of(Kind::Words, prompt, help)
}

fn choice(ids: impl IntoIterator<Item = &'static str>, prompt: &'static str, help: &'static str) -> Question {
    Question::of(Kind::Choice(ids.into_iter().map(Cow::Borrowed).collect()), prompt, help)
}

/// A list, whose flag adds one item.
fn list(flag: &'static str, value: &'static str, prompt: &'static str, help: &'static str) -> Question {
    Question::of(Kind::List, prompt, help).with_flag(flag).with_value(value).with_default(Vec::<String>::new())
}

fn port_range() -> Kind {
    Kind::Integer { min: APP_PORT_MIN.into(), max: u16::MAX.into() }
}

/// A common question, by its key.
pub(crate) fn common_question(key: &str) -> Option<&'static Question> {
    COMMON.iter().find(|question| question.key() == key)
}

/// The templates that a list begins with.
const USUAL_TEMPLATES: &[&str] = &["gradio", "streamlit", "docker"];

/// The question for the template, asked before all others; of the names and summaries of all templates.
pub(crate) fn template_question(templates: impl Iterator<Item = (String, String)>) -> Question {
    let (names, summaries): (Vec<String>, Vec<String>) = templates.unzip();
    let kind = Kind::Choice(names.into_iter().map(Cow::Owned).collect());
    let question = Question::new("template", kind, "Template", "Template; `spaces-new templates` lists them")
        .with_notes(summaries)
        .with_usual(USUAL_TEMPLATES);
    Question { short: Some('t'), ..question.asked() }
}
