//! The command. All of it is in the module `cli`, which knows of the library what every other program may know.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::main(std::env::args_os())
}
