"""Threads, forks and Ctrl-C. What could hang runs in a process of its own, with a time limit."""

import os
import signal
import subprocess
import sys
import time

import pytest

pytest.importorskip("pyarrow")

HAS_PROC = os.path.isdir("/proc/self/task")
CORES = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def run(program: str, seconds: float = 120) -> str:
    """What a program prints; it must end in time and without an error."""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, timeout=seconds, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


COUNT = """
import os, time, dechrome

def tasks():
    return len(os.listdir("/proc/self/task"))

def settled(most):
    # Threads that were told to end take a moment.
    until = time.monotonic() + 20
    while tasks() > most and time.monotonic() < until:
        time.sleep(0.01)
    return tasks()

texts = ["Text.\\n\\nRead more\\n"] * 5000
cleaner = dechrome.Cleaner()
before = tasks()
"""


@pytest.mark.skipif(not HAS_PROC, reason="counts threads as Linux lists them")
@pytest.mark.parametrize("call", ["clean_batch(texts, threads=500)", "clean_batch(texts)"])
def test_no_more_threads_than_cores_start(call):
    started = int(run(COUNT + f"assert cleaner.{call} == ['Text.\\n'] * 5000\nprint(tasks() - before)"))
    assert started <= CORES


@pytest.mark.skipif(not HAS_PROC, reason="counts threads as Linux lists them")
def test_no_more_threads_than_texts_start():
    assert run(COUNT + "cleaner.clean_batch(texts[:1])\nprint(tasks() - before)") == "0\n"


@pytest.mark.skipif(not HAS_PROC or CORES < 2, reason="counts threads as Linux lists them, and needs two")
def test_a_pool_that_is_no_longer_used_goes():
    program = (
        "dechrome.Miner().packs(threads=1)\ncleaner.clean_batch(texts, threads=2)\nprint(settled(before + 2) - before)"
    )
    assert run(COUNT + program) == "2\n"


def test_a_number_of_threads_that_cannot_be_is_told():
    import dechrome

    cleaner = dechrome.Cleaner(builtin=False)
    for threads in [0, -1]:
        with pytest.raises(ValueError, match="threads must be at least 1"):
            cleaner.clean_batch(["a"], threads=threads)
    assert cleaner.clean_batch(["a"], threads=10**12) == ["a"]


FAULTY = """
import sys, threading, dechrome
sys.setswitchinterval(1e-5)
wrong = []

def work():
    for _ in range(50):
        try:
            dechrome.Cleaner(builtin=False, disable=["no/such-rule"])
        except ValueError:
            pass
        try:
            dechrome.Cleaner({"mine": "[pack]\\ntitle = 'Mine'\\ninclude = ['none']\\n"}, builtin=False)
            wrong.append("it was made")
        except dechrome.PackError:
            pass

threads = [threading.Thread(target=work) for _ in range(8)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
print(wrong)
"""


def test_threads_that_make_cleaners_of_faulty_packs_end():
    assert run(FAULTY) == "[]\n"


MAKING = """
import itertools, threading, time, dechrome
phrases = ", ".join(f'"phrase {n} of very many"' for n in range(100_000))
pack = f"[pack]\\ntitle = 'Mine'\\n[[rule]]\\nid = 'a'\\nkind = 'ad'\\nis = [{phrases}]\\n"
ticks, stop = [], threading.Event()

def tick():
    while not stop.is_set():
        ticks.append(time.monotonic())
        time.sleep(0.001)

ticker = threading.Thread(target=tick)
ticker.start()
start = time.monotonic()
dechrome.Cleaner({"mine": pack}, builtin=False)
took = time.monotonic() - start
stop.set()
ticker.join()
print(max(b - a for a, b in itertools.pairwise(ticks)) / took)
"""


def test_other_threads_run_while_a_cleaner_is_made():
    assert float(run(MAKING)) < 0.3


FORK = """
import os, signal, sys, time, pyarrow as pa, dechrome
texts = ["The ferry left late, as ever.\\nRead more\\n" * 100] * 200
left = pa.table({"text": ["The ferry left late, as ever.\\n" * 100] * 200})
cleaner = dechrome.Cleaner()
stream = cleaner.clean_arrow(pa.table({"text": texts}), threads=2)
reader = pa.RecordBatchReader.from_stream(stream)
# The parent's threads are at work before.
assert pa.table(stream) == left
child = os.fork()
if child == 0:
    right = pa.table(stream) == left and reader.read_all() == left
    os._exit(0 if right and cleaner.clean_batch(texts) == left["text"].to_pylist() else 1)
until = time.monotonic() + 60
while time.monotonic() < until:
    ended, status = os.waitpid(child, os.WNOHANG)
    if ended:
        print(os.waitstatus_to_exitcode(status))
        sys.exit()
    time.sleep(0.05)
os.kill(child, signal.SIGKILL)
print("it hangs")
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
def test_a_stream_that_was_made_before_a_fork_is_read_after_it():
    assert run(FORK) == "0\n"


READ = """
import pyarrow as pa, dechrome
texts = pa.array(["The ferry left late, as ever.\\n" * 1000] * 100)
chunks = pa.chunked_array([texts] * 20_000)
stream = dechrome.Cleaner().clean_arrow(chunks, threads={threads})
print("go", flush=True)
{read}
print("it was read")
"""


@pytest.mark.skipif(os.name != "posix", reason="a signal is sent")
@pytest.mark.parametrize("threads", [1, 2])
@pytest.mark.parametrize(
    "read",
    ["pa.chunked_array(stream)", "try: pa.chunked_array(stream)\nexcept Exception: print('it was caught', flush=True)"],
    ids=["plain", "caught"],
)
def test_ctrl_c_ends_the_reading_of_a_stream(read, threads):
    child = subprocess.Popen(
        [sys.executable, "-c", READ.format(read=read, threads=threads)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    try:
        assert child.stdout.readline() == b"go\n"
        time.sleep(0.5)
        child.send_signal(signal.SIGINT)
        stdout, stderr = child.communicate(timeout=30)
    finally:
        child.kill()
    # Who reads has an error of its own for it; where that is caught, Python goes on to raise the interrupt.
    assert b"the reading was interrupted: KeyboardInterrupt" in stderr
    assert b"it was read" not in stdout
    assert child.returncode != 0
