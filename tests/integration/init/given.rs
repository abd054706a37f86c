//! Answers from a person in addition to those that are found.

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
fn a_named_package_keeps_those_that_were_found() {
    let workspace = written(NEEDY);
    workspace.run("init my-app --yes --pip numpy --secret TENANT").ok();
    let pip = kept(&workspace, "pip").unwrap();
    assert!(pip.contains(r#""numpy""#) && pip.contains("gunicorn=="), "{pip}");
    assert_eq!(kept(&workspace, "secrets").unwrap(), r#"secrets = ["TENANT", "API_KEY"]"#);
    let ran = workspace.run("init my-app --yes").ok();
    assert!(ran.stdout().contains("nothing was written"), "{}", ran.shown());
}

#[test]
fn a_later_run_adds_to_what_an_earlier_one_kept() {
    let workspace = written(NEEDY);
    workspace.run("init my-app --yes --pip numpy").ok();
    workspace.run("init my-app --yes --pip pandas").ok();
    let pip = kept(&workspace, "pip").unwrap();
    assert!(pip.starts_with(r#"pip = ["pandas", "numpy", "gunicorn=="#), "{pip}");
    workspace.run("init my-app --yes --variable API_KEY=public").ok();
    assert_eq!(kept(&workspace, "variables").unwrap(), r#"variables = ["API_KEY=public"]"#);
    assert_eq!(kept(&workspace, "secrets"), None);
}

#[test]
fn lists_in_the_readme_are_kept_with_given_answers() {
    let workspace = written(NEEDY);
    workspace.write("my-app/README.md", "---\nmodels:\n- own/one\n---\n\n# Mine\n");
    workspace.run("init my-app --yes --model given/two").ok();
    let readme = String::from_utf8(workspace.files(APP)["README.md"].clone()).unwrap();
    assert!(readme.contains("own/one") && readme.contains("given/two"), "{readme}");
}

/// A person may have removed items from the kept answers.
#[test]
fn what_is_found_after_an_earlier_run_is_reported() {
    let workspace = written(NEEDY);
    workspace.run("init my-app --yes").ok();
    workspace.write("my-app/app.py", "import more\nimport os\nfrom flask import Flask\n\napp = Flask(__name__)\n");
    workspace.write("my-app/more.py", "import os\n\nPASSWORD = os.environ[\"DB_PASSWORD\"]\n");
    let ran = workspace.run("init my-app --yes").ok();
    assert_eq!(kept(&workspace, "secrets").unwrap(), r#"secrets = ["API_KEY"]"#);
    assert!(ran.stderr().contains("to add it: `--secret DB_PASSWORD`"), "{}", ran.shown());
    workspace.run("init my-app --yes --secret DB_PASSWORD").ok();
    assert_eq!(kept(&workspace, "secrets").unwrap(), r#"secrets = ["DB_PASSWORD", "API_KEY"]"#);
}

#[test]
fn another_command_needs_another_server() {
    let workspace = written(NEEDY);
    let command = ["--command", "waitress-serve --port=7860 app:app", "--pip", "waitress==3.0.2"];
    workspace.run_words(&[&["init", "my-app", "--yes"][..], &command].concat()).ok();
    assert_eq!(kept(&workspace, "pip").unwrap(), r#"pip = ["waitress==3.0.2"]"#);
}

/// A package under a condition does not replace one without.
#[test]
fn markers_and_names_of_packages_are_compared_as_in_pip() {
    let nested =
        NEEDY.replace("```app.py", "```backend/app.py").replace("```requirements.txt", "```backend/requirements.txt");
    let numpy =
        "numpy==1.26; python_version<'3.12'\nnumpy==2.2; python_version>='3.12'\nopencv-python-headless==4.10.0.84\n";
    let workspace = written(&nested.replace("flask==3.1.2\n", &format!("flask==3.1.2\n{numpy}")));
    let old = "numpy==1.26; python_version<'3.12'";
    workspace.run_words(&["init", "my-app", "--yes", "--pip", old, "--pip", "opencv-python"]).ok();
    let pip = kept(&workspace, "pip").unwrap();
    assert!(pip.contains("numpy==2.2") && !pip.contains("headless"), "{pip}");
}

#[test]
fn what_a_person_names_differently_is_not_added() {
    let workspace = written(NEEDY);
    let given = ["--pip", " GUNICORN==20.1.0", "--variable", "API_KEY=public"];
    workspace.run_words(&[&["init", "my-app", "--yes"][..], &given].concat()).ok();
    assert_eq!(kept(&workspace, "pip").unwrap(), r#"pip = ["GUNICORN==20.1.0"]"#);
    assert_eq!(kept(&workspace, "variables").unwrap(), r#"variables = ["API_KEY=public"]"#);
    assert_eq!(kept(&workspace, "secrets"), None);
}

#[test]
fn a_note_disappears_when_its_answer_is_given() {
    let workspace = written(NEEDY);
    let ran = workspace.run("init my-app --dry-run").ok();
    assert!(ran.stderr().contains("`--pip numpy`"), "{}", ran.shown());
    assert!(ran.stderr().contains("`--variable TENANT=VALUE` or `--secret TENANT`"), "{}", ran.shown());
    let ran = workspace.run("init my-app --dry-run --pip numpy==2.3.0 --variable TENANT=a").ok();
    assert!(!ran.stderr().contains("note: `numpy`"), "{}", ran.shown());
    assert!(!ran.stderr().contains("TENANT"), "{}", ran.shown());
}

/// A default that an earlier run kept is not an answer.
#[test]
fn a_note_about_a_default_stays() {
    let workspace = written(NEEDY);
    workspace
        .write("my-app/pyproject.toml", "[project]\nname = \"a\"\nversion = \"1\"\nrequires-python = \">=3.6,<3.8\"\n");
    for _ in 0..2 {
        let ran = workspace.run("init my-app --yes").ok();
        assert!(ran.stderr().contains("no base image is available for Python"), "{}", ran.shown());
    }
    let ran = workspace.run("init my-app --dry-run --python 3.12").ok();
    assert!(!ran.stderr().contains("no base image is offered"), "{}", ran.shown());
}

#[test]
fn a_file_to_install_from_must_exist() {
    let workspace = written(NEEDY);
    let ran = workspace.run("init my-app --yes --install-file nope");
    assert_eq!(ran.code(), 2, "{}", ran.shown());
    assert!(ran.stderr().contains("`--install-file`: there is no `nope`"), "{}", ran.shown());
    assert!(!workspace.files(APP).contains_key("Dockerfile"));
}
