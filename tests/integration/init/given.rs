//! What a person gives beside what is found.

use super::{APP, written};
use crate::support::Workspace;

const NEEDY: &str = r#"
```app.py
import os

import numpy
from flask import Flask

app = Flask(__name__)
TENANT = os.environ["TENANT"]
API_KEY = os.environ["API_KEY"]
```

```requirements.txt
flask==3.1.2
```
"#;

/// The line of the kept answers that answers a question.
fn kept(workspace: &Workspace, key: &str) -> Option<String> {
    let answers = String::from_utf8(workspace.files(APP)[".spaces-new.toml"].clone()).unwrap();
    answers.lines().find(|line| line.starts_with(&format!("{key} ="))).map(str::to_owned)
}

#[test]
fn a_named_package_leaves_those_that_were_found() {
    let workspace = written(NEEDY);
    workspace.run("init my-app --yes --pip numpy --secret TENANT").ok();
    let pip = kept(&workspace, "pip").unwrap();
    assert!(pip.contains(r#""numpy""#) && pip.contains("gunicorn=="), "{pip}");
    assert_eq!(kept(&workspace, "secrets").unwrap(), r#"secrets = ["TENANT", "API_KEY"]"#);
    let ran = workspace.run("init my-app --yes").ok();
    assert!(ran.stdout().contains("nothing was written"), "{}", ran.shown());
}

#[test]
fn what_a_person_names_in_another_way_is_not_added() {
    let workspace = written(NEEDY);
    workspace.run("init my-app --yes --pip GUNICORN==20.1.0 --variable API_KEY=public").ok();
    assert_eq!(kept(&workspace, "pip").unwrap(), r#"pip = ["GUNICORN==20.1.0"]"#);
    assert_eq!(kept(&workspace, "variables").unwrap(), r#"variables = ["API_KEY=public"]"#);
    assert_eq!(kept(&workspace, "secrets"), None);
}

#[test]
fn a_note_goes_when_its_answer_is_given() {
    let workspace = written(NEEDY);
    let ran = workspace.run("init my-app --dry-run").ok();
    assert!(ran.stderr().contains("`--pip numpy`"), "{}", ran.shown());
    assert!(ran.stderr().contains("`--variable TENANT=VALUE` or `--secret TENANT`"), "{}", ran.shown());
    let ran = workspace.run("init my-app --dry-run --pip numpy==2.3.0 --variable TENANT=a").ok();
    assert!(!ran.stderr().contains("note: `numpy`"), "{}", ran.shown());
    assert!(!ran.stderr().contains("TENANT"), "{}", ran.shown());
}
