"""pyoxigraph: OUT DATASET FILE…  (see ../main.rs for what a reader is asked to do)"""
import sys
from functools import cache
from pathlib import Path

from pyoxigraph import QueryResultsFormat, RdfFormat, Store


@cache
def read(file):
    store = Store()
    store.load(path=str(file))
    return store


out, dataset, *files = sys.argv[1:]
for file in map(Path, files):
    if file.suffix == ".rq":
        answer = read(dataset).query(file.read_text("utf-8"))
        answer.serialize(output=Path(out) / f"{file.stem}.json", format=QueryResultsFormat.JSON)
    else:
        read(file).dump(output=Path(out) / f"{file.name}.nq", format=RdfFormat.N_QUADS)
