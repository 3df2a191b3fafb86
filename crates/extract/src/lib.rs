//! From an article to the record of who met whom and who said what.
