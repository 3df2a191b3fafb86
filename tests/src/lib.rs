//! End-to-end suites of demarche live in `tests/tests`.
