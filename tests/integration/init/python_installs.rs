//! How Python apps are installed, and with which Python.

use super::{APP, written};
use crate::support::Workspace;

/// The Dockerfile, and what the command printed.
fn init(files: &[(&str, &str)]) -> (String, String) {
    let blocks: String = files.iter().map(|(path, text)| format!("\n```{path}\n{text}```\n")).collect();
    let workspace = written(&blocks);
    let shown = workspace.run(&format!("init {APP} --yes")).shown();
    let dockerfile = workspace.files(APP).get("Dockerfile").map(|bytes| String::from_utf8(bytes.clone()).unwrap());
    (dockerfile.unwrap_or_default(), shown)
}

const FASTAPI: &str = "from fastapi import FastAPI\n\napp = FastAPI()\n";
const STREAMLIT: &str = "import cv2\nimport streamlit as st\n\nst.title(cv2.__version__)\n";
const SHARED: (&str, &str) = ("shared/pyproject.toml", "[project]\nname = \"my_shared\"\nversion = \"1\"\n");

#[test]
fn a_local_package_is_never_taken_from_the_index_by_its_name() {
    const POETRY: &str = "[tool.poetry]\nname = \"b\"\nversion = \"1\"\n\n[tool.poetry.dependencies]\nfastapi = \"*\"\nuvicorn = \"*\"\n";
    const PROJECT: &str = "[project]\nname = \"b\"\nversion = \"1\"\n";
    let project = |last: &str| format!("{PROJECT}dependencies = [\"fastapi\", \"uvicorn\", {last}]\n");
    for (manifest, root, from) in [
        (format!("{POETRY}my_shared = {{ path = \"../shared/\", develop = true }}\n"), "", "from `../shared/`"),
        (format!("{POETRY}my_shared = [{{ path = \"../shared\", python = \"*\" }}]\n"), "", "from `../shared`"),
        (
            format!("{}[tool.uv.sources]\nmy-shared = {{ path = \"../shared\" }}\n", project("\"my-shared\"")),
            "",
            "from `../shared`",
        ),
        (
            format!("{}[tool.uv.sources]\nMy_Shared = {{ workspace = true }}\n", project("\"my-shared\"")),
            "",
            "from the workspace",
        ),
        (
            project("\"my-shared\""),
            "[tool.uv.workspace]\nmembers = [\"*\"]\n[tool.uv.sources]\nmy-shared = { workspace = true }\n",
            "from the workspace",
        ),
        (
            format!(
                "{}[tool.poetry.dependencies]\nmy-shared = {{ path = \"../shared\" }}\n",
                project("\"my-shared (>=1)\"")
            ),
            "",
            "from `../shared`",
        ),
        (project("\"my-shared @ file:///${PROJECT_ROOT}/../shared\""), "", "from `../shared`"),
        (project("\"my-shared @ {root:parent:uri}/shared\""), "", "from `../shared`"),
    ] {
        let mut files = vec![("backend/main.py", FASTAPI), ("backend/pyproject.toml", &manifest), SHARED];
        files.extend((!root.is_empty()).then_some(("pyproject.toml", root)));
        let (dockerfile, shown) = init(&files);
        assert!(dockerfile.contains("pip install --no-cache-dir fastapi uvicorn\n"), "{manifest}\n{dockerfile}");
        assert!(shown.contains(from) && shown.contains("this one as `./shared`"), "{manifest}\n{shown}");
        assert!(shown.contains("`backend/pyproject.toml`, not at the root"), "{shown}");
    }
}

#[test]
fn a_package_of_another_index_is_left_out_and_one_of_an_address_is_installed() {
    let of = |source: &str| {
        let manifest = format!(
            "[project]\nname = \"b\"\ndependencies = [\"fastapi\", \"uvicorn\", \"mine\"]\n[tool.uv.sources]\nmine = {source}\n\
            [[tool.uv.index]]\nname = \"inner\"\nurl = \"https://packages.example/simple\"\n"
        );
        init(&[("backend/main.py", FASTAPI), ("backend/pyproject.toml", &manifest)])
    };
    let (dockerfile, shown) = of("{ index = \"inner\" }");
    assert!(dockerfile.contains("pip install --no-cache-dir fastapi uvicorn\n"), "{dockerfile}");
    assert!(shown.contains("`mine` comes from the index `inner`, and is not installed"), "{shown}");
    let (dockerfile, _) = of("{ git = \"https://git.example/mine\", rev = \"abc\" }");
    assert!(dockerfile.contains("'mine @ git+https://git.example/mine@abc'"), "{dockerfile}");
}

#[test]
fn lines_without_a_name_are_reported_where_they_cannot_be_installed() {
    let (dockerfile, shown) = init(&[
        ("backend/main.py", FASTAPI),
        ("backend/requirements.txt", "fastapi\nuvicorn\n-e ../shared\n./local\n"),
        SHARED,
    ]);
    assert!(dockerfile.contains("pip install --no-cache-dir fastapi uvicorn\n"), "{dockerfile}");
    assert!(shown.contains("this one as `./shared`") && shown.contains("this one as `./backend/local`"), "{shown}");
}

const PINNED: &str = "[project]\nname = \"a\"\nversion = \"1\"\nrequires-python = \">=3.11\"\ndependencies = [\"fastapi\", \"uvicorn\", \"numpy\"]\n";

fn lock(packages: &str) -> String {
    format!(
        "version = 1\n\n[[package]]\nname = \"a\"\nversion = \"1\"\nsource = {{ virtual = \".\" }}\ndependencies = [\n    {{ name = \"fastapi\" }},\n    {{ name = \"uvicorn\" }},\n    {{ name = \"numpy\" }},\n]\n\n[package.dev-dependencies]\ndev = [\n    {{ name = \"gitpython\" }},\n]\n\n\
        [[package]]\nname = \"fastapi\"\nversion = \"0.115.0\"\ndependencies = [\n    {{ name = \"pydantic-core\" }},\n    {{ name = \"old\", marker = \"python_full_version < '3.11'\" }},\n]\n\n[[package]]\nname = \"uvicorn\"\nversion = \"0.30.0\"\n{packages}"
    )
}

#[test]
fn the_versions_of_a_lock_decide_the_python() {
    let package = |name: &str, version: &str, tag: &str| {
        let wheels = format!(
            "wheels = [\n    {{ url = \"https://files.example/{name}-{version}-{tag}-manylinux_2_17_x86_64.whl\" }},\n]\n"
        );
        let wheels = if tag.is_empty() { String::new() } else { wheels };
        format!("\n[[package]]\nname = \"{name}\"\nversion = \"{version}\"\n{wheels}")
    };
    for (packages, python, why) in [
        (package("numpy", "1.26.4", ""), "3.12", "locks `numpy==1.26.4`"),
        (package("numpy", "2.3.2", ""), "3.13", ""),
        (package("pydantic-core", "2.14.6", "cp312-cp312"), "3.12", "locks `pydantic-core==2.14.6`"),
        (package("pydantic-core", "2.14.6", "cp39-abi3"), "3.13", ""),
        (package("gitpython", "1", "cp311-cp311"), "3.13", ""),
        (package("old", "1", "cp311-cp311"), "3.13", ""),
        (package("numpy", "1.26.4", "") + &package("numpy", "2.3.2", ""), "3.13", ""),
    ] {
        let (dockerfile, shown) =
            init(&[("main.py", FASTAPI), ("pyproject.toml", PINNED), ("uv.lock", &lock(&packages))]);
        assert!(dockerfile.contains(&format!("FROM python:{python}-")), "{packages}\n{dockerfile}");
        assert!(shown.contains(why), "{packages}\n{shown}");
    }
}

#[test]
fn the_newest_version_that_a_range_allows_decides_the_python() {
    for (line, python) in [
        ("numpy<2", "3.12"),
        ("numpy<1.26", "3.11"),
        ("numpy~=1.26.4", "3.12"),
        ("numpy<3", "3.13"),
        ("numpy>=1.20", "3.13"),
        ("pandas<2.2", "3.12"),
        ("pandas==2.2.*", "3.13"),
        ("tensorflow<2.16", "3.11"),
        ("torch<2.3", "3.12"),
        ("torch<=2.5", "3.13"),
        ("streamlit>=1.28.1,<1.29", "3.12"),
        ("scikit-learn>=0.22,<0.23", "3.10"),
        ("numpy<2; python_version < '3.11'", "3.13"),
    ] {
        let requirements = format!("fastapi\nuvicorn\n{line}\n");
        let (dockerfile, shown) = init(&[("main.py", FASTAPI), ("requirements.txt", &requirements)]);
        assert!(dockerfile.contains(&format!("FROM python:{python}-")), "{line}\n{dockerfile}");
        assert_eq!(shown.contains("may be too old for that too"), python == "3.10", "{line}\n{shown}");
    }
}

#[test]
fn a_version_of_git_is_given_or_reported() {
    let of = |more: &str| {
        let manifest = format!(
            "[project]\nname = \"a\"\ndynamic = [\"version\"]\ndependencies = [\"fastapi\", \"uvicorn\"]\n\n{more}\n[build-system]\nrequires = []\n"
        );
        init(&[("main.py", FASTAPI), ("pyproject.toml", &manifest)])
    };
    for (more, variable) in [
        ("[tool.hatch.version]\nsource = \"vcs\"\n", "SETUPTOOLS_SCM_PRETEND_VERSION"),
        ("[tool.setuptools_scm]\n", "SETUPTOOLS_SCM_PRETEND_VERSION"),
        ("[tool.hatch.version]\nsource = \"uv-dynamic-versioning\"\n", "UV_DYNAMIC_VERSIONING_BYPASS"),
        ("[tool.pdm.version]\nsource = \"scm\"\n", "PDM_BUILD_SCM_VERSION"),
        ("[tool.poetry-dynamic-versioning]\nenable = true\n", "POETRY_DYNAMIC_VERSIONING_BYPASS"),
    ] {
        let (dockerfile, shown) = of(more);
        let (set, install) = (dockerfile.find(&format!("ARG {variable}=\"0.0.0\"")), dockerfile.find("--editable ."));
        assert!(set.is_some_and(|set| install.is_some_and(|install| set < install)), "{more}\n{dockerfile}\n{shown}");
    }
    for more in [
        "[tool.hatch.version]\nsource = \"vcs\"\nfallback-version = \"1\"\n",
        "[tool.hatch.version]\npath = \"a.py\"\n",
        "[tool.poetry-dynamic-versioning]\nenable = false\n",
    ] {
        let (dockerfile, _) = of(more);
        assert!(!dockerfile.contains("ARG "), "{more}\n{dockerfile}");
    }
    let (_, shown) = of("[tool.hatch.version]\nsource = \"versioningit\"\n");
    assert!(shown.contains("set `default-version` below `[tool.versioningit]`"), "{shown}");
}

#[test]
fn a_package_is_added_to_a_lock_by_its_tool() {
    let packages = "\n[[package]]\nname = \"numpy\"\nversion = \"2.3.2\"\n";
    let code = format!("import polars\nimport odd_module\n{FASTAPI}");
    let (_, shown) = init(&[("main.py", &code), ("pyproject.toml", PINNED), ("uv.lock", &lock(packages))]);
    assert!(shown.contains("run `uv add polars`, or have it added"), "{shown}");
    assert!(shown.contains("add that package with `uv add`"), "{shown}");
}

#[test]
fn what_the_hub_installs_is_not_missing_on_the_hub() {
    let card = "---\nsdk: gradio\nsdk_version: 5.33.1\napp_file: app.py\n---\n";
    let manifest =
        "[project]\nname = \"a\"\nversion = \"1\"\nrequires-python = \">=3.11\"\ndependencies = [\"gradio==5.33.1\"]\n";
    let code = "import gradio as gr\nimport prometheus_client\nimport polars\n\ngr.Interface(str.upper, \"text\", \"text\").launch()\n";
    let lock = "version = 1\n\n[[package]]\nname = \"gradio\"\nversion = \"5.33.1\"\n";
    let (_, shown) = init(&[
        ("app.py", code),
        ("README.md", card),
        ("pyproject.toml", manifest),
        ("uv.lock", lock),
        ("requirements.txt", "gradio\nprometheus-client\n"),
    ]);
    assert!(!shown.contains("prometheus"), "{shown}");
    assert!(shown.contains("to `requirements.txt`") && shown.contains("`polars` is imported"), "{shown}");
    assert!(!shown.contains("uv add"), "{shown}");
}

#[test]
fn what_only_a_group_of_a_lock_needs_is_not_installed() {
    let manifest = "[tool.poetry]\nname = \"a\"\nversion = \"1\"\npackage-mode = false\n\n[tool.poetry.dependencies]\npython = \"^3.11\"\nfastapi = \"*\"\nuvicorn = \"*\"\n";
    let poetry = |group: &str| {
        format!(
            "[[package]]\nname = \"fastapi\"\nversion = \"0.110.0\"\n\n[[package]]\nname = \"uvicorn\"\nversion = \"0.29.0\"\n\n[[package]]\nname = \"gitpython\"\nversion = \"3.1.40\"\n{group}\n[metadata]\nlock-version = \"2.0\"\n"
        )
    };
    for (group, is_installed) in [
        ("groups = [\"dev\"]\n", false),
        ("category = \"dev\"\n", false),
        ("", false),
        ("groups = [\"main\", \"dev\"]\n", true),
    ] {
        let lock = poetry(group);
        let (dockerfile, _) = init(&[("main.py", FASTAPI), ("pyproject.toml", manifest), ("poetry.lock", &lock)]);
        assert_eq!(
            dockerfile.contains("    git \\\n") || dockerfile.contains(" git "),
            is_installed,
            "{group}\n{dockerfile}"
        );
    }
    let of_uv = lock("\n[[package]]\nname = \"gitpython\"\nversion = \"3.1.40\"\n");
    let (dockerfile, _) = init(&[("main.py", FASTAPI), ("pyproject.toml", PINNED), ("uv.lock", &of_uv)]);
    assert!(!dockerfile.contains("apt-get"), "{dockerfile}");
}

#[test]
fn a_module_of_a_group_is_missing() {
    let manifest = "[project]\nname = \"a\"\nversion = \"0\"\nrequires-python = \">=3.10\"\ndependencies = [\"streamlit\"]\n\n[dependency-groups]\ndev = [\"opencv-python-headless\"]\n";
    let lock = "version = 1\n\n[[package]]\nname = \"a\"\nsource = { virtual = \".\" }\ndependencies = [\n    { name = \"streamlit\" },\n]\n\n[package.dev-dependencies]\ndev = [\n    { name = \"opencv-python-headless\" },\n]\n\n[[package]]\nname = \"opencv-python-headless\"\nversion = \"4.10.0\"\n\n[[package]]\nname = \"streamlit\"\nversion = \"1.60.0\"\n";
    let (_, shown) = init(&[("app.py", STREAMLIT), ("pyproject.toml", manifest), ("uv.lock", lock)]);
    assert!(
        shown.contains("`opencv-python-headless` is imported, but the image does not install it")
            && shown.contains("`uv add opencv-python-headless`"),
        "{shown}"
    );
}

#[test]
fn a_file_with_a_dot_in_its_name_is_run_or_reported() {
    let flask = "from flask import Flask\n\napp = Flask(__name__)\n\nif __name__ == \"__main__\":\n    app.run(host=\"0.0.0.0\", port=8080)\n";
    let (dockerfile, _) = init(&[("api.flask.py", flask), ("requirements.txt", "flask\n")]);
    assert!(dockerfile.contains("CMD [\"python\", \"api.flask.py\"]"), "{dockerfile}");
    let (_, shown) = init(&[("api.v1.py", FASTAPI), ("requirements.txt", "fastapi\nuvicorn\n")]);
    assert!(shown.contains("`api.v1.py` cannot be imported") && shown.contains("`api_v1.py`"), "{shown}");
}

#[test]
fn a_module_that_the_project_itself_provides_is_known() {
    let code = "import gradio as gr\nfrom mylib import x\n\ngr.Interface(str.upper, \"text\", \"text\").launch()\n";
    let of = |more: &str| {
        let manifest = format!(
            "[project]\nname = \"other\"\nversion = \"1\"\ndependencies = [\"gradio\"]\n\n[build-system]\nrequires = []\n\n{more}"
        );
        init(&[("demo/app.py", code), ("backend/mylib/__init__.py", "x = 1\n"), ("pyproject.toml", &manifest)]).1
    };
    for more in [
        "[tool.hatch.build.targets.wheel]\npackages = [\"backend/mylib\"]\n",
        "[tool.setuptools.package-dir]\nmylib = \"backend/mylib\"\n",
        "[tool.setuptools.package-dir]\n\"\" = \"backend\"\n",
        "[tool.setuptools.packages.find]\nwhere = [\"backend\"]\n",
        "[tool.poetry]\npackages = [{ include = \"mylib\", from = \"backend\" }]\n",
        "[tool.pdm.build]\npackage-dir = \"./backend\"\n",
    ] {
        let shown = of(more);
        assert!(!shown.contains("`mylib` is imported"), "{more}\n{shown}");
    }
    let shown = of("[tool.hatch.build.targets.wheel]\npackages = [\"backend/another\"]\n");
    assert!(shown.contains("`mylib` is imported"), "{shown}");
}

#[test]
fn a_variable_that_the_code_asks_for_is_optional() {
    let of = |asks: &str| {
        let code = format!("import os\n{FASTAPI}\n{asks}    LEVEL = os.environ[\"LOG_LEVEL\"]\n");
        init(&[("main.py", &code), ("requirements.txt", "fastapi\nuvicorn\n")]).1
    };
    assert!(!of("if \"LOG_LEVEL\" in os.environ:\n").contains("LOG_LEVEL"));
    assert!(of("if app:\n").contains("the app needs `LOG_LEVEL`"));
}

#[test]
fn a_package_of_conda_that_the_app_imports_is_installed_or_the_app_refused() {
    let environment = |name: &str| {
        format!("name: x\ndependencies:\n  - python=3.11\n  - {name}\n  - libblas\n  - pip:\n      - gradio==6.31.0\n")
    };
    let code = |module: &str| {
        format!("import gradio as gr\nimport {module}\n\ngr.Interface(str.upper, \"text\", \"text\").launch()\n")
    };
    let run = |name: &str, module: &str, words: &str| {
        let workspace = Workspace::new();
        workspace.write("my-app/environment.yml", environment(name)).write("my-app/app.py", code(module));
        let ran = workspace.run(&format!("init my-app --yes {words}"));
        (ran.code(), ran.stderr(), workspace)
    };
    let (code_of, _, workspace) = run("rdkit=2025.3", "rdkit", "");
    let dockerfile = String::from_utf8(workspace.files("my-app")["Dockerfile"].clone()).unwrap();
    assert!(code_of == 0 && dockerfile.contains("rdkit"), "{dockerfile}");
    let (code_of, said, workspace) = run("own-tools", "own_tools", "");
    assert_eq!(code_of, 2, "{said}");
    assert!(said.contains("app.py imports `own-tools`, which only environment.yml names"), "{said}");
    assert_eq!(workspace.files("my-app").len(), 2);
    assert_eq!(run("own-tools", "own_tools", "--pip own-tools-for-pip").0, 0);
    assert_eq!(run("own-tools", "json", "").0, 0, "what is not imported is only named");
}
