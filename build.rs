//! Rebuilds when a file is added under `templates/`, which `include_dir!` does not notice by itself.

fn main() {
    println!("cargo::rerun-if-changed=templates");
}
