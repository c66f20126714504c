"""Goals of cleaning with the built-in packs, and of JSONL."""

from collections.abc import Iterator
from pathlib import Path

from goal_bench import Bench, Figure, at_least, at_most
from report import LANGUAGE_NAMES

NAMES = LANGUAGE_NAMES | {"pages": "pages"}


def beside_cat(bench: Bench) -> Iterator[Figure]:
    for language, name in LANGUAGE_NAMES.items():
        text = bench.texts.usual(language)
        took = bench.beside(bench.clean(text), [["cat", str(text)]])
        yield Figure(f"built-in packs, generated {name}, of `cat`", at_most(4, "×"), took)
    text = bench.texts.pages("txt")
    took = bench.beside(bench.clean(text), [["cat", str(text)]])
    yield Figure("built-in packs, pages as text, of `cat`", at_most(6, "×"), took)


def in_process(bench: Bench) -> Iterator[Figure]:
    text, empty = bench.texts.pages("txt"), bench.texts.empty()
    apart, whole, _ = bench.in_process(bench.clean(text), bench.clean(empty), text)
    job = "the same in process: without the start, and without what `cat` takes"
    yield Figure(job, at_most(1.8, "ns a byte"), nanoseconds_a_byte(apart, text))
    yield Figure("without the start alone", None, nanoseconds_a_byte(whole, text), "ns a byte")


def nanoseconds_a_byte(took: list[float], text: Path) -> list[float]:
    return [seconds * 1e9 / text.stat().st_size for seconds in took]


def jsonl(bench: Bench) -> Iterator[Figure]:
    texts = bench.texts
    for name, text, goal in (
        ("plain (English)", texts.records("en", is_escaped=False), 600),
        ("escaped (English)", texts.records("en", is_escaped=True), 450),
        ("escaped (Russian)", texts.records("ru", is_escaped=True), 450),
        ("pages", texts.pages("jsonl"), 400),
    ):
        speed = bench.speed(bench.clean(text), text)
        yield Figure(f"JSONL with built-in packs: {name}", at_least(goal, "MB/s"), speed)


def jsonl_without_rules(bench: Bench) -> Iterator[Figure]:
    text = bench.texts.pages("jsonl")
    speed = bench.speed(bench.clean(text, "--no-builtin"), text)
    yield Figure("JSONL with no rules at all, pages", at_least(1200, "MB/s"), speed)


def other_texts(bench: Bench) -> Iterator[Figure]:
    texts = [bench.texts.usual(), bench.texts.usual("ru"), bench.texts.corpus("en-whole-heavy-1000")]
    took = bench.in_turn(*(bench.clean(text) for text in texts))
    english, *others = (nanoseconds_a_byte(seconds, text) for seconds, text in zip(took, texts))
    for name, other in zip(("Russian", "heavy chrome in short lines"), others):
        found = [ours / beside for ours, beside in zip(other, english)]
        yield Figure(f"built-in packs: {name}, a byte, of English", at_most(1.5, "×"), found)


def mining(bench: Bench) -> Iterator[Figure]:
    """One thread; packs are written over those of the run before."""
    found = bench.texts.folder / "mined"
    for name, text in (("pages", bench.texts.pages("jsonl")), ("English", bench.texts.records("en", is_escaped=False))):
        speed = bench.speed(bench.ours("mine", "-j", 1, "--overwrite", "-o", found, text), text)
        yield Figure(f"`mine`, a core, {name}", at_least(150, "MB/s"), speed)
