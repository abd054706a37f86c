//! How a checked type serves as an answer: how it is read, what an answers file keeps of it, what a template gets.

use minijinja::Value;

use super::assets::AssetPath;
use super::raw::Raw;
use crate::formats::requirements::Requirement;
use crate::values::{
    AppFile, BaseImage, BuildCommand, Color, DebianPackage, Dependencies, Deploy, Emoji, EnvName, Hardware, HubPlan,
    ImageRef, InstallFile, Installer, Invalid, License, OauthScope, Port, Preload, PythonVersion, RepoId, RepoName,
    Sdk, ShortDescription, StartCommand, Tag, Title, Variable, one_line,
};

/// A type of answers.
pub(super) trait Answer: Sized {
    /// Checks one text on its own.
    fn check(text: &str) -> Result<(), Invalid>;

    /// Reads a value. None if it is invalid, which the question's check reports.
    fn read(raw: &Raw) -> Option<Self>;

    /// The answer as an answers file gives it.
    fn raw(&self) -> Option<Raw>;

    /// The answer for a template. It is only marked as safe if its type excludes every character with a special meaning in the
    /// languages of the generated files; anything else must pass a quoting filter before it is printed.
    fn value(&self) -> Value;
}

/// What an answers file keeps of an answer, by the shape of its row.
pub(super) mod kept {
    use super::{Answer, Raw};

    pub(in crate::answers) fn required<T: Answer>(answer: &T) -> Option<Raw> {
        answer.raw()
    }

    pub(in crate::answers) fn optional<T: Answer>(answer: Option<&T>) -> Option<Raw> {
        answer.and_then(Answer::raw)
    }

    pub(in crate::answers) fn list<T: Answer>(items: &[T]) -> Option<Raw> {
        let text = |raw| if let Raw::Text(text) = raw { Some(text) } else { None };
        let items: Vec<String> = items.iter().filter_map(Answer::raw).filter_map(text).collect();
        (!items.is_empty()).then_some(Raw::List(items))
    }
}

/// What a template gets of an answer, by the shape of its row.
pub(super) mod shown {
    use super::{Answer, Value};

    pub(in crate::answers) fn required<T: Answer>(answer: &T) -> Value {
        answer.value()
    }

    pub(in crate::answers) fn optional<T: Answer>(answer: Option<&T>) -> Value {
        answer.map_or(Value::from(()), Answer::value)
    }

    pub(in crate::answers) fn list<T: Answer>(items: &[T]) -> Value {
        Value::from_iter(items.iter().map(Answer::value))
    }
}

/// Text types, each with the function that makes its template value.
macro_rules! texts {
    ($($value:path: $($name:ident),+;)*) => {$($(
        impl Answer for $name {
            fn check(text: &str) -> Result<(), Invalid> {
                text.parse::<Self>().map(|_| ())
            }

            fn read(raw: &Raw) -> Option<Self> {
                as_text(raw)?.parse().ok()
            }

            fn raw(&self) -> Option<Raw> {
                Some(Raw::from(self.as_str()))
            }

            fn value(&self) -> Value {
                $value(self.as_str())
            }
        }
    )+)*};
}

texts! {
    safe: HubPlan, RepoName, Emoji, Color, License, Sdk, Dependencies, InstallFile, Hardware, PythonVersion, Installer, RepoId, Deploy,
        DebianPackage, EnvName, OauthScope;
    Value::from: Title, ShortDescription, AppFile, Tag, Preload, Requirement;
}

/// A value with names, which a template reads as its attributes. Not generic, because each type of pairs would bring a sort of its own.
pub(crate) fn object(pairs: Vec<(&str, Value)>) -> Value {
    Value::from_pairs(pairs)
}

fn safe(text: &str) -> Value {
    Value::from_safe_string(text.to_owned())
}

/// A text, also if a number was given instead.
fn as_text(raw: &Raw) -> Option<String> {
    match raw {
        Raw::Text(text) => Some(text.clone()),
        Raw::Integer(number) => Some(number.to_string()),
        _ => None,
    }
}

/// Commands: one text or a list of words.
macro_rules! commands {
    ($($name:ident),+) => {$(
        impl Answer for $name {
            fn check(text: &str) -> Result<(), Invalid> {
                text.parse::<Self>().map(|_| ())
            }

            fn read(raw: &Raw) -> Option<Self> {
                match raw {
                    Raw::Text(text) => text.parse().ok(),
                    Raw::List(words) => Self::try_from(words.clone()).ok(),
                    _ => None,
                }
            }

            fn raw(&self) -> Option<Raw> {
                Some(Raw::List(self.words().to_vec()))
            }

            fn value(&self) -> Value {
                Value::from_iter(self.words().iter().map(String::as_str))
            }
        }
    )+};
}

commands!(StartCommand, BuildCommand);

impl Answer for BaseImage {
    fn check(text: &str) -> Result<(), Invalid> {
        text.parse::<ImageRef>().map(|_| ())
    }

    fn read(raw: &Raw) -> Option<Self> {
        as_text(raw)?.parse().ok().map(Self::of)
    }

    fn raw(&self) -> Option<Raw> {
        Some(Raw::from(self.reference().as_str()))
    }

    fn value(&self) -> Value {
        safe(self.reference().as_str())
    }
}

impl Answer for Port {
    fn check(text: &str) -> Result<(), Invalid> {
        text.parse::<Self>().map(|_| ())
    }

    fn read(raw: &Raw) -> Option<Self> {
        as_text(raw)?.parse().ok()
    }

    fn raw(&self) -> Option<Raw> {
        Some(Raw::from(self.get()))
    }

    fn value(&self) -> Value {
        Value::from(self.get())
    }
}

impl Answer for bool {
    fn check(_: &str) -> Result<(), Invalid> {
        Ok(())
    }

    fn read(raw: &Raw) -> Option<Self> {
        if let Raw::Boolean(value) = raw { Some(*value) } else { None }
    }

    fn raw(&self) -> Option<Raw> {
        Some(Raw::Boolean(*self))
    }

    fn value(&self) -> Value {
        Value::from(*self)
    }
}

/// A template gets the name and the value of a variable, of which only the name is safe.
impl Answer for Variable {
    fn check(text: &str) -> Result<(), Invalid> {
        text.parse::<Self>().map(|_| ())
    }

    fn read(raw: &Raw) -> Option<Self> {
        as_text(raw)?.parse().ok()
    }

    fn raw(&self) -> Option<Raw> {
        Some(Raw::from(self.to_string()))
    }

    fn value(&self) -> Value {
        object(vec![("name", safe(self.name().as_str())), ("value", Value::from(self.value()))])
    }
}

/// Assets are named by their path in the repository, so that an answers file works from any folder.
impl Answer for AssetPath {
    fn check(text: &str) -> Result<(), Invalid> {
        one_line(text).map(|_| ())
    }

    fn read(raw: &Raw) -> Option<Self> {
        as_text(raw)?.parse().ok()
    }

    fn raw(&self) -> Option<Raw> {
        self.place().map(|place| Raw::from(place.as_str()))
    }

    fn value(&self) -> Value {
        self.place().map_or(Value::from(()), |place| Value::from(place.as_str()))
    }
}

impl Answer for Raw {
    fn check(_: &str) -> Result<(), Invalid> {
        Ok(())
    }

    fn read(raw: &Raw) -> Option<Self> {
        Some(raw.clone())
    }

    fn raw(&self) -> Option<Raw> {
        Some(self.clone())
    }

    fn value(&self) -> Value {
        match self {
            Self::Text(text) => Value::from(text.as_str()),
            Self::Integer(number) => Value::from(*number),
            Self::Boolean(value) => Value::from(*value),
            Self::List(items) => Value::from_iter(items.iter().map(String::as_str)),
        }
    }
}
