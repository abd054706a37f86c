//! Hides access tokens in what is shown of files: the log of a workflow may be public.

use crate::values::tokens;

/// How much of a token is shown.
const SHOWN_OF_TOKENS: usize = 4;

/// A text of the same length in which nobody can read an access token.
pub(super) fn masked(text: &str) -> String {
    let mut masked = text.to_owned();
    for token in tokens(text) {
        let hidden = (token.range.start + SHOWN_OF_TOKENS).min(token.range.end)..token.range.end;
        masked.replace_range(hidden.clone(), &"*".repeat(hidden.len()));
    }
    masked
}

#[cfg(test)]
mod tests {
    use super::masked;

    #[test]
    fn a_token_is_not_shown() {
        let token = format!("hf_{}", "aB3".repeat(12));
        let line = format!("é = \"{token}\"; b = '{token}' # hf_short");
        let shown = masked(&line);
        assert_eq!(shown.len(), line.len());
        assert_eq!(shown, format!("é = \"hf_a{0}\"; b = 'hf_a{0}' # hf_short", "*".repeat(token.len() - 4)));
        assert_eq!(masked("nothing"), "nothing");
    }
}
