//! The command that comes next.

use crate::target::word;

/// The folder, as it was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Typed {
    /// The folder of the app; none if nothing was typed.
    pub dir: Option<String>,
    /// A folder in which a new Space can be made.
    pub new: String,
}

impl Typed {
    /// The folder for a new Space, as a word of a command line.
    pub(super) fn new_word(&self) -> String {
        word(&self.new)
    }
}

/// What comes next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Next {
    /// `spaces-new add TARGET`
    Add { target: &'static str, flags: Vec<String> },
    /// `spaces-new init`
    Init { flags: Vec<String> },
    /// `spaces-new check`
    Check,
    /// `spaces-new DIR -t TEMPLATE`
    New { template: &'static str, flags: &'static [&'static str] },
}

impl Next {
    /// The command line.
    pub(super) fn line(&self, typed: &Typed) -> String {
        let mut words = vec!["spaces-new".to_owned()];
        let dir = || typed.dir.clone().into_iter();
        match self {
            Self::Add { target, flags } => {
                words.extend(["add".to_owned(), (*target).to_owned()]);
                words.extend(dir().chain(flags.iter().cloned()));
            }
            Self::Init { flags } => {
                words.push("init".to_owned());
                words.extend(dir().chain(flags.iter().cloned()));
            }
            Self::Check => {
                words.push("check".to_owned());
                words.extend(dir());
            }
            Self::New { template, flags } => {
                words.extend([typed.new.clone(), "-t".to_owned(), (*template).to_owned()]);
                words.extend(flags.iter().map(|flag| (*flag).to_owned()));
            }
        }
        words.iter().map(|text| word(text)).collect::<Vec<_>>().join(" ")
    }
}
