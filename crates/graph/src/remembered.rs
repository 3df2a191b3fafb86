//! What blocks of names and meetings came to, kept beside the graph from one build to the next.

use crate::error::StoreError;
use crate::folder::Folder;
use crate::view::Grounds;
use demarche_record::Record;
use demarche_resolve::Memory;
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read, Write};

/// Whether anything is kept, be it of use or not.
pub(crate) fn is_kept(folder: &Folder) -> bool {
    folder.memory().is_file()
}

/// Opens what is kept; nothing is remembered where it is missing, damaged or of other rules.
pub(crate) fn open(folder: &Folder, grounds: &Grounds, records: &[Record]) -> Memory {
    let digest = |record: &Record| Some((record.id.clone(), grounds.of_record(record)?.to_owned()));
    let digests: BTreeMap<String, String> = records.iter().filter_map(digest).collect();
    let kept = read(folder).and_then(|json| Memory::read(digests.clone(), &json));
    kept.unwrap_or_else(|| Memory::new(digests))
}

/// Keeps what was met.
pub(crate) fn keep(folder: &Folder, memory: &Memory) -> Result<(), StoreError> {
    folder.write_whole_with(&folder.memory(), |file| {
        let mut encoder = GzEncoder::new(file, Compression::fast());
        encoder.write_all(&memory.write())?;
        encoder.finish().map(|_| ())
    })
}

fn read(folder: &Folder) -> Option<Vec<u8>> {
    fn all(file: File) -> io::Result<Vec<u8>> {
        let mut json = Vec::new();
        GzDecoder::new(file).read_to_end(&mut json)?;
        Ok(json)
    }
    all(File::open(folder.memory()).ok()?).ok()
}
