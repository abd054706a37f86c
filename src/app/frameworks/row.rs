//! The row of a framework: its properties, and its functions.

use crate::app::application::Applications;
use crate::app::candidate::Candidate;
use crate::app::dependencies::Dependencies;
use crate::app::framework::{About, Framework};
use crate::app::hub::space::ExistingSpace;
use crate::app::model::{App, Seen};
use crate::app::node_package::{Package, Plan};
use crate::app::project::{Project, PythonFile};
use crate::app::start::python_start::row_of;
use crate::formats::python::Call;

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

/// The functions of a framework, by the runtime of its apps.
pub(in crate::app) enum Hooks {
    Python(PythonHooks),
    Node(NodeHooks),
    Compiled(CompiledHooks),
    Page(PageHooks),
    /// A Dockerfile, which is found by its name.
    Image,
}

/// The special properties of a Python framework.
pub(in crate::app) struct PythonHooks {
    /// Recognises a file that starts an app. Not needed if `constructors` are enough.
    pub(in crate::app) find: Option<fn(&Applications<'_, '_>, &PythonFile<'_>) -> Option<Candidate>>,
    /// Recognises a file that starts an app with functions of other files alone, in a project that has such files.
    pub(in crate::app) through_imports: Option<fn(&Project<'_>, &PythonFile<'_>) -> Option<Candidate>>,
    /// Calls that return an application object for a server.
    pub(in crate::app) constructors: &'static [&'static str],
    /// The words of the start command, given the application object; `{port}` stands for the port.
    pub(in crate::app) command: fn(&Project<'_>, &PythonFile<'_>, Option<&str>) -> Vec<String>,
    /// Whether the file is run, and not imported by a server: a file that another one imports is then a part of an app.
    pub(in crate::app) is_script: bool,
    /// The folder whose files are parts of an app.
    pub(in crate::app) parts: Option<&'static str>,
    /// The files that run with the app without being imported.
    pub(in crate::app) files: Option<for<'p, 'r> fn(&'p Project<'r>, &PythonFile<'_>) -> Vec<&'p PythonFile<'r>>>,
    /// Calls with a title for visitors, and the argument that holds it.
    pub(in crate::app) titles: &'static [(&'static str, &'static str)],
    /// The default port of an app that is started by its own code.
    pub(in crate::app) usual_port: fn(&PythonFile<'_>) -> Option<Seen<u16>>,
    /// The variable that sets the address if the code does not.
    pub(in crate::app) address_variable: Option<&'static str>,
    /// What its functions read from the environment or a substitute for it, in apps of any framework.
    pub(in crate::app) environment: Option<fn(&[&PythonFile<'_>], &mut App)>,
    /// Notes about an app with this framework.
    pub(in crate::app) notes: Option<fn(&Running<'_, '_>, &mut App)>,
}

impl PythonHooks {
    /// An app that a server imports.
    pub(in crate::app) const SERVED: Self = Self { is_script: false, ..Self::SCRIPT };

    /// An app that is run.
    pub(in crate::app) const SCRIPT: Self = Self {
        find: None,
        through_imports: None,
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

/// The port of a call that names none, where nothing outside the code changes it.
pub(super) fn default_port(file: &PythonFile<'_>, call: &Call<'_>) -> Option<Seen<u16>> {
    let row = row_of(call)?.0;
    let port = row.default_port.filter(|_| call.keyword(row.port).is_none())?;
    let why = format!("calls `{}` without a port, which is {port}", call.written);
    Some(Seen::certain(port, file.evidence(call.at, why)))
}

/// A parsed Python app.
pub(in crate::app) struct Running<'p, 'r> {
    pub(in crate::app) file: &'p PythonFile<'r>,
    /// The files that run with the app.
    pub(in crate::app) files: &'p [&'p PythonFile<'r>],
    pub(in crate::app) needed: &'p Dependencies,
}

/// The special properties of a Node framework.
pub(in crate::app) struct NodeHooks {
    pub(in crate::app) find: fn(&Project<'_>, &Package) -> Option<Candidate>,
    /// How an app is built and started.
    pub(in crate::app) plan: fn(&Project<'_>, &Package) -> Plan,
    /// For a framework that builds pages: the folder with the page's source, given the file of the page.
    pub(in crate::app) page_folder: Option<fn(&str) -> &str>,
}

/// The special properties of a compiled language.
pub(in crate::app) struct CompiledHooks {
    pub(in crate::app) find: fn(&Project<'_>) -> Vec<Candidate>,
    /// The name of the built program, given its main file.
    pub(in crate::app) program: fn(&Project<'_>, &str) -> String,
}

/// The special properties of pages that are served as they are.
pub(in crate::app) struct PageHooks {
    pub(in crate::app) find: fn(&Project<'_>, &ExistingSpace) -> Vec<Candidate>,
    /// The folder with the page's source, given the file of the page.
    pub(in crate::app) page_folder: fn(&str) -> &str,
}
