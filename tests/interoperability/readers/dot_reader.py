"""Graphviz: OUT FILE…  (see ../networks.rs for what such a reader is asked to do)

Draws each file and counts what is in the picture.
"""
import json
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

SVG = "{http://www.w3.org/2000/svg}"
HREF = "{http://www.w3.org/1999/xlink}href"

out, *files = sys.argv[1:]
for file in map(Path, files):
    drawn = subprocess.run(["dot", "-Tsvg", file], check=True, capture_output=True)
    assert not drawn.stderr, drawn.stderr.decode()
    groups = list(ElementTree.fromstring(drawn.stdout).iter(f"{SVG}g"))
    nodes = [group for group in groups if group.get("class") == "node"]
    things = [node.find(f".//{SVG}a").get(HREF) for node in nodes]
    links = sum(group.get("class") == "edge" for group in groups)
    (Path(out) / f"{file.name}.json").write_text(json.dumps({"things": things, "links": links}), "utf-8")
