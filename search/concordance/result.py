"""What a concordance answers; plain values that pages, exports and the API print."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from corpus_app.catalog.addresses import link_speech
from corpus_app.catalog.days import SpeechDay
from corpus_app.catalog.limits import EVERYBODY, AccessLimit
from search.concordance.request import ConcordanceRequest
from search.study.answer import StudyAnswer

Zone = Literal["title", "subtitle", "text"]


@dataclass(frozen=True, slots=True)
class ConcordanceLine:
    """One occurrence in the wording of the source, line breaks shown as a space.

    start and end are offsets into the revision's text, or for zone "title" and "subtitle" into
    the speech's title or subtitle. section_key is that of the deepest section that holds the
    occurrence, None outside of all. has_gap tells that a gap lies within what is shown.
    """

    speech_id: int
    revision_id: int
    revision_number: int
    section_key: str | None
    section_label: str
    left: str
    key: str
    right: str
    day: SpeechDay
    title: str
    source: str
    zone: Zone
    start: int
    end: int
    has_gap: bool
    completeness: str
    limit: AccessLimit = EVERYBODY

    @property
    def date(self) -> str:
        """Return the day as precise as its source ("2024-04"), whatever day it is, or ""."""
        return self.day.value

    @property
    def span(self) -> tuple[int, int] | None:
        """Return start and end where they count in the revision's text, else None."""
        return (self.start, self.end) if self.zone == "text" else None

    @property
    def address(self) -> str:
        """Return the path that leads to these characters of this revision for good."""
        return link_speech(
            self.speech_id, self.section_key, span=self.span, revision=self.revision_number
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Concordance(StudyAnswer):
    """The answer to a request; lines are those of its page.

    total and speeches count all occurrences and the speeches they stand in, drawn how many
    lines there are after sampling. undated counts the occurrences in speeches without a date.
    """

    request: ConcordanceRequest
    total: int
    speeches: int
    drawn: int
    lines: list[ConcordanceLine]
    undated: int = 0

    @property
    def page_count(self) -> int:
        """Return the number of pages, at least 1."""
        per_page = self.request.per_page
        return 1 if per_page is None else max(1, -(-self.drawn // per_page))
