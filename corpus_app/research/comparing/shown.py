"""What a comparison shows: its rows, numbers, tasks and parts with words and addresses."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise

from corpus_app.research.comparing.rows import ComparedRow
from corpus_app.text.difference import DiffSpan


@dataclass(frozen=True)
class ShownComparedRow:
    """A row with its words, what differs marked, and the addresses of both stretches."""

    row: ComparedRow
    name: str | Promise
    first: tuple[DiffSpan, ...]
    second: tuple[DiffSpan, ...]
    first_url: str
    second_url: str
    head: tuple[str, str] | None = None


@dataclass(frozen=True)
class ShownNumber:
    """Two numbers side by side, with the change in words and their addresses."""

    name: str
    first: str
    second: str
    change: str
    rises: bool
    falls: bool
    first_url: str
    second_url: str


@dataclass(frozen=True)
class ShownMatch:
    """A sentence of the later speech that is like a task."""

    text: str
    url: str
    degree: str | Promise


@dataclass(frozen=True)
class ShownTask:
    """A task of the older speech with what the later one says like it."""

    text: str
    url: str
    matches: list[ShownMatch]


@dataclass(frozen=True)
class ShownPart:
    """Parts of both speeches side by side with the rows of each kind in words."""

    first: str
    second: str
    first_url: str
    second_url: str
    counts: list[tuple[str | Promise, int]]
    url: str
