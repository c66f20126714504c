#!/usr/bin/env python3
"""Whole-process benchmark: dechrome against what people would pick instead, on corpora that corpus.py and pages.py make.

Every cell (a job, a corpus, a pattern list) runs all contenders over the same file with their output in a pipe:
first once to compare what comes out with what the generator kept, then `--runs` times in turn, A B C A B C,
each on the corpus and on an empty file, because a busy machine drifts and only ratios from one run hold.

Exit status: 0 done, 1 dechrome failed or its output differs, 2 wrong arguments or no binary.
"""

import argparse
import datetime
import hashlib
import os
import resource
import select
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Callable, NamedTuple

from contenders import DECHROME, INPUT, JOBS, LIST, PACK, VERSIONS, WITH_PACK, Contender, write_pack
from corpus import LANGUAGES, RATES, TABLE_SEED, TUNE_SEED, Corpus
from report import Cell, Cost, Machine, Result, render, replace_part

ROOT = Path(__file__).resolve().parent.parent
BUILT_IN_LIST = 1000  # the built-in packs read the corpus whose chrome comes from this list
# The C locale is grep's fast one; a user's ripgrep configuration is none of our business.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "RIPGREP_CONFIG_PATH"} | {"LC_ALL": "C"}


class Ran(NamedTuple):
    """One run of one command."""

    cost: Cost
    peak: int  # ru_maxrss in bytes
    status: int | None  # None: given up at the limit
    size: int  # of its output
    message: str


class Look:
    """Watches a run that is checked and not timed: its output, and its memory while it runs.

    ru_maxrss alone cannot see less than the harness's own size, because a new process starts as its copy.
    """

    def __init__(self):
        self.digest, self.peak = hashlib.sha256(), 0

    def __call__(self, pid: int, chunk: memoryview) -> None:
        self.digest.update(chunk)
        with open(f"/proc/{pid}/status") as status:
            sizes = [int(line.split()[1]) * 1024 for line in status if line.startswith("VmHWM")]
        self.peak = max([self.peak, *sizes])  # a process that has just ended shows none


def run(argv: list[str], limit: float, look: Callable[[int, memoryview], None] | None = None) -> Ran:
    """Runs a command to its end or to the limit, drains its output and reads what it cost."""
    started = time.perf_counter()
    with os.fdopen(os.memfd_create("stderr"), "w+b") as errors:
        process = subprocess.Popen(
            argv, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=errors, env=ENVIRONMENT
        )
        size, in_time = drain(process, started + limit, look)
        if not in_time:
            process.kill()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        cost = Cost(usage.ru_utime + usage.ru_stime, wall, usage.ru_utime, usage.ru_minflt)
        process.returncode = os.waitstatus_to_exitcode(status)  # it has been waited for: Popen must not
        process.stdout.close()
        errors.seek(0)
        message = errors.readline().decode(errors="replace").strip()
    return Ran(cost, usage.ru_maxrss * 1024, process.returncode if in_time else None, size, message)


def drain(process: subprocess.Popen, deadline: float, look: Callable | None) -> tuple[int, bool]:
    """Reads the output to its end: how many bytes, and whether the end came before the deadline."""
    pipe, buffer, size = process.stdout.fileno(), memoryview(bytearray(1 << 18)), 0
    while select.select([pipe], [], [], max(0.0, deadline - time.perf_counter()))[0]:
        count = os.readv(pipe, [buffer])
        if not count:
            return size, True
        if look:
            look(process.pid, buffer[:count])
        size += count
    return size, False


class Output(NamedTuple):
    size: int
    digest: str


def found_wanting(contender: Contender, ran: Ran, limit: float) -> tuple[str | None, str]:
    """What went wrong with a run in a word or two, and in full."""
    if ran.status is None:
        return f"over {limit:g} s", ""
    if ran.status not in contender.good:
        return "error", f"status {ran.status}: {ran.message}"
    return None, ""


def check(contender: Contender, argv: list[str], result: Result, limit: float) -> Output:
    """A contender's first run, which also warms the page cache: does it work, and what comes out?"""
    look = Look()
    ran = run(argv, limit, look)
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    result.peak = ran.peak if ran.peak > 1.1 * own or not look.peak else look.peak
    result.trouble, result.detail = found_wanting(contender, ran, limit)
    return Output(ran.size, look.digest.hexdigest())


def measure(contender: Contender, argv: Callable[[Path], list[str]], result: Result, options) -> None:
    """One timed run on nothing and one on the corpus."""
    empty = options.empty.with_suffix(result.path.suffix)
    for costs, haystack in (result.startup, empty), (result.costs, result.path):
        ran = run(argv(haystack), options.limit)
        costs.append(ran.cost)
        if not result.trouble:
            result.trouble, result.detail = found_wanting(contender, ran, options.limit)


def run_cell(cell: Cell, options) -> dict[Contender, Result]:
    """All contenders of a cell: checked once each, then timed in turn."""
    paths, expected = {DECHROME: options.dechrome}, None
    results = {one: Result(cell.path) for one in JOBS[cell.job] if one.command[0] not in options.missing}
    if cell.has_list:
        corpus, figures = cell.corpus, cell.figures()
        paths[LIST] = options.folder / f"{corpus.language}-{corpus.patterns}.txt"
        paths[PACK] = options.folder / f"{corpus.language}-{cell.job}-{corpus.patterns}.toml"
        if WITH_PACK in results:
            write_pack(paths[LIST], corpus, paths[PACK])
        expected = Output(figures["bytes"] - figures["chrome_bytes"], figures["kept_sha256"])
    # With the built-in packs nobody knows the right text beforehand, but any number of threads must give the same.
    for contender, result in results.items():
        output = check(contender, contender.argv(paths | {INPUT: cell.path}), result, options.limit)
        if contender.role == "limit" or result.trouble:
            continue
        expected = expected or output
        if output != expected:
            result.trouble = "differs"
            result.detail = f"{output.size} bytes of output, {expected.size} were right"
    for _ in range(options.runs):
        for contender, result in results.items():
            if not result.trouble:
                measure(contender, lambda path: contender.argv(paths | {INPUT: path}), result, options)
    return results


def cells_of(options) -> list[Cell]:
    """Which cells to run: all lists at the usual rate, the other rates with one list, with --full everything."""
    counts = [100, 1000] if options.quick else [100, 1000, 10_000]
    counts += [100_000] if options.full else []
    cells = []
    for job in (job for job in options.jobs if job != "pages"):
        for language in options.languages:
            for rate in RATES:
                wide = (options.full or rate == "usual") and job != "built-in"
                for count in counts if wide else [BUILT_IN_LIST]:
                    corpus = Corpus(language, "whole" if job == "built-in" else job, rate, count)
                    cells.append(Cell(job, corpus, options.folder / f"{corpus.name}.txt"))
    if "pages" in options.jobs:
        cells += [Cell("pages", None, options.folder / f"pages.{ending}") for ending in ("txt", "jsonl")]
    return cells


def make_corpora(folder: Path, seed: int, mb: int, names: set[str], counts: set[int]) -> None:
    """In a process of its own: the harness stays small, or its own memory would hide that of the contenders."""
    settings = ["--lists", *map(str, sorted(counts)), "--", *sorted(names)]
    subprocess.run([*maker("corpus.py", folder, seed, mb), *settings], check=True)


def make_pages(folder: Path, seed: int, mb: int) -> None:
    """The same for pages."""
    subprocess.run(maker("pages.py", folder, seed, mb), check=True)


def maker(script: str, folder: Path, seed: int, mb: int) -> list[str]:
    path = Path(__file__).with_name(script)
    return [sys.executable, str(path), str(folder), "--seed", str(seed), "--mb", str(mb)]


def machine_of(options) -> Machine:
    """The machine, and the tools there are, each as the first line of its own --version names it."""
    versions = []
    for tool, (command, *arguments) in VERSIONS.items():
        if tool not in options.missing:
            program = options.dechrome if command == DECHROME else command
            told = subprocess.run([program, *arguments], capture_output=True, text=True, env=ENVIRONMENT)
            versions.append(told.stdout.partition("\n")[0].strip())
    with open("/proc/cpuinfo") as cpuinfo:
        models = [line.partition(":")[2].strip() for line in cpuinfo if line.startswith("model name")]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return Machine(models[0] if models else "unknown CPU", os.cpu_count() or 1, memory, versions)


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    add = parser.add_argument
    add("--dechrome", type=Path, default=ROOT / "target/dist/dechrome", metavar="PATH")
    add("--without-dechrome", action="store_true", help="only the other tools")
    add("--mb", type=int, help="size of each corpus in 10^6 bytes (64; 8 with --quick)")
    add("--runs", type=int, help="timed runs of each contender (5; 1 with --quick)")
    add("--limit", type=float, default=20, help="seconds after which a contender is given up (20)")
    add("--seed", type=int, default=TABLE_SEED, help=f"{TABLE_SEED}, the table's, unless given; {TUNE_SEED} to tune by")
    add("--jobs", nargs="+", choices=JOBS, default=list(JOBS))
    add("--languages", nargs="+", choices=LANGUAGES, default=list(LANGUAGES))
    add("--quick", action="store_true", help="a smoke run: small, once, short lists")
    add("--full", action="store_true", help="also 100 000 patterns, and every rate with every list")
    add("--out", type=Path, metavar="FILE", help="put the tables into this Markdown file")
    add("--cache", type=Path, default=ROOT / "target/bench", metavar="FOLDER", help="where the corpora are kept")
    options = parser.parse_args()
    options.mb = options.mb or (8 if options.quick else 64)
    options.runs = options.runs or (1 if options.quick else 5)
    options.folder = options.cache / f"seed-{options.seed}-{options.mb}mb"
    options.empty = options.folder / "empty.txt"
    options.missing = {tool for tool in VERSIONS if tool != DECHROME and not shutil.which(tool)}
    if options.without_dechrome:
        options.missing.add(DECHROME)
        options.jobs = [job for job in options.jobs if job not in ("built-in", "pages")]
    elif not os.access(options.dechrome, os.X_OK):
        parser.error(f"no binary at {options.dechrome}: build it, or give --dechrome PATH or --without-dechrome")
    return options


def main() -> int:
    options = parse_arguments()
    cells = cells_of(options)
    corpora = [cell.corpus for cell in cells if cell.corpus]
    if corpora:
        names, counts = {corpus.name for corpus in corpora}, {corpus.patterns for corpus in corpora}
        make_corpora(options.folder, options.seed, options.mb, names, counts)
    if "pages" in options.jobs:
        make_pages(options.folder, options.seed, options.mb)
    for ending in (".txt", ".jsonl"):
        options.empty.with_suffix(ending).write_bytes(b"")
    results = {}
    for number, cell in enumerate(cells, 1):
        print(f"compare.py: {number} of {len(cells)}: {cell.title}", file=sys.stderr)
        results[cell] = run_cell(cell, options)
    text = render(results, machine_of(options), options, datetime.date.today())
    print(text)
    if options.out:
        replace_part(options.out, text)
    # The others' troubles stand in the notes; dechrome's are a failed benchmark.
    return int(any(one.role == "ours" and row[one].trouble for row in results.values() for one in row))


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
