//! React Router as a framework. Sources: <https://reactrouter.com/start/framework/rendering>,
//! <https://github.com/remix-run/react-router/tree/main/packages/react-router-serve>.

use super::built_site::Site;
use super::row::{Hooks, NodeHooks, Row};
use crate::app::candidate::Candidate;
use crate::app::command::words;
use crate::app::framework::About;
use crate::app::model::Note;
use crate::app::node_package::{self, Package, Plan};
use crate::app::node_start;
use crate::app::project::Project;
use crate::formats::javascript_config::{sets, setting};

pub(super) static ROW: Row = Row {
    about: About { id: "react-router", name: "React Router", ..About::NODE },
    hooks: Hooks::Node(NodeHooks { find, plan, page_folder: None }),
};

const DEV: &str = "@react-router/dev";

/// A framework whose build has a server, which a package of its own starts.
pub(super) struct Served {
    /// The package that builds.
    pub(super) dev: &'static str,
    /// The settings.
    pub(super) config: &'static str,
    pub(super) build: &'static str,
    /// The package that starts the server, and its program.
    pub(super) serve: (&'static str, &'static str),
}

const SERVED: Served = Served {
    dev: DEV,
    config: "react-router.config",
    build: "react-router build",
    serve: ("@react-router/serve", "react-router-serve"),
};

impl Served {
    /// The folder of the build.
    fn folder(&self, project: &Project<'_>, package: &Package) -> String {
        let config = node_package::config(project, package, self.config);
        let set = config.as_ref().and_then(|config| setting(&config.code, "buildDirectory"));
        let set = set.map(|folder| folder.trim_start_matches("./").trim_end_matches('/'));
        set.filter(|folder| !folder.is_empty() && !folder.contains("..")).unwrap_or("build").to_owned()
    }

    /// Whether the settings turn the server off.
    fn is_static(&self, project: &Project<'_>, package: &Package) -> bool {
        node_package::config(project, package, self.config).is_some_and(|config| sets(&config.code, "ssr", "false"))
    }

    pub(super) fn has_server(&self, project: &Project<'_>, package: &Package) -> bool {
        package.depends_on(self.dev) && !self.is_static(project, package)
    }

    /// The pages, if they need no server.
    pub(super) fn site(&self, project: &Project<'_>, package: &Package) -> Option<Site> {
        let is_site = package.depends_on(self.dev) && self.is_static(project, package);
        is_site.then(|| Site::of(self.dev, format!("{}/client", self.folder(project, package))))
    }

    pub(super) fn plan(&self, project: &Project<'_>, package: &Package) -> Plan {
        if node_start::start_script(package).is_some() {
            return node_start::started(project, package);
        }
        let (serve, program) = self.serve;
        let server = format!("./{}/server/index.js", self.folder(project, package));
        let command = words(&[&format!("node_modules/.bin/{program}"), &server]);
        let missing = (!package.depends_on(serve)).then(|| {
            let add = node_package::adds(project, package, serve).replace("--save-dev ", "").replace("--dev ", "");
            let note = Note::new(format!("no script starts the server, and `{serve}` is not in `package.json`"));
            let help = format!("run `{add}`, or add a script `start`");
            note.help(help).seen(package.at_dependency(project, self.dev, "builds a server"))
        });
        Plan::built(project, package, self.build, command).needing(package, &[serve]).note(missing)
    }
}

fn find(project: &Project<'_>, package: &Package) -> Option<Candidate> {
    SERVED.has_server(project, package).then(|| package.with_dependency(project, ROW.framework(), DEV))
}

/// The pages, if they need no server.
pub(super) fn site(project: &Project<'_>, package: &Package) -> Option<Site> {
    SERVED.site(project, package)
}

fn plan(project: &Project<'_>, package: &Package) -> Plan {
    SERVED.plan(project, package)
}
