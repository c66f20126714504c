"""What all tests need: the command of this very installation, and pages of our own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = ROOT / "python/examples/pages.jsonl"

# A pack of one rule.
PACK = """
[pack]
title = "Harbour news"
sites = ["harbour.example"]

[[rule]]
id = "tickets"
kind = "ad"
is = ["Buy ferry tickets"]
"""


def command(*arguments: str | Path, text: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Runs the command that came with the module."""
    program = Path(sys.executable).with_name("dechrome")
    return subprocess.run([program, *map(str, arguments)], input=text, capture_output=True, check=False)


@pytest.fixture(scope="session")
def pages() -> list[dict]:
    """Pages of our own, with addresses, as records."""
    return [json.loads(line) for line in PAGES.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="session")
def cleaned() -> list[dict]:
    """The same records, as the command cleans them."""
    done = command("clean", PAGES)
    assert done.returncode == 0, done.stderr.decode()
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


@pytest.fixture(scope="session")
def cleaned_texts(cleaned: list[dict]) -> list[str | None]:
    """What the command leaves of each text."""
    return [record["text"] for record in cleaned]


def many_pages(count: int) -> dict[str, list]:
    """Columns of so many pages: those of our own over and over, each with a line that no other one has."""
    own = [json.loads(line) for line in PAGES.read_text(encoding="utf-8").splitlines()]
    rows = [(number, own[number % len(own)]) for number in range(count)]
    return {
        "id": [number for number, _ in rows],
        "url": [page["url"] for _, page in rows],
        "text": [page["text"] and f"{page['text']}\nThis is page {number} of them all.\n" for number, page in rows],
    }


def site_pages(count: int) -> dict[str, list]:
    """Columns of pages of two sites that say the same on each page; every ninth has no address."""
    places = ["the quay", "the lighthouse", "the old mill", "the market", "the bridge"]
    texts, urls = [], []
    for number in range(count):
        place = places[number % len(places)]
        story = f"On day {number} somebody saw a heron near {place}, and it did not fly away for {number} minutes."
        harbour = number % 3 > 0
        head, tail = (
            ("To all piers", "Port authority, pier 4") if harbour else ("Paths of the hills", "The warden's hut")
        )
        texts.append(f"{head}\n\nHeron number {number}\n{story}\n\n{tail}\n")
        site = "www.harbour.example" if harbour else "hills.example"
        urls.append(None if number % 9 == 8 else f"https://{site}/{number}")
    return {"text": texts, "url": urls}


def mined_by_command(rows: dict[str, list], folder: Path, *options: str) -> dict[str, str]:
    """The packs that `dechrome mine` writes for the same documents."""
    pages = folder / "pages.jsonl"
    lines = [json.dumps({"text": text, "url": url}) for text, url in zip(rows["text"], rows["url"])]
    pages.write_text("\n".join(lines) + "\n")
    done = command("mine", pages, "-o", folder / "packs", *options)
    assert b"packs: " in done.stdout, done.stderr.decode()
    return {file.stem: file.read_text() for file in (folder / "packs").glob("*.toml")}
