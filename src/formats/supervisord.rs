//! Settings of supervisor: `supervisord.conf`.
//!
//! Source: <https://supervisord.org/configuration.html>; its parser is Python's `RawConfigParser` with `;` before a comment
//! within a line.

use std::ops::Range;

use super::Placed;

/// A section such as `[program:web]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Section {
    pub(crate) name: Placed,
    /// The keys, in lower case, with their values.
    pub(crate) settings: Vec<Setting>,
}

/// A key with its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Setting {
    pub(crate) key: String,
    pub(crate) value: String,
    /// The whole line, without the line break, and the lines that continue it.
    pub(crate) range: Range<usize>,
}

impl Section {
    /// The last setting of a key, which counts.
    pub(crate) fn get(&self, key: &str) -> Option<&Setting> {
        self.settings.iter().rev().find(|setting| setting.key == key)
    }
}

/// A longer file is not read.
const LARGEST: usize = 64 * 1024;

/// The sections of a file; none if it is not one of supervisor, which has `[supervisord]` or a program.
pub(crate) fn sections(text: &str) -> Option<Vec<Section>> {
    if text.len() > LARGEST {
        return None;
    }
    let mut sections: Vec<Section> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let line = line.trim_end();
        if line.is_empty() || line.trim_start().starts_with([';', '#']) {
            continue;
        }
        let range = start..start + line.len();
        // A line that begins with a blank continues a value
        if line.starts_with([' ', '\t']) {
            if let Some(setting) = sections.last_mut().and_then(|section| section.settings.last_mut()) {
                setting.value.push('\n');
                setting.value.push_str(line.split(" ;").next().unwrap_or_default().trim());
                setting.range.end = range.end;
            }
            continue;
        }
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.split(']').next()) {
            sections.push(Section { name: Placed { text: name.to_owned(), range }, settings: Vec::new() });
        } else if let (Some(section), Some((key, value))) = (sections.last_mut(), line.split_once(['=', ':'])) {
            let value = value.split(" ;").next().unwrap_or_default().trim().to_owned();
            section.settings.push(Setting { key: key.trim().to_ascii_lowercase(), value, range });
        }
    }
    let is_its = |section: &Section| section.name.text == "supervisord" || section.name.text.starts_with("program:");
    sections.iter().any(is_its).then_some(sections)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_have_settings_with_places() {
        let text = "; no\n[supervisord]\nnodaemon=true\nUser = root ; why\r\n\n[program:web]\ncommand=a --b=c\n  d\nenvironment:A=1\n";
        let read = sections(text).unwrap();
        let [own, web] = &*read else { panic!("two") };
        let user = own.get("user").unwrap();
        assert_eq!((user.value.as_str(), &text[user.range.clone()]), ("root", "User = root ; why"));
        assert_eq!((web.name.text.as_str(), web.get("command").unwrap().value.as_str()), ("program:web", "a --b=c\nd"));
        assert_eq!(web.get("environment").unwrap().value, "A=1");
    }

    #[test]
    fn what_is_of_another_program_is_not_read() {
        for text in ["", "a=1\n", "[server]\nport=1\n", "[\n", "server { listen 80; }\n"] {
            assert_eq!(sections(text), None, "{text}");
        }
        assert_eq!(sections(&format!("[supervisord]\n{}", "a=1\n".repeat(LARGEST))), None);
    }
}
