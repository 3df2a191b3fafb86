//! What only the front matter tells.

use demarche_extract::Extractor;
use demarche_nlp::Pipeline;
use demarche_record::{Article, Record, validate};

fn read(title: &str, front: &str, body: &str) -> Record {
    let text = format!("---\n{front}\n---\n{body}");
    let mut article = Article::new("page.md", text.clone());
    article.content = text.len() - body.len()..text.len();
    article.title = Some(title.to_owned());
    let record = Extractor::new(Pipeline::english()).extract(&article);
    assert!(validate(&record, &text).is_empty());
    record
}

const BODY: &str =
    "I have seen the flood with my own eyes.\n\nWe will rebuild the bridge, and we will do it this year.";

fn speakers(record: &Record) -> Vec<(Option<&str>, &str)> {
    let name = |id: &Option<String>| record.people.iter().find(|p| Some(&p.id) == id.as_ref()).map(|p| p.name.as_str());
    record.statements.iter().map(|s| (name(&s.speaker), s.content[0].text())).collect()
}

#[test]
fn a_page_headed_statement_by_somebody_is_her_statement() {
    let title = "Statement by President Vera Orlova on the Flood";
    let record = read(title, &format!("title: {title}\ndate: 2022-05-04"), BODY);
    assert_eq!(speakers(&record), [(Some("Vera Orlova"), BODY)]);
}

#[test]
fn the_heading_may_be_folded_and_escaped() {
    let title = "Statement by President\u{a0}Vera Orlova on the\u{a0}Flood";
    let record = read(title, "title: \"Statement by President\\_Vera\n  Orlova on the\\_Flood\"", BODY);
    assert_eq!(speakers(&record), [(Some("Vera Orlova"), BODY)]);
}

#[test]
fn another_page_has_no_speaker() {
    let title = "President Vera Orlova on the Flood";
    assert_eq!(speakers(&read(title, &format!("title: {title}"), BODY)), []);
}
