//! The metadata block at the top of a Space's `README.md`.
//!
//! Written by a serialiser, never by a template, so that no answer can break it. Two readers matter and they differ:
//! the Hub's JavaScript reads YAML 1.2, `huggingface_hub`'s PyYAML reads YAML 1.1. A text that either of them would read
//! as another type is quoted.

mod bare;
mod later;
mod node;
mod read;

pub(crate) use bare::keys_without_dashes;
pub(crate) use later::later_block;
pub(crate) use node::{Entry, Node, YamlType};
pub(crate) use read::{Readme, mapping};
