"""Chrome of pages.py: phrases of the packs in `patterns/`, with their placeholders filled.

What the packs know is a small part of what a page has around its article, and few phrases make up most of that. So each
kind's phrases are drawn with the weights of Zipf's law: first those that many packs of languages hold, and among equals
in an order that is the seed's choice.
"""

import itertools
import random
import re
import tomllib
from collections import Counter
from functools import cache
from pathlib import Path
from typing import NamedTuple

from corpus import zipf
from page_words import Words

PATTERNS = Path(__file__).resolve().parent.parent / "patterns"
KEYS = ("is", "starts-with", "ends-with")
PLACEHOLDER = re.compile(r"\{(number|date|time|any)\}")
FAMILY_LINES = (2, 9)  # of one pack's phrases, where a page shows a vendor's box


class Phrase(NamedTuple):
    """A text of a pack and how a rule looks for it."""

    key: str
    text: str


class Group(NamedTuple):
    """Phrases of one kind and strength."""

    phrases: list[Phrase]
    weights: list[float]


@cache
def packs(folder: str) -> dict[str, dict]:
    """All packs of a folder by their names, in an order that does not depend on the disk."""
    files = sorted((PATTERNS / folder).glob("*.toml"))
    return {file.stem: tomllib.loads(file.read_text(encoding="utf-8")) for file in files}


def phrases_of(rule: dict) -> list[Phrase]:
    return [Phrase(key, text.replace("{{", "{")) for key in KEYS for text in rule.get(key, [])]


def vocabulary(language: str) -> list[str]:
    """The words of a language's pack, each once."""
    texts = [one.text for rule in packs("generic")[language]["rule"] for one in phrases_of(rule)]
    words = (word for text in texts for word in re.findall(r"[^\W\d_]+", PLACEHOLDER.sub(" ", text)))
    return list(dict.fromkeys(word.lower() for word in words if len(word) > 1))


@cache
def packs_with() -> Counter[str]:
    """In how many packs of languages a text stands."""
    found = Counter()
    for pack in packs("generic").values():
        found.update({phrase.text.lower() for rule in pack["rule"] for phrase in phrases_of(rule)})
    return found


@cache
def brands() -> list[str]:
    """Words and pairs of words from signatures and cuts: names of sites and software, which ordinary text has too."""
    found = {}
    for pack in (*packs("families").values(), *packs("sites").values()):
        texts = [*pack["pack"].get("signature", [])]
        texts += [text for rule in pack["rule"] for text in rule.get("cut", []) if isinstance(text, str)]
        for words in (re.findall(r"[^\W\d_]{3,}", PLACEHOLDER.sub(" ", text)) for text in texts):
            found |= dict.fromkeys(words) | dict.fromkeys(map(" ".join, itertools.pairwise(words)))
    return list(found)


class Chrome:
    """Chrome of one language."""

    def __init__(self, language: str, words: Words, rng: random.Random):
        self.words, self.rng = words, rng
        found: dict[tuple[str, bool], list[Phrase]] = {}
        for name in (language, "any"):
            for rule in packs("generic")[name]["rule"]:
                if "kind" in rule:
                    found.setdefault((rule["kind"], rule.get("weak", False)), []).extend(phrases_of(rule))
        self.groups = {key: self.group(phrases) for key, phrases in found.items() if phrases}
        self.families = [
            pack
            for pack in packs("families").values()
            if language in pack["pack"]["languages"] and "signature" in pack["pack"]
        ]

    def group(self, phrases: list[Phrase]) -> Group:
        """The phrases with what many packs hold in front: "Newsletter" stands on more pages than "Close submenu"."""
        self.rng.shuffle(phrases)
        phrases.sort(key=lambda phrase: -packs_with()[phrase.text.lower()])
        return Group(phrases, zipf(len(phrases), 0.9))

    def line(self, kind: str, weak: bool) -> str:
        """A line that a rule of this kind and strength takes, if nothing around it speaks against that."""
        group = self.groups.get((kind, weak)) or self.groups["navigation", weak]
        return self.dressed(self.rng.choices(group.phrases, cum_weights=group.weights)[0])

    def menu_name(self) -> str:
        return self.line("navigation", True)

    def vendor(self) -> list[str]:
        """What one family's software writes on a page, with the signature by which its pack is activated."""
        if not self.families:
            return []
        pack = self.rng.choice(self.families)
        phrases = [phrase for rule in pack["rule"] for phrase in phrases_of(rule)]
        signature = Phrase("is", self.rng.choice(pack["pack"]["signature"]))
        chosen = [signature, *self.rng.choices(phrases, k=self.rng.randint(*FAMILY_LINES))]
        return [self.dressed(phrase) for phrase in chosen]

    def dressed(self, phrase: Phrase) -> str:
        text = PLACEHOLDER.sub(lambda found: self.filling(found[1]), phrase.text)
        if phrase.key == "starts-with" and self.rng.random() < 0.7:
            return f"{text} {self.words.title(2, 9)}"
        if phrase.key == "ends-with":
            return f"{self.words.title(2, 9)} {text}"
        return text

    def filling(self, placeholder: str) -> str:
        rng = self.rng
        if placeholder == "number":
            return str(rng.choice((rng.randint(1, 20), rng.randint(1, 2000))))
        if placeholder == "time":
            return f"{rng.randint(0, 23)}:{rng.randint(0, 59):02}"
        return self.words.date() if placeholder == "date" else self.words.joined(self.words.row(rng.randint(1, 5)))
