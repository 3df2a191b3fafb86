//! What a large store costs: loading its graph beside bare Oxigraph, writing it in every format of RDF, asking the named
//! queries. Over a store of one's own, since no small corpus repeated is like a large one:
//! `cargo bench -p demarche-graph --bench million -- STORE` prints tables in Markdown, the best of three runs in each row.

mod heaviest;

use demarche_graph::{Format, QueryOptions, ResultsFormat, Store, named_queries};
use flate2::read::MultiGzDecoder;
use heaviest::heaviest;
use oxigraph::io::{RdfFormat, RdfParser};
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Write};
use std::path::Path;
use std::time::Instant;

type Failure = Box<dyn std::error::Error>;

const RUNS: usize = 3;

fn main() -> Result<(), Failure> {
    // Cargo passes `--bench`, and only that when all benchmarks run.
    let Some(folder) = std::env::args().skip(1).find(|argument| !argument.starts_with("--")) else {
        println!("million: names no store, so that there is nothing to measure");
        return Ok(());
    };
    let store = Store::open(&folder)?;
    let quads = store.graph()?.len()?;
    println!("{quads} quads\n");
    load(Path::new(&folder), quads)?;
    export(&store)?;
    ask(&store)
}

/// Ours from its compressed file with all checks of what it was made from, and bare Oxigraph from the same quads as N-Quads: once
/// with its checks of IRIs and language tags, once without, as ours, which were checked when the store was written.
fn load(folder: &Path, quads: usize) -> Result<(), Failure> {
    let plain = tempfile::NamedTempFile::new()?;
    let mut kept = MultiGzDecoder::new(BufReader::new(File::open(folder.join("graph.nq.gz"))?));
    io::copy(&mut kept, &mut BufWriter::new(plain.as_file()))?;

    let ours = || -> Result<usize, Failure> { Ok(Store::open(folder)?.graph()?.len()?) };
    let bare = |parser: RdfParser| -> Result<usize, Failure> {
        let store = oxigraph::store::Store::new()?;
        let mut loader = store.bulk_loader();
        loader.load_from_reader(parser, BufReader::new(File::open(plain.path())?))?;
        loader.commit()?;
        Ok(store.len()?)
    };
    let strict = || bare(RdfParser::from_format(RdfFormat::NQuads));
    let lenient = || bare(RdfParser::from_format(RdfFormat::NQuads).lenient());
    println!("| load | processor | clock | quads/s of processor time |\n|---|---|---|---|");
    let mut best_of = [Cost::MOST; 3];
    // In turns, so that what else the machine does meets all of them.
    for _ in 0..RUNS {
        let costs = [
            Cost::of(|| assert_eq!(strict().expect("loaded"), quads)),
            Cost::of(|| assert_eq!(lenient().expect("loaded"), quads)),
            Cost::of(|| assert_eq!(ours().expect("loaded"), quads)),
        ];
        for (best, cost) in best_of.iter_mut().zip(costs) {
            *best = best.min(cost);
        }
    }
    let names = ["bare Oxigraph, N-Quads", "bare Oxigraph, N-Quads unchecked", "demarche, its store"];
    for (name, cost) in names.into_iter().zip(best_of) {
        println!("| {name} | {cost} | {:.0} |", quads as f64 / cost.processor);
    }
    let [strict, lenient, ours] = best_of.map(|cost| cost.processor);
    println!("\nrate beside bare Oxigraph: {:.2}; beside it unchecked: {:.2}\n", strict / ours, lenient / ours);
    Ok(())
}

fn export(store: &Store) -> Result<(), Failure> {
    println!("| export | processor | clock | size | quads/s of processor time |\n|---|---|---|---|---|");
    for format in Format::ALL {
        let mut size = Counted::default();
        store.export(format, &mut size)?;
        let count = match format.has_graphs() {
            true => store.graph()?.len()?,
            false => store
                .graph()?
                .quads_for_pattern(None, None, None, Some(oxigraph::model::GraphNameRef::DefaultGraph))
                .count(),
        };
        let cost = best(|| store.export(format, io::sink()).expect("written"));
        let megabytes = size.0 as f64 / 1e6;
        println!("| {} | {cost} | {megabytes:.0} MB | {:.0} |", format.name(), count as f64 / cost.processor);
    }
    println!();
    Ok(())
}

/// Each named query with the values of its example, and without any where none is required. Where the store has nothing of a name,
/// or nothing to answer with, the query is asked about what most articles tell of.
fn ask(store: &Store) -> Result<(), Failure> {
    println!("| query | processor | clock | rows |\n|---|---|---|---|");
    for query in named_queries() {
        let mut asked = vec![(query.example_options(), query.example.as_slice())];
        if !query.example.is_empty() && query.parameters.iter().all(|parameter| !parameter.required) {
            asked.push((String::new(), &[]));
        }
        for (options, given) in asked {
            let mut name = format!("{} {options}", query.name);
            let rows = |sparql: &str| -> Result<usize, Failure> {
                Ok(store.query(sparql, &QueryOptions::default())?.rows().count())
            };
            let bound = query.bind(store.graph()?, store.names(), given).ok();
            let answered = bound.map(|sparql| Ok::<_, Failure>((rows(&sparql)?, sparql))).transpose()?;
            let (rows, sparql) = match answered.filter(|(rows, _)| *rows > 0 || given.is_empty()) {
                Some(answered) => answered,
                None => {
                    let asked = query.parameters.iter().filter(|one| given.iter().any(|(name, _)| *name == one.name));
                    let values: Option<Vec<(String, String)>> = asked
                        .enumerate()
                        .map(|(rank, one)| Some((one.name.clone(), heaviest(store, query, one, rank)?)))
                        .collect();
                    let Some(values) = values else {
                        println!("| {} | the store has nothing to ask about | | |", query.name);
                        continue;
                    };
                    name = format!(
                        "{} {}",
                        query.name,
                        values.iter().map(|(n, v)| format!("{n}={v}")).collect::<Vec<_>>().join(" ")
                    );
                    let sparql = query.bind(store.graph()?, store.names(), &values)?;
                    (rows(&sparql)?, sparql)
                }
            };
            let cost = best(|| {
                let answer = store.query(&sparql, &QueryOptions::default()).expect("asked");
                answer.write(ResultsFormat::Csv, io::sink()).expect("written");
            });
            println!("| {name} | {cost} | {rows} |");
        }
    }
    Ok(())
}

/// How many bytes were written.
#[derive(Default)]
struct Counted(usize);

impl Write for Counted {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Seconds that something took.
#[derive(Clone, Copy)]
struct Cost {
    /// Of this process in all its threads. Linux counts it in hundredths.
    processor: f64,
    clock: f64,
}

impl Cost {
    const MOST: Self = Self { processor: f64::INFINITY, clock: f64::INFINITY };

    fn of(what: impl FnOnce()) -> Self {
        let (processor, clock) = (processor_seconds(), Instant::now());
        what();
        let clock = clock.elapsed().as_secs_f64();
        // Where nothing counts it, or too coarsely, the clock has to do.
        let processor = processor_seconds() - processor;
        Self { processor: if processor < 0.05 { clock } else { processor }, clock }
    }

    fn min(self, other: Self) -> Self {
        if other.processor < self.processor { other } else { self }
    }
}

impl std::fmt::Display for Cost {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:.3} s | {:.3} s", self.processor, self.clock)
    }
}

fn best(what: impl Fn()) -> Cost {
    (0..RUNS).map(|_| Cost::of(&what)).fold(Cost::MOST, Cost::min)
}

/// Processor time of this process so far, as Linux tells it; 0 elsewhere.
fn processor_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // The name in parentheses may have spaces; utime and stime are the 14th and 15th field, in hundredths of a second.
    let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace();
    fields.skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / 100.0
}
