//! Rules between SDK, hardware, Python, base image and packages.

use spaces_new::{Answers, Plan, Spec};

use super::error;
use crate::support::{plan, template, text};

fn resolves(name: &str, answers: &Answers) -> bool {
    Spec::resolve(template(name), answers).is_ok()
}

fn dockerfile(plan: &Plan) -> &str {
    text(plan, "Dockerfile")
}

#[test]
fn the_pinned_packages_limit_the_python_version() {
    let on = |python: &str| Answers::new().set("python", python);
    assert!(resolves("streamlit", &on("3.11")));
    let refused = error("streamlit", &on("3.10"));
    assert_eq!((refused.key(), refused.hint()), ("python", Some("one of: 3.11, 3.12, 3.13, 3.14")));
    assert!(resolves("gradio", &on("3.10")), "gradio runs on it");
    assert_eq!(error("docker", &on("3.10")).key(), "python", "fastapi does not");
    let command = on("3.10").set("command", "python3 -m http.server 7860");
    assert!(resolves("docker", &command), "without the starter nothing is pinned");
}

#[test]
fn zero_gpu_has_its_own_python_and_needs_the_gradio_sdk() {
    let zero = Answers::new().set("hardware", "zero-a10g");
    let (spec, made) = plan("gradio", &zero.clone().set("sdk", "gradio"));
    assert!(spec.is_zero_gpu());
    assert_eq!(spec.python().unwrap().as_str(), "3.12.12");
    assert!(text(&made, "app.py").contains("@spaces.GPU"));
    assert!(made.get(&"Dockerfile".parse().unwrap()).is_none());
    let error_of = |name: &str, answers: &Answers| {
        (error(name, answers).key().to_owned(), error(name, answers).hint().map(str::to_owned))
    };
    assert!(plan("gradio", &zero).0.is_zero_gpu(), "it can mean nothing else");
    let docker = zero.clone().set("sdk", "docker");
    assert_eq!(error_of("gradio", &docker), ("hardware".to_owned(), Some("set `sdk` to `gradio`".to_owned())));
    assert_eq!(error_of("docker", &zero).0, "hardware");
    let other = zero.set("sdk", "gradio").set("python", "3.13");
    assert_eq!(error_of("gradio", &other).1.as_deref(), Some("one of: 3.12.12, 3.10.13"));
}

#[test]
fn answers_without_effect_are_refused() {
    let gradio = || Answers::new().set("sdk", "gradio");
    for answers in [
        gradio().set("port", 8000_u16),
        gradio().set("dev_mode", true),
        gradio().set("build_secrets", vec!["PIP_TOKEN"]),
    ] {
        let error = error("gradio", &answers);
        assert_eq!(error.message(), "it has no effect here");
        assert!(error.hint().unwrap().contains("sdk: gradio"), "{:?}", error.hint());
    }
    let based = Answers::new().set("base", "node:22-slim").set("python", "3.12");
    assert_eq!(error("docker", &based).key(), "python");
}

#[test]
fn one_port_is_everywhere() {
    for name in ["docker", "fastapi", "flask", "go", "gradio", "node", "rust", "streamlit"] {
        let (_, made) = plan(name, &Answers::new().set("port", 8123_u16));
        assert!(dockerfile(&made).contains("\nEXPOSE 8123\n"));
        assert!(text(&made, "README.md").contains("\napp_port: 8123\n"));
        let all: String = made.files().filter_map(|(_, file)| file.as_text()).collect();
        assert!(!all.contains("7860"), "{name} names the default port too");
    }
}

#[test]
fn nginx_unprivileged_answers_on_its_own_port_unless_told_otherwise() {
    let nginx =
        || Answers::new().set("base", "nginxinc/nginx-unprivileged:1.29").set("command", "nginx -g 'daemon off;'");
    let (spec, made) = plan("docker", &nginx());
    assert_eq!(spec.port().unwrap().get(), 8080);
    assert!(dockerfile(&made).contains("\nEXPOSE 8080\n") && dockerfile(&made).contains("\nUSER root\n"));
    let (spec, _) = plan("docker", &nginx().set("port", 9090_u16));
    assert_eq!(spec.port().unwrap().get(), 9090);
    assert!(spec.warnings().iter().any(|warning| warning.contains("8080")), "{:?}", spec.warnings());
}

#[test]
fn packages_that_the_template_or_the_hub_chooses_are_refused() {
    for requirement in ["gradio", "Gradio>=5", "spaces", "huggingface_hub==1.0"] {
        let answers = Answers::new().set("sdk", "gradio").set("pip", vec![requirement]);
        assert_eq!(error("gradio", &answers).key(), "pip", "{requirement}");
    }
    assert_eq!(error("streamlit", &Answers::new().set("pip", vec!["streamlit==1.0"])).key(), "pip");
    assert_eq!(error("gradio", &Answers::new().set("pip", vec!["a_b", "A.b==1"])).key(), "pip", "one package twice");
}

/// pip joins a line that ends with a backslash to the next one.
#[test]
fn a_requirement_that_swallows_the_next_line_is_refused() {
    let answers = Answers::new().set("pip", vec!["pandas ; python_version >= '3.12' \\", "numpy"]);
    assert_eq!(error("gradio", &answers).key(), "pip");
}

#[test]
fn alpine_supports_neither_debian_packages_nor_dev_mode() {
    let alpine = || Answers::new().set("base", "node:22-alpine");
    assert_eq!(error("docker", &alpine().set("apt", vec!["ffmpeg"])).key(), "apt");
    assert_eq!(error("docker", &alpine().set("dev_mode", true)).key(), "dev_mode");
    let debian = Answers::new().set("base", "node:22-slim").set("apt", vec!["ffmpeg"]).set("dev_mode", true);
    let (_, made) = plan("docker", &debian);
    assert!(dockerfile(&made).contains("    ffmpeg \\\n") && dockerfile(&made).contains("WORKDIR /app\n"));
}

#[test]
fn a_base_image_without_a_starter_needs_a_command() {
    let error = error("docker", &Answers::new().set("base", "alpine:3.22"));
    assert_eq!((error.key(), error.is_missing(), error.flag()), ("command", true, Some("command")));
    assert!(resolves("docker", &Answers::new().set("base", "alpine:3.22").set("command", "httpd -f -p 7860")));
    assert!(resolves("docker", &Answers::new().set("base", "node:22-slim")));
}

#[test]
fn an_unknown_base_image_is_accepted_with_a_stated_assumption() {
    let answers = Answers::new().set("base", "ghcr.io/owner/tool:1").set("command", "serve");
    let (spec, made) = plan("docker", &answers);
    assert!(spec.warnings().iter().any(|warning| warning.contains("taken to be like Debian")), "{:?}", spec.warnings());
    assert!(dockerfile(&made).contains("useradd --create-home --uid 1000 user"));
}

/// The lines of instructions, each on one line.
fn instructions(dockerfile: &str) -> Vec<String> {
    let joined = dockerfile.replace("\\\n", " ");
    joined.lines().filter(|line| !line.starts_with('#')).map(str::to_owned).collect()
}

#[test]
fn secrets_are_never_in_arg_or_env() {
    let secrets =
        || Answers::new().set("secrets", vec!["RUN_SECRET"]).set("build_secrets", vec!["BUILD_SECRET", "RUN_SECRET"]);
    for (name, answers) in [
        ("gradio", secrets()),
        ("streamlit", secrets()),
        ("docker", secrets()),
        ("docker", secrets().set("base", "node:22-slim")),
        ("docker", secrets().set("base", "ghcr.io/owner/tool:1").set("command", "serve")),
    ] {
        let (_, made) = plan(name, &answers);
        let lines = instructions(dockerfile(&made));
        let named: Vec<_> = lines.iter().filter(|line| line.contains("_SECRET")).collect();
        let [run] = named[..] else { panic!("not in one instruction: {named:#?}") };
        for secret in ["BUILD_SECRET", "RUN_SECRET"] {
            assert!(run.starts_with("RUN "), "{run}");
            let mount = format!("--mount=type=secret,id={secret},");
            assert!(run.split(' ').any(|word| word.starts_with(&mount) && word.contains("required=true")), "{run}");
        }
    }
}
