//! Speed of finding and resolving times, without any parser: `cargo bench -p demarche-time`.

use demarche_time::{Context, Days, find};
use divan::Bencher;
use divan::counter::BytesCount;

/// Sentences of news with the usual number of times.
const NEWS: &str = include_str!("../../nlp/tests/fixtures/news.txt");

/// Sentences that each have a time.
const DENSE: &str = include_str!("../data/examples.tsv");

fn main() {
    divan::main();
}

fn bench_find(bencher: Bencher, text: &str) {
    let text = text.repeat(20);
    bencher.counter(BytesCount::of_str(&text)).bench(|| find(&text).len());
}

#[divan::bench]
fn find_in_news(bencher: Bencher) {
    bench_find(bencher, NEWS);
}

#[divan::bench]
fn find_in_dense_text(bencher: Bencher) {
    bench_find(bencher, DENSE);
}

#[divan::bench]
fn find_and_resolve(bencher: Bencher) {
    let text = NEWS.repeat(20);
    let anchor = "2021-12-09".parse().ok().map(Days::day);
    let context = Context { anchor, mentioned: anchor, ..Context::default() };
    bencher
        .counter(BytesCount::of_str(&text))
        .bench(|| find(&text).iter().filter(|found| found.form.resolve(&context).days.is_some()).count());
}
