"""icalendar: OUT FILE…  (see ../networks.rs for what such a reader is asked to do)"""
import json
import sys
from pathlib import Path

from icalendar import Calendar

out, *files = sys.argv[1:]
for file in map(Path, files):
    events = Calendar.from_ical(file.read_bytes()).walk("VEVENT")
    assert all(event.start < event.end for event in events)
    answer = {"things": [str(event["URL"]) for event in events], "links": 0}
    (Path(out) / f"{file.name}.json").write_text(json.dumps(answer), "utf-8")
