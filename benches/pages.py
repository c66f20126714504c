#!/usr/bin/env python3
"""Makes the corpus `pages`: text that has the shape of real web pages, from a seed and without any real page's text.

    pages.py FOLDER --seed 2 --mb 32

writes pages.txt (page after page) and pages.jsonl (the same, a page a record). docs/benchmarks.md says which figures of
real pages it follows.

A page is put together from its parts first (menus, an article, teasers, a footer) and then laid out as one of the
extractors does it: whole with list marks, whole with every text on a line of its own, or the article alone. Languages,
layouts and sizes are dealt like cards, so that a small corpus has the same mix as a large one.
"""

import argparse
import hashlib
import itertools
import json
import math
import os
import random
import statistics
from collections.abc import Iterator
from pathlib import Path

from corpus import TABLE_SEED, Store
from page_chrome import PATTERNS, Chrome, brands, vocabulary
from page_layout import LAYOUTS, laid_out
from page_parts import Page
from page_words import Words

HERE = Path(__file__).resolve().parent
NAME = "pages"
SOURCES = ("corpus.py", "pages.py", "page_chrome.py", "page_layout.py", "page_parts.py", "page_words.py")
SPREAD, SIZES = 0.85, 64  # of the logarithms of sizes, which are normal; how many sizes are dealt
# More of the languages in other scripts than there are pages in them: they stand for those that are not here.
LANGUAGE_CARDS = {"en": 100, "de": 80, "fr": 6, "es": 5, "pl": 2, "ru": 5, "pt": 2, "ja": 4}


class Deck:
    """Deals each card once, then all of them anew in another order."""

    def __init__(self, cards: list, rng: random.Random):
        self.cards, self.rng, self.left = cards, rng, []

    def deal(self):
        if not self.left:
            self.left = self.rng.sample(self.cards, len(self.cards))
        return self.left.pop()


class Corpus:
    """Endless pages of one seed, each with its address.

    A page has random numbers of its own. So a changed pack, which changes what is drawn for a page, leaves languages,
    layouts and sizes of all pages as they are, and the cost of the whole about the same.
    """

    def __init__(self, seed: int):
        self.seed, rng = seed, random.Random(f"{seed} {NAME}")
        normal = statistics.NormalDist()
        self.languages = Deck([name for name, count in LANGUAGE_CARDS.items() for _ in range(count)], rng)
        self.layouts = Deck([layout for layout in LAYOUTS for _ in range(layout.cards)], rng)
        self.sizes = Deck([normal.inv_cdf((step + 0.5) / SIZES) for step in range(SIZES)], rng)
        self.made: dict[str, tuple[Words, Chrome]] = {}

    def __iter__(self) -> Iterator[tuple[str, str]]:
        for number in itertools.count():
            language, layout = self.languages.deal(), self.layouts.deal()
            words, chrome = self.tongue(language)
            words.rng = chrome.rng = rng = random.Random(f"{self.seed} {NAME} {number}")
            size = layout.size * math.exp(SPREAD * self.sizes.deal())
            page = Page(words, chrome, rng, layout.menus, layout.left_over, size)
            # No host of any pack, so that pages get packs by their text alone.
            url = f"https://www.site-{rng.randrange(300)}.example/{language}/{number}"
            yield url, laid_out(layout, page.parts(), rng)

    def tongue(self, language: str) -> tuple[Words, Chrome]:
        if language not in self.made:
            rng = random.Random(f"{self.seed} {NAME} {language}")
            words = Words(language, vocabulary(language), brands(), rng)
            self.made[language] = words, Chrome(language, words, rng)
        return self.made[language]


class PageStore(Store):
    """Where corpora lie, with a recipe of all sources and packs that pages are made of."""

    def __init__(self, folder: Path, seed: int, mb: float):
        super().__init__(folder, seed, mb)
        digest = hashlib.sha256()
        for source in (*map(HERE.joinpath, SOURCES), *sorted(PATTERNS.glob("*/*.toml"))):
            digest.update(source.read_bytes())
        self.recipe |= {"generator": digest.hexdigest()}

    def make_pages(self) -> None:
        """Makes both files if they are not there yet."""
        if self.is_current(NAME):
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        self.describe(NAME, write(self.folder, Corpus(self.seed), round(self.mb * 1_000_000)))


def write(folder: Path, corpus: Corpus, size: int) -> dict:
    """Writes the pages as text and as records and returns their figures. A killed run leaves no half corpus."""
    parts = {ending: folder / f"{NAME}.{ending}.part" for ending in ("txt", "jsonl")}
    count = written = 0
    with open(parts["txt"], "w", encoding="utf-8") as text, open(parts["jsonl"], "w", encoding="utf-8") as records:
        for url, page in corpus:
            text.write(page)
            records.write(json.dumps({"url": url, "text": page}, ensure_ascii=False) + "\n")
            written += len(page.encode())
            count += 1
            if written >= size:
                break
    for ending, part in parts.items():
        os.replace(part, folder / f"{NAME}.{ending}")
    return {"pages": count, "bytes": written}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=TABLE_SEED)
    parser.add_argument("--mb", type=float, default=32)
    options = parser.parse_args()
    PageStore(options.folder, options.seed, options.mb).make_pages()


if __name__ == "__main__":
    main()
