//! What corepack, pnpm and frameworks of Node say of their versions and of what they need.

use super::Message;

pub(super) const ROWS: &[Message] = &[
    Message {
        id: "corepack-keys",
        patterns: &["Error: Cannot find matching keyid", "Internal Error: Cannot find matching keyid"],
        cause: "npm signs packages with newer keys than the corepack of this Node image knows (corepack before 0.31), so it refuses the pnpm or Yarn that it has downloaded. Nothing in package.json causes that.",
        fix: "Run `npm install -g corepack@latest` before `corepack enable`, choose a newer image (`node:22` from 22.14 on), or install the package manager itself with `npm install -g pnpm`. `ENV COREPACK_INTEGRITY_KEYS=0` turns the check of signatures off.",
        example: "Error: Cannot find matching keyid: {\"signatures\":[{\"sig\":\"MEYC..\",\"keyid\":\"SHA256:DhQ8wR5A..\"}],\"keys\":[..]}",
        source: "https://github.com/nodejs/corepack/issues/612",
        ..Message::BUILD
    },
    Message {
        id: "corepack-not-permitted",
        patterns: &[
            "Internal Error: EACCES: permission denied, symlink '{from}' -> '{file}'",
            "Internal Error: EACCES: permission denied, unlink '{file}'",
        ],
        cause: "`corepack enable` writes {file}, in a folder that belongs to root, and the user of the Dockerfile at that line is not root.",
        fix: "Move `RUN corepack enable` above the `USER` line, or run `corepack enable --install-directory ~/.local/bin` with that folder in `PATH`.",
        example: "Internal Error: EACCES: permission denied, symlink '../lib/node_modules/corepack/dist/pnpm.js' -> '/usr/local/bin/pnpm'",
        source: "https://github.com/nodejs/corepack/issues/265",
        ..Message::BUILD
    },
    Message {
        id: "pnpm-lock-of-another-version",
        patterns: &["{}ERR_PNPM_LOCKFILE_BREAKING_CHANGE"],
        cause: "pnpm-lock.yaml was written by another major version of pnpm than the one in the image, and `--frozen-lockfile` refuses to convert it.",
        fix: "Name your version in package.json (`\"packageManager\": \"pnpm@9.15.9\"`) so that corepack takes it, or install it (`npm install -g pnpm@9`). Otherwise run `pnpm install` with the version of the image, and commit pnpm-lock.yaml.",
        example: "ERR_PNPM_LOCKFILE_BREAKING_CHANGE  Lockfile /app/pnpm-lock.yaml not compatible with current pnpm",
        source: "https://github.com/upleveled/preflight/pull/526",
        ..Message::BUILD
    },
    Message {
        id: "npm-protocol-of-pnpm",
        patterns: &[
            "npm error Unsupported URL Type \"workspace:\"",
            "npm ERR! Unsupported URL Type \"workspace:\"",
            "npm error Unsupported URL Type \"catalog:\"",
            "npm ERR! Unsupported URL Type \"catalog:\"",
        ],
        cause: "A package.json asks for a package as `workspace:` or `catalog:`, which pnpm, Yarn or Bun understand and npm does not: it is part of a repository of several packages that another package manager installs.",
        fix: "Install with the package manager whose lock file the repository has (`corepack enable && pnpm install --frozen-lockfile`), from the folder with the workspace. If an installed package has it, choose another version of that package.",
        example: "npm error Unsupported URL Type \"workspace:\": workspace:*",
        source: "https://github.com/npm/npm-package-arg/blob/main/lib/npa.js",
        ..Message::BUILD
    },
    Message {
        id: "husky-missing",
        patterns: &["sh: 1: husky: not found", "sh: husky: not found"],
        cause: "package.json has a script `prepare` that calls husky, which npm runs after each installation, and husky is among the development packages that were left out (`NODE_ENV=production`, `--omit=dev`).",
        fix: "Write `\"prepare\": \"husky || true\"` in package.json; or install with `--ignore-scripts` if no package compiles anything when it is installed.",
        example: "sh: 1: husky: not found",
        source: "https://typicode.github.io/husky/how-to.html#ci-server-and-docker",
        ..Message::BUILD
    },
    Message {
        id: "require-of-module",
        patterns: &["Error [ERR_REQUIRE_ESM]: require() of ES Module {path} from {file} not supported"],
        cause: "{file} loads {path} with `require`, and that is an ES module, which the Node of the image cannot load in this way.",
        fix: "Choose an image with Node 22.12 or later, which can; or load it with `import`, or choose an older version of the package that is not an ES module (such as `node-fetch@2`).",
        example: "Error [ERR_REQUIRE_ESM]: require() of ES Module /app/node_modules/nanoid/index.js from /app/server.js not supported.",
        source: "https://nodejs.org/api/modules.html#loading-ecmascript-modules-using-require",
        ..Message::RUN
    },
    Message {
        id: "svelte-env-not-static",
        patterns: &["{}\"env\" is not exported by \"{}env/static/"],
        cause: "The app imports `env` from `$env/static`, which exports each variable under its own name and has no `env`.",
        fix: "Import the variable itself from `$env/static/private` (or `public`), or `env` from `$env/dynamic/private` or `$env/dynamic/public`.",
        example: "\"env\" is not exported by \"virtual:env/static/private\", imported by \"src/routes/+page.server.ts\".",
        source: "https://github.com/sveltejs/kit/issues/11378",
        ..Message::BUILD
    },
    Message {
        id: "svelte-variable-not-at-build",
        patterns: &["{}\"{name}\" is not exported by \"{}env/static/"],
        cause: "SvelteKit puts the variables of `$env/static` into the build, and {name} has no value while the image is built.",
        fix: "Add {name} as a variable in the Space's settings and declare it in the Dockerfile before the build (`ARG {name}`); or import it from `$env/dynamic/public` or `$env/dynamic/private`, which are read when the app runs, as a secret must be.",
        also: &["public-name-without-arg"],
        example: "src/lib/api.ts (1:9): \"PUBLIC_API_URL\" is not exported by \"virtual:env/static/public\", imported by \"src/lib/api.ts\".",
        source: "https://svelte.dev/docs/kit/$env-static-public",
        ..Message::BUILD
    },
    Message {
        id: "prisma-openssl-missing",
        patterns: &[
            "{}Error loading shared library libssl.so.{version}: No such file or directory (needed by {path}_engine-{name})",
            "{}Error loading shared library libssl.so.{version}: No such file or directory (needed by {path}-engine-{name})",
        ],
        cause: "Prisma has chosen an engine for OpenSSL {version}, and the Alpine image has another version of OpenSSL, or Prisma did not find it.",
        fix: "Install OpenSSL before `npm ci` and `prisma generate`, in each stage (`RUN apk add --no-cache openssl`), and update Prisma; or choose a Debian image (`node:22-slim`, with `apt-get install -y openssl`). Run `prisma generate` in the image, not before.",
        example: "Error loading shared library libssl.so.1.1: No such file or directory (needed by /app/node_modules/.prisma/client/libquery_engine-linux-musl.so.node)",
        source: "https://github.com/nodejs/docker-node/issues/1821",
        ..Message::RUN
    },
];
