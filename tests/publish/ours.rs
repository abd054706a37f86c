//! `spaces-new publish`, against the server that the real clients have proved.

use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use spaces_new::Repo;
use spaces_new::publishing::{
    Pause, PauseSeen, Progress, Publication, PublishError, PublishStep, Published, Token, Watcher,
};
use tempfile::{TempDir, tempdir};

use crate::hub::example;
use crate::hub::{Action, Content, Fault, File, Hub, Script, shapes};
use crate::settings::beside;

/// Waits are a hundredth of what they are for people.
const PACE: f64 = 0.01;

/// A folder with a Space, and the state of this user.
pub struct Folder {
    folder: TempDir,
    state: TempDir,
}

impl Folder {
    pub fn with(files: &[(&str, &str)]) -> Self {
        let folder = Self { folder: tempdir().unwrap(), state: tempdir().unwrap() };
        example::write(folder.path());
        folder.write("Dockerfile", DOCKERFILE);
        for (path, text) in files {
            folder.write(path, text);
        }
        folder
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    pub fn write(&self, path: &str, text: &str) {
        fs_err::write(self.path().join(path), text).unwrap();
    }

    pub fn publish(
        &self,
        hub: &Hub,
        how: impl FnOnce(Publication<'_>) -> Publication<'_>,
    ) -> Result<Published, PublishError> {
        self.publish_seen(hub, how, &mut ())
    }

    pub fn publish_seen(
        &self,
        hub: &Hub,
        how: impl FnOnce(Publication<'_>) -> Publication<'_>,
        watcher: &mut dyn Watcher,
    ) -> Result<Published, PublishError> {
        let repo = Repo::open(self.path()).unwrap();
        let publication = Publication::of(&repo)
            .endpoint(hub.endpoint())
            .token(Token::new(Script::TOKEN).unwrap())
            .name("my-space")
            .state_folder(self.state.path().join("state"))
            .pace(PACE);
        how(publication).run(watcher)
    }

    pub fn done(&self, hub: &Hub) -> Published {
        self.publish(hub, |publication| publication).unwrap()
    }

    pub fn refused(&self, hub: &Hub) -> PublishError {
        self.publish(hub, |publication| publication).unwrap_err()
    }
}

pub const DOCKERFILE: &str = "FROM python:3.13-slim-trixie\n\nRUN useradd -m -u 1000 user\nUSER user\nENV HOME=/home/user\n\
                          WORKDIR /home/user/app\nCOPY --chown=user . .\nCMD [\"python\", \"-m\", \"http.server\", \"7860\"]\n";

/// Every request is one that a real client makes too.
pub fn is_known(hub: &Hub) {
    assert_eq!(hub.log().refused(), [""; 0]);
    let theirs =
        ["hf", "hub-js"].map(|name| fs_err::read_to_string(beside(&format!("recorded/{name}.jsonl"))).unwrap());
    let theirs = theirs.iter().flat_map(|text| shapes::parse(text)).collect::<Vec<_>>();
    let ours = shapes::parse(&hub.log().lines().join("\n"));
    assert_eq!(shapes::differences(&ours, &theirs), [""; 0]);
}

fn commits(hub: &Hub) -> usize {
    hub.space("tester/my-space").unwrap().commits.len()
}

#[test]
fn a_space_is_created_filled_and_waited_for_with_requests_of_the_real_clients() {
    let hub = Hub::start(Script::paid());
    let folder = Folder::with(&[(".spaces-new.toml", "secrets = [\"API_KEY\"]\nvariables = [\"THEME=dark\"]\n")]);
    folder.write(".env", "API_KEY=neverSendThis\nPASSWORD=neverSendThat\n");
    let done = folder.publish(&hub, |how| how.private().hardware("cpu-upgrade")).unwrap();
    let space = hub.space("tester/my-space").unwrap();
    assert!(done.created && done.is_well());
    assert_eq!((done.stage.as_deref(), done.space.as_str()), (Some("RUNNING"), "tester/my-space"));
    assert_eq!((space.sdk.as_str(), space.visibility.as_str()), ("docker", "private"));
    assert_eq!(space.hardware.as_deref(), Some("cpu-upgrade"));
    assert_eq!(space.secrets["API_KEY"], "neverSendThis");
    assert_eq!(space.variables["THEME"], "dark");
    assert_eq!(space.files["app.py"].text(), Some("print(\"hello\")\n"));
    for large in ["assets/picture.png", "assets/weights.bin"] {
        assert!(matches!(space.files[large].content, Content::Large { .. }), "{large}");
    }
    assert!(!space.files.contains_key(".env") && !space.files.contains_key("debug.log"));
    assert_eq!(hub.log().carrying(b"neverSendThat"), [""; 0]);
    assert_eq!(hub.log().carrying(b"neverSendThis").len(), 1, "only the request that sets the secret has it");
    is_known(&hub);
}

#[test]
fn what_has_not_changed_is_not_sent_again() {
    let hub = Hub::start(Script::paid());
    let folder = Folder::with(&[]);
    folder.done(&hub);
    let before = commits(&hub);
    hub.log().clear();
    let done = folder.done(&hub);
    assert!(!done.created && done.commit.is_none() && done.files.is_empty());
    assert_eq!(commits(&hub), before);
    let calls = hub.log().calls();
    assert!(calls.iter().all(|call| call.starts_with("GET ")), "{calls:#?}");
    folder.write("app.py", "print(\"changed\")\n");
    fs_err::remove_file(folder.path().join("old.txt")).unwrap();
    let done = folder.done(&hub);
    let sent: Vec<&str> = done.files.iter().map(|file| file.path.as_str()).collect();
    assert_eq!((sent, done.deleted), (vec!["app.py"], vec!["old.txt".to_owned()]));
    let space = hub.space("tester/my-space").unwrap();
    assert!(!space.files.contains_key("old.txt"));
    assert_eq!(space.files["app.py"].text(), Some("print(\"changed\")\n"));
    assert_eq!(commits(&hub), before + 1);
    is_known(&hub);
}

#[test]
fn a_broken_connection_and_a_busy_server_are_tried_again() {
    let faults = [
        Fault::new("PUT", "", Action::DropAfter(1 << 20)).times(2),
        Fault::status("POST", "/preupload/", 503).times(2),
        Fault::status("GET", "/tree/", 500).times(3),
        Fault::too_many("POST", "/commit/", 1),
        Fault::new("POST", "/api/repos/create", Action::Lost),
        Fault::new("POST", "/info/lfs/objects/batch", Action::Lost),
    ];
    let hub = Hub::start(faults.into_iter().fold(Script::paid(), Script::fault));
    let done = Folder::with(&[]).done(&hub);
    assert!(done.is_well());
    assert_eq!(hub.log().refused(), [""; 0]);
    assert_eq!(commits(&hub), 2);
}

#[test]
fn a_long_wait_is_seen_with_its_reason_and_a_short_one_is_not() {
    let faults = [Fault::too_many("POST", "/commit/", 3), Fault::too_many("GET", "/tree/", 1)];
    let hub = Hub::start(faults.into_iter().fold(Script::paid(), Script::fault));
    let mut seen = Seen::default();
    Folder::with(&[]).publish_seen(&hub, |how| how, &mut seen).unwrap();
    let pauses = seen.pauses.lock().unwrap();
    // Once for each second, the last one when it is over
    assert!((3..=4).contains(&pauses.len()) && pauses.is_sorted_by(|one, next| one.left > next.left), "{pauses:?}");
    for pause in pauses.iter() {
        assert_eq!(pause.all, Duration::from_secs(3));
        assert!(pause.why.contains("cannot commit the files") && pause.why.contains("status 429"), "{}", pause.why);
    }
    assert_eq!((pauses[0].left, pauses[pauses.len() - 1].left), (pauses[0].all, Duration::ZERO));
}

#[test]
fn a_commit_whose_answer_is_lost_is_made_once() {
    let hub = Hub::start(Script::paid().fault(Fault::new("POST", "/commit/", Action::Lost)));
    let folder = Folder::with(&[]);
    let done = folder.done(&hub);
    assert_eq!(commits(&hub), 2);
    assert!(done.commit.is_some() && done.is_well());
    assert!(folder.done(&hub).commit.is_none());
}

#[test]
fn a_server_that_stays_down_is_given_up_and_the_next_run_goes_on() {
    let down = Fault::status("POST", "/commit/", 503).times(6);
    let hub = Hub::start(Script::paid().fault(down));
    let folder = Folder::with(&[]);
    let error = folder.refused(&hub);
    assert!(error.to_string().contains("status 503") && error.hint().unwrap().contains("run it again"), "{error}");
    assert_eq!(commits(&hub), 1);
    hub.log().clear();
    assert!(folder.done(&hub).is_well());
    let sent: Vec<String> = hub.log().calls().into_iter().filter(|call| call.starts_with("PUT ")).collect();
    assert_eq!(sent, [""; 0], "what storage has already is not sent twice");
}

#[test]
fn the_token_does_not_follow_to_another_host() {
    for status in [302, 307, 308] {
        let hub = Hub::start(Script::paid().fault(Fault::new("GET", "/api/spaces/", Action::Redirect { status })));
        let error = Folder::with(&[]).refused(&hub);
        assert!(matches!(error, PublishError::Redirect { .. }), "{error}");
        assert_eq!(hub.log().refused(), [""; 0]);
        assert!(!hub.log().calls().iter().any(|call| call.contains("elsewhere")), "{:#?}", hub.log().calls());
    }
}

#[test]
fn a_space_that_somebody_else_has_changed_is_not_overwritten() {
    let hub = Hub::start(Script::paid());
    let folder = Folder::with(&[]);
    folder.done(&hub);
    hub.change("tester/my-space", |space| {
        space.files.insert("theirs.txt".to_owned(), File::regular("theirs\n"));
        space.commit("A change by somebody else");
    });
    let error = folder.refused(&hub);
    assert!(error.to_string().contains("\"A change by somebody else\""), "{error}");
    assert!(error.hint().unwrap().contains("--overwrite"));
    assert!(hub.space("tester/my-space").unwrap().files.contains_key("theirs.txt"));
    let done = folder.publish(&hub, |how| how.overwrite()).unwrap();
    assert_eq!(done.deleted, ["theirs.txt"]);
    assert!(!hub.space("tester/my-space").unwrap().files.contains_key("theirs.txt"));
    // A Space with one commit may be a copy of another one
    let copied = Hub::start(Script::paid().space("tester/my-space", "docker"));
    copied.change("tester/my-space", |space| drop(space.files.insert("precious.txt".to_owned(), File::regular("x\n"))));
    assert!(matches!(folder.refused(&copied), PublishError::Newer(_)));
    // From another computer, which has published nothing
    let other = Folder::with(&[("app.py", "print(\"other\")\n")]);
    assert!(matches!(other.refused(&hub), PublishError::Newer(_)));
    is_known(&hub);
}

#[test]
fn findings_of_the_check_stop_it_unless_their_rule_is_passed_over() {
    let hub = Hub::start(Script::paid());
    let folder = Folder::with(&[("Dockerfile", "FROM python:3.13-slim-trixie\nUSER root\nCMD [\"python\"\n")]);
    let error = folder.refused(&hub);
    let PublishError::Findings(found) = &error else { panic!("{error}") };
    assert_eq!(hub.log().calls(), [""; 0], "nothing was asked before the check");
    let rules: Vec<&str> = found.iter().map(|finding| finding.rule).collect();
    let done = folder.publish(&hub, |how| rules.iter().fold(how, |how, rule| how.pass_over(*rule)));
    assert!(done.unwrap().created);
    let unknown = folder.publish(&hub, |how| how.pass_over("no-such-rule")).unwrap_err();
    assert!(matches!(unknown, PublishError::UnknownRule(_)));
}

/// Gives a secret, and keeps what it sees.
#[derive(Default)]
struct Seen {
    steps: Vec<PublishStep>,
    stages: Vec<String>,
    most: u64,
    log: Mutex<Vec<String>>,
    pauses: Arc<Mutex<Vec<Pause>>>,
}

impl Watcher for Seen {
    fn step(&mut self, step: PublishStep) {
        self.steps.push(step);
    }

    fn stage(&mut self, stage: &str) {
        self.stages.push(stage.to_owned());
    }

    fn sent(&mut self, sent: Progress) {
        assert!(sent.bytes <= sent.of_bytes && sent.files <= sent.of_files && sent.of_files == 2);
        self.most = self.most.max(sent.bytes);
    }

    fn pauses(&self) -> Option<PauseSeen> {
        let pauses = Arc::clone(&self.pauses);
        Some(Arc::new(move |pause| pauses.lock().unwrap().push(pause.clone())))
    }

    fn wants_log(&self) -> bool {
        true
    }

    fn log(&mut self, line: &str) {
        self.log.lock().unwrap().push(line.to_owned());
    }

    fn secret(&mut self, name: &str) -> Option<String> {
        (name == "ASKED_KEY").then(|| "given-by-hand".to_owned())
    }
}

#[test]
fn secrets_that_the_space_has_are_kept_and_missing_ones_are_named() {
    let hub = Hub::start(Script::paid());
    let own = "secrets = [\"API_KEY\", \"ASKED_KEY\", \"MISSING_KEY\"]\nvariables = [\"THEME=dark\"]\n";
    let folder = Folder::with(&[(".spaces-new.toml", own), (".env", "API_KEY=first\nTHEME=fromEnv\n")]);
    let done = folder.publish_seen(&hub, |how| how, &mut Seen::default()).unwrap();
    assert_eq!(done.secrets, ["API_KEY", "ASKED_KEY"]);
    assert_eq!(done.missing_secrets, ["MISSING_KEY"]);
    hub.change("tester/my-space", |space| {
        space.variables.insert("THEME".to_owned(), "light".to_owned());
    });
    folder.write(".env", "API_KEY=second\n");
    let done = folder.done(&hub);
    assert!(done.secrets.is_empty() && done.variables.is_empty());
    assert!(done.notes.iter().any(|note| note.contains("`THEME`")), "{:?}", done.notes);
    assert_eq!(hub.space("tester/my-space").unwrap().secrets["API_KEY"], "first");
    let done = folder.publish(&hub, |how| how.replace_settings()).unwrap();
    let space = hub.space("tester/my-space").unwrap();
    assert_eq!((done.secrets.len(), done.variables.len()), (1, 1));
    assert_eq!((space.secrets["API_KEY"].as_str(), space.variables["THEME"].as_str()), ("second", "dark"));
    is_known(&hub);
}

#[test]
fn a_build_that_fails_is_explained_without_secrets() {
    let log = [
        "--> RUN pip install -r requirements.txt",
        "using the key topSecretValue",
        "ERROR: Could not find a version that satisfies the requirement torhc (from versions: none)",
        "ERROR: No matching distribution found for torhc",
    ];
    let hub = Hub::start(Script::paid().fails("BUILD_ERROR", "Job failed with exit code: 1").build_log(&log));
    let own = "secrets = [\"API_KEY\"]\n";
    let folder = Folder::with(&[(".spaces-new.toml", own), (".env", "API_KEY=topSecretValue\n")]);
    let done = folder.done(&hub);
    let failed = done.failed.as_ref().unwrap();
    assert_eq!((done.stage.as_deref(), failed.of), (Some("BUILD_ERROR"), "build"));
    assert!(failed.log.contains("the key ***") && !failed.log.contains("topSecretValue"), "{}", failed.log);
    assert!(failed.diagnoses.iter().any(|diagnosis| diagnosis.message.contains("torhc")), "{:?}", failed.diagnoses);
}

#[test]
fn steps_stages_bytes_and_the_build_log_are_seen() {
    let hub = Hub::start(Script::paid().stages(&["BUILDING", "BUILDING", "BUILDING", "APP_STARTING", "RUNNING"]));
    let mut seen = Seen::default();
    Folder::with(&[]).publish_seen(&hub, |how| how.pace(0.1), &mut seen).unwrap();
    let steps: Vec<&str> = seen.steps.iter().map(|step| step.as_str()).collect();
    assert_eq!(steps, ["space", "settings", "compare", "upload", "build"]);
    assert_eq!(seen.stages, ["BUILDING", "APP_STARTING", "RUNNING"]);
    assert_eq!(seen.most, (5 << 20) + 17 + 8 + 256);
    let log = seen.log.lock().unwrap();
    assert_eq!(*log, ["--> FROM docker.io/library/python:3.13\n", "DONE 0.1s\n"]);
}

#[test]
fn what_cannot_be_uploaded_is_refused_before_anything_is_sent() {
    let hub = Hub::start(Script::paid());
    let pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:\
                   4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\nsize 12345\n";
    let folder = Folder::with(&[("model.bin", pointer)]);
    assert!(matches!(folder.refused(&hub), PublishError::Pointer(path) if path == "model.bin"));
    assert_eq!(commits(&hub), 1);
    hub.log().clear();
    let folder = Folder::with(&[(".gitmodules", "[submodule \"a\"]\n\tpath = a\n\turl = https://example.com/a\n")]);
    assert!(matches!(folder.refused(&hub), PublishError::NeedsGit { .. }));
    let folder = Folder::with(&[]);
    fs_err::create_dir_all(folder.path().join("assets/.git")).unwrap();
    assert!(matches!(folder.refused(&hub), PublishError::NeedsGit { path, .. } if path == "assets"));
    #[cfg(unix)]
    {
        let folder = Folder::with(&[]);
        std::os::unix::fs::symlink("app.py", folder.path().join("link.py")).unwrap();
        assert!(matches!(folder.refused(&hub), PublishError::NeedsGit { path, .. } if path == "link.py"));
    }
    assert_eq!(hub.log().calls(), [""; 0]);
}

#[test]
fn the_lines_that_the_hub_adds_to_gitattributes_are_not_taken_away_again() {
    let hub = Hub::start(Script::paid());
    let folder = Folder::with(&[(".gitattributes", "*.bin filter=lfs diff=lfs merge=lfs -text\n")]);
    folder.done(&hub);
    let attributes = hub.space("tester/my-space").unwrap().files[".gitattributes"].text().unwrap().to_owned();
    assert!(attributes.contains("assets/picture.png filter=lfs"), "{attributes}");
    let done = folder.done(&hub);
    assert!(done.commit.is_none(), "{:?}", done.files);
}

#[test]
fn a_plan_sends_nothing_and_names_no_value_of_a_secret() {
    let hub = Hub::start(Script::paid());
    let own = "secrets = [\"API_KEY\"]\n";
    let folder = Folder::with(&[(".spaces-new.toml", own), (".env", "API_KEY=topSecretValue\n")]);
    let repo = Repo::open(folder.path()).unwrap();
    let plan = Publication::of(&repo).endpoint(hub.endpoint()).name("my-space").plan().unwrap();
    assert_eq!(hub.log().calls(), [""; 0]);
    let json = serde_json::to_string(&plan).unwrap();
    assert!(json.contains("API_KEY") && !json.contains("topSecretValue"));
    assert!(plan.files.iter().all(|file| file.path != ".env" && file.path != "debug.log"));
    assert!(plan.files.iter().any(|file| file.path == "assets/weights.bin" && file.lfs));
}
