"""The goals of a process as a whole: threads, streams, its start, many small files, memory."""

import shutil
import statistics
import subprocess
import time
from pathlib import Path

import compare
from goal_runs import Bench, Row, large_file, tree_of

TREE_FILES = 30_000
MANY_THREADS = 32


def two_threads(bench: Bench) -> Row:
    large, tree = large_file(bench), bench.options.memory / "dechrome-goals"
    one, two = bench.medians(*(bench.built_in(large, threads) for threads in (1, 2)), part="wall")
    shutil.rmtree(tree, ignore_errors=True)
    try:
        tree_of(bench.corpus("en-whole-usual-1000"), tree / "in", TREE_FILES)
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


def memory(bench: Bench) -> Row:
    texts = bench.corpus("en-whole-usual-1000"), large_file(bench)
    peaks = [[bench.peak(bench.built_in(text, threads)) / 1e6 for text in texts] for threads in (1, 2)]
    sizes = " and ".join(f"{text.stat().st_size / 1e6:.0f}" for text in texts)
    measured = "; ".join(
        f"{threads}: {small:.0f} and {large:.0f} MB" for threads, (small, large) in zip(("one thread", "two"), peaks)
    )
    grows = any(large > 1.2 * small for small, large in peaks)
    return Row(f"memory for {sizes} MB", "the same for any input", measured, not grows)


def many_threads(bench: Bench) -> Row:
    """Memory with many threads, and how many pages of it are new: memory that is used again has none."""
    texts = large_file(bench), jsonl_of_pages(bench)
    peaks = [bench.peak(bench.built_in(text, MANY_THREADS)) / 1e6 for text in texts]
    faults = [bench.used(bench.built_in(texts[0], threads)).ru_minflt for threads in (1, MANY_THREADS)]
    measured = f"text {peaks[0]:.0f} MB, JSONL {peaks[1]:.0f} MB; {faults[0]} page faults become {faults[1]}"
    goal = "150 MB at most; page faults do not grow"
    return Row(f"memory with -j {MANY_THREADS}", goal, measured, max(peaks) <= 150 and faults[1] <= 1.2 * faults[0])


def jsonl_of_pages(bench: Bench) -> Path:
    """Pages again and again, as large as the large file."""
    pages, large = bench.pages("jsonl"), bench.folder / "large.jsonl"
    if not large.exists() or large.stat().st_mtime < pages.stat().st_mtime:
        with open(large, "wb") as file:
            for _ in range(8):
                file.write(pages.read_bytes())
    return large


def small_files(bench: Bench) -> Row:
    """What each file of a tree takes without rules: walking, opening, reading, writing, its place in the figures."""
    tree = bench.options.memory / "dechrome-goals"
    shutil.rmtree(tree, ignore_errors=True)
    try:
        tree_of(bench.corpus("en-whole-usual-1000"), tree / "in", TREE_FILES)
        rounds = []
        for _ in range(bench.options.runs):
            command = [*bench.without_rules(tree / "in"), "-o", str(tree / "out")]
            rounds.append(bench.used_once(command).ru_utime)
            shutil.rmtree(tree / "out")
    finally:
        shutil.rmtree(tree, ignore_errors=True)
    each = statistics.median(rounds) / TREE_FILES * 1e6
    return Row("a small file of a tree without rules, user time", "12 µs at most", f"{each:.1f} µs", each <= 12)


def one_at_a_time(bench: Bench) -> Row:
    """The ceiling of many cores: with no rules hardly anything is left but what one thread does at a time, reading and
    writing in order. What the lock and the queue cost beside it is not in it."""
    text = large_file(bench)
    (wall,) = bench.medians(bench.without_rules(text), part="wall")
    speed = text.stat().st_size / 1e9 / wall
    return Row("what one stream can reach: all but cleaning, wall time", "2.5 GB/s at least", f"{speed:.1f} GB/s", speed >= 2.5)
