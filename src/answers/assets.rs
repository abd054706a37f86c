//! The files to bundle: checked first, copied when the plan is written.

use std::collections::BTreeSet;
use std::io::Read;
use std::path::{Path, PathBuf};

use super::lfs;
use crate::answers::{SpecError, SpecErrors};
use crate::disk;
use crate::escape::shown;
use crate::order::Order;
use crate::plan::{Plan, PlannedFile};
use crate::values::{Invalid, RepoPath};

/// How much of a file is read to detect binary files; as much as git reads.
const HEAD_BYTES: u64 = 8000;

/// The maximum number of files in one folder to bundle, far above what a Space's repository can hold.
const FILES_MAX: usize = 100_000;

/// Names that the generated `.gitignore` excludes from the repository, so that bundling them would have no effect.
const IGNORED: [&str; 8] =
    [".env", ".env.local", "__pycache__", ".venv", "venv", ".gradio", "node_modules", ".DS_Store"];

/// The maximum depth of folders, which no real folder reaches.
const DEPTH_MAX: usize = 64;

/// A file or folder to bundle, as the user named it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssetPath(String);

impl AssetPath {
    /// The path.
    #[must_use]
    pub fn as_path(&self) -> &Path {
        Path::new(&self.0)
    }

    /// Its path in the repository. None for a path without a name, such as `..`.
    pub(super) fn place(&self) -> Option<RepoPath> {
        place(self.as_path())
    }
}

impl std::str::FromStr for AssetPath {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        Ok(Self(text.to_owned()))
    }
}

/// A file to bundle.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Asset {
    path: RepoPath,
    from: PathBuf,
    bytes: u64,
    own_pattern: bool,
}

/// The files to bundle, each with its path under `assets/`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Assets {
    named: Vec<PathBuf>,
    files: Vec<Asset>,
}

impl Assets {
    /// Checks files and folders: that they can be read, that no link leads out of them, how large they are.
    ///
    /// # Errors
    /// One for each path that cannot be bundled.
    pub fn inspect(paths: &[PathBuf]) -> Result<Self, SpecErrors> {
        let mut files: Vec<Asset> = Vec::new();
        let mut places = BTreeSet::new();
        let mut errors = Vec::new();
        for path in paths {
            match inspect_one(path) {
                Ok(found) => {
                    let (fresh, taken): (Vec<_>, Vec<_>) =
                        found.into_iter().partition(|asset| places.insert(asset.path.as_str().to_lowercase()));
                    let twice = |asset: Asset| {
                        refusal(path, &format!("two files would have the path `{}`", asset.path), "rename one of them")
                    };
                    errors.extend(taken.into_iter().map(twice));
                    files.extend(fresh);
                }
                Err(error) => errors.push(error),
            }
        }
        files.order_by(|a, b| a.path.cmp(&b.path));
        if errors.is_empty() { Ok(Self { named: paths.to_vec(), files }) } else { Err(SpecErrors(errors)) }
    }

    /// Whether these are the named assets.
    pub(crate) fn are(&self, paths: &[AssetPath]) -> bool {
        self.named.iter().map(PathBuf::as_path).eq(paths.iter().map(AssetPath::as_path))
    }

    /// The size of all files together.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.files.iter().map(|asset| asset.bytes).sum()
    }

    /// The files themselves, by their canonical paths.
    pub(crate) fn sources(&self) -> impl Iterator<Item = &Path> {
        self.files.iter().map(|asset| asset.from.as_path())
    }

    /// The patterns that `.gitattributes` needs for files without a listed ending.
    pub(crate) fn lfs_patterns(&self) -> impl Iterator<Item = String> {
        self.files.iter().filter(|asset| asset.own_pattern).map(|asset| lfs::pattern(asset.path.as_str()))
    }

    /// Adds the files to a plan. The error is a path that is taken.
    pub(crate) fn add_to(&self, mut plan: Plan) -> Result<Plan, RepoPath> {
        let files = self.files.iter();
        plan.add_all(files.map(|asset| (asset.path.clone(), PlannedFile::copy(asset.from.clone(), asset.bytes))))?;
        Ok(plan)
    }
}

/// Checks a path that a person types: that it can be bundled.
pub(super) fn check_typed(text: &str) -> Result<(), Invalid> {
    let path = Path::new(text);
    if text.starts_with('~') && !path.exists() {
        return Err(Invalid::new("no shell expands the `~` here").hint("give the full path"));
    }
    inspect_one(path).map(|_| ()).map_err(|error| {
        let invalid = Invalid::new(error.message());
        match error.hint() {
            Some(hint) => invalid.hint(hint),
            None => invalid,
        }
    })
}

fn refusal(path: &Path, why: &str, hint: &str) -> SpecError {
    SpecError::new("assets", format!("`{}`: {why}", shown(&path.to_string_lossy()))).flagged("asset").hinted(hint)
}

/// The path of an asset in the repository: its own name, under `assets/`. None for a path without a name, such as `..`.
pub(crate) fn place(path: &Path) -> Option<RepoPath> {
    format!("assets/{}", path.file_name()?.to_str()?).parse().ok()
}

fn inspect_one(path: &Path) -> Result<Vec<Asset>, SpecError> {
    let refuse = |why: &str, hint: &str| refusal(path, why, hint);
    let place = place(path)
        .ok_or_else(|| refuse("its name cannot be used in a repository", "give the file or folder itself"))?;
    let real = fs_err::canonicalize(path).map_err(|error| refuse(&reason(&error), "check the path"))?;
    let beside = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let beside = fs_err::canonicalize(beside).map_err(|error| refuse(&reason(&error), "check the path"))?;
    if path.is_symlink() && !real.starts_with(&beside) {
        return Err(refuse("it is a link that leads out of its folder", "give the file that it leads to"));
    }
    let mut walk = Walk { named: path, root: real.clone(), files: Vec::new() };
    walk.visit(&real, &place, 0)?;
    if walk.files.is_empty() {
        return Err(refuse("there is no file in it", "leave it out"));
    }
    Ok(walk.files)
}

/// The message of the operating system, without the words that our message already has.
fn reason(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file".to_owned(),
        std::io::ErrorKind::PermissionDenied => "it may not be read".to_owned(),
        _ => error.to_string(),
    }
}

struct Walk<'a> {
    named: &'a Path,
    root: PathBuf,
    files: Vec<Asset>,
}

impl Walk<'_> {
    fn visit(&mut self, from: &Path, place: &RepoPath, depth: usize) -> Result<(), SpecError> {
        let refuse = |why: String, hint: &str| refusal(self.named, &why, hint);
        if IGNORED.contains(&place.file_name()) {
            return Err(refuse(format!("`{place}` would not be pushed: .gitignore excludes it"), "leave it out"));
        }
        if self.files.len() >= FILES_MAX {
            return Err(refuse(format!("it holds more than {FILES_MAX} files"), "bundle an archive of it"));
        }
        let real =
            fs_err::canonicalize(from).map_err(|error| refuse(format!("`{place}`: {}", reason(&error)), "check it"))?;
        if !real.starts_with(&self.root) {
            return Err(refuse(
                format!("`{place}` is a link that leads out of it"),
                "replace the link by what it leads to",
            ));
        }
        let about =
            fs_err::metadata(&real).map_err(|error| refuse(format!("`{place}`: {}", reason(&error)), "check it"))?;
        if about.is_dir() {
            return self.visit_folder(&real, place, depth);
        }
        if !about.is_file() {
            return Err(refuse(format!("`{place}` is neither a file nor a folder"), "leave it out"));
        }
        let head = head(&real).map_err(|error| refuse(format!("`{place}`: {}", reason(&error)), "make it readable"))?;
        let own_pattern = lfs::needs_own_pattern(place.file_name(), about.len(), &head);
        self.files.push(Asset { path: place.clone(), from: real, bytes: about.len(), own_pattern });
        Ok(())
    }

    fn visit_folder(&mut self, folder: &Path, place: &RepoPath, depth: usize) -> Result<(), SpecError> {
        let refuse = |why: String, hint: &str| refusal(self.named, &why, hint);
        if depth > DEPTH_MAX {
            return Err(refuse(
                format!("`{place}` is too deep: a link leads back into its own folder"),
                "remove the link",
            ));
        }
        let unreadable = |error: std::io::Error| refuse(format!("`{place}`: {}", reason(&error)), "make it readable");
        let mut names = Vec::new();
        for entry in fs_err::read_dir(folder).map_err(unreadable)? {
            names.push(entry.map_err(unreadable)?.file_name());
        }
        names.order();
        for name in names {
            let inside = name.to_str().and_then(|name| format!("{place}/{name}").parse::<RepoPath>().ok());
            let Some(inside) = inside else {
                let why =
                    format!("`{}` in it has a name that is invalid in a repository", shown(&name.to_string_lossy()));
                return Err(refuse(why, "rename it or leave it out"));
            };
            self.visit(&folder.join(&name), &inside, depth + 1)?;
        }
        Ok(())
    }
}

fn head(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut head = Vec::new();
    let (file, _) = disk::open(path).map_err(|why| std::io::Error::other(why.to_string()))?;
    file.take(HEAD_BYTES).read_to_end(&mut head)?;
    Ok(head)
}
