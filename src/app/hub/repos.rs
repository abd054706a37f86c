//! Models and datasets on the Hub in the code.

use std::collections::BTreeMap;

use crate::app::model::{App, Evidence, Seen};
use crate::app::project::{Project, PythonFile};
use crate::formats::python::{Call, Value};
use crate::values::RepoId;

/// The kind of repository that a call loads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Loads {
    Model,
    Dataset,
    /// A dataset if `repo_type` is that.
    Either,
}

/// How a call names what it loads: by position, and by keywords.
const LOADERS: [(&str, Loads, Option<usize>, &[&str]); 12] = [
    ("from_pretrained", Loads::Model, Some(0), &["pretrained_model_name_or_path", "repo_id"]),
    ("pipeline", Loads::Model, Some(1), &["model"]),
    ("load_dataset", Loads::Dataset, Some(0), &["path"]),
    ("hf_hub_download", Loads::Either, Some(0), &["repo_id"]),
    ("snapshot_download", Loads::Either, Some(0), &["repo_id"]),
    ("InferenceClient", Loads::Model, Some(0), &["model"]),
    ("AsyncInferenceClient", Loads::Model, Some(0), &["model"]),
    ("SentenceTransformer", Loads::Model, Some(0), &["model_name_or_path"]),
    ("CrossEncoder", Loads::Model, Some(0), &["model_name"]),
    ("WhisperModel", Loads::Model, Some(0), &["model_size_or_path"]),
    ("HuggingFaceEmbeddings", Loads::Model, None, &["model_name"]),
    ("HuggingFaceEndpoint", Loads::Model, None, &["repo_id"]),
];

/// The maximum number on a card.
const REPOS_MAX: usize = 100;

/// Adds them to an app, each once.
pub(in crate::app) fn fill(project: &Project<'_>, files: &[&PythonFile<'_>], app: &mut App) {
    let mut found: BTreeMap<(Kind, String), Evidence> = BTreeMap::new();
    for file in files {
        for call in &file.source.calls {
            let Some(repo) = loaded(project, file, call) else { continue };
            let evidence = file.evidence(call.at, format!("calls `{}(..)`", call.written));
            found.entry(repo).or_insert(evidence);
        }
    }
    for ((kind, id), evidence) in found.into_iter().take(REPOS_MAX) {
        let list = match kind {
            Kind::Dataset => &mut app.datasets,
            Kind::Model => &mut app.models,
        };
        list.push(Seen::certain(id, evidence));
    }
}

/// The kind of a repository on the Hub.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Dataset,
    Model,
}

fn loaded(project: &Project<'_>, file: &PythonFile<'_>, call: &Call<'_>) -> Option<(Kind, String)> {
    if call.path == "gradio.load" {
        let name = call.positional(0).or(call.keyword("name"))?.as_text()?;
        let id = name.strip_prefix("models/").or_else(|| name.strip_prefix("huggingface/"))?;
        return Some((Kind::Model, checked(project, id)?));
    }
    let (_, loads, place, keywords) = LOADERS.iter().find(|(method, ..)| *method == call.method())?;
    let by_keyword = || keywords.iter().find_map(|keyword| call.keyword(keyword));
    let value = place.and_then(|place| call.positional(place)).or_else(by_keyword)?;
    let value = match value {
        Value::Name(name) => file.source.constant(name)?,
        value => value,
    };
    let id = checked(project, value.as_text()?)?;
    let is_dataset = match loads {
        Loads::Model => false,
        Loads::Dataset => true,
        Loads::Either => match call.keyword("repo_type").and_then(Value::as_text) {
            None | Some("model") => false,
            Some("dataset") => true,
            Some(_) => return None,
        },
    };
    Some((if is_dataset { Kind::Dataset } else { Kind::Model }, id))
}

/// `owner/name` on the Hub, and not a folder of this repository.
fn checked(project: &Project<'_>, id: &str) -> Option<String> {
    let is_here = id.starts_with(['.', '/', '~']) || project.repo.has_folder(id) || project.repo.get(id).is_some();
    let ending = id.rsplit_once('.').map_or("", |(_, ending)| ending);
    let is_file = matches!(ending, "json" | "csv" | "pt" | "pth" | "bin" | "onnx" | "txt" | "pkl" | "safetensors");
    let names_owner = id.matches('/').count() == 1;
    (names_owner && !is_here && !is_file && id.parse::<RepoId>().is_ok()).then(|| id.to_owned())
}
