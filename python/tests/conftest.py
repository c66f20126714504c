"""What all tests need: the command of this very installation, and pages of our own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = ROOT / "python/examples/pages.jsonl"


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
