//! `spaces-new schema`: prints the JSON schema of an answers file.

use super::failure::Failure;
use super::printer::Printer;
use spaces_new::Catalog;
use spaces_new::report;

pub(super) fn run(printer: &Printer) -> Result<(), Failure> {
    printer.result(&report::schema(Catalog::builtin()))
}
