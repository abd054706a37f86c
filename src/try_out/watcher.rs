//! What a caller learns while a Space is tried.

use std::fmt;

/// A step of a try.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Step {
    /// The files are read.
    Read,
    /// The image is pulled.
    Pull,
    /// The image is built.
    Build,
    /// Without an engine: the packages are installed.
    Install,
    /// The app is started.
    Start,
    /// The app is asked until it answers.
    Probe,
    /// The container is examined.
    Examine,
    /// The app is stopped.
    Stop,
}

impl Step {
    /// Its name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Pull => "pull",
            Self::Build => "build",
            Self::Install => "install",
            Self::Start => "start",
            Self::Probe => "probe",
            Self::Examine => "examine",
            Self::Stop => "stop",
        }
    }
}

impl fmt::Display for Step {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

/// An app that answers.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Answering<'a> {
    /// Its address on this computer.
    pub address: &'a str,
    /// The name of its container, if it has one.
    pub container: Option<&'a str>,
}

/// Follows a try. Every method does nothing by default.
pub trait Watcher {
    /// A step begins, and with it the one before ends.
    fn step(&mut self, _step: Step) {}

    /// Called often while a step waits.
    fn tick(&mut self) {}

    /// The output of the engine or of an installer, unchanged. The author of the Dockerfile decides what it says.
    fn output(&mut self, _bytes: &[u8]) {}

    /// The app answers, and runs until this returns.
    fn answers(&mut self, _app: &Answering<'_>) {}
}

/// Follows nothing.
impl Watcher for () {}
