//! What uvicorn, gunicorn, Flask, nginx and other servers say.

use super::{Message, Weight};

pub(super) const ROWS: &[Message] = &[
    Message {
        id: "flask-on-loopback",
        weight: Weight::Unreachable,
        patterns: &["* Running on http://127.0.0.1:{port}"],
        unless: &["Running on all addresses"],
        cause: "Flask listens on 127.0.0.1 alone, which nothing outside of the container can reach, so the Hub's health check never gets an answer.",
        fix: "Start it with `host=\"0.0.0.0\"` (`app.run(host=\"0.0.0.0\", port=7860)`), or with `gunicorn --bind 0.0.0.0:7860 app:app`.",
        rules: &["loopback-bind"],
        example: " * Running on http://127.0.0.1:7860",
        source: "own run of Flask 3.1",
        ..Message::RUN
    },
    Message {
        id: "uvicorn-on-loopback",
        weight: Weight::Unreachable,
        patterns: &[
            "{}Uvicorn running on http://127.0.0.1:{port}",
            "{}Hypercorn running on http://127.0.0.1:{port}",
            "{}Running on http://127.0.0.1:{port} (CTRL + C to quit)",
        ],
        cause: "The server listens on 127.0.0.1 alone, which nothing outside of the container can reach, so the Hub never gets an answer.",
        fix: "Start it with `--host 0.0.0.0 --port 7860` (or `uvicorn.run(app, host=\"0.0.0.0\", port=7860)`).",
        rules: &["loopback-bind"],
        example: "INFO:     Uvicorn running on http://127.0.0.1:7860 (Press CTRL+C to quit)",
        source: "own run of uvicorn 0.54",
        ..Message::RUN
    },
    Message {
        id: "server-on-loopback",
        weight: Weight::Awaited,
        is_ambiguous: true,
        patterns: &[
            "{}Listening at: http://127.0.0.1:{port}",
            "{}istening on http://127.0.0.1:{port}",
            "{}istening on http://localhost:{port}",
            "{}erver running at http://localhost:{port}",
            "{}erver running at http://127.0.0.1:{port}",
            "Starting development server at http://127.0.0.1:{port}",
            "{}Local:   http://localhost:{port}",
            "{}URL: http://localhost:{port}",
            "{}running at http://127.0.0.1:{port}",
            "{}running at: http://localhost:{port}/",
            "{}unning on http://127.0.0.1:{port}",
            "{}unning on http://localhost:{port}",
            "{}erver listening at http://127.0.0.1:{port}",
            "{}erver listening at http://[::1]:{port}",
            "{}istening on: http://localhost:{port}",
            "{}istening on: http://127.0.0.1:{port}",
            "{}istening on 127.0.0.1:{port}",
            "{}erving on http://127.0.0.1:{port}",
            "{}erving on http://localhost:{port}",
            "{}ServerApp] http://localhost:{port}/",
            "{}ServerApp] http://127.0.0.1:{port}/",
            "{}Development Server (http://localhost:{port}) started",
            "{}Development Server (http://127.0.0.1:{port}) started",
            "{}Rocket has launched from http://127.0.0.1:{port}",
        ],
        unless: &["0.0.0.0:", "Network: http"],
        cause: "The server says that it listens on the local address of the container, which nothing outside can reach.",
        fix: "Let it listen on 0.0.0.0: `--bind 0.0.0.0:7860` (gunicorn), `--host 0.0.0.0` (Vite and others), `runserver 0.0.0.0:7860` (Django), `HOSTNAME=0.0.0.0` (Next.js).",
        rules: &["loopback-bind"],
        example: "[2026-01-01 00:00:00 +0000] [1] [INFO] Listening at: http://127.0.0.1:8000 (1)",
        source: "own run of gunicorn 27",
        ..Message::RUN
    },
    Message {
        id: "server-on-another-port",
        weight: Weight::Awaited,
        is_ambiguous: true,
        patterns: &[
            "{}unning on http://0.0.0.0:{port} (",
            "{}unning on http://0.0.0.0:{port}/",
            "{}unning on http://0.0.0.0:{port},",
            "{}Listening at: http://0.0.0.0:{port} (",
            "{}unning on http://0.0.0.0:{port}",
            "{}Listening at: http://0.0.0.0:{port}",
            "{}istening on http://0.0.0.0:{port}",
            "{}istening on 0.0.0.0:{port}",
            "{}istening on port {port}",
            "{}erver running on port {port}",
            "{}unning on local URL: {}http://0.0.0.0:{port}",
        ],
        unless: &["0.0.0.0:7860", "port 7860"],
        cause: "The server listens on port {port}, and the Hub, which connects to the port of `app_port` (7860 unless README.md says otherwise), got no answer.",
        fix: "Use one port: write the server's port as `app_port` in README.md, or let the server listen on 7860. `EXPOSE` alone changes nothing.",
        rules: &["port-mismatch", "expose-mismatch", "default-port-of-base-image"],
        example: "INFO:     Uvicorn running on http://0.0.0.0:8000 (Press CTRL+C to quit)",
        source: "https://github.com/KyanChen/RSPrompter/issues/105",
        ..Message::RUN
    },
    Message {
        id: "asgi-module-missing",
        patterns: &[
            "{}Error loading ASGI app. Could not import module \"{module}\"",
            "Error: Could not import '{module}'",
            "{}Could not import module \"{module}\"",
        ],
        cause: "The server cannot import the module `{module}` that the start command names: the file is not in the working folder, or one of its own imports fails.",
        fix: "Name the module as it lies in the image, such as `app.main:app` for app/main.py, copy the file, and set `WORKDIR` to the folder above it.",
        rules: &["missing-start-file", "gitignored-source"],
        example: "ERROR:    Error loading ASGI app. Could not import module \"main\".",
        source: "own run of uvicorn 0.54",
        ..Message::RUN
    },
    Message {
        id: "asgi-attribute-missing",
        patterns: &[
            "{}Error loading ASGI app. Attribute \"{name}\" not found in module \"{module}\"",
            "Failed to find attribute '{name}' in '{module}'",
            "AppImportError: Failed to find attribute '{name}' in '{module}'",
        ],
        cause: "The module `{module}` has no object `{name}`.",
        fix: "Name the object as the code does (`module:app`); a function that makes the app needs `--factory`.",
        rules: &["missing-start-file"],
        example: "ERROR:    Error loading ASGI app. Attribute \"app\" not found in module \"main\".",
        source: "own run of uvicorn 0.54",
        ..Message::RUN
    },
    Message {
        id: "asgi-import-string",
        patterns: &[
            "{}Error loading ASGI app. Import string \"{text}\" must be in format",
            "{}You must pass the application as an import string to enable 'reload' or 'workers'",
        ],
        cause: "uvicorn wants the app as `module:object`.",
        fix: "Write `uvicorn main:app`, without `.py`.",
        example: "ERROR:    Error loading ASGI app. Import string \"main.py\" must be in format \"<module>:<attribute>\".",
        source: "own run of uvicorn 0.54",
        ..Message::RUN
    },
    Message {
        id: "port-variable-not-replaced",
        patterns: &[
            "{}Invalid value for '{option}': '${name}' is not a valid integer",
            "{}invalid int value: '${name}'",
            "{}'${name}' is not a valid port number",
            "Error: '${name}' is not a valid port number.",
        ],
        cause: "`CMD` is a JSON list, in which nobody replaces `${name}`.",
        fix: "Start through a shell: `CMD [\"sh\", \"-c\", \"exec .. --port $PORT\"]`, or write the number.",
        rules: &["variable-in-exec-form"],
        example: "Error: Invalid value for '--port': '$PORT' is not a valid integer",
        source: "own run of uvicorn 0.54",
        ..Message::RUN
    },
    Message {
        id: "port-in-use",
        patterns: &[
            "{}[Errno 98] error while attempting to bind on address {address}: address already in use",
            "{}[Errno 98] Address already in use",
            "{}Connection in use: {address}",
            "Web server failed to start. Port {port} was already in use",
            "Address already in use",
        ],
        cause: "Two servers of the container want the same port, or the app starts its server twice.",
        fix: "Give each server its own port, and start the server once: not both by the command and in the code.",
        example: "ERROR:    [Errno 98] error while attempting to bind on address ('0.0.0.0', 7860): address already in use",
        source: "own run of uvicorn 0.54",
        ..Message::RUN
    },
    Message {
        id: "port-not-permitted",
        patterns: &[
            "{}bind() to {address} failed (13: Permission denied)",
            "{}could not bind to address {address}",
            "PermissionError: [Errno 13] error while attempting to bind on address",
            "{}listen tcp {address}: bind: permission denied",
        ],
        cause: "The server wants a port below 1024, which UID 1000 cannot open.",
        fix: "Let it listen on 7860, and write the port as `app_port` in README.md.",
        rules: &["port-of-base-image", "stock-nginx", "debian-nginx"],
        example: "nginx: [emerg] bind() to 0.0.0.0:80 failed (13: Permission denied)",
        source: "https://nginx.org/en/docs/http/ngx_http_core_module.html#listen",
        ..Message::RUN
    },
    Message {
        id: "nginx-of-debian-not-writable",
        patterns: &[
            "{}open() \"/var/log/nginx/{file}\" failed (13: Permission denied)",
            "{}mkdir() \"/var/lib/nginx/{folder}\" failed (13: Permission denied)",
        ],
        cause: "The nginx of Debian writes below /var/log and /var/lib, which belong to root.",
        fix: "Give it a configuration whose pid, logs and temporary paths are below /tmp, with `listen 7860` and without `user`.",
        rules: &["debian-nginx"],
        example: "open() \"/var/log/nginx/error.log\" failed (13: Permission denied)",
        source: "https://hub.docker.com/r/nginxinc/nginx-unprivileged",
        ..Message::RUN
    },
    Message {
        id: "nginx-not-writable",
        patterns: &[
            "{}mkdir() \"/var/cache/nginx/{folder}\" failed (13: Permission denied)",
            "{}open() \"/var/run/nginx.pid\" failed (13: Permission denied)",
            "{}open() \"/run/nginx.pid\" failed (13: Permission denied)",
        ],
        cause: "The official nginx image is made for root: UID 1000 may not write its cache and its pid.",
        fix: "Use `nginxinc/nginx-unprivileged`, or set pid and the temporary paths to /tmp, `listen 7860`, and remove `user`.",
        rules: &["stock-nginx"],
        example: "mkdir() \"/var/cache/nginx/client_temp\" failed (13: Permission denied)",
        source: "https://hub.docker.com/r/nginxinc/nginx-unprivileged",
        ..Message::RUN
    },
    Message {
        id: "nginx-upstream-not-found",
        is_ambiguous: true,
        patterns: &["{}[emerg] {}host not found in upstream \"{host}\""],
        cause: "nginx passes requests on to the host `{host}`, which it cannot find. Usually that is the name of a service in a Compose file; a Space runs one container, and such names exist only in Compose.",
        fix: "Start that program in the same container, and write `127.0.0.1` and its port in place of `{host}` in the configuration of nginx.",
        also: &["compose-file"],
        example: "nginx: [emerg] host not found in upstream \"backend\" in /etc/nginx/conf.d/default.conf:5",
        source: "https://github.com/awslabs/ecs-nginx-reverse-proxy/issues/4",
        ..Message::RUN
    },
    Message {
        id: "nginx-configuration-invalid",
        patterns: &["nginx: [emerg] {what} in {file}:{line}"],
        unless: &["host not found in upstream"],
        cause: "The configuration of nginx has an error in {file}, line {line}: {what}.",
        fix: "Correct that line; `nginx -t` in the image checks it.",
        example: "nginx: [emerg] unknown directive \"proxypass\" in /etc/nginx/conf.d/default.conf:7",
        source: "https://nginx.org/en/docs/",
        ..Message::RUN
    },
    Message {
        id: "gunicorn-timeout",
        is_ambiguous: true,
        patterns: &["{}WORKER TIMEOUT (pid:{pid})"],
        cause: "gunicorn stopped a worker that did not answer for 30 seconds: it loads a model, or a request takes longer.",
        fix: "Start with `--timeout 0` or a larger number, with threads (`--threads 4`), and `--preload` for slow imports.",
        example: "[2026-01-01 00:00:00 +0000] [1] [CRITICAL] WORKER TIMEOUT (pid:7)",
        source: "own run of gunicorn 27",
        ..Message::RUN
    },
    Message {
        id: "gunicorn-worker-killed",
        is_ambiguous: true,
        patterns: &["{}was sent SIGKILL! Perhaps out of memory?"],
        cause: "The system killed a worker of gunicorn, most likely for lack of memory.",
        fix: "Run one worker (`--workers 1 --threads 4`), and load smaller models; or choose hardware with more memory.",
        example: "[2026-01-01 00:00:00 +0000] [1] [ERROR] Worker (pid:7) was sent SIGKILL! Perhaps out of memory?",
        source: "own run of gunicorn 27",
        ..Message::RUN
    },
    Message {
        id: "websocket-origin-refused",
        weight: Weight::Refuses,
        patterns: &["{}Refusing websocket connection from Origin '{origin}'"],
        cause: "The Bokeh or Panel server accepts websockets from localhost alone, and refuses those of the Space's own page.",
        fix: "Start it with `--allow-websocket-origin=USER-SPACE.hf.space`, or set `BOKEH_ALLOW_WS_ORIGIN` to that name.",
        rules: &["missing-websocket-origin"],
        example: "Refusing websocket connection from Origin 'https://acme-dashboard.hf.space'",
        source: "https://github.com/bokeh/bokeh/issues/6023",
        ..Message::RUN
    },
    Message {
        id: "mcp-host-refused",
        weight: Weight::Refuses,
        patterns: &["{}Invalid Host header: {host}", "{}\" 421 Misdirected Request"],
        cause: "The MCP SDK's protection against DNS rebinding knows only localhost, and refuses requests that carry the Space's public host name.",
        fix: "Hand FastMCP `TransportSecuritySettings` with `allowed_hosts` that contain the `.hf.space` name (or turn `enable_dns_rebinding_protection` off).",
        rules: &["refused-host"],
        example: "Invalid Host header: acme-weather-tools.hf.space",
        source: "https://github.com/rstierli/fortianalyzer-mcp/issues/6",
        ..Message::RUN
    },
    Message {
        id: "webpack-host-refused",
        weight: Weight::Refuses,
        is_ambiguous: true,
        patterns: &["{}Invalid Host header$"],
        cause: "The development server of webpack (Create React App, Vue, Angular) answers only to hosts that it knows.",
        fix: "Build the pages and serve them with another server, or set `allowedHosts: \"all\"`.",
        rules: &["refused-host"],
        example: "Invalid Host header",
        source: "https://webpack.js.org/configuration/dev-server/#devserverallowedhosts",
        ..Message::RUN
    },
    Message {
        id: "frame-refused",
        weight: Weight::Refuses,
        patterns: &[
            "{}Refused to display '{url}' in a frame because it set 'X-Frame-Options' to '{value}'",
            "{}because an ancestor violates the following Content Security Policy directive: \"frame-ancestors",
            "{}in a frame is denied by “X-Frame-Options",
            "{}Framing '{url}' violates the following Content Security Policy directive: \"frame-ancestors",
        ],
        cause: "The app forbids its page to be shown in a frame, and the page of a Space shows it in one.",
        fix: "Remove `X-Frame-Options`, and allow `https://huggingface.co` in `frame-ancestors` of the Content-Security-Policy.",
        rules: &["refused-frame"],
        example: "Refused to display 'https://acme-demo.hf.space/' in a frame because it set 'X-Frame-Options' to 'sameorigin'.",
        source: "https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/X-Frame-Options",
        ..Message::RUN
    },
    Message {
        id: "mixed-content",
        weight: Weight::Refuses,
        patterns: &[
            "{}Mixed Content: The page at '{page}' was loaded over HTTPS, but requested an insecure",
            "{}Mixed Content: The page was loaded over HTTPS, but requested an insecure",
        ],
        cause: "The app writes addresses with http:// into its pages: TLS ends at the Hub's proxy, and the server does not trust its `X-Forwarded-Proto`.",
        fix: "Start uvicorn with `--forwarded-allow-ips '*'`, use `ProxyFix` in Flask, `SECURE_PROXY_SSL_HEADER` in Django.",
        rules: &["untrusted-proxy", "localhost-in-page"],
        example: "Mixed Content: The page at 'https://acme-demo.hf.space/' was loaded over HTTPS, but requested an insecure script",
        source: "https://developer.mozilla.org/en-US/docs/Web/Security/Mixed_content",
        ..Message::RUN
    },
    Message {
        id: "ollama-not-running",
        patterns: &[
            "{}could not connect to ollama app, is it running?",
            "{}could not connect to ollama server, run 'ollama serve'",
        ],
        cause: "The server of Ollama does not run when it is called. In a Dockerfile, each `RUN` is a container of its own, and a server that an earlier one started is gone; in a start script, it was not started, or is not ready yet.",
        fix: "Start the server and pull the model in one `RUN` (`ollama serve & sleep 5 && ollama pull NAME`). In a start script, start it first (`ollama serve &`) and wait until it answers before the app starts.",
        rules: &["background-process-in-run"],
        example: "Error: could not connect to ollama app, is it running?",
        source: "https://github.com/ollama/ollama",
        ..Message::BUILD
    },
    Message {
        id: "ollama-folder-not-writable",
        patterns: &[
            "{}mkdir /.ollama: permission denied",
            "Error: could not create directory mkdir /.ollama: permission denied",
        ],
        cause: "Ollama writes below the home directory, and UID 1000 has none here.",
        fix: "Create the user with a home, set `HOME`, and `OLLAMA_MODELS` to a folder of the user.",
        rules: &["missing-user"],
        example: "Error: could not create directory mkdir /.ollama: permission denied",
        source: "https://github.com/ollama/ollama",
        ..Message::RUN
    },
    Message {
        id: "hub-command-missing",
        patterns: &[
            "{}: huggingface-cli: not found",
            "{}: huggingface-cli: command not found",
            "huggingface-cli: command not found",
        ],
        cause: "huggingface_hub 1.0 and later has the command `hf` in place of `huggingface-cli`.",
        fix: "Write `hf upload`, `hf download`, `hf auth login`.",
        rules: &["removed-hub-command"],
        example: "huggingface-cli: command not found",
        source: "https://huggingface.co/docs/huggingface_hub/guides/cli",
        ..Message::BUILD
    },
    Message {
        id: "playwright-browser-missing",
        patterns: &[
            "Error: BrowserType.launch: Executable doesn't exist at {path}",
            "playwright._impl._errors.Error: BrowserType.launch: Executable doesn't exist at {path}",
            "browserType.launch: Executable doesn't exist at {path}",
            "Error: browserType.launch: Executable doesn't exist at {path}",
        ],
        cause: "Playwright's browser is not at {path}: it was installed for root, or not at all.",
        fix: "Run `playwright install chromium` after `USER user`, or set `PLAYWRIGHT_BROWSERS_PATH` to a folder that everybody may read, both at build and at run time.",
        rules: &["installed-for-root"],
        example: "playwright._impl._errors.Error: BrowserType.launch: Executable doesn't exist at /home/user/.cache/ms-playwright/chromium-1187/chrome-linux/chrome",
        source: "https://playwright.dev/python/docs/browsers",
        ..Message::RAISED
    },
    Message {
        id: "telegram-conflict",
        patterns: &["{}terminated by other getUpdates request; make sure that only one bot instance is running"],
        cause: "Two processes poll Telegram with the same bot token: the old container of the Space still runs, or a copy elsewhere.",
        fix: "Run the bot in one place, and with one worker.",
        example: "telegram.error.Conflict: Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
        source: "https://github.com/python-telegram-bot/python-telegram-bot",
        ..Message::RAISED
    },
];
