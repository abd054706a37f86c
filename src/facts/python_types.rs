//! The types of Python that a caller from outside can give and get, as annotations name them.
//!
//! Sources: <https://docs.python.org/3/library/typing.html>, <https://pillow.readthedocs.io/en/stable/reference/Image.html>.

/// The type of an input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Text,
    Whole,
    Number,
    Boolean,
    /// Several texts.
    Texts,
    /// Several whole numbers.
    Wholes,
    /// Several numbers.
    Numbers,
    /// A picture, as the function takes it.
    Picture(Picture),
    /// The path of a file, as the function takes it.
    File(Passed),
    /// Anything that JSON can hold.
    Json,
}

/// How a function takes a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Picture {
    Pillow,
    Array,
    Path,
}

/// How a function takes the path of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Passed {
    /// As a text.
    Text,
    /// As a text whose attribute `name` is the path too.
    Named,
    /// As a `pathlib.Path`.
    Path,
}

/// The type of an output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    Text,
    Whole,
    Number,
    Boolean,
    Json,
    Picture,
    Pictures,
    /// A sound: the path of a file, or its rate with its samples.
    Sound,
    File,
    Files,
}

/// An annotation without quotes, without `Annotated[.., ..]`, and without `None`; and whether `None` was one of its types.
pub(crate) fn plain(annotation: &str) -> (&str, bool) {
    let mut text = annotation.trim().trim_matches(['"', '\'']).trim();
    let mut is_optional = false;
    loop {
        let text_before = text;
        for start in ["Annotated[", "typing.Annotated["] {
            let inner = text.strip_prefix(start).and_then(|rest| rest.strip_suffix(']'));
            text = inner.map_or(text, first);
        }
        let inside = ["Optional[", "typing.Optional["];
        let inner = inside.iter().find_map(|start| text.strip_prefix(start)?.strip_suffix(']'));
        let union = ["Union[", "typing.Union["];
        let inner = inner.or_else(|| {
            let items = union.iter().find_map(|start| text.strip_prefix(start)?.strip_suffix(']'))?;
            items.trim_end_matches(',').trim_end().strip_suffix("None")?.trim_end().strip_suffix(',')
        });
        let inner = inner.or_else(|| text.strip_suffix("None")?.trim_end().strip_suffix('|'));
        let inner = inner.or_else(|| text.strip_prefix("None")?.trim_start().strip_prefix('|'));
        is_optional |= inner.is_some();
        text = inner.unwrap_or(text).trim();
        if text == text_before {
            return (text, is_optional);
        }
    }
}

/// The first of several types.
fn first(items: &str) -> &str {
    let mut depth = 0_usize;
    for (at, char) in items.char_indices() {
        match char {
            '[' | '(' => depth += 1,
            ']' | ')' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => return items[..at].trim(),
            _ => {}
        }
    }
    items.trim()
}

impl Kind {
    /// What an annotation says, if it is one of the types that a caller can give.
    pub(crate) fn annotated(annotation: &str) -> Option<Self> {
        Some(match plain(annotation).0 {
            "str" => Self::Text,
            "int" => Self::Whole,
            "float" => Self::Number,
            "bool" => Self::Boolean,
            "Path" | "pathlib.Path" => Self::File(Passed::Path),
            "Image.Image" | "PIL.Image.Image" => Self::Picture(Picture::Pillow),
            "list[str]" | "List[str]" | "Sequence[str]" => Self::Texts,
            "list[int]" | "List[int]" | "Sequence[int]" => Self::Wholes,
            "list[float]" | "List[float]" | "Sequence[float]" => Self::Numbers,
            "dict" | "list" => Self::Json,
            other if other.starts_with("dict[") || other.starts_with("Dict[") => Self::Json,
            _ => return None,
        })
    }

    /// Its name in Python, where that is the same for everybody.
    pub(crate) fn name(self) -> Option<&'static str> {
        Some(match self {
            Self::Text => "str",
            Self::Whole => "int",
            Self::Number => "float",
            Self::Boolean => "bool",
            Self::Texts => "list[str]",
            Self::Wholes => "list[int]",
            Self::Numbers => "list[float]",
            Self::Json => "Any",
            Self::Picture(_) | Self::File(_) => return None,
        })
    }

    /// Whether it is a list of simple values.
    pub(crate) fn is_list(self) -> bool {
        matches!(self, Self::Texts | Self::Wholes | Self::Numbers)
    }

    /// A list of it.
    pub(crate) fn several(self) -> Self {
        match self {
            Self::Text => Self::Texts,
            Self::Whole => Self::Wholes,
            Self::Number => Self::Numbers,
            _ => Self::Json,
        }
    }
}

impl Shape {
    /// What an annotation says.
    pub(crate) fn annotated(annotation: &str) -> Option<Self> {
        let (text, is_optional) = plain(annotation);
        Some(match text {
            _ if is_optional => return None,
            "str" => Self::Text,
            "int" => Self::Whole,
            "float" => Self::Number,
            "bool" => Self::Boolean,
            "dict" | "list" => Self::Json,
            "Path" | "pathlib.Path" => Self::File,
            "Image.Image" | "PIL.Image.Image" => Self::Picture,
            other if ["dict[", "list[", "Dict[", "List["].iter().any(|start| other.starts_with(start)) => Self::Json,
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_annotation_comes_to() {
        for (annotation, expected) in [
            ("int", ("int", false)),
            ("'str'", ("str", false)),
            ("Optional[Image.Image]", ("Image.Image", true)),
            ("None | int", ("int", true)),
            ("Union[str, None]", ("str", true)),
            ("Annotated[dict[str, int] | None, Field(gt=1), 'x']", ("dict[str, int]", true)),
            ("Union[int, str]", ("Union[int, str]", false)),
            ("None", ("None", false)),
        ] {
            assert_eq!(plain(annotation), expected, "{annotation}");
        }
        assert_eq!(Kind::annotated("List[int]"), Some(Kind::Wholes));
        assert_eq!(
            (Shape::annotated("\"list[dict[str, str]]\""), Shape::annotated("str | None")),
            (Some(Shape::Json), None)
        );
    }
}
