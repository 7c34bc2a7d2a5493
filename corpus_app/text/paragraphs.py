"""Where the paragraphs of a text stand."""

from __future__ import annotations

from collections.abc import Iterator


def list_paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of every line that is not blank, in order, line breaks left out."""
    at = 0
    for line in text.split("\n"):
        if line.strip():
            yield at, at + len(line)
        at += len(line) + 1


def list_lines(text: str) -> list[str]:
    """Return the words of every line that is not blank, without white space at their ends."""
    return [line.strip() for line in text.splitlines() if line.strip()]
