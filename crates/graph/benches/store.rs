//! How fast a store of many articles is built, loaded and asked: `cargo bench -p demarche-graph --bench store`.

use demarche_graph::{Format, QueryOptions, ResultsFormat, Store, named_query};
use demarche_record::{
    Article, Cue, Meeting, MeetingMention, MeetingTime, Mention, MentionKind, Mode, Participant, ParticipantRole,
    Person, Place, PlaceKind, Published, Record, Role, SourceText, Span, Statement, StatementKind, Status,
};

fn main() {
    divan::main();
}

const ARTICLES: [usize; 2] = [100, 1000];

/// An article of about the size of a news item: twelve people named six times each, five places, four meetings, ten
/// statements. The number decides who and when.
fn article(number: usize) -> Record {
    let sentence =
        "Given Surname and Other Name met in Town on a day; “We spoke of many things and of more to come,” one said. ";
    let text = format!("{number} {}", sentence.repeat(20));
    let source = SourceText::new(&text);
    let span = |start: usize, length: usize| -> Span {
        let start = start % (source.len() - length);
        source.span(start..start + length).expect("within the text")
    };
    let mentions = |seed: usize, count: usize| -> Vec<Mention> {
        (0..count).map(|i| Mention { span: span(seed * 131 + i * 37, 9), kind: MentionKind::Name }).collect()
    };
    let mut record = Record::empty(&Article::new(format!("articles/{number:06}.txt"), &text));
    let day = format!("2021-{:02}-{:02}", number / 28 % 12 + 1, number % 28 + 1);
    record.published = Published {
        value: Some(day.clone()),
        earliest: Some(day.clone()),
        latest: Some(day.clone()),
        ..Published::default()
    };
    for i in 0..12 {
        let who = (number * 7 + i * i * 31) % 2000;
        let role = Role {
            title: format!("minister {}", who % 50),
            of: Some("l0".into()),
            span: span(i, 20),
            from: None,
            to: None,
        };
        record.people.push(Person {
            id: format!("p{i}"),
            name: format!("Given{} Surname{who}", who % 97),
            identifiers: vec![],
            mentions: mentions(i, 6),
            roles: vec![role],
        });
    }
    for i in 0..5 {
        record.places.push(Place {
            id: format!("l{i}"),
            name: format!("Town{}", (number + i * 17) % 300),
            kind: PlaceKind::City,
            country: None,
            identifiers: vec![],
            mentions: mentions(40 + i, 4),
        });
    }
    for i in 0..4 {
        let (one, other) = (format!("p{i}"), format!("p{}", i + 4));
        let time = Some(day.clone());
        record.meetings.push(Meeting {
            id: format!("m{i}"),
            participants: [one, other].map(|entity| Participant { entity, role: ParticipantRole::Participant }).into(),
            status: Status::Held,
            mode: Some(Mode::InPerson),
            kind: "talks".into(),
            place: Some(format!("l{i}")),
            time: Some(MeetingTime { span: span(i * 50, 5), value: day.clone(), earliest: time.clone(), latest: time }),
            topics: vec![span(i * 70, 12)],
            mentions: vec![MeetingMention { span: span(i * 90, 60), trigger: span(i * 90 + 20, 3) }],
            confidence: 0.9,
        });
    }
    for i in 0..10 {
        record.statements.push(Statement {
            id: format!("s{i}"),
            kind: if i % 2 == 0 { StatementKind::Direct } else { StatementKind::Indirect },
            speaker: Some(format!("p{}", i % 12)),
            source: Some(span(i * 110, 7)),
            cue: Some(Cue { span: span(i * 110 + 60, 4), lemma: "say".into(), stance: None }),
            content: vec![span(i * 110 + number % 40, 50)],
            addressees: vec![],
            time: None,
            negated: false,
            about: vec![format!("p{}", (i + 3) % 12)],
            confidence: 0.9,
        });
    }
    record
}

fn articles(count: usize) -> Vec<Record> {
    (0..count).map(article).collect()
}

fn stored(count: usize) -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().expect("a folder for the store");
    let mut store = Store::create(folder.path(), None).expect("a new store");
    store.add(&articles(count)).expect("records written");
    let built = store.commit().expect("graph built");
    eprintln!("{built:?}");
    (folder, store)
}

#[divan::bench(args = ARTICLES, sample_count = 3, sample_size = 1)]
fn add_records(bencher: divan::Bencher, count: usize) {
    bencher.with_inputs(|| (tempfile::tempdir().expect("a folder"), articles(count))).bench_refs(
        |(folder, records)| {
            let mut store = Store::open_or_create(folder.path(), None).expect("a store");
            store.add(records.iter()).expect("records written")
        },
    );
}

#[divan::bench(args = ARTICLES, sample_count = 3, sample_size = 1)]
fn build_graph(bencher: divan::Bencher, count: usize) {
    bencher
        .with_inputs(|| {
            let folder = tempfile::tempdir().expect("a folder");
            let mut store = Store::create(folder.path(), None).expect("a store");
            store.add(&articles(count)).expect("records written");
            (folder, store)
        })
        .bench_refs(|(_, store)| store.commit().expect("graph built"));
}

/// Ten more articles into a store that has its graph already.
#[divan::bench(args = ARTICLES, sample_count = 3, sample_size = 1)]
fn add_ten(bencher: divan::Bencher, count: usize) {
    let mut all = articles(count + 10);
    let more = all.split_off(count);
    bencher
        .with_inputs(|| {
            let folder = tempfile::tempdir().expect("a folder");
            let mut store = Store::create(folder.path(), None).expect("a store");
            store.add(&all).expect("records written");
            store.commit().expect("graph built");
            (folder, store)
        })
        .bench_refs(|(_, store)| {
            store.add(&more).expect("records written");
            store.commit().expect("graph built")
        });
}

#[divan::bench(args = ARTICLES, sample_count = 3, sample_size = 1)]
fn load_graph(bencher: divan::Bencher, count: usize) {
    let (folder, _) = stored(count);
    bencher.bench_local(|| {
        let store = Store::open(folder.path()).expect("the store");
        store.graph().expect("the graph").len().expect("its size")
    });
}

#[divan::bench(args = ARTICLES, sample_count = 3, sample_size = 1)]
fn export_turtle(bencher: divan::Bencher, count: usize) {
    let (_folder, store) = stored(count);
    bencher.bench_local(|| store.export(Format::Turtle, std::io::sink()).expect("written"));
}

#[divan::bench(args = ["who-met-whom", "who-said-what", "outlets-differ", "statements-over-time", "meeting-network"], sample_count = 3, sample_size = 1)]
fn ask(bencher: divan::Bencher, name: &str) {
    let (_folder, store) = stored(1000);
    let query = named_query(name).expect("a named query");
    store.graph().expect("loaded");
    bencher.bench_local(|| {
        let results = store.query(&query.sparql, &QueryOptions::default()).expect("a query");
        results.write(ResultsFormat::Csv, std::io::sink()).expect("answered");
    });
}
