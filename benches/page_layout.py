"""How the parts of a page become lines: as one of the extractors lays pages out."""

import random
import re
from typing import NamedTuple

from page_parts import Kind, Part

LISTED = (Kind.ITEM, Kind.ROW)
LABELS = re.compile(r" (?=\()| (?=\|)|(?<=\|) ")  # where "12.10.2023 | Jo Marin (3)" is more than one element


class Layout(NamedTuple):
    """What an extractor makes of a page."""

    name: str
    cards: int  # of a hundred pages
    menus: float  # how much of its menus it has; none: it takes the article out
    size: float  # of a page beside others: the real ones are not the same for each extractor
    left_over: float  # how much of other chrome stands in the article
    marks: tuple[str, ...]  # before items, by their depth
    blank_items: float  # share of lists whose items have blank lines between them
    blank_lines: float  # of other lines and paragraphs with a blank line before them
    torn: float = 0.0  # of the words of a paragraph begin a link; links and labels stand on lines of their own


LAYOUTS = (
    Layout("nested", 24, 1, 1.1, 1, ("* ", "+ ", "o ", "- "), 0.12, 0.6),
    Layout("flat", 12, 2, 0.75, 1, ("",), 0.75, 0.65, torn=0.02),
    Layout("spaced", 12, 0, 1.1, 1.5, ("• ",), 0.1, 0.9),
    Layout("dense", 24, 0, 1, 0.4, ("- ",), 0.0, 0.03),
    Layout("reader", 12, 0, 1, 0.4, ("* ",), 0.1, 0.95),
    Layout("text", 12, 0, 1, 0.2, ("",), 0.0, 0.0),
    Layout("article", 4, 0, 1, 0.2, ("",), 0.95, 0.97),
)


def laid_out(layout: Layout, parts: list[Part], rng: random.Random) -> str:
    """The page's lines, each with its line feed."""
    lines: list[str] = []
    before, has_gaps = None, False
    for part in parts:
        if part.kind in LISTED and part.kind == before:
            is_apart = has_gaps  # all items of a list or none
        else:
            is_apart, has_gaps = rng.random() < layout.blank_lines, rng.random() < layout.blank_items
        if is_apart and lines:
            lines.append("")
        lines += rows(layout, part, rng)
        before = part.kind
    return "\n".join(lines) + "\n"


def rows(layout: Layout, part: Part, rng: random.Random) -> list[str]:
    """The lines of one part."""
    if part.kind == Kind.ITEM:
        return [layout.marks[min(part.depth, len(layout.marks) - 1)] + part.text]
    if part.kind == Kind.PARAGRAPH and layout.torn:
        return torn(part.text, layout.torn, rng)
    return LABELS.split(part.text) if layout.torn else [part.text]


def torn(paragraph: str, share: float, rng: random.Random) -> list[str]:
    """A paragraph whose links stand on lines of their own."""
    lines, line, left = [], [], 0
    for word in paragraph.split(" "):
        if left:
            left -= 1
            line.append(word)
            if not left:
                body, mark = (word[:-1], word[-1]) if word[-1:] in ".,?!" else (word, "")
                lines.append(" ".join([*line[:-1], body]))
                line = [mark] if mark else []
            continue
        if rng.random() < share and line:
            lines.append(" ".join(line))
            line, left = [word], rng.randint(1, 4)
            continue
        line.append(word)
    return [*lines, " ".join(line)] if line else lines
