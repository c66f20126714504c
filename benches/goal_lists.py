"""Goals of lists of patterns: beside the tools that people use for them, and by their length."""

import importlib.util
import sys
from collections.abc import Callable, Iterator

from goal_bench import Bench, Figure, at_least, at_most, differences, number, output, ratios
from goal_texts import PAGES
from report import LANGUAGE_NAMES

WORDS = {"whole": "whole lines", "contains": "contains"}  # what a job is called in the table
TEXTS = (*LANGUAGE_NAMES, PAGES)
# Scans the whole text as one block, and stops at nothing: what its automaton takes, without lines.
VECTORSCAN = """
import sys, time, hyperscan
phrases = open(sys.argv[1], "rb").read().splitlines()
text = open(sys.argv[2], "rb").read()
flags = hyperscan.HS_FLAG_CASELESS | hyperscan.HS_FLAG_SINGLEMATCH
database = hyperscan.Database()
database.compile(expressions=phrases, flags=[flags] * len(phrases), ids=range(len(phrases)), literal=True)
before = time.process_time()
database.scan(text, match_event_handler=lambda *match: None)
print(time.process_time() - before)
"""


def of_perl(patterns: int, limit: float) -> Callable[[Bench], Iterator[Figure]]:
    """What we take of what perl takes to drop whole lines."""

    def row(bench: Bench) -> Iterator[Figure]:
        for language in TEXTS:
            listed = bench.texts.listed(language, "whole", patterns)
            commands = [bench.contender("whole", tool, listed) for tool in ("dechrome", "perl hash")]
            job = f"whole lines, {number(patterns)} patterns, {listed.name}, of `perl hash`"
            yield Figure(job, at_most(limit, "×"), bench.beside(*commands))

    return row


def faster_than_rg(patterns: int, limit: float) -> Callable[[Bench], Iterator[Figure]]:
    """How many times as fast as rg we drop lines that hold a phrase."""

    def row(bench: Bench) -> Iterator[Figure]:
        for language in TEXTS:
            listed = bench.texts.listed(language, "contains", patterns)
            commands = [bench.contender("contains", tool, listed) for tool in ("dechrome", "rg -vFf")]
            found = [1 / took for took in bench.beside(*commands)]
            job = f"contains, {number(patterns)} patterns, {listed.name}, faster than `rg -vFf`"
            yield Figure(job, at_least(limit, "×"), found)

    return row


def vectorscan(bench: Bench) -> Iterator[Figure]:
    if importlib.util.find_spec("hyperscan") is None:
        print("goals.py: without vectorscan: pip install hyperscan", file=sys.stderr)
        return
    for language, patterns, goal in (("en", 1000, 0.6), (PAGES, 1000, 0.6), ("en", 10_000, 1)):
        listed = bench.texts.listed(language, "contains", patterns)
        ours = [bench.contender("contains", "dechrome", listed, text) for text in (listed.text, bench.texts.empty())]
        scan = [sys.executable, "-c", VECTORSCAN, listed.phrases, listed.text]
        apart, whole, (scanned,) = bench.in_process(*ours, listed.text, [lambda: float(output(scan))])
        job = f"contains, {number(patterns)} patterns, {listed.name}, in process, of vectorscan"
        yield Figure(job, at_most(goal, "×"), [took / scanned for took in apart])
        yield Figure("with reading and writing", None, [took / scanned for took in whole], "×")


def growth(bench: Bench) -> Iterator[Figure]:
    """What a hundred times as many patterns cost, reading them apart and with it."""
    for language in ("en", PAGES):
        for job, goal in (("whole", 1.1), ("contains", 3)):
            lists = [bench.texts.listed(language, job, patterns) for patterns in (1000, 100_000)]
            commands = [
                bench.contender(job, "dechrome", listed, text)
                for listed in lists
                for text in (listed.text, bench.texts.empty())
            ]
            few, few_start, many, many_start = bench.in_turn(*commands)
            apart = ratios(differences(many, many_start), differences(few, few_start))
            name = f"{WORDS[job]}, {lists[0].name}, 100 000 patterns of what 1 000 take"
            yield Figure(f"{name}, without reading the pack", at_most(goal, "×"), apart)
            yield Figure("with reading it", None, ratios(many, few), "×")
