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


# Median bytes: of the menus, the teasers and the article of a whole page, and of an article alone.
MENUS, TEASERS, WHOLE_PROSE, ARTICLE_PROSE = 950, 1800, 5200, 3700
KNOWN_ITEMS = (0.02, 0.1, 0.22, 0.45)  # of a menu's entries are names that the packs know
MENU_ITEMS = 14  # of one group, at most
# What stands around an article in rows of a few lines: kind, weak, and how often.
CONTROLS = (
    ("navigation", True, 40), ("share", True, 20), ("comments", True, 17), ("login", True, 12), ("related", True, 6),
    ("icons", True, 6), ("newsletter", True, 5), ("cookie", True, 6), ("legal", True, 8), ("ad", True, 6),
    ("donation", True, 2), ("print", True, 2), ("rating", True, 1), ("player", True, 2), ("navigation", False, 26),
    ("related", False, 16), ("ad", False, 9), ("share", False, 9), ("comments", False, 8), ("newsletter", False, 5),
    ("cookie", False, 4), ("login", False, 3), ("legal", False, 4), ("paywall", False, 4), ("player", False, 2),
    ("script", False, 2),
)  # fmt: skip
BOXES = [(kind, weak) for kind, weak, _ in CONTROLS]
BOX_WEIGHTS = [weight for *_, weight in CONTROLS]
# What extractors of articles leave of that.
LEFT_OVER = (("related", False), ("ad", False), ("comments", False), ("navigation", False), ("share", True))


class Page:
    """One page; `size` stretches it, 1 being the median, and `menus` its menus, 0 being none and an article alone."""

    def __init__(self, words: Words, chrome: Chrome, rng: random.Random, menus: float, left_over: float, size: float):
        self.words, self.chrome, self.rng, self.size = words, chrome, rng, size
        self.menus, self.left_over = menus, left_over

    def parts(self) -> list[Part]:
        """All parts, from the skip link to the footer."""
        if not self.menus:
            return [*self.article(ARTICLE_PROSE * self.size)]
        stretch = self.size * self.menus * self.rng.choice((0.2, 0.5, 1, 2.3))
        menu = [*self.menu(0.5 * MENUS * stretch)]
        parts = [*self.head(), *menu, *self.controls(4)]
        if self.rng.random() < 0.35 * self.menus:
            parts += menu  # once for telephones, once for screens
        parts += self.breadcrumb()
        parts += self.article(WHOLE_PROSE * self.size)
        parts += self.controls(6)
        parts += self.teasers(TEASERS * self.size * self.rng.choice((0.2, 0.8, 2)))
        parts += self.foot(0.3 * MENUS * stretch)
        return parts

    # ------------------------------------------------------------ around the article

    def head(self) -> Iterator[Part]:
        if self.rng.random() < 0.5:
            yield Part(Kind.LINE, self.chrome.line("navigation", False))
        yield Part(Kind.LINE, self.words.name())

    def menu(self, size: float) -> Iterator[Part]:
        """Entries in groups, each with a head and what is below it."""
        rng, written = self.rng, 0
        known = rng.choice(KNOWN_ITEMS)
        is_counted, has_bars = rng.random() < 0.14, rng.random() < 0.02
        is_told = rng.random() < 0.12  # what is behind an entry
        while written < size:
            is_deep = rng.random() < 0.6
            if is_told:
                yield Part(Kind.LINE, self.words.title(6, 14))
            for number in range(rng.randint(2, MENU_ITEMS)):
                text = self.chrome.menu_name() if rng.random() < known else self.entry()
                depth = 0 if number == 0 or not is_deep else 1 if rng.random() < 0.75 else 2
                yield Part(Kind.ITEM, f"{text} ({rng.randint(1, 400)})" if is_counted else text, depth)
                if has_bars:
                    yield Part(Kind.LINE, "|")
                written += len(text.encode()) + 3

    def entry(self) -> str:
        """A name that the packs do not know; some begin or end with one that they do, as "Sport in Kerlan" does."""
        found, item = self.rng.random(), self.words.item()
        if found < 0.1:
            return f"{self.chrome.menu_name()} {item}"
        return f"{item} {self.chrome.menu_name()}" if found < 0.18 else item

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
        """Titles of other articles, each with the same labels, and with dates, counters, first sentences."""
        rng, words = self.rng, self.words
        yield Part(Kind.LINE, self.chrome.line("related", rng.random() < 0.4))
        shares = 0.4, 0.7, 0.4, 0.6, 0.3
        is_list, has_date, has_text, has_label, has_button = (rng.random() < share for share in shares)
        sections = [words.item() for _ in range(4)]
        button = self.chrome.line("related", False) if rng.random() < 0.12 else words.item()
        written = 0
        while written < size:
            teaser = [Part(Kind.ITEM if is_list else Kind.LINE, words.title())]
            if has_label:
                teaser.insert(0, Part(Kind.LINE, rng.choice(sections)))
            if has_date:
                teaser.append(Part(Kind.LINE, self.stamp()))
            if has_text:
                teaser.append(Part(Kind.PARAGRAPH, words.sentence(8, 22)))
            if has_button:
                teaser.append(Part(Kind.LINE, button))
            written += sum(len(part.text.encode()) for part in teaser)
            yield from teaser

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
        if found < 0.85:
            return words.person()
        return f"{rng.randint(0, 23)}:{rng.randint(0, 59):02}" if found < 0.92 else words.item() + ":"

    def foot(self, size: float) -> Iterator[Part]:
        rng = self.rng
        yield from self.menu(size)
        if rng.random() < 0.5:
            for text in self.chrome.vendor():
                yield Part(Kind.LINE, text)
        if rng.random() < 0.8:
            yield Part(Kind.LINE, f"© {rng.randint(2005, 2026)} {self.words.person()}")
        for _ in range(rng.randint(0, 2)):
            yield Part(Kind.ITEM, self.chrome.line("legal", rng.random() < 0.85))

    # ------------------------------------------------------------ the article

    def article(self, size: float) -> Iterator[Part]:
        yield Part(Kind.LINE, self.words.title())
        yield from self.byline()
        written = 0
        notice = self.notice()
        while written < size:
            if notice and self.rng.random() < 0.15:
                yield notice
            for part in self.passage():
                written += len(part.text.encode()) + 1
                yield part

    def notice(self) -> Part | None:
        """What stands between the paragraphs of some pages again and again: a mark of advertising, a player's name."""
        found = self.rng.random()
        if found < 0.06 * self.left_over:
            return Part(Kind.LINE, self.chrome.line("ad", False))
        return Part(Kind.LINE, self.words.item()) if found < 0.3 else None

    def byline(self) -> Iterator[Part]:
        if self.rng.random() < 0.5:
            yield Part(Kind.LINE, self.words.person())
        if self.rng.random() < 0.6:
            yield Part(Kind.LINE, self.stamp())

    def passage(self) -> Iterator[Part]:
        """The next thing in an article."""
        found = self.rng.random()
        if found < 0.72:
            yield self.paragraph()
        elif found < 0.82:
            yield Part(Kind.LINE, self.words.title(1, 8))
        elif found < 0.87:
            yield Part(Kind.LINE, self.caption())
        elif found < 0.91:
            yield from self.list_of_points()
        elif found < 0.925:
            yield from self.table()
        elif found < 0.93:
            yield from self.code()
        elif found < 0.96:
            yield Part(Kind.LINE, self.stamp())
        elif found < 0.96 + 0.04 * self.left_over:
            yield from self.controls(2) if self.menus else self.leavings()

    def leavings(self) -> Iterator[Part]:
        """A line of chrome that an extractor of articles took for one of the article's."""
        yield Part(Kind.LINE, self.chrome.line(*self.rng.choice(LEFT_OVER)))

    def paragraph(self) -> Part:
        count = self.rng.choices((1, 2, 3, 4, 5, 8, 14), (23, 26, 21, 14, 10, 5, 1))[0]
        sentences = [self.words.sentence() for _ in range(count)]
        if self.rng.random() < 0.02:
            sentences.append(self.address())
        return Part(Kind.PARAGRAPH, self.words.joined(sentences))

    def address(self) -> str:
        name = "".join(self.rng.choices("abcdefghiklmnoprstuw", k=self.rng.randint(5, 11)))
        site = f"{name}.example"
        return self.rng.choice((f"https://www.{site}/{name[:4]}", f"{name[:3]}@{site}", f"www.{site}"))

    def caption(self) -> str:
        if self.rng.random() < 0.4:
            return self.words.sentence(4, 12)
        return f"{self.words.title(5, 16)} ({self.words.person()})"

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
            yield Part(Kind.ROW, " ".join([self.words.item(), *figures]))

    def code(self) -> Iterator[Part]:
        for _ in range(self.rng.randint(2, 6)):
            first, second = self.words.invented(), self.words.invented()
            line = self.rng.choice((f"{first} = {second}({first});", f"if ({first}) {{", "}", f"$ {first} --{second}"))
            yield Part(Kind.ROW, line)
