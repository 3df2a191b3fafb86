//! The diagram as SVG: self-contained, with links and tooltips, the same bytes every time.

use crate::diagram::layout::place;
use crate::diagram::lettering::{FAMILIES, Letters};
use crate::diagram::node::{Diagram, Edge, EdgeKind, Layout, Node, NodeKind};
use crate::diagram::outline::{Outline, Point, ROOF};
use crate::diagram::palette::{Dash, NodeStyle, Shape, edge_style, node_style, stroke_width};
use crate::xml::Escaped;
use petgraph::visit::EdgeRef;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{self, Write};

pub(super) const PAGE_MARGIN: f64 = 28.0;
/// A heading needs this much width even over a small picture.
pub(super) const LEAST_WIDTH: f64 = 560.0;
pub(super) const INK: &str = "#14212B";
pub(super) const FAINT_INK: &str = "#40505B";
const TITLE: Letters = Letters::bold(19.0);
const CAPTION: Letters = Letters::regular(12.0);
const LEGEND: Letters = Letters::regular(11.5);
const EDGE_LABEL: Letters = Letters::regular(10.5);

impl Diagram {
    /// The diagram as an SVG image. A node is a link to its IRI, where that is a web address, and tells its label,
    /// details and note when the pointer rests on it. Letters are DejaVu Sans, or Verdana, which is about as wide.
    pub fn to_svg(&self) -> String {
        self.draw().0
    }

    /// The SVG with its width and height in pixels.
    pub(crate) fn draw(&self) -> (String, Point) {
        match self.layout() {
            Layout::Map => self.draw_map(),
            Layout::Timeline => self.draw_timeline(),
        }
    }

    fn draw_map(&self) -> (String, Point) {
        let graph = self.graph();
        let outlines: Vec<Outline> = graph.node_weights().map(|node| Outline::new(node, self.is_focus(node))).collect();
        let sizes: Vec<Point> = outlines.iter().map(|outline| outline.size).collect();
        let ends: Vec<(usize, usize)> =
            graph.edge_references().map(|edge| (edge.source().index(), edge.target().index())).collect();
        let mut centres = place(&sizes, &ends);

        let (low, high) = bounds(&centres, &sizes);
        let width = (high.x - low.x).max(LEAST_WIDTH);
        let mut page = Svg::default();
        let mut y = self.heading(&mut page, width);
        let shift = Point { x: PAGE_MARGIN + (width - (high.x - low.x)) / 2.0 - low.x, y: y - low.y };
        for centre in &mut centres {
            (centre.x, centre.y) = (centre.x + shift.x, centre.y + shift.y);
        }
        self.edges(&mut page, &outlines, &centres);
        for ((node, outline), &centre) in graph.node_weights().zip(&outlines).zip(&centres) {
            let width = stroke_width(node.sources) + if self.is_focus(node) { 1.6 } else { 0.0 };
            page.node(node, outline, centre, width);
        }
        y += high.y - low.y + 26.0;
        y = self.legend(&mut page, y, width);

        self.frame(page, width, y)
    }

    /// The page with its white ground, title and description; `bottom` is where it ends.
    pub(super) fn frame(&self, page: Svg, width: f64, bottom: f64) -> (String, Point) {
        let size = Point { x: (width + 2.0 * PAGE_MARGIN).ceil(), y: (bottom + PAGE_MARGIN * 0.6).ceil() };
        let mut svg = Svg::default();
        svg.put(format_args!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{w}\" height=\"{h}\" viewBox=\"0 0 {w} {h}\" \
             font-family=\"{FAMILIES}\" role=\"img\">\n",
            w = size.x,
            h = size.y
        ));
        svg.put(format_args!("<title>{}</title>\n", Escaped(&self.title)));
        svg.put(format_args!("<desc>{}</desc>\n", Escaped(&self.caption.join(" "))));
        svg.put(format_args!("<rect width=\"100%\" height=\"100%\" fill=\"#FFFFFF\"/>\n"));
        svg.out.push_str(&page.out);
        svg.out.push_str("</svg>\n");
        (svg.out, size)
    }

    /// Writes title and caption; gives back where the picture begins.
    pub(super) fn heading(&self, page: &mut Svg, width: f64) -> f64 {
        let mut lines = vec![(self.title.clone(), TITLE, INK)];
        if !self.caption.is_empty() {
            lines.push((self.caption.join(" "), CAPTION, FAINT_INK));
        }
        let mut y = PAGE_MARGIN;
        for (text, letters, ink) in lines {
            for line in letters.wrap(&text, width, 6) {
                y += letters.leading();
                page.text(&line, Point { x: PAGE_MARGIN, y: y - letters.leading() * 0.25 }, letters, ink, "start");
            }
        }
        y + 18.0
    }

    fn edges(&self, page: &mut Svg, outlines: &[Outline], centres: &[Point]) {
        let mut parallel: BTreeMap<(usize, usize), usize> = BTreeMap::new();
        let mut labels = Vec::new();
        for edge in self.graph().edge_references() {
            let (a, b) = (edge.source().index(), edge.target().index());
            if a == b {
                continue;
            }
            let before = parallel.entry((a.min(b), a.max(b))).or_default();
            let path = Path::between(a, b, *before, outlines, centres);
            *before += 1;
            page.edge(edge.weight(), &path, &self.graph()[edge.source()], &self.graph()[edge.target()]);
            if let Some(label) = label(edge.weight()) {
                labels.push((path, label));
            }
        }
        // Labels after all lines, so that no line runs through one, each where it hides neither box nor label. Where no
        // such place is left the tooltip of the line alone tells what it would have said.
        let mut taken: Vec<(Point, Point)> = centres.iter().zip(outlines).map(|(&c, o)| (c, o.size)).collect();
        for (path, label) in labels {
            let size = Point { x: EDGE_LABEL.width(&label) + 4.0, y: EDGE_LABEL.size + 2.0 };
            let free = [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82]
                .into_iter()
                .map(|t| path.at(t))
                .find(|&at| taken.iter().all(|&(c, s)| apart(at, size, c, s)));
            if let Some(at) = free {
                page.label(&label, at);
                taken.push((at, size));
            }
        }
    }

    /// Draws what the shapes and lines that occur mean; gives back where the legend ends.
    fn legend(&self, page: &mut Svg, top: f64, width: f64) -> f64 {
        let kinds = self.graph().node_weights().map(|node| node.kind).collect();
        let lines = self.graph().edge_weights().map(|edge| edge.kind).collect();
        legend(page, kinds, lines, top, width)
    }
}

/// Draws what shapes and lines mean; gives back where the legend ends.
pub(super) fn legend(
    page: &mut Svg,
    kinds: BTreeSet<NodeKind>,
    lines: BTreeSet<EdgeKind>,
    top: f64,
    width: f64,
) -> f64 {
    const SWATCH: f64 = 30.0;
    const ROW: f64 = 24.0;
    // Several kinds may share one look and one name.
    let mut names = BTreeSet::new();
    if kinds.is_empty() {
        return top;
    }
    page.put(format_args!(
        "<path d=\"M{} {}h{}\" stroke=\"#C9D1D6\" fill=\"none\"/>\n",
        Px(PAGE_MARGIN),
        Px(top - 8.0),
        Px(width)
    ));
    let (mut x, mut y) = (PAGE_MARGIN, top + ROW / 2.0);
    let mut advance = |name: &str| {
        let needed = SWATCH + 7.0 + LEGEND.width(name);
        if x + needed > PAGE_MARGIN + width && x > PAGE_MARGIN {
            (x, y) = (PAGE_MARGIN, y + ROW);
        }
        let at = Point { x, y };
        x += needed + 20.0;
        at
    };
    for style in kinds.into_iter().map(node_style).filter(|style| names.insert(style.name)) {
        let at = advance(style.name);
        let swatch = Outline { style, size: Point { x: SWATCH, y: 16.0 }, lines: Vec::new() };
        page.outline(&swatch, Point { x: at.x + SWATCH / 2.0, y: at.y }, 1.3);
        page.text(style.name, Point { x: at.x + SWATCH + 7.0, y: at.y + 4.0 }, LEGEND, INK, "start");
    }
    for style in lines.into_iter().map(edge_style).filter(|style| names.insert(style.name)) {
        let at = advance(style.name);
        let to = if style.arrow { SWATCH - 7.0 } else { SWATCH };
        page.put(format_args!(
            "<path d=\"M{} {}h{}\" stroke=\"{}\" stroke-width=\"1.5\"{} fill=\"none\"/>\n",
            Px(at.x),
            Px(at.y),
            Px(to),
            style.stroke,
            Dashes(style.dash)
        ));
        if style.arrow {
            page.arrow(Point { x: at.x + SWATCH, y: at.y }, Point { x: 1.0, y: 0.0 }, style.stroke);
        }
        page.text(style.name, Point { x: at.x + SWATCH + 7.0, y: at.y + 4.0 }, LEGEND, INK, "start");
    }
    y + ROW / 2.0
}

fn label(edge: &Edge) -> Option<String> {
    match edge.kind {
        EdgeKind::Met => Some(edge.count.to_string()),
        kind => edge_style(kind).label.map(str::to_owned),
    }
}

fn bounds(centres: &[Point], sizes: &[Point]) -> (Point, Point) {
    let (mut low, mut high) = (Point { x: f64::MAX, y: f64::MAX }, Point { x: f64::MIN, y: f64::MIN });
    for (c, s) in centres.iter().zip(sizes) {
        low = Point { x: low.x.min(c.x - s.x / 2.0), y: low.y.min(c.y - s.y / 2.0) };
        high = Point { x: high.x.max(c.x + s.x / 2.0), y: high.y.max(c.y + s.y / 2.0) };
    }
    if centres.is_empty() { (Point::default(), Point::default()) } else { (low, high) }
}

fn apart(a: Point, a_size: Point, b: Point, b_size: Point) -> bool {
    (a.x - b.x).abs() >= (a_size.x + b_size.x) / 2.0 || (a.y - b.y).abs() >= (a_size.y + b_size.y) / 2.0
}

/// A line between two borders: straight, or bent where another line joins the same nodes.
struct Path {
    from: Point,
    bend: Point,
    to: Point,
    straight: bool,
}

impl Path {
    fn between(a: usize, b: usize, before: usize, outlines: &[Outline], centres: &[Point]) -> Self {
        let (from, to) = (centres[a.min(b)], centres[a.max(b)]);
        let (dx, dy) = (to.x - from.x, to.y - from.y);
        let length = (dx * dx + dy * dy).sqrt().max(1e-6);
        let side = if before % 2 == 1 { 1.0 } else { -1.0 };
        let off = before.div_ceil(2) as f64 * 34.0 * side;
        let middle =
            Point { x: (from.x + to.x) / 2.0 - dy / length * off, y: (from.y + to.y) / 2.0 + dx / length * off };
        let clip = |end: usize| {
            let centre = centres[end];
            let border = outlines[end].border(Point { x: middle.x - centre.x, y: middle.y - centre.y });
            Point { x: centre.x + border.x, y: centre.y + border.y }
        };
        Self { from: clip(a), bend: middle, to: clip(b), straight: before == 0 }
    }

    fn at(&self, t: f64) -> Point {
        if self.straight {
            return Point {
                x: self.from.x + (self.to.x - self.from.x) * t,
                y: self.from.y + (self.to.y - self.from.y) * t,
            };
        }
        let (p, q, r) = ((1.0 - t) * (1.0 - t), 2.0 * t * (1.0 - t), t * t);
        Point {
            x: p * self.from.x + q * self.bend.x + r * self.to.x,
            y: p * self.from.y + q * self.bend.y + r * self.to.y,
        }
    }

    /// Unit vector in which the line arrives.
    fn arrival(&self) -> Point {
        let before = if self.straight { self.from } else { self.bend };
        let (dx, dy) = (self.to.x - before.x, self.to.y - before.y);
        let length = (dx * dx + dy * dy).sqrt().max(1e-6);
        Point { x: dx / length, y: dy / length }
    }
}

/// Writes SVG elements.
#[derive(Default)]
pub(super) struct Svg {
    out: String,
}

impl Svg {
    pub(super) fn append(&mut self, other: Svg) {
        self.out.push_str(&other.out);
    }

    pub(super) fn put(&mut self, text: fmt::Arguments<'_>) {
        self.out.write_fmt(text).expect("writing to a string cannot fail");
    }

    pub(super) fn text(&mut self, text: &str, at: Point, letters: Letters, ink: &str, anchor: &str) {
        let weight = if letters.bold { " font-weight=\"bold\"" } else { "" };
        self.put(format_args!(
            "<text x=\"{}\" y=\"{}\" font-size=\"{}\"{weight} fill=\"{ink}\" text-anchor=\"{anchor}\">{}</text>\n",
            Px(at.x),
            Px(at.y),
            letters.size,
            Escaped(text)
        ));
    }

    fn label(&mut self, text: &str, at: Point) {
        self.put(format_args!(
            "<text x=\"{}\" y=\"{}\" font-size=\"{}\" fill=\"{FAINT_INK}\" text-anchor=\"middle\" stroke=\"#FFFFFF\" \
             stroke-width=\"4\" stroke-linejoin=\"round\" paint-order=\"stroke\">{}</text>\n",
            Px(at.x),
            Px(at.y + EDGE_LABEL.size * 0.36),
            EDGE_LABEL.size,
            Escaped(text)
        ));
    }

    fn node(&mut self, node: &Node, outline: &Outline, centre: Point, width: f64) {
        let link = node.web_address();
        match link {
            Some(address) => self.put(format_args!("<a href=\"{}\" target=\"_blank\">\n", Escaped(address))),
            None => self.out.push_str("<g>\n"),
        }
        self.put(format_args!("<title>{}</title>\n", Escaped(&node.tooltip())));
        self.outline(outline, centre, width);
        for line in &outline.lines {
            let at = Point { x: centre.x, y: centre.y + line.y };
            self.text(&line.text, at, line.letters, line.ink, "middle");
        }
        self.out.push_str(if link.is_some() { "</a>\n" } else { "</g>\n" });
    }

    fn outline(&mut self, outline: &Outline, centre: Point, width: f64) {
        let NodeStyle { shape, fill, stroke, dash, .. } = outline.style;
        let (w, h) = (outline.size.x, outline.size.y);
        let (x, y) = (centre.x - w / 2.0, centre.y - h / 2.0);
        let paint = format!("fill=\"{fill}\" stroke=\"{stroke}\" stroke-width=\"{}\"{}", Px(width), Dashes(dash));
        match shape {
            Shape::House => self.put(format_args!(
                "<path d=\"M{} {}L{} {}L{} {}V{}H{}V{}Z\" stroke-linejoin=\"round\" {paint}/>\n",
                Px(x),
                Px(y + ROOF.min(h / 2.0)),
                Px(centre.x),
                Px(y),
                Px(x + w),
                Px(y + ROOF.min(h / 2.0)),
                Px(y + h),
                Px(x),
                Px(y + ROOF.min(h / 2.0)),
            )),
            Shape::Note => {
                let fold = ROOF.min(h / 2.0);
                self.put(format_args!(
                    "<path d=\"M{} {}H{}L{} {}V{}H{}ZM{} {}v{}h{}\" stroke-linejoin=\"round\" {paint}/>\n",
                    Px(x),
                    Px(y),
                    Px(x + w - fold),
                    Px(x + w),
                    Px(y + fold),
                    Px(y + h),
                    Px(x),
                    Px(x + w - fold),
                    Px(y),
                    Px(fold),
                    Px(fold),
                ));
            }
            Shape::Pill | Shape::Rounded | Shape::Rectangle | Shape::DoubleRectangle => {
                let corner = outline.corner().min(h / 2.0);
                self.put(format_args!(
                    "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"{}\" {paint}/>\n",
                    Px(x),
                    Px(y),
                    Px(w),
                    Px(h),
                    Px(corner)
                ));
            }
        }
        if shape == Shape::DoubleRectangle {
            self.put(format_args!(
                "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"none\" stroke=\"{stroke}\"/>\n",
                Px(x + 3.5),
                Px(y + 3.5),
                Px(w - 7.0),
                Px(h - 7.0)
            ));
        }
    }

    fn edge(&mut self, edge: &Edge, path: &Path, from: &Node, to: &Node) {
        let style = edge_style(edge.kind);
        let arrival = path.arrival();
        // The line ends where the head of the arrow begins, or its blunt end would stick out at the tip.
        let back = if style.arrow { 7.0 } else { 0.0 };
        let end = Point { x: path.to.x - arrival.x * back, y: path.to.y - arrival.y * back };
        self.put(format_args!("<path d=\"M{} {}", Px(path.from.x), Px(path.from.y)));
        if path.straight {
            self.put(format_args!("L{} {}\"", Px(end.x), Px(end.y)));
        } else {
            self.put(format_args!("Q{} {} {} {}\"", Px(path.bend.x), Px(path.bend.y), Px(end.x), Px(end.y)));
        }
        self.put(format_args!(
            " fill=\"none\" stroke=\"{}\" stroke-width=\"{}\"{}><title>{}</title></path>\n",
            style.stroke,
            Px(stroke_width(edge.count)),
            Dashes(style.dash),
            Escaped(&describe(edge, from, to))
        ));
        if style.arrow {
            self.arrow(path.to, arrival, style.stroke);
        }
    }

    fn arrow(&mut self, tip: Point, direction: Point, ink: &str) {
        let base = Point { x: tip.x - direction.x * 9.0, y: tip.y - direction.y * 9.0 };
        let across = Point { x: -direction.y * 4.0, y: direction.x * 4.0 };
        self.put(format_args!(
            "<path d=\"M{} {}L{} {}L{} {}Z\" fill=\"{ink}\"/>\n",
            Px(tip.x),
            Px(tip.y),
            Px(base.x + across.x),
            Px(base.y + across.y),
            Px(base.x - across.x),
            Px(base.y - across.y)
        ));
    }
}

fn describe(edge: &Edge, from: &Node, to: &Node) -> String {
    match edge.kind {
        EdgeKind::Met => {
            let times = if edge.count == 1 { "once".to_owned() } else { format!("{} times", edge.count) };
            format!("{} and {} met {times}", from.label, to.label)
        }
        kind => {
            let style = edge_style(kind);
            format!("{} — {} — {}", from.label, style.label.unwrap_or(style.name), to.label)
        }
    }
}

/// A length in pixels with at most two decimals.
pub(super) struct Px(pub(super) f64);

impl fmt::Display for Px {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Adding zero makes a negative zero positive.
        let hundredths = (self.0 * 100.0).round() / 100.0 + 0.0;
        write!(f, "{hundredths}")
    }
}

/// The attribute for a dashed line, or nothing.
pub(super) struct Dashes(pub(super) Dash);

impl fmt::Display for Dashes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.pattern() {
            None => Ok(()),
            Some(pattern) if self.0 == Dash::Dotted => {
                write!(f, " stroke-dasharray=\"{pattern}\" stroke-linecap=\"butt\"")
            }
            Some(pattern) => write!(f, " stroke-dasharray=\"{pattern}\""),
        }
    }
}
