//! `spaces-new schema`: prints the JSON schema of an answers file.

use super::failure::Failure;
use super::printer::Printer;
use crate::render::Catalog;
use crate::report;

pub(super) fn run(printer: &Printer) -> Result<(), Failure> {
    printer.result(&report::schema(Catalog::builtin()))
}
