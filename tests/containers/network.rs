//! A network failure is not a fault of a Space: what failed is retried once, and the retry is printed.

use crate::settings::say;

/// What pip, uv, npm, apt and the engine say when a server does not answer, and not when a package does not exist.
const TROUBLE: [&str; 14] = [
    "Temporary failure in name resolution",
    "Temporary failure resolving",
    "dns error",
    "Could not connect to",
    "Connection refused",
    "Connection reset by peer",
    "connection timed out",
    "Read timed out",
    "operation timed out",
    "i/o timeout",
    "502 Bad Gateway",
    "503 Service Unavailable",
    "ECONNRESET",
    "ETIMEDOUT",
];

fn is_trouble(error: &str) -> bool {
    let error = error.to_lowercase();
    TROUBLE.iter().any(|text| error.contains(&text.to_lowercase()))
}

/// Tries again, once, what failed by the network.
pub fn twice<T>(mut attempt: impl FnMut() -> Result<T, String>) -> Result<T, String> {
    match attempt() {
        Err(error) if is_trouble(&error) => {
            say(&format!("the network failed; trying once more: {}", error.lines().last().unwrap_or_default()));
            attempt()
        }
        first => first,
    }
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn only_the_network_gets_a_second_chance() {
    for (error, attempts) in [("ERROR: Read timed out.", 2), ("No matching distribution found", 1)] {
        let mut made = 0;
        let failed: Result<(), _> = twice(|| {
            made += 1;
            Err(error.to_owned())
        });
        assert_eq!((failed, made), (Err(error.to_owned()), attempts));
    }
    let mut made = 0;
    let second = twice(|| {
        made += 1;
        if made == 1 { Err("503 Service Unavailable".to_owned()) } else { Ok(made) }
    });
    assert_eq!(second, Ok(2));
}
