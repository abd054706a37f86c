//! Settings of bundlers and frameworks in JavaScript, such as `vite.config.js`: the text without its comments comes from
//! [`super::javascript`].

/// What follows a key and its colon in code without comments, for each of its places: `outDir: "public"`.
fn values<'c>(code: &'c str, key: &'c str) -> impl Iterator<Item = &'c str> {
    code.match_indices(key).filter_map(move |(at, _)| {
        let is_whole =
            !code[..at].ends_with(|char: char| char.is_alphanumeric() || matches!(char, '_' | '$' | '-' | '.'));
        let rest = code[at + key.len()..].trim_start_matches(['"', '\'']).trim_start().strip_prefix(':')?;
        is_whole.then(|| rest.trim_start())
    })
}

/// The text that code without comments assigns to a key: `outDir: "public"`.
pub(crate) fn setting<'c>(code: &'c str, key: &'c str) -> Option<&'c str> {
    values(code, key).find_map(|rest| {
        let quote = rest.chars().next().filter(|char| matches!(char, '"' | '\''))?;
        rest[1..].split_once(quote).map(|(value, _)| value)
    })
}

/// Whether code without comments assigns a word such as `false` to a key.
pub(crate) fn sets(code: &str, key: &str, word: &str) -> bool {
    values(code, key).any(|rest| {
        rest.strip_prefix(word)
            .is_some_and(|after| !after.starts_with(|char: char| char.is_alphanumeric() || char == '_'))
    })
}

/// The path that code without comments certainly has for a key when it builds for production: `base: "/app/"`, also as a default of a
/// variable, under a condition on production, or as a constant with the name of the key.
pub(crate) fn path_of<'c>(code: &'c str, key: &'c str) -> Option<&'c str> {
    const PRODUCTION: [&str; 5] = ["NODE_ENV", "production", "PROD", "build", "dev"];
    let constant = |word: &str| code.split_once(&format!("{word} {key} =")).map(|(_, rest)| rest);
    let shorthand = || code.contains(&format!("{key},")).then(|| constant("const")).flatten();
    values(code, key).chain(shorthand()).find_map(|rest| {
        let value = rest.split([',', '}', ';']).next()?;
        let condition = value.replace("??", "").split_once('?').map(|(condition, _)| condition.to_owned());
        let is_for_production = |condition: &String| {
            let is_other =
                condition.contains(".env.") && !["NODE_ENV", "PROD", "DEV"].iter().any(|name| condition.contains(name));
            !is_other && PRODUCTION.iter().any(|word| condition.contains(word))
        };
        let mut texts = value.split(['"', '\'']).skip(1).step_by(2);
        let path = texts.find(|text| text.len() > 1 && text.starts_with('/') && !text.contains("${"))?;
        condition.as_ref().is_none_or(is_for_production).then_some(path)
    })
}

/// The modules that code without comments loads, in their order.
pub(crate) fn imported(code: &str) -> impl Iterator<Item = &str> {
    const BEFORE: [&str; 4] = ["from", "import", "require(", "import("];
    code.match_indices(['"', '\'']).filter_map(|(at, quote)| {
        let before = code[..at].trim_end();
        let word = BEFORE.iter().find_map(|word| before.strip_suffix(word))?;
        let is_whole = !word.ends_with(|char: char| char.is_alphanumeric() || matches!(char, '_' | '$' | '.'));
        let (module, _) = code[at + 1..].split_once(['"', '\'', '\n'])?;
        (is_whole && code[at + 1 + module.len()..].starts_with(quote)).then_some(module)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_and_modules_are_found() {
        let code = "import a from './a';\nimport \"b\"\nconst c = await import('c'); say('from', \"d\")\n\
            export default { kit: { adapter: adapter({ layout: 1, 'out': 'server', ssr: false }) } }";
        assert_eq!(imported(code).collect::<Vec<_>>(), ["./a", "b", "c"]);
        assert_eq!((setting(code, "out"), setting(code, "pages")), (Some("server"), None));
        for (code, path) in [
            ("{ base: '/app/', b: 1 }", Some("/app/")),
            ("{ base: '/' }", None),
            ("{ base: './' }", None),
            ("{ base: process.env.BASE ?? '/app' }", Some("/app")),
            ("{ base: process.env.NODE_ENV === 'production' ? '/app' : '' }", Some("/app")),
            ("{ base: process.env.GITHUB_ACTIONS ? '/app' : '/' }", None),
            ("{ base: isPages ? '/app' : '/' }", None),
            ("{ base: `/${name}/` }", None),
            ("const base = process.env.BASE || '/app';\nexport default { base, b: 1 }", Some("/app")),
            ("{ database: '/app', 'base-url': '/b' }", None),
        ] {
            assert_eq!(path_of(code, "base"), path, "{code}");
        }
        assert!(sets(code, "ssr", "false") && !sets(code, "sr", "false") && !sets(code, "layout", "true"));
    }
}
