//! Why an input or a manifest could not be read.

use std::path::PathBuf;

/// Why an input or a manifest could not be read. Each says which file, what is wrong and what to do.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The system refused.
    #[error("{}: cannot be read: {source}; check the path and its permissions", .path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A folder holds no article.
    #[error("{}: no article in this folder; articles end in .txt, .text, .md or .markdown (name other files one by one)", .path.display())]
    NoArticles {
        /// The folder.
        path: PathBuf,
    },
    /// The bytes are no text.
    #[error("{}: not a text ({reason}); convert it to plain text or Markdown first", .path.display())]
    Binary {
        /// The file.
        path: PathBuf,
        /// How that was seen.
        reason: &'static str,
    },
    /// The file is larger than an article can be.
    #[error("{}: {size} bytes are more than the limit of {limit} for one article; split it into articles", .path.display())]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// Its size in bytes.
        size: u64,
        /// The limit in bytes.
        limit: u64,
    },
    /// A manifest has something wrong in it.
    #[error("{}:{line}: {problem}", .path.display())]
    Manifest {
        /// The manifest.
        path: PathBuf,
        /// The line, from 1.
        line: u64,
        /// What is wrong and what to do.
        problem: String,
    },
}

impl Error {
    /// The file, folder or manifest that could not be read.
    pub fn path(&self) -> &std::path::Path {
        match self {
            Self::Io { path, .. }
            | Self::NoArticles { path }
            | Self::Binary { path, .. }
            | Self::TooLarge { path, .. }
            | Self::Manifest { path, .. } => path,
        }
    }
}
