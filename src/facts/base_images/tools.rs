//! Images of tools and runtimes on which apps are built. They start nothing that a Space could show.

use super::super::distributions::TagRow;
use super::systems::NODE;
use super::{Account, Distribution, ImageRow, Pattern, Starts, UBUNTU, image, on};

const GRADLE: Account = Account { user: "gradle", group: "gradle", home: "/home/gradle" };
const VSCODE: Account = Account { user: "vscode", group: "vscode", home: "/home/vscode" };
/// The user of Wolfi.
const NONROOT: (Account, u32) = (Account { user: "nonroot", group: "nonroot", home: "/home/nonroot" }, 65532);
const DOTNET_APP: (Account, u32) = (Account { user: "app", group: "app", home: "/home/app" }, 1654);
const DENO: (Account, u32) = (Account { user: "deno", group: "deno", home: "/home/deno" }, 1993);

/// The images.
pub(super) const TOOLS: &[ImageRow] = &[
    // Source: <https://images.chainguard.dev/directory/image/wolfi-base>, and `/etc/passwd` of the images
    ImageRow { others: &[NONROOT], ..on(Distribution::Alpine, Pattern::Path("chainguard/wolfi-base")) },
    ImageRow {
        warning: Some("it may have an ENTRYPOINT of its own, to which the command is then appended"),
        ..image(Pattern::Within("chainguard"))
    },
    ImageRow {
        warning: Some("it may have an ENTRYPOINT of its own, to which the command is then appended"),
        ..on(Distribution::Distroless, Pattern::Within("distroless"))
    },
    // Tags with a version alone move, and have been on Ubuntu 24.04 or newer since July 2024; tags with a build number stay.
    // Sources: <https://github.com/docker-library/official-images/commits/master/library/eclipse-temurin>,
    // <https://github.com/adoptium/containers>
    ImageRow {
        account: Some(UBUNTU),
        account_since: &["8", "11", "17", "21", "22", "23", "24", "25", "26"],
        tags: &[
            TagRow::owned("noble", UBUNTU),
            TagRow::owned("resolute", UBUNTU),
            TagRow::free("jammy"),
            TagRow::free("focal"),
            TagRow::free("alpine"),
            TagRow::free("ubi9"),
            TagRow::free("ubi10"),
            TagRow::free("centos7"),
        ],
        starts: Starts::Nothing,
        ..on(Distribution::Debian, Pattern::Official("eclipse-temurin"))
    },
    // Built on `eclipse-temurin` unless the tag names another JDK.
    // Sources: <https://github.com/docker-library/official-images/commits/master/library/maven>,
    // <https://github.com/carlossg/docker-maven>
    ImageRow {
        account: Some(UBUNTU),
        account_since: &[
            "3", "4", "3.9", "3.9.9", "3.9.10", "3.9.11", "3.9.12", "3.9.13", "3.9.14", "3.9.15", "3.9.16", "eclipse",
        ],
        tags: &[
            TagRow::owned("noble", UBUNTU),
            TagRow::free("alpine"),
            TagRow::free("focal"),
            TagRow::free("jammy"),
            TagRow::free("amazoncorretto"),
            TagRow::free("azulzulu"),
            TagRow::free("ibmjava"),
            TagRow::free("ibm"),
            TagRow::free("jdk"),
            TagRow::free("openjdk"),
            TagRow::free("sapmachine"),
            TagRow::free("microsoft"),
            TagRow::free("oracle"),
            TagRow::free("libericaopenjdk"),
        ],
        ..on(Distribution::Debian, Pattern::Official("maven"))
    },
    // It creates the user, or renames `ubuntu` to it. Source: <https://github.com/keeganwitt/docker-gradle>
    ImageRow {
        account: Some(GRADLE),
        tags: &[TagRow::free("ubi"), TagRow::free("ubi9"), TagRow::free("ubi10")],
        ..on(Distribution::Debian, Pattern::Official("gradle"))
    },
    on(Distribution::Fedora, Pattern::Official("amazoncorretto")),
    // Source: <https://github.com/ContinuumIO/docker-images>
    on(Distribution::Debian, Pattern::Path("continuumio/miniconda3")),
    on(Distribution::Debian, Pattern::Path("continuumio/anaconda3")),
    // Source: <https://github.com/denoland/deno_docker>
    ImageRow { others: &[DENO], ..on(Distribution::Debian, Pattern::Path("denoland/deno")) },
    // `app` has been there since .NET 8. Source: <https://github.com/dotnet/dotnet-docker>
    ImageRow { others: &[DOTNET_APP], ..on(Distribution::Debian, Pattern::Path("dotnet/aspnet")) },
    ImageRow { others: &[DOTNET_APP], ..on(Distribution::Debian, Pattern::Path("dotnet/sdk")) },
    ImageRow { others: &[DOTNET_APP], ..on(Distribution::Debian, Pattern::Path("dotnet/runtime")) },
    // Source: <https://github.com/devcontainers/images>
    ImageRow { account: Some(NODE), ..on(Distribution::Debian, Pattern::Path("devcontainers/javascript-node")) },
    ImageRow { account: Some(NODE), ..on(Distribution::Debian, Pattern::Path("devcontainers/typescript-node")) },
    ImageRow { account: Some(VSCODE), ..on(Distribution::Debian, Pattern::Within("devcontainers")) },
    // UID 1000 of Ubuntu is removed. Source: <https://github.com/rocker-org/rocker-versioned2/tree/master/dockerfiles>
    ImageRow { tags: &[TagRow::free("noble")], ..on(Distribution::Debian, Pattern::Path("rocker/r-ver")) },
];
