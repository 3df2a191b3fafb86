//! An article in which nothing is easy: quotation marks, line breaks, other scripts, signs that formats give a meaning of their
//! own, dates of every precision, a statement that does not end.

use demarche_record::{
    Article, Basis, Cue, Meeting, MeetingMention, MeetingTime, Mention, MentionKind, Mode, Organization,
    OrganizationKind, Participant, ParticipantRole, Person, Place, PlaceKind, Published, Record, Role, SourceText,
    Span, Statement, StatementKind, Status, validate,
};
use oxigraph::model::{Literal, Quad, Term};

/// Who takes part; each name stands in the text once.
const PEOPLE: [&str; 7] = [
    "Zoë “the Fox” O'Neil-\"Quote\"",
    "محمد بن سلمان",
    "Владимир \\Back\\slash\\n",
    "김정은 🦊👩‍👩‍👧",
    "Tab\there & <b>bold</b> ]]> %41%zz",
    "e\u{301}mile vs. \u{e9}mile \u{2028}\u{202e}rtl",
    "Mathematical 𝔄𝔡𝔞 {curly} $dollar `tick` 'single' #hash ;semi ,comma |pipe",
];

/// What they say: over line breaks of every sort, with control characters, in Turtle's and SPARQL's own signs, and very long.
const WORDS: [&str; 6] = [
    "first line\nsecond line\r\nthird line\rfourth\ttab",
    "it ends in a backslash \\",
    "\"\"\" three quotes, ''' three ticks, \u{7f} delete, \u{85} next line, \u{fffd} replaced",
    "<!-- <![CDATA[ & &amp; &#10; ]]> --> <?php ?> @prefix : <#> . # no comment",
    " \u{feff}spaces around \u{a0} ",
    "bell \u{7} and escape \u{1b}[0m",
];

/// Times of meetings by precision: a day, a month, a year, a season, a week, a range, an open one, a time of day.
const TIMES: [(&str, Option<&str>, Option<&str>); 9] = [
    ("2021-06-16", Some("2021-06-16"), Some("2021-06-16")),
    ("2021-06", Some("2021-06-01"), Some("2021-06-30")),
    ("2021", Some("2021-01-01"), Some("2021-12-31")),
    ("2021-SU", Some("2021-06-01"), Some("2021-08-31")),
    ("2021-W24", Some("2021-06-14"), Some("2021-06-20")),
    ("2021-06-16/2021-06-18", Some("2021-06-16"), Some("2021-06-18")),
    ("2021-06-16/..", Some("2021-06-16"), None),
    ("2021-06-16T18:30", Some("2021-06-16"), Some("2021-06-16")),
    ("PRESENT_REF", None, None),
];

/// The record of the article.
pub fn record() -> Record {
    // Near 64 KiB, beyond which Virtuoso takes no literal.
    let long = format!("no end {}", "of words 言葉 ".repeat(4_000));
    let words: Vec<&str> = WORDS.into_iter().chain([long.as_str()]).collect();
    let times: String = TIMES.iter().map(|(value, ..)| format!("met on <{value}>.\n")).collect();
    let text = format!("{}\n{}\nsaid \nG. \"&Co\" <City>\n{times}", PEOPLE.join("\n"), words.join("\n¶\n"));

    let source = SourceText::new(&text);
    let span = |part: &str| -> Span {
        let start = text.find(part).unwrap();
        source.span_of_bytes(start..start + part.len()).unwrap()
    };
    let mentions = |name: &str| vec![Mention { span: span(name), kind: MentionKind::Name }];

    let mut article = Article::new("a file/with spaces & \"quotes\" ünï.txt", &text);
    article.title = Some("“Title” with \"quotes\", a\ttab and a \\ backslash 🗞".to_owned());
    article.publisher = Some("Gazette & <Söhne>".to_owned());
    article.url = Some("https://news.example/a%20b/%E2%82%AC?q=\"x y\"&z={1}#char=1,2".to_owned());
    article.published = Published {
        value: Some("2021-07".into()),
        earliest: Some("2021-07-01".into()),
        latest: Some("2021-07-31".into()),
        basis: Basis::Metadata,
    };
    let mut record = Record::empty(&article);
    for (index, name) in PEOPLE.into_iter().enumerate() {
        record.people.push(Person {
            id: format!("p{index}"),
            name: name.to_owned(),
            identifiers: vec![format!("http://example.org/r%C3%A9sum%C3%A9/é~(a,b);c='{index}'?q=%22#f")],
            mentions: mentions(name),
            roles: vec![Role {
                title: format!("chief \"{index}\"\n& <more>"),
                of: Some("o0".to_owned()),
                span: span(name),
                from: Some("2020".to_owned()),
                to: Some("2021-SU".to_owned()),
            }],
        });
    }
    record.organizations.push(Organization {
        id: "o0".to_owned(),
        name: "\"&Co\"".to_owned(),
        kind: OrganizationKind::Other,
        identifiers: vec![],
        mentions: mentions("\"&Co\""),
    });
    record.places.push(Place {
        id: "l0".to_owned(),
        name: "<City>".to_owned(),
        kind: PlaceKind::City,
        country: Some("CH".to_owned()),
        identifiers: vec![],
        mentions: mentions("<City>"),
    });
    for (index, (value, earliest, latest)) in TIMES.into_iter().enumerate() {
        let clause = format!("met on <{value}>.");
        let mention = MeetingMention { span: span(&clause), trigger: span("met on") };
        let time = format!("<{value}>");
        record.meetings.push(Meeting {
            id: format!("m{index}"),
            participants: [0, 1 + index % 6]
                .map(|person| Participant { entity: format!("p{person}"), role: ParticipantRole::Participant })
                .into(),
            status: Status::Held,
            mode: Some(Mode::InPerson),
            kind: "meeting".to_owned(),
            place: Some("l0".to_owned()),
            time: Some(MeetingTime {
                span: span(&time),
                value: value.to_owned(),
                earliest: earliest.map(str::to_owned),
                latest: latest.map(str::to_owned),
            }),
            topics: vec![span("'single' #hash")],
            mentions: vec![mention],
            confidence: 0.1 + 0.2,
        });
    }
    for (index, words) in words.into_iter().enumerate() {
        record.statements.push(Statement {
            id: format!("s{index}"),
            kind: StatementKind::Direct,
            speaker: Some(format!("p{index}")),
            source: Some(span(PEOPLE[index])),
            cue: Some(Cue { span: span("said"), lemma: "say".to_owned(), stance: None }),
            content: vec![span(words)],
            addressees: vec!["o0".to_owned()],
            time: None,
            negated: false,
            about: vec!["l0".to_owned(), "m0".to_owned()],
            confidence: 1e-7,
        });
    }
    let violations = validate(&record, &text);
    assert!(violations.is_empty(), "{violations:?}");
    record
}

/// A quad as XML can hold it: without the control characters that no XML document may have.
pub fn in_xml(mut quad: Quad) -> Quad {
    let banned = |c: char| matches!(c, '\0'..='\x08' | '\x0B' | '\x0C' | '\x0E'..='\x1F');
    if let Term::Literal(literal) = &quad.object
        && literal.value().contains(banned)
    {
        let value = literal.value().replace(banned, " ");
        quad.object = match literal.language() {
            Some(language) => Literal::new_language_tagged_literal_unchecked(value, language).into(),
            None => Literal::new_typed_literal(value, literal.datatype()).into(),
        };
    }
    quad
}
