//! Path patterns match as in git, which is compared with random patterns and random paths.

mod attributes;
mod git;
mod ignore;
