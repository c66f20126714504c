"""The texts that goals.py measures on: corpora, pages, what is made of them, and lists of patterns."""

import json
import os
import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, count, islice, pairwise
from pathlib import Path
from typing import NamedTuple

import compare
from contenders import write_pack
from corpus import HIT_SHARE, TABLE_SEED, Corpus
from report import LANGUAGE_NAMES

PAGES = "pages"  # stands for a language: text in the shape of real pages
LARGE_COPIES = 8  # of a text, in a large file
TREE_FILES = 30_000
RECORD_LINES, SITES = 40, 200  # lines a record, and sites that records are from
STANDING = int(1000 * HIT_SHARE)  # of the patterns for pages are lines of them, of which the shortest list has 1 000
WORD = re.compile(r"\w+")
PHRASE = re.compile(r"\w[\w ]{6,58}\w")  # no signs, of which dechrome takes some for others


class Listed(NamedTuple):
    """A text with the list of patterns that is looked for in it."""

    name: str
    text: Path
    phrases: Path
    pack: Path


class Tree(NamedTuple):
    """Small files in a folder, and all of their text as one file."""

    files: Path
    whole: Path
    out: Path


class Texts:
    """Makes texts where they are asked for, once."""

    def __init__(self, cache: Path, mb: int, memory: Path):
        self.folder, self.mb = cache / f"seed-{TABLE_SEED}-{mb}mb", mb
        self.memory = memory / f"dechrome-goals-{os.getpid()}"  # two may run at a time

    def corpus(self, name: str) -> Path:
        corpus = Corpus.parse(name)
        compare.make_corpora(self.folder, TABLE_SEED, self.mb, {corpus.name}, {corpus.patterns})
        return self.folder / f"{corpus.name}.txt"

    def usual(self, language: str = "en") -> Path:
        """The corpus that built-in packs are measured on."""
        return self.corpus(f"{language}-whole-usual-{compare.BUILT_IN_LIST}")

    def pages(self, ending: str) -> Path:
        compare.make_pages(self.folder, TABLE_SEED, self.mb)
        return self.folder / f"{PAGES}.{ending}"

    def empty(self, ending: str = "txt") -> Path:
        empty = self.folder / f"empty.{ending}"
        empty.parent.mkdir(parents=True, exist_ok=True)
        empty.touch()
        return empty

    def large(self, text: Path, copies: int = LARGE_COPIES) -> Path:
        """The text again and again."""

        def copy(large: Path) -> None:
            with open(large, "wb") as file:
                for _ in range(copies):
                    with open(text, "rb") as copied:
                        shutil.copyfileobj(copied, file)

        return made_of(text, text.with_stem(f"{text.stem}-times-{copies}"), copy)

    def records(self, language: str, is_escaped: bool) -> Path:
        """The usual corpus as JSONL; escaped is what json.dumps makes of it unless told otherwise: all in ASCII."""
        text = self.usual(language)

        def write(path: Path) -> None:
            with open(text, encoding="utf-8") as lines, open(path, "w", encoding="utf-8") as file:
                for number in count():
                    page = "".join(islice(lines, RECORD_LINES))
                    if not page:
                        return
                    record = {"url": f"https://www.site-{number % SITES}.example/{number}", "text": page}
                    file.write(json.dumps(record, ensure_ascii=is_escaped) + "\n")

        return made_of(text, self.folder / f"{language}-{'escaped' if is_escaped else 'plain'}.jsonl", write)

    def listed(self, language: str, job: str, patterns: int) -> Listed:
        """A text and the list it was made with; for pages one that is made of them."""
        corpus = Corpus(language, job, "usual", patterns)
        phrases = self.folder / f"{language}-{patterns}.txt"
        pack = self.folder / f"{language}-{job}-{patterns}.toml"
        if language == PAGES:
            name, text = "pages", self.pages("txt")
            made_of(text, phrases, lambda path: self.write_phrases(path, patterns))
        else:
            name, text = LANGUAGE_NAMES[language], self.corpus(corpus.name)
        write_pack(phrases, corpus, pack)
        return Listed(name, text, phrases, pack)

    def write_phrases(self, path: Path, patterns: int) -> None:
        """The commonest lines of the pages, as many for each list, so that all of them find the same.

        The rest has the words of other lines in reverse, where the pages have no such pair of them.
        """
        with open(self.pages("txt"), encoding="utf-8") as lines:
            counted = Counter(line for line in map(str.strip, lines) if PHRASE.fullmatch(line) and " " in line)
        common = list(folded_once(line for line, _ in counted.most_common()))
        reverse = (" ".join(reversed(line.split())) for line in common[STANDING:])
        others = list(folded_once(chain(reverse, self.phrases(patterns))))
        absent = {pair for line in others for pair in pairs(line)}
        with open(self.pages("txt"), encoding="utf-8") as lines:
            for line in lines:
                absent.difference_update(pairs(line))
        others = [line for line in others if not absent.isdisjoint(pairs(line))]
        path.write_text("".join(f"{line}\n" for line in (common[:STANDING] + others)[:patterns]), encoding="utf-8")

    def phrases(self, patterns: int) -> Iterator[str]:
        """Those of the English corpora, where the lines of pages do not suffice."""
        compare.make_corpora(self.folder, TABLE_SEED, self.mb, {"en-none"}, {patterns})
        with open(self.folder / f"en-{patterns}.txt", encoding="utf-8") as lines:
            yield from map(str.strip, lines)

    def tree(self) -> Tree:
        """Files of about 4 KB, 300 a folder, in memory."""
        tree = Tree(self.memory / "in", self.memory / "whole.txt", self.memory / "out")
        if tree.whole.exists():
            return tree
        self.remove_tree()
        text = self.usual()
        # With a corpus of less than the tree's size its text comes again, from other places on.
        size, total = 4 * 32_000_000 // TREE_FILES, text.stat().st_size
        tree.files.mkdir(parents=True)
        with open(text, "rb") as source, open(tree.whole.with_suffix(".part"), "wb") as whole:
            for number in range(TREE_FILES):
                folder = tree.files / f"{number // 300:03}"
                folder.mkdir(exist_ok=True)
                source.seek(number * size % (total - size))
                content = source.read(size)
                (folder / f"{number}.txt").write_bytes(content)
                whole.write(content)
        tree.whole.with_suffix(".part").rename(tree.whole)
        return tree

    def remove_tree(self) -> None:
        shutil.rmtree(self.memory, ignore_errors=True)


def made_of(source: Path, path: Path, make: Callable[[Path], object]) -> Path:
    """Makes a file unless it is there and younger than its source. A killed run leaves no half file."""
    if not path.exists() or path.stat().st_mtime < source.stat().st_mtime:
        part = path.with_name(f"{path.name}.part")
        make(part)
        part.rename(path)
    return path


def folded_once(lines: Iterable[str]) -> Iterator[str]:
    """Lines that differ in more than case."""
    seen = set()
    for line in lines:
        if line.casefold() not in seen:
            seen.add(line.casefold())
            yield line


def pairs(line: str) -> Iterator[tuple[str, str]]:
    """Neighbouring words."""
    return pairwise(WORD.findall(line.casefold()))
