//! What a fix stores in LFS, according to git itself.

use std::process::Command;

use crate::support::Workspace;

/// Which of some paths git would store in LFS.
fn through_lfs(workspace: &Workspace, paths: &[&str]) -> Vec<String> {
    let git = |words: &[&str]| {
        let mut git = Command::new("git");
        git.current_dir(workspace.path()).env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
        String::from_utf8(git.args(words).output().unwrap().stdout).unwrap()
    };
    git(&["init", "--quiet"]);
    let said = git(&[&["check-attr", "filter", "--"], paths].concat());
    said.lines().filter_map(|line| line.strip_suffix(": filter: lfs")).map(str::to_owned).collect()
}

fn space(files: &[(&str, &[u8])]) -> Workspace {
    let workspace = Workspace::new();
    let dockerfile = "FROM python:3.13-slim\nUSER 1000\nCMD [\"python\", \"-m\", \"http.server\", \"7860\"]\n";
    workspace.write("README.md", "---\ntitle: x\nsdk: docker\n---\n").write("Dockerfile", dockerfile);
    for (path, bytes) in files {
        workspace.write(path, bytes);
    }
    workspace
}

#[test]
fn text_with_a_zero_byte_is_not_stored_in_lfs() {
    let utf16: Vec<u8> = "\u{feff}a,b\r\n1,2\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    for name in [
        "README.md",
        "Dockerfile",
        "LICENSE",
        "NOTES",
        "requirements.txt",
        "app.py",
        "a.json",
        "a.yaml",
        "a.toml",
        "a.csv",
        "index.html",
        "a.js",
        "a.ts",
        "a.css",
        "run.sh",
        "a.ipynb",
        "a.svg",
        "a.xml",
        "a.ini",
        "uv.lock",
        ".env.example",
        "a.unheardof",
        "a/B.MD",
    ] {
        for (what, content) in [("a zero byte", &b"---\nsdk: docker\n---\nsome text\0more\n"[..]), ("UTF-16", &utf16)] {
            for fix in ["--fix", "--unsafe-fixes"] {
                let workspace = space(&[(name, content)]);
                let ran = workspace.run(&format!("check . {fix}"));
                let ending = name.rsplit_once('.').map_or("x", |(_, ending)| ending);
                let others = [name, &format!("other.{ending}"), &format!("docs/other.{ending}")];
                assert_eq!(through_lfs(&workspace, &others), [""; 0], "{name} with {what}");
                let reported = if what == "UTF-16" { "is UTF-16" } else { "contains zero bytes" };
                assert!(ran.stdout().contains(&format!("`{name}` {reported}")), "{name}: {}", ran.shown());
            }
        }
    }
}

#[test]
fn a_file_with_a_text_extension_stays_out_of_lfs_despite_its_content() {
    for name in ["README.md", "Dockerfile", "a.txt", "a.ts"] {
        let workspace = space(&[(name, &[0; 64])]);
        workspace.run("check . --fix");
        assert_eq!(through_lfs(&workspace, &[name]), [""; 0], "{name}");
    }
}

#[test]
fn files_with_an_unknown_extension_are_named_one_by_one() {
    let workspace =
        space(&[("a.weird", &[0; 64]), ("b/c d.weird", &[0; 64]), ("server", &[0; 64]), ("x.PNG", &[0; 64])]);
    workspace.write("text.weird", "text");
    let ran = workspace.run("check . --fix");
    assert_eq!(ran.code(), 0, "{}", ran.shown());
    let paths = ["a.weird", "b/c d.weird", "text.weird", "server", "other/server", "x.PNG", "y.PNG"];
    assert_eq!(through_lfs(&workspace, &paths), ["a.weird", "b/c d.weird", "server", "x.PNG", "y.PNG"]);
}

/// Bundled files are distinguished in the same way.
#[test]
fn bundled_text_is_not_stored_in_lfs() {
    let workspace = Workspace::new();
    workspace.write("notes.md", "text\0more\n").write("data.weird", [0; 64]);
    let line = "demo -t gradio --asset notes.md --asset data.weird --yes --vcs none";
    let ran = workspace.run(line).ok();
    assert!(ran.stderr().contains("`assets/notes.md` contains zero bytes"), "{}", ran.shown());
    let attributes = fs_err::read_to_string(workspace.path().join("demo/.gitattributes")).unwrap();
    assert!(
        attributes.contains("assets/data.weird") && !attributes.contains("notes") && !attributes.contains("*.md"),
        "{attributes}"
    );
}
