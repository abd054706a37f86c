//! Path patterns mean what they mean to git: it is asked about random patterns and random paths.

mod attributes;
mod git;
mod ignore;
