//! Signs in code for the browser, and what they mean.

/// Programs that a visitor may run: Ollama and LM Studio. Sources: <https://docs.ollama.com/faq>, <https://lmstudio.ai/docs/developer>.
pub const PORTS_OF_VISITORS: &[&str] = &[":11434", ":1234"];

/// Packages whose code runs in the browser. Those that also run it on a server are not among them.
pub const BROWSER_PACKAGES: &[&str] = &[
    "react-scripts",
    "vite",
    "@vue/cli-service",
    "@angular/core",
    "@vitejs/plugin-react",
    "@vitejs/plugin-vue",
    "parcel",
    "preact-cli",
];

/// Packages whose code runs on a server, or in an application, too.
pub const SERVER_PACKAGES: &[&str] = &[
    "next",
    "nuxt",
    "@sveltejs/kit",
    "astro",
    "@remix-run/node",
    "@react-router/node",
    "electron",
    "expo",
    "react-native",
    "@tauri-apps/cli",
];

/// Folders with other code.
pub const OTHER_FOLDERS: &[&str] = &[
    "node_modules",
    "test",
    "tests",
    "__tests__",
    "e2e",
    "cypress",
    "doc",
    "docs",
    "example",
    "examples",
    "dist",
    "build",
    "vendor",
    "server",
    "backend",
    "api",
    "scripts",
    "electron",
    "mocks",
    "__mocks__",
    "stories",
    "fixtures",
    "extension",
    "third_party",
];

/// Signs of code that runs on the visitor's computer only while the app is developed, or that knows another address.
pub const GUARDS: &[&str] = &[
    "import.meta.env.DEV",
    "import.meta.env.PROD",
    "import.meta.env.MODE",
    "import.meta.env.SSR",
    "NODE_ENV",
    "__DEV__",
    "hostname",
    "location.",
    "isDev",
    "isProd",
    "isLocal",
    "IS_DEV",
    "development",
    "production",
    "typeof window",
    "{% if",
];

/// Words in names of addresses that code calls.
pub const ADDRESS_NAMES: &[&str] =
    &["url", "uri", "api", "base", "host", "server", "endpoint", "backend", "socket", "href", "src", "action"];

/// Functions that take an address.
pub const ADDRESS_CALLS: &[&str] = &[
    "fetch",
    "get",
    "post",
    "put",
    "delete",
    "patch",
    "head",
    "request",
    "axios",
    "WebSocket",
    "EventSource",
    "io",
    "connect",
    "URL",
    "ajax",
    "getJSON",
    "useFetch",
    "useSWR",
    "ky",
    "createClient",
];
