use super::*;

fn shown(text: &str) -> Vec<String> {
    let of = |line: &Line| match &line.content {
        Content::Package(package) => format!("{} {}", package.name, &text[package.specifier.clone()]),
        Content::Place(place) => format!("at {}", place.text),
        Content::Options => format!("options {}", line.options.len()),
        Content::Invalid(invalid) => format!("invalid {:?} {:?}", invalid.name, invalid.fault),
    };
    Requirements::read(text).lines.iter().map(of).collect()
}

#[test]
fn every_kind_of_line_is_told_from_the_others() {
    for (line, is) in [
        ("Gradio[oauth] == 4.44.1  # pinned", "gradio == 4.44.1"),
        ("Py_Dub>=0.25,<1; python_version < \"3.13\"", "py-dub >=0.25,<1"),
        ("gradio==latest", "invalid Some(\"gradio\") Versions"),
        ("gradio; nonsense", "invalid Some(\"gradio\") Marker"),
        ("?", "invalid None Name"),
        ("https://a/b.whl", "at https://a/b.whl"),
        ("git+https://a/b@v1#egg=b", "at git+https://a/b@v1#egg=b"),
        ("./vendor/x-1.0-py3-none-any.whl ; python_version > '3'", "at ./vendor/x-1.0-py3-none-any.whl"),
        ("x-1.0.tar.gz", "at x-1.0.tar.gz"),
        (".[dev]", "at ."),
        ("libs/a", "at libs/a"),
        ("-r base.txt", "options 1"),
        ("uvicorn[standard]", "uvicorn "),
    ] {
        assert_eq!(shown(line), [is], "{line}");
    }
}

#[test]
fn pins_with_hashes_are_pins() {
    let text = "# by pip-compile\ngradio==6.31.0 \\\n    --hash=sha256:aa \\\n    --hash=sha256:bb\n    # via -r requirements.in\nnumpy==2.3.5 --hash=sha256:cc\n";
    let read = Requirements::read(text);
    let packages: Vec<_> = read.packages().map(|(package, _)| package.name.as_str()).collect();
    assert_eq!(packages, ["gradio", "numpy"]);
    let (gradio, line) = read.package("gradio").unwrap();
    assert_eq!(gradio.versions.exact().unwrap().to_string(), "6.31.0");
    assert_eq!(line.values(Flag::Hash).collect::<Vec<_>>(), ["sha256:aa", "sha256:bb"]);
    assert!(text[line.whole.clone()].ends_with("bb\n"));
    assert!(text[line.range.clone()].ends_with("sha256:bb"));
    assert!(read.needs_hashes());
    assert!(!Requirements::read("gradio==6.31.0\n").needs_hashes());
}

#[test]
fn places_are_those_of_the_text() {
    let text =
        "\u{feff}# \u{1f600}\n  A.b [x, y] (>= 1.0 , < 2) ; os_name == 'posix' \\\n  --hash=a:b # z\nc @ https://d";
    let read = Requirements::read(text);
    let (a, line) = read.package("a-b").unwrap();
    let of = |range: &Range<usize>| &text[range.clone()];
    assert_eq!(of(&a.name_range), "A.b");
    assert_eq!(a.extras, ["x", "y"]);
    assert_eq!(of(&a.specifier), ">= 1.0 , < 2");
    assert_eq!(a.marker.as_ref().map(of), Some("os_name == 'posix'"));
    assert_eq!(of(&line.options[0].range), "a:b");
    let (c, _) = read.package("c").unwrap();
    assert_eq!(c.address.as_ref().map(|(_, range)| of(range)), Some("https://d"));
    assert!(!a.is_conditional(), "every Space has this system");
    assert!(c.is_conditional());
}

proptest::proptest! {
    #[test]
    fn places_lie_in_the_text_and_in_order(parts in proptest::collection::vec(part(), 0..12)) {
        let text = parts.concat();
        let mut before = 0;
        for line in Requirements::read(&text).lines {
            proptest::prop_assert!(line.whole.start >= before && line.whole.end <= text.len());
            before = line.whole.end;
            let inside = |range: &Range<usize>| {
                line.range.start <= range.start && range.end <= line.range.end && text.get(range.clone()).is_some()
            };
            proptest::prop_assert!(line.whole.start <= line.range.start && line.range.end <= line.whole.end);
            proptest::prop_assert!(text.get(line.whole.clone()).is_some() && text.get(line.range.clone()).is_some());
            proptest::prop_assert!(line.options.iter().all(|option| inside(&option.range)));
            match &line.content {
                Content::Package(package) => {
                    proptest::prop_assert!(inside(&package.name_range) && inside(&package.specifier));
                    proptest::prop_assert!(package.marker.as_ref().is_none_or(inside));
                    proptest::prop_assert!(package.address.as_ref().is_none_or(|(_, range)| inside(range)));
                }
                Content::Place(place) => proptest::prop_assert!(inside(&place.range)),
                Content::Options | Content::Invalid(_) => {}
            }
        }
    }

    #[test]
    fn any_bytes_are_read(bytes: Vec<u8>) {
        if let Some(text) = decode(&bytes) {
            let read = Requirements::read(&text);
            proptest::prop_assert!(read.lines.len() <= text.len());
        }
    }
}

/// Pieces of requirements, and anything else.
fn part() -> impl proptest::strategy::Strategy<Value = String> {
    use proptest::strategy::Strategy;
    const PIECES: [&str; 24] = [
        "gradio",
        "==",
        ">=1.0",
        ",<2",
        "[x]",
        " @ ",
        "https://a/b",
        ";",
        "os_name",
        "'x'",
        "(",
        ")",
        " ",
        "\\\n",
        "\\\r\n",
        "\n",
        "#",
        " #",
        "-r ",
        "--hash=",
        "\u{feff}",
        "\u{e9}",
        "\"",
        "./a",
    ];
    proptest::prop_oneof![
        proptest::sample::select(PIECES.to_vec()).prop_map(str::to_owned),
        ".{0,4}".prop_map(|text: String| text),
    ]
}
