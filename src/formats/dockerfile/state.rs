//! The state at a step: the user, the folder, the variables, the accounts.

use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;

use super::expand::expand;
use super::model::Word;
use crate::values::BaseImage;

/// Values that are known, or known to be unknown. Each step keeps its own view, so the contents are shared.
type Values = Rc<BTreeMap<Rc<str>, Option<Rc<str>>>>;

/// The maximum number of variables: with more, every other variable is unknown.
const MOST_VARIABLES: usize = 256;
/// A longer value counts as unknown.
const LONGEST_VALUE: usize = 8 * 1024;
/// The maximum number of accounts.
const MOST_ACCOUNTS: usize = 64;

/// The state before a step, or at the end of a stage.
#[derive(Debug, Clone, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub(crate) struct State {
    user: Option<UserSet>,
    accounts: Rc<Vec<Rc<Account>>>,
    workdir: Option<String>,
    env: Values,
    args: Values,
    /// Whether there are more variables than the maximum.
    too_many: bool,
    /// Whether nothing is known about the base image.
    unknown_base: bool,
    /// Whether the base image starts as a user of its own.
    unprivileged_base: bool,
    /// Whether the base image may set `HOME`, as images with a user of their own do; official ones do not.
    may_set_home: bool,
}

/// The last `USER`.
#[derive(Debug, Clone)]
struct UserSet {
    /// User without its group; none if a variable in it is unknown.
    name: Option<String>,
    range: Range<usize>,
}

/// A user of the image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Account {
    pub(crate) name: String,
    /// Its number, if the command or the table has it.
    pub(crate) uid: Option<u32>,
    /// Whether it was created as a system user without a number: its number is below 1000.
    pub(crate) is_system: bool,
    /// Whether it certainly exists: no condition decides about its creation or its end.
    pub(crate) is_certain: bool,
    /// Its home, if that exists.
    pub(crate) home: Option<String>,
    /// The command that created it; none if it comes with the base image.
    pub(crate) made_by: Option<Range<usize>>,
}

/// The user that runs a step or the container.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Who {
    /// UID 0, by default or explicitly.
    Root,
    /// A user with this number.
    Uid(u32),
    /// A user with an unknown number.
    Named(String),
    /// No `USER`, and nothing known about the image; or an unknown variable.
    Unknown,
}

impl State {
    pub(super) fn of_image(image: Option<&BaseImage>, args: Values) -> Self {
        let with_1000 = image.and_then(BaseImage::account).map(|account| (account, 1000));
        let others = image.into_iter().flat_map(BaseImage::other_accounts);
        let accounts = with_1000.into_iter().chain(others).map(|(account, uid)| Account {
            name: account.user.to_owned(),
            uid: Some(uid),
            is_system: false,
            is_certain: true,
            home: Some(account.home.to_owned()),
            made_by: None,
        });
        Self {
            accounts: Rc::new(accounts.map(Rc::new).collect()),
            args,
            unknown_base: image.is_none_or(|image| !image.is_known()),
            unprivileged_base: image.is_some_and(BaseImage::starts_unprivileged),
            may_set_home: image.is_some_and(|image| !image.is_official() && image.account().is_some()),
            ..Self::default()
        }
    }

    /// The user that runs the step.
    pub(crate) fn who(&self) -> Who {
        let Some(set) = &self.user else {
            return if self.unknown_base || self.unprivileged_base { Who::Unknown } else { Who::Root };
        };
        match set.name.as_deref() {
            None => Who::Unknown,
            Some("root" | "0") => Who::Root,
            Some(name) => match name.parse() {
                Ok(uid) => Who::Uid(uid),
                Err(_) => match self.account(name).and_then(|account| account.uid) {
                    Some(0) => Who::Root,
                    Some(uid) => Who::Uid(uid),
                    None => Who::Named(name.to_owned()),
                },
            },
        }
    }

    /// The place of the last `USER`.
    pub(crate) fn user_range(&self) -> Option<Range<usize>> {
        self.user.as_ref().map(|set| set.range.clone())
    }

    /// A user by its name.
    pub(crate) fn account(&self, name: &str) -> Option<&Account> {
        self.accounts.iter().map(AsRef::as_ref).find(|account| account.name == name)
    }

    /// A user by its number.
    pub(crate) fn account_of(&self, uid: u32) -> Option<&Account> {
        self.accounts.iter().map(AsRef::as_ref).find(|account| account.uid == Some(uid))
    }

    /// The known users: the base image's and those created since.
    pub(crate) fn accounts(&self) -> Vec<&Account> {
        self.accounts.iter().map(AsRef::as_ref).collect()
    }

    /// Whether nothing is known about the base image: it may have users of its own.
    pub(crate) fn base_is_unknown(&self) -> bool {
        self.unknown_base
    }

    /// The working folder. `None` if a variable in it is unknown; `/` if none was set on a known image.
    pub(crate) fn workdir(&self) -> Option<&str> {
        match &self.workdir {
            Some(path) => Some(path),
            None if self.unknown_base => None,
            None => Some("/"),
        }
    }

    /// An environment variable: none if it is not set in this file or is unknown.
    pub(crate) fn env(&self, name: &str) -> Option<&str> {
        self.env.get(name)?.as_deref()
    }

    /// Whether this file sets an environment variable, known or not.
    pub(crate) fn sets_env(&self, name: &str) -> bool {
        self.too_many || self.env.contains_key(name)
    }

    /// A text with its variables expanded; none if one is unknown.
    pub(crate) fn expand(&self, text: &str) -> Option<String> {
        // Every engine sets both for a command that it runs
        self.expand_without(text, &["PATH", "HOME"])
    }

    /// The same for a text in an instruction: only commands get a `HOME` from the engine.
    pub(super) fn expand_in_instruction(&self, text: &str) -> Option<String> {
        self.expand_without(text, if self.may_set_home { &["PATH", "HOME"] } else { &["PATH"] })
    }

    /// A text with its variables expanded, in which some values may be unknown.
    fn expand_without(&self, text: &str, unknown: &[&str]) -> Option<String> {
        expand(text, &|name| match self.env.get(name).or_else(|| self.args.get(name)) {
            Some(value) => value.as_deref().map(|value| Some(value.to_owned())),
            // The base image may set it
            None if self.too_many || self.unknown_base || unknown.contains(&name) => None,
            None => Some(None),
        })
    }

    /// An absolute path for a path relative to the working folder, without a slash at its end.
    pub(crate) fn absolute(&self, path: &str) -> Option<String> {
        self.join(&self.expand(path)?)
    }

    /// The same for a path in an instruction: only commands get a `HOME` from the engine, so that `$HOME/app` is `/app`.
    /// Measured with the classic builder and with `BuildKit`.
    pub(crate) fn absolute_in_instruction(&self, path: &str) -> Option<String> {
        self.join(&self.expand_in_instruction(path)?)
    }

    fn join(&self, path: &str) -> Option<String> {
        joined(self.workdir(), path)
    }

    pub(super) fn set_user(&mut self, word: &Word<'_>) {
        let name =
            self.expand_in_instruction(&word.text).map(|text| text.split(':').next().unwrap_or_default().to_owned());
        self.user = Some(UserSet { name, range: word.range.clone() });
    }

    pub(super) fn set_workdir(&mut self, word: &Word<'_>) {
        self.workdir = self.absolute_in_instruction(&word.text);
        if self.workdir.is_none() {
            self.unknown_workdir();
        }
    }

    fn unknown_workdir(&mut self) {
        // `workdir()` would say `/` for a known image
        self.workdir = None;
        self.unknown_base = true;
    }

    pub(super) fn set_env(&mut self, name: &str, value: Option<String>) {
        self.too_many |= !set(&mut self.env, name, value);
    }

    pub(super) fn set_arg(&mut self, name: &str, value: Option<String>) {
        self.too_many |= !set(&mut self.args, name, value);
    }

    /// The value of an `ARG` before the first `FROM`, if it is known.
    pub(super) fn arg(&self, name: &str) -> Option<String> {
        self.args.get(name).cloned().flatten().map(|value| value.as_ref().to_owned())
    }

    /// A stage does not see the `ARG`s of the stage that it is based on.
    pub(super) fn inherited(&self) -> Self {
        Self { args: Values::default(), ..self.clone() }
    }

    pub(super) fn add_account(&mut self, account: Account) {
        let accounts = Rc::make_mut(&mut self.accounts);
        accounts.retain(|known| known.name != account.name);
        if accounts.len() < MOST_ACCOUNTS {
            accounts.push(Rc::new(account));
        } else {
            // Any name may be among those beyond the maximum
            self.unknown_base = true;
        }
    }

    /// Notes that a user may no longer exist.
    pub(super) fn doubt_account(&mut self, name: &str) {
        if let Some(known) = Rc::make_mut(&mut self.accounts).iter_mut().find(|known| known.name == name) {
            Rc::make_mut(known).is_certain = false;
        }
    }

    /// Notes that any user may no longer exist.
    pub(super) fn doubt_accounts(&mut self) {
        for known in Rc::make_mut(&mut self.accounts).iter_mut().filter(|known| known.is_certain) {
            Rc::make_mut(known).is_certain = false;
        }
    }

    pub(super) fn remove_account(&mut self, name: &str) {
        Rc::make_mut(&mut self.accounts).retain(|known| known.name != name);
    }
}

/// An absolute path for a path in a folder, without a slash at its end; none if the folder is needed and unknown.
pub(crate) fn joined(folder: Option<&str>, path: &str) -> Option<String> {
    let whole = if path.starts_with('/') { path.to_owned() } else { format!("{}/{path}", folder?) };
    let mut parts: Vec<&str> = Vec::new();
    for part in whole.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    Some(format!("/{}", parts.join("/")))
}

/// Sets a variable. False if there are too many.
fn set(values: &mut Values, name: &str, value: Option<String>) -> bool {
    if values.len() >= MOST_VARIABLES && !values.contains_key(name) {
        return false;
    }
    let value = value.filter(|value| value.len() <= LONGEST_VALUE);
    Rc::make_mut(values).insert(name.into(), value.map(Into::into));
    true
}
