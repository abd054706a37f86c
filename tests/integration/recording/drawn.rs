//! A recording as an SVG that browsers animate: each row appears at its time, and the screen moves up. Without animation, it
//! shows the end.

use super::screen::{COLUMNS, Look, Run};

/// A line that is typed, and what is printed.
pub(super) struct Step {
    pub(super) typed: &'static str,
    pub(super) output: Vec<Vec<Run>>,
}

/// The rows that are visible.
const VISIBLE: usize = 27;

/// The sizes in pixels: of ten characters, a row, the margin.
const TEN_WIDE: usize = 84;
const HEIGHT: usize = 19;
const MARGIN: usize = 16;

/// The times in milliseconds: before the first word, for each word, before the output, to read a row of it, at the end.
const BEFORE: usize = 700;
const WORD: usize = 180;
const ANSWER: usize = 300;
const READ: usize = 110;
const END: usize = 4000;

/// The colours of the terminal; the bright ones are the same.
const COLORS: [&str; 8] = ["#7f848e", "#e06c75", "#98c379", "#e5c07b", "#61afef", "#c678dd", "#56b6c2", "#dcdfe4"];

/// A text in a row, from a time on.
struct Shown {
    at: usize,
    row: usize,
    runs: Vec<Run>,
}

/// The texts, the times at which the screen moves with its first row, and the whole time.
struct Film {
    shown: Vec<Shown>,
    moves: Vec<(usize, usize)>,
    end: usize,
}

fn film(steps: &[Step]) -> Film {
    let (mut time, mut row) = (0, 0);
    let mut film = Film { shown: Vec::new(), moves: vec![(0, 0)], end: 0 };
    for step in steps {
        let prompt = Look { is_bold: true, color: Some(2) };
        film.shown.push(Shown { at: time, row, runs: vec![Run { column: 0, text: "$".to_owned(), look: prompt }] });
        time += BEFORE;
        let mut column = 2;
        for word in step.typed.split(' ') {
            let run = Run { column, text: word.to_owned(), look: Look { is_bold: true, color: None } };
            film.shown.push(Shown { at: time, row, runs: vec![run] });
            column += word.chars().count() + 1;
            time += WORD;
        }
        time += ANSWER;
        row += 1;
        for runs in &step.output {
            let runs =
                runs.iter().map(|run| Run { column: run.column, text: run.text.clone(), look: run.look }).collect();
            film.shown.push(Shown { at: time, row, runs });
            row += 1;
        }
        // An empty row, and one for the next prompt
        film.moves.push((time, (row + 2).saturating_sub(VISIBLE)));
        row += usize::from(!step.output.is_empty());
        time += READ * step.output.len();
    }
    film.end = time + END;
    film
}

/// The whole picture.
pub(super) fn svg(steps: &[Step]) -> String {
    let film = film(steps);
    let width = TEN_WIDE * COLUMNS / 10 + 2 * MARGIN;
    let height = VISIBLE * HEIGHT + 2 * MARGIN;
    let last = film.moves.last().map_or(0, |(_, first)| *first);
    let colors = COLORS.iter().enumerate().map(|(number, color)| format!(".c{number}{{fill:{color}}}\n"));
    let texts: String = film.shown.iter().map(text).collect();
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" \
         role=\"img\">\n<title>spaces-new makes a Space; check finds a mistake in it, and fixes it</title>\n\
         <!-- Made by tests/integration/recording.rs -->\n<style>\n\
         text{{font:14px ui-monospace,SFMono-Regular,Menlo,Consolas,\"DejaVu Sans Mono\",monospace;fill:#abb2bf;white-space:pre}}\n\
         .b{{font-weight:bold}}\n{}{}@media (prefers-reduced-motion:reduce){{*{{animation:none!important}}}}\n</style>\n\
         <rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"#21252b\"/>\n\
         <svg x=\"{MARGIN}\" y=\"{MARGIN}\" width=\"{}\" height=\"{}\">\n<g class=\"m\" transform=\"translate(0 -{})\">\n{texts}</g>\n</svg>\n</svg>\n",
        colors.collect::<String>(),
        animations(&film),
        width - 2 * MARGIN,
        VISIBLE * HEIGHT,
        last * HEIGHT,
    )
}

/// A rule for each time at which something appears, and one for the moves.
fn animations(film: &Film) -> String {
    let percent = |time: usize| {
        let hundredths = 10_000 * time / film.end;
        format!("{}.{:02}%", hundredths / 100, hundredths % 100)
    };
    let mut times: Vec<usize> = film.shown.iter().map(|shown| shown.at).collect();
    times.dedup();
    let appear = times.into_iter().map(|time| {
        let (name, at) = (format!("t{time}"), percent(time));
        format!(
            "@keyframes {name}{{0%{{opacity:0}}{at}{{opacity:1}}}}\n.{name}{{animation:{name} {}ms step-end infinite}}\n",
            film.end
        )
    });
    let moves = film
        .moves
        .iter()
        .map(|(time, first)| format!("{}{{transform:translateY(-{}px)}}", percent(*time), first * HEIGHT));
    let moves =
        format!("@keyframes m{{{}}}\n.m{{animation:m {}ms step-end infinite}}\n", moves.collect::<String>(), film.end);
    appear.chain([moves]).collect()
}

fn text(shown: &Shown) -> String {
    let y = shown.row * HEIGHT + HEIGHT - 5;
    let runs = shown.runs.iter().map(|run| {
        let color = run.look.color.map(|color| format!("c{}", color % 8)).unwrap_or_default();
        let class = format!("{}{color}", if run.look.is_bold { "b " } else { "" });
        let class = class.trim_end();
        let class = if class.is_empty() { String::new() } else { format!(" class=\"{class}\"") };
        let tenths = TEN_WIDE * run.column;
        format!("<tspan x=\"{}.{}\"{class}>{}</tspan>", tenths / 10, tenths % 10, escaped(&run.text))
    });
    format!("<text class=\"t{}\" y=\"{y}\">{}</text>\n", shown.at, runs.collect::<String>())
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
