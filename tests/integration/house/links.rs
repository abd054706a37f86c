//! Relative links in documents lead to files and headings that exist.

use std::path::{Component, Path, PathBuf};

use crate::support::{files_under, root};

/// Whether a file is a page.
fn is_page(file: &str) -> bool {
    Path::new(file).extension().is_some_and(|extension| extension == "md")
}

/// The documents that people read.
fn documents() -> Vec<String> {
    let pages = files_under(&root().join("docs")).into_iter().filter(|file| is_page(file));
    let others = ["README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "templates/README.md"];
    others.map(str::to_owned).into_iter().chain(pages.map(|page| format!("docs/{page}"))).collect()
}

/// A text without its blocks of code and without code in lines.
fn prose(text: &str) -> String {
    let mut in_block = false;
    let mut prose = String::new();
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            in_block = !in_block;
        } else if !in_block {
            prose.push_str(line);
            prose.push('\n');
        }
    }
    prose
}

/// The targets of links and images, without those to other places.
fn links(text: &str) -> Vec<String> {
    let text = prose(text);
    let targets = text.split("](").skip(1).filter_map(|rest| rest.split_once(')')).map(|(target, _)| target.to_owned());
    targets.filter(|target| !target.contains("://") && !target.starts_with("mailto:")).collect()
}

/// The anchors of a document: those of its headings, as GitHub makes them, and its own.
fn anchors(text: &str) -> Vec<String> {
    let text = prose(text);
    let headings = text.lines().filter(|line| line.starts_with('#')).map(|line| {
        let heading = line.trim_start_matches('#').trim().to_lowercase();
        let kept = heading.chars().filter(|char| char.is_alphanumeric() || " -_".contains(*char));
        kept.map(|char| if char == ' ' { '-' } else { char }).collect()
    });
    let own = text.split("<a id=\"").skip(1).filter_map(|rest| rest.split_once('"')).map(|(id, _)| id.to_owned());
    headings.chain(own).collect()
}

/// A path with its `..` resolved.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => drop(plain.pop()),
            other => plain.push(other),
        }
    }
    plain
}

/// Why a link in a document leads nowhere.
fn fault(document: &str, link: &str) -> Option<String> {
    let (file, anchor) = link.split_once('#').map_or((link, None), |(file, anchor)| (file, Some(anchor)));
    let folder = Path::new(document).parent().unwrap();
    let target = if file.is_empty() { PathBuf::from(document) } else { plain(&folder.join(file)) };
    let path = root().join(&target);
    if !path.exists() {
        return Some(format!("{document}: `{link}` does not exist"));
    }
    let anchor = anchor?;
    let text = fs_err::read_to_string(&path).unwrap();
    let is_there = anchors(&text).iter().any(|known| known == anchor);
    (!is_there).then(|| format!("{document}: `{}` has no heading `#{anchor}`", target.display()))
}

#[test]
fn every_link_leads_somewhere() {
    let mut seen = 0;
    let mut faults = Vec::new();
    for document in documents() {
        for link in links(&fs_err::read_to_string(root().join(&document)).unwrap()) {
            seen += 1;
            faults.extend(fault(&document, &link));
        }
    }
    assert!(seen > 40, "only {seen} links");
    assert_eq!(faults, Vec::<String>::new());
}

/// Each page can be reached from the index of `docs/`.
#[test]
fn the_index_lists_every_page() {
    let index = links(&fs_err::read_to_string(root().join("docs/README.md")).unwrap());
    for page in files_under(&root().join("docs")).iter().filter(|page| is_page(page) && *page != "README.md") {
        assert!(index.contains(page), "docs/README.md does not link {page}");
    }
}

#[test]
fn a_link_that_leads_nowhere_is_found() {
    assert_eq!(links("[a](b.md) `c` ![d](e.svg#f) [g](https://h)\n```\n[i](j)\n```\n"), ["b.md", "e.svg#f"]);
    assert_eq!(anchors("# A `b-c`, d!\n<a id=\"x-y\"></a>\n"), ["a-b-c-d", "x-y"]);
    assert!(fault("docs/README.md", "nothing.md").is_some());
    assert!(fault("docs/README.md", "../README.md#no-such-heading").is_some());
    assert_eq!(fault("docs/README.md", "../README.md#install"), None);
}
