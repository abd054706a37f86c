//! Files to bundle: what is checked before anything is written.

use std::path::PathBuf;

use spaces_new::{Answers, Assets, Catalog, Content, RenderErrorKind, Spec, SpecError};

use crate::support::{Workspace, template, text};

/// The errors for paths in a workspace.
#[track_caller]
fn refused(workspace: &Workspace, paths: &[&str]) -> Vec<SpecError> {
    let paths: Vec<PathBuf> = paths.iter().map(|path| workspace.path().join(path)).collect();
    let errors = Assets::inspect(&paths).expect_err("they were taken");
    for error in errors.iter() {
        assert_eq!((error.key(), error.flag()), ("assets", Some("asset")), "{error}");
        assert!(error.hint().is_some(), "{error}");
    }
    errors.iter().cloned().collect()
}

#[track_caller]
fn refusal(workspace: &Workspace, path: &str) -> String {
    let errors = refused(workspace, &[path]);
    assert_eq!(errors.len(), 1, "{errors:?}");
    errors[0].message().to_owned()
}

#[track_caller]
fn inspected(workspace: &Workspace, paths: &[&str]) -> Assets {
    let paths: Vec<PathBuf> = paths.iter().map(|path| workspace.path().join(path)).collect();
    Assets::inspect(&paths).unwrap_or_else(|errors| panic!("{errors:?}"))
}

fn answers(workspace: &Workspace, paths: &[&str]) -> Answers {
    let paths: Vec<String> =
        paths.iter().map(|path| workspace.path().join(path).to_str().unwrap().to_owned()).collect();
    Answers::for_folder("demo").set("assets", paths)
}

#[expect(clippy::print_stderr, reason = "a skipped test prints a note")]
fn skipped(why: &str) {
    eprintln!("skipped: {why}");
}

#[test]
fn every_missing_path_is_named() {
    let workspace = Workspace::new();
    let errors = refused(&workspace, &["one", "two/three", ""]);
    assert_eq!(errors.len(), 3);
    assert!(errors[0].message().contains("/one`: there is no such file"), "{}", errors[0]);
    assert!(errors[1].message().contains("two/three"), "{}", errors[1]);
}

#[test]
fn files_and_folders_get_their_place_under_assets() {
    let workspace = Workspace::new();
    workspace.write("in/logo.png", b"\x89PNG\0").write("in/voices/a.txt", "a").write("in/voices/deep/b c.txt", "bb");
    let assets = inspected(&workspace, &["in/voices", "in/logo.png"]);
    assert_eq!(assets.bytes(), 5 + 1 + 2);
    let spec = Spec::resolve(template("gradio"), &answers(&workspace, &["in/voices", "in/logo.png"])).unwrap();
    let plan = template("gradio").plan(&spec, &assets).unwrap();
    let copied = plan.files().filter(|(_, file)| matches!(file.content(), Content::Copy { .. }));
    let copied: Vec<&str> = copied.map(|(path, _)| path.as_str()).collect();
    assert_eq!(copied, ["assets/logo.png", "assets/voices/a.txt", "assets/voices/deep/b c.txt"]);
    let kept = text(&plan, ".spaces-new.toml");
    assert!(kept.contains(r#"assets = ["assets/voices", "assets/logo.png"]"#), "{kept}");
    let leak = workspace.path().to_str().unwrap();
    assert!(plan.files().all(|(_, file)| file.as_text().is_none_or(|text| !text.contains(leak))), "an author's path");
}

#[test]
fn a_space_with_assets_replays_from_its_own_folder() {
    let workspace = Workspace::new();
    workspace.write("in/clip.weird", b"\0\x01").write("in/more/x.txt", "x");
    for template in Catalog::builtin().templates() {
        let answers = answers(&workspace, &["in/clip.weird", "in/more"]);
        let spec = Spec::resolve(template, &answers).unwrap();
        let plan = template.plan(&spec, &Assets::inspect(&answers.assets()).unwrap()).unwrap();
        let made = |folder: &str| workspace.path().join(folder).join(template.name());
        plan.write_to(&made("first"), &workspace.options()).unwrap();
        let kept = fs_err::read_to_string(made("first").join(".spaces-new.toml")).unwrap();
        let again = Answers::from_toml(&kept, &made("first")).unwrap().in_folder("other");
        let spec = Spec::resolve(template, &again).unwrap();
        let plan = template.plan(&spec, &Assets::inspect(&again.assets()).unwrap()).unwrap();
        plan.write_to(&made("second"), &workspace.options()).unwrap();
    }
    assert!(!workspace.files("first").is_empty());
    assert_eq!(workspace.files("first"), workspace.files("second"));
}

#[test]
fn only_large_assets_have_a_layer_of_their_own() {
    let workspace = Workspace::new();
    workspace.write("in.bin", "");
    let file = fs_err::OpenOptions::new().write(true).open(workspace.path().join("in.bin")).unwrap();
    for (bytes, stages) in [(10 * 1024 * 1024 - 1, 1), (10 * 1024 * 1024, 3)] {
        file.set_len(bytes).unwrap();
        for name in ["gradio", "streamlit", "fastapi", "flask", "docker", "node"] {
            let spec = Spec::resolve(template(name), &answers(&workspace, &["in.bin"])).unwrap();
            let plan = template(name).plan(&spec, &inspected(&workspace, &["in.bin"])).unwrap();
            let dockerfile = text(&plan, "Dockerfile");
            let found = dockerfile.lines().filter(|line| line.starts_with("FROM ")).count();
            assert_eq!(found, stages, "{name}, {bytes} bytes:\n{dockerfile}");
            assert_eq!(dockerfile.contains("COPY --chown=user:user assets ./assets\n"), name != "node" && stages > 1);
            assert_eq!(dockerfile.contains(" assets ./assets\n"), stages > 1, "{dockerfile}");
        }
    }
}

#[test]
fn a_binary_with_an_unknown_extension_gets_its_own_line() {
    let workspace = Workspace::new();
    workspace.write("a/data.weird", b"\0\x01").write("a/known.png", b"\0").write("a/notes.weird", "plain text");
    workspace.write("a/odd [1] #.weird", b"\xff\xfe");
    let spec = Spec::resolve(template("docker"), &answers(&workspace, &["a"])).unwrap();
    let plan = template("docker").plan(&spec, &inspected(&workspace, &["a"])).unwrap();
    let attributes = text(&plan, ".gitattributes");
    let own: Vec<&str> = attributes.lines().filter(|line| line.contains("assets/")).collect();
    let lfs = "filter=lfs diff=lfs merge=lfs -text";
    assert_eq!(own, [format!("assets/a/data.weird {lfs}"), format!(r#""assets/a/odd \\[1\\] #.weird" {lfs}"#)]);
}

/// Git itself stores each binary in LFS and leaves text unchanged.
#[test]
fn git_reads_the_attributes_as_meant() {
    let names = ["data.weird", "odd [1] #.weird", "a*b?.weird", "UPPER.PNG", "Mixed.Png", "é.weird", "q\"uote.weird"];
    let workspace = Workspace::new();
    for name in names {
        workspace.write(&format!("a/{name}"), b"\0\x01");
    }
    workspace.write("a/text.weird", "text").write("a/odd 1 #.weird", "text").write("a/axb1.weird", "text");
    let spec = Spec::resolve(template("docker"), &answers(&workspace, &["a"])).unwrap();
    let plan = template("docker").plan(&spec, &inspected(&workspace, &["a"])).unwrap();
    plan.write_to(&workspace.path().join("made"), &workspace.options()).unwrap();
    let git = |words: &[&str]| {
        let folder = workspace.path().join("made");
        std::process::Command::new("git").args(words).current_dir(folder).env("GIT_CONFIG_GLOBAL", "/dev/null").output()
    };
    if git(&["init", "--quiet"]).is_err() {
        skipped("git is missing");
        return;
    }
    let filter = |name: &str| {
        let output = git(&["check-attr", "-z", "filter", "--", &format!("assets/a/{name}")]).unwrap();
        String::from_utf8(output.stdout).unwrap().split('\0').nth(2).unwrap_or_default().to_owned()
    };
    for name in names {
        assert_eq!(filter(name), "lfs", "{name}");
    }
    for name in ["text.weird", "odd 1 #.weird", "axb1.weird"] {
        assert_eq!(filter(name), "unspecified", "{name}");
    }
}

#[test]
fn two_files_with_the_same_destination_are_refused() {
    let workspace = Workspace::new();
    workspace.write("a/logo.png", "a").write("b/LOGO.png", "b");
    let errors = refused(&workspace, &["a/logo.png", "b/LOGO.png"]);
    assert!(errors[0].message().contains("two files would have the path `assets/LOGO.png`"), "{}", errors[0]);
}

#[test]
fn a_file_of_the_template_keeps_its_place() {
    let workspace = Workspace::new();
    for name in ["README.md", "readme.MD", "examples.txt"] {
        workspace.write(name, "mine");
        let spec = Spec::resolve(template("gradio"), &answers(&workspace, &[name])).unwrap();
        let error = template("gradio").plan(&spec, &inspected(&workspace, &[name])).unwrap_err();
        assert_eq!(error.kind(), RenderErrorKind::AssetTaken);
        assert_eq!(error.file(), format!("assets/{name}"));
    }
}

#[test]
fn a_repository_inside_a_folder_is_refused() {
    let workspace = Workspace::new();
    workspace.write("a/b/.git/config", "x").write("a/fine.txt", "x");
    assert!(refusal(&workspace, "a").contains("`.git` in it"), "{}", refusal(&workspace, "a"));
    workspace.write("c/.GIT", "gitdir: elsewhere");
    assert!(refusal(&workspace, "c").contains("`.GIT` in it"));
    assert!(refusal(&workspace, "a/b/.git").contains("name cannot be used"));
}

#[test]
fn a_folder_without_a_file_is_refused() {
    let workspace = Workspace::new();
    fs_err::create_dir_all(workspace.path().join("empty/inside")).unwrap();
    assert!(refusal(&workspace, "empty").contains("there is no file in it"));
}

#[cfg(unix)]
mod unix {
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    #[test]
    fn a_link_to_the_outside_is_refused() {
        let workspace = Workspace::new();
        workspace.write("secret.txt", "x").write("a/fine.txt", "x");
        symlink("../secret.txt", workspace.path().join("a/link.txt")).unwrap();
        let message = refusal(&workspace, "a");
        assert!(message.contains("`assets/a/link.txt` is a link that leads out of it"), "{message}");
        assert!(refusal(&workspace, "a/link.txt").contains("a link that leads out of its folder"));
        symlink("/etc", workspace.path().join("a/etc")).unwrap();
        assert!(refusal(&workspace, "a/etc").contains("leads out"));
    }

    #[test]
    fn a_link_that_stays_inside_is_followed() {
        let workspace = Workspace::new();
        workspace.write("a/real.txt", "xyz");
        symlink("real.txt", workspace.path().join("a/link.txt")).unwrap();
        assert_eq!(inspected(&workspace, &["a"]).bytes(), 6, "the file exists under both names");
        assert_eq!(inspected(&workspace, &["a/link.txt"]).bytes(), 3);
    }

    #[test]
    fn links_that_lead_nowhere_or_in_circles_are_refused() {
        let workspace = Workspace::new();
        workspace.write("broken/fine.txt", "x").write("circle/fine.txt", "x");
        symlink("nothing", workspace.path().join("broken/link")).unwrap();
        assert!(refusal(&workspace, "broken").contains("`assets/broken/link`: there is no such file"));
        symlink(".", workspace.path().join("circle/self")).unwrap();
        assert!(refusal(&workspace, "circle").contains("back into its own folder"));
        symlink("ring", workspace.path().join("ring")).unwrap();
        assert!(!refusal(&workspace, "ring").is_empty());
    }

    #[test]
    fn what_is_not_a_file_is_refused_without_being_opened() {
        let workspace = Workspace::new();
        workspace.write("a/fine.txt", "x");
        let pipe = workspace.path().join("a/pipe");
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        assert!(refusal(&workspace, "a").contains("`assets/a/pipe` is neither a file nor a folder"));
        assert!(refusal(&workspace, "a/pipe").contains("neither a file nor a folder"));
    }

    #[test]
    fn names_that_cannot_be_in_a_repository_are_refused() {
        for name in [&b"line\nbreak"[..], b"back\\slash", b"not-utf8-\xff", b"tab\there"] {
            let workspace = Workspace::new();
            workspace.write("a/fine.txt", "x");
            let path = workspace.path().join("a").join(std::ffi::OsStr::from_bytes(name));
            if std::fs::File::create(path).is_err() {
                continue; // some file systems refuse them first
            }
            let message = refusal(&workspace, "a");
            assert!(message.contains("has a name that is invalid in a repository"), "{message}");
            assert!(!message.contains(['\n', '\t']), "{message:?}");
        }
        let message = refusal(&Workspace::new(), "a\n\u{1b}[31mb");
        assert!(message.contains("name cannot be used"), "{message:?}");
        assert!(!message.contains(['\n', '\u{1b}']), "it would move the cursor and colour the terminal: {message:?}");
    }

    #[test]
    fn forbidden_files_are_refused_by_their_name() {
        let workspace = Workspace::new();
        workspace.write("a/locked.txt", "x").write("b/locked/file.txt", "x");
        let lock = |path: &str| {
            let path = workspace.path().join(path);
            fs_err::set_permissions(&path, PermissionsExt::from_mode(0o000)).unwrap();
            path
        };
        let (file, folder) = (lock("a/locked.txt"), lock("b/locked"));
        if fs_err::File::open(&file).is_ok() {
            skipped("this user may read everything");
        } else {
            assert!(refusal(&workspace, "a").contains("`assets/a/locked.txt`: it may not be read"));
            assert!(refusal(&workspace, "b").contains("`assets/b/locked`"));
        }
        fs_err::set_permissions(&folder, PermissionsExt::from_mode(0o755)).unwrap();
    }
}
