"""The cleaning cases of tests/cases, which all doors share."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from conftest import ROOT

try:
    import tomllib
except ModuleNotFoundError:  # Python 3.10
    import tomli as tomllib

SHORTHANDS = {
    "pad": lambda count: " " * count,
    "x": lambda count: "x" * count,
    "words": lambda count: "some words " * count,
    "lines": lambda count: "".join(f"Line {number} of the list\n" for number in range(1, count + 1)),
}


@dataclass
class Case:
    """A text, what is left of it, and the rules that take the rest, where the file names them."""

    name: str
    packs: dict[str, str]
    text: bytes
    clean: bytes
    site: str | None
    options: dict[str, Any]
    removals: list[str] | None


def all_cases() -> Iterator[Case]:
    """Every case of every file."""
    for path in sorted((ROOT / "tests/cases").glob("*.toml")):
        yield from cases_of(path)


def cases_of(path: Path) -> Iterator[Case]:
    file = tomllib.loads(path.read_text(encoding="utf-8"))
    for case in file["case"]:
        text = either(case, "text", "bytes")
        left = either(case, "clean", "clean-bytes")
        options = case.get("options", {})
        if "except" in options:
            options["except_"] = options.pop("except")
        unchanged = left is None or left == text
        yield Case(
            name=f"{path.stem}: {case['name']}",
            packs=file.get("packs", {}),
            text=text,
            clean=text if left is None else left,
            site=case.get("site"),
            options=options,
            removals=case.get("removals", [] if unchanged else None),
        )


def either(case: dict[str, Any], text: str, raw: str) -> bytes | None:
    if text in case:
        return re.sub(r"\{(\w+):(\d+)\}", lambda short: SHORTHANDS[short[1]](int(short[2])), case[text]).encode()
    if raw in case:
        return codecs.escape_decode(case[raw].encode())[0]
    return None
