//! `demarche build`: articles into a store.

use crate::Outcome;
use crate::articles::Selection;
use crate::records;
use crate::terminal::{complain, counted, output, progress};
use crate::unchanged::Unchanged;
use anyhow::{Context, Result};
use clap::Args;
use demarche_graph::{Added, Built, Store};
use demarche_record::{Article, Record};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

#[derive(Args)]
#[command(after_help = "\
Building again with the same files changes nothing, and what has not changed is not read again; with more files it adds to
the store. Without articles, a store that is
there is brought up to date: when `build` was broken off, say.

Examples:
  demarche build news/ --store kg --manifest news/manifest.csv
  demarche build article.txt --store kg --published 2021-06-16
  demarche build --records records.jsonl --store kg       what `demarche extract` printed, here or elsewhere")]
pub(crate) struct Arguments {
    #[command(flatten)]
    articles: Selection,

    /// Add records that were extracted before, one JSON object a line; - for standard input
    #[arg(long, value_name = "FILE.jsonl")]
    records: Vec<PathBuf>,

    /// The folder of the store; made if it is not there
    #[arg(long, value_name = "DIR", default_value = "kg")]
    store: PathBuf,

    /// The IRI under which a new store names things; `https://w3id.org/demarche/id/` if none is given
    #[arg(long, value_name = "IRI")]
    base: Option<String>,

    /// The file of the corrections, which the store remembers [default: corrections.toml in the store's folder]
    #[arg(long, value_name = "FILE.toml")]
    corrections: Option<PathBuf>,

    /// Keep the text of the articles in the store
    #[arg(long)]
    with_text: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Outcome> {
    let nothing = arguments.articles.is_empty() && arguments.records.is_empty();
    let articles = arguments.articles.open(arguments.with_text)?;
    let mut store = match nothing {
        true => Store::open(&arguments.store)?,
        false => Store::open_or_create(&arguments.store, arguments.base.as_deref())?,
    };
    if let Some(jobs) = arguments.articles.jobs() {
        store.use_threads(jobs);
    }
    if let Some(base) = &arguments.base {
        let kept = store.names().base();
        anyhow::ensure!(
            kept.trim_end_matches(['/', '#']) == base.trim_end_matches(['/', '#']),
            "{}: this store names things under {kept}; leave --base out or build another store",
            arguments.store.display()
        );
    }
    if let Some(file) = &arguments.corrections {
        store.keep_corrections_in(file)?;
    }
    // What is wrong with the corrections is better said before the articles are read than after.
    store.corrections()?;
    let mut added = Added::default();
    let mut add = |record: Record| {
        let one = store.add([&record]).with_context(|| format!("{}: cannot be stored", record.source))?;
        added.new += one.new;
        added.replaced += one.replaced;
        added.unchanged += one.unchanged;
        added.copies += one.copies;
        Ok(())
    };
    let unchanged = Unchanged::open(&arguments.store, arguments.articles.model())?;
    let as_before = AtomicUsize::new(0);
    let is_known = |article: &Article| {
        let is_known = unchanged.has(article);
        as_before.fetch_add(usize::from(is_known), Ordering::Relaxed);
        is_known
    };
    let mut failed = articles.read_unless(&progress(articles.len(), "reading"), is_known, |record| {
        unchanged.note(&record)?;
        add(record)
    })?;
    unchanged.keep()?;
    for file in &arguments.records {
        failed += records::read(file, &mut add)?;
    }
    let built = store.commit()?;
    for warning in store.idle_corrections()? {
        complain(&warning);
    }
    let mut out = output();
    summary(&mut out, &arguments.store, added, as_before.into_inner(), built)?;
    if built.articles > 0 {
        writeln!(out, "Next: demarche query --store {} who-met-whom", shell_word(&arguments.store))?;
    }
    out.flush()?;
    Ok(if failed == 0 { Outcome::Complete } else { Outcome::Partial })
}

/// Says what came of a build, in two lines. `as_before` articles had not changed and were not read.
pub(crate) fn summary(out: &mut impl Write, store: &Path, added: Added, as_before: usize, built: Built) -> Result<()> {
    let read = added.new + added.replaced + added.unchanged + added.copies;
    let parts = [(added.new, "new"), (added.replaced, "read anew"), (added.copies, "under another name")];
    let mut parts: Vec<_> =
        parts.into_iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")).collect();
    if added.unchanged > 0 {
        parts.push(format!("{} there already", added.unchanged));
    }
    let parts = if parts.is_empty() { String::new() } else { format!(" ({})", parts.join(", ")) };
    let as_before = if as_before > 0 { format!(", {as_before} as before") } else { String::new() };
    let unchanged = if built.rebuilt { "" } else { "; nothing has changed" };
    writeln!(out, "{} read{parts}{as_before}{unchanged}", counted(read, "article"))?;
    holds(out, store, built)
}

/// Says what a store holds.
pub(crate) fn holds(out: &mut impl Write, store: &Path, built: Built) -> Result<()> {
    let holds = [
        (built.articles, "article"),
        (built.people, "person"),
        (built.organizations, "organisation"),
        (built.places, "place"),
        (built.meetings, "meeting"),
        (built.statements, "statement"),
    ];
    let holds = holds.map(|(count, what)| counted(count, what)).join(", ");
    writeln!(out, "{} holds {holds}", store.display())?;
    Ok(())
}

/// A path as it can be pasted into a shell.
pub(crate) fn shell_word(path: &Path) -> String {
    let path = path.display().to_string();
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._-+".contains(c);
    if path.chars().all(plain) { path } else { format!("'{}'", path.replace('\'', r"'\''")) }
}
