"""Which texts are versions of one speech: full text, excerpt, another site's copy."""

from __future__ import annotations

from typing import Final

from corpus_app.catalog.identity import Agreement, Head, compare_heads
from corpus_app.catalog.kept import keep_answers
from corpus_app.catalog.models import Kinship

# Kinds of which one text holds most of the other.
HOLDING: Final = (Kinship.Kind.NEAR, Kinship.Kind.PART)


def is_one_speech(row: Kinship) -> bool:
    """Return whether two texts of which one holds the other are versions of one speech."""
    if row.kind not in HOLDING:
        return False
    agreement = compare_heads(Head.of_speech(row.speech), Head.of_speech(row.other)).agreement
    if row.decision == Kinship.Decision.BOTH:
        return agreement is not Agreement.CONTRADICT
    return agreement is Agreement.AGREE


@keep_answers
def map_versions() -> dict[int, int]:
    """Return for each speech that has versions the smallest id among them."""
    decisions = (Kinship.Decision.BOTH, Kinship.Decision.OPEN)
    rows = Kinship.objects.filter(kind__in=HOLDING, decision__in=decisions)
    first: dict[int, int] = {}
    for row in rows.with_speeches().order_by("speech", "other"):
        if is_one_speech(row):
            one, other = (_find_first(first, pk) for pk in (row.speech_id, row.other_id))
            first[one] = first[other] = min(one, other)
    return {pk: _find_first(first, pk) for pk in first}


def _find_first(first: dict[int, int], pk: int) -> int:
    while first.setdefault(pk, pk) != pk:
        pk = first[pk]
    return pk
