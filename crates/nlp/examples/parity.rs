//! Compares the analysis of any texts with spaCy's and prints how far they agree:
//!
//! ```text
//! python crates/nlp/oracle/expected.py en_core_web_md TEXT... > expected.jsonl
//! cargo run --release -p demarche-nlp --example parity -- [--model FOLDER] [--show N] expected.jsonl...
//! ```

#[path = "../tests/oracle/mod.rs"]
mod oracle;

use demarche_nlp::Pipeline;
use oracle::Parity;
use std::path::Path;
use std::time::{Duration, Instant};

fn main() {
    let mut arguments = std::env::args().skip(1);
    let (mut show, mut loaded, mut files) = (40, None, Vec::new());
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().unwrap_or_else(|| panic!("{argument} needs a value"));
        match argument.as_str() {
            "--model" => loaded = Some(Pipeline::load(value()).unwrap_or_else(|e| panic!("{e}"))),
            "--show" => show = value().parse().expect("--show needs a number"),
            _ => files.push(argument),
        }
    }
    let pipeline = loaded.as_ref().unwrap_or_else(|| Pipeline::english());
    let (mut parity, mut identical, mut texts, mut bytes) = (Parity::default(), 0, 0, 0);
    let (mut spent, mut spent_on_tokens) = (Duration::ZERO, Duration::ZERO);
    for file in &files {
        for expected in oracle::read(Path::new(file)) {
            let start = Instant::now();
            let found = pipeline.analyze(&expected.text);
            spent += start.elapsed();
            let start = Instant::now();
            std::hint::black_box(pipeline.tokenizer().tokenize(&expected.text));
            spent_on_tokens += start.elapsed();
            let before = parity.differences.len();
            parity.compare(&expected, &found);
            texts += 1;
            bytes += expected.text.len();
            identical += usize::from(parity.differences.len() == before);
        }
    }
    for difference in parity.differences.iter().take(show) {
        println!("{difference}");
    }
    if parity.differences.len() > show {
        println!("... and {} more differences", parity.differences.len() - show);
    }
    println!("\n{}: {identical} of {texts} texts are the same throughout", pipeline.model_name());
    print!("{parity}");
    let speed = |time: Duration| bytes as f64 / 1e6 / time.as_secs_f64();
    println!("one thread: {:.2} MB/s, tokenizer alone {:.1} MB/s", speed(spent), speed(spent_on_tokens));
}
