//! Settings classes of Pydantic.
//!
//! Sources: <https://docs.pydantic.dev/latest/concepts/pydantic_settings/>, <https://docs.pydantic.dev/1.10/usage/settings/>.

/// The classes that others are based on.
pub const BASES: &[&str] = &["pydantic_settings.BaseSettings", "pydantic_settings.main.BaseSettings", OLD_BASE];

/// The one of Pydantic 1.
pub const OLD_BASE: &str = "pydantic.BaseSettings";

/// What makes their settings.
pub const CONFIGS: &[&str] = &["pydantic_settings.SettingsConfigDict", "pydantic_settings.main.SettingsConfigDict"];

/// Names in the types of fields whose value is one text.
pub const PLAIN: &[&str] = &[
    "AmqpDsn",
    "AnyHttpUrl",
    "AnyUrl",
    "DirectoryPath",
    "EmailStr",
    "FilePath",
    "HttpUrl",
    "MongoDsn",
    "MySQLDsn",
    "None",
    "Optional",
    "Path",
    "PositiveInt",
    "PostgresDsn",
    "RedisDsn",
    "SecretBytes",
    "SecretStr",
    "Union",
    "bool",
    "float",
    "int",
    "pathlib",
    "pydantic",
    "str",
    "typing",
];

/// Those among them that hold no secret.
pub const NUMBERS: &[&str] = &["PositiveInt", "bool", "float", "int"];
