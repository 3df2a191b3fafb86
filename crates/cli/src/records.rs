//! Files of records, one JSON object a line.

use crate::terminal::complain;
use anyhow::{Context, Result};
use demarche_record::{Record, validate};
use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::Path;

/// Hands the lines of a file (`-` for standard input) to `take`, each with its number from 1; empty ones are left out.
pub(crate) fn lines(file: &Path, mut take: impl FnMut(usize, &str) -> Result<()>) -> Result<()> {
    let unreadable = || format!("{}: cannot be read", file.display());
    let reader: Box<dyn BufRead> = if file == Path::new("-") {
        Box::new(io::stdin().lock())
    } else {
        Box::new(BufReader::new(File::open(file).with_context(unreadable)?))
    };
    for (number, line) in (1..).zip(reader.lines()) {
        let line = line.with_context(unreadable)?;
        if !line.trim().is_empty() {
            take(number, &line)?;
        }
    }
    Ok(())
}

/// Hands the records of a file to `take`. A line that is none, or whose spans do not read what they say in the text that it
/// carries, is named on standard error; the number of those is returned.
pub(crate) fn read(file: &Path, mut take: impl FnMut(Record) -> Result<()>) -> Result<usize> {
    let mut failed = 0;
    lines(file, |number, line| match parse(line).and_then(sound) {
        Ok(record) => take(record),
        Err(problem) => {
            complain(&format!("{}:{number}: {problem}", file.display()));
            failed += 1;
            Ok(())
        }
    })?;
    Ok(failed)
}

/// Reads a record, or tells why it is none.
pub(crate) fn parse(line: &str) -> Result<Record, String> {
    let record: Record =
        serde_json::from_str(line).map_err(|error| format!("is no record: {error}; see `demarche schema`"))?;
    if record.schema != demarche_record::SCHEMA {
        return Err(format!("is no record: its schema is {:?}, not {:?}", record.schema, demarche_record::SCHEMA));
    }
    Ok(record)
}

/// The record, unless its own text contradicts it.
fn sound(record: Record) -> Result<Record, String> {
    let Some(text) = &record.text else { return Ok(record) };
    match validate(&record, text).first() {
        Some(violation) => Err(format!("{}: {violation}", record.source)),
        None => Ok(record),
    }
}
