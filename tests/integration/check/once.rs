//! Each file is opened once, whichever rules read it.

use std::collections::BTreeMap;
use std::process::{Command, Stdio};

use crate::support::Workspace;

#[test]
fn each_file_is_opened_once() {
    let traced = Command::new("strace").args(["-o", "/dev/null", "true"]).stderr(Stdio::null()).status();
    if !traced.is_ok_and(|status| status.success()) {
        // Without tracing nothing can be tested
        return;
    }
    let workspace = Workspace::new();
    workspace.run("space -t streamlit --yes --vcs none").ok();
    let long = format!("import streamlit as st\n# {}\nst.file_uploader()\n", "long ".repeat(4000));
    workspace
        .write("space/app.py", long)
        .write("space/assets/picture.bin", vec![0; 20_000])
        .write("space/assets/words.txt", "words ".repeat(4000))
        .write("space/sub/.gitignore", "*.log\n")
        .write("space/sub/.gitattributes", "*.heif filter=lfs\n")
        .write("space/key.pem", "no key\n")
        .write("space/start.sh", "nginx -c nginx.conf\n")
        .write("space/nginx.conf", "add_header X-Frame-Options DENY;\n");
    let mut strace = Command::new("strace");
    strace.args(["-f", "-e", "trace=open,openat,openat2", "-o", "trace"]).arg(workspace.command().get_program());
    strace.args(["check", "space", "--pedantic"]).current_dir(workspace.path());
    let ran = strace.stdin(Stdio::null()).output().unwrap();
    let said = String::from_utf8(ran.stdout).unwrap();
    assert!(said.contains("refused-frame"), "{said}{}", String::from_utf8_lossy(&ran.stderr));
    let trace = fs_err::read_to_string(workspace.path().join("trace")).unwrap();
    let mut opened: BTreeMap<&str, usize> = BTreeMap::new();
    for line in trace.lines().filter(|line| !line.contains("O_DIRECTORY") && !line.contains("ENOENT")) {
        let Some(path) = line.split('"').nth(1).and_then(|path| path.strip_prefix("space/")) else { continue };
        *opened.entry(path).or_default() += 1;
    }
    for path in
        ["README.md", "Dockerfile", "app.py", "assets/words.txt", "sub/.gitignore", "sub/.gitattributes", "key.pem"]
    {
        assert_eq!(opened.get(path), Some(&1), "{path}: {opened:?}");
    }
    assert!(opened.values().all(|times| *times == 1), "{opened:?}");
}
