#!/usr/bin/env python3
"""Measures dechrome against its goals: one row of a table for each, with what was asked for and what came out.

    goals.py [--only NAME ...] [--before BINARY] [--out docs/benchmarks.md]

Each figure is a ratio of medians of runs in turn (A B A B ...) on the corpora of the reporting seed, CPU of the whole
process with its start unless the row says otherwise. Nothing is left out: a goal that is not met stands there. With
--before an earlier binary is measured too, row by row. A table in a file stands before the earlier ones, which stay.

Exit status: 0 measured, 1 a command failed, 2 wrong arguments or no binary.
"""

import argparse
import importlib.util
import os
import shutil
import sys
from datetime import date
from pathlib import Path
from typing import Callable

import compare
import goal_process
import goal_rows
from goal_runs import Bench, Row
from report import replace_part

ROOT = Path(__file__).resolve().parent.parent
MARKERS = "<!-- goals:begin -->", "<!-- goals:end -->"

GOALS: dict[str, Callable[[Bench], Row]] = {
    "cat": goal_rows.beside_cat,
    "pages": goal_rows.pages_as_text,
    "pages-without-start": goal_rows.pages_without_start,
    "jsonl": goal_rows.jsonl,
    "jsonl-no-rules": goal_rows.jsonl_without_rules,
    "large": goal_rows.in_process,
    "texts": goal_rows.other_texts,
    "whole-perl": goal_rows.against("whole", 10_000, "perl hash", 0.28),
    "whole-rg": goal_rows.against("whole", 10_000, "rg -vxf", 1 / 12),
    "whole-many": goal_rows.against("whole", 100_000, "perl hash", 0.6),
    "contains-rg": goal_rows.against("contains", 1000, "rg -vFf", 1 / 5),
    "contains-rg-many": goal_rows.against("contains", 10_000, "rg -vFf", 1 / 8),
    "contains-rg-i": goal_rows.against("contains", 1000, "rg -i -vFf", 1 / 10),
    "vectorscan": goal_rows.vectorscan,
    "growth-whole": goal_rows.growth("whole", 1.1),
    "growth-contains": goal_rows.growth("contains", 3),
    "mine": goal_rows.mining,
    "small-files": goal_process.small_files,
    "threads": goal_process.two_threads,
    "serial": goal_process.one_at_a_time,
    "stdin": goal_process.stdin,
    "start": goal_process.start,
    "memory": goal_process.memory,
    "many-threads": goal_process.many_threads,
}


def render(rows: list[tuple[Row, Row | None]]) -> str:
    has_before = any(before for _, before in rows)
    lines = ["| job | goal | before | measured | |" if has_before else "| job | goal | measured | |"]
    lines.append("| --- | --- | --- | --- | --- |" if has_before else "| --- | --- | --- | --- |")
    for row, before in rows:
        cells = [row.job, row.goal, *([before.measured if before else ""] if has_before else []), row.measured]
        lines.append(f"| {' | '.join(cells)} | {'met' if row.is_met else 'not met'} |")
    return "\n".join(lines) + "\n"


def keep(table: str, options: argparse.Namespace) -> None:
    """Puts a table under its date and machine, before those that are there."""
    machine = compare.machine_of(argparse.Namespace(dechrome=options.dechrome, missing=set()))
    _, _, rest = options.out.read_text().partition(MARKERS[0])
    earlier = rest.partition(MARKERS[1])[0].lstrip("\n")
    corpora = f"corpora of {options.mb} MB, {options.runs} runs in turn"
    taken_on = f"### {date.today()}\n\n{machine.cpu}, {machine.cores} cores; {corpora}."
    replace_part(options.out, f"{taken_on}\n\n{table}\n{earlier}", *MARKERS)


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    add = parser.add_argument
    add("--dechrome", type=Path, default=ROOT / "target/dist/dechrome", metavar="BINARY")
    add("--before", type=Path, metavar="BINARY", help="an earlier one, measured too")
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
    for binary in filter(None, (options.dechrome, options.before)):
        if not os.access(binary, os.X_OK):
            parser.error(f"no binary at {binary}: cargo build --profile dist, or give --dechrome")
    return options


def missing_for(name: str) -> str | None:
    """What must be installed for a row."""
    if name == "vectorscan" and importlib.util.find_spec("hyperscan") is None:
        return "pip install hyperscan"
    if "rg" in name.split("-") and shutil.which("rg") is None:
        return "there is no rg"
    return None


def main() -> int:
    options, rows = parse_arguments(), []
    benches = [Bench(options, binary) for binary in (options.dechrome, options.before) if binary]
    for name in options.only or GOALS:
        if missing := missing_for(name):
            print(f"goals.py: without {name}: {missing}", file=sys.stderr)
            continue
        now, before = [GOALS[name](bench) for bench in benches] + [None] * (2 - len(benches))
        rows.append((now, before))
        figures = f"{before.measured} -> {now.measured}" if before else now.measured
        print(f"goals.py: {name}: {figures}", file=sys.stderr, flush=True)
    table = render(rows)
    print(table)
    if options.out:
        keep(table, options)
    return 0


if __name__ == "__main__":
    sys.exit(main())
