//! Servers that refuse requests for hosts that they do not know.
//!
//! The proxy of the Hub passes the host of the Space on, `user-space.hf.space`.

/// A server for development that refuses unknown hosts unless its settings name them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct HostList {
    /// The programs.
    pub programs: &'static [&'static str],
    /// The first argument that makes it a server, `""` for none.
    pub verbs: &'static [&'static str],
    /// Flags that allow hosts or turn the check off.
    pub flags: &'static [&'static str],
    /// The beginnings of the names of its settings files.
    pub settings: &'static [&'static str],
    /// Words in the settings that allow hosts or turn the check off.
    pub words: &'static [&'static str],
    /// The setting to add, in words.
    pub help: &'static str,
    /// The package whose version decides.
    pub package: &'static str,
    /// The first versions that check hosts, one for each major version; later major versions all do.
    pub since: &'static [[u32; 3]],
    /// Whether it certainly refuses where no setting is found.
    pub is_certain: bool,
}

/// The servers.
///
/// Sources: vite 4.5.6, 5.4.12 and 6.0.9, the first ones whose `hostCheckMiddleware` is there; `vite preview` takes
/// `server.allowedHosts` where `preview` has none: <https://vite.dev/config/preview-options#preview-allowedhosts>;
/// <https://webpack.js.org/configuration/dev-server/#devserverallowedhosts>;
/// <https://angular.dev/cli/serve>.
pub const HOST_LISTS: &[HostList] = &[
    HostList {
        programs: &["vite"],
        verbs: &["preview"],
        flags: &[],
        settings: &["vite.config."],
        words: &["allowedHosts", "https", "basicSsl"],
        help: "set `preview: { allowedHosts: ['.hf.space'] }` in vite.config, or serve the build with another server",
        package: "vite",
        since: &[[4, 5, 6], [5, 4, 12], [6, 0, 9]],
        is_certain: true,
    },
    HostList {
        programs: &["vite"],
        verbs: &["", "dev", "serve"],
        flags: &[],
        settings: &["vite.config."],
        words: &["allowedHosts", "https", "basicSsl"],
        help: "build the pages and serve the build, or set `server: { allowedHosts: ['.hf.space'] }` in vite.config",
        package: "vite",
        since: &[[4, 5, 6], [5, 4, 12], [6, 0, 9]],
        is_certain: true,
    },
    HostList {
        programs: &["webpack-dev-server"],
        verbs: &["", "serve"],
        flags: &["--allowed-hosts", "--disable-host-check"],
        settings: &["webpack", "devserver"],
        words: &["allowedHosts", "disableHostCheck", "firewall"],
        help: "build the pages and serve the build, or set `devServer: { allowedHosts: 'all' }` in the settings of webpack",
        package: "webpack-dev-server",
        since: &[[2, 4, 3]],
        is_certain: false,
    },
    HostList {
        programs: &["webpack", "webpack-cli"],
        verbs: &["serve", "s"],
        flags: &["--allowed-hosts", "--disable-host-check"],
        settings: &["webpack", "devserver"],
        words: &["allowedHosts", "disableHostCheck", "firewall"],
        help: "build the pages and serve the build, or set `devServer: { allowedHosts: 'all' }` in the settings of webpack",
        package: "webpack-dev-server",
        since: &[[2, 4, 3]],
        is_certain: false,
    },
    HostList {
        programs: &["ng"],
        verbs: &["serve", "s", "dev"],
        flags: &["--allowed-hosts", "--allowedHosts", "--disable-host-check", "--disableHostCheck"],
        settings: &["angular.json"],
        words: &["allowedHosts", "disableHostCheck"],
        help: "build the pages and serve the build, or set `allowedHosts` of `serve` in angular.json",
        package: "@angular/cli",
        since: &[[2, 0, 0]],
        is_certain: false,
    },
];

/// Variables that add hosts to the list of Vite. Source: `__VITE_ADDITIONAL_SERVER_ALLOWED_HOSTS` in Vite's code.
pub const VITE_VARIABLE: &str = "__VITE_ADDITIONAL_";

/// Versions of the package `mcp` whose `FastMCP` only answers requests for this computer unless it is told another host.
/// Measured: 1.22 answers any host; 1.23 and 1.27 answer 421; 2.3 has `MCPServer`, with the same default in its methods.
pub const MCP_SINCE: [u32; 2] = [1, 23];
/// The first major version without `mcp.server.fastmcp`.
pub const MCP_RENAMED: [u32; 1] = [2];
/// A late version of the first one, to find out whether a range allows it.
pub const MCP_LATE: [u32; 3] = [1, 30, 0];

/// The one version of the package `fastmcp` whose guard of hosts is on by default: `http_host_origin_protection` in its settings is
/// `True`; it is missing in 3.4.2, and `False` in 3.4.4 and later. Read in the packages of these versions.
pub const FASTMCP_STRICT: [u32; 3] = [3, 4, 3];
