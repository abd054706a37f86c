//! Node: the versions that a Space can use, and programs.

/// Major versions with an official `node:<version>-slim` image, oldest first.
/// Source: <https://github.com/nodejs/docker-node>.
pub const IMAGE_VERSIONS: &[&str] = &["18", "20", "22", "24"];

/// The default version.
pub const DEFAULT: &str = "22";

/// Programs that build an app or serve it while it is developed, each with its own documentation as the source: a script that
/// begins with one is not what starts the server. Next.js has a server too, which is started without a script.
pub const FOR_DEVELOPMENT: &[&str] = &[
    "ng",
    "vite",
    "next",
    "nodemon",
    "react-scripts",
    "webpack-dev-server",
    "webpack",
    "gulp",
    "electron",
    "parcel",
    "expo",
    "astro",
    "nuxt",
    "nuxi",
    "nest",
    "svelte-kit",
    "vinxi",
    "vitepress",
    "docusaurus",
    "gatsby",
    "eleventy",
    "@11ty/eleventy",
    "ts-node-dev",
    "tsnd",
    "wrangler",
];

/// Packages whose framework decides whether pages need a server, or are built ahead.
pub const METAFRAMEWORKS: &[&str] = &[
    "@sveltejs/kit",
    "nuxt",
    "@remix-run/dev",
    "@react-router/dev",
    "@solidjs/start",
    "@tanstack/react-start",
    "@tanstack/solid-start",
];

/// Programs whose package has another name, or that start an app in TypeScript, each with its package.
/// Source: the field `bin` in the `package.json` of each package.
pub const PROGRAMS: &[(&str, &str)] = &[
    ("tsx", "tsx"),
    ("ts-node", "ts-node"),
    ("ts-node-esm", "ts-node"),
    ("tsc", "typescript"),
    ("nest", "@nestjs/cli"),
    ("remix-serve", "@remix-run/serve"),
    ("react-router-serve", "@react-router/serve"),
    ("fastify", "fastify-cli"),
    ("dotenv", "dotenv-cli"),
    ("dotenvx", "@dotenvx/dotenvx"),
    ("pm2-runtime", "pm2"),
];

/// Folders of servers that contain the packages they need, as Nitro writes them.
/// Source: <https://nitro.build/deploy/runtimes/node>.
pub const STANDALONE: &[&str] = &[".output/"];
