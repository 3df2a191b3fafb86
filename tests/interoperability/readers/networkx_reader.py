"""networkx: OUT FILE…  (see ../networks.rs for what such a reader is asked to do)"""
import json
import sys
from pathlib import Path

import networkx

out, *files = sys.argv[1:]
for file in map(Path, files):
    read = networkx.read_gexf if file.suffix == ".gexf" else networkx.read_graphml
    graph = read(file)
    things = [thing for _, thing in graph.nodes(data="iri")]
    answer = {"things": things, "links": graph.number_of_edges()}
    (Path(out) / f"{file.name}.json").write_text(json.dumps(answer), "utf-8")
