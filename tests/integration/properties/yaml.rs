//! Reads YAML as a tree that keeps how each scalar was written.

use granit_parser::{Event, Parser, ScalarStyle};

/// A node of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Node {
    Scalar { text: String, plain: bool },
    List(Vec<Node>),
    Map(Vec<(Node, Node)>),
}

impl Node {
    /// Every scalar in it, keys too, with whether it is unquoted.
    pub(super) fn scalars(&self) -> Vec<(&str, bool)> {
        match self {
            Self::Scalar { text, plain } => vec![(text, *plain)],
            Self::List(items) => items.iter().flat_map(Self::scalars).collect(),
            Self::Map(pairs) => {
                pairs.iter().flat_map(|(key, value)| [key.scalars(), value.scalars()].concat()).collect()
            }
        }
    }
}

/// Reads the one document in a text. Tags, anchors and aliases, which no answer may cause, are errors.
pub(super) fn read(text: &str) -> Result<Node, String> {
    let mut events = Vec::new();
    for event in Parser::new_from_str(text) {
        match event.map_err(|error| error.to_string())?.0 {
            Event::StreamStart | Event::StreamEnd | Event::DocumentStart(..) | Event::DocumentEnd => {}
            event => events.push(event),
        }
    }
    let mut reader = Reader(events.into_iter());
    let node = reader.node()?;
    reader.0.next().map_or(Ok(node), |event| Err(format!("more than one node: {event:?}")))
}

struct Reader<'a>(std::vec::IntoIter<Event<'a>>);

impl<'a> Reader<'a> {
    fn next(&mut self) -> Result<Event<'a>, String> {
        self.0.next().ok_or_else(|| "it ends too soon".to_owned())
    }

    fn node(&mut self) -> Result<Node, String> {
        let event = self.next()?;
        self.node_from(event)
    }

    fn node_from(&mut self, event: Event<'a>) -> Result<Node, String> {
        match event {
            Event::Scalar(text, style, 0, None) => {
                Ok(Node::Scalar { text: text.into_owned(), plain: style == ScalarStyle::Plain })
            }
            Event::SequenceStart(_, 0, None) => {
                let mut items = Vec::new();
                loop {
                    match self.next()? {
                        Event::SequenceEnd => return Ok(Node::List(items)),
                        event => items.push(self.node_from(event)?),
                    }
                }
            }
            Event::MappingStart(_, 0, None) => {
                let mut pairs = Vec::new();
                loop {
                    match self.next()? {
                        Event::MappingEnd => return Ok(Node::Map(pairs)),
                        event => pairs.push((self.node_from(event)?, self.node()?)),
                    }
                }
            }
            other => Err(format!("nothing that front matter is made of: {other:?}")),
        }
    }
}
