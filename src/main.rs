//! The command. Everything it does is in the library's `cli` module.

use std::process::ExitCode;

fn main() -> ExitCode {
    spaces_new::cli::main(std::env::args_os())
}
