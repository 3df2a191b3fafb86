//! The arguments that name articles, and reading them all: files in, records out, in order, on all cores.

use crate::terminal::complain;
use anyhow::{Context, Result};
use clap::Args;
use demarche_extract::Extractor;
use demarche_ingest::{Input, Manifest, Reader, find, parse_date};
use demarche_nlp::Pipeline;
use demarche_record::{Article, Basis, Record, Severity};
use indicatif::ProgressBar;
use rayon::prelude::*;
use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

/// Which articles to read, and what is known of them.
#[derive(Args)]
pub(crate) struct Selection {
    /// Files, folders (all .txt, .text, .md and .markdown files in them) or - for standard input
    #[arg(value_name = "ARTICLES")]
    paths: Vec<PathBuf>,

    /// The date of publication of all the articles: 2021, 2021-06, 2021-06-16 or 2021-06-16T09:30:00Z
    #[arg(long, value_name = "DATE", value_parser = date)]
    published: Option<String>,

    /// A CSV file with a header, or JSON Lines: source (path from the manifest's folder), published, title, publisher, url
    #[arg(long, value_name = "FILE")]
    manifest: Option<PathBuf>,

    #[command(flatten)]
    engine: Engine,
}

/// How to read.
#[derive(Args)]
pub(crate) struct Engine {
    /// Articles to read at a time [default: one for each core]
    #[arg(long, short, value_name = "N")]
    jobs: Option<NonZeroUsize>,

    /// The folder of another language model, made by `cargo xtask import-model`
    #[arg(long, value_name = "PATH")]
    model: Option<PathBuf>,
}

/// Refuses what is no date while the arguments are read.
fn date(text: &str) -> Result<String, demarche_ingest::DateError> {
    parse_date(text, Basis::Option).map(|_| text.to_owned())
}

/// Articles that wait to be read.
pub(crate) struct Articles {
    inputs: Vec<Result<Input, demarche_ingest::Error>>,
    reader: Reader,
    workers: Workers,
}

impl Selection {
    /// How many threads were asked for.
    pub(crate) fn jobs(&self) -> Option<NonZeroUsize> {
        self.engine.jobs
    }

    /// Whether no article is named.
    pub(crate) fn is_empty(&self) -> bool {
        self.paths.is_empty()
    }

    /// The folder of the language model, where it is not the command's own.
    pub(crate) fn model(&self) -> Option<&Path> {
        self.engine.model.as_deref()
    }

    /// Finds the files and makes ready to read them.
    pub(crate) fn open(&self, with_text: bool) -> Result<Articles> {
        let mut reader = Reader::new().with_text(with_text);
        if let Some(date) = &self.published {
            reader = reader.published(date)?;
        }
        if let Some(path) = &self.manifest {
            reader = reader.manifest(Manifest::read(path)?);
        }
        Ok(Articles { inputs: find(&self.paths), reader, workers: self.engine.start()? })
    }
}

impl Engine {
    /// Loads the model and starts the workers.
    pub(crate) fn start(&self) -> Result<Workers> {
        let jobs = self.jobs.map_or(0, NonZeroUsize::get);
        let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs).build().context("cannot start threads")?;
        Ok(Workers { pool, model: Model::load(self.model.as_deref())? })
    }
}

/// The language model, embedded in the command or loaded.
enum Model {
    Embedded(&'static Pipeline),
    Loaded(Box<Pipeline>),
}

impl Model {
    fn load(folder: Option<&Path>) -> Result<Self> {
        Ok(match folder {
            None => Self::Embedded(Pipeline::english()),
            Some(folder) => Self::Loaded(Box::new(Pipeline::load(folder)?)),
        })
    }

    fn pipeline(&self) -> &Pipeline {
        match self {
            Self::Embedded(pipeline) => pipeline,
            Self::Loaded(pipeline) => pipeline,
        }
    }
}

/// Threads that read articles.
pub(crate) struct Workers {
    pool: rayon::ThreadPool,
    model: Model,
}

impl Workers {
    /// Reads the inputs on all threads and hands the records to `take` in the order of the inputs, holding few at a time.
    /// Where `article` gives none there is nothing to read. An input that fails is named on standard error; the number of
    /// those is returned.
    pub(crate) fn read<I: Sync>(
        &self,
        inputs: &[I],
        article: impl Fn(&I) -> Result<Option<Article>, String> + Sync,
        progress: &ProgressBar,
        mut take: impl FnMut(Record) -> Result<()>,
    ) -> Result<usize> {
        let extractor = Extractor::new(self.model.pipeline());
        let extract = |input: &I| -> Result<Option<Record>, String> {
            progress.inc(1);
            let Some(article) = article(input)? else { return Ok(None) };
            // One article must not cost the others, not even by a defect in the program.
            let record = catch_unwind(AssertUnwindSafe(|| extractor.extract(&article)));
            record
                .map(Some)
                .map_err(|_| format!("{}: a defect in demarche; please report it with the article", article.source))
        };
        let mut failed = 0;
        for chunk in inputs.chunks(self.pool.current_num_threads() * 8) {
            let records: Vec<_> = self.pool.install(|| chunk.par_iter().map(extract).collect());
            for record in records {
                match record {
                    Ok(None) => {}
                    Ok(Some(record)) => {
                        progress.suspend(|| warn(&record));
                        take(record)?;
                    }
                    Err(problem) => {
                        progress.suspend(|| complain(&problem));
                        failed += 1;
                    }
                }
            }
        }
        progress.finish_and_clear();
        Ok(failed)
    }
}

impl Articles {
    /// Number of inputs.
    pub(crate) fn len(&self) -> usize {
        self.inputs.len()
    }

    /// Reads all of them; see [`Workers::read`].
    pub(crate) fn read(&self, progress: &ProgressBar, take: impl FnMut(Record) -> Result<()>) -> Result<usize> {
        self.read_unless(progress, |_| false, take)
    }

    /// The same without the articles of which `is_known` says that they need not be read.
    pub(crate) fn read_unless(
        &self,
        progress: &ProgressBar,
        is_known: impl Fn(&Article) -> bool + Sync,
        take: impl FnMut(Record) -> Result<()>,
    ) -> Result<usize> {
        let article = |input: &Result<Input, demarche_ingest::Error>| match input {
            Ok(input) => {
                let article = self.reader.read(input).map_err(|error| error.to_string())?;
                Ok(Some(article).filter(|article| !is_known(article)))
            }
            Err(error) => Err(error.to_string()),
        };
        self.workers.read(&self.inputs, article, progress, take)
    }
}

/// Names the oddities of the file itself (encoding, front matter), which its owner can mend.
fn warn(record: &Record) {
    let of_the_file = record.diagnostics.iter().filter(|diagnostic| diagnostic.code.starts_with("D01"));
    for diagnostic in of_the_file.filter(|diagnostic| diagnostic.severity == Severity::Warning) {
        complain(&format!("{}: warning {}: {}", record.source, diagnostic.code, diagnostic.message));
    }
}
