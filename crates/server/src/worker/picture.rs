//! The diagram of who met whom.

use super::broken;
use crate::exchange::{Answer, Failed, Failure, Picture, PictureFormat};
use demarche_graph::{Diagram, Selection, Store};

/// Draws what is asked for.
pub(super) fn draw(store: &Store, picture: &Picture) -> Result<Answer, Failed> {
    let corpus = store.corpus().map_err(broken)?;
    let title = match &picture.about {
        Some(name) => format!("{name}: who met whom"),
        None => "Who met whom".to_owned(),
    };
    let selection = Selection {
        about: picture.about.clone(),
        since: picture.since.clone(),
        until: picture.until.clone(),
        statements: picture.statements,
        ..Selection::default()
    };
    let unfit = |error: demarche_graph::DiagramError| Failed::new(Failure::BadRequest, error.to_string());
    let diagram = Diagram::of_corpus(&corpus, store.names(), title).select(&selection).map_err(unfit)?;
    Ok(match picture.format {
        PictureFormat::Svg => Answer::new("image/svg+xml", diagram.to_svg()),
        PictureFormat::Dot => Answer::new("text/vnd.graphviz; charset=utf-8", diagram.to_dot()),
    })
}
