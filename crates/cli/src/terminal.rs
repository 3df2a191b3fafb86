//! What people see: messages, progress, tables, colours.

use anstyle::{AnsiColor, Style};
use comfy_table::{ContentArrangement, Table, presets};
use indicatif::{ProgressBar, ProgressStyle};
use std::io::{self, BufWriter, IsTerminal, StdoutLock, Write};

/// Headings.
pub(crate) const HEADING: Style = Style::new().bold().underline();
/// The thing that a paragraph is about.
pub(crate) const NAME: Style = Style::new().bold();
/// What is there for reference.
pub(crate) const FAINT: Style = Style::new().dimmed();
/// Words of an article.
pub(crate) const WORDS: Style = AnsiColor::Cyan.on_default();

/// Standard output for programs: buffered, without colours.
pub(crate) fn output() -> BufWriter<StdoutLock<'static>> {
    BufWriter::new(io::stdout().lock())
}

/// Standard output for people: colours on a terminal that wants them (`NO_COLOR` is honoured), else none.
pub(crate) fn coloured_output() -> BufWriter<anstream::AutoStream<StdoutLock<'static>>> {
    BufWriter::new(anstream::stdout().lock())
}

/// Whether standard output is read by a person.
pub(crate) fn is_terminal() -> bool {
    io::stdout().is_terminal()
}

/// Columns of the terminal (80 where it does not tell), or a fixed number for a file or pipe.
fn columns() -> usize {
    if is_terminal() { textwrap::termwidth().max(40) } else { 160 }
}

/// Columns for running text: no more than are comfortable to read.
pub(crate) fn width() -> usize {
    columns().min(100)
}

/// Says on standard error what went wrong.
pub(crate) fn complain(message: &str) {
    // Nobody is left to tell when standard error is closed.
    let _ = writeln!(anstream::stderr(), "demarche: {message}");
}

/// A progress bar on standard error; hidden where that is no terminal.
pub(crate) fn progress(length: usize, doing: &'static str) -> ProgressBar {
    if !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len} {per_sec} {eta}")
        .expect("the template is well-formed");
    ProgressBar::new(length as u64).with_style(style).with_message(doing)
}

/// A table of text cells, as wide as its content and at most as wide as the screen.
pub(crate) fn table<const N: usize>(header: [&str; N], rows: impl IntoIterator<Item = [String; N]>) -> Table {
    rows_table(header.map(str::to_owned).to_vec(), rows.into_iter().map(Vec::from))
}

/// A table whose number of columns is known only now.
pub(crate) fn rows_table(header: Vec<String>, rows: impl IntoIterator<Item = Vec<String>>) -> Table {
    let mut table = Table::new();
    table
        .load_style(presets::UTF8_FULL_CONDENSED)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(u16::try_from(columns()).unwrap_or(u16::MAX))
        .set_header(header);
    table.add_rows(rows);
    table
}

/// A number with its noun: `1 meeting`, `2 meetings`, `2 people`.
pub(crate) fn counted(count: usize, noun: &str) -> String {
    let plural = match noun {
        _ if count == 1 => noun.to_owned(),
        "person" => "people".to_owned(),
        _ => format!("{noun}s"),
    };
    format!("{count} {plural}")
}
