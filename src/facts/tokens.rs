//! The formats of access tokens of well-known services, to find a pasted token before it is published.

/// The format of one kind of token: a unique prefix, and what follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct TokenForm {
    /// The service that issues it.
    pub issuer: &'static str,
    /// The prefix.
    pub prefix: &'static str,
    /// The minimum number of consecutive letters and digits after the prefix. Real tokens have as many; words have fewer.
    pub unbroken: usize,
    /// The number of characters after the prefix that every real token has, or more.
    pub least: usize,
    /// Whether tokens of the form also stand in published files: keys for web pages, keys for tests.
    pub may_be_public: bool,
    /// The documentation of the format.
    pub source: &'static str,
}

const fn form(issuer: &'static str, prefix: &'static str, unbroken: usize, source: &'static str) -> TokenForm {
    TokenForm { issuer, prefix, unbroken, least: 30, may_be_public: false, source }
}

impl TokenForm {
    const fn at_least(self, least: usize) -> Self {
        Self { least, ..self }
    }

    const fn public(self) -> Self {
        Self { may_be_public: true, ..self }
    }
}

const HUGGING_FACE: &str = "https://huggingface.co/docs/hub/security-tokens";
const OPENAI: &str = "https://platform.openai.com/docs/api-reference/authentication";
const GITHUB: &str =
    "https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/about-authentication-to-github";
const GITLAB: &str = "https://docs.gitlab.com/security/tokens/#token-prefixes";
const SLACK: &str = "https://docs.slack.dev/authentication/tokens";
const GOOGLE: &str = "https://cloud.google.com/docs/authentication/api-keys";
const AWS: &str = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids";
const STRIPE: &str = "https://docs.stripe.com/keys";
const NPM: &str = "https://github.blog/changelog/2021-09-23-npm-has-a-new-access-token-format/";
const PYPI: &str =
    "https://docs.github.com/en/code-security/secret-scanning/introduction/supported-secret-scanning-patterns";
const DOCKER: &str = "https://docs.docker.com/security/access-tokens/";
const REPLICATE: &str = "https://replicate.com/docs/topics/security/api-tokens";
const GROQ: &str = "https://console.groq.com/docs/quickstart";

/// Every format. `sk-` begins the keys of OpenAI and of compatible services, such as Anthropic's `sk-ant-`.
pub const TOKEN_FORMS: &[TokenForm] = &[
    form("Hugging Face", "hf_", 16, HUGGING_FACE),
    form("Hugging Face", "api_org_", 16, HUGGING_FACE),
    form("OpenAI", "sk-", 16, OPENAI).at_least(20),
    form("GitHub", "ghp_", 16, GITHUB),
    form("GitHub", "gho_", 16, GITHUB),
    form("GitHub", "ghu_", 16, GITHUB),
    form("GitHub", "ghs_", 16, GITHUB),
    form("GitHub", "ghr_", 16, GITHUB),
    form("GitHub", "github_pat_", 16, GITHUB),
    form("GitLab", "glpat-", 8, GITLAB).at_least(20),
    form("GitLab", "gldt-", 8, GITLAB).at_least(20),
    form("GitLab", "glrt-", 8, GITLAB).at_least(20),
    form("GitLab", "glptt-", 8, GITLAB).at_least(20),
    form("Slack", "xoxa-", 8, SLACK).at_least(20),
    form("Slack", "xoxb-", 8, SLACK).at_least(20),
    form("Slack", "xoxe-", 8, SLACK).at_least(20),
    form("Slack", "xoxe.", 8, SLACK).at_least(20),
    form("Slack", "xoxp-", 8, SLACK).at_least(20),
    form("Slack", "xoxr-", 8, SLACK).at_least(20),
    form("Slack", "xoxs-", 8, SLACK).at_least(20),
    form("Slack", "xapp-", 8, SLACK).at_least(20),
    form("Google", "AIza", 8, GOOGLE).at_least(35).public(),
    form("Google", "GOCSPX-", 8, GOOGLE).at_least(28),
    form("Google", "ya29.", 8, GOOGLE),
    form("AWS", "AKIA", 16, AWS).at_least(16),
    form("AWS", "ASIA", 16, AWS).at_least(16),
    form("Stripe", "sk_live_", 16, STRIPE).at_least(24),
    form("Stripe", "sk_test_", 16, STRIPE).at_least(24).public(),
    form("Stripe", "rk_live_", 16, STRIPE).at_least(24),
    form("npm", "npm_", 30, NPM),
    form("PyPI", "pypi-", 16, PYPI),
    form("Docker Hub", "dckr_pat_", 8, DOCKER).at_least(27),
    form("Replicate", "r8_", 30, REPLICATE),
    form("Groq", "gsk_", 30, GROQ),
];

/// The minimum number of characters after the prefix of a token.
pub const TOKEN_LEAST: usize = 16;

/// A run of at least this many letters and digits is never a word.
pub const LONGER_THAN_WORDS: usize = 30;

/// Words that introduce a token, in headers and in settings.
pub const TOKEN_LABELS: &[&str] =
    &["access", "api", "apikey", "auth", "authorization", "basic", "bearer", "key", "secret", "token"];
