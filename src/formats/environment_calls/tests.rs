use super::*;

fn read(language: Language, text: &str) -> Vec<(String, Option<String>, bool)> {
    let code = language.code(text);
    let helpers = language.helpers(&code);
    let found = language.variables(&code, &helpers).into_iter();
    found.map(|variable| (variable.name, variable.default, variable.is_required)).collect()
}

fn assert_read(language: Language, cases: &[(&str, Option<&str>, bool)]) {
    for (code, default, is_required) in cases {
        let expected = ("X".to_owned(), default.map(str::to_owned), *is_required);
        assert_eq!(read(language, code), [expected], "{code}");
    }
}

#[test]
fn rust_reads_variables_with_what_follows_the_call() {
    assert_read(
        Language::Rust,
        &[
            ("let a = std::env::var(\"X\").unwrap();", None, true),
            ("let a = env::var(\"X\")\n    .expect(\"X must be set\");", None, true),
            ("let a = env::var(\"X\")?;", None, true),
            ("let a = env::var(\"X\").context(\"needs X\")?;", None, true),
            ("let a = env::var(\"X\").unwrap_or_else(|_| panic!(\"no X\"));", None, true),
            ("let a = env::var(\"X\").ok()?;", None, false),
            ("let a = env::var(\"X\").is_ok();", None, false),
            ("if let Ok(a) = env::var(\"X\") { go(a) }", None, false),
            ("let a = env::var(\"X\").unwrap_or_default();", None, false),
            ("let a = env::var(\"X\").unwrap_or(\"fast\".to_string());", Some("fast"), false),
            ("let a = env::var(\"X\").unwrap_or_else(|_| String::from(\"fast\"));", Some("fast"), false),
            ("let a = env::var(\"X\").unwrap_or_else(|_| { \"fast\".into() });", Some("fast"), false),
            (
                "let a: u32 = env::var(\"X\").ok().and_then(|v| v.parse().ok()).unwrap_or(1_000u32);",
                Some("1000"),
                false,
            ),
            ("let a = env::var(\"X\").map(hours).unwrap_or(60);", None, false),
            ("let a = env::var(\"X\").ok().and_then(|v| v.parse::<u32>().ok()).unwrap_or(60 * 60);", None, false),
            ("fn must(key: &str) -> String { env::var(key).unwrap() }\nlet a = must(\"X\");", None, true),
            (
                "fn or(k: &str, d: &str) -> String { env::var(k).unwrap_or(d.into()) }\nor(\"X\", \"a\");",
                Some("a"),
                false,
            ),
            ("#[arg(long, env = \"X\", default_value = \"a\")]\nname: String,", Some("a"), false),
            ("#[arg(long, env = \"X\", default_value_t = 5)]\nname: u8,", Some("5"), false),
        ],
    );
    for none in [
        "// env::var(\"X\").unwrap()",
        "fn f<'a>(x: &'a str) { // env::var(\"X\")",
        "const A: &str = env!(\"X\");",
        "fn main() {}\n#[cfg(test)]\nmod tests { fn f() { env::var(\"X\").unwrap() } }",
        "log!(\"use env::var(\\\"X\\\")\");",
        "my_env::var_other(\"X\")",
        "#[arg(long, value_env = \"X\")]",
    ] {
        assert_eq!(read(Language::Rust, none), [], "{none}");
    }
}

#[test]
fn go_reads_variables_with_the_condition_that_follows() {
    assert_read(
        Language::Go,
        &[
            ("a := os.Getenv(\"X\")", None, false),
            ("a := os.Getenv(\"X\")\n\tif a == \"\" {\n\t\tlog.Fatal(\"no X\")\n\t}", None, true),
            ("a, ok := os.LookupEnv(\"X\")\n\tif !ok {\n\t\tpanic(\"no X\")\n\t}", None, true),
            ("a := os.Getenv(\"X\")\n\tif a == \"\" {\n\t\ta = \"fast\"\n\t}", Some("fast"), false),
            ("a := os.Getenv(\"X\")\n\tif b == \"\" {\n\t\tlog.Fatal(\"no b\")\n\t}", None, false),
            ("if a := os.Getenv(\"X\"); a != \"\" {\n\tlog.Fatal(a)\n}", None, false),
            ("a := cmp.Or(os.Getenv(\"X\"), \"fast\")", Some("fast"), false),
            (
                "func get(key, other string) string {\n\tif v := os.Getenv(key); v != \"\" {\n\t\treturn v\n\t}\n\treturn other\n}\nvar a = get(\"X\", \"b\")",
                Some("b"),
                false,
            ),
            (
                "func must(key string) string {\n\tv := os.Getenv(key)\n\tif v == \"\" {\n\t\tlog.Fatalf(\"no %s\", key)\n\t}\n\treturn v\n}\nvar a = must(\"X\")",
                None,
                true,
            ),
            ("import \"github.com/caarlos0/env/v11\"\ntype C struct {\n\tA string `env:\"X,required\"`\n}", None, true),
            (
                "import \"github.com/caarlos0/env/v11\"\ntype C struct {\n\tA string `env:\"X\" envDefault:\"b\"`\n}",
                Some("b"),
                false,
            ),
            (
                "import \"github.com/kelseyhightower/envconfig\"\ntype C struct {\n\tA string `envconfig:\"X\" default:\"b\"`\n}",
                Some("b"),
                false,
            ),
        ],
    );
    for none in [
        "// os.Getenv(\"X\")",
        "os.Setenv(\"X\", \"1\")",
        "os.Getenv(key)",
        "type C struct {\n\tA string `env:\"X\"`\n}",
    ] {
        assert_eq!(read(Language::Go, none), [], "{none}");
    }
}

#[test]
fn odd_code_ends_nothing() {
    for code in [
        "env::var(\"",
        "env::var(\"X\").a::<",
        "os.Getenv(",
        "fn é(k) { env::var(k",
        "#[arg(env = \"X",
        "#[é(a)]",
        ")}env::var(k)",
    ] {
        for language in [Language::Rust, Language::Go] {
            let _ = read(language, code);
        }
    }
}
