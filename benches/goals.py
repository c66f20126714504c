#!/usr/bin/env python3
"""Measures dechrome against its goals: a line of a table for each, with what is asked for and what came out.

    goals.py [--only NAME ...] [--before 32737cb=PATH] [--out docs/benchmarks.md]

Each figure is of medians of runs in turn (A B A B ...) on the corpora of the reporting seed, CPU of the whole process
with its start, one thread, unless the line says otherwise. With an earlier binary each command of dechrome runs with
both, in turn as well. Nothing is left out: a goal that is not met stands there.

Exit status: 0 measured, 1 a command failed, 2 wrong arguments or no binary.
"""

import argparse
import datetime
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import compare
import goal_cleaning
import goal_lists
import goal_process
from contenders import DECHROME, VERSIONS
from corpus import TABLE_SEED
from goal_bench import Bench, Figure, output
from report import put_after, table

ROOT = Path(__file__).resolve().parent.parent
MARKER = "<!-- goals: each run is put here, above the earlier ones -->"

GOALS: dict[str, Callable[[Bench], Iterator[Figure]]] = {
    "cat": goal_cleaning.beside_cat,
    "in-process": goal_cleaning.in_process,
    "jsonl": goal_cleaning.jsonl,
    "jsonl-no-rules": goal_cleaning.jsonl_without_rules,
    "whole": goal_lists.of_perl(10_000, 0.28),
    "whole-many": goal_lists.of_perl(100_000, 0.6),
    "contains": goal_lists.faster_than_rg(1000, 5),
    "contains-many": goal_lists.faster_than_rg(10_000, 8),
    "vectorscan": goal_lists.vectorscan,
    "growth": goal_lists.growth,
    "small-file": goal_process.small_file,
    "mine": goal_cleaning.mining,
    "many-threads": goal_process.many_threads,
    "one-stream": goal_process.one_stream,
    "texts": goal_cleaning.other_texts,
    "two-threads": goal_process.two_threads,
    "stdin": goal_process.stdin,
    "start": goal_process.start,
    "memory": goal_process.memory,
}


def header(options: argparse.Namespace, load_before: float) -> str:
    """When, where, with what, and how busy the machine was."""
    machine = compare.machine_of(options)
    versions = [version for version in machine.versions if not version.startswith("dechrome ")]
    ours = [f"now: {output([options.dechrome, '--version']).strip()}"]
    if options.before:
        ours.insert(0, f"{options.before_name}: {output([options.before, '--version']).strip()}")
    return (
        f"### {datetime.date.today().isoformat()}\n\n"
        f"{machine.cpu}, {machine.cores} cores, {machine.memory / 2**30:.0f} GiB of memory; load"
        f" {load_before:.1f} before, {os.getloadavg()[0]:.1f} after.\n{', '.join(versions)}; {'; '.join(ours)}.\n"
        f"Seed {TABLE_SEED}, {options.mb} MB a corpus, medians of {options.runs} runs in turn.\n\n"
    )


def render(figures: list[Figure], options: argparse.Namespace) -> str:
    heads = ["job", "goal", *([options.before_name] if options.before else []), "now", ""]
    return table(heads, [figure.cells() for figure in figures]) + "\n"


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    add = parser.add_argument
    add("--dechrome", type=Path, default=ROOT / "target/dist/dechrome", metavar="BINARY")
    add("--before", default="", metavar="[NAME=]BINARY", help="an earlier binary, measured in turn with the other one")
    add("--mb", type=int, default=32, help="size of each corpus in 10^6 bytes (32)")
    add("--runs", type=int, default=5, help="runs of each command (5)")
    add(
        "--limit",
        type=float,
        default=20,
        help="seconds after which a command is given up, and counts as that long (20)",
    )
    add("--only", nargs="+", choices=GOALS, metavar="NAME", help=f"of {', '.join(GOALS)}")
    add("--out", type=Path, metavar="FILE", help="put the table into this Markdown file, above earlier ones")
    add("--cache", type=Path, default=ROOT / "target/bench", metavar="FOLDER", help="where the corpora are kept")
    add("--memory", type=Path, default=Path("/dev/shm"), metavar="FOLDER", help="where the tree of small files is made")
    options = parser.parse_args()
    name, _, before = options.before.rpartition("=")
    options.before_name, options.before = name or "before", Path(before) if before else None
    options.missing = {tool for tool in VERSIONS if tool != DECHROME and not shutil.which(tool)}
    for binary in filter(None, (options.before, options.dechrome)):
        if not os.access(binary, os.X_OK):
            parser.error(f"no binary at {binary}: cargo build --profile dist, or give --dechrome")
    return options


def main() -> int:
    options = parse_arguments()
    bench, figures, load_before = Bench(options), [], os.getloadavg()[0]
    try:
        for name in options.only or GOALS:
            for figure in GOALS[name](bench):
                figures.append(figure)
                print(f"goals.py: {name}: {' | '.join(figure.cells())}", file=sys.stderr, flush=True)
    finally:
        bench.texts.remove_tree()
    text = header(options, load_before) + render(figures, options)
    print(text)
    if options.out:
        put_after(options.out, MARKER, text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
