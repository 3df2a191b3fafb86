"""Python's csv, on tables for the import of Neo4j: OUT FOLDER…  (see ../networks.rs for what such a reader is asked to do)"""
import csv
import json
import sys
from pathlib import Path

out, *folders = sys.argv[1:]
for folder in map(Path, folders):
    ids, things, links = set(), [], 0
    for file in sorted(folder.glob("*.csv")):
        rows = list(csv.DictReader(file.open(encoding="utf-8", newline=""), strict=True))
        assert all(None not in row and None not in row.values() for row in rows), f"{file}: rows of different length"
        if file.name.startswith("nodes_"):
            ids |= {row["id:ID"] for row in rows}
            things += [row["iri"] for row in rows]
        else:
            ends = {row[end] for row in rows for end in (":START_ID", ":END_ID")}
            assert ends <= ids, f"{file}: {ends - ids} are no nodes"
            links += len(rows)
    (Path(out) / f"{folder.name}.json").write_text(json.dumps({"things": things, "links": links}), "utf-8")
