//! What Node and its packages say of their compiled parts.

use super::Message;

pub(super) const ROWS: &[Message] = &[
    Message {
        id: "node-module-of-another-system",
        patterns: &[
            "{}Cannot find module @rollup/rollup-linux-x64-{}. npm has a bug",
            "{}You installed esbuild for another platform than the one you're currently using",
            "{}You installed esbuild on another platform than the one you're currently using",
            "{}The package \"@esbuild/linux-x64\" could not be found, and is needed by esbuild",
            "{}Cannot find module '{name}linux-x64'",
            "{}Could not load the \"sharp\" module using the linux-x64 runtime",
            "{}Could not load the \"sharp\" module using the linuxmusl-x64 runtime",
            "{}Cannot find module '{name}linux-x64-gnu{}'",
            "{}Cannot find module '{name}linux-x64-musl{}'",
        ],
        cause: "A package has a compiled part for each system, and the one for Linux is not installed: package-lock.json was written on Windows or macOS without it, or node_modules was copied from there.",
        fix: "Keep node_modules out of the image (.dockerignore), delete package-lock.json and node_modules, run `npm install` again, and commit the new package-lock.json. If it stays, remove package-lock.json in the image before `npm install`.",
        example: "Error: Cannot find module '../lightningcss.linux-x64-gnu.node'",
        source: "https://github.com/parcel-bundler/lightningcss/issues/279",
        ..Message::BUILD
    },
    Message {
        id: "node-module-not-for-linux",
        patterns: &["Error: {file}.node: invalid ELF header"],
        cause: "{file}.node is compiled for another system than Linux: node_modules was copied from a computer with Windows or macOS into the image.",
        fix: "Write `node_modules` into .dockerignore and .gitignore, remove it from the repository (`git rm -r --cached node_modules`), and let the Dockerfile run `npm ci`.",
        rules: &["junk-pushed"],
        example: "Error: /app/node_modules/bcrypt/lib/binding/napi-v3/bcrypt_lib.node: invalid ELF header",
        source: "https://github.com/kelektiv/node.bcrypt.js/issues/578",
        ..Message::RUN
    },
    Message {
        id: "node-gyp-without-python",
        patterns: &[
            "{}gyp ERR! find Python You need to install the latest version of Python",
            "{}gyp ERR! stack Error: Could not find any Python installation to use",
        ],
        cause: "A package of Node is compiled in the image, and node-gyp needs Python (and a compiler), which slim and Alpine images do not have.",
        fix: "Install them before `npm ci`: `apt-get install -y python3 make g++`, or `apk add --no-cache python3 make g++` on Alpine; or take the image `node:22` without `-slim`, for which the package may have a compiled part already.",
        rules: &["build-tool-missing"],
        example: "npm error gyp ERR! find Python You need to install the latest version of Python.",
        source: "https://github.com/WiseLibs/better-sqlite3/issues/1523",
        ..Message::BUILD
    },
    Message {
        id: "npm-integrity",
        is_ambiguous: true,
        patterns: &["npm error code EINTEGRITY", "npm ERR! code EINTEGRITY"],
        cause: "A downloaded package has another checksum than package-lock.json says: the lock file is damaged (often by a merge) or was written with another registry, or the download was.",
        fix: "Build again (Factory rebuild). If it stays, delete package-lock.json and node_modules, run `npm cache clean --force` and `npm install`, and commit the new package-lock.json.",
        example: "npm error code EINTEGRITY",
        source: "https://github.com/nodejs/node/issues/40376",
        ..Message::BUILD
    },
    Message {
        id: "bun-lock-outdated",
        patterns: &["error: lockfile had changes, but lockfile is frozen"],
        cause: "bun.lock does not fit package.json, and `--frozen-lockfile` refuses to change it.",
        fix: "Run `bun install` with the same version of Bun as the image, and commit the new bun.lock.",
        example: "error: lockfile had changes, but lockfile is frozen",
        source: "https://github.com/oven-sh/bun",
        ..Message::BUILD
    },
];
