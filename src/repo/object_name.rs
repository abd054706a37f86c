//! The name that git gives to a content: the SHA-1 of `blob`, its size, a zero byte, and the content.
//!
//! Only to find out which of two contents is in git's index: nothing depends on its strength.
//! Source: <https://git-scm.com/book/en/v2/Git-Internals-Git-Objects>, <https://www.rfc-editor.org/rfc/rfc3174>.

/// The bytes of a block.
const BLOCK: usize = 64;
/// The state before the first block.
const START: [u32; 5] = [0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476, 0xc3d2_e1f0];

/// The name of a content, in a repository that uses SHA-1.
pub(super) fn name_of(content: &[u8]) -> Vec<u8> {
    let mut bytes = format!("blob {}\0", content.len()).into_bytes();
    bytes.extend_from_slice(content);
    let bits = (bytes.len() as u64) * 8;
    bytes.push(0x80);
    while bytes.len() % BLOCK != BLOCK - 8 {
        bytes.push(0);
    }
    bytes.extend(bits.to_be_bytes());
    let state = bytes.chunks_exact(BLOCK).fold(START, step);
    state.iter().flat_map(|word| word.to_be_bytes()).collect()
}

/// The state after a block.
fn step(before: [u32; 5], block: &[u8]) -> [u32; 5] {
    let mut words = [0_u32; 80];
    for (word, bytes) in words.iter_mut().zip(block.chunks_exact(4)) {
        *word = bytes.iter().fold(0, |word, byte| word << 8 | u32::from(*byte));
    }
    for at in 16..80 {
        words[at] = (words[at - 3] ^ words[at - 8] ^ words[at - 14] ^ words[at - 16]).rotate_left(1);
    }
    let mut state = before;
    for (round, word) in words.iter().enumerate() {
        let [first, second, third, fourth, fifth] = state;
        let (mixed, constant) = match round / 20 {
            0 => (second & third | !second & fourth, 0x5a82_7999),
            1 => (second ^ third ^ fourth, 0x6ed9_eba1),
            2 => (second & third | second & fourth | third & fourth, 0x8f1b_bcdc),
            _ => (second ^ third ^ fourth, 0xca62_c1d6_u32),
        };
        let terms = [mixed, fifth, constant, *word];
        let next = terms.into_iter().fold(first.rotate_left(5), u32::wrapping_add);
        state = [next, first, second.rotate_left(30), third, fourth];
    }
    std::array::from_fn(|at| before[at].wrapping_add(state[at]))
}

#[cfg(test)]
mod tests {
    use super::name_of;

    #[test]
    fn names_are_those_of_git() {
        let hex =
            |content: &str| name_of(content.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect::<String>();
        assert_eq!(hex(""), "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391");
        assert_eq!(hex("test content\n"), "d670460b4b4aece5915caf5c68d12f560a9fe3e4");
        assert_eq!(hex(&"a".repeat(1000)), "a50be72b20f0e3f078d252e8e56b11b4bec67509");
    }
}
