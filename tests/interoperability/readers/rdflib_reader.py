"""rdflib: OUT DATASET FILE…  (see ../main.rs for what a reader is asked to do)"""
import sys
from functools import cache
from pathlib import Path

import rdflib

rdflib.NORMALIZE_LITERALS = False  # else "0.50" becomes "0.5", which is another term


@cache
def read(file):
    graph = rdflib.Dataset(default_union=False)
    graph.parse(file)
    return graph


out, dataset, *files = sys.argv[1:]
for file in map(Path, files):
    if file.suffix == ".rq":
        answer = read(dataset).query(file.read_text("utf-8")).serialize(format="json")
        (Path(out) / f"{file.stem}.json").write_bytes(answer)
    else:
        (Path(out) / f"{file.name}.nq").write_text(read(file).serialize(format="nquads"), "utf-8")
