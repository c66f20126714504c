"""What compare.py measured, as Markdown. Every number comes from the run that is being reported."""

import json
import os
from datetime import date
from pathlib import Path
from typing import Callable, NamedTuple

from contenders import Contender
from corpus import Corpus

BEGIN, END = "<!-- whole-process:begin -->", "<!-- whole-process:end -->"
LANGUAGE_NAMES = {"en": "English", "ru": "Russian"}
JOB_TITLES = {
    "whole": "Whole lines: drop the lines that equal a phrase",
    "contains": "Contains: drop the lines that hold a phrase",
    "built-in": "dechrome with its built-in packs",
    "pages": "dechrome with its built-in packs on pages",
}


class Cost(NamedTuple):
    cpu: float  # user + sys, seconds
    wall: float
    user: float
    faults: int  # pages of memory that the kernel gave or mapped


class Cell(NamedTuple):
    """A job on a corpus with a pattern list, or on a file of pages: one row of a table."""

    job: str
    corpus: Corpus | None  # None: pages
    path: Path

    @property
    def name(self) -> str:
        if self.corpus is None:
            return "JSONL" if self.path.suffix == ".jsonl" else "text"
        return f"{LANGUAGE_NAMES[self.corpus.language]}, {self.corpus.rate}"

    @property
    def title(self) -> str:
        return f"{self.job}, {self.name}, {self.patterns} patterns"

    @property
    def is_usual(self) -> bool:
        return self.corpus is None or self.corpus.rate == "usual"

    @property
    def has_list(self) -> bool:
        return self.job not in ("built-in", "pages")

    @property
    def patterns(self) -> str:
        return "built-in" if not self.has_list else f"{self.corpus.patterns:,}".replace(",", " ")

    def figures(self) -> dict:
        """What the generator wrote down beside the corpus."""
        return json.loads(self.path.with_suffix(".json").read_text())


class Result:
    """One contender in one cell."""

    def __init__(self, path: Path):
        self.path = path  # the corpus
        self.size = path.stat().st_size
        self.costs: list[Cost] = []
        self.startup: list[Cost] = []
        self.peak = 0
        self.trouble: str | None = None  # what stands in the tables instead of a number
        self.detail = ""

    def speed(self, part: str) -> float:
        """MB/s by "cpu" or "wall" time, start-up included."""
        return self.size / 1e6 / median([getattr(cost, part) for cost in self.costs])


class Machine(NamedTuple):
    cpu: str
    cores: int
    memory: int
    versions: list[str]


Row = dict[Contender, Result]


def median(values: list[float]) -> float:
    values = sorted(values)
    return (values[(len(values) - 1) // 2] + values[len(values) // 2]) / 2


def number(value: float) -> str:
    return f"{value:.0f}" if value >= 10 else f"{value:.1f}"


def render(results: dict[Cell, Row], machine: Machine, options, day: date) -> str:
    parts = [header(machine, options, day)]
    if any(cell.corpus for cell in results):
        parts.append(corpora(list(results)))
    for job, title in JOB_TITLES.items():
        rows = {cell: row for cell, row in results.items() if cell.job == job}
        if rows:
            parts.append(f"### {title}")
            parts.extend(job_tables(rows))
    return "\n\n".join([*parts, notes(results, options)]) + "\n"


def header(machine: Machine, options, day: date) -> str:
    return (
        f"{day.isoformat()}, {machine.cpu}, {machine.cores} cores, {machine.memory / 2**30:.0f} GiB of memory.\n"
        f"{', '.join(machine.versions)}.\n\n"
        f"Seed {options.seed}, {options.mb} MB a corpus (MB = 10^6 bytes). Medians of {options.runs} alternating runs;"
        " whole processes, start-up included,\noutput to a pipe, `LC_ALL=C`, one thread unless it says otherwise."
        " CPU is user + sys. Compare within a row: the machine drifts."
    )


def corpora(cells: list[Cell]) -> str:
    """The table of the texts; one line for those that differ in nothing but the list their chrome is from."""
    lines = {}
    for cell in (cell for cell in cells if cell.corpus):
        figures, corpus = cell.figures(), cell.corpus
        kind = "none" if corpus.rate == "none" else f"{corpus.rate}, {corpus.job}"
        key = (LANGUAGE_NAMES[corpus.language], kind)
        share = [figures["chrome_lines"] / figures["lines"], figures["chrome_bytes"] / figures["bytes"]]
        lines.setdefault(key, [*key, f"{figures['bytes'] / figures['lines']:.0f}", *(f"{x:.1%}" for x in share)])
    heads = ["language", "chrome", "bytes a line", "chrome of the lines", "of the bytes"]
    return table(heads, list(lines.values()))


def job_tables(rows: dict[Cell, Row]) -> list[str]:
    """Speed for every cell; memory and start-up, which the text hardly changes, for the usual ones."""
    usual = {cell: row for cell, row in rows.items() if cell.is_usual}
    return [
        "MB/s of CPU:",
        grid(rows, lambda result: number(result.speed("cpu")), against),
        "MB/s of wall time:",
        grid(rows, lambda result: number(result.speed("wall"))),
        "Peak memory, MB:",
        grid(usual, lambda result: number(result.peak / 1e6)),
        "Start-up alone (an empty input, the patterns as given), ms of CPU:",
        grid(usual, lambda result: number(median([cost.cpu for cost in result.startup]) * 1e3)),
    ]


def against(row: Row) -> str | None:
    """dechrome's speed as a multiple of the best rival's; None where nothing is to be compared."""
    speeds = {one: result.speed("cpu") for one, result in row.items() if not result.trouble}
    rivals = [one for one in speeds if one.role == "rival"]
    ours = [one for one in speeds if one.role == "ours"]
    if not rivals or not ours:
        return None
    best = max(rivals, key=speeds.get)
    return f"{speeds[ours[0]] / speeds[best]:.2f} × {best.name}"


def grid(
    rows: dict[Cell, Row], value: Callable[[Result], str], verdict: Callable[[Row], str | None] = lambda row: None
) -> str:
    """One line per cell, one column per contender, and one for the verdict where there is any."""
    heads = ["corpus", "patterns", *(one.name for one in next(iter(rows.values())))]
    lines = []
    for cell, row in rows.items():
        line = [cell.name, cell.patterns]
        lines.append(line + [result.trouble or value(result) for result in row.values()])
    verdicts = [verdict(row) for row in rows.values()]
    if any(verdicts):
        heads.append("dechrome against best other")
        lines = [line + [said or "–"] for line, said in zip(lines, verdicts)]
    return table(heads, lines)


def table(heads: list[str], lines: list[list[str]]) -> str:
    rule = ["---"] + ["---:"] * (len(heads) - 1)
    return "\n".join(f"| {' | '.join(line)} |" for line in [heads, rule, *lines])


def notes(results: dict[Cell, Row], options) -> str:
    """What the tables leave out or could not fill, said in full."""
    said = [f"* Left out: {', '.join(sorted(options.missing))}."] if options.missing else []
    for cell, row in results.items():
        for contender, result in row.items():
            if result.trouble:
                reason = ": ".join(filter(None, [result.trouble, result.detail]))
                said.append(f"* {contender.name} ({cell.title}): {reason}.")
    said.append("* All outputs with a number here were compared, and are the same byte for byte (`cat`'s apart).")
    return "\n".join(said)


def replace_part(path: Path, text: str, begin_marker: str = BEGIN, end_marker: str = END) -> None:
    """Puts the text between the markers of a Markdown file; what stands around them is the file's own."""
    old = path.read_text() if path.exists() else "# Benchmarks\n"
    before, begin, rest = old.partition(begin_marker)
    _, end, after = rest.partition(end_marker)
    if not (begin and end):
        before, after = old.rstrip("\n") + "\n\n", "\n"
    write_whole(path, f"{before}{begin_marker}\n{text}{end_marker}{after}")


def put_after(path: Path, marker: str, text: str) -> None:
    """Puts the text under a marker of a Markdown file, above what stands there."""
    before, marker_found, after = path.read_text().partition(marker)
    if not marker_found:
        raise ValueError(f"{path} has no line {marker}")
    write_whole(path, f"{before}{marker}\n\n{text.rstrip()}{after}")


def write_whole(path: Path, text: str) -> None:
    """A killed run leaves no half file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    part.write_text(text)
    os.replace(part, path)
