//! The timeline in DOT: time runs downwards, each who takes part has a lane that joins the points at which they do, and each
//! point is joined with the words of its meeting or statement. Graphviz is told where everything lies.

use crate::diagram::dot::{escaped, line, put, quoted};
use crate::diagram::lettering::Letters;
use crate::diagram::node::{Diagram, NodeKind};
use crate::diagram::palette::{Dash, node_style, stroke_width};
use crate::diagram::timeline::Stretch;
use petgraph::graph::NodeIndex;
use std::collections::{BTreeMap, BTreeSet};

/// Distance of two lanes in points, which a name that is broken into lines fits.
const LANE: f64 = 92.0;
/// Width of a name, in points.
const NAME: f64 = 80.0;
/// Width of the words of an event, in points.
const WORDS: f64 = 430.0;
/// Width of the dates left of the lanes, in points.
const DATES: f64 = 170.0;
const LETTERS: Letters = Letters::regular(11.0);
const NAME_LETTERS: Letters = Letters::regular(10.0);

impl Diagram {
    pub(super) fn dot_timeline(&self) -> String {
        let events = self.events_in_time();
        let lanes = self.lanes(&events);
        let stretches = self.stretches(&events, &lanes);
        let most = stretches.iter().map(|stretch| stretch.lanes.len()).max().unwrap_or_default();
        let kinds: BTreeSet<NodeKind> = events.iter().map(|event| event.node.kind).collect();
        let mut out = String::from("digraph demarche {\n");
        let heading = self.dot_heading(kinds, BTreeSet::new());
        // `nop` draws what has its place already.
        line(&mut out, format_args!("graph [layout=nop, splines=line, outputorder=edgesfirst, charset=\"UTF-8\","));
        line(&mut out, format_args!("  fontname=\"DejaVu Sans\", labelloc=t, labeljust=l, label={heading}];"));
        let size = LETTERS.size;
        line(
            &mut out,
            format_args!(
                "node [fontname=\"DejaVu Sans\", fontsize={size}, fixedsize=true, margin=0, shape=plaintext];"
            ),
        );
        line(&mut out, format_args!("edge [dir=none, color=\"#B9C5CC\"];"));
        let mut page = Page { out, top: 0.0, words: LANE * most as f64, stretches: 0, events: 0 };
        for stretch in &stretches {
            self.dot_stretch(&mut page, stretch);
        }
        page.out.push_str("}\n");
        page.out
    }

    /// Rows under the names of their lanes.
    fn dot_stretch(&self, page: &mut Page, stretch: &Stretch) {
        let number = page.stretches;
        page.stretches += 1;
        let graph = self.graph();
        let names: Vec<Vec<String>> =
            stretch.lanes.iter().map(|&lane| NAME_LETTERS.wrap(&graph[lane].label, NAME, 5)).collect();
        let height = names.iter().map(Vec::len).max().unwrap_or_default() as f64 * NAME_LETTERS.leading() + 10.0;
        page.top -= height + 14.0;
        // Where the lane of each was last touched: at its name, then at each event.
        let mut last: BTreeMap<NodeIndex, String> = BTreeMap::new();
        for (lane, (&index, name)) in stretch.lanes.iter().zip(&names).enumerate() {
            let (node, style) = (&graph[index], node_style(graph[index].kind));
            let id = format!("s{number}l{lane}");
            let width = stroke_width(1) + if self.is_focus(node) { 1.6 } else { 0.0 };
            let mut more = format!(
                "shape=box, style=\"filled,rounded\", fontsize={}, color=\"{}\", fillcolor=\"{}\", penwidth={width:.1}, tooltip={}",
                NAME_LETTERS.size,
                style.stroke,
                style.fill,
                quoted(&node.tooltip())
            );
            if let Some(address) = node.web_address() {
                put(&mut more, format_args!(", URL={}", quoted(address)));
            }
            let size = (LANE - 6.0, height);
            page.node(&id, (LANE * lane as f64, page.top + height / 2.0), size, &quoted(&name.join("\n")), &more);
            last.insert(index, id);
        }
        let lane_of: BTreeMap<NodeIndex, usize> =
            stretch.lanes.iter().enumerate().map(|(lane, &index)| (index, lane)).collect();
        let mut year = None;
        for event in stretch.events {
            if year.as_ref() != Some(&event.year) {
                page.top -= LETTERS.leading() + 8.0;
                let name = event.year.as_deref().unwrap_or("Day unknown");
                let id = format!("y{}", page.events);
                page.node(
                    &id,
                    (-DATES * 0.75, page.top),
                    (DATES, LETTERS.leading()),
                    &to_the_right(name),
                    "fontsize=13",
                );
                year = Some(event.year.clone());
            }
            let words = LETTERS.wrap(&event.sentence(), WORDS - 16.0, 4);
            let height = words.len() as f64 * LETTERS.leading() + 8.0;
            page.top -= height / 2.0 + 3.0;
            let (y, event_number) = (page.top, page.events);
            page.events += 1;
            if let Some(when) = event.when {
                let when = LETTERS.wrap(when, DATES - 8.0, 1).concat();
                let id = format!("d{event_number}");
                page.node(&id, (-DATES * 0.75, y), (DATES, LETTERS.leading()), &to_the_right(&when), "");
            }
            let style = node_style(event.node.kind);
            let words: String = words.iter().map(|line| escaped(line) + "\\l").collect();
            let dash = if style.dash == Dash::Solid { String::new() } else { format!(",{}", style.dash.dot()) };
            let mut more = format!(
                "shape=box, style=\"filled,rounded{dash}\", color=\"{}\", fillcolor=\"{}\", penwidth={:.1}, margin=\"0.1,0\", \
                 tooltip={}",
                style.stroke,
                style.fill,
                stroke_width(event.node.sources),
                quoted(&event.node.tooltip())
            );
            if let Some(address) = event.node.web_address() {
                put(&mut more, format_args!(", URL={}", quoted(address)));
            }
            let id = format!("e{event_number}");
            page.node(&id, (page.words + WORDS / 2.0, y), (WORDS, height), &format!("\"{words}\""), &more);
            let mut people: Vec<(usize, NodeIndex)> =
                event.people.iter().filter_map(|person| Some((*lane_of.get(person)?, *person))).collect();
            people.sort_unstable();
            for (lane, person) in people {
                let point = format!("e{event_number}l{lane}");
                let more = format!("shape=circle, style=filled, color=\"{0}\", fillcolor=\"{0}\"", style.stroke);
                page.node(&point, (LANE * lane as f64, y), (8.0, 8.0), "\"\"", &more);
                if let Some(before) = last.insert(person, point.clone()) {
                    page.edge(&before, &point, "");
                }
                page.edge(&point, &id, &format!(" [color=\"{}\"]", style.stroke));
            }
            page.top -= height / 2.0 + 3.0;
        }
    }
}

/// What is being written, and where on it.
struct Page {
    out: String,
    /// How far down it is written, in points; it grows less.
    top: f64,
    /// Where the words of events begin, in points.
    words: f64,
    stretches: usize,
    events: usize,
}

impl Page {
    fn node(&mut self, id: &str, (x, y): (f64, f64), (width, height): (f64, f64), label: &str, more: &str) {
        let more = if more.is_empty() { String::new() } else { format!(", {more}") };
        line(
            &mut self.out,
            format_args!(
                "{id} [pos=\"{x:.1},{y:.1}\", width={:.3}, height={:.3}, label={label}{more}];",
                width / 72.0,
                height / 72.0
            ),
        );
    }

    fn edge(&mut self, from: &str, to: &str, more: &str) {
        line(&mut self.out, format_args!("{from} -> {to}{more};"));
    }
}

/// A label that is set to the right.
fn to_the_right(text: &str) -> String {
    format!("\"{}\\r\"", escaped(text))
}
