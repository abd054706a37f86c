//! Images of distributions and languages, and those that are built on them.

use super::super::distributions::TagRow;
use super::{
    Account, Application, Compiler, Distribution, ImageRow, Pattern, PortBy, Releases, Runtime, Starts, Tools, UBUNTU,
    Vanished, image, on,
};

pub(super) const NODE: Account = Account { user: "node", group: "node", home: "/home/node" };
const BUN: Account = Account { user: "bun", group: "bun", home: "/home/bun" };
const PLAYWRIGHT: Account = Account { user: "pwuser", group: "pwuser", home: "/home/pwuser" };

/// Its images come for building, for running, and without even the libraries.
const NVCC: Compiler = Compiler { program: "nvcc", with: "devel", without: &["runtime", "base"] };

const NAME_A_RELEASE: &str =
    "name a release with all three numbers, as in `nvidia/cuda:12.8.1-cudnn-runtime-ubuntu22.04`";

/// The images.
pub(super) const SYSTEMS: &[ImageRow] = &[
    on(Distribution::Distroless, Pattern::Official("scratch")),
    ImageRow {
        all_users_known: true,
        starts: Starts::Nothing,
        ..on(Distribution::Alpine, Pattern::Official("alpine"))
    },
    on(Distribution::Fedora, Pattern::Official("fedora")),
    on(Distribution::Fedora, Pattern::Official("rockylinux")),
    on(Distribution::Fedora, Pattern::Official("almalinux")),
    on(Distribution::Fedora, Pattern::Official("amazonlinux")),
    on(Distribution::Fedora, Pattern::Within("ubi8")),
    on(Distribution::Fedora, Pattern::Within("ubi9")),
    ImageRow {
        releases: Releases::Named,
        all_users_known: true,
        tools: Tools::Few,
        starts: Starts::Nothing,
        ..on(Distribution::Debian, Pattern::Official("debian"))
    },
    // Seen in failing Spaces: `useradd: UID 1000 is not unique` from 23.04 on
    ImageRow {
        account: Some(UBUNTU),
        all_users_known: true,
        starts: Starts::Nothing,
        tags: &[
            TagRow::free("16.04"),
            TagRow::free("18.04"),
            TagRow::free("20.04"),
            TagRow::free("22.04"),
            TagRow::free("22.10"),
            TagRow::free("xenial"),
            TagRow::free("bionic"),
            TagRow::free("focal"),
            TagRow::free("jammy"),
            TagRow::free("kinetic"),
            // Those before them are kept on Docker Hub too
            TagRow::free("12"),
            TagRow::free("14"),
            TagRow::free("15"),
            TagRow::free("16"),
            TagRow::free("17"),
            TagRow::free("18"),
            TagRow::free("19"),
            TagRow::free("20"),
            TagRow::free("21"),
            TagRow::free("precise"),
            TagRow::free("trusty"),
            TagRow::free("artful"),
            TagRow::free("cosmic"),
            TagRow::free("disco"),
            TagRow::free("eoan"),
            TagRow::free("groovy"),
            TagRow::free("hirsute"),
            TagRow::free("impish"),
        ],
        ..on(Distribution::Debian, Pattern::Official("ubuntu"))
    },
    ImageRow {
        releases: Releases::Moving((3, 10)),
        all_users_known: true,
        runtime: Runtime::Python,
        tools: Tools::FewIfSlim,
        starts: Starts::Nothing,
        ..on(Distribution::Debian, Pattern::Official("python"))
    },
    // Seen in failing Spaces: `useradd: UID 1000 is not unique`
    ImageRow {
        releases: Releases::Named,
        account: Some(NODE),
        all_users_known: true,
        runtime: Runtime::Node,
        tools: Tools::FewIfSlim,
        starts: Starts::Nothing,
        ..on(Distribution::Debian, Pattern::Official("node"))
    },
    ImageRow {
        releases: Releases::Named,
        all_users_known: true,
        ..on(Distribution::Debian, Pattern::Official("golang"))
    },
    ImageRow {
        releases: Releases::Named,
        all_users_known: true,
        ..on(Distribution::Debian, Pattern::Official("rust"))
    },
    on(Distribution::Debian, Pattern::Official("ruby")),
    on(Distribution::Debian, Pattern::Official("openjdk")),
    on(Distribution::Debian, Pattern::Official("r-base")),
    ImageRow { account: Some(BUN), ..on(Distribution::Debian, Pattern::Path("oven/bun")) },
    // Sources: the page of the image on Docker Hub, which says that `latest` is gone, and
    // <https://gitlab.com/nvidia/container-images/cuda/blob/master/doc/support-policy.md>; a build that failed with
    // `nvidia/cuda:9.2-devel-ubuntu18.04: not found`
    ImageRow {
        compiler: Some(NVCC),
        vanished: &[Vanished { tag: "latest", help: NAME_A_RELEASE }, Vanished { tag: "9.", help: NAME_A_RELEASE }],
        ..on(Distribution::Debian, Pattern::Path("nvidia/cuda"))
    },
    ImageRow {
        runtime: Runtime::Python,
        compiler: Some(NVCC),
        ..on(Distribution::Debian, Pattern::Path("pytorch/pytorch"))
    },
    // The first user is created by the image; Ubuntu below it has none
    ImageRow { tags: PLAYWRIGHT_TAGS, ..image(Pattern::Path("playwright")) },
    ImageRow { tags: PLAYWRIGHT_TAGS, ..image(Pattern::Path("playwright/python")) },
    // Source: <https://github.com/nginx/docker-nginx-unprivileged>
    ImageRow {
        starts_unprivileged: true,
        port: Some(8080),
        application: Some(Application {
            name: "nginx",
            port: 8080,
            port_by: PortBy::Configuration,
            words: &["nginx", "-g", "daemon off;"],
            content: &["/usr/share/nginx/html"],
            workdir: None,
            variables: &[],
            writes: &[],
            runs_commands: true,
            only: &[],
            except: &[],
            obstacle: None,
            checked: true,
        }),
        warning: Some("it serves /usr/share/nginx/html as it comes: bring a configuration for the app's folder"),
        ..on(Distribution::Debian, Pattern::Path("nginxinc/nginx-unprivileged"))
    },
    ImageRow {
        starts: Starts::ServerOfRoot {
            program: "nginx",
            help: "use `nginxinc/nginx-unprivileged` with `app_port: 8080`",
        },
        warning: Some("its stock configuration needs root and port 80; `nginxinc/nginx-unprivileged` needs neither"),
        ..on(Distribution::Debian, Pattern::Official("nginx"))
    },
];

const PLAYWRIGHT_TAGS: &[TagRow] = &[TagRow::owned("jammy", PLAYWRIGHT), TagRow::owned("focal", PLAYWRIGHT)];
