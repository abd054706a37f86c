//! Rules that need more than one answer.

use super::common_questions::Values;
use super::defaults;
use super::question::Question;
use super::raw::Raw;
use super::reader::Reader;
use crate::facts;
use crate::facts::base_images::{Distribution, Runtime};
use crate::formats::requirements::Requirement;
use crate::values::{HubPlan, Invalid, PythonVersion, Sdk, normalised, runtime_name, tokens};

/// Checks the answers together.
pub(super) fn judge(reader: &mut Reader<'_>, values: &Values) {
    plan(reader, values);
    sdk(reader, values);
    hardware(reader, values);
    python(reader, values);
    packages(reader, values);
    system(reader, values);
    names(reader, values);
    existing(reader, values);
    folder(reader);
    if values.preload.len() > facts::limits::PRELOAD_MAX {
        let message =
            format!("{} items are too many, the Hub accepts {}", values.preload.len(), facts::limits::PRELOAD_MAX);
        reader.refuse("preload", Invalid::new(message).hint("fetch the rest when the app starts"));
    }
    required(reader);
}

/// What a free account cannot create, with what it can.
fn plan(reader: &mut Reader<'_>, values: &Values) {
    if values.plan != Some(HubPlan::Free) {
        return;
    }
    match (values.sdk, &values.hardware) {
        (Sdk::Static, _) => {}
        (Sdk::Gradio, Some(hardware)) if hardware.is_zero_gpu() => {}
        (Sdk::Gradio, Some(hardware)) => refuse_plan(reader, &format!("a Gradio Space on `{hardware}`")),
        (Sdk::Gradio, None) => refuse_plan(reader, "a Gradio Space on ordinary hardware"),
        (Sdk::Docker, _) => refuse_plan(reader, DOCKER_SPACE),
    }
}

const DOCKER_SPACE: &str = "a Docker Space";

/// The same where the template alone decides it: a person should know before the next question.
pub(super) fn plan_of_template(reader: &mut Reader<'_>) {
    if defaults::is_free(reader.answers) && reader.template.sdks() == [Sdk::Docker] {
        refuse_plan(reader, DOCKER_SPACE);
    }
}

fn refuse_plan(reader: &mut Reader<'_>, what: &str) {
    let free = if reader.template.sdks().contains(&Sdk::Gradio) {
        "leave out the SDK and the hardware: then it is a Gradio Space on ZeroGPU"
    } else if reader.template.name() == "streamlit" {
        "free are Streamlit Community Cloud (`spaces-new add streamlit-cloud`), and on the Hub the templates `gradio` and `static`"
    } else {
        "free are the templates `gradio`, on ZeroGPU, and `static`"
    };
    let hint = format!("{free}; if the account has a paid plan, set `plan` to `paid`");
    reader.refuse("plan", Invalid::new(format!("a free account cannot create {what}")).hint(hint));
}

fn sdk(reader: &mut Reader<'_>, values: &Values) {
    if !reader.template.sdks().contains(&values.sdk) {
        let message = format!("the `{}` template cannot use `sdk: {}`", reader.template.name(), values.sdk);
        reader.refuse("sdk", Invalid::new(message).hint("leave it out"));
    }
}

fn hardware(reader: &mut Reader<'_>, values: &Values) {
    let zero_gpu = values.hardware.as_ref().is_some_and(crate::values::Hardware::is_zero_gpu);
    if zero_gpu && values.sdk != Sdk::Gradio {
        let hint = if reader.template.sdks().contains(&Sdk::Gradio) {
            "set `sdk` to `gradio`"
        } else {
            "use the `gradio` template with `sdk` set to `gradio`, or other hardware"
        };
        reader.refuse("hardware", Invalid::new("ZeroGPU only runs Spaces with `sdk: gradio`").hint(hint));
    }
}

fn python(reader: &mut Reader<'_>, values: &Values) {
    let Some(python) = &values.python else { return };
    let zero_gpu =
        values.sdk == Sdk::Gradio && values.hardware.as_ref().is_some_and(crate::values::Hardware::is_zero_gpu);
    let offered = if values.has_starter() || zero_gpu {
        reader.template.pythons(zero_gpu)
    } else {
        facts::python::IMAGE_VERSIONS.to_vec()
    };
    let patch_of_offered = |version: &PythonVersion| {
        values.sdk == Sdk::Gradio
            && !zero_gpu
            && offered.iter().any(|known| version.as_str().starts_with(&format!("{known}.")))
    };
    if !offered.iter().any(|known| *known == python.as_str()) && !patch_of_offered(python) {
        let who = if zero_gpu { "ZeroGPU" } else { "the template" };
        let message = format!("{who} does not run on Python {python}");
        reader.refuse("python", Invalid::new(message).hint(format!("one of: {}", offered.join(", "))));
    }
}

/// Python packages: they can be installed, are not repeated, and are not chosen by the template or the Hub.
fn packages(reader: &mut Reader<'_>, values: &Values) {
    if let Some(base) = &values.base
        && !values.pip.is_empty()
        && base.runtime() != Runtime::Python
    {
        let message = format!("`{}` is not known to contain Python", base.reference());
        reader.refuse(
            "pip",
            Invalid::new(message).hint("choose a `python` base image, or install them in your Dockerfile"),
        );
    }
    let pins = reader.template.active_pins(|when| reader.holds(when));
    let mut seen: Vec<&Requirement> = Vec::new();
    for requirement in &values.pip {
        let name = requirement.name();
        if values.has_starter() && pins.iter().any(|pin| normalised(pin) == name) {
            let message = format!("the template already installs `{name}`, in a version that it was tested with");
            reader.refuse(
                "pip",
                Invalid::new(message).hint("leave it out; change requirements.txt afterwards if you need another"),
            );
        } else if values.sdk == Sdk::Gradio && facts::environment::INSTALLED_BY_THE_HUB.contains(&name) {
            let message = format!("the Hub installs `{name}` itself with `sdk: gradio`");
            reader.refuse("pip", Invalid::new(message).hint("leave it out"));
        } else if seen.iter().any(|known| known.name() == name && !(known.has_marker() && requirement.has_marker())) {
            reader.refuse("pip", Invalid::new(format!("`{name}` is given twice")).hint("keep one of the two"));
        }
        seen.push(requirement);
    }
}

/// Answers about an existing app must match its runtime.
fn existing(reader: &mut Reader<'_>, values: &Values) {
    let Some(file) = &values.app_file else { return };
    if file.as_str() == "Dockerfile" && values.sdk != Sdk::Docker {
        let message = format!("with `sdk: {}` the Hub does not read a Dockerfile", values.sdk);
        reader.refuse("app_file", Invalid::new(message).hint("name the file of the app that it starts"));
    }
    // The `docker` template runs anything. A static Space runs nothing: it serves a page
    let runtime = reader.runtime();
    let runs = if values.sdk == Sdk::Static { Runtime::None } else { runtime };
    let runs_anything = reader.template.takes_any_app();
    if let Some(written_for) = file.runtime().filter(|written_for| *written_for != runs && !runs_anything) {
        let message = match written_for {
            Runtime::None => {
                format!("`{file}` is a page, which the `{}` template does not run", reader.template.name())
            }
            other => format!(
                "`{file}` is for {}, which the `{}` template does not run",
                runtime_name(other),
                reader.template.name()
            ),
        };
        reader.refuse("app_file", Invalid::new(message).hint("choose another template, or let `init` choose one"));
    }
    if let Some(file) = &values.dependencies
        && let Some(written_for) = file.runtime()
        && written_for != runtime
    {
        let message = format!("`{file}` is for {}, which is not the language of the app", runtime_name(written_for));
        reader.refuse(
            "dependencies",
            Invalid::new(message).hint("give the dependency file of the app's own language, or `none`"),
        );
    }
    let installs = values.dependencies.as_ref().is_some_and(|file| file.runtime().is_some());
    if !values.install_files.is_empty() && !installs {
        let message = "no dependencies are installed that could need them";
        reader.refuse("install_files", Invalid::new(message).hint("set `dependencies` to the dependency file"));
    }
    if values.sdk == Sdk::Gradio && !values.pip.is_empty() {
        let message = "with `sdk: gradio` the Hub installs your own requirements.txt";
        reader.refuse("pip", Invalid::new(message).hint("add them to requirements.txt"));
    }
}

/// Debian packages and Dev Mode need a Debian image.
fn system(reader: &mut Reader<'_>, values: &Values) {
    let Some(base) = values.base.as_ref().filter(|base| base.distribution() != Distribution::Debian) else { return };
    let image = base.reference();
    if !values.apt.is_empty() {
        let message = format!("`{image}` has no apt to install Debian packages with");
        reader.refuse("apt", Invalid::new(message).hint("choose a base image based on Debian or Ubuntu"));
    }
    if !values.build_secrets.is_empty() && base.distribution() == Distribution::Distroless {
        let message = format!("`{image}` has no shell, so no command can use a secret while it is built");
        reader.refuse("build_secrets", Invalid::new(message).hint("choose a base image with a shell"));
    }
    if values.dev_mode {
        let message = format!("Dev Mode needs an image based on Debian, which `{image}` is not");
        reader.refuse("dev_mode", Invalid::new(message).hint("choose a base image based on Debian or Ubuntu"));
    }
}

/// A name is either a secret or a variable, and a variable has one value.
fn names(reader: &mut Reader<'_>, values: &Values) {
    let mut seen: Vec<&str> = Vec::new();
    for variable in &values.variables {
        let name = variable.name().as_str();
        if values.secrets.iter().chain(&values.build_secrets).any(|secret| secret == variable.name()) {
            let message = format!("`{name}` is a secret too, and variables are public");
            reader.refuse("variables", Invalid::new(message).hint("keep one of the two"));
        } else if name == facts::environment::HUB_CACHE && !values.preload.is_empty() {
            let message = format!("with `{name}` moved, the preloaded files are downloaded a second time");
            reader.refuse("variables", Invalid::new(message).hint("leave it out, or preload nothing"));
        } else if seen.contains(&name) {
            reader.refuse("variables", Invalid::new(format!("`{name}` has two values")).hint("keep one of the two"));
        }
        seen.push(name);
    }
}

/// Answers that the template needs under a condition.
fn required(reader: &mut Reader<'_>) {
    let unmet: Vec<_> = reader
        .template
        .requirements()
        .iter()
        .filter(|needed| reader.answers.get(&needed.key).is_none() && reader.holds(&needed.when))
        .cloned()
        .collect();
    for needed in unmet {
        let error = reader.error(&needed.key, Invalid::new(needed.because.clone()));
        reader.errors.push(error.into_missing());
    }
}

/// The default name is the folder's, which may be a token: some tools put one into the command line.
fn folder(reader: &mut Reader<'_>) {
    let Some(token) = reader.answers.folder().and_then(|folder| tokens(folder).into_iter().next()) else { return };
    if ["name", "title"].iter().any(|key| reader.answers.get(key).is_none()) {
        let message = format!("the name of the folder contains a token of {}, and it will be public", token.issuer);
        reader.refuse("name", Invalid::new(message).hint("choose another folder"));
    }
}

/// A warning about a token in an answer that is written as it is.
fn token_warning(reader: &Reader<'_>, question: &Question) -> Option<String> {
    let found = match reader.answers.get(question.key())? {
        Raw::Text(text) => tokens(text),
        Raw::List(items) => items.iter().flat_map(|item| tokens(item)).collect(),
        _ => return None,
    };
    let issuer = found.first()?.issuer;
    Some(format!(
        "`{}` contains a token of {issuer}, and this text will be public: remove it, and let the app read it from its \
         environment (`--secret NAME`)",
        question.key()
    ))
}

/// Warnings: not a reason to refuse.
pub(super) fn warnings(reader: &Reader<'_>, values: &Values) -> Vec<String> {
    let mut warnings = values.base.as_ref().map(crate::values::BaseImage::warnings).unwrap_or_default();
    warnings.extend(reader.template.questions().iter().filter_map(|question| token_warning(reader, question)));
    if let Some(base) = &values.base
        && let (Some(own), Some(port)) = (base.port(), values.port)
        && reader.is_given("port")
        && own != port.get()
    {
        warnings.push(format!("`{}` serves port {own} by default: configure it for {port}", base.reference()));
    }
    if let Some(word) = values.command.as_ref().and_then(crate::values::StartCommand::unexpanded) {
        warnings.push(format!("`{word}` in the start command is not expanded: the command runs without a shell"));
    }
    if values.license.as_ref().is_some_and(|license| license.as_str() == "other") {
        warnings.push(
            "`license: other` needs `license_name` in README.md and a LICENSE file, which you must add".to_owned(),
        );
    }
    if let Some(version) = reader.answers.template_version()
        && version != reader.template.version()
    {
        warnings.push(format!(
            "the answers are from version {version} of the `{}` template, this is version {}: files can differ",
            reader.template.name(),
            reader.template.version()
        ));
    }
    warnings
}
