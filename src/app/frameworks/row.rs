//! What a framework's row holds: what is known of it, and the functions that are its own.

use crate::app::application::Applications;
use crate::app::candidate::Candidate;
use crate::app::dependencies::Dependencies;
use crate::app::framework::{About, Framework};
use crate::app::model::{App, Seen};
use crate::app::node_package::{Package, Plan};
use crate::app::project::{Project, PythonFile};
use crate::app::space::ExistingSpace;

/// A framework.
pub(in crate::app) struct Row {
    pub(in crate::app) about: About,
    pub(in crate::app) hooks: Hooks,
}

impl Row {
    pub(in crate::app) const fn framework(&'static self) -> Framework {
        Framework::of(&self.about)
    }
}

/// The functions of a framework, by what runs its apps.
pub(in crate::app) enum Hooks {
    Python(PythonHooks),
    Node(NodeHooks),
    Compiled(CompiledHooks),
    Page(PageHooks),
    /// A Dockerfile, which is found by its name.
    Image,
}

/// What is special about a framework in Python.
pub(in crate::app) struct PythonHooks {
    /// Recognises a file that starts an app. Unnecessary where `constructors` are enough.
    pub(in crate::app) find: Option<fn(&Applications<'_, '_>, &PythonFile<'_>) -> Option<Candidate>>,
    /// Calls whose value is an application object for a server.
    pub(in crate::app) constructors: &'static [&'static str],
    /// The words of the start command, given the application object; `{port}` stands for the port.
    pub(in crate::app) command: fn(&Project<'_>, &PythonFile<'_>, Option<&str>) -> Vec<String>,
    /// Whether the file is run, and not imported by a server: one that another file imports is then a part of an app.
    pub(in crate::app) is_script: bool,
    /// The folder whose files are parts of an app.
    pub(in crate::app) parts: Option<&'static str>,
    /// The files that run when the app runs, where imports do not lead to them.
    pub(in crate::app) files: Option<for<'p, 'r> fn(&'p Project<'r>, &PythonFile<'_>) -> Vec<&'p PythonFile<'r>>>,
    /// Calls that take a title that people see first, and the argument that is it.
    pub(in crate::app) titles: &'static [(&'static str, &'static str)],
    /// The port of an app whose code names none and that its own code starts.
    pub(in crate::app) usual_port: fn(&PythonFile<'_>) -> Option<Seen<u16>>,
    /// The variable that sets the address where the code names none.
    pub(in crate::app) address_variable: Option<&'static str>,
    /// What its functions read from the environment or in its place, in apps of any framework.
    pub(in crate::app) environment: Option<fn(&[&PythonFile<'_>], &mut App)>,
    /// What a person should know about an app made with it.
    pub(in crate::app) notes: Option<fn(&Running<'_, '_>, &mut App)>,
}

impl PythonHooks {
    /// An app that a server imports.
    pub(in crate::app) const SERVED: Self = Self { is_script: false, ..Self::SCRIPT };

    /// An app that is run.
    pub(in crate::app) const SCRIPT: Self = Self {
        find: None,
        constructors: &[],
        command: |project, file, _| crate::app::command::script(project, file),
        is_script: true,
        parts: None,
        files: None,
        titles: &[],
        usual_port: |_| None,
        address_variable: None,
        environment: None,
        notes: None,
    };
}

/// What was read of an app in Python.
pub(in crate::app) struct Running<'p, 'r> {
    pub(in crate::app) file: &'p PythonFile<'r>,
    /// The files that run when the app runs.
    pub(in crate::app) files: &'p [&'p PythonFile<'r>],
    pub(in crate::app) needed: &'p Dependencies,
}

/// What is special about a framework on Node.
pub(in crate::app) struct NodeHooks {
    pub(in crate::app) find: fn(&Project<'_>, &Package) -> Option<Candidate>,
    /// How an app is built and started.
    pub(in crate::app) plan: fn(&Project<'_>, &Package) -> Plan,
    /// Where a framework makes pages: the folder of the page's source, given the file of the page.
    pub(in crate::app) page_folder: Option<fn(&str) -> &str>,
}

/// What is special about a compiled language.
pub(in crate::app) struct CompiledHooks {
    pub(in crate::app) find: fn(&Project<'_>) -> Vec<Candidate>,
    /// The name of the program that is built, given the file that it begins with.
    pub(in crate::app) program: fn(&Project<'_>, &str) -> String,
}

/// What is special about pages that are served as they are.
pub(in crate::app) struct PageHooks {
    pub(in crate::app) find: fn(&Project<'_>, &ExistingSpace) -> Vec<Candidate>,
    /// The folder of the page's source, given the file of the page.
    pub(in crate::app) page_folder: fn(&str) -> &str,
}
