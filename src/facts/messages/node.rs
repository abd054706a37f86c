//! What npm, pnpm, Yarn, Node and bundlers say.

use super::{Message, Weight};

pub(super) const ROWS: &[Message] = &[
    Message {
        id: "npm-lock-outdated",
        patterns: &[
            "npm error `npm ci` can only install packages when your package.json and package-lock.json",
            "npm ERR! `npm ci` can only install packages when your package.json and package-lock.json",
        ],
        cause: "package-lock.json does not list what package.json asks for, and `npm ci` refuses to install from a lock file that is out of sync.",
        fix: "Run `npm install` with the npm of the image's Node version, commit the new package-lock.json, and push again.",
        example: "npm error `npm ci` can only install packages when your package.json and package-lock.json or npm-shrinkwrap.json are in sync.",
        source: "https://github.com/requinDr/tsukiweb-public/issues/109",
        ..Message::BUILD
    },
    Message {
        id: "npm-lock-missing",
        patterns: &[
            "npm error The `npm ci` command can only install with an existing package-lock.json",
            "npm ERR! The `npm ci` command can only install with an existing package-lock.json",
        ],
        cause: "`npm ci` needs package-lock.json, and it is not in the image: not committed, not copied, or kept out by .dockerignore.",
        fix: "Commit package-lock.json and copy it with package.json (`COPY package*.json ./`), or use `npm install`.",
        rules: &["dockerignored-source"],
        example: "npm error The `npm ci` command can only install with an existing package-lock.json or",
        source: "own run of npm 11",
        ..Message::BUILD
    },
    Message {
        id: "npm-peer-conflict",
        patterns: &[
            "npm error ERESOLVE unable to resolve dependency tree",
            "npm ERR! ERESOLVE unable to resolve dependency tree",
            "npm error ERESOLVE could not resolve",
            "npm ERR! ERESOLVE could not resolve",
        ],
        cause: "Two packages need different versions of a third one (a peer dependency); the lines below name them.",
        fix: "Choose versions that fit together, often newer ones of the package that the message names; `--legacy-peer-deps` installs them all the same.",
        example: "npm error ERESOLVE unable to resolve dependency tree",
        source: "own run of npm 11",
        ..Message::BUILD
    },
    Message {
        id: "npm-package-unknown",
        patterns: &[
            "npm error 404 Not Found - GET {url}",
            "npm ERR! 404 Not Found - GET {url}",
            "npm error 404  The requested resource '{package}' could not be found",
            "ERR_PNPM_FETCH_404",
        ],
        cause: "The registry has no such package, or it is private.",
        fix: "Correct the name in package.json; a private package needs a token, as a build secret.",
        example: "npm error 404 Not Found - GET https://index.example/this-package-does-not-exist-xyz-123",
        source: "own run of npm 11",
        ..Message::BUILD
    },
    Message {
        id: "npm-version-unknown",
        patterns: &[
            "npm error notarget No matching version found for {package}",
            "npm ERR! notarget No matching version found for {package}",
            "ERR_PNPM_NO_MATCHING_VERSION",
        ],
        cause: "A package has no version as package.json asks for it.",
        fix: "Correct the version in package.json, and renew the lock file.",
        example: "npm error notarget No matching version found for left-pad@99.0.0.",
        source: "own run of npm 11",
        ..Message::BUILD
    },
    Message {
        id: "npm-script-missing",
        patterns: &[
            "npm error Missing script: \"{script}\"",
            "npm ERR! Missing script: \"{script}\"",
            "error Command \"{script}\" not found.",
            "ERR_PNPM_NO_SCRIPT",
        ],
        cause: "package.json has no script of that name.",
        fix: "Add the script to `scripts` of package.json, or call the one that is there.",
        rules: &["missing-build-script", "missing-start-file"],
        example: "npm error Missing script: \"build\"",
        source: "own run of npm 11",
        ..Message::BUILD
    },
    Message {
        id: "package-json-missing",
        patterns: &[
            "npm error enoent Could not read package.json",
            "npm ERR! enoent ENOENT: no such file or directory, open '{path}package.json'",
            "ERR_PNPM_NO_IMPORTER_MANIFEST_FOUND",
        ],
        cause: "package.json is not in the working folder: it is not copied yet, or lies in a subfolder.",
        fix: "Copy package.json before this `RUN`, and set `WORKDIR` to its folder.",
        rules: &["file-read-before-copy", "missing-build-script", "dockerignored-source"],
        example: "npm error enoent Could not read package.json: Error: ENOENT: no such file or directory, open '/app/package.json'",
        source: "own run of npm 11",
        ..Message::BUILD
    },
    Message {
        id: "package-json-invalid",
        patterns: &[
            "npm error JSON.parse Invalid package.json",
            "npm error code EJSONPARSE",
            "npm ERR! code EJSONPARSE",
            "npm ERR! JSON.parse",
        ],
        cause: "package.json is not valid JSON.",
        fix: "Correct it: no comments, no comma after the last entry, double quotes, no marks of a merge conflict.",
        example: "npm error code EJSONPARSE",
        source: "own run of npm 11",
        ..Message::BUILD
    },
    Message {
        id: "node-version-unsupported",
        patterns: &[
            "npm error code EBADENGINE",
            "npm ERR! code EBADENGINE",
            "error {package}: The engine \"node\" is incompatible with this module",
            "ERR_PNPM_UNSUPPORTED_ENGINE",
            "{}You are using Node.js {version}. Vite requires Node.js version",
        ],
        cause: "A package needs another version of Node than the image has.",
        fix: "Choose a newer `node` image, such as `node:22-slim`.",
        example: "npm error code EBADENGINE",
        source: "own run of npm 11",
        ..Message::BUILD
    },
    Message {
        id: "npm-not-permitted",
        patterns: &[
            "npm error code EACCES",
            "npm ERR! code EACCES",
            "npm error Your cache folder contains root-owned files",
        ],
        cause: "npm may not write to its cache or to node_modules: the folder belongs to root, or the user has no home.",
        fix: "Set `HOME` to a folder of the user, copy with `--chown=node`, and put `WORKDIR` where the user owns it (`RUN mkdir app && chown node app`).",
        rules: &["workdir-owned-by-root", "copy-owned-by-root", "user-without-home"],
        example: "npm error code EACCES",
        source: "own run of npm 11",
        ..Message::BUILD
    },
    Message {
        id: "pnpm-lock-outdated",
        patterns: &["ERR_PNPM_OUTDATED_LOCKFILE", "{}ERR_PNPM_OUTDATED_LOCKFILE"],
        cause: "pnpm-lock.yaml does not fit package.json, and `--frozen-lockfile` (the default in a build) refuses to change it.",
        fix: "Run `pnpm install`, and commit pnpm-lock.yaml.",
        example: "ERR_PNPM_OUTDATED_LOCKFILE  Cannot install with \"frozen-lockfile\" because pnpm-lock.yaml is not up to date with package.json",
        source: "https://pnpm.io/errors",
        ..Message::BUILD
    },
    Message {
        id: "pnpm-lock-missing",
        patterns: &["{}ERR_PNPM_NO_LOCKFILE"],
        cause: "`pnpm install --frozen-lockfile` needs pnpm-lock.yaml, and it is not in the image.",
        fix: "Commit pnpm-lock.yaml and copy it with package.json.",
        rules: &["dockerignored-source"],
        example: "ERR_PNPM_NO_LOCKFILE  Cannot install with \"frozen-lockfile\" because pnpm-lock.yaml is absent",
        source: "https://pnpm.io/errors",
        ..Message::BUILD
    },
    Message {
        id: "yarn-lock-outdated",
        patterns: &[
            "error Your lockfile needs to be updated, but yarn was run with `--frozen-lockfile`",
            "{}YN0028: {}The lockfile would have been modified by this install, which is explicitly forbidden",
        ],
        cause: "yarn.lock does not fit package.json, and Yarn may not change it in a build.",
        fix: "Run `yarn install`, and commit yarn.lock.",
        example: "error Your lockfile needs to be updated, but yarn was run with `--frozen-lockfile`.",
        source: "https://github.com/yarnpkg/yarn",
        ..Message::BUILD
    },
    Message {
        id: "corepack-version",
        patterns: &["error This project's package.json defines \"packageManager\""],
        cause: "package.json asks for a version of its package manager that this image's corepack does not provide.",
        fix: "Run `corepack enable` (after `npm install -g corepack@latest` on an old Node), or install the package manager itself with `npm install -g`.",
        example: "error This project's package.json defines \"packageManager\": \"yarn@4.5.0\". However the current global version of Yarn is 1.22.22.",
        source: "https://github.com/nodejs/corepack",
        ..Message::BUILD
    },
    Message {
        id: "pnpm-missing",
        patterns: &[
            "{}: pnpm: not found",
            "{}: yarn: not found",
            "{}: bun: not found",
            "{}: npm: not found",
            "{}: node: not found",
            "{}: npx: not found",
            "{}: pnpm: command not found",
            "pnpm: command not found",
            "{}: npm: command not found",
            "npm: command not found",
        ],
        cause: "The image does not have that package manager, or no Node at all.",
        fix: "Use an image of `node`, and `RUN corepack enable` or `npm install -g pnpm` before this step.",
        example: "/bin/sh: 1: pnpm: not found",
        source: "own run of dash 0.5",
        ..Message::BUILD
    },
    Message {
        id: "build-tool-not-installed",
        is_ambiguous: true,
        patterns: &["sh: 1: {tool}: not found", "sh: {tool}: not found"],
        cause: "A script of package.json calls {tool}, which is not in node_modules: it is among the development packages, which were left out (`NODE_ENV=production`, `--omit=dev`), or nothing was installed.",
        fix: "Install all packages before the build (`npm ci --include=dev`), and leave the development packages out afterwards.",
        example: "sh: 1: vite: not found",
        source: "own run of npm 11",
        ..Message::BUILD
    },
    Message {
        id: "node-module-missing",
        patterns: &[
            "Error: Cannot find module '{module}'",
            "Error [ERR_MODULE_NOT_FOUND]: Cannot find package '{module}'",
            "Error [ERR_MODULE_NOT_FOUND]: Cannot find module '{module}'",
        ],
        cause: "Node cannot find `{module}`: the file is not in the image or has another name, the build that makes it did not run, or the package is not installed.",
        fix: "Copy the file, or build it before the final stage; add the package to `dependencies`, not to `devDependencies`. Linux tells capitals from small letters.",
        rules: &["missing-start-file", "import-differs-in-case", "gitignored-source"],
        example: "Error: Cannot find module '/app/server.js'",
        source: "own run of Node 20",
        ..Message::RUN
    },
    Message {
        id: "require-in-module",
        patterns: &[
            "ReferenceError: require is not defined in ES module scope",
            "SyntaxError: Cannot use import statement outside a module",
        ],
        cause: "The file mixes CommonJS (`require`) and ES modules (`import`): `\"type\": \"module\"` in package.json and the ending of the file decide which one Node takes.",
        fix: "Use `import` and `\"type\": \"module\"`, or name a CommonJS file `.cjs`; Node 22 and later can `require` ES modules.",
        example: "ReferenceError: require is not defined in ES module scope, you can use import instead",
        source: "own run of Node 20",
        ..Message::RUN
    },
    Message {
        id: "node-port-in-use",
        patterns: &["Error: listen EADDRINUSE: address already in use {address}"],
        cause: "Two servers of the container want the same port, {address}, or the app starts its server twice.",
        fix: "Give each server its own port; only that of `app_port` is seen from outside.",
        example: "Error: listen EADDRINUSE: address already in use :::7860",
        source: "own run of Node 20",
        ..Message::RUN
    },
    Message {
        id: "node-port-not-permitted",
        patterns: &["Error: listen EACCES: permission denied {address}"],
        cause: "The app runs as UID 1000, which may not open the port of {address}.",
        fix: "Listen on a port above 1024, such as 7860, and write it as `app_port` in README.md.",
        rules: &["port-mismatch"],
        example: "Error: listen EACCES: permission denied 0.0.0.0:80",
        source: "https://nodejs.org/api/errors.html",
        ..Message::RUN
    },
    Message {
        id: "node-path-not-writable",
        patterns: &[
            "Error: EACCES: permission denied, {call} '{path}'",
            "[Error: EACCES: permission denied, {call} '{path}'",
            "Failed to write image to cache {key} Error: EACCES: permission denied, {call} '{path}'",
        ],
        unless: &["permission denied, mkdir '/data'", "permission denied, mkdir '/data/"],
        cause: "The app may not write {path}: it belongs to root, and the container runs as UID 1000.",
        fix: "Copy with `COPY --chown=node`, in `COPY --from` too, and give the folder that the app writes (`.next/cache`, uploads) to the user.",
        rules: &["copy-owned-by-root", "workdir-owned-by-root", "missing-user"],
        example: "Error: EACCES: permission denied, mkdir '/app/uploads'",
        source: "own run of Node 20",
        ..Message::RUN
    },
    Message {
        id: "node-heap-full",
        patterns: &["FATAL ERROR: {}JavaScript heap out of memory"],
        cause: "Node reached the limit of its heap while it built or ran.",
        fix: "Set `ENV NODE_OPTIONS=--max-old-space-size=4096` for the build; turn source maps off.",
        example: "FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory",
        source: "own run of Node 20",
        ..Message::BUILD
    },
    Message {
        id: "import-not-resolved",
        patterns: &[
            "{}Could not resolve \"{path}\"",
            "{}Module not found: Can't resolve '{path}'",
            "{}Rollup failed to resolve import \"{path}\"",
            "{}Failed to resolve import \"{path}\"",
        ],
        cause: "The bundler does not find `{path}`: the file is not committed (.gitignore often hides `lib/`), its name differs in capitals, or the package is not in package.json.",
        fix: "Commit the file (`git add -f`), write its name exactly as it is, or add the package.",
        rules: &["gitignored-source", "import-differs-in-case", "dockerignored-source"],
        example: "Could not resolve \"../lib/utils\" from \"src/App.jsx\"",
        source: "https://rollupjs.org/troubleshooting/",
        ..Message::BUILD
    },
    Message {
        id: "openssl-of-old-webpack",
        patterns: &["{}error:0308010C:digital envelope routines::unsupported"],
        cause: "An old webpack uses a hash that the OpenSSL of Node 17 and later refuses.",
        fix: "Update webpack (react-scripts 5, vue-cli 5), or set `NODE_OPTIONS=--openssl-legacy-provider` for the build.",
        example: "Error: error:0308010C:digital envelope routines::unsupported",
        source: "https://github.com/webpack/webpack/issues/14532",
        ..Message::BUILD
    },
    Message {
        id: "next-build-missing",
        patterns: &[
            "Error: Could not find a production build in the '{folder}' directory",
            "{}Could not find a production build in the '{folder}' directory",
        ],
        cause: "`next start` finds no build: `next build` did not run in the image, or its result was not copied to the final stage.",
        fix: "Run `npm run build` in the Dockerfile, and copy `.next` to the final stage.",
        example: "Error: Could not find a production build in the '.next' directory. Try building your app with 'next build' before starting the production server.",
        source: "https://nextjs.org/docs/messages/production-start-no-build-id",
        ..Message::RUN
    },
    Message {
        id: "supabase-url-missing",
        patterns: &["{}Error: supabaseUrl is required", "Error: supabaseUrl is required"],
        cause: "The client of Supabase is made without an address: the variable that holds it (such as NEXT_PUBLIC_SUPABASE_URL or VITE_SUPABASE_URL) has no value there. Variables that go into the pages are read while the image is built.",
        fix: "Add the variable in the Space's settings and declare it in the Dockerfile before the build: `ARG NEXT_PUBLIC_SUPABASE_URL`. On the server, read it when it is needed and not when the module is loaded.",
        rules: &["public-name-without-arg"],
        example: "Error: supabaseUrl is required.",
        source: "https://github.com/batuhanbilginn/nextjs13-seo/issues/1",
        ..Message::BUILD
    },
    Message {
        id: "vite-host-refused",
        weight: Weight::Refuses,
        patterns: &[
            "{}Blocked request. This host ({host}) is not allowed",
            "{}Blocked request. This host is not allowed",
        ],
        cause: "Vite's server answers only to hosts that it knows, and refuses the public name of the Space.",
        fix: "Add the name to `preview.allowedHosts` (or `server.allowedHosts`) in vite.config.js, such as `[\".hf.space\"]`; better, build the pages and serve them with another server.",
        rules: &["refused-host"],
        example: "Blocked request. This host (\"acme-demo.hf.space\") is not allowed.",
        source: "https://vite.dev/config/server-options.html#server-allowedhosts",
        ..Message::RUN
    },
    Message {
        id: "svelte-origin-refused",
        weight: Weight::Refuses,
        patterns: &["{}Cross-site POST form submissions are forbidden"],
        cause: "SvelteKit compares the origin of a form with its own address, which it takes for http behind the Hub's proxy.",
        fix: "Set `ORIGIN=https://USER-SPACE.hf.space` as a variable, or `PROTOCOL_HEADER=x-forwarded-proto HOST_HEADER=x-forwarded-host`.",
        rules: &["local-origin"],
        example: "403: Cross-site POST form submissions are forbidden",
        source: "https://svelte.dev/docs/kit/adapter-node",
        ..Message::RUN
    },
    Message {
        id: "node-fetch-of-own-host",
        patterns: &["TypeError: Failed to parse URL from {url}"],
        cause: "An address without `https://` is fetched; `SPACE_HOST` holds only the name of the host.",
        fix: "Write `https://` before it.",
        rules: &["space-host-without-scheme"],
        example: "TypeError: Failed to parse URL from acme-demo.hf.space/api",
        source: "own run of Node 20",
        ..Message::RUN
    },
];
