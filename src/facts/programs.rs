//! What programs do when their container is told to stop.
//!
//! The kernel gives the first process of a container no default action: a signal that the program does not ask for is
//! lost, and after the grace time the container is killed. Source: `pid_namespaces(7)`; that Python, Gradio and Node
//! wait out the grace time on SIGTERM, and Streamlit and uvicorn do not, was measured in containers.

/// Servers that ask for SIGTERM.
/// Sources: the signal handling of uvicorn (which `fastapi`, `shiny`, `chainlit` and `marimo` run), gunicorn, hypercorn,
/// granian and Bokeh's server (which `panel` runs).
pub const STOP_ON_SIGTERM: &[&str] = &[
    "bokeh",
    "chainlit",
    "fastapi",
    "granian",
    "gunicorn",
    "hypercorn",
    "marimo",
    "nginx",
    "panel",
    "shiny",
    "streamlit",
    "uvicorn",
];

/// Programs that ask for SIGINT alone: Python makes an exception of it, also in the first process.
/// Source: <https://docs.python.org/3/library/signal.html#general-rules>.
pub const STOP_ON_SIGINT: &[&str] = &["flask", "python", "python3", "waitress-serve"];
