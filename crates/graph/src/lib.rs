//! Records as an RDF graph: Oxigraph store, SPARQL, diagrams and exports.
