//! Speed of the analysis on the sentences of the parity tests: `cargo bench -p demarche-nlp`.

use demarche_nlp::Pipeline;
use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};

const NEWS: &str = include_str!("../tests/fixtures/news.txt");

fn main() {
    divan::main();
}

/// One text of a newspaper article's length and longer.
#[divan::bench(args = [1, 4])]
fn analyze(bencher: Bencher, copies: usize) {
    let text = NEWS.repeat(copies);
    let pipeline = Pipeline::english();
    let tokens = pipeline.analyze(&text).len();
    bencher.counter(ItemsCount::new(tokens)).counter(BytesCount::of_str(&text)).bench(|| pipeline.analyze(&text));
}

/// Every sentence as a text of its own.
#[divan::bench]
fn analyze_sentences(bencher: Bencher) {
    let pipeline = Pipeline::english();
    let tokens: usize = NEWS.lines().map(|line| pipeline.analyze(line).len()).sum();
    bencher
        .counter(ItemsCount::new(tokens))
        .bench(|| NEWS.lines().map(|line| pipeline.analyze(line).len()).sum::<usize>());
}

/// Loading a model from its folder.
#[divan::bench]
fn load(bencher: Bencher) {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/model/en_core_web_md");
    bencher.bench(|| Pipeline::load(folder));
}
