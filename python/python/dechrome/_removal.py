"""What was removed."""

from __future__ import annotations

from typing import NamedTuple


class Removal(NamedTuple):
    """A part of a text that is chrome.

    rule: The rule's full id, such as "generic/en/share-buttons"; it is stable for ever.
    kind: What the chrome is, such as "share".
    pack: The pack the rule stands in.
    start, end: Where it stands in the text that was given: ``text[start:end]``. Characters of a str,
        bytes of bytes. Blank lines that go along are in it.
    text: What stands there.
    """

    rule: str
    kind: str | None
    pack: str
    start: int
    end: int
    text: str | bytes
