//! Who is who over many articles: each test is a rule, each line of its articles one person whom an article names.

#![allow(clippy::unwrap_used)]

use demarche_record::{
    Article, Mention, MentionKind, Organization, OrganizationKind, Person, Published, Record, Role, SourceText, Span,
    Statement, StatementKind,
};
use demarche_resolve::{Corpus, Corrections, DecisionKind, resolve, resolve_with};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

fn first(text: &str, words: &str) -> Span {
    let start = text.find(words).unwrap();
    SourceText::new(text).span_of_bytes(start..start + words.len()).unwrap()
}

/// An article that names people, each "Name" or "Name, title of Body".
fn article(name: &str, people: &[&str]) -> Record {
    let text = format!("{name}: {}.", people.join("; "));
    let mut record = Record::empty(&Article::new(format!("{name}.txt"), &text));
    for (i, told) in people.iter().enumerate() {
        let (name, office) = match told.rsplit_once(", ") {
            Some((name, office)) if office.contains(" of ") => (name, Some(office)),
            _ => (*told, None),
        };
        let mut roles = Vec::new();
        if let Some((title, of)) = office.and_then(|office| office.split_once(" of ")) {
            let id = format!("o{i}");
            let mentions = vec![Mention { span: first(&text, of), kind: MentionKind::Name }];
            let (kind, identifiers) = (OrganizationKind::Government, vec![]);
            record.organizations.push(Organization { id: id.clone(), name: of.into(), kind, identifiers, mentions });
            let span = first(&text, title);
            roles.push(Role { title: title.into(), of: Some(id), span, from: None, to: None });
        }
        let mentions = vec![Mention { span: first(&text, name), kind: MentionKind::Name }];
        record.people.push(Person { id: format!("p{i}"), name: name.into(), identifiers: vec![], mentions, roles });
    }
    record
}

fn articles(all: &[&[&str]]) -> Vec<Record> {
    all.iter().enumerate().map(|(i, people)| article(&format!("article {i}"), people)).collect()
}

/// The names of each person of the corpus, in the order of the keys.
fn people(corpus: &Corpus) -> Vec<(String, usize)> {
    corpus.people.iter().map(|person| (person.key.to_string(), person.members.len())).collect()
}

fn one(all: &[&[&str]]) -> bool {
    resolve(&articles(all)).people.len() == 1
}

#[test]
fn spellings_short_forms_and_initials_are_one_name() {
    assert!(one(&[&["Volodymyr Zelenskyy"], &["Volodomir Zelensky"], &["Zelenskiy"]]));
    assert!(one(&[&["Robert Casey"], &["Bob Casey"]]));
    assert!(one(&[&["Joseph R. Adler, Jr."], &["Joe Adler"], &["Adler"]]));
    assert!(one(&[&["Andrés Manuel López Obrador"], &["Lopez Obrador"]]));
    assert!(one(&[&["Xi Jinping"], &["Xi"]]));
    assert!(one(&[&["Kim Jong Un"], &["Kim Jong-un"], &["Kim"]]));
}

#[test]
fn fathers_sons_and_namesakes_stay_apart() {
    assert!(!one(&[&["George W. Bush"], &["George H. W. Bush"]]));
    assert!(!one(&[&["Carl Ott, Jr."], &["Carl Ott, Sr."]]));
    assert!(!one(&[&["Hilda Frost"], &["Harald Frost"]]));
    // The article speaks of both, so they are two.
    assert!(!one(&[&["George Bush", "George W. Bush"]]));
    // A name that could be either's is nobody's.
    let found = resolve(&articles(&[&["George W. Bush"], &["George H. W. Bush"], &["George Bush"], &["Bush"]]));
    assert_eq!(found.people.len(), 4);
    assert!(
        found.decisions.iter().any(|d| d.kind == DecisionKind::Apart && d.reason.ends_with("another fits as well"))
    );
}

#[test]
fn an_office_tells_whom_a_surname_means() {
    let found = resolve(&articles(&[
        &["Ann Moreau, minister of France"],
        &["Paul Moreau, judge of Belgium"],
        &["Moreau, minister of France"],
        &["Moreau"],
    ]));
    let keys = people(&found);
    assert_eq!((keys.len(), &keys[0]), (3, &("person/ann-moreau".to_owned(), 2)), "{keys:?}");
    let joined = found.decisions.iter().find(|d| d.reason.starts_with("“Moreau” and “Ann Moreau”")).unwrap();
    assert!(joined.reason.contains("both minister of france") && joined.score >= 70 && joined.score < 100);
}

#[test]
fn an_article_that_tells_two_apart_spoils_no_other() {
    let vice = "Vega, vice president of Chile";
    let found = resolve(&articles(&[
        &["Lidia Vega, vice president of Chile"],
        &["Lidia Vega, vice president of Chile"],
        &["Tom Vega"],
        &[vice],
        &[vice],
        &[vice],
        &[vice, "Lidia Vega"],
    ]));
    let lidia = found.people.iter().find(|person| person.name == "Lidia Vega").unwrap();
    assert_eq!(lidia.members.len(), 6, "{:?}", people(&found));
}

#[test]
fn bodies_know_their_state_and_their_acronym() {
    let named = |all: &[&str]| {
        let records: Vec<Record> = all
            .iter()
            .enumerate()
            .map(|(i, of)| article(&format!("a{i}"), &[&format!("Bo Ek, head of {of}")]))
            .collect();
        resolve(&records).organizations.len()
    };
    assert_eq!(named(&["Russian Foreign Ministry", "Ministry of Foreign Affairs of Russia"]), 1);
    assert_eq!(named(&["Russian Foreign Ministry", "Italian Foreign Ministry"]), 2);
    assert_eq!(named(&["Lake Basin Authority", "LBA"]), 2);
    let mut both = article("b", &["Bo Ek, head of Lake Basin Authority"]);
    let alias = Mention { span: first("LBA", "LBA"), kind: MentionKind::Name };
    both.organizations[0].mentions.push(alias);
    assert_eq!(resolve(&[both, article("c", &["Bo Ek, head of LBA"])]).organizations.len(), 1);
}

#[test]
fn copies_of_one_report_are_one_source() {
    let telling = |name: &str, said: &[&str]| {
        let mut record = article(name, &["Ann Lee"]);
        for (i, words) in said.iter().enumerate() {
            record.statements.push(Statement {
                id: format!("s{i}"),
                kind: StatementKind::Indirect,
                speaker: Some("p0".into()),
                source: None,
                cue: None,
                content: vec![first(words, words)],
                addressees: vec![],
                time: None,
                negated: false,
                about: vec![],
                confidence: 0.9,
            });
        }
        record
    };
    let said = [
        "the harbour would be open again before the end of May",
        "nobody had asked the fishermen what they thought of it",
        "two of the three cranes had been ordered in spring",
        "the council would vote on the plan in a week",
    ];
    let found = resolve(&[telling("a", &said), telling("b", &said), telling("c", &said[..1])]);
    assert_eq!(found.people[0].members.len(), 3);
    assert_eq!(found.source_count(&found.people[0].members), 2);
    // Copies say one thing; an article of its own says its own.
    assert_eq!(found.statements.len(), 5);
    assert!(found.decisions.iter().any(|d| d.reason.contains("in 2 articles that are copies of one")));
}

#[test]
fn corrections_win() {
    let records = articles(&[
        &["Tedros"],
        &["Tedros Adhanom Ghebreyesus"],
        &["Mara Voss"],
        &["Mara Voss", "Circle Back"],
        &["Voss"],
    ]);
    let before = resolve(&records);
    assert_eq!(people(&before).len(), 4);
    let third = records[3].id.clone();
    let file = format!(
        r#"
[[same]]
things = ["person/tedros", "person/tedros-adhanom-ghebreyesus"]
[[different]]
things = ["person/mara-voss", "person/mara-voss@{third}"]
because = "a namesake"
[[rename]]
thing = "person/tedros"
name = "Dr. Tedros"
[[drop]]
thing = "person/circle-back"
[[set]]
thing = "person/tedros"
identifier = "http://www.wikidata.org/entity/Q16196017"
[[drop]]
thing = "person/nobody"
"#
    );
    let found = resolve_with(&records, &Corrections::parse(&file, "c.toml").unwrap());
    let names: Vec<&str> = found.people.iter().map(|person| person.name.as_str()).collect();
    assert_eq!(names.iter().filter(|name| **name == "Mara Voss").count(), 2, "{names:?}");
    let tedros = found.people.iter().find(|person| person.name == "Dr. Tedros").unwrap();
    assert_eq!((tedros.members.len(), tedros.identifiers.len()), (2, 1));
    assert!(!names.contains(&"Circle Back"));
    assert_eq!(found.idle_corrections, [5]);
    let told: BTreeSet<usize> = found.decisions.iter().filter_map(|decision| decision.correction).collect();
    assert_eq!(told, BTreeSet::from([0, 1, 2, 3, 4]));
    assert!(found.decisions.iter().any(|d| d.reason.ends_with("are different: a namesake")));
}

fn any_article() -> impl Strategy<Value = Vec<&'static str>> {
    let people = prop::sample::select(vec![
        "Joe Adler",
        "Joseph R. Adler Jr.",
        "Jill Adler",
        "Adler",
        "Adler, president of France",
        "Joe Adler, president of France",
        "Adelr",
        "George Bush",
        "George W. Bush",
        "George H. W. Bush",
        "Bush",
        "Bush, judge of Belgium",
        "Zelensky",
        "Volodymyr Zelenskyy",
        "Volodomir Zelensky, president of Ukraine",
    ]);
    prop::collection::btree_set(people, 1..4).prop_map(|people| people.into_iter().collect())
}

proptest! {
    #[test]
    fn no_order_of_the_articles_matters_and_adding_one_is_building_from_nothing(
        (all, shuffled) in prop::collection::vec(any_article(), 1..9).prop_flat_map(|all| {
            let numbered: Vec<(usize, Vec<&str>)> = all.into_iter().enumerate().collect();
            (Just(numbered.clone()), Just(numbered).prop_shuffle())
        })
    ) {
        let records = |all: &[(usize, Vec<&str>)]| -> Vec<Record> {
            all.iter().map(|(i, people)| article(&format!("article {i}"), people)).collect()
        };
        prop_assert_eq!(resolve(&records(&all)), resolve(&records(&shuffled)));
    }

    #[test]
    fn two_names_of_one_article_are_never_one_person(all in prop::collection::vec(any_article(), 1..12)) {
        let records: Vec<Record> = all.iter().enumerate().map(|(i, p)| article(&format!("article {i}"), p)).collect();
        let names: BTreeMap<(&str, &str), &str> = records
            .iter()
            .flat_map(|record| record.people.iter().map(|p| ((record.id.as_str(), p.id.as_str()), p.name.as_str())))
            .collect();
        for person in resolve(&records).people {
            let mut of_article: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
            for member in &person.members {
                let name = names[&(member.article.as_str(), member.local.as_str())];
                of_article.entry(&member.article).or_default().insert(name);
            }
            for names in of_article.values() {
                prop_assert!(names.len() == 1, "{:?} are one person", names);
            }
        }
    }

    #[test]
    fn what_a_correction_says_holds(all in prop::collection::vec(any_article(), 1..9)) {
        let records: Vec<Record> = all.iter().enumerate().map(|(i, p)| article(&format!("article {i}"), p)).collect();
        let file = r#"
[[different]]
things = ["person/joe-adler", "person/adler"]
[[same]]
things = ["person/george-w-bush", "person/zelensky"]
"#;
        let found = resolve_with(&records, &Corrections::parse(file, "c.toml").unwrap());
        let name = |article: &str, local: &str| {
            let record = records.iter().find(|record| record.id == article).unwrap();
            record.people.iter().find(|person| person.id == local).unwrap().name.clone()
        };
        let mut with: Vec<BTreeSet<String>> = Vec::new();
        for person in &found.people {
            with.push(person.members.iter().map(|member| name(&member.article, &member.local)).collect());
        }
        prop_assert!(!with.iter().any(|names| names.contains("Joe Adler") && names.contains("Adler")), "{:?}", with);
        let of = |wanted: &str| with.iter().filter(|names| names.contains(wanted)).count();
        if of("George W. Bush") > 0 && of("Zelensky") > 0 {
            let both = with.iter().filter(|names| names.contains("George W. Bush") && names.contains("Zelensky"));
            prop_assert_eq!(both.count(), 1, "{:?}", with);
        }
    }
}

/// A family name that stands first or last, and a name that goes on after what another article takes for its end.
#[test]
fn names_in_another_order_and_names_that_go_on_are_one_with_the_same_office() {
    assert!(one(&[&["Kenji Satomura, prime minister of Aruba"], &["Satomura Kenji, prime minister of Aruba"]]));
    assert!(one(&[&["Omar bin Rashid, emir of Zubara"], &["Omar bin Rashid Al Tamimi, emir of Zubara"]]));
    assert!(one(&[&["Pablo Quintero, president of Aruba"], &["Pablo Quintero Salas, president of Aruba"]]));
    assert!(one(&[&["Yoon Suk, president of Aruba"], &["Yoon Suk-yeol, president of Aruba"]]));
    // Others hold other offices, or stand beside each other, or bear no office at all.
    assert!(!one(&[&["Martin James, mayor of Aruba"], &["James Martin, envoy of Oslo"]]));
    assert!(!one(&[&["Martin James, mayor of Aruba", "James Martin, mayor of Aruba"]]));
    assert!(!one(&[&["Omar bin Rashid"], &["Omar bin Rashid Al Tamimi"]]));
    // Which of two goes on from the short name is not told.
    let two: &[&[&str]] = &[
        &["Omar bin Rashid, emir of Zubara"],
        &["Omar bin Rashid Al Tamimi, emir of Zubara"],
        &["Omar bin Rashid Al Hasani, emir of Zubara"],
    ];
    assert_eq!(resolve(&articles(two)).people.len(), 3);
}

/// An article that names bodies.
#[test]
fn a_ruler_is_called_by_the_given_name() {
    let king = "Omar bin Rashid Al Tamimi, king of Saudi Arabia";
    assert!(one(&[&[king], &["Omar, king of Saudi Arabia"]]));
    assert!(!one(&[&[king], &["Omar"]]));
    assert!(!one(&[&[king], &["Omar, king of Morocco"]]));
    // A given name of two who held the office is nobody's in particular.
    let found = resolve(&articles(&[
        &[king],
        &["Omar bin Yusuf Al Saleh, king of Saudi Arabia"],
        &["Omar, king of Saudi Arabia"],
    ]));
    assert_eq!(found.people.len(), 3);
}

#[test]
fn a_slip_in_a_long_surname_is_forgiven_to_who_holds_the_same_office() {
    // The consonants differ, so that the two stand in different blocks.
    let minister = "Katarzyna Wroblenska, minister of Poland";
    assert!(one(&[&[minister], &["Katarzyna Wroblemska, minister of Poland"]]));
    assert!(!one(&[&[minister], &["Katarzyna Wroblemska"]]));
    // Whoever stands between the two in the order of the names does not hide them from each other.
    let between = "Katarzyna Wroblemska Nowak, judge of Chad";
    let three = articles(&[&[minister], &[between], &["Katarzyna Wroblemska, minister of Poland"]]);
    assert_eq!(resolve(&three).people.len(), 2);
    assert!(!one(&[&[minister], &["Katarzyna Wroblemska, minister of Chile"]]));
    assert!(!one(&[&["Ann Norton, minister of Chile"], &["Ann Morton, minister of Chile"]]));
    // And a vowel, where neither spelling is the usual one.
    assert!(one(&[&["Avi Liberstan, minister of Chile"], &["Avi Lieberstan, minister of Chile"]]));
    assert!(!one(&[&["Avi Liberstan"], &["Avi Lieberstan"]]));
}

/// An article of a year that names one person.
fn of_year(year: u16, person: &str) -> Record {
    let day = Some(format!("{year}-05-04"));
    let published = Published { value: day.clone(), earliest: day.clone(), latest: day, ..Published::default() };
    Record { published, ..article(&format!("article of {year}"), &[person]) }
}

#[test]
fn a_surname_and_a_title_come_again_with_another_generation() {
    let one = |articles: &[(u16, &str)]| {
        let records: Vec<Record> = articles.iter().map(|(year, person)| of_year(*year, person)).collect();
        resolve(&records).people.len() == 1
    };
    assert!(one(&[(1976, "Arroyo, president of the republic"), (1978, "Arroyo, president of the republic")]));
    assert!(!one(&[(1934, "Arroyo, president of the republic"), (1988, "Arroyo, president of the republic")]));
    assert!(one(&[(2012, "Lena Arroyo, president of the republic"), (2009, "Arroyo, president of the republic")]));
    assert!(!one(&[(2018, "Lena Arroyo, president of the republic"), (2004, "Arroyo, president of a union")]));
    assert!(one(&[(2018, "Lena Arroyo, president of Chile"), (2009, "Arroyo, president of Chile")]));
}

#[test]
fn a_title_is_told_as_most_articles_word_it() {
    let office = |title: &str| format!("Ann Moreau, {title} of France");
    let titles = ["PRESIDENT", "PRESIDENT", "President", "president", "president"].map(office);
    let records: Vec<Record> =
        titles.iter().enumerate().map(|(i, told)| article(&format!("article {i}"), &[told])).collect();
    let tenures = &resolve(&records).people[0].tenures;
    assert_eq!(tenures.iter().map(|tenure| tenure.title.as_str()).collect::<Vec<_>>(), ["president"]);
}

#[test]
fn an_office_that_tells_less_is_the_only_one_that_it_can_be() {
    let offices = |told: &[(&str, Option<&str>)]| -> Vec<(Option<String>, usize)> {
        let records: Vec<Record> = told
            .iter()
            .enumerate()
            .map(|(i, (office, until))| {
                let mut record = article(&format!("article {i}"), &[&format!("Ann Moreau, {office}")]);
                let role = &mut record.people[0].roles[0];
                role.to = until.map(str::to_owned);
                // "of none" stands for a title alone.
                role.of = role.of.take().filter(|_| !office.ends_with(" of none"));
                record
            })
            .collect();
        let corpus = resolve(&records);
        let mut found: Vec<_> = corpus.people[0]
            .tenures
            .iter()
            .map(|tenure| (tenure.of.as_ref().map(ToString::to_string), tenure.evidence.len()))
            .collect();
        found.sort();
        found
    };
    let france = Some("organization/france".to_owned());
    let (chair, of_france) = (("chair of none", None), ("chair of France", None));
    assert_eq!(offices(&[chair, of_france, chair]), [(france.clone(), 3)]);
    assert_eq!(offices(&[chair, of_france, ("chair of France", Some("2024"))]), [(france.clone(), 3)]);
    // Two that it can be, and one that contradicts it.
    assert_eq!(offices(&[chair, of_france, ("chair of Chad", None)]).len(), 3);
    assert_eq!(offices(&[("chair of none", Some("2023")), ("chair of France", Some("2024"))]).len(), 2);
    assert_eq!(offices(&[("judge of none", None), of_france]).len(), 2);
}

fn bodies(name: &str, all: &[&str]) -> Record {
    let text = format!("{name}: {}.", all.join("; "));
    let mut record = Record::empty(&Article::new(format!("{name}.txt"), &text));
    for (i, body) in all.iter().enumerate() {
        record.organizations.push(Organization {
            id: format!("o{i}"),
            name: (*body).into(),
            kind: OrganizationKind::Other,
            identifiers: vec![],
            mentions: vec![Mention { span: first(&text, body), kind: MentionKind::Name }],
        });
    }
    record
}

#[test]
fn an_acronym_is_the_one_body_with_these_initials_that_articles_name_as_often() {
    let count = |full: usize, short: usize, other: usize| {
        let of = |name: &str, count: usize| (0..count).map(|i| bodies(&format!("{name} {i}"), &[name])).collect();
        let all: [Vec<Record>; 3] =
            [of("Northern Water and Harbour Board", full), of("NWHB", short), of("New Wood House Builders", other)];
        resolve(&all.concat()).organizations.len()
    };
    assert_eq!(count(6, 6, 0), 1, "both often, no other body with these initials");
    assert_eq!(count(2, 6, 0), 2, "initials fit a rare name by chance");
    assert_eq!(count(6, 6, 6), 3, "two bodies with these initials");
    assert_eq!(count(6, 40, 0), 2, "the acronym is much better known: another's");
}
