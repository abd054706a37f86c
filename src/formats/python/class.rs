//! Reads classes and their fields.

use super::call::{is_keyword, value};
use super::import::is_dotted_name;
use super::source::{Class, Field, Source};
use super::statement::{Code, Statement};

/// `class Name(bases):` and, in it, `name: type = value`.
pub(super) fn read<'t>(code: &Code<'t>, statement: Statement<'t>, source: &mut Source<'t>) {
    let Statement { start, end, scope } = statement;
    if code.says(start, "class") && start + 2 < end {
        let close = code.partner(start + 2).filter(|close| code.says(start + 2, "(") && *close < end);
        let parts = close.map(|close| code.parts(start + 3, close)).unwrap_or_default();
        let bases = parts.into_iter().map(|(first, end)| code.slice(first, end)).filter(|base| is_dotted_name(base));
        let bases = bases.map(str::to_owned).collect();
        source.classes.push(Class { name: code.word(start + 1), bases });
        return;
    }
    let is_field = scope.class.is_some()
        && code.is_name(start)
        && !is_keyword(code.word(start))
        && code.says(start + 1, ":")
        && start + 2 < end;
    if !is_field {
        return;
    }
    let mut equals = start + 2;
    while equals < end && !code.says(equals, "=") {
        equals = code.partner(equals).filter(|partner| *partner > equals).unwrap_or(equals) + 1;
    }
    let equals = equals.min(end);
    source.fields.push(Field {
        name: code.word(start),
        kind: code.slice(start + 2, equals),
        default: (equals + 1 < end).then(|| value(code, equals + 1, end)),
        scope,
        range: code.tokens[start].start..code.tokens[end - 1].end,
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_have_their_types_and_values() {
        let text = "import p.q as b\nclass A(b.Base, metaclass=M):\n    \"\"\"d\"\"\"\n    x: str\n    y: Annotated[int, F(a=1)] = 2\n    \
                    try:\n        z: int = f(1)\n    except E: pass\n    class Config:\n        w = 1\n    def m(self):\n        v: int = 1\nu: int = 3\nclass B: pass\n";
        let source = Source::read(text);
        let classes: Vec<_> = source.classes.iter().map(|class| (class.name, class.bases.clone())).collect();
        assert_eq!(classes, [("A", vec!["p.q.Base".to_owned()]), ("Config", vec![]), ("B", vec![])]);
        let fields: Vec<_> = source.fields.iter().map(|one| (one.name, one.kind, one.default.is_some())).collect();
        assert_eq!(fields, [("x", "str", false), ("y", "Annotated[int, F(a=1)]", true), ("z", "int", true)]);
        assert!(source.fields[2].scope.conditional);
    }
}
