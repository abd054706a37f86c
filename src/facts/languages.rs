//! Languages and kinds of programs that no template builds: how they are recognised, and the way to a Space.
//!
//! To add one, add one row. Rows are tried in order, so a framework is before its language.

/// What shows that a file belongs to a program of a kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Sign {
    /// A file with this name.
    Named(&'static str),
    /// A file with this ending.
    Ending(&'static str),
    /// A file whose name is this one, or ends with it after a dot, and that contains this text.
    Has(&'static str, &'static str),
    /// A Python file that imports this module.
    Imports(&'static str),
}

/// A language or framework that a Dockerfile can build.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct LanguageRow {
    /// Its name, as in "a NAME app".
    pub name: &'static str,
    /// Any of these shows it.
    pub signs: &'static [Sign],
    /// Whether the sign shows a server, so that a page beside it is a part of it.
    pub is_server: bool,
    /// An image that builds it. `{version}` is the version that the file names.
    pub base: &'static str,
    /// The version if the file names none.
    pub version: &'static str,
    /// What builds it; empty if nothing must be built.
    pub build: &'static str,
    /// What starts it on port 7860 of all addresses; empty if only its code says that. `{file}` is the file that shows
    /// it, and `{folder}` its folder.
    pub start: &'static str,
    /// Packages of Debian that it needs, if the base image lacks its language.
    pub apt: &'static [&'static str],
    /// What else a person should know; may be empty.
    pub more: &'static str,
}

/// A kind of program that is not a server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct OtherRow {
    /// What it is, as in "is of WHAT".
    pub what: &'static str,
    /// Any of these shows it.
    pub signs: &'static [Sign],
    /// Whether a page beside it is a part of it.
    pub owns_page: bool,
    /// What to do.
    pub help: &'static str,
}

const UNKNOWN: LanguageRow = LanguageRow {
    name: "",
    signs: &[],
    is_server: false,
    base: "",
    version: "",
    build: "",
    start: "",
    apt: &[],
    more: "",
};

/// Maven on Alpine, in which UID 1000 is free: <https://hub.docker.com/_/maven>.
const MAVEN: &str = "maven:3.9-eclipse-temurin-21-alpine";
/// The JDK, for Gradle's own wrapper: <https://hub.docker.com/_/eclipse-temurin>.
const JDK: &str = "eclipse-temurin:21-jdk-alpine";
/// <https://docs.spring.io/spring-boot/reference/features/external-config.html>.
const SPRING_MAVEN: &str = "java -jar target/APP.jar --server.port=7860";
const SPRING_GRADLE: &str = "java -jar build/libs/APP.jar --server.port=7860";

/// The languages. Sources: the documentation of each, and the page of its image on Docker Hub.
pub const LANGUAGES: &[LanguageRow] = &[
    LanguageRow {
        name: "Spring Boot",
        signs: &[Sign::Has("pom.xml", "spring-boot")],
        is_server: true,
        base: MAVEN,
        build: "mvn --batch-mode -DskipTests package",
        start: SPRING_MAVEN,
        ..UNKNOWN
    },
    LanguageRow {
        name: "Spring Boot",
        signs: &[
            Sign::Has("build.gradle", "org.springframework.boot"),
            Sign::Has("build.gradle.kts", "org.springframework.boot"),
        ],
        is_server: true,
        base: JDK,
        build: "./gradlew --no-daemon bootJar",
        start: SPRING_GRADLE,
        ..UNKNOWN
    },
    LanguageRow {
        name: "Kotlin",
        signs: &[
            Sign::Has("build.gradle.kts", "kotlin("),
            Sign::Has("build.gradle.kts", "org.jetbrains.kotlin"),
            Sign::Has("build.gradle", "org.jetbrains.kotlin"),
        ],
        base: JDK,
        build: "./gradlew --no-daemon installDist",
        ..UNKNOWN
    },
    LanguageRow {
        name: "Kotlin",
        signs: &[Sign::Has("pom.xml", "kotlin-maven-plugin")],
        base: MAVEN,
        build: "mvn --batch-mode -DskipTests package",
        ..UNKNOWN
    },
    LanguageRow {
        name: "Java",
        signs: &[Sign::Named("pom.xml")],
        base: MAVEN,
        build: "mvn --batch-mode -DskipTests package",
        ..UNKNOWN
    },
    LanguageRow {
        name: "Java",
        signs: &[Sign::Named("build.gradle"), Sign::Named("build.gradle.kts")],
        base: JDK,
        build: "./gradlew --no-daemon installDist",
        ..UNKNOWN
    },
    LanguageRow { name: "Scala", signs: &[Sign::Named("build.sbt")], base: JDK, build: "sbt stage", ..UNKNOWN },
    LanguageRow {
        name: "Clojure",
        signs: &[Sign::Named("deps.edn"), Sign::Named("project.clj")],
        base: "clojure:temurin-21-tools-deps-alpine",
        ..UNKNOWN
    },
    LanguageRow {
        name: ".NET",
        signs: &[Sign::Has("csproj", "Microsoft.NET.Sdk.Web"), Sign::Has("fsproj", "Microsoft.NET.Sdk.Web")],
        is_server: true,
        base: "mcr.microsoft.com/dotnet/sdk:{version}-alpine",
        version: "8.0",
        // It builds what changed
        start: "dotnet run --project {folder} --no-launch-profile --urls http://0.0.0.0:7860",
        ..UNKNOWN
    },
    LanguageRow {
        name: ".NET",
        signs: &[Sign::Ending("csproj"), Sign::Ending("fsproj"), Sign::Ending("vbproj"), Sign::Ending("sln")],
        base: "mcr.microsoft.com/dotnet/sdk:{version}-alpine",
        version: "8.0",
        build: "dotnet publish -c Release -o out",
        ..UNKNOWN
    },
    LanguageRow {
        name: "R Shiny",
        signs: &[Sign::Named("app.R"), Sign::Named("server.R")],
        is_server: true,
        base: "debian:trixie-slim",
        start: "Rscript -e \"shiny::runApp('{folder}', host='0.0.0.0', port=7860)\"",
        // <https://packages.debian.org/trixie/r-cran-shiny>
        apt: &["r-base-core", "r-cran-shiny"],
        more: "other R packages of Debian are called `r-cran-NAME`",
        ..UNKNOWN
    },
    LanguageRow {
        name: "R Shiny",
        signs: &[Sign::Has("R", "shinyApp("), Sign::Has("R", "library(shiny)"), Sign::Has("R", "shinyServer(")],
        base: "debian:trixie-slim",
        apt: &["r-base-core", "r-cran-shiny"],
        ..UNKNOWN
    },
    LanguageRow {
        name: "R",
        signs: &[Sign::Named("plumber.R"), Sign::Ending("R"), Sign::Ending("Rmd"), Sign::Ending("qmd")],
        base: "debian:trixie-slim",
        apt: &["r-base-core"],
        ..UNKNOWN
    },
    LanguageRow {
        name: "Julia",
        signs: &[Sign::Ending("jl")],
        base: "julia:1.11",
        build: "julia --project=. -e 'using Pkg; Pkg.instantiate()'",
        ..UNKNOWN
    },
    LanguageRow {
        name: "PHP (Laravel)",
        signs: &[Sign::Named("artisan")],
        is_server: true,
        base: "composer:2",
        build: "composer install --no-dev",
        start: "php artisan serve --host 0.0.0.0 --port 7860",
        ..UNKNOWN
    },
    LanguageRow {
        name: "PHP",
        signs: &[Sign::Named("composer.lock")],
        base: "composer:2",
        build: "composer install --no-dev",
        ..UNKNOWN
    },
    LanguageRow {
        name: "PHP",
        signs: &[Sign::Named("index.php")],
        is_server: true,
        base: "php:8.4-cli",
        start: "php -S 0.0.0.0:7860 -t {folder}",
        ..UNKNOWN
    },
    LanguageRow {
        name: "PHP",
        signs: &[Sign::Named("composer.json"), Sign::Ending("php")],
        base: "php:8.4-cli",
        ..UNKNOWN
    },
    LanguageRow {
        name: "Ruby on Rails",
        signs: &[Sign::Has("Gemfile", "rails")],
        is_server: true,
        base: "ruby:3.4",
        build: "bundle install",
        start: "bundle exec rails server -b 0.0.0.0 -p 7860",
        ..UNKNOWN
    },
    LanguageRow {
        name: "Ruby",
        signs: &[Sign::Named("config.ru")],
        is_server: true,
        base: "ruby:3.4",
        build: "bundle install",
        start: "bundle exec rackup -o 0.0.0.0 -p 7860",
        ..UNKNOWN
    },
    LanguageRow {
        name: "Ruby",
        signs: &[Sign::Has("rb", "require \"sinatra\""), Sign::Has("rb", "require 'sinatra'")],
        is_server: true,
        base: "ruby:3.4",
        build: "bundle install",
        start: "bundle exec ruby {file} -o 0.0.0.0 -p 7860",
        ..UNKNOWN
    },
    LanguageRow {
        name: "Ruby",
        signs: &[Sign::Named("Gemfile"), Sign::Ending("gemspec"), Sign::Ending("rb")],
        base: "ruby:3.4",
        build: "bundle install",
        ..UNKNOWN
    },
    LanguageRow {
        name: "Elixir",
        signs: &[Sign::Named("mix.exs")],
        is_server: true,
        base: "elixir:1.18",
        build: "mix local.hex --force && mix deps.get && mix compile",
        ..UNKNOWN
    },
    LanguageRow { name: "Erlang", signs: &[Sign::Named("rebar.config")], base: "erlang:27", ..UNKNOWN },
    // No page loads what these name. Source: <https://docs.deno.com/api/deno/~/Deno.serve>
    LanguageRow {
        name: "Deno",
        signs: &[
            Sign::Has("ts", "Deno.serve("),
            Sign::Has("js", "Deno.serve("),
            Sign::Has("ts", "/http/server.ts\""),
            Sign::Has("js", "/http/server.ts\""),
            Sign::Has("ts", "deno.land/x/oak"),
            Sign::Has("js", "deno.land/x/oak"),
            Sign::Has("ts", "from \"jsr:@"),
            Sign::Has("js", "from \"jsr:@"),
        ],
        is_server: true,
        base: "denoland/deno:debian",
        ..UNKNOWN
    },
    LanguageRow {
        name: "Deno",
        signs: &[Sign::Named("deno.json"), Sign::Named("deno.jsonc")],
        base: "denoland/deno:debian",
        ..UNKNOWN
    },
    LanguageRow {
        name: "Swift",
        signs: &[Sign::Named("Package.swift")],
        base: "swift:6.0",
        build: "swift build -c release",
        ..UNKNOWN
    },
    LanguageRow {
        name: "Haskell",
        signs: &[Sign::Named("stack.yaml"), Sign::Ending("cabal")],
        base: "haskell:9",
        ..UNKNOWN
    },
    LanguageRow { name: "Perl", signs: &[Sign::Named("cpanfile"), Sign::Ending("psgi")], base: "perl:5.40", ..UNKNOWN },
    LanguageRow { name: "Crystal", signs: &[Sign::Named("shard.yml")], base: "crystallang/crystal:1", ..UNKNOWN },
    LanguageRow { name: "OCaml", signs: &[Sign::Named("dune-project")], base: "ocaml/opam:debian", ..UNKNOWN },
    LanguageRow { name: "Zig", signs: &[Sign::Named("build.zig")], base: "debian:trixie-slim", ..UNKNOWN },
    LanguageRow { name: "Nim", signs: &[Sign::Ending("nimble")], base: "nimlang/nim:2.2.0", ..UNKNOWN },
    LanguageRow {
        name: "C or C++",
        signs: &[Sign::Named("CMakeLists.txt"), Sign::Named("meson.build")],
        base: "debian:trixie-slim",
        apt: &["build-essential", "cmake"],
        ..UNKNOWN
    },
];

const WINDOW: &str =
    "a Space has no screen: give the app a page, for example with Gradio, and run `spaces-new init` again";
const PHONE: &str =
    "a Space can serve its web build: build it, and run `spaces-new init` in the folder of the built page";

/// Kinds of programs that do not serve a page by themselves.
pub const OTHERS: &[OtherRow] = &[
    OtherRow {
        what: "a Flutter app",
        signs: &[Sign::Has("pubspec.yaml", "flutter:")],
        owns_page: false,
        help: "a Space can serve its web build: `flutter build web`, then `spaces-new init build/web`",
    },
    OtherRow { what: "a mobile app", signs: &[Sign::Has("package.json", "\"expo\":")], owns_page: false, help: PHONE },
    OtherRow {
        what: "a mobile app",
        signs: &[Sign::Has("package.json", "\"react-native\":")],
        owns_page: false,
        help: PHONE,
    },
    OtherRow {
        what: "an Android app",
        signs: &[
            Sign::Has("build.gradle", "com.android.application"),
            Sign::Has("build.gradle.kts", "com.android.application"),
            Sign::Named("AndroidManifest.xml"),
        ],
        owns_page: false,
        help: "a Space runs servers and pages: the repository needs a part that is one",
    },
    OtherRow {
        what: "a browser extension",
        signs: &[Sign::Has("manifest.json", "\"manifest_version\"")],
        owns_page: true,
        help: "it runs in a browser: a Space can only serve a page about it, or the server that it talks to",
    },
    OtherRow {
        what: "a desktop app",
        signs: &[Sign::Has("package.json", "\"electron\":")],
        owns_page: false,
        help: WINDOW,
    },
    OtherRow {
        what: "a desktop app",
        signs: &[Sign::Named("tauri.conf.json"), Sign::Has("package.json", "\"@tauri-apps/cli\":")],
        owns_page: false,
        help: WINDOW,
    },
    OtherRow {
        what: "a desktop app",
        signs: &[
            Sign::Imports("tkinter"),
            Sign::Imports("customtkinter"),
            Sign::Imports("PyQt5"),
            Sign::Imports("PyQt6"),
            Sign::Imports("PySide2"),
            Sign::Imports("PySide6"),
            Sign::Imports("wx"),
            Sign::Imports("kivy"),
            Sign::Imports("pygame"),
            Sign::Imports("turtle"),
        ],
        owns_page: false,
        help: WINDOW,
    },
    // <https://developers.cloudflare.com/workers/wrangler/commands/#dev>
    OtherRow {
        what: "a Worker of Cloudflare",
        signs: &[Sign::Named("wrangler.toml"), Sign::Named("wrangler.json"), Sign::Named("wrangler.jsonc")],
        owns_page: false,
        help: "a Dockerfile on `node:22` that installs its packages and starts `npx wrangler dev --ip 0.0.0.0 --port 7860` serves it \
               with the local runtime; then run `spaces-new init` again",
    },
];
