//! YAML front matter: a block between two lines `---` at the top of a file.

use crate::date::parse_date;
use crate::decode::warning;
use demarche_record::{Basis, Diagnostic, Published, Severity};
use saphyr::{LoadableYamlNode, Yaml};
use std::ops::Range;

/// What a front matter says of its article.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct FrontMatter {
    pub(crate) title: Option<String>,
    pub(crate) publisher: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) published: Option<Published>,
}

/// Reads the front matter of a text, if it has one, and gives the bytes of the article proper.
pub(crate) fn read(text: &str, diagnostics: &mut Vec<Diagnostic>) -> (FrontMatter, Range<usize>) {
    let start = if text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
    let all = start..text.len();
    let Some(first) = text[start..].split_inclusive('\n').next().filter(|line| line.trim_end() == "---") else {
        return (FrontMatter::default(), all);
    };
    let Some((yaml, content)) = closing_line(text, start + first.len()) else {
        diagnostics.push(no_front_matter("the first line is --- but no second one closes a front matter"));
        return (FrontMatter::default(), all);
    };
    let entries = match mapping(&text[yaml.clone()]) {
        Ok(Some(entries)) => entries,
        Ok(None) => {
            diagnostics.push(no_front_matter("what stands between the lines --- has no keys"));
            return (FrontMatter::default(), all);
        }
        Err(problem) => {
            let entries = plain_lines(&text[yaml]);
            if entries.is_empty() {
                diagnostics.push(no_front_matter("what stands between the lines --- has no keys"));
                return (FrontMatter::default(), all);
            }
            diagnostics.push(warning(
                "D0103",
                format!("the front matter is not valid YAML ({problem}); only its plain `key: value` lines were read"),
            ));
            entries
        }
    };
    (interpret(entries, diagnostics), content..text.len())
}

/// The bytes of the block that begins at `from`, and where the article begins after its closing line.
fn closing_line(text: &str, from: usize) -> Option<(Range<usize>, usize)> {
    let mut at = from;
    for line in text[from..].split_inclusive('\n') {
        if matches!(line.trim_end(), "---" | "...") {
            return Some((from..at, at + line.len()));
        }
        at += line.len();
    }
    None
}

/// The scalar entries of a YAML mapping as they are written; none for YAML that is no mapping.
fn mapping(yaml: &str) -> Result<Option<Vec<(String, String)>>, String> {
    let documents = Yaml::load_from_str(yaml).map_err(|error| error.to_string())?;
    let Some(document) = documents.first() else { return Ok(Some(Vec::new())) };
    let Some(mapping) = document.as_mapping() else { return Ok(None) };
    let entries = mapping.iter().filter_map(|(key, value)| Some((scalar(key)?, scalar(value)?)));
    Ok(Some(entries.collect()))
}

fn scalar(value: &Yaml) -> Option<String> {
    value.as_str().map(str::to_owned).or_else(|| value.as_integer().map(|number| number.to_string()))
}

/// Lines of the form `key: value`, for titles with a colon and other things that YAML does not take unquoted.
fn plain_lines(yaml: &str) -> Vec<(String, String)> {
    yaml.lines()
        .filter_map(|line| line.split_once(':'))
        .filter(|(key, _)| key.starts_with(|c: char| c.is_alphabetic()) && !key.contains(char::is_whitespace))
        .map(|(key, value)| {
            let value = value.trim();
            let inner = ['"', '\''].iter().find_map(|&mark| value.strip_prefix(mark)?.strip_suffix(mark));
            (key.to_owned(), inner.unwrap_or(value).to_owned())
        })
        .collect()
}

fn interpret(entries: Vec<(String, String)>, diagnostics: &mut Vec<Diagnostic>) -> FrontMatter {
    let value = |names: [&str; 2]| {
        let named = |name: &str| {
            entries
                .iter()
                .find(|(key, value)| key.eq_ignore_ascii_case(name) && !value.trim().is_empty())
                .map(|(_, value)| value.trim().to_owned())
        };
        named(names[0]).or_else(|| named(names[1]))
    };
    let published = value(["published", "date"]).and_then(|date| match parse_date(&date, Basis::Metadata) {
        Ok(published) => Some(published),
        Err(error) => {
            diagnostics.push(warning("D0104", format!("the front matter's date is not used: {error}")));
            None
        }
    });
    FrontMatter {
        title: value(["title", "headline"]),
        publisher: value(["publisher", "source"]),
        url: value(["url", "link"]),
        published,
    }
}

fn no_front_matter(what: &str) -> Diagnostic {
    Diagnostic { severity: Severity::Info, ..warning("D0105", format!("{what}; all was read as text")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn parse(text: &str) -> (FrontMatter, &str, Vec<String>) {
        let mut diagnostics = Vec::new();
        let (front, content) = read(text, &mut diagnostics);
        (front, &text[content], diagnostics.into_iter().map(|d| d.code).collect())
    }

    #[test]
    fn keys_are_read_and_the_article_begins_after_them() {
        let (front, content, codes) = parse(
            "\u{FEFF}---\r\nheadline: 'Talks: a beginning'\r\nsource: The Courier\r\nurl: https://example.org/a?b=c#d\r\n\
             date: 2021-06-16T10:00:00+02:00\r\ntags: [talks, Bern]\r\nauthor:\r\n  name: A. Writer\r\n---\r\nText.",
        );
        assert_eq!(front.title.as_deref(), Some("Talks: a beginning"));
        assert_eq!(front.publisher.as_deref(), Some("The Courier"));
        assert_eq!(front.url.as_deref(), Some("https://example.org/a?b=c#d"));
        assert_eq!(front.published.unwrap().value.as_deref(), Some("2021-06-16"));
        assert_eq!((content, codes), ("Text.", vec![]));
    }

    #[test]
    fn a_year_alone_is_a_number_to_yaml_and_a_date_to_us() {
        assert_eq!(parse("---\ndate: 2021\n---\n").0.published.unwrap().latest.as_deref(), Some("2021-12-31"));
    }

    #[test]
    fn ill_formed_front_matter_is_a_diagnostic() {
        let (front, content, codes) =
            parse("---\ntitle: White House: talks \"possible\"\ndate: \"2021-12-29\"\n---\nText.");
        assert_eq!(front.title.as_deref(), Some("White House: talks \"possible\""));
        assert_eq!(front.published.unwrap().value.as_deref(), Some("2021-12-29"));
        assert_eq!((content, codes), ("Text.", vec!["D0103".to_owned()]));
    }

    #[test]
    fn a_bad_date_is_a_diagnostic() {
        let (front, content, codes) = parse("---\ntitle: A\ndate: last week\n---\nText.");
        assert_eq!((front.title.as_deref(), front.published), (Some("A"), None));
        assert_eq!((content, codes), ("Text.", vec!["D0104".to_owned()]));
    }

    #[test]
    fn a_rule_is_no_front_matter() {
        for text in [
            "---\nOnly a rule above.",
            "---\nA paragraph between rules.\n---\nMore.",
            "----\nRule.",
            "--- title\na: b\n---\n",
        ] {
            let (front, content, _) = parse(text);
            assert_eq!((front, content), (FrontMatter::default(), text));
        }
    }

    #[test]
    fn an_empty_block_is_a_front_matter() {
        assert_eq!(parse("---\n---\nText."), (FrontMatter::default(), "Text.", vec![]));
    }

    proptest! {
        #[test]
        fn any_text_has_its_article(head in "(---\n)?\\PC{0,40}", tail in "(\n---\n)?[a-z:\n \"'{\\[&*!|>-]{0,80}") {
            let text = format!("{head}{tail}");
            let (_, content) = read(&text, &mut Vec::new());
            prop_assert!(text.is_char_boundary(content.start) && content.end == text.len());
        }
    }
}
