//! Reads Python source as far as possible without running it: imports, assignments, calls with their
//! literal arguments, and their places.
//!
//! A tokenizer that knows strings, comments and line joining, and a reader of statements on top of it. Text that is not
//! Python yields less, never an error. Every step is linear in the length of the text. This module judges nothing.

mod bindings;
mod bound;
mod call;
mod class;
mod computed;
mod function;
mod import;
mod literal;
mod near_imports;
mod read;
mod resolve;
mod source;
mod sources;
mod statement;
mod token;
mod value;
mod words;

pub(crate) use bound::{Bound, bound};
pub(crate) use function::parameter_docs;
pub(crate) use literal::{Literal, docstring, items, pairs, quoted};
pub(crate) use near_imports::{NearImport, near_imports};
pub(crate) use source::{Argument, Call, Class, Field, Function, Import, Parameter, ParameterKind, Source};
pub(crate) use sources::Sources;
pub(crate) use statement::Scope;
pub(crate) use value::Value;
pub(crate) use words::{code_has_word, strings};
