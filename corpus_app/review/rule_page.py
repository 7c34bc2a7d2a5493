"""What the page of a rule shows: every speech it would touch or touched, with its context."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.core.paginator import Page, Paginator

from corpus_app.catalog.models import Revision, Speech
from corpus_app.catalog.provenance import UNKNOWN, Provenance, read_provenances
from corpus_app.intake.models import RemovalRule, RuleApplication
from corpus_app.intake.removal.ruling import list_ruled
from corpus_app.intake.removal.touching import Touch, find_touched, show_places, warn_of
from corpus_app.text.excerpts import MarkedText

SHOWN = 20


@dataclass(frozen=True)
class TouchedSpeech:
    """A speech that the rule would touch, with its places in context."""

    speech: Speech
    touch: Touch
    excerpts: list[list[MarkedText]]
    provenance: Provenance

    @property
    def percent(self) -> int:
        """Return how much of the text goes, rounded up."""
        return -int(-self.touch.share * 100 // 1)

    @property
    def more(self) -> int:
        """Return how many places are not shown."""
        return len(self.touch.spans) - len(self.excerpts)


@dataclass
class RuleDesk:
    """Everything that review/rule.html shows."""

    rule: RemovalRule
    page: Page[Touch]
    touched: list[TouchedSpeech]
    places: int
    kept: int
    warnings: list[str] = field(default_factory=list)
    record: Page[RuleApplication] | None = None
    ruled: int = 0

    @property
    def count(self) -> int:
        """Return how many speeches the rule would touch now."""
        return self.page.paginator.count

    @property
    def left(self) -> int:
        """Return in how many speeches there is something to do."""
        return self.ruled if self.rule.state == RemovalRule.State.RETIRED else self.count


def open_rule(rule: RemovalRule, number: str | None, done: str | None = None) -> RuleDesk:
    """Return the desk of a rule; number chooses the page of speeches, done of the record."""
    found = [] if rule.state == RemovalRule.State.RETIRED else list(find_touched(rule))
    touches = [touch for touch in found if touch.spans]
    page = Paginator(touches, SHOWN).get_page(number)
    record = Paginator(rule.applications.select_related("speech", "revision", "made_by"), SHOWN)
    return RuleDesk(
        rule,
        page,
        touched=_show(list(page.object_list)),
        places=sum(len(touch.spans) for touch in touches),
        kept=sum(touch.kept for touch in found),
        warnings=warn_of(rule, touches) if rule.state == RemovalRule.State.PROPOSED else [],
        record=record.get_page(done),
        ruled=list_ruled(rule).count(),
    )


def _show(touches: Sequence[Touch]) -> list[TouchedSpeech]:
    speeches = Speech.objects.with_parties().in_bulk([touch.speech_id for touch in touches])
    told = read_provenances(speeches)
    ids = [touch.revision_id for touch in touches]
    revisions = Revision.objects.only("raw", "text").in_bulk(ids)
    return [
        TouchedSpeech(
            speeches[touch.speech_id],
            touch,
            show_places(revisions[touch.revision_id], touch),
            told.get(touch.speech_id, UNKNOWN),
        )
        for touch in touches
    ]
