//! Shape, colour and line of each kind, the same in DOT and SVG.
//!
//! The hues are those of Okabe and Ito's palette for all kinds of colour vision, darkened for lines and lightened for
//! fills so that black text on every fill has a contrast above 12:1. No meaning rests on hue alone: kinds differ in
//! shape too, and a meeting's status also in its line and in words.

use crate::diagram::node::{EdgeKind, NodeKind};
use demarche_record::{ParticipantRole, Status};

/// The outline of a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Half circles at both ends.
    Pill,
    /// Four corners.
    Rectangle,
    /// Four corners, drawn twice.
    DoubleRectangle,
    /// A roof on a box.
    House,
    /// Four rounded corners.
    Rounded,
    /// A sheet with a folded corner.
    Note,
}

/// How a line is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dash {
    Solid,
    Dashed,
    Dotted,
}

impl Dash {
    /// Lengths of stroke and gap in pixels.
    pub(crate) fn pattern(self) -> Option<&'static str> {
        match self {
            Dash::Solid => None,
            Dash::Dashed => Some("7 4"),
            Dash::Dotted => Some("1.6 3.4"),
        }
    }

    /// Graphviz's name of the style.
    pub(crate) fn dot(self) -> &'static str {
        match self {
            Dash::Solid => "solid",
            Dash::Dashed => "dashed",
            Dash::Dotted => "dotted",
        }
    }
}

/// How a node looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NodeStyle {
    pub(crate) shape: Shape,
    pub(crate) fill: &'static str,
    pub(crate) stroke: &'static str,
    pub(crate) dash: Dash,
    /// Graphviz's shape.
    pub(crate) dot_shape: &'static str,
    /// What the legend calls it.
    pub(crate) name: &'static str,
}

const GREEN: &str = "#00795A";
const GREY: &str = "#6A6A6A";

pub(crate) fn node_style(kind: NodeKind) -> NodeStyle {
    let style =
        |shape, fill, stroke, dot_shape, name| NodeStyle { shape, fill, stroke, dash: Dash::Solid, dot_shape, name };
    let meeting = |fill, stroke, dash, name| NodeStyle { dash, ..style(Shape::Rounded, fill, stroke, "box", name) };
    match kind {
        NodeKind::Person => style(Shape::Pill, "#D9EBF9", "#005F9E", "ellipse", "person"),
        NodeKind::Organization => style(Shape::Rectangle, "#FDE9D2", "#A85A00", "box", "organization"),
        NodeKind::State => style(Shape::DoubleRectangle, "#FDE9D2", "#A85A00", "box", "state"),
        NodeKind::Place => style(Shape::House, "#EFE3F3", "#77428D", "house", "place"),
        NodeKind::Statement => style(Shape::Note, "#FFF9DB", "#8A7400", "note", "statement"),
        NodeKind::Meeting(status) => match status {
            Status::Held => meeting("#D3F0E4", GREEN, Dash::Solid, "meeting held or ongoing"),
            Status::Ongoing => meeting("#D3F0E4", GREEN, Dash::Solid, "meeting held or ongoing"),
            Status::Planned => meeting("#F0FAF6", GREEN, Dash::Dashed, "meeting planned"),
            Status::Proposed => meeting("#F0FAF6", GREEN, Dash::Dotted, "meeting proposed"),
            Status::Possible => meeting("#FFFFFF", GREEN, Dash::Dotted, "meeting possible"),
            Status::Postponed => meeting("#F1F1F1", GREY, Dash::Dashed, "meeting postponed"),
            Status::Cancelled => meeting("#E4E4E4", GREY, Dash::Dashed, "meeting cancelled"),
            Status::Denied => meeting("#F8E3EE", "#A33D78", Dash::Dotted, "meeting denied"),
        },
    }
}

/// How an edge looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct EdgeStyle {
    pub(crate) stroke: &'static str,
    pub(crate) dash: Dash,
    pub(crate) arrow: bool,
    /// What the legend calls it.
    pub(crate) name: &'static str,
    /// What stands on the line itself.
    pub(crate) label: Option<&'static str>,
}

pub(crate) fn edge_style(kind: EdgeKind) -> EdgeStyle {
    let style = |stroke, dash, arrow, name| EdgeStyle { stroke, dash, arrow, name, label: None };
    match kind {
        EdgeKind::TakesPart(role) => {
            let label = match role {
                ParticipantRole::Participant => None,
                ParticipantRole::Host => Some("host"),
                ParticipantRole::Guest => Some("guest"),
                ParticipantRole::Mediator => Some("mediator"),
            };
            EdgeStyle { label, ..style("#4A5A66", Dash::Solid, false, "takes part") }
        }
        EdgeKind::At => style("#77428D", Dash::Dotted, false, "takes place at"),
        EdgeKind::Said => style("#8A7400", Dash::Solid, true, "says"),
        EdgeKind::SaidTo => style("#8A7400", Dash::Dashed, true, "said to"),
        EdgeKind::Met => style("#4A5A66", Dash::Solid, false, "met (number of meetings)"),
    }
}

/// Width of the line of something that so many articles tell of, in pixels.
pub(crate) fn stroke_width(count: usize) -> f64 {
    1.3 + 0.6 * f64::from(count.max(1).ilog2().min(4))
}
