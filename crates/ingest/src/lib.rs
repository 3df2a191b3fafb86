//! Reading articles: files, folders, front matter, manifests.
//!
//! [`find`] turns what a user names into a list of inputs, [`Reader`] turns an input into an
//! [`Article`](demarche_record::Article). An input that cannot be read costs only itself.
//!
//! ```
//! use demarche_ingest::{Reader, find};
//!
//! let folder = tempfile::tempdir()?;
//! let file = folder.path().join("bern.md");
//! std::fs::write(&file, "---\ntitle: Talks in Bern\ndate: 2021-06-16\n---\nMs. Wu met Mr. Łukasz.\n")?;
//!
//! let reader = Reader::new();
//! for input in find([folder.path()]) {
//!     let article = reader.read(&input?)?;
//!     assert_eq!(article.title.as_deref(), Some("Talks in Bern"));
//!     assert_eq!(article.published.earliest.as_deref(), Some("2021-06-16"));
//!     // The text is the file as it stands; the article is what follows the front matter.
//!     assert_eq!(&article.text[article.content.clone()], "Ms. Wu met Mr. Łukasz.\n");
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Offsets
//!
//! The text of an article is the file as it stands: nothing is trimmed, line ends are kept, the front matter and a
//! byte order mark of UTF-8 stay in. Its code points are those that Python's `open(file, encoding="utf-8", newline="")`
//! counts (for UTF-16, `encoding="utf-16"`, which takes the mark away).
//!
//! # Diagnostics
//!
//! | code | severity | means |
//! |---|---|---|
//! | `D0101` | warning | the bytes are not UTF-8 and were read as Windows-1252 |
//! | `D0102` | warning | malformed UTF-16: some characters were replaced by U+FFFD |
//! | `D0103` | warning | the front matter is not valid YAML; its plain `key: value` lines were read |
//! | `D0104` | warning | the front matter's date cannot be read and is not used |
//! | `D0105` | info | a first line `---` does not begin a front matter; all was read as text |
//! | `D0106` | warning | the file looks like HTML; its tags were read as text |
//! | `D0107` | warning | there is no text |

mod date;
mod decode;
mod error;
mod find;
mod front_matter;
mod manifest;
mod reader;

pub use date::{DateError, parse_date};
pub use error::Error;
pub use find::{Input, find};
pub use manifest::{Manifest, Row};
pub use reader::Reader;
