//! `angular.json`: what the first application builds. Source: <https://angular.dev/reference/configs/workspace-config>.

use super::json::Json;

/// The build of an application.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct AngularBuild {
    /// The folder of the pages.
    pub(crate) pages: String,
    /// The folder of the server, if there is one.
    pub(crate) server: Option<String>,
}

impl AngularBuild {
    /// The build of the first application; none if the file is malformed or names no builder.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let root = Json::read(text)?;
        let projects = root.member("projects")?.value.members();
        projects.iter().find_map(|project| {
            let is_application =
                project.value.at(&["projectType"]).is_none_or(|kind| kind.value.as_text() == Some("application"));
            let build = ["architect", "targets"].iter().find_map(|key| project.value.at(&[key, "build"]))?;
            is_application.then(|| Self::of(&project.name, &build.value)).flatten()
        })
    }

    fn of(project: &str, build: &Json) -> Option<Self> {
        let builder = build.member("builder")?.value.as_text()?;
        // The builders before this one write the pages into the folder itself
        let splits = builder.ends_with(":application");
        let usual = format!("dist/{project}");
        let output = build.at(&["options", "outputPath"]).map(|member| &member.value);
        let base = output.and_then(|output| output.as_text().or_else(|| output.member("base")?.value.as_text()));
        let base = base.unwrap_or(&usual).trim_start_matches("./").trim_end_matches('/');
        let part = |name: &str| {
            let named = output.and_then(|output| output.member(name)?.value.as_text()).unwrap_or(name);
            if named.is_empty() { base.to_owned() } else { format!("{base}/{named}") }
        };
        let pages = if splits { part("browser") } else { base.to_owned() };
        let option = |name: &str| build.at(&["options", name]).map(|member| &member.value);
        let has_entry = option("ssr").is_some_and(|ssr| ssr.member("entry").is_some());
        let only_pages = option("outputMode").is_some_and(|mode| mode.as_text() == Some("static"));
        let has_server = splits && has_entry && !only_pages;
        Some(Self { pages, server: has_server.then(|| part("server")) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_output_is_where_the_builder_writes_it() {
        let with = |builder: &str, options: &str| {
            let text = format!(
                r#"{{"projects": {{"lib": {{"projectType": "library"}}, "shop": {{"projectType": "application", "architect":
                    {{"build": {{"builder": "{builder}", "options": {options}}}}}}}}}}}"#
            );
            AngularBuild::read(&text).map(|build| (build.pages, build.server))
        };
        let found = |pages: &str, server: Option<&str>| Some((pages.to_owned(), server.map(str::to_owned)));
        let (new, old) = ("@angular/build:application", "@angular-devkit/build-angular:browser");
        assert_eq!(with(new, "{}"), found("dist/shop/browser", None));
        assert_eq!(with(old, r#"{"outputPath": "dist/web"}"#), found("dist/web", None));
        let flat = r#"{"outputPath": {"base": "./out/", "browser": ""}}"#;
        assert_eq!(with(new, flat), found("out", None));
        let server = r#"{"outputMode": "server", "ssr": {"entry": "src/server.ts"}}"#;
        assert_eq!(with(new, server), found("dist/shop/browser", Some("dist/shop/server")));
        let pages = r#"{"outputMode": "static", "ssr": {"entry": "src/server.ts"}}"#;
        assert_eq!(with(new, pages), found("dist/shop/browser", None));
        assert_eq!(AngularBuild::read("{}"), None);
    }
}
