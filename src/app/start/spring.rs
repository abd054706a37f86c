//! Where an application of Spring Boot listens. Source:
//! <https://docs.spring.io/spring-boot/how-to/webserver.html#howto.webserver.change-port>: `server.port`, otherwise 8080, on all
//! addresses; a variable `SERVER_PORT` and arguments come before the files.

use super::listening::Listens;
use super::startup::{Executed, Spot};
use crate::app::image::contents::ImageFiles;

const DEFAULT: u16 = 8080;
const VARIABLE: &str = "SERVER_PORT";
/// The folder of the settings in a project.
const RESOURCES: &str = "src/main/resources/";

/// Where the application listens that `java -jar` starts.
pub(super) fn listens(command: &Executed, files: &ImageFiles<'_, '_, '_>) -> Option<Listens> {
    let repo = files.repo;
    let builds = ["pom.xml", "build.gradle", "build.gradle.kts"];
    let is_spring = repo.files().filter(|file| builds.contains(&file.name())).filter_map(|file| file.text());
    let is_web = |text: &str| text.contains("spring-boot-starter-web") || text.contains("spring-boot-starter-webflux");
    let words = command.texts();
    if !words.contains(&"-jar") || is_spring.filter(|text| is_web(text)).count() != 1 {
        return None;
    }
    let started = command.through.first().map_or_else(|| command.spot().range, |spot| spot.range.clone());
    let flag = ["--server.port=", "-Dserver.port="];
    let given =
        command.words.iter().find_map(|word| Some((flag.iter().find_map(|flag| word.text.strip_prefix(flag))?, word)));
    if let Some((value, word)) = given {
        return Some(found(number(value)?, word.at.clone(), started));
    }
    let state = &files.dockerfile.last_stage()?.end;
    let has_more = |name: &str| state.sets_env(name) || files.dockerfile.text.contains(name);
    if words.iter().any(|word| word.contains(['$', '@']) || word.contains("spring.")) || has_more("SPRING_") {
        return None;
    }
    if state.sets_env(VARIABLE) {
        return Some(found((state.env(VARIABLE)?.trim().parse().ok()?, None), command.spot(), started));
    }
    let mut settings = repo.files().filter(|file| {
        file.path().contains(RESOURCES)
            && (file.name().starts_with("application") || file.name().starts_with("bootstrap"))
    });
    let Some(file) = settings.next() else {
        return Some(found((DEFAULT, None), command.spot(), started));
    };
    // A profile may set another
    let text = file.text().filter(|_| settings.next().is_none())?;
    let Some((value, range)) = port_of(file.name(), text) else {
        let is_other = text.contains("port") || text.contains("profiles");
        return (!is_other).then(|| found((DEFAULT, None), command.spot(), started));
    };
    Some(found(number(value)?, Spot { path: file.path().to_owned(), range }, started))
}

fn found(port: (u16, Option<String>), at: Spot, started: std::ops::Range<usize>) -> Listens {
    Listens { port: Some(port), loopback: None, at, started }
}

/// The value of `server.port` in a file of settings, with its place.
fn port_of<'t>(name: &str, text: &'t str) -> Option<(&'t str, std::ops::Range<usize>)> {
    let mut at = 0;
    let mut in_server = false;
    let is_properties = name.ends_with(".properties");
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let value = if is_properties {
            line.trim_start()
                .strip_prefix("server.port")
                .map(str::trim_start)
                .and_then(|rest| rest.strip_prefix(['=', ':']))
        } else {
            let is_indented = line.starts_with([' ', '\t']);
            if !is_indented && !line.trim().is_empty() && !line.starts_with('#') {
                in_server = line.trim_end() == "server:";
            }
            let nested = line.trim_start().strip_prefix("port:").filter(|_| in_server && is_indented);
            nested.or_else(|| line.strip_prefix("server.port:"))
        };
        if let Some(value) = value.map(str::trim) {
            return Some((value, start..start + line.trim_end().len()));
        }
    }
    None
}

/// `8080`, `${PORT:8080}`.
fn number(value: &str) -> Option<(u16, Option<String>)> {
    if let Some((name, default)) = value.strip_prefix("${").and_then(|rest| rest.strip_suffix('}')?.split_once(':')) {
        return Some((default.trim().parse().ok()?, Some(name.to_owned())));
    }
    Some((value.parse().ok()?, None))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_read_in_both_forms() {
        for (name, text, expected) in [
            ("application.properties", "a=1\nserver.port=8081\n", Some("8081")),
            ("application.properties", "server.port = ${PORT:9000}\n", Some("${PORT:9000}")),
            ("application.properties", "server.portal=1\n", None),
            ("application.yml", "server:\n  port: 8081\n", Some("8081")),
            ("application.yml", "management:\n  server:\n    port: 8081\n", None),
            ("application.yaml", "server.port: 1\n", Some("1")),
        ] {
            assert_eq!(port_of(name, text).map(|(value, _)| value), expected, "{name} {text}");
        }
        assert_eq!(number("${PORT:9000}"), Some((9000, Some("PORT".to_owned()))));
        assert_eq!(number("8081"), Some((8081, None)));
    }
}
