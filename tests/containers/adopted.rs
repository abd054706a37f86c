//! Existing apps with a Space put around them by `init` without other flags: built and run as on the Hub. Their packages are
//! real; lock files are made at test time, by the usual tools.

use std::path::Path;
use std::process::Command;

use crate::cases::prove_on_the_hub;
use crate::checks::Contract;
use crate::settings::{say, setting, tool};
use crate::space::Space;

pub type Files = &'static [(&'static str, &'static str)];

#[track_caller]
pub fn proven(name: &str, files: Files) -> Space {
    let space = Space::around(name, files, "");
    prove_on_the_hub(&space, Contract::HUB);
    space
}

const GRADIO: Files = &[
    ("demo.py", "import gradio as gr\n\ngr.Interface(lambda text: text[::-1], \"text\", \"text\").launch()\n"),
    ("requirements.txt", "gradio>=6.31,<7\n"),
    ("README.md", "# Reverse\n"),
];

#[test]
#[ignore = "needs tests/containers/setup"]
fn init_around_gradio() {
    proven("init-gradio", GRADIO);
}

const STREAMLIT: Files = &[
    ("Home.py", "import streamlit as st\n\nst.title(\"Charts\")\nst.line_chart([1, 3, 2])\n"),
    ("pages/1_More.py", "import streamlit as st\n\nst.file_uploader(\"File\")\n"),
    ("requirements.txt", "streamlit\n"),
    (".streamlit/config.toml", "# ours\n[theme]\nbase = \"dark\"\n"),
];

#[test]
#[ignore = "needs tests/containers/setup"]
fn init_around_streamlit() {
    let space = proven("init-streamlit", STREAMLIT);
    let settings = space.read(".streamlit/config.toml");
    assert!(settings.starts_with("# ours\n[theme]") && settings.contains("enableXsrfProtection = false"), "{settings}");
}

const FASTHTML: Files = &[
    (
        "main.py",
        "from fasthtml.common import *\n\napp, rt = fast_app()\n\n\n@rt(\"/\")\ndef get():\n    return P(\"hi\")\n\n\nserve(reload=False)\n",
    ),
    ("requirements.txt", "python-fasthtml==0.14.14\n"),
];

#[test]
#[ignore = "needs tests/containers/setup"]
fn init_around_fasthtml() {
    proven("init-fasthtml", FASTHTML);
}

const MESOP: Files = &[
    (
        "main.py",
        "import mesop as me\n\nHUB = me.SecurityPolicy(allowed_iframe_parents=[\"https://huggingface.co\"])\n\n\n@me.page(path=\"/\", security_policy=HUB)\ndef home():\n    me.text(\"hi\")\n",
    ),
    ("requirements.txt", "mesop==1.3.7\ngunicorn==27.0.1\n"),
];

#[test]
#[ignore = "needs tests/containers/setup"]
fn init_around_mesop() {
    proven("init-mesop", MESOP);
}

const RETIRED: Files = &[
    (
        "README.md",
        "---\ntitle: Chart\nemoji: 📈\nsdk: streamlit\nsdk_version: 1.40.0\napp_file: app.py\n---\n\n# Chart\n",
    ),
    ("app.py", "import streamlit as st\n\nst.title(\"Chart\")\n"),
    ("requirements.txt", "streamlit==1.67.0\n"),
];

#[test]
#[ignore = "needs tests/containers/setup"]
fn init_migrates_a_streamlit_space() {
    prove_on_the_hub(&Space::around("init-migrated", RETIRED, "--migrate"), Contract::HUB);
}

/// Names neither uvicorn nor a port.
const FASTAPI: Files = &[
    ("app/__init__.py", ""),
    (
        "app/main.py",
        "from fastapi import FastAPI\n\napi = FastAPI()\n\n\n@api.get(\"/\")\ndef hello():\n    return {\"hello\": \"world\"}\n",
    ),
    ("requirements.txt", "fastapi==0.165.0\n"),
];

#[test]
#[ignore = "needs tests/containers/setup"]
fn init_around_fastapi() {
    proven("init-fastapi", FASTAPI);
}

const FLASK: Files = &[
    (
        "web/__init__.py",
        "from flask import Flask\n\n\ndef create_app():\n    app = Flask(__name__)\n\n    @app.get(\"/\")\n    def hello():\n        return \"hello\"\n\n    return app\n",
    ),
    (
        "wsgi.py",
        "from web import create_app\n\napp = create_app()\n\nif __name__ == \"__main__\":\n    app.run(debug=True)\n",
    ),
    ("requirements.txt", "flask>=3\n"),
];

#[test]
#[ignore = "needs tests/containers/setup"]
fn init_around_flask() {
    proven("init-flask", FLASK);
}

const DASH: Files = &[
    (
        "app.py",
        "from dash import Dash, html\n\napp = Dash(__name__)\napp.layout = html.Div(\"hello\")\n\nif __name__ == \"__main__\":\n    app.run(debug=True)\n",
    ),
    ("requirements.txt", "dash\n"),
];

#[test]
#[ignore = "needs tests/containers/setup"]
fn init_around_dash() {
    proven("init-dash", DASH);
}

const EXPRESS: Files = &[
    (
        "package.json",
        r#"{"private": true, "scripts": {"start": "node index.js"}, "dependencies": {"express": "^4.21.0"}}"#,
    ),
    (
        "index.js",
        "const express = require(\"express\");\nconst app = express();\napp.get(\"/\", (_, answer) => answer.send(\"hello\"));\napp.listen(process.env.PORT || 3000);\n",
    ),
];

#[test]
#[ignore = "needs tests/containers/setup"]
fn init_around_express_with_a_lock() {
    let Some(node) = tool("NODE") else { return };
    let space = Space::app("init-express", EXPRESS);
    let npm = Path::new(&node).with_file_name("npm");
    made(Command::new(npm).args(["install", "--package-lock-only", "--no-audit", "--no-fund"]), &space);
    space.put_around("");
    assert!(space.read("Dockerfile").contains("npm ci"), "{}", space.read("Dockerfile"));
    prove_on_the_hub(&space, Contract::HUB);
}

const PROJECT: Files = &[
    (
        "pyproject.toml",
        "[project]\nname = \"hello\"\nversion = \"0.1.0\"\nreadme = \"README.md\"\nrequires-python = \">=3.10\"\ndependencies = [\"fastapi>=0.160\", \"uvicorn\"]\n\n[build-system]\nrequires = [\"hatchling\"]\nbuild-backend = \"hatchling.build\"\n",
    ),
    ("README.md", "# Hello\n"),
    ("src/hello/__init__.py", ""),
    (
        "src/hello/server.py",
        "from fastapi import FastAPI\n\nfrom hello import words\n\napp = FastAPI()\n\n\n@app.get(\"/\")\ndef hello():\n    return words.HELLO\n",
    ),
    ("src/hello/words.py", "HELLO = \"hello\"\n"),
];

#[test]
#[ignore = "needs tests/containers/setup"]
fn init_around_a_project_that_uv_locked() {
    let space = Space::app("init-uv", PROJECT);
    made(
        Command::new(setting("UV")).args(["lock", "--no-python-downloads", "--python"]).arg(setting("HUB_PYTHON")),
        &space,
    );
    space.put_around("--python 3.13");
    assert!(space.read("Dockerfile").contains("uv sync --locked"), "{}", space.read("Dockerfile"));
    prove_on_the_hub(&space, Contract::HUB);
}

const GO: Files = &[
    ("go.mod", "module example.invalid/hello\n\ngo 1.19\n"),
    (
        "main.go",
        "package main\n\nimport (\n\t\"fmt\"\n\t\"net/http\"\n\t\"os\"\n)\n\nfunc main() {\n\tport := os.Getenv(\"PORT\")\n\tif port == \"\" {\n\t\tport = \"8080\"\n\t}\n\thttp.HandleFunc(\"/\", func(w http.ResponseWriter, r *http.Request) { fmt.Fprintln(w, \"hello\") })\n\thttp.ListenAndServe(\":\"+port, nil)\n}\n",
    ),
];

#[test]
#[ignore = "needs tests/containers/setup"]
fn init_around_go() {
    proven("init-go", GO);
}

/// A server without signal handling that uses a crate.
const RUST: Files = &[
    (
        "Cargo.toml",
        "[package]\nname = \"hello\"\nversion = \"0.1.0\"\nedition = \"2021\"\n\n[dependencies]\nitoa = \"1\"\n",
    ),
    (
        "src/main.rs",
        "use std::io::{Read, Write};\nuse std::net::TcpListener;\n\nfn main() {\n    let port = std::env::var(\"PORT\").unwrap_or_else(|_| \"3000\".into());\n    let listener = TcpListener::bind(format!(\"0.0.0.0:{port}\")).unwrap();\n    for stream in listener.incoming() {\n        let mut stream = stream.unwrap();\n        let _ = stream.read(&mut [0; 1024]);\n        let body = itoa::Buffer::new().format(42).to_owned();\n        let _ = write!(stream, \"HTTP/1.0 200 OK\\r\\nContent-Length: {}\\r\\n\\r\\n{body}\", body.len());\n    }\n}\n",
    ),
];

#[test]
#[ignore = "needs tests/containers/setup"]
fn init_around_rust() {
    proven("init-rust", RUST);
}

/// Runs a tool in the folder of an app.
#[track_caller]
pub fn made(command: &mut Command, space: &Space) {
    let output = command.current_dir(space.path()).output().unwrap();
    say(&format!("{}: {command:?}", space.name()));
    assert!(output.status.success(), "{command:?}\n{}", String::from_utf8_lossy(&output.stderr));
}
