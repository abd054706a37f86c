//! Texts that show the course of a build or a run, whatever the message is.

/// What a text shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Mark {
    /// The Hub's page: the log itself begins below.
    LogBegins,
    /// A build begins.
    BuildBegins,
    /// A container starts.
    RunBegins,
    /// A step of a build begins.
    Step,
    /// A step of a build has succeeded.
    StepDone,
    /// Every step has succeeded.
    BuildDone,
    /// Something has failed.
    Failed,
    /// The Hub waited in vain for an answer.
    TimedOut,
    /// A server listens.
    Up,
    /// A server listens, and runs its app for each visit only.
    Ready,
    /// pip has installed what it was asked for.
    Installed,
    /// A visitor was answered.
    Answered,
    /// git has updated a branch.
    Updated,
    /// Python shows where an exception comes from.
    Traceback,
    /// A frame of an exception of Python.
    Frame,
    /// The next exception is a consequence of this one.
    Chained,
    /// An instruction that copies files.
    Copy,
    /// Perhaps an error.
    Error,
}

/// The texts. What they show depends on the line too: see `reading.rs`.
pub(super) const MARKS: &[(&str, Mark)] = &[
    ("Container logs:", Mark::LogBegins),
    ("Build logs:", Mark::LogBegins),
    ("===== Build Queued at", Mark::BuildBegins),
    ("===== Application Startup at", Mark::RunBegins),
    ("--> ", Mark::Step),
    ("Step ", Mark::Step),
    ("DONE", Mark::StepDone),
    ("CACHED", Mark::StepDone),
    (" ---> ", Mark::StepDone),
    ("exporting to image", Mark::BuildDone),
    ("Successfully tagged", Mark::BuildDone),
    ("--> Pushing image", Mark::BuildDone),
    ("Exit code:", Mark::Failed),
    ("exit code", Mark::Failed),
    ("Application startup failed", Mark::Failed),
    ("Worker failed to boot", Mark::Failed),
    ("exited with code", Mark::Failed),
    ("returned a non-zero code", Mark::Failed),
    ("Launch timed out", Mark::TimedOut),
    ("workload was not healthy after", Mark::TimedOut),
    ("Application startup complete.", Mark::Up),
    ("unning on http://0.0.0.0", Mark::Up),
    ("unning on http://[::]", Mark::Up),
    ("Running on all addresses", Mark::Up),
    ("Running on local URL:", Mark::Up),
    ("You can now view your Streamlit app", Mark::Ready),
    ("istening on ", Mark::Up),
    ("Ready in ", Mark::Up),
    ("istening at: http://0.0.0.0", Mark::Up),
    ("istening at: http://[::]", Mark::Up),
    ("istening and serving HTTP on ", Mark::Up),
    ("Serving on http://0.0.0.0", Mark::Up),
    ("erver running on port ", Mark::Up),
    ("erver running at http", Mark::Up),
    ("erver ready at http", Mark::Up),
    ("erver started on port ", Mark::Up),
    ("Starting development server at http://0.0.0.0", Mark::Up),
    ("app is available at http", Mark::Up),
    ("Tomcat started on port", Mark::Up),
    ("Successfully installed ", Mark::Installed),
    ("HTTP/1.1\" 2", Mark::Answered),
    ("HTTP/1.0\" 2", Mark::Answered),
    (" 200 GET /", Mark::Answered),
    ("GET / 200 ", Mark::Answered),
    ("| 200 |", Mark::Answered),
    (" -> ", Mark::Updated),
    ("Traceback (most recent call last)", Mark::Traceback),
    ("File \"", Mark::Frame),
    ("During handling of the above exception, another exception occurred", Mark::Chained),
    ("The above exception was the direct cause of the following exception", Mark::Chained),
    ("Error: ", Mark::Error),
    ("error: ", Mark::Error),
    ("ERROR", Mark::Error),
    ("error[", Mark::Error),
    ("error TS", Mark::Error),
    ("fatal: ", Mark::Error),
    ("npm error", Mark::Error),
    ("npm ERR!", Mark::Error),
    ("panicked at", Mark::Error),
    ("not found", Mark::Error),
    ("[error]", Mark::Error),
    ("[emerg]", Mark::Error),
    ("⨯ ", Mark::Error),
    ("✘ ", Mark::Error),
    ("✖ ", Mark::Error),
    ("✗ ", Mark::Error),
    ("❌ ", Mark::Error),
    ("ERR_", Mark::Error),
    ("CRITICAL", Mark::Error),
    ("** (", Mark::Error),
    ("nhandled ", Mark::Error),
    ("Uncaught ", Mark::Error),
    ("Exception", Mark::Error),
    ("rror loading", Mark::Error),
    ("Error)", Mark::Error),
    ("BUILD FAIL", Mark::Error),
    ("FAILURE: ", Mark::Error),
    ("APPLICATION FAILED TO START", Mark::Error),
    ("ailed to ", Mark::Error),
    ("annot ", Mark::Error),
    ("an't ", Mark::Error),
    ("ould not ", Mark::Error),
    ("nable to ", Mark::Error),
    ("Error response from daemon", Mark::Error),
    ("CMake Error", Mark::Error),
    ("] Error ", Mark::Error),
    ("level=error ", Mark::Error),
    ("level=fatal ", Mark::Error),
    ("[Errno ", Mark::Error),
    (".go:", Mark::Error),
    ("No such file or directory", Mark::Error),
    ("Permission denied", Mark::Error),
    ("COPY ", Mark::Copy),
    ("ADD ", Mark::Copy),
    ("RUN --mount=", Mark::Copy),
];
