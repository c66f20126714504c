"""What goals.py measures with: figures, and commands that are run in turn with each binary."""

import argparse
import math
import statistics
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import compare
from contenders import DECHROME, INPUT, JOBS, LIST, PACK
from goal_texts import Listed, Texts

Command = list[str] | Callable[[], float]  # what is run, or what tells seconds itself
FAILED = math.nan  # of a command that an earlier binary does not know


class Goal(NamedTuple):
    """What is asked for."""

    limit: float
    unit: str
    is_least: bool = False

    def __str__(self) -> str:
        return f"{number(self.limit)} {self.unit} at {'least' if self.is_least else 'most'}"

    def distance(self, value: float) -> float:
        """How many times too much or too little; 1 and less is met."""
        return self.limit / value if self.is_least else value / self.limit


class Figure(NamedTuple):
    """A line of the table: a value for each binary. Without a goal it only explains the one before."""

    job: str
    goal: Goal | None
    values: list[float]
    unit: str = ""

    def cells(self) -> list[str]:
        unit = self.goal.unit if self.goal else self.unit
        values = ["failed" if math.isnan(value) else f"{number(value)} {unit}" for value in self.values]
        return [self.job, str(self.goal or "–"), *values, self.verdict()]

    def verdict(self) -> str:
        if self.goal is None:
            return ""
        distance = self.goal.distance(self.values[-1])
        return "met" if distance <= 1 else f"{number(distance)} times off"


def at_most(limit: float, unit: str) -> Goal:
    return Goal(limit, unit)


def at_least(limit: float, unit: str) -> Goal:
    return Goal(limit, unit, is_least=True)


def number(value: float) -> str:
    """Three digits, in groups where there are more before the point."""
    if abs(value) >= 100:
        return f"{value:,.0f}".replace(",", " ")
    return f"{value:.3g}"


class Bench:
    """Runs commands in turn, those of dechrome with each binary: the earlier one first, if there is one."""

    def __init__(self, options: argparse.Namespace):
        self.runs, self.limit = options.runs, options.limit
        self.binaries = [str(path) for path in (options.before, options.dechrome) if path]
        self.newest = self.binaries[-1]
        self.texts = Texts(options.cache, options.mb, options.memory)

    def ours(self, *arguments: object) -> list[Command]:
        return [[binary, *map(str, arguments)] for binary in self.binaries]

    def clean(self, text: Path, *arguments: object, threads: int = 1) -> list[Command]:
        return self.ours("clean", "-j", threads, *arguments, text)

    def through_shell(self, command: str) -> list[Command]:
        """A shell's line, in which dechrome stands for the binary."""
        return [["sh", "-c", 'exec "$0" ' + command, binary] for binary in self.binaries]

    def contender(self, job: str, name: str, listed: Listed, text: Path | None = None) -> list[Command]:
        """A tool with a list, on its text unless another one is given; of dechrome the command of each binary."""
        one = next(one for one in JOBS[job] if one.name == name)
        paths = {LIST: listed.phrases, PACK: listed.pack, INPUT: text or listed.text}
        binaries = self.binaries if one.role == "ours" else [""]
        return [one.argv(paths | {DECHROME: binary}) for binary in binaries]

    def ran(self, argv: list[str], look: compare.Look | None = None) -> compare.Ran | None:
        """A command's run; nothing if an earlier binary fails."""
        ran = compare.run(argv, self.limit, look)
        if ran.status in (0, 1, None):
            return ran
        print(f"goals.py: {' '.join(argv)} failed: {ran.message}", file=sys.stderr)
        if self.newest not in argv and any(binary in argv for binary in self.binaries):
            return None
        sys.exit(1)

    def cost(self, command: Command, part: str) -> float:
        """Of one run; of one that takes too long, the limit."""
        if callable(command):
            return command()
        ran = self.ran(command)
        if ran is None:
            return FAILED
        return self.limit if ran.status is None else getattr(ran.cost, part)

    def in_turn(self, *groups: Sequence[Command], part: str = "cpu", runs: int = 0) -> list[list[float]]:
        """The median of each command's cost, in the groups they are given in: A B A B ..."""
        commands = [command for group in groups for command in group]
        rounds = [[self.cost(command, part) for command in commands] for _ in range(runs or self.runs)]
        medians = iter([statistics.median(costs) for costs in zip(*rounds)])
        return [[next(medians) for _ in group] for group in groups]

    def beside(self, ours: list[Command], other: list[Command], part: str = "cpu") -> list[float]:
        """What we take of what another command takes."""
        ours_took, (other_took,) = self.in_turn(ours, other, part=part)
        return [took / other_took for took in ours_took]

    def in_process(
        self, ours: list[Command], on_nothing: list[Command], text: Path, others: Sequence[Command] = ()
    ) -> list[list[float]]:
        """What we take without start, reading and writing; without the start alone; and what others take.

        For reading and writing stands `cat`: a copy in and one out.
        """
        cat = [["cat", str(path)] for path in (text, self.texts.empty())]
        wholes, starts, (copied, began), others_took = self.in_turn(ours, on_nothing, cat, others)
        without_start = differences(wholes, starts)
        return [[took - (copied - began) for took in without_start], without_start, others_took]

    def speed(self, ours: list[Command], text: Path, part: str = "cpu") -> list[float]:
        """Megabytes a second."""
        (seconds,) = self.in_turn(ours, part=part)
        return [text.stat().st_size / 1e6 / took for took in seconds]

    def peaks(self, ours: list[Command]) -> list[float]:
        """The most memory of commands that write, in megabytes."""
        found = []
        for argv in ours:
            look = compare.Look()
            found.append(look.peak / 1e6 if self.ran(argv, look) else FAILED)
        return found


def differences(wholes: list[float], parts: list[float]) -> list[float]:
    return [whole - part for whole, part in zip(wholes, parts)]


def ratios(wholes: list[float], parts: list[float]) -> list[float]:
    return [whole / part for whole, part in zip(wholes, parts)]


def output(argv: list[object]) -> str:
    return subprocess.run(list(map(str, argv)), capture_output=True, text=True, check=True).stdout
