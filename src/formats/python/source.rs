//! What a file of Python says.

use std::collections::BTreeMap;
use std::ops::Range;

use super::statement::Scope;
use super::value::Value;

/// A file of Python, read.
#[derive(Debug, Default)]
pub(crate) struct Source<'t> {
    pub(crate) imports: Vec<Import<'t>>,
    pub(crate) assignments: Vec<Assignment<'t>>,
    pub(crate) calls: Vec<Call<'t>>,
    pub(crate) functions: Vec<Function<'t>>,
    /// Paths that are named and neither called nor subscripted: decorators such as `cl.on_message`, `st.secrets.KEY`.
    pub(crate) mentions: Vec<Mention>,
    /// `path["key"]` that is read.
    pub(crate) subscripts: Vec<Subscript>,
    /// Whether there is an `if __name__ == "__main__":`.
    pub(crate) has_main: bool,
    /// What a name at the top level stands for: an imported path, or what was called to make it.
    pub(super) names: BTreeMap<&'t str, String>,
}

/// A module, or a name out of one, that is imported.
#[derive(Debug, Clone)]
pub(crate) struct Import<'t> {
    /// The module without the dots in front of it; may be empty after dots.
    pub(crate) module: &'t str,
    /// The name in `from module import name`; `*` for all.
    pub(crate) name: Option<&'t str>,
    /// How many dots stand in front: 0 if the import is absolute.
    pub(crate) level: usize,
    pub(crate) scope: Scope<'t>,
    pub(crate) at: usize,
}

/// `name = value`, and `with value as name`.
#[derive(Debug, Clone)]
pub(crate) struct Assignment<'t> {
    /// The name, with dots perhaps.
    pub(crate) name: &'t str,
    pub(crate) value: Value<'t>,
    pub(crate) scope: Scope<'t>,
    pub(crate) at: usize,
}

/// A call.
#[derive(Debug, Clone)]
pub(crate) struct Call<'t> {
    /// What is called, with names resolved by imports and assignments: `gradio.Blocks().launch` for `demo.launch(..)`.
    /// `()` stands for a call on the way, `[]` for a subscript, and `.` in front for what is not known.
    pub(crate) path: String,
    /// What is called, by the names that are written: `gr.Interface(..).launch`.
    pub(crate) written: String,
    pub(crate) arguments: Vec<Argument<'t>>,
    pub(crate) scope: Scope<'t>,
    pub(crate) at: usize,
}

/// An argument of a call.
#[derive(Debug, Clone)]
pub(crate) struct Argument<'t> {
    pub(crate) name: Option<&'t str>,
    pub(crate) value: Value<'t>,
    pub(crate) range: Range<usize>,
}

/// A function.
#[derive(Debug, Clone)]
pub(crate) struct Function<'t> {
    pub(crate) name: &'t str,
    /// Whether it can be called without arguments.
    pub(crate) takes_nothing: bool,
    pub(crate) scope: Scope<'t>,
}

/// A path that is named.
#[derive(Debug, Clone)]
pub(crate) struct Mention {
    pub(crate) path: String,
    pub(crate) is_decorator: bool,
    pub(crate) at: usize,
}

/// `path["key"]`.
#[derive(Debug, Clone)]
pub(crate) struct Subscript {
    pub(crate) path: String,
    pub(crate) key: String,
    pub(crate) at: usize,
}

impl<'t> Source<'t> {
    /// Reads a text.
    pub(crate) fn read(text: &'t str) -> Self {
        super::read::read(text)
    }

    /// Whether a module is imported, at any place: `a.b` by `import a.b.c` and `from a import b` too.
    pub(crate) fn imports_module(&self, module: &str) -> bool {
        self.imports.iter().any(|import| {
            import.level == 0
                && import.module.strip_prefix(module).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        })
    }

    /// What a name at the top level stands for, if that is known: `gradio.Blocks()` for `demo`.
    #[cfg(test)]
    pub(super) fn resolved(&self, name: &str) -> String {
        super::resolve::resolve(&self.names, name)
    }

    /// The value of a constant at the top level.
    pub(crate) fn constant(&self, name: &str) -> Option<&Value<'t>> {
        let mut found = self.assignments.iter().filter(|assignment| assignment.name == name);
        found.next().map(|assignment| &assignment.value)
    }
}

impl<'t> Call<'t> {
    /// A keyword argument.
    pub(crate) fn argument(&self, name: &str) -> Option<&Argument<'t>> {
        self.arguments.iter().find(|argument| argument.name == Some(name))
    }

    /// The value of a keyword argument.
    pub(crate) fn keyword(&self, name: &str) -> Option<&Value<'t>> {
        self.argument(name).map(|argument| &argument.value)
    }

    /// Whether it has arguments that its text does not show, as in `f(*args)` and `f(**options)`.
    pub(crate) fn unpacks(&self) -> bool {
        let is_starred = |value: &Value<'_>| matches!(value, Value::Expression(text) if text.starts_with('*'));
        self.arguments.iter().any(|argument| argument.name.is_none() && is_starred(&argument.value))
    }

    /// Where the last name of what is called stands.
    pub(crate) fn method_range(&self) -> Range<usize> {
        self.at..self.at + self.written.rsplit('.').next().map_or(0, str::len)
    }

    /// The value of an argument by its place.
    pub(crate) fn positional(&self, index: usize) -> Option<&Value<'t>> {
        self.arguments.iter().filter(|argument| argument.name.is_none()).nth(index).map(|argument| &argument.value)
    }

    /// The last name of what is called.
    pub(crate) fn method(&self) -> &str {
        self.path.rsplit('.').next().unwrap_or(&self.path)
    }
}
