//! A third builder, which shares no code with Docker's: one Space of each family of base images.

use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;

use crate::cases::{self, BUILD_SECRET, NODE, PYTHON, built};
use crate::engine::{Image, run_docker};
use crate::process::run;
use crate::settings::{say, tool, work};
use crate::space::Space;

/// Buildah with its own storage.
struct Buildah {
    program: String,
    storage: PathBuf,
    driver: &'static str,
}

impl Buildah {
    fn find() -> Option<Self> {
        let program = tool("BUILDAH")?;
        let storage = work().join("buildah");
        fs_err::create_dir_all(&storage).unwrap();
        // What may be pulled. Debian has this file in a package that buildah only recommends
        fs_err::write(storage.join("policy.json"), r#"{"default": [{"type": "insecureAcceptAnything"}]}"#).unwrap();
        let overlays = Self { program: program.clone(), storage: storage.clone(), driver: "overlay" };
        // Overlays can be missing inside a container. Without them each layer is a whole copy, which takes twice as long
        let works = run(&mut overlays.command("info")).is_ok();
        Some(if works { overlays } else { Self { program, storage, driver: "vfs" } })
    }

    /// A command on this storage.
    fn command(&self, verb: &str) -> Command {
        let mut command = Command::new(&self.program);
        let folder = self.storage.join(self.driver);
        command.arg("--root").arg(folder.join("root")).arg("--runroot").arg(folder.join("run"));
        command.args(["--storage-driver", self.driver, verb]);
        command
    }

    fn policy(&self) -> PathBuf {
        self.storage.join("policy.json")
    }

    /// Copies a base image from the engine.
    #[track_caller]
    fn take(&self, base: &str) {
        let archive = self.storage.join("base.tar");
        run_docker(&["save", "--output", archive.to_str().unwrap(), base]);
        let source = format!("docker-archive:{}", archive.display());
        run(self.command("pull").arg("--quiet").arg("--signature-policy").arg(self.policy()).arg(source))
            .unwrap_or_else(|error| panic!("{base}: {error}"));
        fs_err::remove_file(archive).unwrap();
    }

    fn build(&self, space: &Space, tag: &str) -> Result<String, String> {
        let mut build = self.command("bud");
        build.args(["--isolation", "chroot", "--network", "host", "--pull-never", "--tag", tag]);
        build.arg("--signature-policy").arg(self.policy());
        for name in space.mounted_secrets() {
            build.env(&name, BUILD_SECRET).arg("--secret").arg(format!("id={name},env={name}"));
        }
        run(build.arg(space.path()))
    }

    /// How an image starts, in the terms of the image format.
    #[track_caller]
    fn config(&self, tag: &str) -> Value {
        let reported =
            run(self.command("inspect").args(["--type", "image", tag])).unwrap_or_else(|error| panic!("{error}"));
        let mut facts: Value = serde_json::from_str(&reported).unwrap();
        facts["OCIv1"]["config"].take()
    }
}

impl Drop for Buildah {
    fn drop(&mut self) {
        // `teardown --all` removes what cannot be removed now
        let _ = run(self.command("rmi").args(["--all", "--force"]));
    }
}

/// The image of the first `FROM`, the only one from outside.
fn base_of(space: &Space) -> String {
    let dockerfile = space.read("Dockerfile");
    let first = dockerfile.lines().find_map(|line| line.strip_prefix("FROM ")).expect("a Dockerfile has a FROM");
    first.split(' ').next().unwrap().to_owned()
}

/// Builds with buildah, and fails unless the image starts like the one from `BuildKit`.
#[track_caller]
fn builds(space: &Space) {
    let Some(buildah) = Buildah::find() else { return };
    let tag = format!("spaces-new-test/{}:buildah", space.name());
    buildah.take(&base_of(space));
    buildah.build(space, &tag).unwrap_or_else(|error| panic!("{} does not build:\n{error}", space.name()));
    let config = buildah.config(&tag);
    let image = Image::inspect(&built(space));
    assert_eq!(config["User"].as_str().unwrap_or_default(), image.user());
    assert_eq!(config["WorkingDir"].as_str().unwrap_or_default(), image.folder());
    assert_eq!(config["Cmd"], serde_json::json!(image.command()));
    say(&format!("buildah builds {} as BuildKit does, to start as `{}`", space.name(), image.user()));
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn buildah_builds_on_python() {
    builds(&Space::render("docker-minimal", "--template docker"));
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn buildah_builds_with_a_secret() {
    builds(&Space::render("buildah-secret", &format!("{PYTHON} --build-secret PIP_TOKEN")));
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn buildah_builds_on_node() {
    builds(&Space::render("docker-node", NODE));
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn buildah_builds_on_ubuntu() {
    builds(&cases::on_ubuntu());
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn buildah_builds_on_cuda() {
    builds(&cases::on_cuda());
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn buildah_builds_on_alpine() {
    builds(&cases::on_alpine());
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn buildah_builds_on_nginx_without_root() {
    builds(&cases::on_nginx());
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn buildah_builds_on_distroless() {
    builds(&cases::on_distroless());
}
