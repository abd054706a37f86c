//! What a name stands for at a place: the last that was assigned to it before, in the function around, else in the file.

use super::call::is_keyword;
use super::source::{Assignment, Source};
use super::statement::{Code, Scope, Statement};

/// A name that is bound in another way than by an assignment whose value is known: `x += 1`, `for x in y`, `x, y = f()`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rebound<'t> {
    name: &'t str,
    scope: Scope<'t>,
    at: usize,
}

/// Operators that change what a name stands for.
const CHANGES: [&str; 6] = ["+=", "-=", "*=", "/=", "//=", "|="];

/// Reads a statement.
pub(super) fn read<'t>(code: &Code<'t>, statement: Statement<'t>, source: &mut Source<'t>) {
    let Statement { start, end, scope } = statement;
    let first = start + usize::from(code.says(start, "async"));
    let targets = match code.word(first) {
        "for" => first + 1..(first..end).find(|index| code.says(*index, "in")).unwrap_or(first),
        word if !code.is_name(start) || is_keyword(word) => return,
        _ if CHANGES.contains(&code.word(start + 1)) => start..start + 1,
        _ if code.is(start + 1, b',') => {
            let equals = (start..end).find(|index| code.is(*index, b'=')).unwrap_or(start);
            let is_known = code.parts(start, equals).len() == code.parts(equals + 1, end).len();
            start..if is_known { start } else { equals }
        }
        _ => return,
    };
    for index in targets.filter(|index| code.is_name(*index)) {
        let at = code.tokens.get(index).map_or(0, |token| token.start);
        source.rebound.push(Rebound { name: code.word(index), scope, at });
    }
}

impl<'t> Source<'t> {
    /// The assignment whose value a name has at a place; none if there is none, or if it cannot be known.
    pub(crate) fn assigned(&self, name: &str, scope: Scope<'_>, at: usize) -> Option<&Assignment<'t>> {
        let named = || self.assignments.iter().filter(|one| one.name == name);
        if name.contains('.') {
            // An attribute of an object lives as long as that
            let mut all = named().filter(|one| one.scope.outermost == scope.outermost);
            return all.next().filter(|_| all.next().is_none());
        }
        for around in [(scope.function, scope.outermost), (scope.outermost, scope.outermost)] {
            let is_here = |one: Scope<'_>| one.function.is_some() && (one.function, one.outermost) == around;
            if named().any(|one| is_here(one.scope)) {
                return self.last(name, scope, at, &is_here);
            }
            let is_meant =
                |one: Scope<'_>| (one.outermost.is_none() && around.0 == around.1) || one.outermost == around.1;
            let mut functions = self.functions.iter().filter(|one| Some(one.name) == around.0 && is_meant(one.scope));
            if functions.any(|function| function.parameters.iter().any(|one| one.name == name)) {
                return None;
            }
        }
        // A function runs when the whole file has run
        let at = if scope.function.is_some() { usize::MAX } else { at };
        self.last(name, scope, at, &|one| one.is_top_level())
    }

    /// The last assignment before a place, if no other may count.
    fn last(
        &self,
        name: &str,
        scope: Scope<'_>,
        at: usize,
        is_here: &dyn Fn(Scope<'_>) -> bool,
    ) -> Option<&Assignment<'t>> {
        let mut before =
            self.assignments.iter().rev().filter(|one| one.name == name && one.at < at && is_here(one.scope));
        let last = before.next()?;
        let is_unsure = last.scope.conditional && !scope.conditional && before.any(|one| one.value != last.value);
        let is_rebound = |one: &Rebound<'_>| one.name == name && (last.at..at).contains(&one.at) && is_here(one.scope);
        (!is_unsure && !self.rebound.iter().any(is_rebound)).then_some(last)
    }

    /// The path of an imported name, possibly with attributes: `core.model.SIZE` for `SIZE`.
    pub(crate) fn imported_path(&self, name: &str) -> Option<String> {
        let root = name.split(['.', '(', '[']).next().unwrap_or(name);
        self.imported.contains(root).then(|| self.resolved(name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What `x` stands for at the call of `use`.
    fn at_use(text: &str) -> Option<String> {
        let source = Source::read(text);
        let call = source.calls.iter().find(|call| call.path == "use").unwrap();
        let found = source.assigned("x", call.scope, call.at)?;
        Some(format!("{:?}", found.value).trim_matches(|char| char != '1' && char != '2').to_owned())
    }

    #[test]
    fn the_last_before_the_use_counts() {
        let one = Some("1".to_owned());
        for text in [
            "def f(x):\n  x = 2\nwith b():\n  x = 1\n  use(x)\nx = 2\n",
            "x = 2\nx = 1\nuse(x)\n",
            "x = 2\ndef f():\n  x = 1\n  use(x)\n",
            "x = 2\ndef f():\n  use(x)\nx = 1\n",
            "def f():\n  x = 1\n  with b():\n    use(x)\n  x = 2\ndef g():\n  x = 2\n",
            "def f():\n  x = 1\n  def g():\n    use(x)\n",
            "if a:\n  x = 2\nelse:\n  x = 1\n  use(x)\n",
            "class A:\n  x = 2\n  def f(self):\n    x = 2\nx = 1\nuse(x)\n",
            "for y in z: pass\nx = 1\nuse(x)\nx += 1\n",
        ] {
            assert_eq!(at_use(text), one, "{text}");
        }
        for text in [
            "x = 1\ndef f(x):\n  use(x)\n",
            "x = 1\ndef f(x):\n  def g():\n    use(x)\n",
            "x = 1\nx += 1\nuse(x)\n",
            "x = 1\nfor x in y: pass\nuse(x)\n",
            "x = 1\nx, y = f()\nuse(x)\n",
            "if a:\n  x = 1\nelse:\n  x = 2\nuse(x)\n",
            "use(x)\nx = 1\n",
            "def f():\n  x = 1\nuse(x)\n",
        ] {
            assert_eq!(at_use(text), None, "{text}");
        }
    }
}
