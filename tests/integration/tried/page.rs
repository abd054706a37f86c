//! The page of `try` shows one as a user sees it.

use super::StandIn;
use crate::support::is_generated;

/// The seconds of a real run, which differ each time.
const SECONDS: [&str; 2] = ["15.8", "0.8"];

#[test]
fn the_try_on_its_page_is_real() {
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
    let block = format!("```console\n$ spaces-new try my-app\n{}\n```\n", shown.trim_end());
    is_generated("docs/try.md", "try", &block);
}
