"""Writes what spaCy says of texts: the expected output that the tests and `examples/parity.rs` compare with.

    python expected.py MODEL [--lines] FILE... > expected.jsonl

MODEL is a model's name or folder. Every file is one text; with --lines every line of a file is one, "\\n" and "\\t" in it
stand for the characters, and lines that begin with "# " are left out. A text becomes one line of JSON: {"id", "text", "tokens": [[start, end, space_after, tag, pos, head, dep, lemma]...], "ents": [[first, last + 1, label]...],
"sents": [[first, last + 1]...]}; starts and ends are bytes of UTF-8, heads and ranges count tokens.
"""

import argparse
import json
import sys
from pathlib import Path

import spacy


def read(path, lines):
    text = Path(path).read_bytes().decode("utf-8")
    if not lines:
        yield str(path), text
        return
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip() and not line.startswith("# "):
            # A line stands for one text; \n and \t in it are the characters, so that texts may hold them.
            yield f"{Path(path).name}:{number}", line.replace("\\n", "\n").replace("\\t", "\t")


def analysis(name, doc):
    offsets = [0]
    for c in doc.text:
        offsets.append(offsets[-1] + len(c.encode("utf-8")))
    tokens = [
        [
            offsets[t.idx],
            offsets[t.idx + len(t)],
            int(bool(t.whitespace_)),
            t.tag_,
            t.pos_,
            t.head.i,
            t.dep_,
            t.lemma_,
        ]
        for t in doc
    ]
    return {
        "id": name,
        "text": doc.text,
        "tokens": tokens,
        "ents": [[e.start, e.end, e.label_] for e in doc.ents],
        "sents": [[s.start, s.end] for s in doc.sents],
    }


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("model")
    arguments.add_argument("files", nargs="+")
    arguments.add_argument("--lines", action="store_true")
    options = arguments.parse_args()
    nlp = spacy.load(options.model)
    for path in options.files:
        for name, text in read(path, options.lines):
            # One text at a time: in a batch, matrix products may differ in the last bit.
            print(json.dumps(analysis(name, nlp(text)), ensure_ascii=False, separators=(",", ":")))


if __name__ == "__main__":
    sys.exit(main())
