//! The parsed files of a repository.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use super::source::Source;

/// Files by their paths, each parsed once, however many readers ask for it.
#[derive(Default)]
pub(crate) struct Sources<'t>(RefCell<HashMap<&'t str, Rc<Source<'t>>>>);

impl<'t> Sources<'t> {
    /// A file with its text.
    pub(crate) fn of(&self, path: &'t str, text: &'t str) -> Rc<Source<'t>> {
        let mut parsed = self.0.borrow_mut();
        Rc::clone(parsed.entry(path).or_insert_with(|| Rc::new(Source::read(text))))
    }
}
