#!/usr/bin/env python3
"""Guards dechrome's speed by instruction counts, which do not depend on how busy a machine is.

Each job runs once under valgrind's callgrind over a small corpus that corpus.py or pages.py makes. What a start takes,
measured on an empty file with the same packs, is taken off and has a limit of its own. A job over its limit fails; one
that is far below it asks for a lower limit, so that what was won is kept.

Exit status: 0 within the limits, 1 a limit is broken, 2 no binary, no valgrind, or dechrome failed.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from contenders import write_pack
from corpus import TUNE_SEED, Corpus, Store
from pages import PageStore

ROOT = Path(__file__).resolve().parent.parent
MB = 1
PAGES_MB = 3  # some 350 pages: fewer depend on which ones they are
SLACK = 0.8  # of a limit: a job below it is told to lower the limit
# Its corpora are of the seed that the code is tuned with: the other one is for reporting.
ENVIRONMENT = os.environ | {"LC_ALL": "C"}


class Job(NamedTuple):
    """What is cleaned with which packs; limits are instructions a byte, and millions for the start."""

    corpus: str  # or a file that pages.py writes
    built_in: bool
    limit: float
    start_limit: float


# Measured with rustc 1.95 and valgrind 3.19 on x86-64, and some 8 % added.
JOBS = (
    Job("en-none", True, 25.7, 5.5),
    Job("en-whole-usual-1000", True, 26.3, 5.5),
    Job("en-whole-heavy-1000", True, 29, 5.5),
    Job("ru-whole-usual-1000", True, 30, 5.5),
    Job("en-whole-usual-1000", False, 17.8, 3.5),
    Job("ru-whole-usual-1000", False, 27.3, 5.2),
    Job("en-contains-usual-1000", False, 37.7, 7.2),
    Job("pages.txt", True, 66.4, 5.5),
    Job("pages.jsonl", True, 67.3, 5.5),
)


def instructions(binary: Path, options: list[str], text: Path, folder: Path) -> int:
    """User instructions of one whole run."""
    out = folder / "callgrind.out"
    command = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={out}", binary, "clean", "-j", "1", *options, text]
    ran = subprocess.run(command, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    counted = re.search(r"Collected : (\d+)", ran.stderr)
    if ran.returncode != 0 or counted is None:
        print(f"check.py: {' '.join(map(str, command))} failed:\n{ran.stderr}", file=sys.stderr)
        sys.exit(2)
    return int(counted[1])


def measure(binary: Path, job: Job, folder: Path) -> tuple[float, float]:
    """Instructions a byte, and millions of instructions at the start."""
    text, options = pages(job, folder) if job.corpus.startswith("pages.") else corpus_and_list(job, folder)
    empty = folder / f"empty{text.suffix}"
    empty.touch()
    start = instructions(binary, options, empty, folder)
    whole = instructions(binary, options, text, folder)
    return (whole - start) / text.stat().st_size, start / 1e6


def pages(job: Job, folder: Path) -> tuple[Path, list[str]]:
    """The file of pages, and no options."""
    PageStore(folder, TUNE_SEED, PAGES_MB).make_pages()
    return folder / job.corpus, []


def corpus_and_list(job: Job, folder: Path) -> tuple[Path, list[str]]:
    """The corpus, and the options by which its list of patterns takes the place of the built-in packs."""
    corpus = Corpus.parse(job.corpus)
    store = Store(folder, TUNE_SEED, MB)
    store.make(corpus.language, [corpus], [corpus.patterns])
    options = []
    if not job.built_in:
        pack = folder / f"{corpus.name}.toml"
        write_pack(folder / f"{corpus.language}-{corpus.patterns}.txt", corpus, pack)
        options = ["--no-builtin", "--packs", str(pack)]
    return folder / f"{corpus.name}.txt", options


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--dechrome", type=Path, default=ROOT / "target/dist/dechrome", metavar="BINARY")
    options = parser.parse_args()
    if not options.dechrome.is_file():
        print(f"check.py: there is no {options.dechrome}: cargo build --profile dist", file=sys.stderr)
        return 2
    broken = False
    print(f"{'corpus':24} {'packs':9} {'a byte':>7} {'limit':>6} {'start, M':>9} {'limit':>6}")
    with tempfile.TemporaryDirectory() as folder:
        for job in JOBS:
            per_byte, start = measure(options.dechrome, job, Path(folder))
            measured = ((per_byte, job.limit), (start, job.start_limit))
            verdict = ""
            if any(found > limit for found, limit in measured):
                verdict, broken = "OVER THE LIMIT", True
            elif any(found < SLACK * limit for found, limit in measured):
                verdict = "lower the limit"
            packs = "built-in" if job.built_in else "the list"
            figures = f"{per_byte:7.1f} {job.limit:6.1f} {start:9.1f} {job.start_limit:6.1f}"
            print(f"{job.corpus:24} {packs:9} {figures} {verdict}", flush=True)
    return int(broken)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except FileNotFoundError as error:
        print(f"check.py: {error}; it needs valgrind", file=sys.stderr)
        sys.exit(2)
