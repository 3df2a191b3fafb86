//! A node as it is drawn: its lines of text, its size, and where its border runs.

use crate::diagram::lettering::Letters;
use crate::diagram::node::{Node, NodeKind};
use crate::diagram::palette::{NodeStyle, Shape, node_style};

/// A point or a size in pixels; y grows downwards.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Point {
    pub(crate) x: f64,
    pub(crate) y: f64,
}

/// Height of the roof of a place and size of the fold of a statement, in pixels.
pub(crate) const ROOF: f64 = 12.0;

/// One line of text in a node.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct TextLine {
    pub(crate) text: String,
    pub(crate) letters: Letters,
    pub(crate) ink: &'static str,
    /// The baseline, counted from the centre of the node.
    pub(crate) y: f64,
}

/// A node ready to be drawn around its centre.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Outline {
    pub(crate) style: NodeStyle,
    /// Width and height.
    pub(crate) size: Point,
    pub(crate) lines: Vec<TextLine>,
}

const INK: &str = "#14212B";
const FAINT_INK: &str = "#40505B";

impl Outline {
    /// The outline of a node; `bold` for the one that the diagram is about.
    pub(crate) fn new(node: &Node, bold: bool) -> Self {
        let style = node_style(node.kind);
        // Widths and numbers of lines that keep a name on one or two lines and a quotation near a square.
        let (letters, width, most) = match node.kind {
            NodeKind::Person | NodeKind::Organization | NodeKind::State => (Letters { bold, size: 13.0 }, 140.0, 4),
            NodeKind::Place => (Letters { bold, size: 12.0 }, 120.0, 3),
            NodeKind::Meeting(_) => (Letters::bold(12.0), 150.0, 4),
            NodeKind::Statement => (Letters::regular(11.5), 210.0, 7),
        };
        let small = Letters::regular(10.5);
        let label = if node.label.trim().is_empty() { "?" } else { &node.label };
        let mut lines: Vec<(String, Letters, &'static str)> =
            letters.wrap(label, width, most).into_iter().map(|line| (line, letters, INK)).collect();
        for detail in &node.details {
            lines.extend(small.wrap(detail, width, 2).into_iter().map(|line| (line, small, FAINT_INK)));
        }
        let text_width = lines.iter().map(|(text, letters, _)| letters.width(text)).fold(0.0, f64::max);
        let text_height: f64 = lines.iter().map(|(_, letters, _)| letters.leading()).sum();
        let (pad, top, bottom) = match style.shape {
            Shape::Pill => (6.0 + (text_height * 0.5).min(16.0), 6.0, 6.0),
            Shape::Rectangle | Shape::Rounded => (11.0, 7.0, 7.0),
            Shape::DoubleRectangle => (13.0, 9.0, 9.0),
            Shape::House => (11.0, ROOF, 6.0),
            Shape::Note => (14.0, 9.0, 8.0),
        };
        let size = Point { x: (text_width + 2.0 * pad).max(44.0), y: text_height + top + bottom };
        let mut y = top - size.y / 2.0;
        let lines = lines
            .into_iter()
            .map(|(text, letters, ink)| {
                let baseline = y + letters.leading() * 0.5 + letters.size * 0.36;
                y += letters.leading();
                TextLine { text, letters, ink, y: baseline }
            })
            .collect();
        Self { style, size, lines }
    }

    /// Radius of the corners.
    pub(crate) fn corner(&self) -> f64 {
        match self.style.shape {
            Shape::Pill => self.size.x.min(self.size.y) / 2.0,
            Shape::Rounded => 9.0,
            _ => 0.0,
        }
    }

    /// Whether a point, counted from the centre, lies inside the border.
    pub(crate) fn contains(&self, point: Point) -> bool {
        let half = Point { x: self.size.x / 2.0, y: self.size.y / 2.0 };
        let (x, y) = (point.x.abs(), point.y.abs());
        if x > half.x || y > half.y {
            return false;
        }
        match self.style.shape {
            Shape::Pill | Shape::Rounded => {
                let r = self.corner();
                let (dx, dy) = ((x - (half.x - r)).max(0.0), (y - (half.y - r)).max(0.0));
                dx * dx + dy * dy <= r * r
            }
            Shape::House => point.y >= -half.y + ROOF * x / half.x,
            Shape::Note => !(point.x > 0.0 && point.y < 0.0 && (half.x - point.x) + (point.y + half.y) < ROOF),
            Shape::Rectangle | Shape::DoubleRectangle => true,
        }
    }

    /// Where the line from the centre towards `direction` leaves the node, counted from the centre; by halving, as it
    /// serves every convex shape.
    pub(crate) fn border(&self, direction: Point) -> Point {
        let length = (direction.x * direction.x + direction.y * direction.y).sqrt();
        if length <= 0.0 {
            return Point::default();
        }
        let unit = Point { x: direction.x / length, y: direction.y / length };
        let at = |t: f64| Point { x: unit.x * t, y: unit.y * t };
        let (mut inside, mut outside) = (0.0, self.size.x + self.size.y);
        for _ in 0..40 {
            let middle = (inside + outside) / 2.0;
            if self.contains(at(middle)) { inside = middle } else { outside = middle }
        }
        at(inside)
    }
}
