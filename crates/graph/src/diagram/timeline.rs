//! The timeline: time runs downwards, each who takes part has a lane, and each meeting or statement is a row that joins
//! the lanes of its people and says in words what it was. Rows and lanes never overlap, however many there are.

use crate::diagram::lettering::Letters;
use crate::diagram::node::{Days, Diagram, EdgeKind, Node, NodeKind};
use crate::diagram::outline::Point;
use crate::diagram::palette::{node_style, stroke_width};
use crate::diagram::svg::{Dashes, FAINT_INK, INK, LEAST_WIDTH, PAGE_MARGIN, Px, Svg, legend};
use crate::xml::Escaped;
use petgraph::Direction;
use petgraph::graph::NodeIndex;
use petgraph::visit::EdgeRef;
use std::collections::{BTreeMap, BTreeSet};

/// Distance of two lanes, in pixels.
const LANE: f64 = 24.0;
/// Widest words of a row, in pixels.
const WORDS: f64 = 460.0;
/// Names of lanes are cut at this width, in pixels.
const NAME: f64 = 150.0;
/// After at most so many rows the names of the lanes are written again.
const ROWS_BETWEEN_NAMES: usize = 30;
/// With more lanes than this in all, each stretch of rows has only its own.
const LANES_THROUGHOUT: usize = 40;
/// Sine of the angle at which names stand, 60 degrees.
const SLANT: f64 = 0.866_025_403_784_438_6;
const DATE_LETTERS: Letters = Letters::regular(11.5);
const YEAR_LETTERS: Letters = Letters::bold(13.0);
const NAME_LETTERS: Letters = Letters::regular(11.5);
const ROW_LETTERS: Letters = Letters::regular(12.0);

/// A meeting or statement with those who take part in it.
pub(super) struct Event<'d> {
    pub(super) node: &'d Node,
    /// `2021`; none where no day is known.
    pub(super) year: Option<String>,
    /// The time in words.
    pub(super) when: Option<&'d str>,
    /// Those who take part, speak or are spoken to.
    pub(super) people: Vec<NodeIndex>,
    names: Vec<&'d str>,
    place: Option<&'d str>,
}

impl Event<'_> {
    /// "Summit, Geneva: Joe Biden, Vladimir Putin (3 articles)".
    pub(super) fn sentence(&self) -> String {
        let place = self.place.map_or(String::new(), |place| format!(", {place}"));
        let status = match self.node.kind {
            NodeKind::Meeting(status) if !matches!(status, demarche_record::Status::Held) => Some(status.to_string()),
            _ => None,
        };
        let articles = (self.node.sources > 1).then(|| format!("{} articles", self.node.sources));
        let asides: Vec<String> = status.into_iter().chain(articles).collect();
        let asides = if asides.is_empty() { String::new() } else { format!(" ({})", asides.join(", ")) };
        let names = self.names.join(", ");
        match self.node.kind {
            NodeKind::Statement => format!("{names}: {}{asides}", self.node.label),
            _ => format!("{}{place}: {names}{asides}", self.node.label),
        }
    }
}

impl Diagram {
    /// Meetings and statements in the order of time, those without a time last.
    pub(super) fn events_in_time(&self) -> Vec<Event<'_>> {
        let graph = self.graph();
        let is_event = |node: &Node| matches!(node.kind, NodeKind::Meeting(_) | NodeKind::Statement);
        let mut events: Vec<Event> = graph
            .node_indices()
            .filter(|&index| is_event(&graph[index]))
            .map(|index| {
                let node = &graph[index];
                let ends =
                    graph.edges_directed(index, Direction::Incoming).map(|edge| (edge.source(), edge.weight().kind));
                let ends = ends.chain(
                    graph.edges_directed(index, Direction::Outgoing).map(|edge| (edge.target(), edge.weight().kind)),
                );
                let (places, mut people): (Vec<_>, Vec<_>) = ends.partition(|(_, kind)| *kind == EdgeKind::At);
                people.sort_unstable_by_key(|&(other, kind)| (kind, other));
                people.dedup_by_key(|(other, _)| *other);
                let first = first_day(node.days.as_ref());
                Event {
                    node,
                    year: first.and_then(|day| day.split('-').next()).map(str::to_owned),
                    when: node.details.first().filter(|_| first.is_some()).map(String::as_str),
                    names: people.iter().map(|&(other, _)| graph[other].label.as_str()).collect(),
                    people: people.into_iter().map(|(other, _)| other).collect(),
                    place: places.first().map(|&(place, _)| graph[place].label.as_str()),
                }
            })
            .collect();
        events.sort_by_key(|event| {
            let days = event.node.days.as_ref();
            let last = days.and_then(|days| days.latest.as_deref());
            (event.year.is_none(), first_day(days), last, &event.node.id)
        });
        events
    }

    /// The picture with its width and height in pixels.
    pub(super) fn draw_timeline(&self) -> (String, Point) {
        let events = self.events_in_time();
        let lanes = self.lanes(&events);
        let stretches = self.stretches(&events, &lanes);
        let dates = events.iter().filter_map(|event| event.when).map(|when| DATE_LETTERS.width(when));
        let dates = dates.fold(60.0, f64::max).min(190.0);
        let axis = PAGE_MARGIN + dates + 14.0;
        let most = stretches.iter().map(|stretch| stretch.lanes.len()).max().unwrap_or_default();
        let place = Place { axis, words: axis + 28.0 + LANE * most as f64, dates };
        let width = (place.words + WORDS - PAGE_MARGIN).max(LEAST_WIDTH);

        let mut page = Svg::default();
        let mut y = self.heading(&mut page, width);
        for stretch in &stretches {
            y = self.stretch(&mut page, stretch, &place, y, width);
        }
        let kinds: BTreeSet<NodeKind> = events.iter().map(|event| event.node.kind).collect();
        let y = legend(&mut page, kinds, BTreeSet::new(), y + 26.0, width);
        self.frame(page, width, y)
    }

    /// Those who take part, the one that the diagram is about first, then in the order in which they appear.
    pub(super) fn lanes(&self, events: &[Event]) -> Vec<NodeIndex> {
        let mut lanes: Vec<NodeIndex> = self.focus().and_then(|focus| self.node(focus)).into_iter().collect();
        lanes.retain(|&index| events.iter().any(|event| event.people.contains(&index)));
        let mut seen: BTreeSet<NodeIndex> = lanes.iter().copied().collect();
        lanes.extend(events.iter().flat_map(|event| event.people.iter().copied()).filter(|&index| seen.insert(index)));
        lanes
    }

    /// Cuts the rows where names are due again, into pieces about as long. Where there are few lanes they run through all
    /// pieces; else each piece has its own, so that its words stand near its rows.
    pub(super) fn stretches<'e>(&self, events: &'e [Event<'e>], lanes: &[NodeIndex]) -> Vec<Stretch<'e>> {
        let pieces = events.len().div_ceil(ROWS_BETWEEN_NAMES).max(1);
        let rows = events.len().div_ceil(pieces).max(1);
        let own = |events| if lanes.len() > LANES_THROUGHOUT { self.lanes(events) } else { lanes.to_vec() };
        events.chunks(rows).map(|events| Stretch { events, lanes: own(events) }).collect()
    }

    /// Draws rows under the names of their lanes; gives back where they end.
    fn stretch(&self, page: &mut Svg, stretch: &Stretch, place: &Place, top: f64, width: f64) -> f64 {
        let names: Vec<String> = stretch
            .lanes
            .iter()
            .map(|&index| NAME_LETTERS.wrap(&self.graph()[index].label, NAME, 1).pop().unwrap_or_default())
            .collect();
        let longest = names.iter().map(|name| NAME_LETTERS.width(name)).fold(0.0, f64::max);
        let begin = top + longest * SLANT + NAME_LETTERS.leading();
        // Lanes lie under the rows, so that rows are written apart.
        let mut rows = Svg::default();
        for (lane, name) in names.iter().enumerate() {
            let bold = self.is_focus(&self.graph()[stretch.lanes[lane]]);
            slanted(&mut rows, name, Point { x: place.lane(lane), y: begin - 6.0 }, bold);
        }
        let number: BTreeMap<NodeIndex, usize> =
            stretch.lanes.iter().enumerate().map(|(lane, &index)| (index, lane)).collect();
        let mut lives: Vec<Option<(f64, f64)>> = vec![None; stretch.lanes.len()];
        let mut y = begin;
        let mut year = None;
        for event in stretch.events {
            if year.as_ref() != Some(&event.year) {
                y += YEAR_LETTERS.leading() + 6.0;
                rows.put(format_args!(
                    "<path d=\"M{} {}H{}\" stroke=\"#C9D1D6\" fill=\"none\"/>\n",
                    Px(PAGE_MARGIN),
                    Px(y + 4.0),
                    Px(PAGE_MARGIN + width)
                ));
                let heading = event.year.as_deref().unwrap_or("Day unknown");
                rows.text(heading, Point { x: PAGE_MARGIN, y }, YEAR_LETTERS, INK, "start");
                y += 8.0;
                year = Some(event.year.clone());
            }
            let words = ROW_LETTERS.wrap(&event.sentence(), WORDS, 2);
            let height = 8.0 + ROW_LETTERS.leading() * words.len().max(1) as f64;
            let middle = y + height / 2.0;
            row(&mut rows, event, &number, place, middle, &words);
            for person in &event.people {
                let life = &mut lives[number[person]];
                *life = Some(life.map_or((middle, middle), |(from, _)| (from, middle)));
            }
            y += height;
        }
        for (lane, life) in lives.iter().enumerate() {
            line(page, place.lane(lane), begin, y, "#EDF1F3", 1.0);
            if let Some((first, last)) = life.filter(|(first, last)| first < last) {
                line(page, place.lane(lane), first, last, "#B9C5CC", 2.0);
            }
        }
        line(page, place.axis, begin, y, FAINT_INK, 1.5);
        page.append(rows);
        y
    }
}

/// Rows that have the names of their lanes above them.
pub(super) struct Stretch<'e> {
    pub(super) events: &'e [Event<'e>],
    pub(super) lanes: Vec<NodeIndex>,
}

/// Where the parts of a row lie, in pixels from the left.
struct Place {
    axis: f64,
    words: f64,
    /// The width of the dates before the axis.
    dates: f64,
}

impl Place {
    fn lane(&self, lane: usize) -> f64 {
        self.axis + 20.0 + LANE * lane as f64
    }
}

fn row(page: &mut Svg, event: &Event, lanes: &BTreeMap<NodeIndex, usize>, at: &Place, y: f64, words: &[String]) {
    let style = node_style(event.node.kind);
    let link = event.node.web_address();
    match link {
        Some(address) => page.put(format_args!("<a href=\"{}\" target=\"_blank\">\n", Escaped(address))),
        None => page.put(format_args!("<g>\n")),
    }
    page.put(format_args!("<title>{}</title>\n", Escaped(&event.node.tooltip())));
    if let Some(when) = event.when {
        let when = DATE_LETTERS.wrap(when, at.dates + 1.0, 1).pop().unwrap_or_default();
        let end = Point { x: at.axis - 10.0, y: y + DATE_LETTERS.size * 0.36 };
        page.text(&when, end, DATE_LETTERS, FAINT_INK, "end");
    }
    page.put(format_args!("<path d=\"M{} {}h6\" stroke=\"{FAINT_INK}\" fill=\"none\"/>\n", Px(at.axis - 3.0), Px(y)));
    let mut present: Vec<usize> = event.people.iter().filter_map(|person| lanes.get(person)).copied().collect();
    present.sort_unstable();
    let width = stroke_width(event.node.sources);
    if let [first, .., last] = present[..] {
        page.put(format_args!(
            "<path d=\"M{} {}H{}\" stroke=\"{}\" stroke-width=\"{}\"{} fill=\"none\"/>\n",
            Px(at.lane(first)),
            Px(y),
            Px(at.lane(last)),
            style.stroke,
            Px(width),
            Dashes(style.dash)
        ));
    }
    for lane in present {
        page.put(format_args!(
            "<circle cx=\"{}\" cy=\"{}\" r=\"5\" fill=\"{}\" stroke=\"{}\" stroke-width=\"{}\"/>\n",
            Px(at.lane(lane)),
            Px(y),
            style.fill,
            style.stroke,
            Px(width)
        ));
    }
    let mut baseline = y - ROW_LETTERS.leading() * (words.len() as f64 - 1.0) / 2.0 + ROW_LETTERS.size * 0.36;
    for line in words {
        page.text(line, Point { x: at.words, y: baseline }, ROW_LETTERS, INK, "start");
        baseline += ROW_LETTERS.leading();
    }
    page.put(format_args!("{}\n", if link.is_some() { "</a>" } else { "</g>" }));
}

fn slanted(page: &mut Svg, name: &str, at: Point, bold: bool) {
    let weight = if bold { " font-weight=\"bold\"" } else { "" };
    page.put(format_args!(
        "<text transform=\"translate({} {}) rotate(-60)\" font-size=\"{}\"{weight} fill=\"{INK}\">{}</text>\n",
        Px(at.x + 4.0),
        Px(at.y),
        NAME_LETTERS.size,
        Escaped(name)
    ));
}

fn line(page: &mut Svg, x: f64, from: f64, to: f64, ink: &str, width: f64) {
    page.put(format_args!(
        "<path d=\"M{} {}V{}\" stroke=\"{ink}\" stroke-width=\"{}\" fill=\"none\"/>\n",
        Px(x),
        Px(from),
        Px(to),
        Px(width)
    ));
}

fn first_day(days: Option<&Days>) -> Option<&str> {
    let days = days?;
    days.earliest.as_deref().or(days.latest.as_deref())
}
