//! Prints the records of text files, one JSON object a line: `records [--published DATE] FILE…`.
use demarche_extract::Extractor;
use demarche_nlp::Pipeline;
use demarche_record::{Article, Basis, Published};
fn main() {
    let mut published = Published::default();
    let mut args = std::env::args().skip(1);
    let extractor = Extractor::new(Pipeline::english());
    while let Some(arg) = args.next() {
        if arg == "--published" {
            let d = args.next().unwrap();
            published =
                Published { value: Some(d.clone()), earliest: Some(d.clone()), latest: Some(d), basis: Basis::Option };
            continue;
        }
        let bytes = std::fs::read(&arg).unwrap();
        let mut article = Article::new(arg, String::from_utf8_lossy(&bytes).into_owned());
        article.published = published.clone();
        println!("{}", serde_json::to_string(&extractor.extract(&article)).unwrap());
    }
}
