//! The name that git gives to a content: SHA-1 of a header and the content.
//!
//! Source: FIPS 180-4 and <https://git-scm.com/book/en/v2/Git-Internals-Git-Objects>. Only used to recognise contents, where
//! forged ones could do no harm.

use std::fmt;
use std::str::FromStr;

use super::Invalid;

/// The name of a content in the object database of a repository with SHA-1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct BlobId([u8; 20]);

impl BlobId {
    pub(crate) fn of(content: &[u8]) -> Self {
        let mut bytes = format!("blob {}\0", content.len()).into_bytes();
        bytes.extend_from_slice(content);
        Self(sha1(bytes))
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Display for BlobId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(out, "{byte:02x}"))
    }
}

impl FromStr for BlobId {
    type Err = Invalid;

    /// 40 hexadecimal digits in lower case.
    fn from_str(text: &str) -> Result<Self, Invalid> {
        let digit = |digit: &u8| char::from(*digit).to_digit(16).filter(|_| !digit.is_ascii_uppercase());
        let digits: Option<Vec<u32>> = text.bytes().map(|byte| digit(&byte)).collect();
        let digits = digits.filter(|digits| digits.len() == 40);
        let digits = digits.ok_or_else(|| Invalid::new("must have 40 hexadecimal digits"))?;
        let mut id = [0; 20];
        for (byte, pair) in id.iter_mut().zip(digits.chunks_exact(2)) {
            *byte = u8::try_from(pair[0] << 4 | pair[1]).unwrap_or_default();
        }
        Ok(Self(id))
    }
}

fn sha1(mut bytes: Vec<u8>) -> [u8; 20] {
    let bits = (bytes.len() as u64).wrapping_mul(8);
    bytes.push(0x80);
    bytes.resize(bytes.len().next_multiple_of(64), 0);
    // The length needs eight bytes at the end of a block
    if bytes.len() as u64 * 8 < bits + 8 + 64 {
        bytes.resize(bytes.len() + 64, 0);
    }
    let end = bytes.len() - 8;
    bytes[end..].copy_from_slice(&bits.to_be_bytes());
    let mut state = [0x6745_2301_u32, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476, 0xc3d2_e1f0];
    bytes.chunks_exact(64).for_each(|block| round(&mut state, block));
    let mut name = [0; 20];
    for (part, word) in name.chunks_exact_mut(4).zip(state) {
        part.copy_from_slice(&word.to_be_bytes());
    }
    name
}

fn round(state: &mut [u32; 5], block: &[u8]) {
    let mut words = [0_u32; 80];
    for (word, bytes) in words.iter_mut().zip(block.as_chunks().0) {
        *word = u32::from_be_bytes(*bytes);
    }
    for at in 16..80 {
        words[at] = (words[at - 3] ^ words[at - 8] ^ words[at - 14] ^ words[at - 16]).rotate_left(1);
    }
    let mut mixed = *state;
    mix(&mut mixed, &words[..20], 0x5a82_7999, |b, c, d| d ^ (b & (c ^ d)));
    mix(&mut mixed, &words[20..40], 0x6ed9_eba1, |b, c, d| b ^ c ^ d);
    mix(&mut mixed, &words[40..60], 0x8f1b_bcdc, |b, c, d| (b & c) | (d & (b | c)));
    mix(&mut mixed, &words[60..], 0xca62_c1d6, |b, c, d| b ^ c ^ d);
    for (sum, word) in state.iter_mut().zip(mixed) {
        *sum = sum.wrapping_add(word);
    }
}

/// A quarter of a round, with its function and constant.
#[expect(clippy::many_single_char_names, reason = "as in the standard")]
fn mix(state: &mut [u32; 5], words: &[u32], constant: u32, of: impl Fn(u32, u32, u32) -> u32) {
    let [mut a, mut b, mut c, mut d, mut e] = *state;
    for word in words {
        let sum = of(b, c, d).wrapping_add(e).wrapping_add(constant).wrapping_add(*word);
        (a, b, c, d, e) = (a.rotate_left(5).wrapping_add(sum), a, b.rotate_left(30), c, d);
    }
    *state = [a, b, c, d, e];
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hex(content: &[u8]) -> String {
        let id = BlobId::of(content);
        assert_eq!(id.to_string().parse(), Ok(id));
        id.to_string()
    }

    #[test]
    fn names_are_those_of_git() {
        assert_eq!(hex(b""), "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391");
        assert_eq!(hex(b"hello\n"), "ce013625030ba8dba906f756967f9e9ca394464a");
        // As `git hash-object` says, around the ends of blocks
        for (length, expected) in LENGTHS {
            assert_eq!(hex(&vec![b'a'; length]), expected, "{length}");
        }
    }

    #[test]
    fn other_names_are_refused() {
        let name = "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391";
        for other in [&name[1..], &name.to_uppercase(), &format!("{name}0"), "é69de29bb2d1d6434b8b29ae775ad8c2e48c539"]
        {
            assert!(other.parse::<BlobId>().is_err(), "{other}");
        }
    }

    const LENGTHS: [(usize, &str); 5] = [
        (46, "50b3bbe915fe104dbbb6786fdcfa310bcfc25d4e"),
        (47, "5e3bf7e629b4908cce461530c17a64365cb47303"),
        (54, "60704cd2c753c0419b5d235cbf244ec4c696cded"),
        (55, "d1985ddc2983785702b9a90effd5aff2f7cfdca4"),
        (1000, "a50be72b20f0e3f078d252e8e56b11b4bec67509"),
    ];
}
