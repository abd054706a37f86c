//! The questions that templates share. A template's manifest says which of them it asks.

use std::borrow::Cow;
use std::sync::LazyLock;

use super::question::{Kind, Question, parses};
use super::raw::Raw;
use crate::facts;
use crate::formats::requirements::Requirement;
use crate::values::{
    AppFile, BuildCommand, Color, DebianPackage, Dependencies, Emoji, EnvName, Hardware, ImageRef, InstallFile,
    Installer, License, Port, Preload, PythonVersion, RepoId, RepoName, Sdk, ShortDescription, StartCommand, Tag,
    Title, Variable,
};

const HUB_IMAGE: &str = "with `sdk: gradio` the Hub uses an image of its own";

fn closed(ids: impl IntoIterator<Item = &'static str>) -> Kind {
    Kind::Choice(ids.into_iter().map(Cow::Borrowed).collect())
}

fn port_range() -> Kind {
    Kind::Integer { min: facts::limits::APP_PORT_MIN.into(), max: u16::MAX.into() }
}

/// Every common question, in the order in which they are resolved: a `when` names earlier ones alone.
pub(crate) static COMMON: LazyLock<Vec<Question>> = LazyLock::new(|| {
    let groups = [
        ("The card on the Hub", card()),
        ("For an app that exists (`init`)", existing()),
        ("What it runs on", machine()),
        ("What is in it", contents()),
    ];
    let in_group = |(group, questions): (&'static str, Vec<Question>)| {
        questions.into_iter().map(move |question| Question { group: group.into(), ..question })
    };
    groups.into_iter().flat_map(in_group).collect()
});

/// The question for the template itself, asked before all others.
pub(crate) fn template_question(names: Vec<String>) -> Question {
    let kind = Kind::Choice(names.into_iter().map(Cow::Owned).collect());
    let question =
        Question::new("template", kind, "Template", "What to make a Space from; `spaces-new templates` lists them");
    Question { short: Some('t'), asked: true, ..question }
}

/// What the Space's card shows.
fn card() -> Vec<Question> {
    let ask = |key, kind, prompt, help| Question::new(key, kind, prompt, help);
    vec![
        Question {
            rule: Some(parses::<RepoName>),
            ..ask("name", Kind::Text, "Repository name", "Repository name on the Hub [default: from the folder]")
        },
        Question {
            rule: Some(parses::<Title>),
            asked: true,
            ..ask("title", Kind::Text, "Title", "Title of the Space [default: from the folder]")
        },
        Question {
            rule: Some(parses::<Emoji>),
            asked: true,
            ..ask("emoji", Kind::Text, "Emoji", "Emoji on the Space's card [default: the template's]")
        },
        Question {
            value_name: "COLOR".into(),
            rule: Some(parses::<Color>),
            ..ask(
                "color_from",
                closed(facts::limits::COLORS),
                "Card colour, from",
                "Where the card's gradient starts [default: the template's]",
            )
        },
        Question {
            value_name: "COLOR".into(),
            rule: Some(parses::<Color>),
            ..ask(
                "color_to",
                closed(facts::limits::COLORS),
                "Card colour, to",
                "Where the card's gradient ends [default: the template's]",
            )
        },
        Question {
            value_name: "ID".into(),
            rule: Some(parses::<License>),
            ..ask(
                "license",
                closed(facts::licenses::LICENSES.iter().map(|row| row.id)),
                "Licence",
                "Licence, by the Hub's identifier, such as `apache-2.0`",
            )
        },
        Question {
            value_name: "TEXT".into(),
            rule: Some(parses::<ShortDescription>),
            ..ask("short_description", Kind::Text, "Short description", "Line under the title, at most 60 characters")
        },
    ]
}

/// What is said of an app that exists. They come before the machine, whose questions hang on them.
fn existing() -> Vec<Question> {
    let ask = |key, kind, value_name: &'static str, prompt, help| Question {
        value_name: value_name.into(),
        offered: false,
        ..Question::new(key, kind, prompt, help)
    };
    let no_app = "it is about an app that exists, which `app_file` names";
    vec![
        Question {
            rule: Some(parses::<AppFile>),
            ..ask(
                "app_file",
                Kind::Text,
                "FILE",
                "Entry file of your app",
                "Entry file of the app that is there, such as `src/main.py`",
            )
        },
        Question {
            rule: Some(parses::<Dependencies>),
            when: Some("app_file and app_file != 'Dockerfile'".into()),
            otherwise: no_app.into(),
            ..ask(
                "dependencies",
                closed(Dependencies::choices()),
                "FILE",
                "File with its dependencies",
                "File that names its dependencies, such as `uv.lock` [default: requirements.txt or package.json]",
            )
        },
        Question {
            flag: "install-file".into(),
            rule: Some(parses::<InstallFile>),
            when: Some("app_file and app_file != 'Dockerfile'".into()),
            otherwise: no_app.into(),
            ..ask(
                "install_files",
                Kind::List,
                "FILE",
                "Files that installing needs",
                "File or folder that installing them needs too, such as `requirements/base.txt`; `.` for all",
            )
        },
        Question {
            rule: Some(parses::<BuildCommand>),
            when: Some("app_file and app_file != 'Dockerfile'".into()),
            otherwise: no_app.into(),
            ..ask("build_command", Kind::Words, "COMMAND", "Build command", "What builds it, such as `npm run build`")
        },
    ]
}

/// What the Space runs on.
fn machine() -> Vec<Question> {
    let ask = |key, kind, prompt, help| Question::new(key, kind, prompt, help);
    vec![
        Question {
            default: Some(Raw::from("docker")),
            rule: Some(parses::<Sdk>),
            asked: true,
            otherwise: "the template has one SDK".into(),
            ..ask(
                "sdk",
                closed(["docker", "gradio"]),
                "SDK (docker needs a paid plan, gradio is free on ZeroGPU)",
                "Build from a Dockerfile, or with the Hub's Gradio image [default: docker]",
            )
        },
        Question {
            value_name: "FLAVOR".into(),
            rule: Some(parses::<Hardware>),
            ..ask(
                "hardware",
                closed(facts::hardware::FLAVORS.iter().map(|row| row.id)),
                "Suggested hardware",
                "Hardware to suggest, such as `t4-small`; `zero-a10g` with `--sdk gradio` makes a ZeroGPU app",
            )
        },
        Question {
            value_name: "IMAGE".into(),
            rule: Some(parses::<ImageRef>),
            asked: true,
            ..ask(
                "base",
                Kind::Text,
                "Base image (none: a FastAPI app)",
                "Base image, such as `node:22-slim` [default: the template's]",
            )
        },
        Question {
            rule: Some(parses::<StartCommand>),
            otherwise: "the starter app has its own".into(),
            ..ask("command", Kind::Words, "Start command", r#"Start command, as ["node","server.js"] or a plain line"#)
        },
        Question {
            value_name: "VERSION".into(),
            rule: Some(parses::<PythonVersion>),
            when: Some("not base".into()),
            otherwise: "the base image has the Python that it has".into(),
            ..ask("python", Kind::Text, "Python version", "Python version [default: 3.13, or 3.12.12 with ZeroGPU]")
        },
        Question {
            default: Some(Raw::from("pip")),
            rule: Some(parses::<Installer>),
            when: Some("sdk == 'docker' and derived.runtime == 'python'".into()),
            otherwise: "it installs Python packages in an image that is built from a Dockerfile".into(),
            ..ask(
                "installer",
                closed(["pip", "uv"]),
                "Installer of Python packages",
                "What installs Python packages in the image [default: pip]",
            )
        },
        Question {
            rule: Some(parses::<Port>),
            default: Some(Raw::Integer(facts::limits::APP_PORT_DEFAULT.into())),
            when: Some("sdk == 'docker'".into()),
            otherwise: HUB_IMAGE.into(),
            ..ask("port", port_range(), "Port", "Port on which the app answers [default: 7860]")
        },
        Question {
            default: Some(Raw::Boolean(false)),
            when: Some("sdk == 'docker'".into()),
            otherwise: HUB_IMAGE.into(),
            ..ask(
                "dev_mode",
                Kind::Boolean,
                "Ready for Dev Mode",
                "Make the image fit for the Hub's Dev Mode: code in /app, git and tools installed",
            )
        },
    ]
}

/// What goes into the Space.
fn contents() -> Vec<Question> {
    let list = |key, flag: &'static str, value_name: &'static str, prompt, help| Question {
        flag: flag.into(),
        value_name: value_name.into(),
        default: Some(Raw::List(Vec::new())),
        ..Question::new(key, Kind::List, prompt, help)
    };
    vec![
        Question { rule: Some(parses::<Tag>), ..list("tags", "tag", "TAG", "Tags", "Tag on the Hub, repeatable") },
        Question {
            rule: Some(parses::<RepoId>),
            ..list("models", "model", "REPO", "Models it uses", "Model it uses, as owner/name, repeatable")
        },
        Question {
            rule: Some(parses::<RepoId>),
            ..list("datasets", "dataset", "REPO", "Datasets it uses", "Dataset it uses, as owner/name, repeatable")
        },
        Question {
            rule: Some(parses::<Preload>),
            ..list(
                "preload",
                "preload",
                "SPEC",
                "Files to preload from the Hub",
                r#"Files to fetch at build, as "repo [file,file] [commit]", repeatable"#,
            )
        },
        Question {
            rule: Some(parses::<Requirement>),
            ..list("pip", "pip", "REQ", "Python packages", "Python requirement, such as `pandas==2.3.1`, repeatable")
        },
        Question {
            rule: Some(parses::<DebianPackage>),
            ..list("apt", "apt", "PKG", "Debian packages", "Debian package, such as `ffmpeg`, repeatable")
        },
        Question {
            rule: Some(parses::<EnvName>),
            ..list(
                "secrets",
                "secret",
                "NAME",
                "Secrets at run time",
                "Name of a secret that the app reads, repeatable",
            )
        },
        Question {
            rule: Some(parses::<EnvName>),
            when: Some("sdk == 'docker'".into()),
            otherwise: HUB_IMAGE.into(),
            ..list(
                "build_secrets",
                "build-secret",
                "NAME",
                "Secrets at build time",
                "Name of a secret that the build needs, repeatable",
            )
        },
        Question {
            rule: Some(parses::<Variable>),
            ..list("variables", "variable", "NAME=VALUE", "Variables", "Public variable with its default, repeatable")
        },
        list("assets", "asset", "PATH", "Files to bundle", "File or folder to copy into assets/, repeatable"),
    ]
}
