# rdflib: BASE  (see ../clients.rs for what a client is asked to print)
import sys

from rdflib import Graph
from rdflib.plugins.stores.sparqlstore import SPARQLStore

base = sys.argv[1]
prefix = "PREFIX dm: <https://w3id.org/demarche#> "
for method, form in [("GET", "json"), ("POST", "json"), ("POST_FORM", "xml")]:
    graph = Graph(SPARQLStore(base + "query", method=method, returnFormat=form))
    rows = graph.query(prefix + "SELECT ?a ?b { ?a dm:met ?b }")
    yes = graph.query(prefix + "ASK { ?a dm:met ?b }").askAnswer
    triples = graph.query(prefix + "CONSTRUCT { ?a dm:met ?b } { ?a dm:met ?b }").graph
    print(len(rows), yes, len(triples))
print(len(Graph().parse(base + "store?default")))
