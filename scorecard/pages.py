"""Labelled pages, and the features that the program finds in them."""
import gzip
import hashlib
import json
import subprocess
from pathlib import Path

import numpy as np

CHROME, CONTENT, TITLE = "CR", "K", "N"
# A title, byline or date stands at most so many lines above the first paragraph.
TITLE_LINES = 12


class Pages:
    """Lines of labelled pages: one row for each line on which evidence may decide."""

    def __init__(self, names, values, rows):
        self.names = names
        self.values = values
        for name, column in rows.items():
            setattr(self, name, column)

    def value(self, name):
        return self.values[:, self.names.index(name)]

    @property
    def is_chrome(self):
        return np.isin(self.label, list(CHROME))

    @property
    def is_title(self):
        """Titles, bylines and dates that belong to the text: elsewhere on a page they belong to other stories."""
        place = self.value("first-paragraph")
        return (self.label == TITLE) & (self.value("words") > 1) & (place >= -TITLE_LINES) & (place <= 2) & self.open

    @property
    def is_content(self):
        return (self.label == CONTENT) | self.is_title


def read_documents(paths):
    """The documents of JSON lines files, gzip or not; a folder stands for all of its files."""
    for path in paths:
        files = sorted(path.glob("*.jsonl.gz")) if path.is_dir() else [path]
        for file in files:
            opened = gzip.open(file, "rt") if file.suffix == ".gz" else open(file)
            with opened as lines:
                for line in lines:
                    document = json.loads(line)
                    if "labels" in document:
                        yield document


def part(document, salt, parts):
    """The part of a document, the same for all of its host."""
    host = document.get("host") or document.get("url") or document.get("id")
    return hashlib.md5((salt + str(host)).encode()).digest()[0] % parts


def load(binary, documents):
    """Asks the program for the features of all documents."""
    columns = {name: [] for name in ("label", "chars", "document", "taken", "open")}
    values, names = [], None
    for markup in ("text", "markdown"):
        numbers = [number for number, document in enumerate(documents) if ("text" in document) == (markup == "markdown")]
        texts = [documents[number].get("text") or "\n".join(documents[number]["lines"]) for number in numbers]
        records = "".join(
            json.dumps({"url": documents[number].get("url"), "text": text}) + "\n" for number, text in zip(numbers, texts)
        )
        command = [binary, "features", "--format", "jsonl", "--markup", markup, "--level", "rules", "-"]
        output = subprocess.run(command, input=records.encode(), stdout=subprocess.PIPE, check=True).stdout
        lines = output.decode().split("\n")
        names = json.loads(lines[0])["features"]
        unknown = [0] * len(names)
        for found in map(json.loads, filter(None, lines[1:])):
            number = numbers[found["document"] - 1]
            document = documents[number]
            seen = document.get("visible") or document["lines"]
            for line, is_taken, row in found["lines"]:
                values.append(row or unknown)
                columns["label"].append(document["labels"][line - 1])
                columns["chars"].append(len(seen[line - 1]))
                columns["document"].append(number)
                columns["taken"].append(is_taken)
                columns["open"].append(row is not None)
    columns = {name: np.array(column) for name, column in columns.items()}
    return Pages(names, np.array(values, np.int16), columns)
