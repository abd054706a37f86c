//! Northflank: containers on its cloud or one's own, built from a repository.
//!
//! Sources: <https://northflank.com/docs/v1/application/infrastructure-as-code/write-a-template>,
//! <https://northflank.com/docs/v1/api/team/templates/create-template>, the types of `@northflank/js-client` 0.9.5.

use serde_json::json;

use super::{Added, Refusal, Step, Subject, Target, value_in_readme};
use crate::app::start::in_image;
use crate::facts::limits::APP_PORT_DEFAULT;
use crate::formats::dockerfile::Dockerfile;
use crate::formats::python::Sources;
use crate::repo::{Attributes, Repo};

/// Northflank.
#[derive(Debug)]
pub(crate) struct Northflank;

/// The file of the template, at the root.
const FILE: &str = "northflank.json";

/// The argument with the address of the repository, where nothing says it.
const REPOSITORY: &str = "REPOSITORY";

const DOCKERFILE: &str = "Dockerfile";

/// The size of the container: 1 CPU and 2 GB; for an app that may use a GPU, 2 CPUs and 16 GB as the free hardware of a Space.
const PLAN: &str = "nf-compute-100-2";
const PLAN_FOR_MODELS: &str = "nf-compute-200-16";

impl Target for Northflank {
    fn id(&self) -> &'static str {
        "northflank"
    }

    fn name(&self) -> &'static str {
        "Northflank"
    }

    fn takes_template(&self) -> bool {
        false
    }

    fn needs_dockerfile(&self) -> bool {
        true
    }

    fn add(&self, subject: &Subject<'_>) -> Result<Added, Refusal> {
        let repo = subject.repo;
        let mut added = Added::default();
        let origin = repo.origin().and_then(|origin| Some((service_of(&origin.host)?, origin.address)));
        if origin.is_none() {
            added.note(format!(
                "no `origin` on GitHub, GitLab, Bitbucket or Azure is known for this folder, so its address is the argument `{REPOSITORY}`"
            ));
        }
        let secrets = subject.secrets();
        let mut arguments: Vec<_> = secrets.iter().map(|name| json!({"name": name, "value": ""})).collect();
        if origin.is_none() {
            arguments.push(json!({"name": REPOSITORY, "value": "https://github.com/OWNER/NAME"}));
        }
        let plan = if subject.uses_gpu() { PLAN_FOR_MODELS } else { PLAN };
        added.values = json!({
            "name": name(repo, origin.as_ref().map(|(_, address)| address.as_str())),
            "arguments": arguments,
            "repository": origin.as_ref().map_or(format!("${{args.{REPOSITORY}}}"), |(_, address)| address.clone()),
            "service": origin.as_ref().map_or("github", |(service, _)| service),
            "branch": repo.branch().unwrap_or_else(|| "main".to_owned()),
            "plan": plan,
            "port": port(subject),
            "secrets": secrets.iter().map(|name| json!({"name": name, "value": format!("${{args.{name}}}")})).collect::<Vec<_>>(),
            "lfs": has_large_files(repo),
        });
        added.render(FILE, FILE)?;
        added.steps = steps(&secrets, origin.is_none(), plan, subject.uses_gpu());
        Ok(added)
    }

    fn recognises(&self, repo: &Repo) -> bool {
        repo.get(FILE).is_some()
    }
}

/// The service that holds a repository. Those of one's own are linked by hand.
fn service_of(host: &str) -> Option<&'static str> {
    match host.trim_start_matches("www.") {
        "github.com" | "ssh.github.com" => Some("github"),
        "gitlab.com" | "altssh.gitlab.com" => Some("gitlab"),
        "bitbucket.org" => Some("bitbucket"),
        "dev.azure.com" => Some("azure"),
        _ => None,
    }
}

/// Whether git stores a file outside of the repository, which the build has to fetch.
fn has_large_files(repo: &Repo) -> bool {
    let attributes = Attributes::of(repo);
    repo.files().any(|file| !repo.may_ignore(file.path()) && attributes.is_large(file.path()))
}

/// The port on which the image listens.
fn port(subject: &Subject<'_>) -> u16 {
    let repo = subject.repo;
    let of_readme = || value_in_readme(repo, "app_port").and_then(|port| port.parse().ok());
    let of_image = || {
        let dockerfile = Dockerfile::read(repo.text(DOCKERFILE)?);
        let likely = in_image::likely_port(repo, &dockerfile, &Sources::default()).map(|(port, ..)| port);
        likely.or_else(|| match &in_image::exposed(&dockerfile)?[..] {
            [only] => Some(only.value),
            _ => None,
        })
    };
    let of_app = || subject.app.server.port.as_ref().map(|port| port.value);
    // The app of a Dockerfile has its port already, from all of these
    let is_image = subject.app.file == DOCKERFILE;
    let found = if is_image { of_app().or_else(of_image) } else { of_image().or_else(of_readme).or_else(of_app) };
    found.unwrap_or(APP_PORT_DEFAULT)
}

/// The longest name of a project.
const NAME_MAX: usize = 39;
/// The shortest.
const NAME_MIN: usize = 3;

/// The name of the project and of the service: that of the repository, else of the folder.
fn name(repo: &Repo, address: Option<&str>) -> String {
    let named = |path: &std::path::Path| path.file_name().map(|name| name.to_string_lossy().into_owned());
    let of_folder = || named(repo.root()?).or_else(|| named(&fs_err::canonicalize(repo.root()?).ok()?));
    let written = address.and_then(|address| address.rsplit('/').next()).map(str::to_owned).or_else(of_folder);
    fitting(&written.unwrap_or_default())
}

/// A name of letters and digits with single hyphens between, which begins with a letter.
fn fitting(written: &str) -> String {
    let is_part = |char: char| char.is_ascii_alphanumeric();
    let parts: Vec<&str> = written.split(|char| !is_part(char)).filter(|part| !part.is_empty()).collect();
    let name = parts.join("-");
    let name = name.trim_start_matches(|char: char| !char.is_ascii_alphabetic());
    let name = name.get(..name.len().min(NAME_MAX)).unwrap_or_default().trim_end_matches('-');
    if name.len() < NAME_MIN { format!("app-{name}").trim_end_matches('-').to_owned() } else { name.to_owned() }
}

fn steps(secrets: &[String], is_open: bool, plan: &str, uses_gpu: bool) -> Vec<Step> {
    let push = ["git add --all", "git commit -m \"Prepare for Northflank\"", "git push"];
    let push = Step::new("Push it, for Northflank builds what is pushed", push.map(str::to_owned).to_vec());
    let create = vec!["northflank login".to_owned(), format!("northflank create template --file {FILE}")];
    let mut create = Step::new("Create the template, once", create)
        .note("the CLI: `npm install --global @northflank/cli`")
        .note("link your account with the repository first, under \"Integrations\"");
    let mut given = secrets.to_vec();
    if is_open {
        given.push(REPOSITORY.to_owned());
    }
    if !given.is_empty() {
        create = create.note(format!(
            "type the values of {} as argument overrides of the template, never into the file",
            given.join(", ")
        ));
    }
    let mut run = Step::new("Run it on https://app.northflank.com/s/account/templates", Vec::new())
        .note(format!("`{plan}` is billed by the hour; `deploymentPlan` in {FILE} has the size"));
    if uses_gpu {
        run = run.note("a GPU is a plan of its own, such as `nf-gpu-l4-24-1g`");
    }
    vec![push, create, run]
}

#[cfg(test)]
mod tests {
    use super::fitting;

    #[test]
    fn names_fit_the_rules() {
        for (written, name) in [
            ("my-app", "my-app"),
            ("My_App..2 (copy)", "My-App-2-copy"),
            ("2048", "app"),
            ("42-answers", "answers"),
            ("x", "app-x"),
            ("été", "app-t"),
            ("", "app"),
            ("a2345678901234567890123456789012345678-0", "a2345678901234567890123456789012345678"),
        ] {
            assert_eq!(fitting(written), name, "{written}");
        }
    }
}
