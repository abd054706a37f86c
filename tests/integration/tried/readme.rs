//! The README shows a try as a user sees it.

use super::StandIn;
use crate::support::root;

/// The seconds of a real run, which differ each time.
const SECONDS: [&str; 2] = ["15.8", "0.8"];

/// `UPDATE=1` renews it.
#[test]
fn the_try_in_the_readme_is_real() {
    let stand_in = StandIn::named(&["docker"]);
    stand_in.file("app.py", "from fastapi import FastAPI\nimport uvicorn\n\napp = FastAPI()\n\nuvicorn.run(app, host=\"0.0.0.0\", port=8000)\n");
    stand_in.file("Dockerfile", "FROM python:3.13-slim-trixie\nRUN useradd -m -u 1000 user\nUSER user\nWORKDIR /home/user/app\nCOPY --chown=user . .\nCMD [\"python\", \"app.py\"]\n");
    stand_in.tell("port", "1").tell("tables", "sl local_address\n 0: 00000000:1F40 00000000:0000 0A\n");
    let ran = stand_in.run("space --wait 1");
    let screen = ran.stdout().replace("within 1 s", "within 60 s");
    let mut seconds = SECONDS.into_iter();
    let words = screen.split_inclusive([' ', '\n']).map(|word| {
        let is_number = word.contains('.') && word.trim().parse::<f64>().is_ok();
        if is_number { word.replace(word.trim(), seconds.next().unwrap()) } else { word.to_owned() }
    });
    let shown: String = words.collect();
    let block = format!("<!-- try -->\n```console\n$ spaces-new try my-app\n{}\n```\n<!-- /try -->", shown.trim_end());
    let path = root().join("README.md");
    let readme = fs_err::read_to_string(&path).unwrap();
    let (before, rest) = readme.split_once("<!-- try -->").unwrap();
    let (_, after) = rest.split_once("<!-- /try -->").unwrap();
    let expected = format!("{before}{block}{after}");
    if std::env::var_os("UPDATE").is_some() {
        fs_err::write(&path, &expected).unwrap();
    }
    assert_eq!(fs_err::read_to_string(&path).unwrap(), expected, "renew it with UPDATE=1");
}
