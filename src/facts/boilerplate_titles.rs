//! Titles that templates give.

/// Titles of generators, and words that are not titles. Sources: the starters of Vite, Create React App and Next.js.
pub const BOILERPLATE: &[&str] = &[
    "app",
    "create next app",
    "dash",
    "demo",
    "document",
    "fastapi",
    "gradio",
    "home",
    "index",
    "react app",
    "streamlit",
    "title",
    "untitled",
    "vite app",
];
