//! What Ruby, Elixir, .NET and the C library of Alpine Linux say.

use super::{Message, Weight};

pub(super) const ROWS: &[Message] = &[
    Message {
        id: "bundle-platform-missing",
        patterns: &["{}Your bundle only supports platforms [{platforms}]"],
        cause: "Gemfile.lock was written for {platforms} alone, and the image is of another platform: Spaces run on x86_64-linux.",
        fix: "Run `bundle lock --add-platform x86_64-linux` (and `x86_64-linux-musl` for Alpine), and commit Gemfile.lock.",
        example: "Your bundle only supports platforms [\"arm64-darwin-24\"] but your local platform is x86_64-linux.",
        source: "https://bundler.io/man/bundle-lock.1.html",
        ..Message::BUILD
    },
    Message {
        id: "rails-secret-key-missing",
        patterns: &["{}Missing `secret_key_base` for '{environment}' environment"],
        cause: "Rails has no key to sign sessions with: neither SECRET_KEY_BASE nor RAILS_MASTER_KEY is set, and secrets of the Space do not exist while the image is built.",
        fix: "Add SECRET_KEY_BASE (the output of `bin/rails secret`) or RAILS_MASTER_KEY as a secret in the Space's settings. For a step of the build, write `RUN SECRET_KEY_BASE_DUMMY=1 bin/rails assets:precompile` (Rails 7.1 and later).",
        example: "ArgumentError: Missing `secret_key_base` for 'production' environment, set this string with `bin/rails credentials:edit`",
        source: "https://github.com/rails/rails/blob/main/railties/lib/rails/application/configuration.rb",
        ..Message::RUN
    },
    Message {
        id: "elixir-variable-missing",
        patterns: &["** (RuntimeError) environment variable {name} is missing"],
        cause: "config/runtime.exs of the Elixir app reads the environment variable {name} when it starts, and it is not set.",
        fix: "Add {name} as a secret (or a variable, if it may be public) in the Space's settings, and restart it; the lines below the message say how to make a value. In a step of the build, set it for that step alone.",
        example: "** (RuntimeError) environment variable SECRET_KEY_BASE is missing.",
        source: "https://hexdocs.pm/phoenix/deployment.html",
        ..Message::RUN
    },
    Message {
        id: "dotnet-port-not-permitted",
        patterns: &["at System.Net.Sockets.Socket.DoBind("],
        with: &["SocketException (13): Permission denied"],
        cause: "The ASP.NET app listens on a port below 1024, which UID 1000 may not open.",
        fix: "Set `ENV ASPNETCORE_HTTP_PORTS=7860` (`ASPNETCORE_URLS=http://+:7860` before .NET 8) and take other ports out of appsettings.json and the code; or write the port above 1024 on which it listens as `app_port` in README.md.",
        rules: &["port-of-base-image"],
        example: "   at System.Net.Sockets.Socket.DoBind(EndPoint endPointSnapshot, SocketAddress socketAddress)",
        source: "https://learn.microsoft.com/en-us/dotnet/core/compatibility/containers/8.0/aspnet-port",
        ..Message::RUN
    },
    Message {
        id: "glibc-program-on-alpine",
        patterns: &[
            "{}Error loading shared library ld-linux-x86-64.so.2: No such file or directory (needed by {file})",
        ],
        cause: "{file} was compiled for glibc (Debian, Ubuntu), and Alpine has another C library, musl.",
        fix: "Choose a Debian image (`-slim`) in place of Alpine, or a build of the program or package for musl. `apk add gcompat` is enough for some programs.",
        example: "Error loading shared library ld-linux-x86-64.so.2: No such file or directory (needed by /app/node_modules/onnxruntime-node/bin/napi-v3/linux/x64/onnxruntime_binding.node)",
        source: "https://wiki.alpinelinux.org/wiki/Running_glibc_programs",
        ..Message::RUN
    },
    Message {
        id: "library-missing-on-alpine",
        patterns: &["{}Error loading shared library {library}: No such file or directory (needed by {file})"],
        cause: "{file} needs the library {library}, which the Alpine image does not have.",
        fix: "Install the package that has it (`apk add --no-cache libstdc++ libgcc`, `openssl`, ..; `apk search so:{library}` names it) in the final stage.",
        example: "Error loading shared library libstdc++.so.6: No such file or directory (needed by /app/server)",
        source: "https://git.musl-libc.org/cgit/musl/tree/ldso/dynlink.c",
        ..Message::RUN
    },
    Message {
        id: "rails-host-refused",
        weight: Weight::Refuses,
        patterns: &["{}Blocked hosts: {host}.hf.space", "{}Blocked host: {host}.hf.space"],
        cause: "Rails answers only to the hosts of `config.hosts`, and {host}.hf.space is not among them.",
        fix: "Write `config.hosts << \".hf.space\"` in config/environments/, or start with `RAILS_ENV=production`, which allows every host unless its settings say otherwise.",
        rules: &["refused-host"],
        example: "[ActionDispatch::HostAuthorization::DefaultResponseApp] Blocked hosts: acme-shop.hf.space",
        source: "https://guides.rubyonrails.org/configuring.html#actiondispatch-hostauthorization",
        ..Message::RAISED
    },
    Message {
        id: "openssl-of-rust-missing",
        patterns: &[
            "error: failed to run custom build command for `openssl-sys",
            "{}Could not find directory of OpenSSL installation, and this `-sys` crate cannot",
        ],
        cause: "The crate `openssl-sys` is linked against OpenSSL, and the image that builds it has no headers of it.",
        fix: "Install `pkg-config` and `libssl-dev` with apt before `cargo build` (`pkgconf` and `openssl-dev` on Alpine), or use rustls: `reqwest` with `default-features = false` and its feature for rustls.",
        example: "error: failed to run custom build command for `openssl-sys v0.9.104`",
        source: "https://docs.rs/openssl/latest/openssl/#automatic",
        ..Message::BUILD
    },
];
