"""The results of pyshacl, one line for each file: name, then focus node, path, component and value of each, sorted.

Usage: pyshacl_results.py SHAPES|- ONTOLOGY|- FILE...  (- takes the shapes in the file itself, and no ontology)
"""

import json
import sys

import pyshacl
import rdflib
from rdflib.namespace import SH


def word(term):
    if term is None:
        return ""
    return "_" if isinstance(term, rdflib.BNode) else term.n3().replace('"""', '"').replace("\n", "\\n")


def results(file, shapes, ontology):
    data = rdflib.Graph().parse(file)
    conforms, report, _ = pyshacl.validate(data, shacl_graph=shapes or data, ont_graph=ontology, advanced=False)
    found = set()
    # What a result gives as its details are no results of their own.
    for result in report.objects(None, SH.result):
        parts = [report.value(result, part) for part in (SH.focusNode, SH.resultPath, SH.sourceConstraintComponent, SH.value)]
        found.add(tuple(word(part) for part in parts))
    assert conforms == (not found)
    return sorted(found)


# Literals stay as they are written.
rdflib.NORMALIZE_LITERALS = False
shapes, ontology = (None if name == "-" else rdflib.Graph().parse(name) for name in sys.argv[1:3])
for file in sys.argv[3:]:
    print(json.dumps([file, results(file, shapes, ontology)], ensure_ascii=False))
