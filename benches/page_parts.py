"""What a page of pages.py is made of: menus, an article, teasers, boxes, a footer; each as parts, in order."""

import random
from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

from page_chrome import Chrome
from page_words import Words


class Kind(Enum):
    """What a part is, by which layouts decide on marks and blank lines."""

    ITEM = "item"  # of a menu or a list
    ROW = "row"  # of a table
    LINE = "line"
    PARAGRAPH = "paragraph"


class Part(NamedTuple):
    kind: Kind
    text: str
    depth: int = 0  # of an item


WHOLE_CHROME, WHOLE_PROSE, ARTICLE_PROSE = 3600, 2900, 3300  # median bytes
KNOWN_ITEM = 0.2  # of a menu's entries are names that the packs know
MENU_ITEMS = 16
# What stands around an article, line by line: kind, weak, and how often of a hundred lines.
CONTROLS = (
    ("share", True, 22), ("comments", True, 17), ("login", True, 12), ("related", True, 6), ("icons", True, 6),
    ("newsletter", True, 5), ("cookie", True, 7), ("legal", True, 10), ("ad", True, 6), ("donation", True, 3),
    ("print", True, 2), ("rating", True, 2), ("player", True, 2), ("related", False, 11), ("ad", False, 6),
    ("share", False, 5), ("comments", False, 4), ("newsletter", False, 3), ("cookie", False, 2), ("login", False, 1),
    ("legal", False, 2), ("paywall", False, 2), ("player", False, 1), ("script", False, 1),
)  # fmt: skip
BOXES = [(kind, weak) for kind, weak, _ in CONTROLS]
BOX_WEIGHTS = [weight for *_, weight in CONTROLS]


class Page:
    """One page; `size` stretches it, 1 being the median."""

    def __init__(self, words: Words, chrome: Chrome, rng: random.Random, is_whole: bool, size: float):
        self.words, self.chrome, self.rng, self.is_whole, self.size = words, chrome, rng, is_whole, size

    def parts(self) -> list[Part]:
        """All parts, from the skip link to the footer."""
        if not self.is_whole:
            return [*self.article(ARTICLE_PROSE * self.size)]
        around = WHOLE_CHROME * self.size * self.rng.choice((0.3, 0.7, 1.2, 2))
        menu = [*self.menu(around * 0.4)]
        parts = [*self.head(), *menu, *self.controls(3)]
        if self.rng.random() < 0.35:
            parts += menu  # once for telephones, once for screens
        parts += self.breadcrumb()
        parts += self.article(WHOLE_PROSE * self.size)
        parts += [*self.controls(4), *self.teasers(around * 0.3), *self.foot(around * 0.3)]
        return parts

    # ------------------------------------------------------------ around the article

    def head(self) -> Iterator[Part]:
        if self.rng.random() < 0.5:
            yield Part(Kind.LINE, self.chrome.line("navigation", False))
        yield Part(Kind.LINE, self.words.name())

    def menu(self, size: float) -> Iterator[Part]:
        """Entries in groups, each with a head and what is below it."""
        rng, written = self.rng, 0
        while written < size:
            is_deep = rng.random() < 0.6
            for number in range(rng.randint(2, MENU_ITEMS)):
                text = self.chrome.menu_name() if rng.random() < KNOWN_ITEM else self.words.item()
                depth = 0 if number == 0 or not is_deep else 1 if rng.random() < 0.75 else 2
                yield Part(Kind.ITEM, text, depth)
                written += len(text.encode()) + 3

    def breadcrumb(self) -> Iterator[Part]:
        if self.rng.random() < 0.4:
            for _ in range(self.rng.randint(2, 4)):
                yield Part(Kind.ITEM, self.words.item())

    def controls(self, most: int) -> Iterator[Part]:
        """Rows of buttons and labels: share bars, logins, subscriptions."""
        for kind, weak in self.rng.choices(BOXES, BOX_WEIGHTS, k=self.rng.randint(0, most)):
            is_list = self.rng.random() < 0.4
            for _ in range(self.rng.randint(1, 4) if weak else 1):
                yield Part(Kind.ITEM if is_list else Kind.LINE, self.chrome.line(kind, weak))

    def teasers(self, size: float) -> Iterator[Part]:
        """Titles of other articles with dates, counters, pictures' captions."""
        rng, written = self.rng, 0
        if rng.random() < 0.6:
            yield Part(Kind.LINE, self.chrome.line("related", rng.random() < 0.4))
        is_list, has_date, has_text = (rng.random() < share for share in (0.5, 0.5, 0.35))
        while written < size:
            title = self.words.title()
            yield Part(Kind.ITEM if is_list else Kind.LINE, title)
            if has_date:
                yield Part(Kind.LINE, self.stamp())
            if has_text:
                yield Part(Kind.PARAGRAPH, self.words.sentence(8, 20))
            written += len(title.encode()) + 30 * has_date + 120 * has_text

    def stamp(self) -> str:
        """A date, a counter, an author: what stands below a title."""
        rng, words = self.rng, self.words
        found = rng.random()
        if found < 0.4:
            return words.date()
        if found < 0.6:
            return str(rng.randint(0, 300))
        if found < 0.75:
            return f"{words.date()} | {words.person()}"
        return words.person() if found < 0.85 else f"{rng.randint(0, 23)}:{rng.randint(0, 59):02}"

    def foot(self, size: float) -> Iterator[Part]:
        rng = self.rng
        yield from self.menu(size)
        if rng.random() < 0.2:
            for text in self.chrome.vendor():
                yield Part(Kind.LINE, text)
        if rng.random() < 0.8:
            yield Part(Kind.LINE, f"© {rng.randint(2005, 2026)} {self.words.person()}")
        for _ in range(rng.randint(0, 5)):
            yield Part(Kind.ITEM, self.chrome.line("legal", rng.random() < 0.85))

    # ------------------------------------------------------------ the article

    def article(self, size: float) -> Iterator[Part]:
        yield Part(Kind.LINE, self.words.title())
        yield from self.byline()
        written = 0
        while written < size:
            for part in self.passage():
                written += len(part.text.encode()) + 1
                yield part

    def byline(self) -> Iterator[Part]:
        if self.rng.random() < 0.5:
            yield Part(Kind.LINE, self.words.person())
        if self.rng.random() < 0.6:
            yield Part(Kind.LINE, self.stamp())

    def passage(self) -> Iterator[Part]:
        """The next thing in an article."""
        found = self.rng.random()
        if found < 0.64:
            yield self.paragraph()
        elif found < 0.76:
            yield Part(Kind.LINE, self.words.title(1, 7))
        elif found < 0.82:
            yield Part(Kind.LINE, self.caption())
        elif found < 0.87:
            yield from self.list_of_points()
        elif found < 0.90:
            yield from self.table()
        elif found < 0.91:
            yield from self.code()
        elif found < 0.95:
            yield Part(Kind.LINE, self.stamp())
        else:
            yield from self.controls(2)

    def paragraph(self) -> Part:
        count = self.rng.choices((1, 2, 3, 4, 5, 8), (26, 26, 20, 14, 10, 4))[0]
        sentences = [self.words.sentence() for _ in range(count)]
        if self.rng.random() < 0.02:
            sentences.append(self.address())
        return Part(Kind.PARAGRAPH, self.words.joined(sentences))

    def address(self) -> str:
        name = "".join(self.rng.choices("abcdefghiklmnoprstuw", k=self.rng.randint(5, 11)))
        return self.rng.choice((f"https://www.{name}.example/{name[:4]}", f"{name[:3]}@{name}.example", f"www.{name}.example"))

    def caption(self) -> str:
        return f"{self.words.title(5, 16)} ({self.words.person()})" if self.rng.random() < 0.6 else self.words.sentence(4, 12)

    def list_of_points(self) -> Iterator[Part]:
        is_numbered, is_short = self.rng.random() < 0.15, self.rng.random() < 0.5
        if self.rng.random() < 0.4:
            yield Part(Kind.PARAGRAPH, self.words.sentence(4, 12).rstrip(".?!。") + ":")
        for number in range(1, self.rng.randint(3, 9)):
            text = self.words.title(1, 5) if is_short else self.words.sentence(5, 22)
            yield Part(Kind.LINE, f"{number}. {text}") if is_numbered else Part(Kind.ITEM, text)

    def table(self) -> Iterator[Part]:
        """Names and figures, as a shop or a statistics page has them."""
        columns, rng = self.rng.randint(1, 4), self.rng
        for _ in range(rng.randint(3, 9)):
            figures = [self.words.figure() for _ in range(columns)]
            yield Part(Kind.ROW, "  ".join([self.words.item(), *figures]))

    def code(self) -> Iterator[Part]:
        for _ in range(self.rng.randint(2, 6)):
            first, second = self.words.invented(), self.words.invented()
            yield Part(Kind.ROW, self.rng.choice((f"{first} = {second}({first});", f"if ({first}) {{", "}", f"$ {first} --{second}")))
