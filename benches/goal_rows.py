"""The goals of cleaning: built-in packs, JSONL, lists against the tools people use."""

import json
import statistics
import subprocess
import sys
from pathlib import Path
from typing import Callable

from corpus import Corpus
from goal_runs import Bench, Row, contender, large_file
from report import LANGUAGE_NAMES

WORDS = {"whole": "whole lines", "contains": "contains"}  # what a job is called in the table
LINES_A_RECORD = 40  # of a record whose line feeds are escapes
# Scans the whole text as one block, and stops at nothing: what its automaton takes, without lines.
VECTORSCAN = """
import resource, sys, hyperscan
phrases = open(sys.argv[1], "rb").read().splitlines()
text = open(sys.argv[2], "rb").read()
flags = hyperscan.HS_FLAG_CASELESS | hyperscan.HS_FLAG_SINGLEMATCH
database = hyperscan.Database()
database.compile(expressions=phrases, flags=[flags] * len(phrases), ids=range(len(phrases)), literal=True)
before = resource.getrusage(resource.RUSAGE_SELF).ru_utime
database.scan(text, match_event_handler=lambda *match: None)
print(resource.getrusage(resource.RUSAGE_SELF).ru_utime - before)
"""


def beside_cat(bench: Bench) -> Row:
    texts = [bench.corpus(f"{language}-whole-usual-1000") for language in LANGUAGE_NAMES]
    ratios = [bench.ratio(bench.built_in(text), ["cat", str(text)]) for text in texts]
    measured = ", ".join(f"{name} {ratio:.1f} ×" for name, ratio in zip(LANGUAGE_NAMES.values(), ratios))
    return Row("built-in packs, generated text, one thread", "4 × `cat` at most", measured, max(ratios) <= 4)


def pages_as_text(bench: Bench) -> Row:
    """Text in the shape of real pages, with the speed, as it is these that people have."""
    text = bench.pages("txt")
    ours, copying = bench.medians(bench.built_in(text), ["cat", str(text)])
    ratio, speed = ours / copying, text.stat().st_size / 1e6 / ours
    measured = f"{ratio:.1f} ×, {speed:.0f} MB/s of CPU"
    return Row("built-in packs, pages as text, one thread", "6 × `cat` at most", measured, ratio <= 6)


def pages_without_start(bench: Bench) -> Row:
    text = bench.pages("txt")
    ours, start = bench.medians(bench.built_in(text), bench.built_in(bench.empty()))
    a_byte = (ours - start) * 1e9 / text.stat().st_size
    measured = f"{a_byte:.1f} ns, reading and writing included"
    return Row("the same without the start, a byte", "1.8 ns at most", measured, a_byte <= 1.8)


def jsonl(bench: Bench) -> Row:
    plain, escaped = (records(bench, lines) for lines in (1, LINES_A_RECORD))
    speeds = [bench.speed(text, bench.built_in(text)) for text in (plain, escaped, bench.pages("jsonl"))]
    measured = "; ".join(f"{speed:.0f}" for speed in speeds) + " MB/s of CPU"
    is_met = all(speed >= goal for speed, goal in zip(speeds, (600, 450, 400)))
    return Row(
        "JSONL, built-in packs: English; with a tenth of escapes; pages", "600; 450; 400 MB/s at least", measured, is_met
    )


def records(bench: Bench, lines: int) -> Path:
    """The usual English corpus as JSONL with so many lines a record, and for more than one line quotes around each word
    in ten."""
    text = bench.corpus("en-whole-usual-1000")
    made = bench.folder / f"records-{lines}.jsonl"
    if not made.exists() or made.stat().st_mtime < text.stat().st_mtime:
        with open(text) as source, open(made, "w") as file:
            rest = source.read().split("\n")
            for at in range(0, len(rest), lines):
                record = "\n".join(rest[at : at + lines])
                file.write(json.dumps({"text": record if lines == 1 else quoted(record)}, ensure_ascii=False) + "\n")
    return made


def quoted(text: str) -> str:
    words = text.split(" ")
    return " ".join(f'"{word}"' if number % 10 == 9 and word.isalpha() else word for number, word in enumerate(words))


def jsonl_without_rules(bench: Bench) -> Row:
    text = bench.pages("jsonl")
    speed = bench.speed(text, bench.without_rules(text))
    return Row("pages as JSONL without rules", "1 200 MB/s at least", f"{speed:.0f} MB/s of CPU", speed >= 1200)


def other_texts(bench: Bench) -> Row:
    texts = [bench.corpus(f"{name}-1000") for name in ("en-whole-usual", "ru-whole-usual", "en-whole-heavy")]
    seconds = bench.medians(*(bench.built_in(text) for text in texts))
    a_byte = [taken / text.stat().st_size for taken, text in zip(seconds, texts)]
    russian, heavy = a_byte[1] / a_byte[0], a_byte[2] / a_byte[0]
    measured = f"Russian {russian:.2f} ×, heavy (82 bytes a line) {heavy:.2f} ×"
    return Row(
        "Russian; heavy chrome in short lines, a byte", "1.5 × English at most", measured, max(russian, heavy) <= 1.5
    )


def against(job: str, patterns: int, tool: str, goal: float) -> Callable[[Bench], Row]:
    """A row for a list in both languages and on pages: what we take of what the tool takes."""

    def row(bench: Bench) -> Row:
        found = {}
        for language, name in LANGUAGE_NAMES.items():
            corpus = f"{language}-{job}-usual-{patterns}"
            commands = [bench.with_list(contender(job, one), corpus) for one in ("dechrome", tool)]
            found[name] = bench.ratio(*commands)
        corpus, pages = f"en-{job}-usual-{patterns}", bench.pages("txt")
        commands = [bench.with_list(contender(job, one), corpus, pages) for one in ("dechrome", tool)]
        found["pages"] = bench.ratio(*commands)
        measured = ", ".join(f"{name} {ratio:.2f}" for name, ratio in found.items())
        job_name = f"{WORDS[job]}, {patterns:,} patterns, of `{tool}`".replace(",0", " 0")
        return Row(job_name, f"{goal:.3g} at most", measured, max(found.values()) <= goal)

    return row


def vectorscan(bench: Bench) -> Row:
    found = []
    for patterns in (1000, 10_000):
        name = f"en-contains-usual-{patterns}"
        text, empty = bench.corpus(name), bench.empty()
        ours = contender("contains", "dechrome")
        whole, start = bench.medians(bench.with_list(ours, name), bench.with_list(ours, name, empty))
        phrases = bench.folder / f"en-{patterns}.txt"
        command = [sys.executable, "-c", VECTORSCAN, phrases, text]
        scans = [subprocess.run(command, capture_output=True, text=True, check=True) for _ in range(3)]
        found.append((whole - start) / statistics.median(float(scan.stdout) for scan in scans))
    measured = f"1 000 {found[0]:.2f}, 10 000 {found[1]:.2f} of its time for the text as one block"
    return Row("contains, English, of vectorscan, both without their start", "0.6 at most", measured, max(found) <= 0.6)


def growth(job: str, goal: float) -> Callable[[Bench], Row]:
    def row(bench: Bench) -> Row:
        names = [f"en-{job}-usual-{patterns}" for patterns in (1000, 100_000)]
        few, many = bench.medians(*(bench.with_list(contender(job, "dechrome"), name) for name in names))
        empty = bench.empty()
        starts = bench.medians(*(bench.with_list(contender(job, "dechrome"), name, empty) for name in names))
        ratio, cleaning = many / few, (many - starts[1]) / (few - starts[0])
        measured = f"{cleaning:.1f} ×; {ratio:.1f} × with reading the pack, {1000 * starts[1]:.0f} ms"
        return Row(f"{WORDS[job]}, from 1 000 to 100 000 patterns", f"{goal} × at most", measured, cleaning <= goal)

    return row


def mining(bench: Bench) -> Row:
    text, out = bench.pages("jsonl"), bench.folder / "mined"
    mine = [bench.dechrome, "mine", "-j", "1", "--site", "pages.example", "--overwrite", "-o", str(out), str(text)]
    seconds = bench.used(mine).ru_utime
    speed = text.stat().st_size / 1e6 / seconds
    return Row("`mine`, pages as of one site", "150 MB/s of a core at least", f"{speed:.0f} MB/s", speed >= 150)


def in_process(bench: Bench) -> Row:
    text = large_file(bench)
    speed = bench.speed(text, bench.built_in(text)) / 1000
    measured = f"{speed:.2f} GB/s of CPU ({text.stat().st_size / 1e6:.0f} MB)"
    return Row("a large English file with reading and writing", "1.5 GB/s at least", measured, speed >= 1.5)
