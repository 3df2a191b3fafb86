//! The formats that are no RDF: what each looks like, that it holds what the graph holds, and that any text survives.

#![allow(clippy::unwrap_used)]

mod articles;
mod peers;

use articles::{Draft, corpus};
use demarche_graph::{ExportFormat, ExportOptions, Format, Layout, QueryOptions, Selection, Store, View};
use demarche_record::{Record, Status};
use peers::python_with;
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use tempfile::TempDir;

struct Desk {
    _folder: TempDir,
    store: Store,
}

fn desk_of(records: &[Record]) -> Desk {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::create(folder.path(), None).unwrap();
    store.add(records).unwrap();
    Desk { _folder: folder, store }
}

impl Desk {
    fn of_corpus() -> Self {
        desk_of(&corpus())
    }

    fn written(&self, format: ExportFormat, options: &ExportOptions) -> String {
        let mut out = Vec::new();
        self.store.export_as(format, options, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    fn all(&self, format: ExportFormat) -> String {
        self.written(format, &ExportOptions::default())
    }

    fn part(&self, format: ExportFormat, selection: Selection) -> String {
        self.written(format, &ExportOptions { selection, ..ExportOptions::default() })
    }

    /// The files of a format that is a folder, one after the other.
    fn files(&self, format: ExportFormat) -> Vec<(&'static str, String)> {
        let selected = self.store.select(&Selection::everything()).unwrap();
        let read = |file: &&'static str| {
            let mut out = Vec::new();
            selected.write_file(format, file, &mut out).unwrap();
            (*file, String::from_utf8(out).unwrap())
        };
        format.files().iter().map(read).collect()
    }

    /// How many things of a class the graph holds.
    fn count(&self, pattern: &str) -> usize {
        let query = format!("SELECT (COUNT(*) AS ?n) {{ {pattern} }}");
        let mut rows = self.store.query(&query, &QueryOptions::default()).unwrap().rows();
        let row = rows.next().unwrap().unwrap();
        let text = row[0].as_ref().unwrap().to_string();
        text.trim_matches('"').split('"').next().unwrap().parse().unwrap()
    }
}

/// Formats of one file that are no pictures and no RDF.
const DATA: [ExportFormat; 8] = [
    ExportFormat::GraphMl,
    ExportFormat::Gexf,
    ExportFormat::MeetingsCsv,
    ExportFormat::StatementsCsv,
    ExportFormat::FollowTheMoney,
    ExportFormat::Calendar,
    ExportFormat::Meetings,
    ExportFormat::Records,
];

#[test]
fn five_articles_read_like_this() {
    let desk = Desk::of_corpus();
    for format in [
        ExportFormat::GraphMl,
        ExportFormat::Gexf,
        ExportFormat::MeetingsCsv,
        ExportFormat::StatementsCsv,
        ExportFormat::FollowTheMoney,
        ExportFormat::Calendar,
        ExportFormat::Mermaid,
    ] {
        let name = format!("corpus.{}", format.ending().unwrap());
        insta::assert_snapshot!(name, desk.all(format).replace('\r', "␍"));
    }
    let neo4j: Vec<String> =
        desk.files(ExportFormat::Neo4j).into_iter().map(|(file, content)| format!("== {file}\n{content}")).collect();
    insta::assert_snapshot!("corpus.neo4j", neo4j.join("\n"));
    let network = ExportOptions { view: View::Network, ..ExportOptions::default() };
    insta::assert_snapshot!("network.gexf", desk.written(ExportFormat::Gexf, &network));
    let timeline = ExportOptions { layout: Layout::Timeline, ..ExportOptions::default() };
    insta::assert_snapshot!("timeline.mmd", desk.written(ExportFormat::Mermaid, &timeline));
    insta::assert_snapshot!("timeline.svg", desk.written(ExportFormat::Svg, &timeline));
    insta::assert_snapshot!("timeline.dot", desk.written(ExportFormat::Dot, &timeline));
}

/// Graphviz keeps to the places that a timeline gives: each event stands lower than the one before it.
#[test]
fn graphviz_draws_the_timeline_from_above() {
    let timeline = ExportOptions { layout: Layout::Timeline, ..ExportOptions::default() };
    let dot = Desk::of_corpus().written(ExportFormat::Dot, &timeline);
    let mut graphviz = Command::new("dot");
    graphviz.arg("-Tplain").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let Ok(mut child) = graphviz.spawn() else {
        assert!(std::env::var_os("DEMARCHE_REQUIRE_TOOLS").is_none(), "Graphviz is not installed");
        eprintln!("skipped: Graphviz is not installed");
        return;
    };
    child.stdin.take().unwrap().write_all(dot.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let drawn = String::from_utf8(output.stdout).unwrap();
    // node NAME X Y …
    let height = |name: &str| -> Option<f64> {
        drawn.lines().find_map(|line| line.strip_prefix(&format!("node {name} "))?.split(' ').nth(1)?.parse().ok())
    };
    let heights: Vec<f64> = (0..).map_while(|event| height(&format!("e{event}"))).collect();
    assert!(heights.len() > 2 && heights.is_sorted_by(|upper, lower| upper > lower), "{heights:?}");
}

#[test]
fn graph_formats_hold_what_the_graph_holds() {
    let desk = Desk::of_corpus();
    let meetings = desk.count("?m a dm:Meeting");
    let statements = desk.count("?s a dm:Statement");
    let things = desk
        .count("?t a ?c FILTER(?c IN (dm:Person, dm:Organization, dm:Place)) FILTER NOT EXISTS { ?t a dm:State }")
        + desk.count("?t a dm:State")
        + meetings
        + statements;
    let links = desk.count("?m a dm:Meeting ; dm:participant ?p")
        + desk.count("?m a dm:Meeting ; dm:place ?p")
        + desk.count("?s a dm:Statement ; dm:speaker|dm:addressee|dm:about ?p")
        + desk.count("?p dm:tenure/dm:of ?b");
    for format in [ExportFormat::GraphMl, ExportFormat::Gexf] {
        let text = desk.all(format);
        let document = roxmltree::Document::parse(&text).unwrap();
        let number = |name: &str| document.descendants().filter(|node| node.has_tag_name_in_any(name)).count();
        assert_eq!((number("node"), number("edge")), (things, links), "{}", format.name());
    }
    let rows = |format| csv::Reader::from_reader(desk.all(format).as_bytes()).records().count();
    assert_eq!(rows(ExportFormat::MeetingsCsv), meetings);
    assert_eq!(rows(ExportFormat::StatementsCsv), statements);
    let entities = desk.all(ExportFormat::FollowTheMoney);
    assert_eq!(entities.lines().count(), things - statements + desk.count("?a a dm:Article"));
    let (mut nodes, mut relationships) = (0, 0);
    for (file, content) in desk.files(ExportFormat::Neo4j).iter().filter(|(file, _)| file.ends_with(".csv")) {
        let rows = csv::Reader::from_reader(content.as_bytes()).records().map(Result::unwrap).count();
        *(if file.starts_with("nodes") { &mut nodes } else { &mut relationships }) += rows;
    }
    assert_eq!(nodes, things + desk.count("?a a dm:Article"));
    let met = desk.count("?a dm:met ?b FILTER(STR(?a) < STR(?b))");
    let reported = desk
        .count("SELECT DISTINCT ?m ?a { ?m a ?c ; prov:wasDerivedFrom ?a FILTER(?c IN (dm:Meeting, dm:Statement)) }");
    assert_eq!(relationships, links + met + reported);
}

/// Tag names whatever their namespace.
trait Tag {
    fn has_tag_name_in_any(&self, name: &str) -> bool;
}

impl Tag for roxmltree::Node<'_, '_> {
    fn has_tag_name_in_any(&self, name: &str) -> bool {
        self.tag_name().name() == name
    }
}

#[test]
fn the_same_store_gives_the_same_bytes() {
    let mut backwards = corpus();
    backwards.reverse();
    let (one, other) = (Desk::of_corpus(), desk_of(&backwards));
    for format in ExportFormat::ALL.iter().copied().filter(|format| format.files().is_empty()) {
        let bytes = |desk: &Desk| {
            let mut out = Vec::new();
            desk.store.export_as(format, &ExportOptions::default(), &mut out).unwrap();
            out
        };
        assert!(bytes(&one) == bytes(&other), "{}", format.name());
    }
    assert_eq!(one.files(ExportFormat::Neo4j), other.files(ExportFormat::Neo4j));
}

#[test]
fn filters_hold_in_every_format() {
    let desk = Desk::of_corpus();
    let held = Selection { statuses: vec![Status::Held], ..Selection::everything() };
    let autumn = Selection { since: Some("2021-10".into()), ..Selection::everything() };
    let duarte = Selection { about: Some("Duarte".into()), ..Selection::everything() };
    for format in [
        ExportFormat::GraphMl,
        ExportFormat::Gexf,
        ExportFormat::MeetingsCsv,
        ExportFormat::FollowTheMoney,
        ExportFormat::Calendar,
        ExportFormat::Mermaid,
        ExportFormat::Svg,
        ExportFormat::Dot,
        ExportFormat::Rdf(Format::Turtle),
    ] {
        let (held, autumn, duarte) =
            (desk.part(format, held.clone()), desk.part(format, autumn.clone()), desk.part(format, duarte.clone()));
        let name = format.name();
        assert!(held.contains("4 October 2021") || held.contains("20211004") || held.contains("2021-10-04"), "{name}");
        assert!(!held.contains("8 October 2021") && !held.contains("20211008"), "{name}");
        assert!(!autumn.contains("Oslo") && autumn.contains("Duarte"), "{name}");
        assert!(!duarte.contains("Oslo") && duarte.contains("Banić"), "{name}");
    }
    let sourced = Selection { min_sources: 2, ..Selection::everything() };
    let rows = desk.part(ExportFormat::MeetingsCsv, sourced);
    assert_eq!(csv::Reader::from_reader(rows.as_bytes()).records().count(), 2, "{rows}");
}

#[test]
fn two_hops_reach_the_meetings_of_those_who_were_met() {
    let desk = Desk::of_corpus();
    let meetings = |hops| {
        let selection = Selection { about: Some("Ines Duarte".into()), hops, ..Selection::everything() };
        let rows = desk.part(ExportFormat::MeetingsCsv, selection);
        csv::Reader::from_reader(rows.as_bytes()).records().count()
    };
    assert_eq!((meetings(1), meetings(2)), (2, 3));
}

#[test]
fn a_cell_is_no_formula() {
    let text = "=HYPERLINK(\"x\") met Bo Ek.";
    let record = Draft::new("a.txt", None, text)
        .person("p0", "=HYPERLINK(\"x\")", &["=HYPERLINK(\"x\")"])
        .person("p1", "Bo Ek", &["Bo Ek"])
        .meeting(&["p0", "p1"], Status::Held, text, "met")
        .done();
    let rows = desk_of(&[record]).all(ExportFormat::MeetingsCsv);
    let row = csv::Reader::from_reader(rows.as_bytes()).records().next().unwrap().unwrap();
    assert!(row.iter().all(|cell| !cell.starts_with(['=', '+', '-', '@'])), "{row:?}");
    assert!(row.iter().any(|cell| cell == format!("'{text}")), "{row:?}");
}

/// Texts with what the formats find hard: quotation marks, ampersands, line ends, right-to-left, emoji, control characters.
fn hard_text() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "Ann",
        "\"",
        "'",
        "&",
        "<b>",
        "]]>",
        "\n",
        "\r\n",
        "\t",
        ";",
        ",",
        ":",
        "\\",
        "\\n",
        "#",
        "=",
        "+",
        "@",
        "-",
        "|",
        "שלום",
        "مرحبا",
        "\u{202E}",
        "🤝🏽",
        "é",
        "e\u{301}",
        "\u{1}",
        "\u{7f}",
        "\u{85}",
        "\u{2028}",
        "\u{FFFE}",
        "%%{",
        "`",
        "日本",
    ]);
    let texts = prop::collection::vec(pieces, 1..12).prop_map(|pieces| pieces.join(" "));
    texts.prop_filter("a name of white space alone is none", |text| !text.trim().is_empty())
}

fn record_with(name: &str, words: &str) -> Record {
    let text = format!("{name} met Bo Ek. “{words}”, Ek said.");
    let mut record = Draft::new(name, None, &text)
        .person("p0", name, &[name])
        .person("p1", "Bo Ek", &["Bo Ek"])
        .meeting(&["p0", "p1"], Status::Held, &text, "met")
        .at(None, None)
        .statement(demarche_record::StatementKind::Direct, "p1", "Ek", ("said", "say"), &format!("“{words}”"))
        .done();
    let when = Draft::new("", None, &text).time("met", "2021-06-16", "2021-06-16", "2021-06-16");
    record.meetings[0].time = Some(when);
    record.title = Some(name.to_owned());
    record
}

/// What XML makes of a text: characters that it cannot hold are replaced.
fn in_xml(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\n' | '\t' | '\r' => c,
            '\0'..='\u{1F}' | '\u{FFFE}' => '\u{FFFD}',
            c => c,
        })
        .collect()
}

/// The values of a property in a calendar, read back by RFC 5545.
fn calendar_texts(calendar: &str, name: &str) -> Vec<String> {
    let unfolded = calendar.replace("\r\n ", "");
    let values = unfolded.split("\r\n").filter_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
    values
        .map(|value| {
            let mut out = String::new();
            let mut chars = value.chars();
            while let Some(c) = chars.next() {
                match c {
                    '\\' => match chars.next() {
                        Some('n') => out.push('\n'),
                        other => out.extend(other),
                    },
                    c => out.push(c),
                }
            }
            out
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]
    #[test]
    fn any_text_comes_back_as_it_was(name in hard_text(), words in hard_text()) {
        let record = record_with(&name, &words);
        let desk = desk_of(std::slice::from_ref(&record));
        let corpus = desk.store.corpus().unwrap();
        let names: BTreeSet<String> = corpus.people.iter().map(|person| person.name.clone()).collect();
        let texts: BTreeSet<String> = corpus.statements.iter().map(|said| said.text.clone()).collect();
        let labels: BTreeSet<String> = corpus.meetings.iter().map(|meeting| meeting.label.clone()).collect();
        prop_assert!(!texts.is_empty() && !labels.is_empty());

        let graphml = desk.all(ExportFormat::GraphMl);
        let document = roxmltree::Document::parse(&graphml).unwrap();
        let data = |key: &str| -> BTreeSet<String> {
            let found = document.descendants().filter(|node| node.attribute("key") == Some(key));
            found.map(|node| node.text().unwrap_or_default().to_owned()).collect()
        };
        for expected in names.iter().chain(&labels) {
            prop_assert!(data("node-label").contains(&in_xml(expected)), "{:?} in {}", expected, graphml);
        }
        for expected in &texts {
            prop_assert!(data("node-text").contains(&in_xml(expected)), "{:?} in {}", expected, graphml);
        }

        let gexf = desk.all(ExportFormat::Gexf);
        let document = roxmltree::Document::parse(&gexf).unwrap();
        let found: BTreeSet<&str> = document.descendants().filter_map(|node| node.attribute("label").or(node.attribute("value"))).collect();
        for expected in names.iter().chain(&labels).chain(&texts) {
            prop_assert!(found.contains(in_xml(expected).as_str()), "{:?} in {}", expected, gexf);
        }

        for (format, expected) in [(ExportFormat::MeetingsCsv, &labels), (ExportFormat::StatementsCsv, &texts)] {
            let rows = desk.all(format);
            let cells: BTreeSet<String> = csv::Reader::from_reader(rows.as_bytes())
                .into_records()
                .flat_map(|row| row.unwrap().iter().map(|cell| cell.strip_prefix('\'').unwrap_or(cell).to_owned()).collect::<Vec<_>>())
                .collect();
            for text in expected {
                prop_assert!(cells.contains(text.strip_prefix('\'').unwrap_or(text)), "{:?} in {}", text, rows);
            }
        }

        let nodes = desk.files(ExportFormat::Neo4j);
        let cells: BTreeSet<String> = nodes.iter().filter(|(file, _)| file.starts_with("nodes"))
            .flat_map(|(_, content)| csv::Reader::from_reader(content.as_bytes()).into_records().flat_map(|row| row.unwrap().iter().map(str::to_owned).collect::<Vec<_>>()).collect::<Vec<_>>())
            .collect();
        for expected in names.iter().chain(&labels).chain(&texts) {
            prop_assert!(cells.contains(expected), "{:?}", expected);
        }

        let entities = desk.all(ExportFormat::FollowTheMoney);
        let found: BTreeSet<String> = entities.lines()
            .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap())
            .filter_map(|entity| Some(entity["properties"]["name"][0].as_str()?.to_owned()))
            .collect();
        for expected in names.iter().chain(&labels) {
            prop_assert!(found.contains(expected), "{:?} in {}", expected, entities);
        }

        let calendar = desk.all(ExportFormat::Calendar);
        prop_assert!(calendar.split("\r\n").all(|line| line.len() <= 75 && !line.contains(['\n', '\r'])));
        let summaries = calendar_texts(&calendar, "SUMMARY");
        for expected in &labels {
            let expected: String = expected.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
            prop_assert!(summaries.contains(&expected), "{:?} in {}", expected, calendar);
        }

        // Pictures cut and wrap: they have to be well-formed.
        for layout in [Layout::Map, Layout::Timeline] {
            let options = ExportOptions { layout, ..ExportOptions::default() };
            prop_assert!(roxmltree::Document::parse(&desk.written(ExportFormat::Svg, &options)).is_ok());
            let mermaid = desk.written(ExportFormat::Mermaid, &options);
            prop_assert!(mermaid.chars().all(|c| c == '\n' || !c.is_control()));
        }
    }
}

/// Writes a format into a file and lets a Python script read it; gives what it prints.
fn read_by_python(module: &str, format: ExportFormat, script: &str) -> Option<String> {
    let python = python_with(module)?;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("export");
    std::fs::write(&file, Desk::of_corpus().all(format)).unwrap();
    let output = Command::new(python).args(["-c", script]).arg(&file).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(String::from_utf8(output.stdout).unwrap())
}

#[test]
fn networkx_reads_graphml_and_gexf() {
    for (format, reader) in [(ExportFormat::GraphMl, "read_graphml"), (ExportFormat::Gexf, "read_gexf")] {
        let script =
            format!("import sys, networkx as n\ng = n.{reader}(sys.argv[1])\nprint(len(g), g.number_of_edges())");
        let Some(answer) = read_by_python("networkx", format, &script) else { return };
        let text = Desk::of_corpus().all(format);
        let counts = format!("{} {}", text.matches("<node ").count(), text.matches("<edge ").count());
        assert_eq!(answer.trim(), counts, "{}", format.name());
    }
}

#[test]
fn icalendar_reads_the_calendar() {
    let script = "
import sys, icalendar
calendar = icalendar.Calendar.from_ical(open(sys.argv[1], 'rb').read())
for event in calendar.walk('VEVENT'):
    assert not event.errors, event.errors
    print(event.decoded('DTSTART'), event.decoded('DTEND'), event['STATUS'], event['SUMMARY'])
";
    let Some(answer) = read_by_python("icalendar", ExportFormat::Calendar, script) else { return };
    insta::assert_snapshot!("icalendar", answer);
}

#[test]
fn followthemoney_takes_every_entity() {
    let script = "
import sys, json
from followthemoney import model
from followthemoney.proxy import EntityProxy
kept = lost = 0
entities = [json.loads(line) for line in open(sys.argv[1])]
ids = {entity['id'] for entity in entities}
for entity in entities:
    schema = model.get(entity['schema'])
    schema.validate(entity)
    proxy = EntityProxy.from_dict(entity, cleaned=False)
    for name, values in entity['properties'].items():
        for value in values:
            if value in proxy.get(name) or (name == 'country' and proxy.get(name)):
                kept += 1
            else:
                lost += 1
                print('lost', name, repr(value))
        if schema.get(name).type.name == 'entity':
            assert set(values) <= ids, values
print(len(entities), 'entities', kept > 0, lost)
";
    let Some(answer) = read_by_python("followthemoney", ExportFormat::FollowTheMoney, script) else { return };
    let entities = Desk::of_corpus().all(ExportFormat::FollowTheMoney).lines().count();
    assert_eq!(answer.trim(), format!("{entities} entities True 0"));
}

#[test]
fn formats_are_known_by_name_and_ending() {
    for &format in ExportFormat::ALL {
        assert_eq!(ExportFormat::from_name(format.name()).unwrap(), format);
        if let Some(ending) = format.ending() {
            assert_eq!(ExportFormat::from_path(Path::new(&format!("kg/2021.{ending}"))), Some(format));
        }
        assert_eq!(format.files().is_empty(), format.media_type().is_some(), "{}", format.name());
    }
    assert_eq!(ExportFormat::from_path(Path::new("meetings.csv")), Some(ExportFormat::MeetingsCsv));
    assert_eq!(ExportFormat::from_path(Path::new("kg-statements.CSV")), Some(ExportFormat::StatementsCsv));
    assert_eq!(ExportFormat::from_path(Path::new("table.csv")), None);
    let names: BTreeSet<&str> = ExportFormat::ALL.iter().map(|format| format.name()).collect();
    assert_eq!(names.len(), ExportFormat::ALL.len());
    assert!(DATA.iter().all(|format| ExportFormat::ALL.contains(format)));
}
