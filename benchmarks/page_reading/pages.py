"""A made page: its bytes, and all that is true of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from random import Random
from typing import Literal

from benchmarks.page_reading.facts import Facts
from corpus_app.ingest.draft import Completeness

# What a page may state, by the names of the contract's keys and dates.
FIELDS = (
    "title",
    "subtitle",
    "delivered",
    "published",
    "updated",
    "speaker",
    "role",
    "organisation",
    "occasion",
    "source",
    "url",
)
Role = Literal[
    "chrome",
    "title",
    "subtitle",
    "date",
    "speaker",
    "organisation",
    "stated",  # a label with its value, or several on one line
    "label",
    "value",
    "caption",
    "preface",
    "salutation",
    "body",
    "signature",
]
Accepted = tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A line as a reader of the page sees it; inner are the spans of it that are noise."""

    text: str
    role: Role
    inner: tuple[tuple[int, int], ...] = ()

    @property
    def clean(self) -> str:
        """The words of the line without the noise inside it."""
        kept, position = [], 0
        for start, end in self.inner:
            kept.append(self.text[position:start])
            position = end
        return "".join([*kept, self.text[position:]])


@dataclass(frozen=True, slots=True)
class PageGap:
    """Words that the page keeps back: after how many characters of the body, how many if said."""

    kind: Literal["paywall", "hidden", "truncated"]
    offset: int
    hidden_chars: int | None


@dataclass(frozen=True, slots=True)
class Page:
    """One file as found on the net. A field that is no key of fields is not to be judged."""

    family: str
    name: str
    data: bytes
    fields: dict[str, str | None]
    body: str
    lines: tuple[Line, ...]
    # Values that are right as well, such as a title with the speaker's name before it.
    others: dict[str, Accepted] = field(default_factory=dict)
    gaps: tuple[PageGap, ...] = ()
    completeness: Completeness = "complete"
    site: str | None = None
    speeches: int = 1


class Sheet:
    """A page while it is written: lines in reading order, and what they have stated so far."""

    def __init__(
        self,
        family: str,
        seed: int,
        kinds: tuple[str, ...] = (),
        home: tuple[str, str] | None = None,
    ) -> None:
        self.family = family
        # A family's pages differ by this alone, and are the same on every machine.
        self.chance = Random(f"{family}/{seed}")
        self.facts = Facts(self.chance, kinds, home)
        self.lines: list[Line] = []
        self.fields: dict[str, str | None] = dict.fromkeys(FIELDS)
        self.others: dict[str, Accepted] = {}
        self.gaps: list[PageGap] = []
        self.site: str | None = None
        self.completeness: Completeness = "complete"
        self.speeches = 1

    def add(self, text: str, role: Role, inner: tuple[tuple[int, int], ...] = ()) -> str:
        """Put a line on the page; returns its text. An empty one is left out."""
        if text.strip():
            self.lines.append(Line(text, role, inner))
        return text

    def state(self, name: str, value: str, *others: str | None) -> None:
        """Note that the page states a value; others are as right."""
        self.fields[name] = value
        self.others[name] = (*self.others.get(name, ()), *others)

    def allow(self, name: str, *others: str | None) -> None:
        """Note values that are right beside the one stated, or beside none."""
        self.others[name] = (*self.others.get(name, ()), *others)

    def leave_open(self, *names: str) -> None:
        """Note that nothing can be said for certain of a field: it is not judged."""
        for name in names:
            self.fields.pop(name, None)

    def count_body(self) -> int:
        """Return the characters of the body so far."""
        return len(self.body)

    @property
    def body(self) -> str:
        """The words of the speech as far as they are written."""
        return "\n".join(line.clean for line in self.lines if line.role in ("salutation", "body"))

    def close(self, name: str, data: bytes) -> Page:
        """Return the finished page."""
        year = re.search(r"(?:19|20)\d\d(?=年)", self.fields.get("title") or "")
        if year and "delivered" in self.fields and not self.fields["delivered"]:
            # The year in a title is a date as well, of less precision; a report on one matter
            # may speak of a year that is over.
            self.state("delivered", year[0])
            if self.facts.kind != "report":
                self.allow("delivered", None)
        return Page(
            family=self.family,
            name=name,
            data=data,
            fields=self.fields,
            body=self.body,
            lines=tuple(self.lines),
            others=self.others,
            gaps=tuple(self.gaps),
            completeness=self.completeness,
            site=self.site,
            speeches=self.speeches,
        )
