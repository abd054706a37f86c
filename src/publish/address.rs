//! Addresses: which server one is of, and the next page that a server names.

use ureq::http::Uri;

/// Which server an address is of.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Origin {
    scheme: String,
    host: String,
    port: u16,
}

impl Origin {
    /// None if it is not an address of the web, or has a user name.
    pub(super) fn of(address: &str) -> Option<Self> {
        let uri: Uri = address.parse().ok()?;
        let scheme = uri.scheme_str()?.to_ascii_lowercase();
        let usual = match scheme.as_str() {
            "https" => 443,
            "http" => 80,
            _ => return None,
        };
        let host = uri.host().filter(|host| !host.is_empty())?.to_ascii_lowercase();
        let has_user = uri.authority()?.as_str().contains('@');
        (!has_user).then(|| Self { scheme, host, port: uri.port_u16().unwrap_or(usual) })
    }

    /// Whether nobody on the way can read what is sent there.
    pub(super) fn is_safe(&self) -> bool {
        self.scheme == "https" || matches!(self.host.as_str(), "localhost" | "127.0.0.1" | "[::1]")
    }
}

/// An address without what follows the host: it may be signed.
pub(super) fn without_path(address: &str) -> String {
    Origin::of(address)
        .map_or_else(|| "another address".to_owned(), |origin| format!("{}://{}", origin.scheme, origin.host))
}

/// The address of the next page in a `Link` header. Source: RFC 8288.
pub(super) fn next_page(link: &str) -> Option<String> {
    let next = link.split(',').find(|part| part.contains("rel=\"next\""))?;
    let (_, rest) = next.split_once('<')?;
    rest.split_once('>').map(|(address, _)| address.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_of_the_server_that_it_would_reach() {
        let hub = Origin::of("https://huggingface.co").unwrap();
        assert!(Origin::of("https://HuggingFace.co:443/x?y").as_ref() == Some(&hub));
        for other in
            ["http://huggingface.co", "https://huggingface.co.evil", "https://huggingface.co:8443", "https://b"]
        {
            assert!(Origin::of(other).as_ref() != Some(&hub), "{other}");
        }
        for none in
            ["https://huggingface.co@evil", "https://a:b@huggingface.co", "file:///etc/passwd", "/x", "", "https://"]
        {
            assert!(Origin::of(none).is_none(), "{none}");
        }
        let is_safe = |address: &str| Origin::of(address).is_some_and(|origin| origin.is_safe());
        assert!(is_safe("https://a.b") && is_safe("http://localhost:1") && is_safe("http://[::1]:1"));
        assert!(!is_safe("http://a.b") && !is_safe("http://localhost.evil") && !is_safe("http://127.0.0.2"));
        assert_eq!(without_path("https://storage.example/a?X-Signature=secret"), "https://storage.example");
    }

    #[test]
    fn the_next_page_is_the_one_with_that_relation() {
        let link = "<https://a/b?cursor=1>; rel=\"prev\", <https://a/b?cursor=3>; rel=\"next\"";
        assert_eq!(next_page(link).as_deref(), Some("https://a/b?cursor=3"));
        assert_eq!(next_page("<https://a/b>; rel=\"last\""), None);
    }
}
