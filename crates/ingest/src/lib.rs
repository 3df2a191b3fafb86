//! Reading articles: files, folders, front matter, manifests.
