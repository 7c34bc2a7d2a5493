"""What a search answers; plain values that templates, the command and the API print."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from corpus_app.catalog.days import SpeechDay
from corpus_app.catalog.limits import EVERYBODY, AccessLimit
from corpus_app.text.excerpts import MarkedText
from search.request import Chip, SearchRequest

Way = Literal["exact", "field", "words"]
Reason = Literal["found", "asked", "nowhere", "long", "question"]


@dataclass(frozen=True, slots=True)
class RunReading:
    """A run of a query as typed, with the way it was read and the reason for it."""

    text: str
    way: Way
    reason: Reason


@dataclass(frozen=True, slots=True)
class PathStep:
    """A section on the way from the speech to a passage; label is marker and heading."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class HitPassage:
    """A section with a match; section_key is None where only the title or whole speech has it."""

    section_key: str | None
    path: list[PathStep]
    pieces: list[MarkedText]
    has_gap: bool
    # The best match shown, as offsets into the revision's text; None where no words are marked.
    span: tuple[int, int] | None = None

    @property
    def text(self) -> str:
        """Return the snippet without marks."""
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Hit:
    """A matched unit.

    For unit "section", section_key, path, pieces and has_gap are the section's (None and [] for
    a match in the title or in the speech as a whole); for unit "speech" they are those of the
    best passage, and passages lists up to three in reading order. score is comparable within
    one result only.
    """

    speech_id: int
    section_key: str | None
    title: str
    title_pieces: list[MarkedText]
    day: SpeechDay
    score: float
    path: list[PathStep]
    pieces: list[MarkedText]
    completeness: str
    has_gap: bool
    organisation: str
    passages: list[HitPassage] = field(default_factory=list)
    # All matched passages of the speech, so that a page can say "and 4 more".
    passage_count: int = 0
    # Of the best passage, as offsets into the text of the revision of this number.
    span: tuple[int, int] | None = None
    revision_number: int | None = None
    limit: AccessLimit = EVERYBODY

    @property
    def date(self) -> str:
        """Return the day as precise as its source ("2024-04"), whatever day it is, or ""."""
        return self.day.value

    @property
    def snippet(self) -> str:
        """Return the snippet without marks."""
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value of a facet with the number of matched units that bear it."""

    value: str
    label: str
    count: int
    selected: bool


@dataclass(frozen=True, slots=True)
class Share:
    """How many of the speeches searched through bear a value ("" where it is not known)."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """What was searched through; years are None where no speech bears a date.

    undated counts the speeches without a date; levels and completeness part all speeches, days
    those with a date by what day it is.
    """

    speeches: int = 0
    sections: int = 0
    characters: int = 0
    first_year: int | None = None
    last_year: int | None = None
    undated: int = 0
    levels: tuple[Share, ...] = ()
    completeness: tuple[Share, ...] = ()
    days: tuple[Share, ...] = ()

    @property
    def proxies(self) -> int:
        """Return how many speeches stand by another day than that of delivery."""
        return sum(share.count for share in self.days if share.value != "delivered")


@dataclass(frozen=True, slots=True)
class Advice:
    """What else to try: after a search without hits, or where something else may be meant.

    querystring leads to that search ("" where there is none to offer), count says what it finds.
    """

    kind: Literal[
        "drop_term", "drop_facet", "spelling", "syntax", "coverage", "metadata", "operator"
    ]
    text: str
    querystring: str = ""
    count: int | None = None


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The answer to a request; hits are those of its page, total and facets count all.

    runs tells how each run without blanks was read. leads are searches that may be meant
    besides, hits or none. corpus is the size of the whole corpus, searched what the chosen facets
    leave of it.
    nearby are units with some of the words of a query that few units have all of: they are no
    hits and not counted.
    stale is true while the index is missing or made by older rules, so that hits may lack.
    """

    request: SearchRequest
    total: int
    hits: list[Hit]
    facets: dict[str, list[FacetValue]]
    took_ms: float
    understood: str
    searched: Coverage
    corpus: Coverage = field(default_factory=Coverage)
    stale: bool = False
    runs: tuple[RunReading, ...] = ()
    leads: list[Advice] = field(default_factory=list)
    advice: list[Advice] = field(default_factory=list)
    partial_matches: list[Hit] = field(default_factory=list)

    @property
    def page_count(self) -> int:
        """Return the number of pages, at least 1."""
        per_page = self.request.per_page
        return max(1, -(-self.total // per_page)) if per_page else 1

    def chips(self) -> list[Chip]:
        """Return the chosen facet values with their labels."""
        labels = {
            name: {item.value: item.label for item in values}
            for name, values in self.facets.items()
        }
        return self.request.chips(labels)
