"""igraph: OUT FILE…  (see ../networks.rs for what such a reader is asked to do)"""
import json
import sys
from pathlib import Path

import igraph

out, *files = sys.argv[1:]
for file in map(Path, files):
    graph = igraph.Graph.Read_GraphML(str(file))
    answer = {"things": graph.vs["iri"], "links": graph.ecount()}
    (Path(out) / f"{file.name}.json").write_text(json.dumps(answer), "utf-8")
