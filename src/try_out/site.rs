//! A try of a static Space: its files are served to this computer, and its page is asked for them.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use super::blame::Blame;
use super::error::TryError;
use super::http;
use super::judge;
use super::probe::Asked;
use super::space::Space;
use super::tried::{Fault, Probe, RunSeen, Tried};
use super::watcher::{Answering, Step, Watcher};
use super::{Trial, build};
use crate::apply::Scratch;
use crate::check::Level;
use crate::disk;
use crate::facts::seen_faults;
use crate::formats::html;
use crate::repo::Lines;
use crate::target::value_in_readme;

/// How long a browser may take for its request.
const REQUEST: Duration = Duration::from_secs(5);

/// The most that is read of a request, and of a file.
const HEAD_MOST: u64 = 16 * 1024;
const FILE_MOST: u64 = 64 << 20;

/// More files of a page than this are not asked for.
const LINKS_MOST: usize = 200;

/// Serves a folder until it is dropped.
struct Site {
    port: u16,
    ends: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

/// Tries a static Space.
///
/// # Errors
/// If its files cannot be copied, or the caller cancels.
pub(super) fn run(trial: &Trial<'_>, space: &Space<'_>, watcher: &mut dyn Watcher) -> Result<Tried, TryError> {
    let mut tried = Tried::default();
    tried.not_checked("UID, ownership, memory, PID 1", "a static Space runs no program");
    let page = space.app_file();
    watcher.step(Step::Start);
    if space.repo.get(&page).is_none() && value_in_readme(space.repo, "app_build_command").is_some() {
        tried.not_checked("the page", "`app_build_command` makes it, which only the Hub runs");
        return Ok(tried);
    }
    let scratch = Scratch::new()?;
    let folder = build::stage(space.repo, &scratch, "site")?;
    let site = Site::start(folder, page.clone())?;
    tried.run = Some(RunSeen { port: site.port, ..RunSeen::default() });
    watcher.step(Step::Probe);
    let host = space.host();
    let asked = Asked {
        port: site.port,
        other_port: None,
        host: &host,
        page: "/",
        begin: Instant::now(),
        patience: Duration::from_secs(2),
        cancel: &trial.cancel,
    };
    let answered = asked.wait(|| Ok(true), || watcher.tick())?;
    let blame = Blame::of(space.repo);
    if answered.is_ok() {
        let address = format!("http://127.0.0.1:{}", site.port);
        watcher.answers(&Answering { address: &address, container: None });
        tried.findings.extend(missing_files(space, &site, &page));
    } else {
        let message = format!("visitors get no page: `{page}` is not among the files that git would push");
        let spot = Some(("README.md".to_owned(), None));
        tried.findings.push(blame.fault(Step::Probe, message, seen_faults::NO_PAGE, spot));
    }
    let frame = super::Frame::of(&answered.answers, str::to_owned);
    tried.findings.extend(judge::frame(&blame, &frame));
    tried.frame = Some(frame);
    tried.probe = Some(Probe { status: answered.probe.status, ..answered.probe });
    Ok(tried)
}

/// The files that the page names and that are not there.
fn missing_files(space: &Space<'_>, site: &Site, page: &str) -> Vec<Fault> {
    let (Some(text), Some(lines)) = (space.repo.text(page), Lines::of(space.repo, page)) else { return Vec::new() };
    let folder = page.rsplit_once('/').map_or("", |(folder, _)| folder);
    let named = html::links(text).filter(|(link, _)| is_file(link)).take(LINKS_MOST);
    named
        .filter_map(|(link, place)| {
            let path = link.split(['?', '#']).next().unwrap_or_default();
            let url =
                if path.starts_with('/') { path.to_owned() } else { format!("/{folder}/{path}").replace("//", "/") };
            let status = http::get(site.port, &url, "localhost").ok()?.status;
            (status == 404).then(|| Fault {
                step: Step::Probe,
                level: Level::Error,
                rule: None,
                message: format!("the page names `{link}`, which is not among the files that git would push"),
                help: Some("add the file, or correct its name: upper and lower case differ on the Hub".to_owned()),
                file: Some(page.to_owned()),
                line: Some(lines.line(place.start)),
            })
        })
        .collect()
}

/// Whether a link certainly names a file of the Space: not another page, and nothing that code fills in.
fn is_file(link: &str) -> bool {
    const ENDINGS: [&str; 14] = [
        ".js", ".mjs", ".css", ".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".ico", ".wasm", ".json", ".mp3",
        ".mp4",
    ];
    let path = link.split(['?', '#']).next().unwrap_or_default();
    let is_plain = !link.contains([':', '{', '$', '<', ' ', '\\']) && !link.starts_with("//") && !path.contains("..");
    is_plain && ENDINGS.iter().any(|end| path.ends_with(end))
}

impl Site {
    fn start(folder: PathBuf, page: String) -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let port = listener.local_addr()?.port();
        let ends = Arc::new(AtomicBool::new(false));
        let flag = Arc::clone(&ends);
        let thread = thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if flag.load(Ordering::SeqCst) {
                    return;
                }
                let (folder, page) = (folder.clone(), page.clone());
                // A browser keeps connections open that it does not use
                thread::spawn(move || serve(&stream, &folder, &page));
            }
        });
        Ok(Self { port, ends, thread: Some(thread) })
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.ends.store(true, Ordering::SeqCst);
        // Wakes it up
        let _ = TcpStream::connect(("127.0.0.1", self.port));
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn serve(stream: &TcpStream, folder: &Path, page: &str) {
    let _ = stream.set_read_timeout(Some(REQUEST));
    let mut first = String::new();
    if BufReader::new(stream.take(HEAD_MOST)).read_line(&mut first).is_err() {
        return;
    }
    let mut words = first.split(' ');
    let (method, target) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let path = decoded(target.split(['?', '#']).next().unwrap_or_default());
    let content = path.and_then(|path| content(folder, page, path.trim_start_matches('/')));
    let (status, name, body) = match content {
        Some((name, bytes)) => ("200 OK", name, bytes),
        None => ("404 Not Found", "x.txt".to_owned(), b"not found\n".to_vec()),
    };
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        media_type(&name),
        body.len()
    );
    let mut stream = stream;
    let _ = stream.write_all(head.as_bytes());
    if method != "HEAD" {
        let _ = stream.write_all(&body);
    }
}

/// A file of the folder, through no link and not above it.
fn content(folder: &Path, page: &str, path: &str) -> Option<(String, Vec<u8>)> {
    let index = format!("{}/index.html", path.trim_end_matches('/'));
    let candidates = if path.is_empty() { vec![page.to_owned()] } else { vec![path.to_owned(), index] };
    candidates.into_iter().find_map(|name| {
        let is_below = disk::is_below(folder, Path::new(&name));
        let bytes = is_below.then(|| disk::read(&folder.join(&name), FILE_MOST).ok()).flatten()?;
        Some((name, bytes))
    })
}

fn decoded(path: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let mut rest = path.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        if *first == b'%' {
            let digits = std::str::from_utf8(after.get(..2)?).ok()?;
            bytes.push(u8::from_str_radix(digits, 16).ok()?);
            rest = &after[2..];
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    String::from_utf8(bytes).ok().filter(|path| !path.contains('\0'))
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "html" | "htm" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript",
        "css" => "text/css",
        "json" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "wasm" => "application/wasm",
        "txt" | "md" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repo::Repo;

    fn tried(files: &[(&str, &str)]) -> Tried {
        let files = files.iter().map(|(path, text)| (path.parse().unwrap(), text.as_bytes().to_vec()));
        Trial::of(&Repo::from_files(files)).run(&mut ()).unwrap()
    }

    const README: &str = "---\nsdk: static\n---\n";

    #[test]
    fn a_page_is_served_with_its_files() {
        let page = "<script src=\"app.js\"></script>\n<img src='/img/a.png'><a href=\"other\">x</a>";
        let tried = tried(&[("README.md", README), ("index.html", page), ("app.js", ""), ("img/a.png", "")]);
        assert!(tried.findings.is_empty(), "{:?}", tried.findings);
        let probe = tried.probe.unwrap();
        assert!(probe.status == Some(200) && probe.first_200_s.is_some());
        assert!(tried.not_checked[0].contains("UID") && tried.stop.is_none() && tried.oom.is_none());
    }

    #[test]
    fn what_the_page_lacks_is_found_with_its_line() {
        let tried = tried(&[
            ("README.md", README),
            ("index.html", "<html>\n<script src=\"App.js\"></script>\n"),
            ("app.js", ""),
        ]);
        let fault = &tried.findings[0];
        assert_eq!((fault.file.as_deref(), fault.line), (Some("index.html"), Some(2)));
        assert!(fault.message.contains("`App.js`"), "{}", fault.message);
    }

    #[test]
    fn a_missing_page_is_found() {
        let tried = tried(&[("README.md", README), ("home.html", "x")]);
        assert_eq!(tried.findings.len(), 1, "{:?}", tried.findings);
        assert_eq!((tried.findings[0].rule, tried.probe.unwrap().status), (Some("missing-app-file"), Some(404)));
    }

    #[test]
    fn nothing_above_the_folder_is_served() {
        let folder = tempfile::tempdir().unwrap();
        fs_err::create_dir(folder.path().join("site")).unwrap();
        fs_err::write(folder.path().join("secret"), "x").unwrap();
        let site = folder.path().join("site");
        for path in ["../secret", "%2e%2e/secret", "/etc/passwd", "a/../../secret"] {
            let path = decoded(path).unwrap();
            assert!(content(&site, "index.html", path.trim_start_matches('/')).is_none(), "{path}");
        }
        assert_eq!((decoded("%zz"), decoded("%2"), decoded("a%00")), (None, None, None));
    }
}
