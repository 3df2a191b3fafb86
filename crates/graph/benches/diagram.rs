//! How long diagrams of growing size take: `cargo bench -p demarche-graph --bench diagram`.

use demarche_graph::{Diagram, EdgeKind, Node, NodeKind};
use demarche_record::{ParticipantRole, Status};

fn main() {
    divan::main();
}

/// A made-up corpus with about so many nodes: half of them people, of whom some meet far more often than others.
fn diagram(nodes: usize) -> Diagram {
    let (people, places) = (nodes / 2, nodes / 10);
    let mut builder = Diagram::builder("Made-up meetings");
    for i in 0..people {
        builder.add_node(Node::new(
            format!("https://example.org/person/{i:05}"),
            NodeKind::Person,
            format!("Person Number {i}"),
        ));
    }
    for i in 0..places {
        builder.add_node(Node::new(format!("https://example.org/place/{i:05}"), NodeKind::Place, format!("Town {i}")));
    }
    for i in 0..nodes - people - places {
        let meeting = format!("https://example.org/meeting/{i:05}");
        builder.add_node(Node::new(&meeting, NodeKind::Meeting(Status::Held), "talks").with_detail("16 June 2021"));
        let part = EdgeKind::TakesPart(ParticipantRole::Participant);
        for person in [i * 7 % people, i * i % (people / 8 + 1), (i * 31 + 5) % people] {
            builder = builder.edge(format!("https://example.org/person/{person:05}"), part, &meeting);
        }
        builder = builder.edge(&meeting, EdgeKind::At, format!("https://example.org/place/{:05}", i * i % places));
    }
    builder.build().expect("every end was added")
}

#[divan::bench(args = [100, 300, 1000, 3000], sample_count = 3)]
fn svg(bencher: divan::Bencher, nodes: usize) {
    let diagram = diagram(nodes);
    bencher.bench(|| diagram.to_svg());
}

#[divan::bench(args = [100, 300, 1000, 3000], sample_count = 3)]
fn dot(bencher: divan::Bencher, nodes: usize) {
    let diagram = diagram(nodes);
    bencher.bench(|| diagram.to_dot());
}

#[cfg(feature = "png")]
#[divan::bench(args = [100, 300, 1000], sample_count = 3)]
fn png(bencher: divan::Bencher, nodes: usize) {
    let diagram = diagram(nodes);
    bencher.bench(|| diagram.to_png(demarche_graph::PngSize::default()).expect("a picture"));
}
