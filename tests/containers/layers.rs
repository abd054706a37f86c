//! A change to the code rebuilds only the last layer, and an asset's bytes are in the image once.

use crate::cases::{NODE, PYTHON, built};
use crate::engine::{Image, occurrences, run_docker};
use crate::space::Space;

/// An asset's content that occurs nowhere else.
const ASSET: &str = "spaces-new asset c20ad4d76fe97759aa27a0c99bff6710";

/// How many layers at the end of the image are new after a change; all before them are the same.
fn new_layers(before: &[String], after: &[String]) -> usize {
    let same = before.iter().zip(after).take_while(|(old, new)| old == new).count();
    after.len() - same
}

#[track_caller]
fn layers(space: &Space) -> Vec<String> {
    Image::inspect(&built(space)).layers()
}

#[track_caller]
fn rebuilds_little(space: &Space, code: &str, comment: &str) {
    space.write("assets/asset.txt", format!("{ASSET}\n").repeat(10_000));
    let first = layers(space);
    assert_eq!(layers(space), first, "a build of the same files");

    space.write(code, format!("{}\n{comment} edited\n", space.read(code)));
    let edited = layers(space);
    assert_eq!(new_layers(&first, &edited), 1, "after editing {code}: {first:?} {edited:?}");

    space.write("helper.txt", "a file that was not there before\n");
    let added = layers(space);
    assert_eq!(new_layers(&edited, &added), 1, "after adding a file of code");

    space.write("assets/new.txt", "another asset\n");
    let asset = layers(space);
    assert!(new_layers(&added, &asset) <= 2, "after adding an asset");

    let tag = built(space);
    assert_eq!(occurrences(&tag, [ASSET]), [10_000], "occurrences of the asset in {tag}, of 10000");
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn gradio_rebuilds_its_last_layer() {
    rebuilds_little(&Space::render("layers-gradio", "--template gradio"), "app.py", "#");
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn streamlit_rebuilds_its_last_layer() {
    rebuilds_little(&Space::render("layers-streamlit", "--template streamlit"), "app.py", "#");
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn fastapi_rebuilds_its_last_layer() {
    rebuilds_little(&Space::render("layers-fastapi", "--template docker"), "app.py", "#");
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn node_rebuilds_its_last_layer() {
    rebuilds_little(&Space::render("layers-node", NODE), "server.js", "//");
}

/// A Space with assets that are large enough for a layer of their own.
fn with_large_assets(name: &str, flags: &str) -> Space {
    let folder = tempfile::tempdir().unwrap();
    let large = folder.path().join("large.txt");
    fs_err::write(&large, "some text\n".repeat(1_100_000)).unwrap();
    let space = Space::render(name, &format!("{flags} --asset {}", large.display()));
    assert!(space.read("Dockerfile").contains("\nRUN rm -rf assets\n"));
    space
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn large_assets_have_a_layer_of_their_own() {
    let space = with_large_assets("layers-large", PYTHON);
    rebuilds_little(&space, "app.py", "#");
    // The layer of the code has none of them
    let tag = built(&space);
    let history = run_docker(&["history", "--human=false", "--no-trunc", "--format", "{{.Size}} {{.CreatedBy}}", &tag]);
    let size = |part: &str| {
        let line = history.lines().find(|line| line.contains(part)).unwrap_or_else(|| panic!("no {part}:\n{history}"));
        line.split(' ').next().unwrap().parse::<u64>().unwrap()
    };
    assert!(size("assets ./assets") > 10_000_000, "{history}");
    assert!(size("/home/user/app ./") < 1_000_000, "{history}");
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn finds_an_asset_that_is_stored_twice() {
    let space = with_large_assets("layers-twice", PYTHON);
    space.write("assets/asset.txt", ASSET);
    space.replace("Dockerfile", "RUN rm -rf assets\n", "");
    let edit = "COPY --chown=user:user assets ./assets\nRUN touch assets/asset.txt\n";
    space.replace("Dockerfile", "COPY --chown=user:user assets ./assets\n", edit);
    assert!(occurrences(&built(&space), [ASSET])[0] > 1);
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn finds_a_change_of_the_code_that_installs_again() {
    let space = Space::render("layers-again", PYTHON);
    space.replace("Dockerfile", " requirements.txt ./", " . ./");
    let first = layers(&space);
    space.write("app.py", format!("{}\n# edited\n", space.read("app.py")));
    assert!(new_layers(&first, &layers(&space)) > 1);
}
