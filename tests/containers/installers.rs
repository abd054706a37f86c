//! Why pip is the default although uv is faster: uv treats settings for pip differently.

use crate::cases::{PYTHON, built, tag};
use crate::engine::{Build, Builder, build, run_docker};
use crate::space::Space;

/// An older version than what is published, as in a base image with its own packages.
const OLDER: &str = "3.9";

/// The version of a package in the image, out of a base image that has an older one and requirements that take any.
#[track_caller]
fn version_on_a_base_with_packages(installer: &str) -> String {
    let space = Space::render(&format!("{installer}-on-packages"), &format!("{PYTHON} --installer {installer}"));
    let from = "FROM python:3.13-slim-trixie\n";
    space.replace("Dockerfile", from, &format!("{from}RUN pip install --no-cache-dir idna=={OLDER}\n"));
    space.write("requirements.txt", "idna\n");
    let tag = built(&space);
    run_docker(&["run", "--rm", &tag, "python", "-c", "import idna; print(idna.__version__)"]).trim().to_owned()
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn pip_keeps_the_packages_of_the_base_image_and_uv_installs_them_again() {
    assert_eq!(version_on_a_base_with_packages("pip"), OLDER);
    assert_ne!(version_on_a_base_with_packages("uv"), OLDER);
}

/// Builds with an empty index in pip's variable.
fn build_with_an_empty_index(installer: &str) -> Result<String, String> {
    let flags = format!("{PYTHON} --installer {installer} --build-secret PIP_INDEX_URL");
    let space = Space::render(&format!("{installer}-with-index"), &flags);
    space.write("requirements.txt", "idna\n");
    let (folder, tag) = (space.path(), tag(space.name(), Builder::BuildKit));
    let asked = Build { secrets: &[("PIP_INDEX_URL", "file:///nowhere")], cached: false, ..Build::new(&folder, &tag) };
    build(asked).map(|built| built.log)
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn pip_uses_the_index_of_its_variable_and_uv_does_not() {
    let refused = build_with_an_empty_index("pip").unwrap_err();
    assert!(refused.contains("No matching distribution found for idna"), "{refused}");
    let log = build_with_an_empty_index("uv").unwrap_or_else(|log| panic!("{log}"));
    assert!(log.contains("+ idna=="), "{log}");
}
