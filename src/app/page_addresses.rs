//! Addresses of the visitor's own computer in code for the browser.

use std::collections::HashSet;
use std::ops::Range;

use super::build_names::{given_by, name_before, within_limits};
use super::paths::{folder_of, has_ending, within};
use crate::facts::page_code::{
    ADDRESS_CALLS, ADDRESS_NAMES, BROWSER_PACKAGES, GUARDS, OTHER_FOLDERS, PORTS_OF_VISITORS, SERVER_PACKAGES,
};
use crate::formats::package_json::PackageJson;
use crate::formats::{html, javascript};
use crate::order::Order;
use crate::repo::{File, Repo};

/// How much text around an address shows what it is for.
const NEAR: usize = 300;
/// The maximum number of addresses in a file, and of names that are looked up for a repository.
const ADDRESSES_MAX: usize = 200;
const NAMES_MAX: usize = 50;

const SCHEMES: [&str; 4] = ["http://", "https://", "ws://", "wss://"];
const HOSTS: [&str; 4] = ["localhost", "127.0.0.1", "0.0.0.0", "[::1]"];
/// What each address has, whatever its scheme.
const ADDRESSES: [&str; 4] = ["://localhost", "://127.0.0.1", "://0.0.0.0", "://[::1]"];
/// Folders of files that browsers get as they are.
const PUBLIC: [&str; 4] = ["static", "public", "www", "assets"];

/// An address of the visitor's own computer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LocalAddress {
    pub(crate) path: String,
    pub(crate) range: Range<usize>,
    /// Its scheme, host and port.
    pub(crate) address: String,
    /// The public name whose value the build uses instead, if it has one.
    pub(crate) unless: Option<String>,
}

/// The first one of each file of the pages.
pub(crate) fn local_addresses(repo: &Repo) -> Vec<LocalAddress> {
    let mut scripts: Option<HashSet<String>> = None;
    let mut names_left = NAMES_MAX;
    let files = within_limits(repo.files().filter(|file| is_code(file)));
    let found = files.into_iter().filter_map(|file| {
        let text = file.text().filter(|text| ADDRESSES.iter().any(|address| text.contains(address)))?;
        // Links of all pages are only followed for a file that would be reported
        let mut left = names_left;
        of_file(repo, file.path(), text, &mut left)?;
        let is_html = has_ending(file.name(), "html");
        let is_of_page = is_html
            || is_for_browsers(repo, file)
            || scripts.get_or_insert_with(|| scripts_of_pages(repo)).contains(file.path());
        is_of_page.then(|| of_file(repo, file.path(), text, &mut names_left)).flatten()
    });
    found.collect()
}

fn is_code(file: &File) -> bool {
    let (path, name) = (file.path(), file.name());
    let is_kind =
        ["html", "js", "jsx", "mjs", "ts", "tsx", "vue", "svelte"].iter().any(|ending| has_ending(name, ending));
    let is_other = [".test.", ".spec.", ".stories.", ".config.", ".min.", ".d.", ".server.", ".bundle."];
    let is_server = matches!(
        name.split('.').next(),
        Some("server" | "setupTests" | "setupProxy" | "gulpfile" | "vite" | "webpack")
    );
    let is_below = folder_of(path)
        .split('/')
        .any(|folder| OTHER_FOLDERS.contains(&folder) || (folder.len() > 1 && folder.starts_with('.')));
    is_kind && !is_server && !is_below && !is_other.iter().any(|part| name.contains(part))
}

/// Whether a file is in a folder that browsers get, or belongs to a package whose code runs there alone.
fn is_for_browsers(repo: &Repo, file: &File) -> bool {
    let folders = folder_of(file.path());
    if folders.split('/').any(|folder| PUBLIC.contains(&folder)) {
        return true;
    }
    let mut folder = folders;
    let manifest = loop {
        if let Some(text) = repo.text(&within(folder, "package.json")) {
            break text;
        }
        if folder.is_empty() {
            return false;
        }
        folder = folder_of(folder);
    };
    let below = file.path().strip_prefix(folder).unwrap_or_default().trim_start_matches('/');
    let may_be = below.starts_with("src/") && BROWSER_PACKAGES.iter().any(|name| manifest.contains(name));
    let Some(package) = Some(manifest).filter(|_| may_be).and_then(PackageJson::read) else { return false };
    let has = |names: &[&str]| names.iter().any(|name| package.dependency(name).is_some());
    has(BROWSER_PACKAGES) && !has(SERVER_PACKAGES)
}

/// The scripts that pages name.
fn scripts_of_pages(repo: &Repo) -> HashSet<String> {
    let pages = within_limits(repo.files().filter(|file| has_ending(file.name(), "html") && is_code(file)));
    let mut found = HashSet::new();
    for page in pages {
        for (link, _) in html::links(page.text().unwrap_or_default()) {
            let name =
                link.split(['?', '#']).next().unwrap_or_default().trim_start_matches("./").trim_start_matches('/');
            found.insert(within(folder_of(page.path()), name));
        }
    }
    found
}

fn of_file(repo: &Repo, path: &str, text: &str, names_left: &mut usize) -> Option<LocalAddress> {
    let is_html = has_ending(path, "html");
    let blank;
    let code = if is_html {
        text
    } else {
        blank = javascript::without_comments(text);
        &blank
    };
    // Code that a server runs, whatever its folder is called
    if ["require('fs')", "require(\"fs\")", "from 'fs'", "from \"fs\"", "node:", "express("]
        .iter()
        .any(|sign| code.contains(sign))
    {
        return None;
    }
    let mut places: Vec<_> = SCHEMES.iter().flat_map(|scheme| code.match_indices(scheme)).collect();
    places.order();
    places.into_iter().take(ADDRESSES_MAX).find_map(|(at, scheme)| {
        let rest = &code[at + scheme.len()..];
        let host = HOSTS.iter().find(|host| rest.starts_with(**host))?;
        let after = &rest[host.len()..];
        let digits = after
            .strip_prefix(':')
            .map_or(0, |port| 1 + port.len() - port.trim_start_matches(|char: char| char.is_ascii_digit()).len());
        let (port, behind) = after.split_at(digits);
        if PORTS_OF_VISITORS.contains(&port)
            || !(behind.is_empty() || behind.starts_with(['/', '"', '\'', '`', '$', '?']))
        {
            return None;
        }
        let before = code[..at].strip_suffix(['"', '\'', '`'])?;
        let unless = used(before, behind)?;
        if let Some(name) = &unless {
            *names_left = names_left.checked_sub(1)?;
            given_by(repo, path, name).is_none().then_some(())?;
        }
        let end = at + scheme.len() + host.len() + digits;
        Some(LocalAddress { path: path.to_owned(), range: at..end, address: code[at..end].to_owned(), unless })
    })
}

/// Whether code certainly uses an address that follows a text, with the public name that comes first.
#[expect(clippy::option_option, reason = "none if it may not be used; then none if nothing comes first")]
fn used(before: &str, behind: &str) -> Option<Option<String>> {
    let near = &before[before.floor_char_boundary(before.len().saturating_sub(NEAR))..];
    let behind = &behind[..behind.floor_char_boundary(100)];
    let is_guarded = |text: &str| GUARDS.iter().any(|sign| text.contains(sign));
    let trimmed = near.trim_end();
    if is_guarded(near) || is_guarded(behind) || trimmed.ends_with("==") {
        return None;
    }
    if let Some(rest) = trimmed.strip_suffix("||").or_else(|| trimmed.strip_suffix("??")) {
        return Some(Some(name_before(rest)?.to_owned()));
    }
    let line = near.rsplit(['\n', ';']).next().unwrap_or(near);
    if line.replace("?.", "").replace("??", "").contains('?') {
        return None;
    }
    let word = |text: &str| {
        let text = text.trim_end();
        let start =
            text.rfind(|char: char| !(char.is_alphanumeric() || matches!(char, '_' | '$'))).map_or(0, |at| at + 1);
        text[start..].to_owned()
    };
    let is_named = |text: &str| {
        // `API: string = ".."` has its type between the two
        let lower = word(text.rsplit_once(": ").map_or(text, |(name, _)| name)).to_ascii_lowercase();
        ADDRESS_NAMES.iter().any(|name| lower.contains(name))
    };
    let is_used = if let Some(rest) = trimmed.strip_suffix('(') {
        ADDRESS_CALLS.contains(&word(rest).as_str())
    } else if let Some(rest) = trimmed.strip_suffix(':') {
        is_named(rest.trim_end_matches(['"', '\'']))
    } else if let Some(rest) = trimmed.strip_suffix('=') {
        is_named(rest) || is_named(rest.rsplit('\n').next().unwrap_or(rest))
    } else {
        trimmed.ends_with("return") || trimmed.ends_with("=>")
    };
    is_used.then_some(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(files: &[(&str, &str)]) -> Vec<String> {
        let files = files.iter().map(|(path, text)| (path.parse().unwrap(), text.as_bytes().to_vec()));
        let found = local_addresses(&Repo::from_files(files));
        let unless = |name: Option<String>| name.map(|name| format!(" unless {name}")).unwrap_or_default();
        found.into_iter().map(|found| format!("{}: {}{}", found.path, found.address, unless(found.unless))).collect()
    }

    #[test]
    fn an_address_that_the_page_calls_is_found() {
        for code in [
            "const API_BASE = \"http://localhost:8000\";",
            "fetch('http://127.0.0.1:5000/predict', {})",
            "fetch(`http://localhost:8000/x/${id}`)",
            "new WebSocket(\"ws://localhost:8000/ws\")",
            "axios.create({ baseURL: 'http://localhost:8000' })",
            "const url: string = \"http://localhost:8000/api\"",
        ] {
            assert_eq!(found(&[("static/app.js", code)]).len(), 1, "{code}");
        }
        let page = "<form action=\"http://localhost:8000/send\">";
        assert_eq!(found(&[("index.html", page)]), ["index.html: http://localhost:8000"]);
        let named = ("web/index.html", "<script src=\"./main.js\"></script>");
        assert_eq!(found(&[named, ("web/main.js", "fetch('http://localhost:1/')")]).len(), 1);
        let package = ("package.json", "{\"devDependencies\": {\"vite\": \"7\"}}");
        assert_eq!(found(&[package, ("src/api.ts", "export const API_URL = 'http://localhost:8000'")]).len(), 1);
    }

    #[test]
    fn an_address_that_may_not_be_called_is_not() {
        for code in [
            "// fetch('http://localhost:8000')",
            "const base = location.hostname === 'localhost' ? 'http://localhost:8000' : ''",
            "const url = import.meta.env.DEV ? 'http://localhost:8000' : '/api'",
            "if (process.env.NODE_ENV === 'development') {\n  url = 'http://localhost:8000'\n}",
            "const origins = ['http://localhost:3000', 'https://example.org']",
            "if (origin === 'http://localhost:3000') {}",
            "console.log('http://localhost:3000')",
            "const api = config.api || 'http://localhost:8000'",
            "const url = 'http://localhost:11434/api/chat'",
            "const url = 'http://localhost.example.org'",
            "const [url, setUrl] = useState('http://localhost:8000')",
            "const fs = require('fs'); fetch('http://localhost:8000')",
        ] {
            assert_eq!(found(&[("static/app.js", code)]), [""; 0], "{code}");
        }
        let call = "fetch('http://localhost:8000')";
        for path in
            ["server.js", "src/api.ts", "docs/index.html", "vite.config.ts", "static/app.test.js", "static/vendor/a.js"]
        {
            assert_eq!(found(&[(path, call)]), [""; 0], "{path}");
        }
        let next = ("package.json", "{\"dependencies\": {\"next\": \"15\", \"vite\": \"7\"}}");
        assert_eq!(found(&[next, ("src/lib/api.ts", call)]), [""; 0], "may run on the server");
        assert_eq!(
            found(&[("index.html", "<p>Open http://localhost:8000</p><input placeholder=\"http://localhost:80\">")]),
            [""; 0]
        );
    }

    #[test]
    fn the_name_of_a_default_is_said_unless_the_build_has_it() {
        let package = ("package.json", "{\"devDependencies\": {\"vite\": \"7\"}}");
        let code = ("src/api.ts", "const api = import.meta.env.VITE_API || 'http://localhost:8000'");
        assert_eq!(found(&[package, code]), ["src/api.ts: http://localhost:8000 unless VITE_API"]);
        assert_eq!(found(&[package, code, ("Dockerfile", "FROM node\nARG VITE_API\nRUN npm run build")]), [""; 0]);
        assert_eq!(found(&[package, code, (".env.production", "VITE_API=/api")]), [""; 0]);
    }
}
