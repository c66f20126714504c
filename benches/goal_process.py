"""Goals of the process: threads, memory, small files, standard input, the start."""

import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import compare
from goal_bench import FAILED, Bench, Command, Figure, at_least, at_most, differences, ratios
from goal_texts import LARGE_COPIES, TREE_FILES

MANY_THREADS = 32  # of a large machine, whatever this one has
CALLS = {"read": "one after another", "pread64": "at offsets", "futex": "waiting for a lock"}


def small_file(bench: Bench) -> Iterator[Figure]:
    """User time for a tree, but for what its text takes as one file, for each file of it.

    With the packs it is more than that of a file: a document of its own has its language told, and packs of its own.
    """
    tree = bench.texts.tree()
    for name, options in (("without rules", ("--no-builtin",)), ("with the built-in packs", ())):
        wholes, parts = (into(bench, path, "user", options=options) for path in (tree.files, tree.whole))
        found = [seconds * 1e6 / TREE_FILES for seconds in differences(wholes, parts)]
        yield Figure(f"a small file of a tree, user time beside cleaning, {name}", at_most(12, "µs"), found)


def into(bench: Bench, path: Path, part: str, threads: int = 1, options: tuple[str, ...] = ()) -> list[float]:
    """The median cost of writing cleaned files into a folder, which is taken away after each run."""
    out = bench.texts.tree().out
    costs: list[list[float]] = []
    for _ in range(bench.runs):
        costs.append([])
        for command in bench.clean(path, *options, "-o", out, threads=threads):
            costs[-1].append(bench.cost(command, part))
            shutil.rmtree(out, ignore_errors=True)
    return [statistics.median(found) for found in zip(*costs)]


def two_threads(bench: Bench) -> Iterator[Figure]:
    large, tree = bench.texts.large(bench.texts.usual()), bench.texts.tree()
    one, two = bench.in_turn(bench.clean(large), bench.clean(large, threads=2), part="wall")
    size = large.stat().st_size / 1e6
    yield Figure(
        f"two threads, wall time: a file of {size:.0f} MB, faster than one", at_least(1.8, "×"), ratios(one, two)
    )
    one, two = (into(bench, tree.files, part="wall", threads=threads) for threads in (1, 2))
    yield Figure(f"two threads, wall time: {TREE_FILES} files in memory", at_least(1.8, "×"), ratios(one, two))


def one_stream(bench: Bench) -> Iterator[Figure]:
    """What many cores can reach: what one thread at a time does takes at most what all takes where there are no rules.

    Left out is the kernel's copy of the output.
    """
    for name, text in (("text", bench.texts.usual()), ("JSONL", bench.texts.pages("jsonl"))):
        large = bench.texts.large(text)
        found = bench.speed(bench.through_shell(f"clean --no-builtin -j 2 {large} > /dev/null"), large, part="wall")
        job = f"one stream on many cores, {name}: no less than without rules on two, wall time"
        yield Figure(job, None, [speed / 1000 for speed in found], "GB/s")
    ((took,),) = bench.in_turn([lambda: reading(large)])
    speed = large.stat().st_size / 1e9 / took
    yield Figure(
        "no more, where it is read in order, than the kernel gives one thread", None, [speed] * len(found), "GB/s"
    )
    if not shutil.which("strace"):
        print("goals.py: without calls of the system: they need strace", file=sys.stderr)
        return
    megabytes, counted = large.stat().st_size / 1e6, calls(bench, bench.clean(large, "--no-builtin", threads=2))
    for call, what in CALLS.items():
        found = [of_binary[call] / megabytes for of_binary in counted]
        yield Figure(f"of the JSONL: calls of `{call}`, {what}", None, found, "a MB")
    tree = bench.texts.tree()
    counted = calls(bench, bench.clean(tree.files, "--no-builtin", "-o", tree.out, threads=2))
    found = [of_binary["futex"] / TREE_FILES for of_binary in counted]
    yield Figure(f"of {TREE_FILES} files: calls of `futex`, {CALLS['futex']}", None, found, "a file")


def reading(path: Path) -> float:
    """Seconds of CPU for reading a file, a megabyte at a time into the same memory."""
    began, memory = time.process_time(), memoryview(bytearray(1 << 20))
    with open(path, "rb", buffering=0) as file:
        while file.readinto(memory):
            pass
    return time.process_time() - began


def calls(bench: Bench, commands: list[Command]) -> list[dict[str, float]]:
    """How many calls of the system each command makes, by their names."""
    found = []
    for command in commands:
        traced = ["strace", "-f", "--seccomp-bpf", "-c", "-U", "calls,name", "-e", f"trace={','.join(CALLS)}", *command]
        ran = subprocess.run(traced, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        rows = [line.split() for line in ran.stderr.splitlines()]
        counted = {row[1]: int(row[0]) for row in rows if len(row) == 2 and row[0].isdigit()}
        found.append({call: FAILED if ran.returncode else counted.get(call, 0) for call in CALLS})
        shutil.rmtree(bench.texts.memory / "out", ignore_errors=True)
    return found


def stdin(bench: Bench) -> Iterator[Figure]:
    text = bench.texts.usual()
    piped, files = bench.in_turn(bench.through_shell(f"clean -j 1 < {text}"), bench.clean(text))
    yield Figure("standard input, of the file", at_most(1.3, "×"), ratios(piped, files))


def start(bench: Bench) -> Iterator[Figure]:
    (took,) = bench.in_turn(bench.clean(bench.texts.empty()), runs=5 * bench.runs)
    yield Figure("start with every built-in pack", at_most(10, "ms"), [1000 * seconds for seconds in took])
    yield Figure("its memory", at_most(30, "MB"), [waiting_peak(binary) for binary in bench.binaries])


def waiting_peak(binary: str) -> float:
    """The memory of a process that waits for its input: what one has touched cannot be seen when it is gone."""
    waiting = subprocess.Popen([binary, "clean", "-j", "1"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
    time.sleep(0.5)
    look = compare.Look()
    look(waiting.pid, memoryview(b""))
    waiting.communicate()
    return look.peak / 1e6


def memory(bench: Bench) -> Iterator[Figure]:
    small, large = bench.texts.usual(), bench.texts.large(bench.texts.usual())
    sizes = [path.stat().st_size / 1e6 for path in (large, small)]
    for threads in (1, 2):
        found = [bench.peaks(bench.clean(text, threads=threads)) for text in (large, small)]
        job = f"memory for {sizes[0]:.0f} MB, -j {threads}, of that for {sizes[1]:.0f} MB"
        yield Figure(job, at_most(1.2, "×"), ratios(*found))


def many_threads(bench: Bench) -> Iterator[Figure]:
    """A thread takes memory once; what it works on after that takes none that is new."""
    for name, text in (("text", bench.texts.usual()), ("JSONL", bench.texts.pages("jsonl"))):
        large = bench.texts.large(text)
        found = bench.peaks(bench.clean(large, threads=MANY_THREADS))
        yield Figure(f"memory with -j {MANY_THREADS}, {name}", at_most(150, "MB"), found)
        one, many = (faults(bench, text, threads) for threads in (1, MANY_THREADS))
        job = f"page faults with -j {MANY_THREADS}, {name}, of each MB after the first ones: more than with -j 1"
        yield Figure(job, at_most(10, "a MB"), differences(many, one))
        yield Figure(f"page faults with -j 1, {name}", None, one, "a MB")


def faults(bench: Bench, text: Path, threads: int) -> list[float]:
    """Page faults for each megabyte that a large text has more than half of it, by when all memory is taken."""
    large, half = bench.texts.large(text), bench.texts.large(text, LARGE_COPIES // 2)
    megabytes = (large.stat().st_size - half.stat().st_size) / 1e6
    commands = [bench.clean(path, threads=threads) for path in (large, half)]
    return [faulted / megabytes for faulted in differences(*bench.in_turn(*commands, part="faults", runs=1))]
