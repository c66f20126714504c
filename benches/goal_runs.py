"""Runs the commands of the goals over their corpora."""

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import compare
from contenders import INPUT, JOBS, LIST, PACK, Contender, write_pack
from corpus import TABLE_SEED, Corpus

LARGE_COPIES = 8  # of the usual English corpus, in the large file


class Row(NamedTuple):
    """A line of the table."""

    job: str
    goal: str
    measured: str
    is_met: bool


class Bench:
    """Runs commands in turn over the corpora."""

    def __init__(self, options: argparse.Namespace, dechrome: Path):
        self.options = options
        self.folder = options.cache / f"seed-{TABLE_SEED}-{options.mb}mb"
        self.dechrome = str(dechrome)

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

    def without_rules(self, text: Path, threads: int = 1) -> list[str]:
        return [*self.built_in(text, threads), "--no-builtin"]

    def with_list(self, contender: Contender, name: str, text: Path | None = None) -> list[str]:
        """The command of a contender for the list that the corpus was made with."""
        corpus, text = Corpus.parse(name), text or self.corpus(name)
        phrases = self.folder / f"{corpus.language}-{corpus.patterns}.txt"
        pack = self.folder / f"{corpus.language}-{corpus.job}-{corpus.patterns}.toml"
        write_pack(phrases, corpus, pack)
        return contender.argv({LIST: phrases, PACK: pack, INPUT: text, "dechrome": self.dechrome})

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

    def speed(self, text: Path, argv: list[str]) -> float:
        """Megabytes a second of CPU."""
        (seconds,) = self.medians(argv)
        return text.stat().st_size / 1e6 / seconds

    def used(self, argv: list[str]) -> resource.struct_rusage:
        """What a command whose output nobody reads used: of the run with the median user time."""
        runs = [self.used_once(argv) for _ in range(self.options.runs)]
        return sorted(runs, key=lambda usage: usage.ru_utime)[len(runs) // 2]

    def used_once(self, argv: list[str]) -> resource.struct_rusage:
        process = subprocess.Popen(argv, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        message = process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)  # it has been waited for: Popen must not
        if process.returncode:
            sys.exit(f"goals.py: {' '.join(argv)} failed: {message.decode(errors='replace')}")
        return usage


def contender(job: str, name: str) -> Contender:
    return next(one for one in JOBS[job] if one.name == name)


def large_file(bench: Bench) -> Path:
    text, large = bench.corpus("en-whole-usual-1000"), bench.folder / "large.txt"
    if not large.exists() or large.stat().st_mtime < text.stat().st_mtime:
        with open(large, "wb") as file:
            for _ in range(LARGE_COPIES):
                with open(text, "rb") as copied:
                    shutil.copyfileobj(copied, file)
    return large


def tree_of(text: Path, tree: Path, files: int) -> None:
    """Files of about 4 KB, 300 a folder."""
    size = 4 * text.stat().st_size // files
    with open(text, "rb") as whole:
        for number in range(files):
            folder = tree / f"{number // 300:03}"
            folder.mkdir(parents=True, exist_ok=True)
            whole.seek(number * size % (text.stat().st_size - size))
            (folder / f"{number}.txt").write_bytes(whole.read(size))
