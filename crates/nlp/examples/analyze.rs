//! Prints the analysis of each text as a line of JSON, in the form of `oracle/expected.py` without the features, and how fast it was:
//!
//! ```text
//! cargo run --release -p demarche-nlp --example analyze -- [--model FOLDER] [--quiet] TEXT...
//! ```

use demarche_nlp::{Analysis, Pipeline};
use std::io::Write;
use std::time::Instant;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1).peekable();
    let loaded;
    let started = Instant::now();
    let pipeline = if args.next_if_eq("--model").is_some() {
        loaded = Pipeline::load(args.next().ok_or("--model needs a folder")?)?;
        &loaded
    } else {
        Pipeline::english()
    };
    eprintln!("{}: loaded in {:?}", pipeline.model_name(), started.elapsed());
    let quiet = args.next_if_eq("--quiet").is_some();
    let texts = args.map(std::fs::read_to_string).collect::<Result<Vec<_>, _>>()?;
    let started = Instant::now();
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let mut tokens = 0;
    for text in &texts {
        let analysis = pipeline.analyze(text);
        tokens += analysis.len();
        if !quiet {
            writeln!(out, "{}", json(&analysis))?;
        }
    }
    out.flush()?;
    let seconds = started.elapsed().as_secs_f64();
    eprintln!("{} texts, {tokens} tokens in {seconds:.2} s: {:.0} tokens/s", texts.len(), tokens as f64 / seconds);
    Ok(())
}

fn json(a: &Analysis) -> serde_json::Value {
    let tokens: Vec<_> = a
        .tokens()
        .iter()
        .map(|t| {
            let (tag, pos, dep) = (t.tag.as_str(), t.pos.as_str(), t.dep.as_str());
            serde_json::json!([t.start, t.end, u8::from(t.space_after), tag, pos, t.head, dep, t.lemma])
        })
        .collect();
    let ents: Vec<_> =
        a.entities().iter().map(|e| serde_json::json!([e.tokens.start, e.tokens.end, e.label.as_str()])).collect();
    let sents: Vec<_> = a.sentences().iter().map(|s| serde_json::json!([s.start, s.end])).collect();
    serde_json::json!({ "text": a.text(), "tokens": tokens, "ents": ents, "sents": sents })
}
