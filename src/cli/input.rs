//! Standard input, with a size limit.

use std::io::Read;

/// All of standard input.
///
/// # Errors
/// If it cannot be read, or is larger than `mebibytes`.
pub(super) fn standard_input(mebibytes: u64) -> Result<Vec<u8>, String> {
    let most = mebibytes << 20;
    let mut bytes = Vec::new();
    let read = std::io::stdin().lock().take(most + 1).read_to_end(&mut bytes);
    read.map_err(|error| error.to_string())?;
    if bytes.len() as u64 > most { Err(format!("it has more than {mebibytes} MiB")) } else { Ok(bytes) }
}
