//! git and git-lfs, unmodified, push to repositories like those of the Hub.

use std::path::Path;
use std::process::{Command, Output};

use tempfile::{TempDir, tempdir};

use crate::hub::{Hub, Script, example};
use crate::ours::DOCKERFILE;
use crate::settings::{GitServer, configure_git};

const ID: &str = "tester/my-space";

/// A clone of a Space, and who serves it.
struct Clone {
    hub: Hub,
    server: GitServer,
    home: TempDir,
}

impl Clone {
    fn new() -> Self {
        let server = GitServer::start(&[ID]);
        let mut script = Script::paid().space(ID, "docker");
        script.git = Some(server.address.clone());
        let hub = Hub::start(script);
        let head = server.head(ID);
        hub.change(ID, |space| head.clone_into(&mut space.commits[0].id));
        let home = tempdir().unwrap();
        configure_git(home.path());
        let clone = Self { hub, server, home };
        let address = clone.hub.endpoint().replace("://", &format!("://tester:{}@", Script::TOKEN));
        clone.succeeds(&["clone", "--quiet", &format!("{address}/spaces/{ID}"), "my-space"], clone.home.path());
        example::write(&clone.folder());
        fs_err::write(clone.folder().join("Dockerfile"), DOCKERFILE).unwrap();
        clone
    }

    fn folder(&self) -> std::path::PathBuf {
        self.home.path().join("my-space")
    }

    fn git(&self, words: &[&str], folder: &Path) -> Output {
        let mut git = Command::new("git");
        git.args(words).current_dir(folder).env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
        git.env("HOME", self.home.path()).env("GIT_TERMINAL_PROMPT", "0").env("GIT_CONFIG_NOSYSTEM", "1");
        git.output().unwrap()
    }

    fn succeeds(&self, words: &[&str], folder: &Path) -> String {
        let output = self.git(words, folder);
        let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
        assert!(output.status.success(), "git {words:?}: {said}");
        said
    }

    fn pushes(&self) -> Output {
        self.git(&["push", "--quiet", "origin", "main"], &self.folder())
    }
}

#[test]
#[ignore = "needs the servers that tests/publish/run installs"]
fn git_and_git_lfs_push_what_the_hub_accepts() {
    let clone = Clone::new();
    let folder = clone.folder();
    clone.succeeds(&["lfs", "track", "*.png"], &folder);
    clone.succeeds(&["lfs", "track", "*.bin"], &folder);
    clone.succeeds(&["add", "."], &folder);
    clone.succeeds(&["commit", "--quiet", "--message", "Publish"], &folder);
    let output = clone.pushes();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));

    let files = clone.server.files(ID);
    assert!(files.contains(&"assets/weights.bin".to_owned()) && !files.contains(&".env".to_owned()), "{files:?}");
    let sizes: Vec<u64> = clone.server.large_files(ID);
    let wanted =
        example::files().into_iter().filter(|(path, _)| ["assets/picture.png", "assets/weights.bin"].contains(path));
    let mut wanted: Vec<u64> = wanted.map(|(_, content)| content.len() as u64).collect();
    wanted.sort_unstable();
    assert_eq!(sizes, wanted);
    assert_eq!(clone.hub.space(ID).unwrap().commits.len(), 2, "the push is seen as a commit");
    assert_eq!(clone.hub.log().refused(), [""; 0]);
}

#[test]
#[ignore = "needs the servers that tests/publish/run installs"]
fn a_binary_file_as_an_object_of_git_is_refused() {
    let clone = Clone::new();
    let folder = clone.folder();
    clone.succeeds(&["add", "."], &folder);
    clone.succeeds(&["commit", "--quiet", "--message", "Publish"], &folder);
    let said = String::from_utf8(clone.pushes().stderr).unwrap();
    let wanted = "remote: Your push was rejected because it contains binary files.";
    assert!(said.contains(wanted) && said.contains("  - assets/picture.png"), "{said}");
    assert_eq!(clone.hub.space(ID).unwrap().commits.len(), 1);
}

impl Clone {
    /// `spaces-new publish --git`, in the environment of this home, with a program of the Space that can be executed.
    fn publish(&self, words: &[&str]) -> (bool, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_spaces-new"));
        command
            .args(["publish", "--git", "--no-wait", "--name", ID])
            .args(words)
            .current_dir(self.folder())
            .env_clear();
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default()).env("HOME", self.home.path());
        command.env("GIT_CONFIG_NOSYSTEM", "1").env("HF_ENDPOINT", self.hub.endpoint()).env("HF_TOKEN", Script::TOKEN);
        let output = command.stdin(std::process::Stdio::null()).output().unwrap();
        (output.status.success(), String::from_utf8([output.stdout, output.stderr].concat()).unwrap())
    }

    fn commits(&self, message: &str) {
        self.succeeds(&["add", "."], &self.folder());
        self.succeeds(&["commit", "--quiet", "--message", message], &self.folder());
    }
}

#[test]
#[ignore = "needs the servers that tests/publish/run installs"]
fn publish_pushes_the_last_commit_with_git_and_git_lfs() {
    let clone = Clone::new();
    clone.succeeds(&["lfs", "track", "*.png", "*.bin"], &clone.folder());
    let (is_well, said) = clone.publish(&[]);
    assert!(!is_well && said.contains("not everything is committed"), "{said}");
    clone.commits("Publish");
    let (is_well, said) = clone.publish(&[]);
    assert!(is_well, "{said}");
    let files = clone.server.files(ID);
    assert!(files.contains(&"assets/weights.bin".to_owned()) && !files.contains(&".env".to_owned()), "{files:?}");
    assert_eq!(clone.server.large_files(ID).len(), 2);
    assert!(!said.contains(Script::TOKEN));
    let config = fs_err::read_to_string(clone.folder().join(".git/config")).unwrap();
    let of_publish = config.lines().filter(|line| line.contains(Script::TOKEN)).count();
    assert_eq!(of_publish, 1, "only the address that this test cloned from: {config}");
    assert_eq!(clone.hub.log().refused(), [""; 0]);
}

/// A folder that was never a clone: the first commit is that of the Hub, and the next one is not.
#[test]
#[ignore = "needs the servers that tests/publish/run installs"]
fn only_the_first_commit_of_the_hub_is_replaced() {
    let clone = Clone::new();
    let folder = clone.folder();
    fs_err::remove_dir_all(folder.join(".git")).unwrap();
    clone.succeeds(&["init", "--quiet", "--initial-branch", "main"], &folder);
    clone.succeeds(&["lfs", "track", "*.png", "*.bin"], &folder);
    clone.commits("Publish");
    let (is_well, said) = clone.publish(&[]);
    assert!(is_well, "{said}");
    assert!(clone.server.files(ID).contains(&"app.py".to_owned()));
    fs_err::remove_dir_all(folder.join(".git")).unwrap();
    clone.succeeds(&["init", "--quiet", "--initial-branch", "main"], &folder);
    clone.commits("Another history");
    let (is_well, said) = clone.publish(&[]);
    assert!(!is_well && said.contains("--overwrite"), "{said}");
}

/// A repository can name another server for its LFS objects: it must not get the token.
#[test]
#[ignore = "needs the servers that tests/publish/run installs"]
fn another_server_that_the_repository_names_gets_no_token() {
    let other = std::net::TcpListener::bind("127.0.0.2:0").unwrap();
    let address = other.local_addr().unwrap();
    let asked = std::thread::spawn(move || {
        let mut heads = Vec::new();
        other.set_nonblocking(true).unwrap();
        let end = std::time::Instant::now() + std::time::Duration::from_secs(6);
        while std::time::Instant::now() < end {
            let Ok((mut stream, _)) = other.accept() else {
                std::thread::sleep(std::time::Duration::from_millis(20));
                continue;
            };
            let mut head = [0; 4096];
            let read = std::io::Read::read(&mut stream, &mut head).unwrap_or_default();
            heads.push(String::from_utf8_lossy(&head[..read]).into_owned());
            let answer = "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
            let _ = std::io::Write::write_all(&mut stream, answer.as_bytes());
        }
        heads
    });
    let clone = Clone::new();
    clone.succeeds(&["lfs", "track", "*.png", "*.bin"], &clone.folder());
    fs_err::write(clone.folder().join(".lfsconfig"), format!("[lfs]\n\turl = http://{address}/lfs\n")).unwrap();
    clone.commits("Publish");
    let (_, said) = clone.publish(&[]);
    for head in asked.join().unwrap() {
        assert!(!head.contains("Authorization"), "{head}\n{said}");
    }
    assert!(!said.contains(Script::TOKEN));
}
