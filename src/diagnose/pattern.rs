//! Patterns: literal parts with gaps between them.

/// A pattern of a message.
#[derive(Debug)]
pub(super) struct Pattern {
    /// Whether it may be anywhere in a line.
    is_anywhere: bool,
    /// Each literal part, with the name of the gap before it.
    parts: Vec<(&'static str, &'static str)>,
    /// The name of the gap at the end, if there is one.
    last: Option<&'static str>,
    /// Whether the line ends with the last part.
    is_to_end: bool,
}

/// What a pattern covers of a line: where it begins, and each named gap with its text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Fit<'t> {
    pub(super) at: usize,
    pub(super) gaps: Vec<(&'static str, &'t str)>,
}

impl Pattern {
    /// Parses the text of a row.
    pub(super) fn new(text: &'static str) -> Self {
        let (text, is_to_end) = text.strip_suffix('$').map_or((text, false), |text| (text, true));
        let (mut parts, mut gap, mut rest) = (Vec::new(), "", text);
        let mut last = None;
        while !rest.is_empty() {
            let end = rest.find('{').unwrap_or(rest.len());
            if end > 0 {
                parts.push((gap, &rest[..end]));
            }
            let Some((name, after)) = rest[end..].strip_prefix('{').and_then(|rest| rest.split_once('}')) else {
                break;
            };
            gap = name;
            last = after.is_empty().then_some(name);
            rest = after;
        }
        Self { is_anywhere: text.starts_with('{'), parts, last, is_to_end }
    }

    /// The longest literal part.
    pub(super) fn longest(&self) -> &'static str {
        self.parts.iter().map(|(_, literal)| *literal).max_by_key(|literal| literal.len()).unwrap_or_default()
    }

    /// Whether it fits a line, whose message begins at `start`.
    pub(super) fn fit<'t>(&self, line: &'t str, start: usize) -> Option<Fit<'t>> {
        let mut gaps = Vec::new();
        let (mut begin, mut at) = (None, if self.is_anywhere { 0 } else { start });
        for (index, (gap, literal)) in self.parts.iter().enumerate() {
            let rest = line.get(at..)?;
            let is_end = self.is_to_end && index + 1 == self.parts.len();
            let found = at + if is_end { rest.strip_suffix(literal)?.len() } else { rest.find(literal)? };
            // Names of Python's exceptions may have a module before them
            if begin.is_none() && !self.is_anywhere && !line[at..found].chars().all(is_of_module) {
                return None;
            }
            if begin.is_some() && !gap.is_empty() {
                gaps.push((*gap, &line[at..found]));
            }
            begin.get_or_insert(found);
            at = found + literal.len();
        }
        if let Some(last) = self.last.filter(|last| !last.is_empty()) {
            gaps.push((last, line[at..].trim_end()));
        }
        Some(Fit { at: begin?, gaps })
    }
}

fn is_of_module(char: char) -> bool {
    char.is_ascii_alphanumeric() || matches!(char, '_' | '.')
}

/// A sentence with the text of each gap in place of its name.
pub(super) fn filled(sentence: &str, gaps: &[(&str, String)]) -> String {
    let mut text = String::with_capacity(sentence.len());
    let mut rest = sentence;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let known = after.split_once('}').and_then(|(name, after)| {
            let (_, value) = gaps.iter().find(|(known, _)| *known == name)?;
            Some((value, after))
        });
        match known {
            Some((value, after)) => {
                text.push_str(value);
                rest = after;
            }
            None => {
                text.push('{');
                rest = after;
            }
        }
    }
    text + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gaps(pattern: &'static str, line: &'static str) -> Option<Vec<(&'static str, &'static str)>> {
        Pattern::new(pattern).fit(line, 0).map(|fit| fit.gaps)
    }

    #[test]
    fn literal_parts_fit_in_their_order_with_anything_between() {
        assert_eq!(gaps("no {what} in {file}", "no cow in a.txt "), Some(vec![("what", "cow"), ("file", "a.txt")]));
        assert_eq!(gaps("no {} in {file}:", "no cow in a: b"), Some(vec![("file", "a")]));
        assert_eq!(gaps("no {} in {file}:", "in a: no cow"), None);
        assert_eq!(gaps("plain", "plain and more"), Some(vec![]));
        assert_eq!(gaps("plain", "plai"), None);
        assert_eq!(gaps("{}plain$", "a plain, plain"), Some(vec![]));
        assert_eq!(gaps("plain$", "plain and more"), None);
    }

    #[test]
    fn only_a_pattern_with_a_gap_at_its_start_is_found_anywhere() {
        assert_eq!(gaps("{}plain", "It is plain."), Some(vec![]));
        assert_eq!(gaps("plain", "It is plain."), None);
        assert_eq!(Pattern::new("plain").fit("#7 plain", 3).map(|fit| fit.at), Some(3));
        assert_eq!(gaps("OSError: {}", "a.b_c.OSError: no"), Some(vec![]), "the module of an exception");
        assert_eq!(gaps("OSError: {}", "caught OSError: no"), None);
    }

    #[test]
    fn a_sentence_takes_the_text_of_gaps() {
        let gaps = [("a", "{b}".to_owned()), ("b", "2".to_owned())];
        assert_eq!(filled("{a} {b} {c} {", &gaps), "{b} 2 {c} {");
    }
}
