//! `Cargo.toml`. Source: <https://doc.rust-lang.org/cargo/reference/manifest.html>.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The maximum number of programs of a package, of features, and of folders of a workspace.
const LIST_MAX: usize = 64;

/// The programs of a manifest.
#[derive(Debug, Default)]
pub(crate) struct CargoManifest {
    pub(crate) package: Option<CargoPackage>,
    /// The explicitly listed programs.
    pub(crate) programs: Vec<CargoProgram>,
    /// The features that are on by default.
    pub(crate) default_features: Vec<String>,
    pub(crate) workspace: Option<CargoWorkspace>,
}

/// The table `package`.
#[derive(Debug)]
pub(crate) struct CargoPackage {
    pub(crate) name: String,
    /// The program that `cargo run` starts, and the place of its name.
    pub(crate) default_run: Option<(String, Range<usize>)>,
    /// Whether programs are discovered by their paths, if the manifest says.
    pub(crate) autobins: Option<bool>,
    /// Whether the edition is 2015, the default of a manifest without one.
    pub(crate) is_first_edition: bool,
}

/// A table `bin`.
#[derive(Debug)]
pub(crate) struct CargoProgram {
    pub(crate) name: String,
    pub(crate) path: Option<String>,
    pub(crate) required_features: Vec<String>,
}

/// The table `workspace`, with the patterns of its folders as written.
#[derive(Debug)]
pub(crate) struct CargoWorkspace {
    pub(crate) default_members: Option<Vec<String>>,
    pub(crate) members: Option<Vec<String>>,
    pub(crate) exclude: Vec<String>,
}

impl CargoManifest {
    /// Reads a manifest; none if it is malformed.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let root = DeTable::parse(text).ok()?;
        let root = root.get_ref();
        let programs = array(root, "bin").into_iter().flatten().filter_map(|bin| program(as_table(bin)?));
        let features = table(root, "features");
        Some(Self {
            package: table(root, "package").and_then(package),
            programs: programs.take(LIST_MAX).collect(),
            default_features: features.and_then(|features| texts(features, "default")).unwrap_or_default(),
            workspace: table(root, "workspace").map(|workspace| CargoWorkspace {
                default_members: texts(workspace, "default-members"),
                members: texts(workspace, "members"),
                exclude: texts(workspace, "exclude").unwrap_or_default(),
            }),
        })
    }
}

fn package(table: &DeTable<'_>) -> Option<CargoPackage> {
    let default_run = table.get("default-run").and_then(|value| Some((as_text(value)?.to_owned(), value.span())));
    Some(CargoPackage {
        name: text(table, "name")?.to_owned(),
        default_run,
        autobins: table.get("autobins").and_then(|value| value.get_ref().as_bool()),
        is_first_edition: table.get("edition").is_none_or(|edition| as_text(edition) == Some("2015")),
    })
}

fn program(table: &DeTable<'_>) -> Option<CargoProgram> {
    Some(CargoProgram {
        name: text(table, "name")?.to_owned(),
        path: text(table, "path").map(str::to_owned),
        required_features: texts(table, "required-features").unwrap_or_default(),
    })
}

type Value<'t> = Spanned<DeValue<'t>>;

fn table<'t, 'd>(parent: &'t DeTable<'d>, key: &str) -> Option<&'t DeTable<'d>> {
    as_table(parent.get(key)?)
}

fn array<'t, 'd>(parent: &'t DeTable<'d>, key: &str) -> Option<&'t [Value<'d>]> {
    match parent.get(key)?.get_ref() {
        DeValue::Array(array) => Some(array),
        _ => None,
    }
}

fn text<'t>(parent: &'t DeTable<'_>, key: &str) -> Option<&'t str> {
    as_text(parent.get(key)?)
}

fn texts(parent: &DeTable<'_>, key: &str) -> Option<Vec<String>> {
    Some(array(parent, key)?.iter().filter_map(as_text).take(LIST_MAX).map(str::to_owned).collect())
}

fn as_table<'t, 'd>(value: &'t Value<'d>) -> Option<&'t DeTable<'d>> {
    match value.get_ref() {
        DeValue::Table(table) => Some(table),
        _ => None,
    }
}

fn as_text<'t>(value: &'t Value<'_>) -> Option<&'t str> {
    match value.get_ref() {
        DeValue::String(text) => Some(text),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_features_and_workspaces_are_read() {
        let text = "[package]\nname = \"a\"\ndefault-run = \"b\"\nautobins = false\n\
            [[bin]]\nname = \"b\"\npath = \"b.rs\"\nrequired-features = [\"x\"]\n[[bin]]\npath = \"c.rs\"\n\
            [features]\ndefault = [\"x\"]\n[workspace]\nmembers = [\"crates/*\"]\n";
        let manifest = CargoManifest::read(text).unwrap();
        let package = manifest.package.unwrap();
        let (run, place) = package.default_run.unwrap();
        assert_eq!((run.as_str(), &text[place]), ("b", "\"b\""));
        assert_eq!((package.name.as_str(), package.autobins, package.is_first_edition), ("a", Some(false), true));
        let [program] = &manifest.programs[..] else { panic!("{:?}", manifest.programs) };
        assert_eq!((program.name.as_str(), program.path.as_deref()), ("b", Some("b.rs")), "one has a name");
        assert_eq!(
            (&program.required_features, &manifest.default_features),
            (&vec!["x".to_owned()], &vec!["x".to_owned()])
        );
        let workspace = manifest.workspace.unwrap();
        assert_eq!((workspace.default_members, workspace.members), (None, Some(vec!["crates/*".to_owned()])));
        let inherited = CargoManifest::read("[package]\nname = \"a\"\nedition.workspace = true\n").unwrap();
        assert!(!inherited.package.unwrap().is_first_edition);
        assert!(CargoManifest::read("[package").is_none());
    }
}
