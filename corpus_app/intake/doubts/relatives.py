"""Which other speeches share a speech's text, as far as nobody has decided on them."""

from __future__ import annotations

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
    kinships = Kinship.objects.filter(
        Q(speech=speech) | Q(other=speech), decision=Kinship.Decision.OPEN
    )
    return [_read_row(row, speech) for row in kinships.select_related("speech", "other")]


def _read_row(row: Kinship, speech: Speech) -> Relative:
    other = row.other if row.speech_id == speech.pk else row.speech
    share = row.likeness or max(row.share, row.other_share)
    return Relative(CODES[Kinship.Kind(row.kind)], other.pk, other.title, int(share * 100))
