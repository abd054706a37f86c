//! Programs that no template builds: the refusal names them, and its advice leads to a Space.

use super::{APP, written};
use crate::support::Ran;

/// What is in the folder, a part of the message, and a part of the advice.
const REFUSED: [(&str, &str, &str); 33] = [
    (
        "```index.html\n<p>Hi\n```\n```main.ts\nDeno.serve({ port: 8000 }, () => new Response('x'));\n```",
        "`main.ts` belongs to a Deno app",
        "denoland/deno",
    ),
    (
        "```index.html\n<p>Hi\n```\n```serve.js\nimport { serve } from \"https://deno.land/std@0.224.0/http/server.ts\";\n```",
        "`serve.js` belongs to a Deno app",
        "denoland/deno",
    ),
    (
        "```package.json\n{\"scripts\": {\"start\": \"node b.js\"}, \"dependencies\": {\"telegraf\": \"4\"}}\n```\n```b.js\nconst { Telegraf } = require('telegraf');\n```",
        "`package.json` is a Telegram bot, which opens no port",
        "answer on port 7860",
    ),
    (
        "```package.json\n{\"scripts\": {\"start\": \"node b.js\"}, \"dependencies\": {\"discord.js\": \"14\"}}\n```\n```b.js\nimport { Client } from 'discord.js';\n```",
        "`package.json` is a Discord bot, which opens no port",
        "answer on port 7860",
    ),
    (
        "```package.json\n{\"scripts\": {\"start\": \"node b.js\"}, \"dependencies\": {\"@slack/bolt\": \"4\"}}\n```\n```b.js\nimport { App } from '@slack/bolt';\nnew App({ socketMode: true }).start();\n```",
        "`package.json` is a Slack bot, which opens no port",
        "answer on port 7860",
    ),
    (
        "```go.mod\nmodule bot\n\nrequire github.com/bwmarrin/discordgo v0.28.1\n```\n```main.go\npackage main\n\nimport \"github.com/bwmarrin/discordgo\"\n\nfunc main() {\n}\n```",
        "`go.mod` is a Discord bot, which opens no port",
        "answer on port 7860",
    ),
    (
        "```web/go.mod\nmodule web\n```\n```web/main.go\npackage main\n\nfunc main() {\n\thttp.ListenAndServe(\":8080\", nil)\n}\n```",
        "`web` has a Go app",
        "`spaces-new init web`",
    ),
    ("```pom.xml\n<project/>\n```", "`pom.xml` belongs to a Java app", "`maven:"),
    ("```pom.xml\n<artifactId>spring-boot-starter-parent</artifactId>\n```", "a Spring Boot app", "--server.port=7860"),
    ("```build.gradle\nplugins { id 'java' }\n```", "a Java app", "gradlew"),
    ("```build.gradle.kts\nplugins { kotlin(\"jvm\") version \"2.1.0\" }\n```", "a Kotlin app", "gradlew"),
    ("```server/pom.xml\n<project/>\n```", "`server/pom.xml` belongs to a Java app", "Dockerfile"),
    ("```src/Shop/Shop.csproj\n<Project Sdk=\"Microsoft.NET.Sdk\"></Project>\n```", "a .NET app", "dotnet/sdk:8.0"),
    ("```Shop.csproj\n<TargetFramework>net9.0</TargetFramework>\n```", "a .NET app", "dotnet/sdk:9.0"),
    ("```analysis.R\nx <- 1\n```", "an R app", "`r-base-core`"),
    ("```app.jl\nusing HTTP\n```\n```Project.toml\n[deps]\n```", "a Julia app", "`julia:"),
    ("```artisan\n<?php\n```\n```composer.json\n{}\n```", "a PHP (Laravel) app", "artisan serve"),
    ("```composer.lock\n{}\n```\n```public/index.php\n<?php\n```", "a PHP app", "composer install"),
    ("```Gemfile\ngem \"rails\"\n```", "a Ruby on Rails app", "-b 0.0.0.0 -p 7860"),
    ("```Gemfile\ngem \"sinatra\"\n```\n```app.rb\nrequire \"sinatra\"\n```", "a Ruby app", "-o 0.0.0.0 -p 7860"),
    ("```mix.exs\ndefmodule Shop do end\n```", "an Elixir app", "`elixir:"),
    ("```deno.json\n{}\n```\n```main.ts\nDeno.serve(() => new Response('hi'));\n```", "a Deno app", "denoland/deno"),
    (
        "```wrangler.toml\nname = \"shop\"\n```\n```src/index.js\nexport default {}\n```",
        "a Worker of Cloudflare",
        "--ip 0.0.0.0",
    ),
    (
        "```manifest.json\n{\"manifest_version\": 3}\n```\n```popup.js\n1\n```",
        "a browser extension",
        "a Space can only",
    ),
    ("```pubspec.yaml\nflutter:\n  sdk: flutter\n```\n```android/build.gradle\n```", "a Flutter app", "build/web"),
    ("```package.json\n{\"dependencies\": {\"expo\": \"52.0.0\"}}\n```", "a mobile app", "web build"),
    ("```package.json\n{\"devDependencies\": {\"electron\": \"33.0.0\"}}\n```", "a desktop app", "no screen"),
    ("```main.py\nimport tkinter as tk\n\ntk.Tk().mainloop()\n```", "a desktop app", "no screen"),
    ("```game.py\nimport pygame\n\npygame.init()\n```", "a desktop app", "no screen"),
    ("```CMakeLists.txt\nproject(shop)\n```\n```main.cpp\nint main() {}\n```", "a C or C++ app", "`build-essential`"),
    ("```index.html\n<p>Hi\n```\n```pom.xml\n<project/>\n```", "a Java app", "Dockerfile"),
    (
        "```examples/demo.py\nimport gradio as gr\n\ngr.Interface(print).launch()\n```\n```shop/__init__.py\n```",
        "`examples/demo.py` (Gradio) is an example",
        "--app-file examples/demo.py",
    ),
    ("```analysis.ipynb\n{}\n```", "notebooks", "`app.py`"),
];

fn refused(folder: &str) -> Ran {
    let workspace = written(folder);
    let before = workspace.files(APP);
    let ran = workspace.run("init my-app --yes");
    assert_eq!(ran.code(), 2, "{folder}: {}", ran.shown());
    assert!(workspace.files(APP) == before, "{folder}");
    ran
}

#[test]
fn a_program_that_no_template_builds_is_named_with_the_way_to_a_space() {
    for (folder, message, advice) in REFUSED {
        let said = refused(folder).stderr();
        let (error, hint) = said.split_once("hint: ").unwrap();
        assert!(error.contains(message) && hint.contains(advice), "{folder}: {said}");
        assert!(!hint.contains('{'), "{said}");
    }
}

/// The words after `spaces-new init DIR` that the advice names, as a shell splits them.
fn flags(hint: &str) -> Vec<String> {
    let from = hint.find("`--template docker").unwrap_or_else(|| panic!("{hint}"));
    let rest = &hint[from + 1..];
    shlex::split(&rest[..rest.find(['`', '\n']).unwrap()]).unwrap()
}

#[test]
fn the_flags_that_the_advice_names_make_a_space_that_checks_clean() {
    for folder in [
        "```app.R\nlibrary(shiny)\nshinyApp(fluidPage('hi'), function(input, output) {})\n```",
        "```index.php\n<?php\necho 'hi';\n```\n```composer.json\n{}\n```",
        "```public/index.php\n<?php\necho 'hi';\n```",
        "```app/app.R\nlibrary(shiny)\n```",
        "```src/Demo/Demo.csproj\n<Project Sdk=\"Microsoft.NET.Sdk.Web\"></Project>\n```",
        "```Demo.csproj\n<Project Sdk=\"Microsoft.NET.Sdk.Web\"><TargetFramework>net8.0</TargetFramework></Project>\n```",
    ] {
        let said = refused(folder).stderr();
        let workspace = written(folder);
        let flags = flags(&said);
        let words: Vec<&str> = ["init", APP, "--yes"].into_iter().chain(flags.iter().map(String::as_str)).collect();
        workspace.run_words(&words).ok();
        workspace.run("check my-app --fail-on warning").ok();
        let dockerfile = String::from_utf8(workspace.files(APP).remove("Dockerfile").unwrap()).unwrap();
        assert!(dockerfile.contains("7860"), "{dockerfile}");
    }
}

#[test]
fn the_page_of_a_server_in_another_language_is_not_taken_alone() {
    let page = "```package.json\n{\"scripts\": {\"build\": \"vite build\"}, \"devDependencies\": {\"vite\": \"6.2.0\"}}\n```\n```index.html\n<p>Hi\n```\n";
    let laravel = format!("{page}```artisan\n<?php\n```");
    assert!(refused(&laravel).stderr().contains("PHP (Laravel)"));
    let extension = format!("{page}```manifest.json\n{{\"manifest_version\": 3}}\n```");
    assert!(refused(&extension).stderr().contains("a browser extension"));
    // A Gemfile of a tool is not a server
    let tools = format!("{page}```Gemfile\ngem \"fastlane\"\n```");
    written(&tools).run("init my-app --yes").ok();
}
