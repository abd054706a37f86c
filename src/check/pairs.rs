//! Which pairs of bytes a text has.

/// How many pairs are told apart: one bit each, because there may be thousands of texts.
const SLOTS: usize = 1 << 12;
const WORD: usize = u64::BITS as usize;

/// The pairs of neighbouring bytes of a text, read once, so that many words can be searched in it.
pub(super) struct Pairs(Box<[u64; SLOTS / WORD]>);

impl Pairs {
    pub(super) fn of(text: &str) -> Self {
        let mut pairs = Box::new([0; SLOTS / WORD]);
        let mut last = 0;
        for byte in text.as_bytes() {
            let slot = slot(last, *byte);
            pairs[slot / WORD] |= 1 << (slot % WORD);
            last = *byte;
        }
        Self(pairs)
    }

    /// Whether the text may contain a word; if not, it certainly does not.
    pub(super) fn may_have(&self, word: &str) -> bool {
        word.as_bytes().windows(2).all(|pair| {
            let slot = slot(pair[0], pair[1]);
            self.0[slot / WORD] & 1 << (slot % WORD) != 0
        })
    }
}

/// Letters differ in their lower five bits, and kinds of characters in the others.
fn slot(first: u8, second: u8) -> usize {
    ((usize::from(first) << 5) ^ usize::from(second)) % SLOTS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_of_the_text_is_never_denied() {
        let text = "import gradio as gr\n# été 🚀\ndemo.launch(share=True)";
        let pairs = Pairs::of(text);
        let starts = text.char_indices().map(|(at, _)| at);
        for (start, end) in starts.clone().flat_map(|start| starts.clone().map(move |end| (start, end))) {
            assert!(start > end || pairs.may_have(&text[start..end]));
        }
        assert!(!pairs.may_have("smtplib") && !pairs.may_have("secrets"));
    }
}
