//! Documents of a limited length.

use crate::exchange::{Answer, Bounds, Failed, Failure};
use crate::media;
use demarche_graph::model::Quad;
use demarche_graph::{Format, Namespace, write_quads};
use std::io::{self, Write};

impl Bounds {
    /// Whether one more row or triple may come after so many.
    pub(super) fn admit(self, already: usize, of: &str) -> Result<(), Failed> {
        if already < self.rows {
            return Ok(());
        }
        let reason = format!("the answer has more than {} {of}: ask for a part of it (LIMIT, OFFSET)", self.rows);
        Err(Failed::new(Failure::TooLarge, reason))
    }

    /// A document that takes no more bytes than it may.
    pub(super) fn document(self) -> Document {
        Document { bytes: Vec::new(), most: self.bytes }
    }

    /// Quads as a document.
    pub(super) fn of_quads(self, quads: Vec<Quad>, format: Format, names: &Namespace) -> Result<Answer, Failed> {
        let mut body = self.document();
        let too_long = |error: demarche_graph::StoreError| Failed::new(Failure::TooLarge, error.to_string());
        write_quads(quads, format, names, &mut body).map_err(too_long)?;
        Ok(Answer::new(media::of_graph(format), body.bytes))
    }
}

/// Bytes up to a limit.
pub(super) struct Document {
    pub bytes: Vec<u8>,
    most: usize,
}

impl Write for Document {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.bytes.len() + bytes.len() > self.most {
            let reason = format!("the answer has more than {} bytes: ask for a part of it (LIMIT, OFFSET)", self.most);
            return Err(io::Error::other(reason));
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
