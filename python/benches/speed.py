"""Speed of the module beside the library itself and beside what one writes in Python instead.

    pip install ./python pyarrow flashtext datatrove orjson regex spacy
    cargo build --profile dist --example rate
    python python/benches/speed.py --rate target/dist/examples/rate

Documents are those of benches/corpus.py, in memory as a list of str. All contenders take turns; a figure is the best
of the rounds, in MB (10^6 bytes of UTF-8) for each second of CPU of the whole process: other work on the machine can
only slow them down. A contender that is slow gets only the first documents.
"""

from __future__ import annotations

import argparse
import itertools
import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "benches"))

import pyarrow as pa
from contenders import write_pack
from corpus import Corpus, Pages, Text

import dechrome

Contender = Callable[[list[str]], object]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--mb", type=int, default=32)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--patterns", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=2)
    parser.add_argument("--rate", type=Path, help="the example that measures the library itself")
    options = parser.parse_args()
    text = Text("en", options.seed)
    phrases = text.phrases(options.patterns)
    corpus = Corpus("en", "whole", "usual", options.patterns)
    documents = list(documents_of(Pages(text, corpus, phrases), options.mb * 1_000_000))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "list.txt").write_text("\n".join(phrases) + "\n")
        write_pack(folder / "list.txt", corpus, folder / "bench.toml")
        (folder / "corpus.jsonl").write_text("".join(json.dumps({"text": text}) + "\n" for text in documents))
        own = dechrome.Cleaner(folder / "bench.toml", builtin=False)
        print(f"{len(documents)} documents, {size(documents) / 1e6:.0f} MB, {len(phrases)} phrases\n")
        table(f"{len(phrases)} phrases", {**ours(own), **rivals(phrases)}, documents, options, folder / "bench.toml")
        table("built-in packs", ours(dechrome.Cleaner()) | c4(), documents, options, "built-in")


def documents_of(pages: Pages, limit: int):
    """Pages as str, of so many bytes together."""
    total = 0
    for prose, chrome in pages:
        page = b"\n".join(pages.laid_out(prose, chrome)) + b"\n"
        total += len(page)
        yield page.decode()
        if total >= limit:
            return


def size(documents: list[str]) -> int:
    return sum(len(text.encode()) for text in documents)


def ours(cleaner: dechrome.Cleaner) -> dict[str, Contender]:
    column: dict[int, pa.Array] = {}
    left: dict[int, list[bytes]] = {}
    encoded: dict[int, list[bytes]] = {}

    def arrow(documents: list[str], threads: int) -> pa.Array:
        array = column.setdefault(len(documents), pa.array(documents))
        return pa.array(cleaner.clean_arrow(array, threads=threads))

    def of_bytes(documents: list[str]) -> list[bytes]:
        given = encoded.setdefault(len(documents), [])
        if not given:
            given.extend(text.encode() for text in documents)
        return cleaner.clean_batch(given, threads=1)

    def strings(documents: list[str]) -> list[str]:
        """Makes nothing but the str that come out: the least that clean and clean_batch add to the library."""
        if len(documents) not in left:
            left[len(documents)] = [text.encode() for text in cleaner.clean_batch(documents)]
        return [text.decode() for text in left[len(documents)]]

    return {
        "Python's str of what is left, alone": strings,
        "clean, in a loop": lambda documents: [cleaner.clean(text) for text in documents],
        "clean_batch, 1 thread": lambda documents: cleaner.clean_batch(documents, threads=1),
        "clean_batch of bytes, 1 thread": of_bytes,
        "clean_batch, 2 threads": lambda documents: cleaner.clean_batch(documents, threads=2),
        "clean_arrow, 1 thread": lambda documents: arrow(documents, 1),
        "clean_arrow, 2 threads": lambda documents: arrow(documents, 2),
    }


def rivals(phrases: list[str]) -> dict[str, Contender]:
    """What takes the same lines, where they are spelled the same."""
    drop = set(phrases)
    exact = re.compile("^(?:" + "|".join(map(re.escape, phrases)) + ")\n", re.MULTILINE)
    folded = re.compile(exact.pattern, re.MULTILINE | re.IGNORECASE)

    def lines(text: str) -> str:
        return "\n".join(line for line in text.split("\n") if line not in drop)

    rivals: dict[str, Contender] = {
        "a set of lines": lambda documents: [lines(text) for text in documents],
        "a compiled regex": lambda documents: [exact.sub("", text) for text in documents],
        "a compiled regex, any case": lambda documents: [folded.sub("", text) for text in documents],
    }
    try:
        from flashtext import KeywordProcessor
    except ModuleNotFoundError:
        return rivals
    processor = KeywordProcessor()
    for phrase in phrases:
        # It cannot replace by nothing.
        processor.add_keyword(phrase, " ")
    rivals["FlashText"] = lambda documents: [processor.replace_keywords(text) for text in documents]
    return rivals


def c4() -> dict[str, Contender]:
    """datatrove's C4 filter as it comes: other work, for context."""
    try:
        from datatrove.data import Document
        from datatrove.pipeline.filters import C4QualityFilter
    except ModuleNotFoundError:
        return {}
    filters = C4QualityFilter()
    return {
        "datatrove's C4 filter": lambda documents: [
            filters.filter(Document(text=text, id=str(number))) for number, text in enumerate(documents)
        ]
    }


def table(title: str, contenders: dict[str, Contender], documents: list[str], options, pack: Path | str) -> None:
    parts = {name: sample(work, documents) for name, work in contenders.items()}
    cpu: dict[str, list[float]] = {name: [] for name in contenders}
    wall: dict[str, list[float]] = {name: [] for name in contenders}
    library: list[float] = []
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as file:
        file.writelines(json.dumps({"text": text}) + "\n" for text in documents)
        file.flush()
        for _ in range(options.rounds):
            if options.rate:
                done = subprocess.run([options.rate, file.name, str(pack)], capture_output=True, text=True, check=True)
                library += [size(documents) / 1e6 / float(line.split()[0]) for line in done.stdout.splitlines()]
            # Three times in a row, as the library: the first time memory has to be had from the system.
            for name, work in [contender for contender in contenders.items() for _ in range(3)]:
                start, begun = time.perf_counter(), time.process_time()
                work(parts[name])
                megabytes = size(parts[name]) / 1e6
                cpu[name].append(megabytes / (time.process_time() - begun))
                wall[name].append(megabytes / (time.perf_counter() - start))
    print(f"| {title} | MB/s of CPU | of the library | MB/s of wall time |")
    print("| --- | ---: | ---: | ---: |")
    base = max(library) if library else None
    if base:
        print(f"| the library, 1 thread | {base:.0f} | 100 % | |")
    for name in contenders:
        rate = max(cpu[name])
        share = f"{100 * rate / base:.0f} %" if base else ""
        print(f"| {name} | {shown(rate)} | {share} | {shown(max(wall[name]))} |")
    print(flush=True)


def shown(rate: float) -> str:
    return f"{rate:.0f}" if rate >= 10 else f"{rate:.2g}"


def sample(work: Contender, documents: list[str]) -> list[str]:
    """As many of the documents as take about a second."""
    some = documents[:20]
    begun = time.process_time()
    work(some)
    took = time.process_time() - begun
    return list(itertools.islice(documents, max(20, int(20 / max(took, 1e-6)))))


if __name__ == "__main__":
    main()
