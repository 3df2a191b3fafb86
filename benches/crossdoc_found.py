"""Meetings over documents, counted over the mentions that are found: how well those that are known to be of a meeting are put
together, whatever the reading has missed.

    python3 benches/crossdoc_found.py SHARED records.jsonl fused.jsonl [SET]

SHARED is the folder that has the scorer (`score/`) and the annotated sets (`eval/`); SET is `newswcl50` unless it is given. The
files are those that `score.py meetings-crossdoc` takes. Of the gold mentions those stay that the scorer finds in a fused meeting; the
rest is the scorer's own counting.
"""

import json
import pathlib
import sys

shared, records, fused = sys.argv[1:4]
name = sys.argv[4] if len(sys.argv) > 4 else "newswcl50"
sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(shared, "score")))
import common
import s_meetings

_, docs = common.load_set(str(pathlib.Path(shared, "eval", name)), None)
with open(records, encoding="utf-8") as lines:
    read, _ = common.attach(docs, [json.loads(line) for line in lines if line.strip()], None)
meetings = s_meetings.load_fused(fused)
for doc in docs:
    spans = meetings.get(doc.name, [])
    all_of_doc = [(chain["id"], tuple(mention)) for chain in doc.gold["meetings"] for mention in chain["mentions"]]
    found = {gold for gold, best in zip(all_of_doc, s_meetings.choose(all_of_doc, spans)) if best is not None}
    for chain in doc.gold["meetings"]:
        chain["mentions"] = [mention for mention in chain["mentions"] if (chain["id"], tuple(mention)) in found]
scores, _ = s_meetings.crossdoc(docs, read, meetings)
s_meetings.report(scores)
