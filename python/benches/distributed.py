"""Throughput of Spark and Ray Data on clusters of this machine: read and write alone, through Python without any work,
and cleaned.

    pip install ./python pyarrow pyspark "ray[data]"
    python python/benches/distributed.py make /tmp/corpus --mb 2000
    python python/benches/distributed.py run spark /tmp/corpus /tmp/out --rounds 2
    python python/benches/distributed.py run ray /tmp/corpus /tmp/out --rounds 2
    python python/benches/distributed.py run spark /tmp/corpus /tmp/out --kill 15 --master "local[2,4]"

Documents are those of benches/corpus.py, a few thousand of them over and over with an id of their own, in Parquet files
of about 64 MB of text. Each figure is one job, session start not counted; the modes take turns. With --kill only
cleaning runs: once in peace, and once while a worker is killed after so many seconds; both must leave the same rows.
"""

from __future__ import annotations

import argparse
import contextlib
import itertools
import os
import shutil
import signal
import sys
import threading
import time
import zlib
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

MODES = ["bare", "through", "clean"]
FILE_BYTES = 64_000_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    commands = parser.add_subparsers(dest="command", required=True)
    make = commands.add_parser("make")
    make.add_argument("corpus", type=Path)
    make.add_argument("--mb", type=int, default=2000)
    run = commands.add_parser("run")
    run.add_argument("engine", choices=["spark", "ray"])
    run.add_argument("corpus", type=Path)
    run.add_argument("out", type=Path)
    run.add_argument("--rounds", type=int, default=2)
    run.add_argument("--cores", type=int, default=2)
    run.add_argument("--master", help="Spark's master, such as local-cluster[2,1,2048]")
    run.add_argument("--kill", type=float, help="kill a worker after so many seconds")
    options = parser.parse_args()
    if options.command == "make":
        make_corpus(options.corpus, options.mb * 1_000_000)
    else:
        measure(options)


def make_corpus(folder: Path, limit: int) -> None:
    sys.path.insert(0, str(Path(__file__).parents[2] / "benches"))
    from corpus import Corpus, Pages, Text

    text = Text("en", 2)
    pages = Pages(text, Corpus("en", "whole", "usual", 1000), built_in_lines())
    some = [b"\n".join(pages.laid_out(*page)).decode() for page in itertools.islice(pages, 6000)]
    folder.mkdir(parents=True)
    number = total = 0
    for file in itertools.count():
        rows: dict[str, list] = {"id": [], "url": [], "text": []}
        size = 0
        while size < FILE_BYTES:
            page = some[number * 7919 % len(some)]
            rows["id"].append(number)
            rows["url"].append(f"https://town{number % 997}.example/{number}")
            rows["text"].append(page)
            size += len(page.encode())
            number += 1
        pq.write_table(pa.table(rows), folder / f"{file:04}.parquet", row_group_size=2000, compression="zstd")
        total += size
        if total >= limit:
            break
    print(f"{number} documents, {total / 1e6:.0f} MB of text in {file + 1} files")


def built_in_lines() -> list[str]:
    """Lines that the built-in packs take, as a site has them."""
    return ["Read more", "Advertisement", "Skip to content", "Share this article", "Sign up for our newsletter"] * 200


def measure(options: argparse.Namespace) -> None:
    size = sum(
        len(text.as_buffer())
        for file in sorted(options.corpus.glob("*.parquet"))
        for batch in pq.ParquetFile(file).iter_batches(columns=["text"])
        for text in batch["text"]
    )
    start = time.perf_counter()
    engine = Spark(options) if options.engine == "spark" else Ray(options)
    print(f"{options.engine} started in {time.perf_counter() - start:.1f} s; {size / 1e6:.0f} MB of text", flush=True)
    if options.kill:
        compare_killed(engine, options)
        engine.stop()
        return
    for _ in range(options.rounds):
        for mode in MODES:
            shutil.rmtree(options.out, ignore_errors=True)
            start = time.perf_counter()
            engine.run(mode, str(options.corpus), str(options.out))
            took = time.perf_counter() - start
            rows = sum(pq.ParquetFile(file).metadata.num_rows for file in options.out.glob("*.parquet"))
            rate = size / 1e6 / took
            print(
                f"{mode}: {took:.1f} s, {rate:.0f} MB/s, {rate / options.cores:.0f} MB/s per core, {rows} rows",
                flush=True,
            )
    engine.stop()


def compare_killed(engine: Spark | Ray, options: argparse.Namespace) -> None:
    """Cleans in peace, and with a worker killed, and compares what is left."""
    left = []
    for kill in [False, True]:
        shutil.rmtree(options.out, ignore_errors=True)
        if kill:
            threading.Timer(options.kill, kill_worker, [engine.worker]).start()
        start = time.perf_counter()
        engine.run("clean", str(options.corpus), str(options.out))
        took = time.perf_counter() - start
        left.append(digest_of(options.out))
        print(f"{'with a worker killed' if kill else 'in peace'}: {took:.1f} s, {left[-1]}", flush=True)
    assert left[0] == left[1], "rows were lost, doubled or changed"


def kill_worker(name: str) -> None:
    """Kills a process of ours whose command has this in it and that has worked the most."""
    workers = []
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            stat = (folder / "stat").read_text().rpartition(")")[2].split()
            if name in (folder / "cmdline").read_text() and descends(int(folder.name)):
                workers.append((int(stat[11]), int(folder.name)))
    ticks, number = max(workers)
    os.kill(number, signal.SIGKILL)
    print(f"killed process {number}, which had worked {ticks / os.sysconf('SC_CLK_TCK'):.1f} s", flush=True)


def descends(number: int) -> bool:
    """Whether a process was started by this one, or by one that it started."""
    while number > 1:
        if number == os.getpid():
            return True
        number = int(Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[1])
    return False


def digest_of(folder: Path) -> str:
    """How many rows, how many bytes of text, and a sum over all rows that does not know their order."""
    rows = size = total = 0
    for file in folder.glob("*.parquet"):
        for batch in pq.ParquetFile(file).iter_batches(columns=["id", "text"]):
            for number, text in zip(batch["id"].to_pylist(), batch["text"].to_pylist()):
                data = text.encode()
                rows, size = rows + 1, size + len(data)
                total = (total + zlib.crc32(data, number) * (number + 1)) % (1 << 64)
    return f"{rows} rows, {size} bytes, sum {total:016x}"


class Spark:
    worker = "pyspark.daemon"

    def __init__(self, options: argparse.Namespace) -> None:
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        from pyspark.sql import SparkSession

        self.session = (
            SparkSession.builder.master(options.master or f"local[{options.cores}]")
            .config("spark.ui.enabled", False)
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.driver.memory", "2g")
            .config("spark.executor.memory", "1g")
            # Arrow batches are counted in rows: 10 000 pages would be tens of megabytes.
            .config("spark.sql.execution.arrow.maxRecordsPerBatch", 1000)
            .getOrCreate()
        )

    def run(self, mode: str, corpus: str, out: str) -> None:
        import dechrome.spark

        frame = self.session.read.parquet(corpus)
        if mode == "through":
            frame = frame.mapInArrow(lambda batches: batches, frame.schema)
        if mode == "clean":
            frame = dechrome.spark.clean(frame)
        frame.write.parquet(out)

    def stop(self) -> None:
        self.session.stop()


class Ray:
    worker = "ray::"

    def __init__(self, options: argparse.Namespace) -> None:
        os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
        import ray

        ray.init(num_cpus=options.cores, include_dashboard=False, object_store_memory=1_500_000_000)
        ray.data.DataContext.get_current().enable_progress_bars = False

    def run(self, mode: str, corpus: str, out: str) -> None:
        import ray

        import dechrome.ray

        data = ray.data.read_parquet(corpus)
        if mode == "through":
            data = data.map_batches(lambda batch: batch, batch_format="pyarrow", zero_copy_batch=True)
        if mode == "clean":
            data = dechrome.ray.clean(data)
        data.write_parquet(out)

    def stop(self) -> None:
        import ray

        ray.shutdown()


if __name__ == "__main__":
    main()
