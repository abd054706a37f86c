//! What Streamlit says.

use super::{Message, Weight};

pub(super) const ROWS: &[Message] = &[
    Message {
        id: "streamlit-folder-not-writable",
        patterns: &["PermissionError: [Errno 13] Permission denied: '/.streamlit'"],
        cause: "Streamlit writes its own folder below the home directory, and UID 1000 has none here, so that is /.streamlit.",
        fix: "Create a user with UID 1000 and a home (`RUN useradd -m -u 1000 user`), switch to it with `USER user`, and set `ENV HOME=/home/user`.",
        rules: &["missing-user", "home-unset-at-build"],
        example: "PermissionError: [Errno 13] Permission denied: '/.streamlit'",
        source: "https://discuss.streamlit.io/",
        ..Message::RAISED
    },
    Message {
        id: "streamlit-upload-refused",
        weight: Weight::Refuses,
        patterns: &["{}AxiosError: Request failed with status code 403"],
        cause: "Streamlit's protection against cross-site requests needs a cookie, which browsers do not send from the frame of the Space's page, so uploads are refused.",
        fix: "Start with `--server.enableXsrfProtection=false`, or write it to .streamlit/config.toml and copy that folder into the image.",
        rules: &["streamlit-xsrf"],
        example: "AxiosError: Request failed with status code 403",
        source: "https://github.com/streamlit/streamlit/issues/9397",
        ..Message::RUN
    },
    Message {
        id: "streamlit-secrets-missing",
        patterns: &[
            "StreamlitSecretNotFoundError: No secrets found",
            "FileNotFoundError: No secrets files found",
            "FileNotFoundError: No secrets found",
            "{}No secrets found. Valid paths for a secrets.toml file",
        ],
        cause: "`st.secrets` reads a file, and a Space passes its secrets as environment variables.",
        fix: "Read them with `os.environ[\"NAME\"]`; or write the file from the environment when the container starts.",
        rules: &["streamlit-secrets"],
        example: "streamlit.errors.StreamlitSecretNotFoundError: No secrets found. Valid paths for a secrets.toml file or secret directories are: /home/user/.streamlit/secrets.toml",
        source: "own run of streamlit 1.67",
        ..Message::RAISED
    },
    Message {
        id: "streamlit-secret-key-missing",
        patterns: &[
            "KeyError: 'st.secrets has no key \"{name}\"",
            "AttributeError: st.secrets has no attribute \"{name}\"",
        ],
        cause: "`st.secrets` has no {name}: a Space passes its secrets as environment variables, not through that file.",
        fix: "Read it with `os.environ[\"{name}\"]`, and set the secret {name} in the Space's settings.",
        rules: &["streamlit-secrets"],
        example: "KeyError: 'st.secrets has no key \"OPENAI_API_KEY\".",
        source: "own run of streamlit 1.67",
        ..Message::RAISED
    },
    Message {
        id: "streamlit-file-missing",
        patterns: &["Error: Invalid value: File does not exist: {file}"],
        cause: "The file that `streamlit run` names, {file}, is not in the image, or in another folder.",
        fix: "Copy it into the working folder, and name it as it is in the repository.",
        rules: &["missing-start-file", "dockerignored-source"],
        example: "Error: Invalid value: File does not exist: app.py",
        source: "own run of streamlit 1.67",
        ..Message::RUN
    },
    Message {
        id: "streamlit-port-taken",
        patterns: &["Port {port} is not available", "Port {port} is already in use"],
        cause: "Another server of the container already has the port {port}.",
        fix: "Start Streamlit once, and give other servers another port.",
        example: "Port 8501 is not available",
        source: "own run of streamlit 1.67",
        ..Message::RUN
    },
    Message {
        id: "streamlit-option-unknown",
        patterns: &["Error: No such option: --server.{option}", "Error: No such option '--server.{option}'"],
        cause: "This version of Streamlit has no option `--server.{option}`.",
        fix: "Correct its spelling, or pin the version of Streamlit.",
        example: "Error: No such option: --server.enableXsrf",
        source: "own run of streamlit 1.67",
        ..Message::RUN
    },
    Message {
        id: "file-watches-exhausted",
        patterns: &[
            "OSError: [Errno 28] inotify watch limit reached",
            "OSError: [Errno 24] inotify instance limit reached",
        ],
        cause: "A program watches the app's files for changes, and the machine, which many Spaces share, allows no more of that.",
        fix: "Turn it off, since files do not change in a container: `streamlit run app.py --server.fileWatcherType=none`, no `--reload` for uvicorn, no `debug=True` for Flask.",
        example: "OSError: [Errno 28] inotify watch limit reached",
        source: "https://github.com/streamlit/streamlit/issues/7568",
        ..Message::RAISED
    },
    Message {
        id: "streamlit-started-with-python",
        weight: Weight::Awaited,
        patterns: &["{}missing ScriptRunContext!{rest}"],
        unless: &["You can now view your Streamlit app"],
        cause: "The app was started as `python app.py`; Streamlit's scripts need its own command.",
        fix: "Start it with `streamlit run app.py --server.port 8501 --server.address 0.0.0.0`.",
        example: "Thread 'MainThread': missing ScriptRunContext! This warning can be ignored when running in bare mode.",
        source: "own run of streamlit 1.67",
        ..Message::RUN
    },
    Message {
        id: "streamlit-on-another-port",
        weight: Weight::Awaited,
        is_ambiguous: true,
        patterns: &["{}URL: http://0.0.0.0:8501", "{}URL: http://localhost:8501"],
        cause: "Streamlit listens on its own port, 8501, and the Hub connects to 7860 unless README.md says otherwise.",
        fix: "Write `app_port: 8501` in README.md, or start with `--server.port 7860`; the address must be 0.0.0.0.",
        rules: &["port-mismatch", "streamlit-port-set"],
        example: "  URL: http://0.0.0.0:8501",
        source: "own run of streamlit 1.67",
        ..Message::RUN
    },
];
