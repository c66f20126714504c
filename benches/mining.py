#!/usr/bin/env python3
"""What mining finds of a site's chrome, and what it costs, against two published recipes on the same pages.

    benches/mining.py pages/*.jsonl.gz --binary target/dist/dechrome --learn 0 6 12 25

Each file holds pages of one site: {"text": ...} a line, and is named after the site. Pages of one text count once; they
are shuffled with a fixed seed, the first half is learned from (or the first N of it), the second half is cleaned.
Characters are those of lines that are not blank, without white space at their ends:

  recurring  of the second half, in lines that stand on at least 10 % of its pages, and on two: to be taken
  once       of the second half, in lines that stand on one page of all: to be left
  prose      of the second half, in sentences of 80 characters that stand on less than 10 % of its pages: to be left. What two
             versions of a story share, or a book and its other edition, is in it, and not in what stands once

Exit status: 0 done, 2 wrong arguments.
"""

import argparse
import gzip
import json
import random
import re
import subprocess
import tempfile
from collections import Counter
from pathlib import Path

SHINGLE = 6  # words
RECURRING = 0.1  # part of the pages
PROSE = 80  # characters


def pages_of(path: Path) -> list[str]:
    with gzip.open(path, "rt") if path.suffix == ".gz" else path.open() as file:
        texts = [json.loads(line)["text"] for line in file]
    return list(dict.fromkeys(text for text in texts if text.strip()))


def lines_of(page: str) -> list[str]:
    return [line.strip() for line in page.split("\n") if line.strip()]


def squeezed(line: str) -> str:
    """As the recipes count lines: digits are zeros."""
    return re.sub(r"\d", "0", " ".join(line.split()))


def by_lines(learn: list[str], test: list[str]) -> list[list[float]]:
    """Lines on 30 % of the pages, and on five, go."""
    count = Counter()
    for page in learn:
        count.update({squeezed(line) for line in lines_of(page)})
    least = max(0.3 * len(learn), min(5, len(learn)))
    return [[count[squeezed(line)] >= least for line in lines_of(page)] for page in test]


def by_shingles(learn: list[str], test: list[str]) -> list[list[float]]:
    """Words in a row of six that half of the pages have go; a row runs over the ends of lines."""

    def words_of(page):
        return [(word, i) for i, line in enumerate(lines_of(page)) for word in squeezed(line).lower().split()]

    def rows(words):
        return [tuple(word for word, _ in words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1)]

    count = Counter()
    for page in learn:
        count.update(set(rows(words_of(page))))
    least = max(2, len(learn) / 2)
    marks = []
    for page in test:
        words = words_of(page)
        gone = [False] * len(words)
        for i, row in enumerate(rows(words)):
            if count[row] >= least:
                gone[i : i + SHINGLE] = [True] * SHINGLE
        total, lost = Counter(), Counter()
        for (_, line), is_gone in zip(words, gone):
            total[line] += 1
            lost[line] += is_gone
        marks.append([lost[i] / max(1, total[i]) for i in range(len(lines_of(page)))])
    return marks


def records(site: str, pages: list[str]) -> str:
    return "".join(json.dumps({"url": f"https://{site}/", "text": page}) + "\n" for page in pages)


def by_dechrome(binary: list[str], site: str, learn: list[str], test: list[str], built_in: bool) -> list[list[float]]:
    alone = [] if built_in else ["--no-builtin"]
    with tempfile.TemporaryDirectory() as folder:
        corpus, packs = Path(folder) / "learn.jsonl", Path(folder) / "packs"
        corpus.write_text(records(site, learn))
        subprocess.run([binary[0], "mine", corpus, "-o", packs, *alone, *binary[1:]], check=True, capture_output=True)
        mined = ["--packs", packs] if list(packs.glob("*.toml")) else []
        command = [binary[0], "clean", "--format", "jsonl", *mined, *alone, "--annotate"]
        done = subprocess.run(command, input=records(site, test), capture_output=True, text=True, check=True)
    return [gone_of(json.loads(line)) for line in done.stdout.splitlines()]


def gone_of(record: dict) -> list[float]:
    """Which part of each line goes, by the spans that were noted in the record."""
    text = record["text"].encode()
    gone = bytearray(len(text))
    for span in record.get("dechrome", []):
        gone[span["start"] : span["end"]] = b"\1" * (span["end"] - span["start"])
    marks, at = [], 0
    for line in text.split(b"\n"):
        if line.decode().strip():
            marks.append(gone[at : at + len(line)].count(1) / len(line))
        at += len(line) + 1
    return marks


def measure(binary: list[str], site: str, learn: list[str], test: list[str]) -> dict[str, Counter]:
    everywhere, tested = Counter(), Counter()
    for page in learn + test:
        everywhere.update(set(lines_of(page)))
    for page in test:
        tested.update(set(lines_of(page)))
    least = max(2, RECURRING * len(test))
    ways = {
        "6-word shingles in half the pages": by_shingles(learn, test),
        "lines on 30 % of the pages": by_lines(learn, test),
        "dechrome mine, its packs alone": by_dechrome(binary, site, learn, test, built_in=False),
        "dechrome mine, with built-in packs": by_dechrome(binary, site, learn, test, built_in=True),
    }
    sums = {way: Counter() for way in ways}
    for way, marks in ways.items():
        for page, gone in zip(test, marks, strict=True):
            for line, part in zip(lines_of(page), gone, strict=True):
                recurs = tested[line] >= least
                is_sentence = len(line) >= PROSE and line.rstrip("\"')”’»").endswith((".", "!", "?"))
                groups = {"recurring": recurs, "once": everywhere[line] == 1, "prose": is_sentence and not recurs}
                for group, belongs in groups.items():
                    if belongs:
                        sums[way][group] += len(line)
                        sums[way][group, "gone"] += len(line) * part
    return sums


def row(name: str, learned: str, sums: Counter) -> str:
    def percent(group):
        return f"{100 * sums[group, 'gone'] / sums[group]:.3f} %" if sums[group] else "-"

    return f"| {learned} | {name} | {percent('recurring')} | {percent('once')} | {percent('prose')} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--binary", default="target/dist/dechrome")
    parser.add_argument("--learn", type=int, nargs="*", default=[0], help="learn from so many pages; 0: from half of them")
    parser.add_argument("--mine", nargs="*", default=[], metavar="OPTION", help="options for mining, without their dashes")
    parser.add_argument("--seeds", type=int, default=3, help="so many splits")
    parser.add_argument("--by-site", action="store_true", help="a table for each site too")
    arguments = parser.parse_args()
    # The program, and what it is told to mine with.
    binary = [arguments.binary, *(f"--{option}" for option in arguments.mine)]
    print("| learned from | way | recurring taken | once taken | prose taken |\n| --- | --- | ---: | ---: | ---: |")
    for pages in arguments.learn:
        total: dict[str, Counter] = {}
        for file in arguments.files:
            site = file.name.split(".jsonl")[0]
            of_site: dict[str, Counter] = {}
            for seed in range(arguments.seeds):
                texts = pages_of(file)
                random.Random(seed).shuffle(texts)
                half = len(texts) // 2
                learn = texts[:half][: pages or half]
                for way, sums in measure(binary, site, learn, texts[half:]).items():
                    of_site.setdefault(way, Counter()).update(sums)
                    total.setdefault(way, Counter()).update(sums)
            if arguments.by_site:
                for way, sums in of_site.items():
                    print(row(f"{way}, {site}", f"{pages} pages" if pages else "half", sums))
        for way, sums in total.items():
            print(row(way, f"{pages} pages" if pages else "half", sums))


main()
