# SPARQLWrapper: BASE  (see ../clients.rs for what a client is asked to print)
import sys

from SPARQLWrapper import GET, JSON, JSONLD, POST, POSTDIRECTLY, RDFXML, TURTLE, URLENCODED, XML, SPARQLWrapper
from rdflib import Graph

base = sys.argv[1]
prefix = "PREFIX dm: <https://w3id.org/demarche#> "


def ask(query, form, method=GET, request=URLENCODED):
    client = SPARQLWrapper(base + "query")
    client.setQuery(prefix + query)
    client.setReturnFormat(form)
    client.setMethod(method)
    client.setRequestMethod(request)
    return client.queryAndConvert()


for method, request, form in [(GET, URLENCODED, TURTLE), (POST, URLENCODED, RDFXML), (POST, POSTDIRECTLY, JSONLD)]:
    rows = ask("SELECT ?a ?b { ?a dm:met ?b }", JSON, method, request)["results"]["bindings"]
    assert len(rows) == ask("SELECT ?a ?b { ?a dm:met ?b }", XML, method, request).toxml().count("<result>")
    yes = ask("ASK { ?a dm:met ?b }", JSON, method, request)["boolean"]
    triples = ask("CONSTRUCT { ?a dm:met ?b } { ?a dm:met ?b }", form, method, request)
    if isinstance(triples, bytes):
        triples = Graph().parse(data=triples, format="turtle")
    print(len(rows), yes, len(triples))
print(len(Graph().parse(base + "store?default")))
