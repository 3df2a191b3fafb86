//! Diagrams as a user meets them: chosen from, written as DOT, drawn as SVG and PNG.

use demarche_graph::{Diagram, DiagramBuilder, DiagramError, EdgeKind, Node, NodeKind, Selection};
use demarche_record::{ParticipantRole, Status};

const PARTICIPANT: EdgeKind = EdgeKind::TakesPart(ParticipantRole::Participant);

fn id(path: &str) -> String {
    format!("https://example.org/id/{path}")
}

/// Two presidents, a summit that was held, a visit that was planned, and a quotation.
fn talks() -> DiagramBuilder {
    let person = |path: &str, name: &str| Node::new(id(path), NodeKind::Person, name);
    Diagram::builder("Who met whom")
        .node(person("person/ada-lind", "Ada Lind"))
        .node(person("person/bruno-reyes", "Bruno Reyes").with_sources(3))
        .node(person("person/chiara-oduya", "Chiara Oduya-Świątek"))
        .node(Node::new(id("organization/river-commission"), NodeKind::Organization, "River Commission"))
        .node(Node::new(id("place/norland"), NodeKind::State, "Norland"))
        .node(Node::new(id("place/port-aven"), NodeKind::Place, "Port Aven"))
        .node(
            Node::new(id("meeting/1"), NodeKind::Meeting(Status::Held), "summit")
                .with_detail("14 May 2021")
                .with_days("2021-05-14", "2021-05-14")
                .with_sources(2),
        )
        .node(
            Node::new(id("meeting/2"), NodeKind::Meeting(Status::Planned), "visit")
                .with_detail("June 2021, planned")
                .with_days("2021-06-01", "2021-06-30"),
        )
        .node(Node::new(id("meeting/3"), NodeKind::Meeting(Status::Denied), "talks").with_detail("denied"))
        .node(
            Node::new(id("statement/1"), NodeKind::Statement, "“The river belongs to those who live on it.”")
                .with_days("2021-05-14", "2021-05-14"),
        )
        .edge(id("person/ada-lind"), EdgeKind::TakesPart(ParticipantRole::Host), id("meeting/1"))
        .edge(id("person/bruno-reyes"), EdgeKind::TakesPart(ParticipantRole::Guest), id("meeting/1"))
        .edge(id("meeting/1"), EdgeKind::At, id("place/port-aven"))
        .edge(id("person/chiara-oduya"), PARTICIPANT, id("meeting/2"))
        .edge(id("person/bruno-reyes"), PARTICIPANT, id("meeting/2"))
        .edge(id("place/norland"), PARTICIPANT, id("meeting/3"))
        .edge(id("organization/river-commission"), PARTICIPANT, id("meeting/3"))
        .edge(id("person/ada-lind"), EdgeKind::Said, id("statement/1"))
        .edge(id("statement/1"), EdgeKind::SaidTo, id("person/bruno-reyes"))
}

fn with_statements() -> Selection {
    Selection { statements: true, ..Selection::default() }
}

fn labels(diagram: &Diagram) -> Vec<&str> {
    diagram.graph().node_weights().map(|node| node.label.as_str()).collect()
}

#[test]
fn dot() {
    insta::assert_snapshot!(talks().build().unwrap().select(&with_statements()).unwrap().to_dot());
}

#[test]
fn svg() {
    insta::assert_snapshot!(talks().build().unwrap().select(&with_statements()).unwrap().to_svg());
}

#[test]
fn statements_are_shown_on_request_only() {
    let diagram = talks().build().unwrap();
    let without = diagram.select(&Selection::default()).unwrap();
    assert!(without.graph().node_weights().all(|node| node.kind != NodeKind::Statement));
    assert_eq!(without.caption, ["3 meetings, 3 people, 2 bodies and 1 place."]);
}

#[test]
fn words_of_nobody_are_counted_in_the_caption() {
    let stray = Node::new(id("statement/2"), NodeKind::Statement, "“Nobody knows who said this.”");
    let diagram = talks().node(stray).build().unwrap().select(&with_statements()).unwrap();
    assert_eq!(diagram.caption[1], "Not shown, as no speaker is known: 1 statement.");
}

#[test]
fn about_a_person_shows_their_meetings_and_who_was_there() {
    let selection = Selection { about: Some("chiara oduya-świątek".into()), ..Selection::default() };
    let diagram = talks().build().unwrap().select(&selection).unwrap();
    assert_eq!(labels(&diagram), ["visit", "Bruno Reyes", "Chiara Oduya-Świątek"]);
    assert_eq!(diagram.title, "Who met whom: Chiara Oduya-Świątek");
    assert_eq!(diagram.focus(), Some(id("person/chiara-oduya").as_str()));
}

#[test]
fn a_name_that_nobody_bears_brings_suggestions() {
    let selection = Selection { about: Some("Greta Lind".into()), ..Selection::default() };
    let error = talks().build().unwrap().select(&selection).unwrap_err();
    assert_eq!(error.to_string(), "nothing is called “Greta Lind” here; did you mean Ada Lind?");
}

#[test]
fn a_name_that_two_bear_has_to_be_told_apart() {
    let diagram = talks().node(Node::new(id("person/ada-lind-2"), NodeKind::Person, "Ada Lind")).build().unwrap();
    let error = diagram.select(&Selection { about: Some("Ada Lind".into()), ..Selection::default() }).unwrap_err();
    assert!(matches!(&error, DiagramError::Ambiguous { candidates, .. } if candidates.len() == 2), "{error}");
}

#[test]
fn days_choose_meetings_and_the_undated_are_named_in_the_caption() {
    let selection = Selection { since: Some("2021-06-10".into()), ..Selection::default() };
    let diagram = talks().build().unwrap().select(&selection).unwrap();
    assert_eq!(labels(&diagram), ["visit", "Bruno Reyes", "Chiara Oduya-Świątek"]);
    assert_eq!(
        diagram.caption,
        [
            "1 meeting and 2 people, since 2021-06-10.",
            "Left out, as their days are not known: 1 event.",
            "Not shown, as they have no meeting here: 1 person and 2 bodies.",
        ]
    );
    let error = talks().build().unwrap().select(&Selection { until: Some("June".into()), ..Selection::default() });
    assert_eq!(error.unwrap_err().to_string(), "“June” is no date: write YYYY, YYYY-MM or YYYY-MM-DD");
}

#[test]
fn what_finds_no_room_is_counted_in_the_caption() {
    let diagram = talks().build().unwrap().select(&Selection { max_nodes: 4, ..Selection::default() }).unwrap();
    assert_eq!(labels(&diagram), ["summit", "Ada Lind", "Bruno Reyes", "Port Aven"]);
    assert_eq!(diagram.caption[1], "Left out, to keep to 4 nodes: 2 meetings.");
}

#[test]
fn the_network_joins_those_who_met() {
    let network = talks().build().unwrap().network();
    assert_eq!(labels(&network), ["Ada Lind", "Bruno Reyes"]);
    let caption = "Lines stand for 1 meeting that took place; 2 meetings that did not or may not have make none.";
    assert_eq!(network.caption, [caption]);
}

#[test]
fn an_edge_needs_both_ends() {
    let error = Diagram::builder("").node(Node::new("a", NodeKind::Person, "A")).edge("a", EdgeKind::Met, "b").build();
    assert_eq!(
        error.unwrap_err().to_string(),
        "an edge from <a> to <b> ends at a node that is not in the diagram: add <b> first"
    );
}

#[test]
fn the_order_of_adding_does_not_matter() {
    let nodes: Vec<Node> = talks().build().unwrap().graph().node_weights().cloned().collect();
    let edges = [("meeting/1", EdgeKind::At, "place/port-aven"), ("person/ada-lind", PARTICIPANT, "meeting/1")];
    let mut forwards = Diagram::builder("t");
    let mut backwards = Diagram::builder("t");
    nodes.iter().for_each(|node| forwards.add_node(node.clone()));
    nodes.iter().rev().for_each(|node| backwards.add_node(node.clone()));
    for (from, kind, to) in edges {
        forwards = forwards.edge(id(from), kind, id(to));
    }
    for (from, kind, to) in edges.into_iter().rev() {
        backwards = backwards.edge(id(from), kind, id(to));
    }
    let (forwards, backwards) = (forwards.build().unwrap(), backwards.build().unwrap());
    assert_eq!(forwards.to_dot(), backwards.to_dot());
    assert_eq!(forwards.to_svg(), backwards.to_svg());
}

/// Labels that break careless writers of DOT and XML.
const NASTY: [&str; 9] = [
    "Mary \"Mo\" O'Neil",
    "C:\\new\\temp\\",
    "<script>alert('x')</script>",
    "fish & chips &amp; &#65; peas",
    "two\nlines\tand\ttabs",
    "bell\u{7} null\u{0} escape\u{1b} \u{fffe}",
    "\\N \\G \\l \\r %s {a|b}",
    "Łukasz Ţuğ — “ﬁn” 習近平 🙂",
    "]]> --> <!-- </svg>",
];

fn nasty() -> Diagram {
    let mut builder = Diagram::builder(NASTY.join(" "));
    for (number, label) in NASTY.into_iter().enumerate() {
        builder.add_node(
            Node::new(format!("https://example.org/?a=1&b=\"{number}\"\\"), NodeKind::Organization, label)
                .with_note(label),
        );
    }
    builder.node(Node::new("javascript:alert(1)", NodeKind::Statement, "")).build().expect("there are no edges")
}

#[test]
fn nasty_labels_stay_text_in_svg() {
    let svg = nasty().to_svg();
    assert!(!svg.contains("<script") && !svg.contains("href=\"javascript"));
    assert!(svg.contains("fish &amp; chips"));
    assert!(svg.chars().all(|c| c == '\n' || c == '\t' || !c.is_control()));
    assert_eq!(svg.matches("<a ").count(), NASTY.len());
    assert_eq!(svg.matches("<a ").count(), svg.matches("</a>").count());
}

/// Graphviz's own reading of the DOT is the judge.
#[test]
fn graphviz_reads_the_dot() {
    use std::io::Write;
    use std::process::{Command, Stdio};
    for diagram in [nasty(), talks().build().unwrap()] {
        let spawned = Command::new("dot")
            .arg("-Tsvg")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn();
        let Ok(mut child) = spawned else {
            eprintln!("skipped: Graphviz's `dot` is not installed");
            return;
        };
        child.stdin.take().unwrap().write_all(diagram.to_dot().as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        let (svg, complaints) = (String::from_utf8(output.stdout).unwrap(), String::from_utf8_lossy(&output.stderr));
        assert!(output.status.success() && !complaints.contains("rror"), "{complaints}");
        assert_eq!(svg.matches("class=\"node\"").count(), diagram.graph().node_count());
        assert_eq!(svg.matches("class=\"edge\"").count(), diagram.graph().edge_count());
        if diagram.node("javascript:alert(1)").is_some() {
            for expected in
                ["C:\\new\\temp\\", "fish &amp; chips &amp;amp; &amp;#65;", "\\N \\G \\l \\r %s", "Mary &quot;Mo&quot;"]
            {
                assert!(svg.contains(expected), "no {expected} in {svg}");
            }
        }
    }
}

#[cfg(feature = "png")]
mod png {
    use super::*;
    use demarche_graph::PngSize;
    use resvg::tiny_skia::Pixmap;

    #[test]
    fn a_png_has_twice_the_size_of_the_svg_and_something_on_it() {
        let diagram = talks().build().unwrap();
        let svg = diagram.to_svg();
        let attribute = |name: &str| -> u32 {
            let rest = svg.split_once(&format!(" {name}=\"")).unwrap().1;
            rest.split_once('"').unwrap().0.parse().unwrap()
        };
        let picture = Pixmap::decode_png(&diagram.to_png(PngSize::default()).unwrap()).unwrap();
        assert_eq!((picture.width(), picture.height()), (attribute("width") * 2, attribute("height") * 2));
        assert_eq!(picture.pixel(0, 0).map(|p| (p.red(), p.green(), p.blue(), p.alpha())), Some((255, 255, 255, 255)));
        // Letters are the darkest thing in the picture: without the font there are none.
        let dark = picture.pixels().iter().filter(|p| p.red() < 60 && p.green() < 60 && p.blue() < 70).count();
        assert!(dark > 2000, "{dark} dark pixels");
    }

    #[test]
    fn a_png_is_no_larger_than_allowed() {
        let size = PngSize { scale: 10.0, max_pixels: 200_000 };
        let picture = Pixmap::decode_png(&talks().build().unwrap().to_png(size).unwrap()).unwrap();
        assert!(picture.width() * picture.height() <= 200_000);
        assert!(picture.width() * picture.height() > 190_000);
    }

    #[test]
    fn nasty_labels_can_be_drawn() {
        assert!(Pixmap::decode_png(&nasty().to_png(PngSize::default()).unwrap()).is_ok());
    }

    #[test]
    fn no_pixels_is_an_error() {
        let error = talks().build().unwrap().to_png(PngSize { scale: 0.0, ..PngSize::default() }).unwrap_err();
        assert!(error.to_string().contains("0 by 0 is not a size"), "{error}");
    }
}
