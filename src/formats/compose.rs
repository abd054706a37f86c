//! Compose files: `docker-compose.yml`, `compose.yaml`.
//!
//! Source: <https://docs.docker.com/reference/compose-file/services/>.

use super::Placed;
use super::front_matter::{Entry, Node, mapping};

/// The names of the file, in the order in which Compose looks for them.
pub(crate) const NAMES: [&str; 4] = ["compose.yaml", "compose.yml", "docker-compose.yaml", "docker-compose.yml"];

/// A service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Service {
    /// Its name.
    pub(crate) name: Placed,
    /// Its image, as written.
    pub(crate) image: Option<Placed>,
    /// The folder that its image is built from.
    pub(crate) build: Option<String>,
    /// The Dockerfile, if it is not `Dockerfile` in that folder.
    pub(crate) dockerfile: Option<String>,
    /// The start command, as a line for a shell or as words.
    pub(crate) command: Option<Command>,
    /// The published ports in the container; unknown ones are left out.
    pub(crate) ports: Vec<u16>,
}

/// The start command of a service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Command {
    /// Compose splits it like a shell, but starts none.
    Line(String),
    /// A list.
    Words(Vec<String>),
}

/// The maximum number of services that are read.
const SERVICES_MAX: usize = 100;

/// The services of a file, in its order. None if it has none, or is not YAML with keys and values.
pub(crate) fn services(text: &str) -> Option<Vec<Service>> {
    let entries = mapping(text)?;
    let services = entries.iter().find(|entry| entry.key.as_str() == Some("services"))?.value.entries()?;
    let services: Vec<Service> = services.iter().take(SERVICES_MAX).filter_map(service).collect();
    (!services.is_empty()).then_some(services)
}

fn service(entry: &Entry) -> Option<Service> {
    let name = Placed { text: entry.key.as_str()?.to_owned(), range: entry.key.range.clone() };
    let value = &entry.value;
    let text = |node: &Node| node.as_str().map(str::to_owned);
    let build = value.get("build");
    let image = value.get("image");
    let image = image.and_then(|node| Some(Placed { text: text(node)?, range: node.range.clone() }));
    let command = value.get("command").and_then(|node| match node.items() {
        Some(words) => words.iter().map(text).collect::<Option<_>>().map(Command::Words),
        None => text(node).map(Command::Line),
    });
    let ports = value.get("ports").and_then(Node::items).unwrap_or_default();
    Some(Service {
        name,
        image,
        build: build.and_then(|node| text(node).or_else(|| node.get("context").and_then(text))),
        dockerfile: build.and_then(|node| node.get("dockerfile")).and_then(text),
        command,
        ports: ports.iter().filter_map(port).collect(),
    })
}

/// The port in the container: `"8000:80"`, `"127.0.0.1:8000:80/tcp"`, `80`, `{target: 80}`.
fn port(node: &Node) -> Option<u16> {
    let target = node.get("target").unwrap_or(node);
    let text = target.as_str()?;
    text.rsplit(':').next()?.split('/').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn services_have_images_builds_ports_and_commands() {
        let text = "version: '3'\nservices:\n  web:\n    build: ./web\n    ports: ['8000:80', 127.0.0.1:1:81/tcp, 82, {target: 83}, '${P}:${P}']\n    command: [python, app.py]\n  db: {image: 'postgres:16', command: postgres -c x=1}\n  api:\n    build: {context: api, dockerfile: Dockerfile.prod}\n";
        let read = services(text).unwrap();
        let [web, db, api] = &*read else { panic!("three") };
        assert_eq!(
            (web.name.text.as_str(), web.build.as_deref(), &*web.ports),
            ("web", Some("./web"), &[80, 81, 82, 83][..])
        );
        assert_eq!(web.command, Some(Command::Words(vec!["python".to_owned(), "app.py".to_owned()])));
        let image = db.image.as_ref().unwrap();
        assert_eq!((image.text.as_str(), &text[image.range.clone()]), ("postgres:16", "'postgres:16'"));
        assert_eq!(db.command, Some(Command::Line("postgres -c x=1".to_owned())));
        assert_eq!((api.build.as_deref(), api.dockerfile.as_deref()), (Some("api"), Some("Dockerfile.prod")));
    }

    #[test]
    fn what_is_no_compose_file_is_not_read() {
        for text in ["", "a: 1\n", "services:\n", "services: [a]\n", "services: {}\n", "services: [\n"] {
            assert_eq!(services(text), None, "{text}");
        }
        let odd = services("services: {a: 1, 2: {ports: 3, build: [4], command: [[5]]}, &a b: *a}\n").unwrap();
        assert!(odd.iter().all(|service| service.ports.is_empty() && service.command.is_none()));
    }
}
