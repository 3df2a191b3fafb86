//! Who met whom, where and when, and who said what: news as a knowledge graph.

fn main() {}
