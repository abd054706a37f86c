//! What is printed, whatever the folder contains and whatever was typed.

mod documents;
mod folders;
mod hostile;
mod lfs;
mod refused;
mod safe;
mod tokens;
mod typed;
