"""followthemoney: OUT FILE…  (see ../networks.rs for what such a reader is asked to do)"""
import json
import sys
from pathlib import Path

from followthemoney import model

out, *files = sys.argv[1:]
for file in map(Path, files):
    things, links = [], 0
    for line in file.open(encoding="utf-8"):
        entity = json.loads(line)
        model.get(entity["schema"]).validate(entity)
        proxy = model.get_proxy(entity, cleaned=False)  # what is no value of its property's type is dropped here
        for name, values in entity["properties"].items():
            taken = proxy.get(name)
            assert len(taken) == len(values), f"{entity['id']} ({entity['schema']}): {name} {values} is read as {taken}"
        links += proxy.schema.edge
        things += [] if proxy.schema.edge else [proxy.id]
    (Path(out) / f"{file.name}.json").write_text(json.dumps({"things": things, "links": links}), "utf-8")
