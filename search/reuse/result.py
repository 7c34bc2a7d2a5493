"""What is told of reuse: passages in the wording of both texts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from corpus_app.catalog.addresses import link_speech
from corpus_app.catalog.days import SpeechDay
from corpus_app.catalog.limits import EVERYBODY, AccessLimit
from corpus_app.text.spans import Span
from search.reuse.labels import Label

Direction = Literal["from", "to", ""]


@dataclass(frozen=True, slots=True)
class ReuseSource:
    """A published text that shares a passage, the revision that was compared."""

    speech_id: int
    revision_id: int
    revision_number: int
    title: str
    day: SpeechDay
    organisation: str
    limit: AccessLimit = EVERYBODY

    @property
    def date(self) -> str:
        """Return the day as precise as its source ("2024-04"), or ""."""
        return self.day.value

    @property
    def address(self) -> str:
        """Return the path that leads to this revision of the text for good."""
        return link_speech(self.speech_id, revision=self.revision_number)


@dataclass(frozen=True, slots=True)
class ReusedPassage:
    """Words of a text, text[start:end], and those of another one that are the same or nearly so.

    chars counts what of the words was compared (no marks, no blanks), own what of it no formula
    covers; altered is the share that is not the same in both, 0 to 1. direction says who had it
    "from" whom by the days, common names the older text that both have it from. moved: in the
    other text it does not stand in the same order as the passages around it.
    """

    label: Label
    direction: Direction
    start: int
    end: int
    text: str
    source: ReuseSource
    section_key: str | None
    other_start: int
    other_end: int
    other_text: str
    chars: int
    own: int
    altered: float
    common: int | None = None
    moved: bool = False

    @property
    def address(self) -> str:
        """Return the path that leads to the words in the other text for good."""
        span = self.other_start, self.other_end
        return link_speech(
            self.source.speech_id,
            self.section_key,
            span=span,
            revision=self.source.revision_number,
        )


@dataclass(frozen=True, slots=True)
class FormulaStretch:
    """Words of a text that stand in five independent sources or more."""

    start: int
    end: int
    text: str

    @property
    def span(self) -> Span:
        """Return where they stand."""
        return Span(self.start, self.end)
