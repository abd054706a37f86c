//! What the browser says on the page of a Space.

use super::{Message, Weight};

pub(super) const ROWS: &[Message] = &[
    Message {
        id: "frame-empty",
        weight: Weight::Refuses,
        is_ambiguous: true,
        patterns: &["{}.hf.space refused to connect"],
        cause: "Chrome shows this in place of a page that it may not show in a frame: the app sends `X-Frame-Options` or a Content-Security-Policy that forbids it. If the address fails in a tab of its own too, the app does not run.",
        fix: "Open the .hf.space address in a tab of its own. If it works there, remove `X-Frame-Options` and allow `https://huggingface.co` in `frame-ancestors`; otherwise look at the log of the Space.",
        rules: &["refused-frame"],
        example: "acme-demo.hf.space refused to connect.",
        source: "https://github.com/mnfst/llm-gateway/pull/1446",
        ..Message::RUN
    },
    Message {
        id: "page-calls-localhost",
        weight: Weight::Refuses,
        patterns: &[
            "{}http://localhost{rest}net::ERR_CONNECTION_REFUSED",
            "{}http://127.0.0.1{rest}net::ERR_CONNECTION_REFUSED",
        ],
        cause: "The page calls `localhost`, which in a browser is the visitor's own computer and not the container.",
        fix: "Use addresses without a host (`/api/chat`) in the page, and let one server of the Space answer both the page and the API; do not write `http://localhost` into what is built.",
        rules: &["localhost-in-page"],
        example: "POST http://localhost:8000/api/chat net::ERR_CONNECTION_REFUSED",
        source: "https://developer.mozilla.org/en-US/docs/Web/API/Window/fetch",
        ..Message::RUN
    },
    Message {
        id: "cors-refused",
        weight: Weight::Refuses,
        is_ambiguous: true,
        patterns: &["{}has been blocked by CORS policy: {reason}"],
        cause: "The page calls a server on another host, and that server does not allow it to be called from this page.",
        fix: "If the server is yours, let it allow the Space's origin (`https://USER-SPACE.hf.space`), or answer the page and the API from one server. If not, call it from the server of the Space and not from the page.",
        also: &["localhost-in-page", "local-origin"],
        example: "Access to fetch at 'https://api.example.org/v1' from origin 'https://acme-demo.hf.space' has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested resource.",
        source: "https://developer.mozilla.org/en-US/docs/Web/HTTP/Guides/CORS",
        ..Message::RUN
    },
    Message {
        id: "storage-refused",
        weight: Weight::Refuses,
        patterns: &[
            "{}Failed to read the 'localStorage' property from 'Window': Access is denied for this document",
            "{}Failed to read the 'sessionStorage' property from 'Window': Access is denied for this document",
        ],
        cause: "The browser of the visitor blocks cookies and storage of other sites, and in the page of a Space the app is such a site, shown in a frame.",
        fix: "Catch the exception around `localStorage` and go on without it, or open the app's own .hf.space address.",
        example: "Uncaught SecurityError: Failed to read the 'localStorage' property from 'Window': Access is denied for this document.",
        source: "https://developer.mozilla.org/en-US/docs/Web/API/Window/localStorage",
        ..Message::RUN
    },
    Message {
        id: "script-with-wrong-type",
        weight: Weight::Refuses,
        is_ambiguous: true,
        patterns: &["{}Failed to load module script: Expected a JavaScript"],
        cause: "The browser asked for a script and got something else, usually index.html or an error page: the built file is not at that address, or the sources are served without a build.",
        fix: "Build the pages (`npm run build`) and serve the result (`dist/`), with a base path that fits the address (`base: \"./\"` in vite.config.js); let the server answer unknown files with 404 and not with index.html.",
        rules: &["unbuilt-page", "static-build-output"],
        example: "Failed to load module script: Expected a JavaScript-or-Wasm module script but the server responded with a MIME type of \"text/html\".",
        source: "https://developer.mozilla.org/en-US/docs/Web/HTTP/Guides/MIME_types",
        ..Message::RUN
    },
];
