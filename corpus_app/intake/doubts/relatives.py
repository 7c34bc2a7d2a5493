"""Which other speeches share a speech's text, as far as nobody has decided on them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from django.db.models import Q

from corpus_app.catalog.models import Kinship, Speech
from corpus_app.intake.doubts.facts import Relative

CODES: Final = {
    Kinship.Kind.NEAR: "near_duplicate",
    Kinship.Kind.PART: "family_part",
    Kinship.Kind.QUOTES: "family_quotes",
}


def find_relatives(speech: Speech) -> list[Relative]:
    """Return the relatives that wait for a decision, in one query."""
    return find_all_relatives([speech.pk])[speech.pk]


def find_all_relatives(speech_ids: Iterable[int]) -> dict[int, list[Relative]]:
    """Return by the id of each of the speeches its relatives that wait, in one query."""
    found: dict[int, list[Relative]] = {speech_id: [] for speech_id in speech_ids}
    kinships = Kinship.objects.filter(
        Q(speech__in=found) | Q(other__in=found), decision=Kinship.Decision.OPEN
    )
    for row in kinships.select_related("speech", "other").order_by("pk"):
        for speech, other in ((row.speech, row.other), (row.other, row.speech)):
            if speech.pk in found:
                found[speech.pk].append(_read_row(row, other))
    return found


def _read_row(row: Kinship, other: Speech) -> Relative:
    share = row.likeness or max(row.share, row.other_share)
    return Relative(CODES[Kinship.Kind(row.kind)], other.pk, other.title, int(share * 100))
