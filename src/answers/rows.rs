//! The code generated from the table of common questions.

/// Declares the common questions, in the order in which they are resolved: a condition may only use earlier ones.
///
/// A row is
///
/// ```text
///     /// What the answer is, for the documentation of the library.
///     key: shape Type, @group = question;
/// ```
///
/// and is placed under the heading of its flag in the help. The question contains its texts (`text`, `choice`,
/// ..) and its special properties (`.with_default(..)`, `.only_when(..)`, ..). `@group` is the group of questions in
/// manifests; a row without one is named by its key.
///
/// The shape says whether an answer is required, and the rest follows:
///
/// | shape | type of the field and of [`crate::Spec`]'s getter | without an answer |
/// |---|---|---|
/// | `required` | `T`, `&T` | the default |
/// | `required_copy` | `T`, `T` | the default |
/// | `optional` | `Option<T>`, `Option<&T>` | the default, or nothing |
/// | `optional_copy` | `Option<T>`, `Option<T>` | the default, or nothing |
/// | `list` | `Vec<T>`, `&[T]` | the default, or an empty list |
///
/// The type is an [`super::answer::Answer`]: it checks a text, reads a value, and returns its form in an answers file and
/// in templates.
macro_rules! questions {
    ($($heading:expr => {$(
        $(#[$doc:meta])*
        $key:ident: $shape:ident $type:ty $(, @$group:ident)? = $question:expr;
    )*})*) => {
        /// Every common question, in the order in which they are resolved.
        pub(crate) static COMMON: LazyLock<Vec<Question>> = LazyLock::new(|| vec![$($(
            $question.of_row(stringify!($key), $heading, <$type as Answer>::check),
        )*)*]);

        /// The questions of a group, as manifests use it.
        pub(super) fn group(name: &str) -> Vec<&'static str> {
            let rows: &[(&str, &[&str])] = &[$($((stringify!($key), &[$(stringify!($group))?])),*),*];
            rows.iter().filter(|(_, groups)| groups.contains(&name)).map(|(key, _)| *key).collect()
        }

        /// The checked answers to the common questions.
        #[derive(Debug, Clone)]
        pub(super) struct Values {$($(
            pub(super) $key: questions!(@field $shape $type),
        )*)*}

        impl Values {
            /// Reads the valid answers. None if a required value is missing, which is then among the reader's errors.
            pub(super) fn read(reader: &mut Reader<'_>) -> Option<Self> {
                $($(let $key = questions!(@read $shape $type, reader, stringify!($key));)*)*
                Some(Self {$($($key: questions!(@there $shape $key),)*)*})
            }

            /// The answer with a key, in the form of an answers file.
            pub(super) fn raw(&self, key: &str) -> Option<Raw> {
                match key {
                    $($(stringify!($key) => questions!(@call kept $shape &self.$key),)*)*
                    _ => None,
                }
            }

            /// Every answer by its key, as templates get it.
            pub(super) fn shown(&self) -> Vec<(&'static str, Value)> {
                vec![$($((stringify!($key), questions!(@call shown $shape &self.$key)),)*)*]
            }
        }

        impl Spec {$($(
            $(#[$doc])*
            #[must_use]
            pub fn $key(&self) -> questions!(@seen $shape $type) {
                questions!(@get $shape self.values.$key)
            }
        )*)*}
    };

    (@field optional $type:ty) => { Option<$type> };
    (@field optional_copy $type:ty) => { Option<$type> };
    (@field list $type:ty) => { Vec<$type> };
    (@field $shape:ident $type:ty) => { $type };

    (@read optional $type:ty, $reader:ident, $key:expr) => { $reader.optional::<$type>($key) };
    (@read optional_copy $type:ty, $reader:ident, $key:expr) => { $reader.optional::<$type>($key) };
    (@read list $type:ty, $reader:ident, $key:expr) => { $reader.list::<$type>($key) };
    (@read $shape:ident $type:ty, $reader:ident, $key:expr) => { $reader.required::<$type>($key) };

    (@there required $key:ident) => { $key? };
    (@there required_copy $key:ident) => { $key? };
    (@there $shape:ident $key:ident) => { $key };

    (@call $what:ident required_copy $answer:expr) => { $what::required($answer) };
    (@call $what:ident optional $answer:expr) => { $what::optional($answer.as_ref()) };
    (@call $what:ident optional_copy $answer:expr) => { $what::optional($answer.as_ref()) };
    (@call $what:ident $shape:ident $answer:expr) => { $what::$shape($answer) };

    (@seen required $type:ty) => { &$type };
    (@seen required_copy $type:ty) => { $type };
    (@seen optional $type:ty) => { Option<&$type> };
    (@seen optional_copy $type:ty) => { Option<$type> };
    (@seen list $type:ty) => { &[$type] };

    (@get required $field:expr) => { &$field };
    (@get optional $field:expr) => { $field.as_ref() };
    (@get list $field:expr) => { &$field };
    (@get $shape:ident $field:expr) => { $field };
}

pub(super) use questions;
