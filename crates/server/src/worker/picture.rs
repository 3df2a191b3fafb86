//! The diagram of who met whom.

use crate::api::Api;
use crate::exchange::{Answer, Failed, Failure, Picture, PictureFormat};
use demarche_graph::{Selection, Store};

/// Draws what is asked for.
pub(super) fn draw(store: &Store, api: &Api, picture: &Picture) -> Result<Answer, Failed> {
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
    let diagram = api.diagram(store, title, picture.statements)?.select(&selection).map_err(unfit)?;
    Ok(match picture.format {
        PictureFormat::Svg => Answer::new("image/svg+xml", diagram.to_svg()),
        PictureFormat::Dot => Answer::new("text/vnd.graphviz; charset=utf-8", diagram.to_dot()),
    })
}
