//! Packages that a release of Debian or Ubuntu does not have, though builds of Spaces request them.
//!
//! Debian: measured on 2026-11-28 with `apt-get --simulate install` in Debian 12 and 13, the component `main` alone, as in the official
//! images. A virtual package that `apt-get` resolves is not listed. The history of each is on <https://tracker.debian.org>.

/// What to install in its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Instead {
    /// The same under another name.
    Renamed(&'static str),
    /// What most builds want that request it: another version, or another program.
    Similar(&'static str),
    /// Nothing: a container does not need it.
    Needless,
    /// Nothing that would fit every build.
    Unknown,
}

impl Instead {
    /// The package to install.
    #[must_use]
    pub fn package(self) -> Option<&'static str> {
        match self {
            Self::Renamed(package) | Self::Similar(package) => Some(package),
            Self::Needless | Self::Unknown => None,
        }
    }
}

/// A package that Debian lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct VanishedPackage {
    /// Its name.
    pub package: &'static str,
    /// The first release without it.
    pub since: u8,
    /// The first later release with it.
    pub until: Option<u8>,
    /// Its replacement.
    pub instead: Instead,
}

impl VanishedPackage {
    /// Whether a release of Debian lacks it.
    #[must_use]
    pub fn is_missing_in(&self, release: u8) -> bool {
        release >= self.since && self.until.is_none_or(|until| release < until)
    }
}

const fn renamed(package: &'static str, since: u8, instead: &'static str) -> VanishedPackage {
    VanishedPackage { package, since, until: None, instead: Instead::Renamed(instead) }
}

const fn gone(package: &'static str, since: u8, instead: &'static str) -> VanishedPackage {
    VanishedPackage { instead: Instead::Similar(instead), ..renamed(package, since, "") }
}

const fn dropped(package: &'static str, since: u8) -> VanishedPackage {
    VanishedPackage { instead: Instead::Unknown, ..renamed(package, since, "") }
}

/// Not in Debian 12 yet.
const fn newer(package: &'static str, instead: &'static str) -> VanishedPackage {
    VanishedPackage { until: Some(13), ..gone(package, 12, instead) }
}

/// The packages of Debian.
pub const VANISHED_PACKAGES: &[VanishedPackage] = &[
    renamed("libgl1-mesa-glx", 13, "libgl1"),
    VanishedPackage { instead: Instead::Needless, ..dropped("software-properties-common", 13) },
    // Java: each release of Debian has one or two versions
    gone("openjdk-8-jdk", 12, "default-jdk"),
    gone("openjdk-8-jdk-headless", 12, "default-jdk-headless"),
    gone("openjdk-8-jre", 12, "default-jre"),
    gone("openjdk-8-jre-headless", 12, "default-jre-headless"),
    gone("openjdk-11-jdk", 12, "default-jdk"),
    gone("openjdk-11-jdk-headless", 12, "default-jdk-headless"),
    gone("openjdk-11-jre", 12, "default-jre"),
    gone("openjdk-11-jre-headless", 12, "default-jre-headless"),
    gone("openjdk-17-jdk", 13, "default-jdk"),
    gone("openjdk-17-jdk-headless", 13, "default-jdk-headless"),
    gone("openjdk-17-jre", 13, "default-jre"),
    gone("openjdk-17-jre-headless", 13, "default-jre-headless"),
    newer("openjdk-21-jdk", "openjdk-17-jdk"),
    newer("openjdk-21-jdk-headless", "openjdk-17-jdk-headless"),
    newer("openjdk-21-jre", "openjdk-17-jre"),
    newer("openjdk-21-jre-headless", "openjdk-17-jre-headless"),
    // Several packages provide them, of which `apt-get` chooses none
    renamed("netcat", 12, "netcat-openbsd"),
    renamed("libmysqlclient-dev", 12, "default-libmysqlclient-dev"),
    renamed("mysql-client", 12, "default-mysql-client"),
    gone("mysql-server", 12, "default-mysql-server"),
    renamed("chromium-browser", 12, "chromium"),
    renamed("chromium-chromedriver", 12, "chromium-driver"),
    dropped("mongodb", 12),
    dropped("phantomjs", 12),
    gone("neofetch", 13, "fastfetch"),
    renamed("youtube-dl", 13, "yt-dlp"),
    dropped("wkhtmltopdf", 13),
    renamed("libav-tools", 12, "ffmpeg"),
    dropped("lsb-core", 12),
    renamed("policykit-1", 13, "polkitd"),
    // Python 2, and versions of Python 3
    gone("python", 12, "python3"),
    gone("python2", 12, "python3"),
    gone("python2.7", 12, "python3"),
    gone("python-dev", 12, "python3-dev"),
    gone("python-pip", 12, "python3-pip"),
    gone("python-setuptools", 12, "python3-setuptools"),
    gone("python-tk", 12, "python3-tk"),
    gone("python3-distutils", 13, "python3-setuptools"),
    gone("python3.9", 12, "python3"),
    gone("python3.10", 13, "python3"),
    gone("python3.11", 13, "python3"),
    gone("python3.11-dev", 13, "python3-dev"),
    gone("python3.11-venv", 13, "python3-venv"),
    gone("python3.12", 12, "python3"),
    newer("python3.13", "python3"),
    // Libraries, whose names change with their versions
    gone("libssl1.1", 12, "libssl3"),
    dropped("libssl1.0-dev", 12),
    dropped("libtiff5", 12),
    dropped("libwebp6", 12),
    gone("libjpeg8", 12, "libjpeg62-turbo"),
    gone("libjpeg-turbo8", 12, "libjpeg62-turbo"),
    renamed("libjpeg8-dev", 12, "libjpeg-dev"),
    dropped("libpng12-0", 12),
    dropped("libicu66", 12),
    dropped("libicu67", 12),
    dropped("libicu72", 13),
    gone("libffi7", 12, "libffi8"),
    gone("libcurl3", 12, "libcurl4"),
    dropped("libavcodec58", 12),
    dropped("libavcodec59", 13),
    dropped("libtesseract4", 12),
    dropped("libjasper-dev", 12),
    renamed("libdc1394-22-dev", 12, "libdc1394-dev"),
    gone("libtbb2", 12, "libtbbmalloc2"),
    gone("libatlas-base-dev", 13, "libopenblas-dev"),
    renamed("libopenblas-base", 12, "libopenblas0"),
    dropped("libgconf-2-4", 13),
    dropped("gconf-service", 13),
    dropped("libappindicator1", 12),
    gone("libncurses5", 13, "libncurses6"),
    gone("libtinfo5", 13, "libtinfo6"),
    renamed("libegl1-mesa", 13, "libegl1"),
    renamed("libgles2-mesa", 13, "libgles2"),
    renamed("libgdk-pixbuf2.0-0", 13, "libgdk-pixbuf-2.0-0"),
    renamed("libpango1.0-0", 13, "libpango-1.0-0"),
    gone("libpcre3-dev", 13, "libpcre2-dev"),
    renamed("mime-support", 13, "media-types"),
    renamed("qt5-default", 12, "qtbase5-dev"),
    renamed("ttf-dejavu", 12, "fonts-dejavu"),
    renamed("ttf-freefont", 12, "fonts-freefont-ttf"),
    renamed("ttf-unifont", 12, "fonts-unifont"),
    // Versions of databases, compilers and PHP
    gone("postgresql-13", 12, "postgresql"),
    gone("postgresql-client-13", 12, "postgresql-client"),
    gone("postgresql-15", 13, "postgresql"),
    gone("postgresql-client-15", 13, "postgresql-client"),
    newer("postgresql-17", "postgresql"),
    gone("gcc-10", 12, "gcc"),
    gone("gcc-11", 13, "gcc"),
    gone("php7.4", 12, "php"),
    gone("php7.4-cli", 12, "php-cli"),
    gone("php8.2-cli", 13, "php-cli"),
];

/// A package that Ubuntu lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct VanishedFromUbuntu {
    /// Its name.
    pub package: &'static str,
    /// The first long-term release without it.
    pub since: (u32, u32),
    /// Its replacement.
    pub instead: Instead,
}

const fn from_ubuntu(package: &'static str, since: (u32, u32), instead: &'static str) -> VanishedFromUbuntu {
    VanishedFromUbuntu { package, since, instead: Instead::Renamed(instead) }
}

/// The packages of Ubuntu, each with a log that shows its error.
pub const VANISHED_FROM_UBUNTU: &[VanishedFromUbuntu] = &[
    // <https://github.com/devcontainers/features/issues/968>
    from_ubuntu("libasound2", (24, 4), "libasound2t64"),
    // <https://github.com/pyvista/setup-headless-display-action/issues/20>
    from_ubuntu("libgl1-mesa-glx", (24, 4), "libgl1"),
    // <https://github.com/rusefi/rusefi/pull/7826>
    VanishedFromUbuntu { package: "libncurses5", since: (24, 4), instead: Instead::Similar("libncurses6") },
    // <https://github.com/akhilnarang/scripts/issues/209>
    VanishedFromUbuntu { package: "libtinfo5", since: (24, 4), instead: Instead::Similar("libtinfo6") },
    VanishedFromUbuntu { package: "python2.7", since: (24, 4), instead: Instead::Similar("python3") },
    VanishedFromUbuntu { package: "lsb-core", since: (24, 4), instead: Instead::Unknown },
    // <https://github.com/activecm/shell-lib/issues/31>
    from_ubuntu("netcat", (24, 4), "netcat-openbsd"),
];
