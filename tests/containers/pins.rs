//! The packages that a Space pins can be installed together, with every Python that its template offers.
//!
//! pip's own dry run asks the conditions of requirements (`; python_version < "3.12"`) of the Python that it runs on, whatever
//! `--python-version` says. uv asks them of the version that is named, so one machine can tell about five Pythons.

use std::process::Command;

use spaces_new::unstable::python::{IMAGE_VERSIONS, ZERO_GPU_VERSIONS};

use crate::process::run;
use crate::settings::{say, setting};
use crate::space::Space;

/// Why the requirements of a Space cannot be installed from only wheels, as in an image without compilers.
fn resolve(space: &Space, python: &str) -> Result<String, String> {
    let mut requirements = space.read("requirements.txt");
    if let Some(gradio) = space.declared("sdk_version") {
        requirements.push_str(&format!("gradio=={gradio}\n"));
    }
    let file = space.path().join("to-resolve.txt");
    fs_err::write(&file, requirements).unwrap();
    let mut uv = Command::new(setting("UV"));
    uv.args(["pip", "compile", "--quiet", "--no-python-downloads", "--only-binary", ":all:"]);
    uv.args(["--python-version", python, "--python-platform", "x86_64-manylinux_2_28"]);
    run(uv.arg("--python").arg(setting("PYTHON")).arg(file))
}

/// Resolves the pins of a template's app for every Python out of a list that it does not refuse. Gives their number.
#[track_caller]
fn resolved(flags: &str, pythons: &[&str]) -> usize {
    let mut offered = 0;
    for python in pythons {
        let words: Vec<_> = flags.split_whitespace().chain(["--python", python]).collect();
        let space = match Space::try_render("pins", &words) {
            Ok(space) => space,
            Err(refusal) => {
                assert!(refusal.contains("does not run on Python"), "{flags} --python {python}: {refusal}");
                continue;
            }
        };
        let pins = resolve(&space, python).unwrap_or_else(|error| panic!("{flags} {python}: {error}"));
        let packages = pins.lines().filter(|line| line.contains("==")).count();
        say(&format!("{flags} with Python {python}: {packages} packages"));
        assert!(packages > 1, "{pins}");
        offered += 1;
    }
    offered
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn every_template_resolves_with_each_python_that_it_offers() {
    assert_eq!(resolved("--template gradio", IMAGE_VERSIONS), 5);
    assert_eq!(resolved("--template gradio --sdk gradio", IMAGE_VERSIONS), 5);
    assert_eq!(resolved("--template streamlit", IMAGE_VERSIONS), 4);
    assert_eq!(resolved("--template docker", IMAGE_VERSIONS), 4);
    assert_eq!(resolved("--template fastapi", IMAGE_VERSIONS), 4);
    assert_eq!(resolved("--template flask", IMAGE_VERSIONS), 5);
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn zero_gpu_resolves_with_each_python_that_it_offers() {
    assert_eq!(
        resolved("--template gradio --sdk gradio --hardware zero-a10g", ZERO_GPU_VERSIONS),
        ZERO_GPU_VERSIONS.len()
    );
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn finds_a_pin_that_a_python_does_not_have() {
    let space = Space::render("pins-broken", "--template streamlit");
    let error = resolve(&space, "3.10").unwrap_err();
    // Streamlit, or pandas, which its starter app uses
    assert!(error.contains("streamlit") || error.contains("pandas"), "{error}");
}
