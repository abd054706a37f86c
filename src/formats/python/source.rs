//! The content of a Python file.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::statement::Scope;
use super::value::Value;

/// A parsed Python file.
#[derive(Debug, Default)]
pub(crate) struct Source<'t> {
    pub(crate) imports: Vec<Import<'t>>,
    pub(crate) assignments: Vec<Assignment<'t>>,
    pub(crate) calls: Vec<Call<'t>>,
    pub(crate) functions: Vec<Function<'t>>,
    pub(crate) classes: Vec<Class<'t>>,
    /// Names with a type in a class.
    pub(crate) fields: Vec<Field<'t>>,
    /// Paths that are mentioned and neither called nor subscripted: decorators such as `cl.on_message`, `st.secrets.KEY`.
    pub(crate) mentions: Vec<Mention<'t>>,
    /// `path["key"]` that is read.
    pub(crate) subscripts: Vec<Subscript<'t>>,
    /// `return value`.
    pub(crate) returns: Vec<Return<'t>>,
    /// Whether there is an `if __name__ == "__main__":`.
    pub(crate) has_main: bool,
    /// Names that are bound in another way than by an assignment.
    pub(super) rebound: Vec<super::bindings::Rebound<'t>>,
    /// What a top-level name stands for: an imported path, or the call that created it.
    pub(super) names: BTreeMap<&'t str, String>,
    /// The names among them that are imported.
    pub(super) imported: BTreeSet<&'t str>,
}

/// An imported module, or an imported name of a module.
#[derive(Debug, Clone)]
pub(crate) struct Import<'t> {
    /// The module without its leading dots; may be empty after dots.
    pub(crate) module: &'t str,
    /// The name in `from module import name`; `*` for all.
    pub(crate) name: Option<&'t str>,
    /// The number of leading dots: 0 if the import is absolute.
    pub(crate) level: usize,
    pub(crate) scope: Scope<'t>,
    pub(crate) at: usize,
}

/// `name = value`, and `with value as name`.
#[derive(Debug, Clone)]
pub(crate) struct Assignment<'t> {
    /// The name, possibly dotted.
    pub(crate) name: &'t str,
    pub(crate) value: Value<'t>,
    pub(crate) scope: Scope<'t>,
    pub(crate) at: usize,
}

/// A call.
#[derive(Debug, Clone)]
pub(crate) struct Call<'t> {
    /// The callee, with names resolved by imports and assignments: `gradio.Blocks().launch` for `demo.launch(..)`.
    /// `()` stands for a call within the path, `[]` for a subscript, and a leading `.` for an unknown part.
    pub(crate) path: String,
    /// The callee with the names as written: `gr.Interface(..).launch`.
    pub(crate) written: String,
    pub(crate) arguments: Vec<Argument<'t>>,
    pub(crate) scope: Scope<'t>,
    pub(crate) at: usize,
    /// The statement that it is part of.
    pub(crate) statement: Range<usize>,
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
    pub(crate) parameters: Vec<Parameter<'t>>,
    /// Whether it can be called without arguments.
    pub(crate) takes_nothing: bool,
    /// The annotation of its result.
    pub(crate) returns: Option<&'t str>,
    pub(crate) is_async: bool,
    /// Whether it has a `yield`.
    pub(crate) yields: bool,
    /// Its docstring.
    pub(crate) doc: Option<Cow<'t, str>>,
    pub(crate) scope: Scope<'t>,
    /// From its first decorator to its body.
    pub(crate) range: Range<usize>,
    /// Its `def`.
    pub(crate) at: usize,
}

/// A parameter of a function.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Parameter<'t> {
    pub(crate) name: &'t str,
    pub(crate) annotation: Option<&'t str>,
    pub(crate) default: Option<Value<'t>>,
    pub(crate) kind: ParameterKind,
    pub(crate) at: usize,
}

/// How a parameter gets its argument.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ParameterKind {
    /// By its position or by its name.
    Ordinary,
    /// By its position alone: before `/`.
    Positional,
    /// By its name alone: after `*`.
    Keyword,
    /// `*names` or `**names`.
    Rest,
}

/// `class Name(bases):`
#[derive(Debug, Clone)]
pub(crate) struct Class<'t> {
    pub(crate) name: &'t str,
    /// Paths, with names resolved.
    pub(crate) bases: Vec<String>,
}

/// `name: type = value` in a class.
#[derive(Debug, Clone)]
pub(crate) struct Field<'t> {
    pub(crate) name: &'t str,
    /// The type as written.
    pub(crate) kind: &'t str,
    pub(crate) default: Option<Value<'t>>,
    pub(crate) scope: Scope<'t>,
    pub(crate) range: Range<usize>,
}

/// A path that is mentioned.
#[derive(Debug, Clone)]
pub(crate) struct Mention<'t> {
    pub(crate) path: String,
    /// Its first name as written; empty if it begins with something else.
    pub(crate) root: &'t str,
    pub(crate) is_decorator: bool,
    pub(crate) scope: Scope<'t>,
    pub(crate) at: usize,
}

/// `path["key"]`.
#[derive(Debug, Clone)]
pub(crate) struct Subscript<'t> {
    pub(crate) path: String,
    pub(crate) key: String,
    pub(crate) scope: Scope<'t>,
    pub(crate) at: usize,
}

/// `return value`.
#[derive(Debug, Clone)]
pub(crate) struct Return<'t> {
    pub(crate) value: Value<'t>,
    pub(crate) scope: Scope<'t>,
}

impl<'t> Source<'t> {
    /// Reads a text.
    pub(crate) fn read(text: &'t str) -> Self {
        super::read::read(text)
    }

    /// Whether a module is imported anywhere: `a.b` by `import a.b.c` and `from a import b` too.
    pub(crate) fn imports_module(&self, module: &str) -> bool {
        self.imports.iter().any(|import| {
            import.level == 0
                && import.module.strip_prefix(module).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        })
    }

    /// A path with its first name replaced by what that stands for, if that is known: `gradio.Blocks()` for `demo`.
    pub(crate) fn resolved(&self, name: &str) -> String {
        super::resolve::resolve(&self.names, &self.imported, name)
    }

    /// The value of a top-level constant.
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

    /// Whether it has arguments that are not visible in the text, as in `f(*args)` and `f(**options)`.
    pub(crate) fn unpacks(&self) -> bool {
        let is_starred = |value: &Value<'_>| matches!(value, Value::Expression(text) if text.starts_with('*'));
        self.arguments.iter().any(|argument| argument.name.is_none() && is_starred(&argument.value))
    }

    /// The place of the last name of the callee.
    pub(crate) fn method_range(&self) -> Range<usize> {
        self.at..self.at + self.written.rsplit('.').next().map_or(0, str::len)
    }

    /// The value of a positional argument.
    pub(crate) fn positional(&self, index: usize) -> Option<&Value<'t>> {
        self.arguments.iter().filter(|argument| argument.name.is_none()).nth(index).map(|argument| &argument.value)
    }

    /// The first name of the callee as written.
    pub(crate) fn root(&self) -> &str {
        super::resolve::root_of(&self.written)
    }

    /// The last name of the callee.
    pub(crate) fn method(&self) -> &str {
        self.path.rsplit('.').next().unwrap_or(&self.path)
    }
}
