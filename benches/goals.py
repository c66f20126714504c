#!/usr/bin/env python3
"""Measures dechrome against its goals: one row of a table for each, with what was asked for and what came out.

    goals.py [--only NAME ...] [--out docs/benchmarks.md]

Each figure is a ratio of medians of runs in turn (A B A B ...) on the corpora of the reporting seed, CPU of the whole
process with its start unless the row says otherwise. Nothing is left out: a goal that is not met stands there.

Exit status: 0 measured, 1 a command failed, 2 wrong arguments or no binary.
"""

import argparse
import importlib.util
import os
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Callable, NamedTuple

import compare
from contenders import INPUT, JOBS, LIST, PACK, Contender, write_pack
from corpus import TABLE_SEED, Corpus
from report import LANGUAGE_NAMES, replace_part

ROOT = Path(__file__).resolve().parent.parent
MARKERS = "<!-- goals:begin -->", "<!-- goals:end -->"
WORDS = {"whole": "whole lines", "contains": "contains"}  # what a job is called in the table
TREE_FILES = 30_000
LARGE_COPIES = 8  # of the usual English corpus, in the large file
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


class Row(NamedTuple):
    """A line of the table."""

    job: str
    goal: str
    measured: str
    is_met: bool


class Bench:
    """Runs commands in turn over the corpora."""

    def __init__(self, options: argparse.Namespace):
        self.options = options
        self.folder = options.cache / f"seed-{TABLE_SEED}-{options.mb}mb"
        self.dechrome = str(options.dechrome)

    def corpus(self, name: str) -> Path:
        corpus = Corpus.parse(name)
        compare.make_corpora(self.folder, TABLE_SEED, self.options.mb, {corpus.name}, {corpus.patterns})
        return self.folder / f"{corpus.name}.txt"

    def pages(self, ending: str) -> Path:
        compare.make_pages(self.folder, TABLE_SEED, self.options.mb)
        return self.folder / f"pages.{ending}"

    def empty(self) -> Path:
        empty = self.folder / "empty.txt"
        empty.parent.mkdir(parents=True, exist_ok=True)
        empty.touch()
        return empty

    def built_in(self, text: Path, threads: int = 1) -> list[str]:
        return [self.dechrome, "clean", "-j", str(threads), str(text)]

    def with_list(self, contender: Contender, name: str, text: Path | None = None) -> list[str]:
        """The command of a contender for the list that the corpus was made with."""
        corpus, text = Corpus.parse(name), text or self.corpus(name)
        phrases = self.folder / f"{corpus.language}-{corpus.patterns}.txt"
        pack = self.folder / f"{corpus.language}-{corpus.job}-{corpus.patterns}.toml"
        write_pack(phrases, corpus, pack)
        return contender.argv({LIST: phrases, PACK: pack, INPUT: text, "dechrome": self.options.dechrome})

    def ran(self, argv: list[str]) -> compare.Ran:
        ran = compare.run(argv, self.options.limit)
        if ran.status not in (0, 1, None):
            sys.exit(f"goals.py: {' '.join(argv)} failed: {ran.message}")
        return ran

    def peak(self, argv: list[str]) -> int:
        """The most memory of a command that writes, in bytes."""
        look = compare.Look()
        compare.run(argv, self.options.limit, look)
        return look.peak

    def medians(self, *commands: list[str], part: str = "cpu") -> list[float]:
        """The median seconds of each command; of one that takes too long, the limit."""
        rounds = [[self.ran(argv) for argv in commands] for _ in range(self.options.runs)]
        cost = lambda ran: self.options.limit if ran.status is None else getattr(ran.cost, part)
        return [statistics.median(map(cost, runs)) for runs in zip(*rounds)]

    def ratio(self, ours: list[str], other: list[str]) -> float:
        first, second = self.medians(ours, other)
        return first / second


def contender(job: str, name: str) -> Contender:
    return next(one for one in JOBS[job] if one.name == name)


def beside_cat(bench: Bench) -> Row:
    text = bench.corpus("en-whole-usual-1000")
    ratio = bench.ratio(bench.built_in(text), ["cat", str(text)])
    return Row("built-in packs, usual English, one thread", "4 × `cat` at most", f"{ratio:.1f} ×", ratio <= 4)


def pages_as_text(bench: Bench) -> Row:
    """Text in the shape of real pages, with the speed, as it is these that people have."""
    text = bench.pages("txt")
    ours, copying = bench.medians(bench.built_in(text), ["cat", str(text)])
    ratio, speed = ours / copying, text.stat().st_size / 1e6 / ours
    measured = f"{ratio:.1f} ×, {speed:.0f} MB/s of CPU"
    return Row("built-in packs, pages as text, one thread", "6 × `cat` at most", measured, ratio <= 6)


def pages_as_jsonl(bench: Bench) -> Row:
    text = bench.pages("jsonl")
    (ours,) = bench.medians(bench.built_in(text))
    speed = text.stat().st_size / 1e6 / ours
    return Row("the same as JSONL", "400 MB/s at least", f"{speed:.0f} MB/s of CPU", speed >= 400)


def in_process(bench: Bench) -> Row:
    text = large_file(bench)
    (seconds,) = bench.medians(bench.built_in(text))
    speed = text.stat().st_size / 1e9 / seconds
    measured = f"{speed:.2f} GB/s of CPU with reading and writing ({text.stat().st_size / 1e6:.0f} MB)"
    return Row("the same in process", "1.5 GB/s at least", measured, speed >= 1.5)


def other_texts(bench: Bench) -> Row:
    texts = [bench.corpus(f"{name}-1000") for name in ("en-whole-usual", "ru-whole-usual", "en-whole-heavy")]
    seconds = bench.medians(*(bench.built_in(text) for text in texts))
    a_byte = [taken / text.stat().st_size for taken, text in zip(seconds, texts)]
    russian, heavy = a_byte[1] / a_byte[0], a_byte[2] / a_byte[0]
    measured = f"Russian {russian:.2f} ×, heavy (82 bytes a line) {heavy:.2f} ×"
    return Row(
        "Russian; heavy chrome in short lines, a byte", "1.5 × English at most", measured, max(russian, heavy) <= 1.5
    )


def against(job: str, patterns: int, tool: str, goal: int) -> Callable[[Bench], Row]:
    """A row for a list in both languages: what we take of what the tool takes."""

    def row(bench: Bench) -> Row:
        found = []
        for language in LANGUAGE_NAMES:
            name = f"{language}-{job}-usual-{patterns}"
            commands = [bench.with_list(contender(job, one), name) for one in ("dechrome", tool)]
            found.append(bench.ratio(*commands))
        names = ", ".join(f"{LANGUAGE_NAMES[one]} {ratio:.2f}" for one, ratio in zip(LANGUAGE_NAMES, found))
        counted = f"{patterns:,}".replace(",", " ")
        return Row(f"{WORDS[job]}, {counted} patterns, of `{tool}`", f"1/{goal} at most", names, max(found) <= 1 / goal)

    return row


def vectorscan(bench: Bench) -> Row:
    found = []
    for patterns in (1000, 10_000):
        name = f"en-contains-usual-{patterns}"
        text, empty = bench.corpus(name), bench.empty()
        ours = contender("contains", "dechrome")
        whole, start = bench.medians(bench.with_list(ours, name), bench.with_list(ours, name, empty))
        phrases = bench.folder / f"en-{patterns}.txt"
        scans = [
            subprocess.run(
                [sys.executable, "-c", VECTORSCAN, phrases, text], capture_output=True, text=True, check=True
            )
            for _ in range(3)
        ]
        found.append((whole - start) / statistics.median(float(scan.stdout) for scan in scans))
    measured = f"1 000 {found[0]:.2f}, 10 000 {found[1]:.2f} of its time for the text as one block"
    return Row("contains, English, of vectorscan, both without their start", "less than 1", measured, max(found) < 1)


def large_file(bench: Bench) -> Path:
    text, large = bench.corpus("en-whole-usual-1000"), bench.folder / "large.txt"
    if not large.exists() or large.stat().st_mtime < text.stat().st_mtime:
        with open(large, "wb") as file:
            for _ in range(LARGE_COPIES):
                with open(text, "rb") as copied:
                    shutil.copyfileobj(copied, file)
    return large


def tree_of(text: Path, tree: Path) -> None:
    """Files of about 4 KB, 300 a folder."""
    size = 4 * text.stat().st_size // TREE_FILES
    with open(text, "rb") as whole:
        for number in range(TREE_FILES):
            folder = tree / f"{number // 300:03}"
            folder.mkdir(parents=True, exist_ok=True)
            whole.seek(number * size % (text.stat().st_size - size))
            (folder / f"{number}.txt").write_bytes(whole.read(size))


def two_threads(bench: Bench) -> Row:
    large, tree = large_file(bench), bench.options.memory / "dechrome-goals"
    one, two = bench.medians(*(bench.built_in(large, threads) for threads in (1, 2)), part="wall")
    shutil.rmtree(tree, ignore_errors=True)
    try:
        tree_of(bench.corpus("en-whole-usual-1000"), tree / "in")
        into = lambda threads: [*bench.built_in(tree / "in", threads), "-o", str(tree / "out")]
        walls = {1: [], 2: []}
        for threads in [1, 2] * bench.options.runs:
            walls[threads].append(bench.ran(into(threads)).cost.wall)
            shutil.rmtree(tree / "out")
    finally:
        shutil.rmtree(tree, ignore_errors=True)
    files = statistics.median(walls[1]) / statistics.median(walls[2])
    measured = (
        f"a file of {large.stat().st_size / 1e6:.0f} MB {one / two:.2f} ×, {TREE_FILES} files in memory {files:.2f} ×"
    )
    return Row("two threads against one, wall time", "1.8 × at least", measured, min(one / two, files) >= 1.8)


def stdin(bench: Bench) -> Row:
    text = bench.corpus("en-whole-usual-1000")
    piped = ["sh", "-c", f"exec {bench.dechrome} clean -j 1 < {text}"]
    ratio = bench.ratio(piped, bench.built_in(text))
    return Row("stdin against the file", "1.3 × at most", f"{ratio:.2f} ×", ratio <= 1.3)


def start(bench: Bench) -> Row:
    runs = [bench.ran(bench.built_in(bench.empty())) for _ in range(5 * bench.options.runs)]
    milliseconds = 1000 * statistics.median(ran.cost.cpu for ran in runs)
    # While it waits for its input: what a process has touched cannot be seen when it is gone.
    waiting = subprocess.Popen([bench.dechrome, "clean", "-j", "1"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
    time.sleep(0.5)
    look = compare.Look()
    look(waiting.pid, memoryview(b""))
    waiting.communicate()
    measured = f"{milliseconds:.1f} ms, {look.peak / 1e6:.0f} MB"
    return Row(
        "start with every built-in pack", "10 ms and 30 MB at most", measured, milliseconds < 10 and look.peak < 30e6
    )


def growth(job: str, goal: int) -> Callable[[Bench], Row]:
    def row(bench: Bench) -> Row:
        names = [f"en-{job}-usual-{patterns}" for patterns in (1000, 100_000)]
        few, many = bench.medians(*(bench.with_list(contender(job, "dechrome"), name) for name in names))
        empty = bench.empty()
        starts = bench.medians(*(bench.with_list(contender(job, "dechrome"), name, empty) for name in names))
        ratio, cleaning = many / few, (many - starts[1]) / (few - starts[0])
        measured = f"{ratio:.1f} ×; {cleaning:.1f} × without reading the pack"
        return Row(f"{WORDS[job]}, from 1 000 to 100 000 patterns", f"{goal} × at most", measured, ratio <= goal)

    return row


def memory(bench: Bench) -> Row:
    texts = bench.corpus("en-whole-usual-1000"), large_file(bench)
    peaks = [[bench.peak(bench.built_in(text, threads)) / 1e6 for text in texts] for threads in (1, 2)]
    sizes = " and ".join(f"{text.stat().st_size / 1e6:.0f}" for text in texts)
    measured = "; ".join(
        f"{threads}: {small:.0f} and {large:.0f} MB" for threads, (small, large) in zip(("one thread", "two"), peaks)
    )
    grows = any(large > 1.2 * small for small, large in peaks)
    return Row(f"memory for {sizes} MB", "the same for any input", measured, not grows)


GOALS: dict[str, Callable[[Bench], Row]] = {
    "cat": beside_cat,
    "pages": pages_as_text,
    "pages-jsonl": pages_as_jsonl,
    "in-process": in_process,
    "texts": other_texts,
    "whole-perl": against("whole", 10_000, "perl hash", 6),
    "whole-rg": against("whole", 10_000, "rg -vxf", 12),
    "whole-many": against("whole", 100_000, "perl hash", 5),
    "contains-rg": against("contains", 1000, "rg -vFf", 4),
    "contains-rg-many": against("contains", 10_000, "rg -vFf", 6),
    "contains-rg-i": against("contains", 1000, "rg -i -vFf", 10),
    "vectorscan": vectorscan,
    "threads": two_threads,
    "stdin": stdin,
    "start": start,
    "growth-whole": growth("whole", 2),
    "growth-contains": growth("contains", 4),
    "memory": memory,
}


def render(rows: list[Row]) -> str:
    lines = ["| job | goal | measured | |", "| --- | --- | --- | --- |"]
    lines += [f"| {row.job} | {row.goal} | {row.measured} | {'met' if row.is_met else 'not met'} |" for row in rows]
    return "\n".join(lines) + "\n"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    add = parser.add_argument
    add("--dechrome", type=Path, default=ROOT / "target/dist/dechrome", metavar="BINARY")
    add("--mb", type=int, default=32, help="size of each corpus in 10^6 bytes (32)")
    add("--runs", type=int, default=5, help="runs of each command (5)")
    add(
        "--limit",
        type=float,
        default=6,
        help="seconds after which a command is given up, and counts as that long (6)",
    )
    add("--only", nargs="+", choices=GOALS, metavar="NAME", help=f"of {', '.join(GOALS)}")
    add("--out", type=Path, metavar="FILE", help="put the table into this Markdown file")
    add("--cache", type=Path, default=ROOT / "target/bench", metavar="FOLDER", help="where the corpora are kept")
    add("--memory", type=Path, default=Path("/dev/shm"), metavar="FOLDER", help="where the tree of small files is made")
    options = parser.parse_args()
    if not os.access(options.dechrome, os.X_OK):
        parser.error(f"no binary at {options.dechrome}: cargo build --profile dist, or give --dechrome")
    bench, rows = Bench(options), []
    for name in options.only or GOALS:
        if name == "vectorscan" and importlib.util.find_spec("hyperscan") is None:
            print("goals.py: without vectorscan: pip install hyperscan", file=sys.stderr)
            continue
        rows.append(GOALS[name](bench))
        print(f"goals.py: {name}: {rows[-1].measured}", file=sys.stderr, flush=True)
    text = render(rows)
    print(text)
    if options.out:
        replace_part(options.out, text, *MARKERS)
    return 0


if __name__ == "__main__":
    sys.exit(main())
