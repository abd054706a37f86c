//! Compares logs: a client with its recorded log, and `spaces-new` with those of the real clients.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::checks::is_hex;

/// Headers that say nothing about what is asked, or that change from run to run.
const LEFT_OUT: [&str; 8] = [
    "host",
    "user-agent",
    "x-amzn-trace-id",
    "connection",
    "accept-encoding",
    "accept-language",
    "sec-fetch-mode",
    "cookie",
];
/// Keys whose values are words of the protocol.
const WORDS: [&str; 7] = ["operation", "transfers", "hash_algo", "algo", "encoding", "type", "repoType"];

/// Reads the lines of a log.
pub fn parse(lines: &str) -> Vec<Value> {
    lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// A log without what changes from run to run, for a file.
pub fn normal(lines: &[String]) -> String {
    let mut entries = parse(&lines.join("\n"));
    for entry in &mut entries {
        let Some(headers) = entry["headers"].as_object_mut() else { continue };
        headers.retain(|name, _| !LEFT_OUT.contains(&name.as_str()));
        if let Some(length) = headers.get_mut("content-length").filter(|length| **length != "0") {
            *length = "<bytes>".into();
        }
        headers.sort_keys();
    }
    // Large files are sent at the same time, in any order
    for run in entries.chunk_by_mut(|one, other| is_transfer(one) == is_transfer(other)) {
        if is_transfer(&run[0]) {
            // In an order that can be sent again: the contents come before what speaks of them
            run.sort_by_cached_key(|entry| {
                let text = format!("{} {} {}", entry["path"], entry["query"], entry["json"]);
                (entry["host"] != "storage", text)
            });
        }
    }
    entries.iter().map(|entry| format!("{entry}\n")).collect()
}

fn is_transfer(entry: &Value) -> bool {
    let path = entry["path"].as_str().unwrap_or_default();
    entry["host"] == "storage" || path.ends_with("complete_multipart") || path.ends_with("/verify")
}

/// What the requests with one method and path have in common, and in what they differ.
#[derive(Default)]
struct Shape {
    /// Media type, authorization and length.
    heads: BTreeMap<&'static str, BTreeSet<String>>,
    parameters: BTreeSet<String>,
    /// The objects of the bodies, by their places.
    objects: BTreeMap<String, Object>,
}

/// The objects at one place of bodies.
#[derive(Default)]
struct Object {
    /// The values of each key: their types, or the words of the protocol.
    keys: BTreeMap<String, BTreeSet<String>>,
    /// The keys that all of them have.
    always: Option<BTreeSet<String>>,
}

/// What our log has, and neither of the other logs: requests, headers, parameters, keys and types; and what all of theirs have, and ours
/// has not.
pub fn differences(ours: &[Value], theirs: &[Value]) -> Vec<String> {
    let mut shapes: BTreeMap<String, Shape> = BTreeMap::new();
    for entry in theirs {
        shapes.entry(call(entry)).or_default().add(entry);
    }
    let mut found = BTreeSet::new();
    for entry in ours {
        let call = call(entry);
        match shapes.get(&call) {
            None => drop(found.insert(format!("{call}: neither client makes this request"))),
            Some(shape) => found.extend(shape.misses(entry).into_iter().map(|what| format!("{call}: {what}"))),
        }
    }
    found.into_iter().collect()
}

/// The method, the host and the path of a request, without the names in it.
pub fn call(entry: &Value) -> String {
    let text = |key: &str| entry[key].as_str().unwrap_or_default();
    let mut parts: Vec<&str> = text("path").split('/').collect();
    if let Some(at) = parts.iter().position(|part| *part == "spaces") {
        // `/spaces/OWNER/NAME.git/info/..`, `/api/spaces/OWNER/NAME/..`
        let git = parts.get(at + 2).is_some_and(|name| name.strip_suffix(".git").is_some());
        parts.splice(at + 1..(at + 3).min(parts.len()), [if git { "ID.git" } else { "ID" }]);
    }
    let parts = parts.into_iter().map(|part| if is_hex(part, 40) || is_hex(part, 64) { "HASH" } else { part });
    format!("{} {} {}", text("method"), text("host"), parts.collect::<Vec<_>>().join("/"))
}

impl Shape {
    fn add(&mut self, entry: &Value) {
        for (name, value) in heads(entry) {
            self.heads.entry(name).or_default().insert(value);
        }
        self.parameters.extend(parameters(entry));
        for (place, map) in objects(entry) {
            let object = self.objects.entry(place).or_default();
            for (key, value) in &map {
                object.keys.entry(key.clone()).or_default().extend(kinds(key, value));
            }
            let keys: BTreeSet<String> = map.into_iter().map(|(key, _)| key).collect();
            object.always = Some(match object.always.take() {
                Some(always) => always.intersection(&keys).cloned().collect(),
                None => keys,
            });
        }
    }

    /// What a request of ours has that these have not, and the reverse.
    fn misses(&self, entry: &Value) -> Vec<String> {
        let mut found = Vec::new();
        for (name, value) in heads(entry) {
            if !self.heads[name].contains(&value) {
                found.push(format!("{name} is `{value}`, theirs: {:?}", self.heads[name]));
            }
        }
        for name in parameters(entry).difference(&self.parameters) {
            found.push(format!("neither client sends the parameter `{name}`"));
        }
        for (place, map) in objects(entry) {
            let Some(object) = self.objects.get(&place) else {
                found.push(format!("neither client sends `{place}`"));
                continue;
            };
            for (key, value) in &map {
                let known = object.keys.get(key);
                for kind in kinds(key, value) {
                    match known {
                        None => found.push(format!("neither client sends `{place}.{key}`")),
                        Some(known) if !known.contains(&kind) => {
                            found.push(format!("`{place}.{key}` is {kind}, theirs: {known:?}"));
                        }
                        Some(_) => {}
                    }
                }
            }
            for key in object.always.iter().flatten().filter(|key| !map.contains_key(*key)) {
                found.push(format!("theirs always have `{place}.{key}`"));
            }
        }
        found
    }
}

/// What counts of the headers.
fn heads(entry: &Value) -> [(&'static str, String); 3] {
    let header = |name: &str| entry["headers"][name].as_str();
    let length = match (header("content-length"), header("transfer-encoding")) {
        (_, Some(coding)) => coding,
        // Nothing has no length, or the length zero
        (None | Some("0"), None) => "no body",
        (Some(_), None) => "length",
    };
    [
        ("content-type", header("content-type").unwrap_or("none").to_ascii_lowercase()),
        ("authorization", header("authorization").unwrap_or("none").to_owned()),
        ("length", length.to_owned()),
    ]
}

fn parameters(entry: &Value) -> BTreeSet<String> {
    let query = entry["query"].as_str().unwrap_or_default();
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    pairs.map(|pair| pair.split('=').next().unwrap_or(pair).to_owned()).collect()
}

/// The objects of a body with their places.
fn objects(entry: &Value) -> Vec<(String, Map<String, Value>)> {
    let mut found = Vec::new();
    if let Some(json) = entry.get("json") {
        collect("body", json, &mut found);
    }
    for line in entry["lines"].as_array().into_iter().flatten() {
        collect(line["key"].as_str().unwrap_or("?"), &line["value"], &mut found);
    }
    found
}

fn collect(place: &str, value: &Value, found: &mut Vec<(String, Map<String, Value>)>) {
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                collect(&format!("{place}.{key}"), value, found);
            }
            found.push((place.to_owned(), map.clone()));
        }
        Value::Array(values) => values.iter().for_each(|value| collect(&format!("{place}[]"), value, found)),
        _ => {}
    }
}

/// The type of a value, or the value itself if it is a word of the protocol.
fn kinds(key: &str, value: &Value) -> Vec<String> {
    match value {
        Value::Array(values) if WORDS.contains(&key) => values.iter().map(Value::to_string).collect(),
        Value::String(_) if WORDS.contains(&key) => vec![value.to_string()],
        Value::String(_) => vec!["a text".into()],
        Value::Number(_) => vec!["a number".into()],
        Value::Bool(_) => vec!["yes or no".into()],
        Value::Null => vec!["null".into()],
        Value::Array(_) => vec!["a list".into()],
        Value::Object(_) => vec!["an object".into()],
    }
}
