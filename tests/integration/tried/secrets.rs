//! Values of secrets: passed on by declared name, for the engine alone, and never printed.

use super::StandIn;

const OWN: &str = "secrets = [\"API_KEY\", \"OTHER_KEY\"]\nvariables = [\"MODE=demo\"]\n";
const VALUE: &str = "a-hidden-value";

fn with_secrets() -> StandIn {
    let stand_in = StandIn::healthy();
    stand_in.file(".spaces-new.toml", OWN).file(".gitignore", ".env\n");
    stand_in.file(".env", &format!("API_KEY={VALUE}\nUNDECLARED=never\n"));
    stand_in.file(
        "Dockerfile",
        "FROM a\nARG MODE\nRUN --mount=type=secret,id=API_KEY cat /run/secrets/API_KEY\nCMD [\"x\"]\n",
    );
    stand_in
}

#[test]
fn values_are_in_a_private_file_that_is_gone_afterwards() {
    let stand_in = with_secrets();
    let (tried, code) = stand_in.tried("");
    assert_eq!(tried["secrets"], serde_json::json!({"set": ["API_KEY"], "missing": ["OTHER_KEY"]}));
    assert_eq!((stand_in.noted("mode").trim(), code), ("-rw-------", 1), "{tried:#}");
    assert_eq!(stand_in.noted("env-file"), format!("API_KEY={VALUE}\nMODE=demo\n"));
    assert_eq!(stand_in.noted("mounted"), VALUE);
    assert!(!std::path::Path::new(stand_in.noted("env-path").trim()).exists());
    let calls = stand_in.noted("calls");
    assert!(!calls.contains(VALUE) && !calls.contains("never"), "{calls}");
    assert!(calls.contains("--build-arg MODE=demo"), "variables are public: {calls}");
}

#[test]
fn a_secret_of_the_build_is_not_for_the_app() {
    let stand_in = StandIn::healthy();
    stand_in.file(".spaces-new.toml", "build_secrets = [\"PIP_TOKEN\"]\n");
    stand_in.file("Dockerfile", "FROM a\nRUN --mount=type=secret,id=PIP_TOKEN,required=true x\nCMD [\"x\"]\n");
    let output = stand_in.command("space").env("PIP_TOKEN", VALUE).output().unwrap();
    assert_eq!((output.status.code(), stand_in.noted("mounted").as_str()), (Some(0), VALUE));
    assert_eq!(stand_in.noted("env-file"), "");
    let (tried, code) = stand_in.tell("build", "ERROR: secret PIP_TOKEN: not found\n").tried("");
    let fault = &tried["findings"][1];
    assert_eq!((code, &fault["file"], &fault["line"]), (1, &"Dockerfile".into(), &2.into()), "{tried:#}");
}

#[test]
fn the_environment_comes_first_and_what_is_not_declared_is_not_passed_on() {
    let stand_in = with_secrets();
    let mut command = stand_in.command("space");
    let output = command.env("API_KEY", "from-the-environment").env("HF_TOKEN", "hf_not_declared").output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(stand_in.noted("env-file"), "API_KEY=from-the-environment\nMODE=demo\n");
}

#[test]
fn a_value_in_a_log_or_a_header_is_masked() {
    let stand_in =
        StandIn::answering("HTTP/1.1 500 Error\r\nX-Frame-Options: a-hidden-value\r\nSet-Cookie: k=a-hidden-value\r\n");
    stand_in.file(".spaces-new.toml", OWN).file(".env", &format!("API_KEY={VALUE}\n"));
    stand_in.tell("logs", &format!("KeyError: {VALUE}\nOTHER_KEY is missing\n"));
    for words in ["space --wait 1", "space --wait 1 --format json"] {
        let ran = stand_in.run(words);
        let all = ran.stdout() + &ran.stderr();
        assert!(ran.code() == 1 && !all.contains(VALUE) && all.contains("OTHER_KEY"), "{all}");
    }
    let (tried, _) = stand_in.tried("--wait 1");
    assert_eq!((&tried["frame"]["x_frame_options"], &tried["frame"]["cookies"][0]), (&"***".into(), &"k=***".into()));
}

#[test]
fn a_value_of_several_lines_is_inherited() {
    let stand_in = StandIn::healthy();
    stand_in.file(".spaces-new.toml", "secrets = [\"SSH_KEY\"]\n");
    let output = stand_in.command("space").env("SSH_KEY", "first\nsecond").output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stdout));
    let create = stand_in.calls("create").remove(0);
    assert!(create.contains("--env SSH_KEY ") && !stand_in.noted("calls").contains("second"), "{create}");
    assert_eq!(stand_in.noted("env-file"), "");
}
