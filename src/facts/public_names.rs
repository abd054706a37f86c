//! Names in the environment whose values a build writes into the pages, so that they must be there when the app is built.

/// How code reads such a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ReadFrom {
    /// `process.env.NAME`: each mention is replaced.
    ProcessEnv,
    /// `import.meta.env.NAME`, also taken apart with `{ .. } =`.
    ImportMeta,
    /// `import { NAME } from "MODULE"`.
    Module(&'static str),
}

/// The names that the build of one package replaces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct PublicNames {
    /// The package that builds.
    pub package: &'static str,
    /// What the names begin with.
    pub prefix: &'static str,
    /// How code reads them.
    pub read_from: ReadFrom,
    /// The documentation.
    pub source: &'static str,
}

const fn row(package: &'static str, prefix: &'static str, read_from: ReadFrom, source: &'static str) -> PublicNames {
    PublicNames { package, prefix, read_from, source }
}

/// Every one. Nuxt is not among them: its server takes `NUXT_PUBLIC_*` when it starts.
pub const PUBLIC_NAMES: &[PublicNames] = &[
    row("next", "NEXT_PUBLIC_", ReadFrom::ProcessEnv, "https://nextjs.org/docs/app/guides/environment-variables"),
    row("vite", "VITE_", ReadFrom::ImportMeta, "https://vite.dev/guide/env-and-mode"),
    row("astro", "PUBLIC_", ReadFrom::ImportMeta, "https://docs.astro.build/en/guides/environment-variables/"),
    row(
        "@sveltejs/kit",
        "PUBLIC_",
        ReadFrom::Module("$env/static/public"),
        "https://svelte.dev/docs/kit/$env-static-public",
    ),
    row(
        "react-scripts",
        "REACT_APP_",
        ReadFrom::ProcessEnv,
        "https://create-react-app.dev/docs/adding-custom-environment-variables/",
    ),
    row("@vue/cli-service", "VUE_APP_", ReadFrom::ProcessEnv, "https://cli.vuejs.org/guide/mode-and-env.html"),
    row(
        "gatsby",
        "GATSBY_",
        ReadFrom::ProcessEnv,
        "https://www.gatsbyjs.com/docs/how-to/local-development/environment-variables/",
    ),
];

/// Files beside `package.json` from which these builds take values, the strongest first. Same sources.
pub const FILES_OF_VALUES: &[&str] = &[".env.production.local", ".env.local", ".env.production", ".env"];

/// Packages that give the pages their values when the server starts.
/// Sources: <https://github.com/expatfile/next-runtime-env>, <https://github.com/runtime-env/import-meta-env>,
/// <https://github.com/andrewmclagan/react-env>, <https://github.com/kunokdev/cra-runtime-environment-variables>.
pub const GIVE_VALUES_AT_RUN_TIME: &[&str] = &[
    "next-runtime-env",
    "@import-meta-env/unplugin",
    "@import-meta-env/cli",
    "@beam-australia/react-env",
    "runtime-env-cra",
];
