//! `demarche schema`: the JSON Schema of the records.

use crate::Outcome;
use crate::terminal::output;
use anyhow::Result;
use std::io::Write;

pub(crate) fn run() -> Result<Outcome> {
    let mut out = output();
    serde_json::to_writer_pretty(&mut out, &demarche_record::json_schema())?;
    out.write_all(b"\n")?;
    out.flush()?;
    Ok(Outcome::Complete)
}
