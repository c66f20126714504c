"""Exceptions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Problem(NamedTuple):
    """One mistake in a pack.

    file: The pack's file, or its name where it was given as text.
    line: From 1; None if it is about the file as a whole.
    column: In characters, from 1; None like line.
    message: What is wrong.
    suggestion: What to write instead, or None.
    """

    file: str
    line: int | None
    column: int | None
    message: str
    suggestion: str | None


class PackError(ValueError):
    """A pack does not load. As text, each mistake with its line and a caret.

    problems: Every mistake that was found, at least one.
    file, line, column: The place of the first.
    """

    def __init__(self, text: str, problems: Sequence[tuple[str, int | None, int | None, str, str | None]]) -> None:
        super().__init__(text, problems)
        self.problems = [Problem(*problem) for problem in problems]
        self.file, self.line, self.column = self.problems[0][:3]

    def __str__(self) -> str:
        return str(self.args[0])
