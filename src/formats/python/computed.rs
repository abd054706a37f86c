//! Whole numbers that the text computes, and items of lists: `2**31 - 1`, `np.iinfo(np.int32).max`, `SIZES[0]`.

use super::literal::Literal;
use super::token::{Kind, Token, tokens};

/// Longer expressions are no constants.
const TOKENS_MAX: usize = 32;

/// The types of numpy and torch whose limits are known, by their bits.
/// Source: <https://numpy.org/doc/stable/reference/generated/numpy.iinfo.html>.
const TYPES: [(&str, u32, bool); 8] = [
    ("int8", 8, true),
    ("int16", 16, true),
    ("int32", 32, true),
    ("int64", 64, true),
    ("uint8", 8, false),
    ("uint16", 16, false),
    ("uint32", 32, false),
    ("uint64", 64, false),
];

/// The literals that names stand for.
pub(super) type Known<'k> = &'k dyn Fn(&str) -> Option<Literal>;

/// What an expression yields.
pub(super) fn computed(text: &str, known: Known<'_>) -> Option<Literal> {
    let mut expression = Expression { text, tokens: Vec::new(), at: 0, known };
    for token in tokens(text).filter(|token| token.kind != Kind::Blank) {
        if expression.tokens.len() == TOKENS_MAX {
            return None;
        }
        expression.tokens.push(token);
    }
    if let Some(item) = expression.item() {
        return Some(item);
    }
    let number = expression.sum()?;
    (expression.at == expression.tokens.len()).then(|| Literal::Number(number.to_string()))
}

struct Expression<'t, 'k> {
    text: &'t str,
    tokens: Vec<Token>,
    at: usize,
    known: Known<'k>,
}

impl<'t> Expression<'t, '_> {
    fn word(&self, offset: usize) -> &'t str {
        self.tokens.get(self.at + offset).map_or("", |token| &self.text[token.range()])
    }

    fn take(&mut self, words: &[&str]) -> Option<&'t str> {
        let word = self.word(0);
        words.contains(&word).then(|| {
            self.at += 1;
            word
        })
    }

    /// `NAMES[0]`
    fn item(&self) -> Option<Literal> {
        let [name @ .., open, index, close] = &self.tokens[..] else { return None };
        if &self.text[open.range()] != "[" || &self.text[close.range()] != "]" || index.kind != Kind::Number {
            return None;
        }
        let index: usize = self.text[index.range()].parse().ok()?;
        match (self.known)(&self.text[name.first()?.start..name.last()?.end])? {
            Literal::List(mut items) => (index < items.len()).then(|| items.swap_remove(index)),
            _ => None,
        }
    }

    fn sum(&mut self) -> Option<i128> {
        let mut sum = self.product()?;
        while let Some(operator) = self.take(&["+", "-"]) {
            let next = self.product()?;
            sum = if operator == "+" { sum.checked_add(next)? } else { sum.checked_sub(next)? };
        }
        Some(sum)
    }

    fn product(&mut self) -> Option<i128> {
        let mut product = self.signed()?;
        while let Some(operator) = self.take(&["*", "//"]) {
            let next = self.signed()?;
            // Python rounds down, which is the same only where nothing is negative
            let divides = next > 0 && product >= 0;
            product = if operator == "*" {
                product.checked_mul(next)?
            } else {
                product.checked_div(next).filter(|_| divides)?
            };
        }
        Some(product)
    }

    fn signed(&mut self) -> Option<i128> {
        if self.take(&["-"]).is_some() {
            return self.signed()?.checked_neg();
        }
        let base = self.atom()?;
        if self.take(&["**"]).is_none() {
            return Some(base);
        }
        base.checked_pow(u32::try_from(self.signed()?).ok()?)
    }

    fn atom(&mut self) -> Option<i128> {
        if self.take(&["("]).is_some() {
            let inner = self.sum()?;
            return self.take(&[")"]).map(|_| inner);
        }
        let token = *self.tokens.get(self.at)?;
        if token.kind == Kind::Number {
            self.at += 1;
            return self.text[token.range()].replace('_', "").parse().ok();
        }
        if token.kind != Kind::Name {
            return None;
        }
        if self.word(1) == "." && self.word(2) == "iinfo" {
            return self.limit();
        }
        let start = token.start;
        let mut end = token.end;
        self.at += 1;
        while self.word(0) == "." {
            end = self.tokens.get(self.at + 1)?.end;
            self.at += 2;
        }
        match (self.known)(&self.text[start..end])? {
            Literal::Number(text) => text.replace('_', "").parse().ok(),
            _ => None,
        }
    }

    /// `np.iinfo(np.int32).max`
    fn limit(&mut self) -> Option<i128> {
        let is_call = self.word(3) == "(" && self.word(5) == "." && self.word(7) == ")" && self.word(8) == ".";
        let (_, bits, is_signed) = TYPES.iter().find(|(name, ..)| is_call && *name == self.word(6))?;
        let most = (1_i128 << (bits - u32::from(*is_signed))) - 1;
        let limit = match self.word(9) {
            "max" => most,
            "min" if *is_signed => -most - 1,
            "min" => 0,
            _ => return None,
        };
        self.at += 10;
        Some(limit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_and_items() {
        let known = |name: &str| match name {
            "SIZE" => Some(Literal::Number("1_024".to_owned())),
            "config.NAMES" | "NAMES" => Some(Literal::List(vec![Literal::Text("a".to_owned())])),
            _ => None,
        };
        for (text, value) in [
            ("2**31-1", Some("2147483647")),
            ("2 ** 32 - 1", Some("4294967295")),
            ("1024*1024", Some("1048576")),
            ("-(1 + 2) * 3", Some("-9")),
            ("-2**2", Some("-4")),
            ("7 // 2", Some("3")),
            ("SIZE * 2", Some("2048")),
            ("np.iinfo(np.int32).max", Some("2147483647")),
            ("np.iinfo(np.uint8).max + 1", Some("256")),
            ("torch.iinfo(torch.int64).min", Some("-9223372036854775808")),
            ("np.finfo(np.float32).max", None),
            ("-7 // 2", None),
            ("2 ** 1000", None),
            ("2 ** -1", None),
            ("1 / 2", None),
            ("1.5 * 2", None),
            ("1 +", None),
            ("OTHER + 1", None),
            ("NAMES + 1", None),
            ("f(1)", None),
            ("", None),
        ] {
            let value = value.map(|value| Literal::Number(value.to_owned()));
            assert_eq!(computed(text, &known), value, "{text}");
        }
        assert_eq!(computed("NAMES[0]", &known), Some(Literal::Text("a".to_owned())));
        assert_eq!(computed("config.NAMES[0]", &known), Some(Literal::Text("a".to_owned())));
        assert_eq!(computed("NAMES[1]", &known), None);
        assert_eq!(computed(&format!("{}1{}", "(".repeat(5000), ")".repeat(5000)), &known), None);
    }
}
