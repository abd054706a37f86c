//! Reads the block: every key and value with its byte range.

use std::ops::Range;

use granit_parser::{Event, Options, Parser, ScalarStyle, Span};

use super::node::{Entry, Node, Value};

/// A README, split into its front matter and the rest.
#[derive(Debug)]
pub(crate) struct Readme<'t> {
    text: &'t str,
    block: Option<Block>,
    entries: Vec<Entry>,
    problem: Option<YamlProblem>,
}

/// The byte ranges of the block in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Block {
    /// The line that opens it, with its line break.
    pub(crate) opening: Range<usize>,
    /// The YAML between the lines of dashes, without the line break before the closing one.
    pub(crate) yaml: Range<usize>,
    /// The line that closes it, without its line break.
    pub(crate) closing: Range<usize>,
}

/// Why a block could not be read as a mapping.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct YamlProblem {
    /// The parser's message.
    pub(crate) message: String,
    /// Where, in bytes of the file.
    pub(crate) at: Range<usize>,
}

/// A larger block is not read. Real ones have some hundred bytes.
const LARGEST: usize = 64 * 1024;

impl<'t> Readme<'t> {
    pub(crate) fn read(text: &'t str) -> Self {
        let block = find_block(text);
        let (entries, problem) = match &block {
            None => (Vec::new(), None),
            Some(block) if block.yaml.len() > LARGEST => {
                let problem = YamlProblem { message: "it is larger than 64 KiB".to_owned(), at: block.opening.clone() };
                (Vec::new(), Some(problem))
            }
            Some(block) => match Reader::new(&text[block.yaml.clone()], block.yaml.start).read() {
                Ok(entries) => (entries, None),
                Err(problem) => (Vec::new(), Some(problem)),
            },
        };
        Self { text, block, entries, problem }
    }

    /// The whole file.
    pub(crate) fn text(&self) -> &'t str {
        self.text
    }

    /// The place of the block, if there is one that the Hub finds.
    pub(crate) fn block(&self) -> Option<&Block> {
        self.block.as_ref()
    }

    /// Why the YAML could not be read.
    pub(crate) fn problem(&self) -> Option<&YamlProblem> {
        self.problem.as_ref()
    }

    /// Keys and values in their order, duplicates too.
    pub(crate) fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The first entry with a key.
    pub(crate) fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.key.as_str() == Some(key))
    }

    /// The value of a key.
    pub(crate) fn value(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// The line break that the file uses.
    pub(crate) fn line_break(&self) -> &'static str {
        if self.text.contains("\r\n") { "\r\n" } else { "\n" }
    }

    /// Where a new key is inserted: before the closing line.
    pub(crate) fn end_of_yaml(&self) -> Option<usize> {
        self.block.as_ref().map(|block| block.closing.start)
    }
}

/// Finds the block as `huggingface_hub` 2.4.0 does (`REGEX_YAML_BLOCK` in `repocard.py`): white space may precede
/// it, the opening line is only `---`, the closing one may have trailing blanks.
fn find_block(text: &str) -> Option<Block> {
    let start = text.len() - text.trim_start_matches(|char: char| char.is_whitespace()).len();
    let after = text[start..].strip_prefix("---")?;
    let opened = start + 3 + break_length(after)?;
    let mut at = opened - 1;
    while let Some(found) = text[at..].find("\n---") {
        let dashes = at + found + 1;
        let rest = text[dashes + 3..].trim_start_matches([' ', '\t']);
        if rest.is_empty() || break_length(rest).is_some() {
            let mut end = dashes - 1;
            if end > opened && text.as_bytes()[end - 1] == b'\r' {
                end -= 1;
            }
            let closing = dashes..text.len() - rest.len();
            return Some(Block { opening: start..opened, yaml: opened..end.max(opened), closing });
        }
        at = dashes;
    }
    None
}

fn break_length(text: &str) -> Option<usize> {
    if text.starts_with("\r\n") { Some(2) } else { text.starts_with(['\n', '\r']).then_some(1) }
}

/// The keys and values of a YAML file that is a mapping. None if it is not, or is too large.
pub(crate) fn mapping(yaml: &str) -> Option<Vec<Entry>> {
    Some(yaml).filter(|yaml| yaml.len() <= LARGEST).and_then(|yaml| Reader::new(yaml, 0).read().ok())
}

/// A collection that is being read.
struct Open {
    node: Node,
    key: Option<Node>,
}

/// Builds the tree from the parser's events. Aliases are leaves, so that they cannot multiply.
struct Reader<'y> {
    yaml: &'y str,
    offset: usize,
    open: Vec<Open>,
    root: Option<Node>,
}

impl<'y> Reader<'y> {
    fn new(yaml: &'y str, offset: usize) -> Self {
        Self { yaml, offset, open: Vec::new(), root: None }
    }

    fn read(mut self) -> Result<Vec<Entry>, YamlProblem> {
        let mut options = Options::default();
        options.flow_nesting_limit = 64;
        options.block_nesting_limit = 64;
        let mut documents = 0;
        for event in Parser::new_from_str_with_options(self.yaml, options) {
            let (event, span) = event.map_err(|error| {
                let at = error.marker().byte_offset().unwrap_or(0).min(self.yaml.len());
                self.problem(error.info(), at..at)
            })?;
            if matches!(event, Event::DocumentStart(..)) {
                documents += 1;
            }
            if documents > 1 {
                let range = self.range(span);
                return Err(YamlProblem { message: "a second YAML document begins here".to_owned(), at: range });
            }
            self.take(&event, span);
        }
        match self.root {
            Some(Node { value: Value::Mapping(entries), .. }) => Ok(entries),
            None => Ok(Vec::new()),
            Some(Node { value: Value::Scalar { ref text, .. }, .. }) if text.is_empty() => Ok(Vec::new()),
            Some(other) => {
                Err(YamlProblem { message: "it is not a mapping of keys to values".to_owned(), at: other.range })
            }
        }
    }

    fn problem(&self, message: String, range: Range<usize>) -> YamlProblem {
        YamlProblem { message, at: range.start + self.offset..range.end + self.offset }
    }

    fn range(&self, span: Span) -> Range<usize> {
        let range = span.byte_range().unwrap_or(0..0);
        range.start + self.offset..range.end + self.offset
    }

    fn take(&mut self, event: &Event<'_>, span: Span) {
        let range = self.range(span);
        match event {
            Event::Scalar(text, style, _, tag) => {
                let value = Value::Scalar {
                    text: text.clone().into_owned(),
                    plain: *style == ScalarStyle::Plain && tag.is_none(),
                };
                self.place(Node { value, range });
            }
            Event::Alias(_) | Event::UnresolvedAlias(_) => self.place(Node { value: Value::Alias, range }),
            Event::SequenceStart(..) => self.begin(Value::Sequence(Vec::new()), range),
            Event::MappingStart(..) => self.begin(Value::Mapping(Vec::new()), range),
            Event::SequenceEnd | Event::MappingEnd => {
                if let Some(Open { mut node, .. }) = self.open.pop() {
                    node.range.end = self.end_of(&node, range.end);
                    self.place(node);
                }
            }
            _ => {}
        }
    }

    /// A block collection ends with its last child, not where the parser noticed it.
    fn end_of(&self, node: &Node, seen: usize) -> usize {
        let last = match &node.value {
            Value::Sequence(items) => items.last().map(|item| item.range.end),
            Value::Mapping(entries) => entries.last().map(|entry| entry.value.range.end),
            _ => None,
        };
        let flow =
            self.yaml.as_bytes().get(node.range.start - self.offset).is_some_and(|byte| matches!(byte, b'[' | b'{'));
        last.filter(|_| !flow).unwrap_or(seen)
    }

    fn begin(&mut self, value: Value, range: Range<usize>) {
        self.open.push(Open { node: Node { value, range }, key: None });
    }

    fn place(&mut self, node: Node) {
        let Some(Open { node: parent, key }) = self.open.last_mut() else {
            self.root.get_or_insert(node);
            return;
        };
        match &mut parent.value {
            Value::Sequence(items) => items.push(node),
            Value::Mapping(entries) => match key.take() {
                None => *key = Some(node),
                Some(known) => entries.push(Entry { key: known, value: node }),
            },
            _ => {}
        }
    }
}
