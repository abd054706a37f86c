//! Existing apps of Node frameworks, as in [`crate::adopted`]: each is built by its own tool, and answers as its own server.

use std::path::Path;
use std::process::Command;

use crate::adopted::{Files, made, proven};
use crate::cases::prove_on_the_hub;
use crate::checks::Contract;
use crate::settings::tool;
use crate::space::Space;

const SVELTEKIT: Files = &[
    (
        "package.json",
        r#"{"private": true, "type": "module", "scripts": {"build": "vite build"}, "devDependencies": {"@sveltejs/adapter-node": "^5.5.0", "@sveltejs/kit": "^2.70.0", "@sveltejs/vite-plugin-svelte": "^7.3.0", "svelte": "^5.50.0", "vite": "^8.0.0"}}"#,
    ),
    (
        "vite.config.js",
        "import { sveltekit } from '@sveltejs/kit/vite';\n\nexport default { plugins: [sveltekit()] };\n",
    ),
    (
        "svelte.config.js",
        "import adapter from '@sveltejs/adapter-node';\n\nexport default { kit: { adapter: adapter({ out: 'server' }) } };\n",
    ),
    ("src/app.html", "<!doctype html>\n<html><head>%sveltekit.head%</head><body>%sveltekit.body%</body></html>\n"),
    ("src/routes/+page.svelte", "<p>hello</p>\n"),
];

#[test]
#[ignore = "needs tests/containers/setup"]
fn init_around_sveltekit() {
    proven("init-sveltekit", SVELTEKIT);
}

/// Without `HOST` it only listens on localhost.
const ASTRO: Files = &[
    (
        "package.json",
        r#"{"private": true, "type": "module", "scripts": {"build": "astro build"}, "dependencies": {"astro": "^5.1.0", "@astrojs/node": "^9.0.0"}}"#,
    ),
    (
        "astro.config.mjs",
        "import { defineConfig } from 'astro/config';\nimport node from '@astrojs/node';\n\nexport default defineConfig({ output: 'server', adapter: node({ mode: 'standalone' }) });\n",
    ),
    ("src/pages/index.astro", "---\nconst now = new Date();\n---\n<p>{now}</p>\n"),
];

#[test]
#[ignore = "needs tests/containers/setup"]
fn init_around_astro() {
    proven("init-astro", ASTRO);
}

const REACT_ROUTER: Files = &[
    (
        "package.json",
        r#"{"private": true, "type": "module", "scripts": {"build": "react-router build", "start": "react-router-serve ./build/server/index.js"}, "dependencies": {"@react-router/node": "7.18.4", "@react-router/serve": "7.18.4", "isbot": "^5.1.0", "react": "^19.2.0", "react-dom": "^19.2.0", "react-router": "7.18.4"}, "devDependencies": {"@react-router/dev": "7.18.4", "vite": "^7.0.0"}}"#,
    ),
    (
        "vite.config.ts",
        "import { reactRouter } from '@react-router/dev/vite';\nimport { defineConfig } from 'vite';\n\nexport default defineConfig({ plugins: [reactRouter()] });\n",
    ),
    ("app/routes.ts", "import { index } from '@react-router/dev/routes';\n\nexport default [index('home.tsx')];\n"),
    (
        "app/root.tsx",
        "import { Outlet, Scripts } from 'react-router';\n\nexport default function App() {\n  return <html><body><Outlet /><Scripts /></body></html>;\n}\n",
    ),
    ("app/home.tsx", "export default function Home() {\n  return <p>hello</p>;\n}\n"),
];

#[test]
#[ignore = "needs tests/containers/setup"]
fn init_around_react_router() {
    proven("init-react-router", REACT_ROUTER);
}

/// `start` needs a package for development, `start:prod` does not.
const NEST: Files = &[
    (
        "package.json",
        r#"{"private": true, "scripts": {"build": "nest build", "start": "nest start", "start:prod": "node dist/main"}, "dependencies": {"@nestjs/common": "^11.0.0", "@nestjs/core": "^11.0.0", "@nestjs/platform-express": "^11.0.0", "reflect-metadata": "^0.2.0", "rxjs": "^7.8.0"}, "devDependencies": {"@nestjs/cli": "^11.0.0", "typescript": "^5.7.0"}}"#,
    ),
    (
        "tsconfig.json",
        r#"{"compilerOptions": {"module": "commonjs", "target": "ES2021", "outDir": "./dist", "skipLibCheck": true, "experimentalDecorators": true, "emitDecoratorMetadata": true}}"#,
    ),
    ("nest-cli.json", r#"{"collection": "@nestjs/schematics", "sourceRoot": "src"}"#),
    (
        "src/main.ts",
        "import { Controller, Get, Module } from '@nestjs/common';\nimport { NestFactory } from '@nestjs/core';\n\n@Controller()\nclass Hello {\n  @Get()\n  hello() {\n    return 'hello';\n  }\n}\n\n@Module({ controllers: [Hello] })\nclass AppModule {}\n\nasync function bootstrap() {\n  const app = await NestFactory.create(AppModule);\n  await app.listen(process.env.PORT ?? 3000);\n}\nbootstrap();\n",
    ),
];

#[test]
#[ignore = "needs tests/containers/setup"]
fn init_around_nest() {
    let space = proven("init-nest", NEST);
    assert!(space.read("Dockerfile").contains("--omit=dev"), "{}", space.read("Dockerfile"));
}

/// It only listens on localhost unless the environment says otherwise.
const FASTIFY: Files = &[
    (
        "package.json",
        r#"{"private": true, "type": "module", "scripts": {"start": "node server.js"}, "dependencies": {"fastify": "^5.0.0"}}"#,
    ),
    (
        "server.js",
        "import Fastify from 'fastify';\n\nconst app = Fastify();\napp.get('/', async () => ({ hello: 'world' }));\nconst { PORT = 3000, HOST = 'localhost' } = process.env;\nawait app.listen({ port: Number(PORT), host: HOST });\n",
    ),
];

#[test]
#[ignore = "needs tests/containers/setup"]
fn init_around_fastify() {
    proven("init-fastify", FASTIFY);
}

/// What runs it is a package for development.
const HONO: Files = &[
    (
        "package.json",
        r#"{"private": true, "type": "module", "scripts": {"start": "tsx server.ts"}, "dependencies": {"@hono/node-server": "^2.0.0", "hono": "^4.13.0"}, "devDependencies": {"tsx": "^4.19.0"}}"#,
    ),
    (
        "server.ts",
        "import { serve } from '@hono/node-server';\nimport { Hono } from 'hono';\n\nconst app = new Hono();\napp.get('/', (c) => c.text('hello' as string));\nserve({ fetch: app.fetch, port: 3000 });\n",
    ),
];

#[test]
#[ignore = "needs tests/containers/setup"]
fn init_around_hono_that_tsx_runs() {
    let Some(node) = tool("NODE") else { return };
    let space = Space::app("init-hono", HONO);
    let npm = Path::new(&node).with_file_name("npm");
    made(Command::new(npm).args(["install", "--package-lock-only", "--no-audit", "--no-fund"]), &space);
    space.put_around("");
    assert!(space.read("Dockerfile").contains("npm ci --include=dev"), "{}", space.read("Dockerfile"));
    prove_on_the_hub(&space, Contract::HUB);
}

const BUN: Files = &[
    (
        "package.json",
        r#"{"private": true, "type": "module", "scripts": {"start": "bun run src/index.ts"}, "dependencies": {"hono": "^4.13.0"}, "devDependencies": {"@types/bun": "^1.3.0"}}"#,
    ),
    (
        "src/index.ts",
        "import { Hono } from 'hono';\n\nconst app = new Hono();\napp.get('/', (c) => c.text('hello'));\nBun.serve({ port: Number(process.env.PORT ?? 3000), fetch: app.fetch });\n",
    ),
];

#[test]
#[ignore = "needs tests/containers/setup"]
fn init_around_bun_with_a_lock() {
    let Some(node) = tool("NODE") else { return };
    let space = Space::app("init-bun", BUN);
    let npm = Path::new(&node).with_file_name("npm");
    made(Command::new(npm).args(["exec", "--yes", "--", "bun", "install", "--lockfile-only"]), &space);
    space.put_around("");
    assert!(space.read("Dockerfile").contains("bun install --frozen-lockfile"), "{}", space.read("Dockerfile"));
    prove_on_the_hub(&space, Contract::HUB);
}
