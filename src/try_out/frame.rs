//! Whether the page of the Hub can show the app in its frame, by the headers of the answer.

use serde::Serialize;

use super::http::Answer;

/// The page that shows a Space.
const PAGE: &str = "huggingface.co";

/// The headers that decide about a frame, as they were sent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Frame {
    /// `X-Frame-Options`.
    pub x_frame_options: Option<String>,
    /// `Content-Security-Policy`, if it has `frame-ancestors`.
    pub frame_ancestors: Option<String>,
    /// `Set-Cookie`.
    pub cookies: Vec<String>,
}

impl Frame {
    pub(super) fn of(answers: &[Answer], masked: impl Fn(&str) -> String) -> Self {
        let last = answers.last().cloned().unwrap_or_default();
        let policies: Vec<&str> =
            last.values("content-security-policy").filter(|policy| ancestors(policy).is_some()).collect();
        let cookies = answers.iter().flat_map(|answer| answer.values("set-cookie"));
        Self {
            x_frame_options: last.values("x-frame-options").next().map(&masked),
            frame_ancestors: (!policies.is_empty()).then(|| masked(&policies.join(", "))),
            cookies: cookies.map(masked).collect(),
        }
    }

    /// Whether a header keeps the frame empty.
    #[must_use]
    pub fn is_refused(&self) -> bool {
        self.refusal().is_some()
    }

    /// The header that keeps the frame empty.
    pub(super) fn refusal(&self) -> Option<String> {
        if let Some(policies) = &self.frame_ancestors {
            // Browsers ignore the older header beside this one
            let refused = policies.split(',').filter_map(ancestors).find(|sources| !allows(sources));
            return refused.map(|sources| format!("Content-Security-Policy: frame-ancestors {}", sources.join(" ")));
        }
        let value = self.x_frame_options.as_deref()?;
        // Other values are ignored
        let refuses = value
            .split(',')
            .any(|word| word.trim().eq_ignore_ascii_case("deny") || word.trim().eq_ignore_ascii_case("sameorigin"));
        refuses.then(|| format!("X-Frame-Options: {value}"))
    }

    /// The names of cookies that browsers do not send from a frame of another site.
    pub(super) fn withheld_cookies(&self) -> Vec<&str> {
        self.cookies.iter().filter(|cookie| !is_sent(cookie)).map(|cookie| name(cookie)).collect()
    }
}

/// The sources in `frame-ancestors`.
fn ancestors(policy: &str) -> Option<Vec<&str>> {
    policy.split(';').find_map(|directive| {
        let mut words = directive.split_ascii_whitespace();
        words.next().filter(|name| name.eq_ignore_ascii_case("frame-ancestors"))?;
        Some(words.collect())
    })
}

fn allows(sources: &[&str]) -> bool {
    sources.iter().any(|source| {
        let source = source.to_ascii_lowercase();
        let host = source.strip_prefix("https://").unwrap_or(&source).trim_end_matches('/');
        matches!(&*source, "*" | "https:" | "https://*") || host == PAGE || host == format!("{PAGE}:443")
    })
}

fn name(cookie: &str) -> &str {
    cookie.split(['=', ';']).next().unwrap_or_default().trim()
}

fn is_sent(cookie: &str) -> bool {
    let has = |wanted: &str| cookie.split(';').skip(1).any(|attribute| attribute.trim().eq_ignore_ascii_case(wanted));
    // A cookie that is removed is not needed
    let is_removed = has("max-age=0") || has("max-age=-1") || cookie.contains("1970");
    is_removed || has("samesite=none") && has("secure")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(headers: &[(&str, &str)]) -> Frame {
        let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Frame::of(&[Answer { status: 200, headers }], str::to_owned)
    }

    #[test]
    fn headers_that_keep_the_frame_empty() {
        for (name, value, is_refused) in [
            ("x-frame-options", "DENY", true),
            ("x-frame-options", "SAMEORIGIN", true),
            ("x-frame-options", "ALLOW-FROM https://huggingface.co", false),
            ("content-security-policy", "default-src 'self'", false),
            ("content-security-policy", "default-src *; frame-ancestors 'self'", true),
            ("content-security-policy", "frame-ancestors 'none'", true),
            ("content-security-policy", "frame-ancestors", true),
            ("content-security-policy", "frame-ancestors 'self' https://huggingface.co", false),
            ("content-security-policy", "frame-ancestors https://*.huggingface.co", true),
            ("content-security-policy", "frame-ancestors huggingface.co", false),
            ("content-security-policy", "frame-ancestors *", false),
        ] {
            assert_eq!(frame(&[(name, value)]).refusal().is_some(), is_refused, "{name}: {value}");
        }
        let both = [("x-frame-options", "DENY"), ("content-security-policy", "frame-ancestors https:")];
        assert_eq!(frame(&both).refusal(), None, "the newer header counts");
        let two =
            [("content-security-policy", "frame-ancestors *"), ("content-security-policy", "frame-ancestors 'self'")];
        assert_eq!(frame(&two).refusal().as_deref(), Some("Content-Security-Policy: frame-ancestors 'self'"));
    }

    #[test]
    fn cookies_that_are_not_sent_from_a_frame() {
        let sent =
            frame(&[("set-cookie", "a=1; Path=/; SameSite=None; Secure"), ("set-cookie", "b=1; secure;samesite=none")]);
        assert_eq!(sent.withheld_cookies(), Vec::<&str>::new());
        let withheld = frame(&[
            ("set-cookie", "a=1"),
            ("set-cookie", "b=1; SameSite=Lax; Secure"),
            ("set-cookie", "c; SameSite=None"),
        ]);
        assert_eq!(withheld.withheld_cookies(), ["a", "b", "c"]);
    }
}
