"""Which other speeches share a speech's text, as far as nobody has decided on them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from django.db.models import Q

from corpus_app.catalog.identity import Head, compare_heads
from corpus_app.catalog.models import Kinship, Speech
from corpus_app.intake.quality.facts import SharedText

CODES: Final = {
    Kinship.Kind.NEAR: "near_duplicate",
    Kinship.Kind.PART: "family_part",
    Kinship.Kind.QUOTES: "family_quotes",
}
# Nearly the same text under a head that contradicts: another speech, as a rule.
OTHER_HEAD: Final = "other_head"


def find_shared_texts(speech: Speech) -> list[SharedText]:
    """Return the relatives that wait for a decision, in one query."""
    return find_all_shared_texts([speech.pk])[speech.pk]


def find_all_shared_texts(speech_ids: Iterable[int]) -> dict[int, list[SharedText]]:
    """Return by the id of each of the speeches its relatives that wait, in one query."""
    found: dict[int, list[SharedText]] = {speech_id: [] for speech_id in speech_ids}
    kinships = Kinship.objects.filter(
        Q(speech__in=found) | Q(other__in=found), decision=Kinship.Decision.OPEN
    )
    for row in kinships.with_speeches().order_by("pk"):
        differing = _list_differing(row)
        for speech, other in ((row.speech, row.other), (row.other, row.speech)):
            if speech.pk in found:
                found[speech.pk].append(_read_row(row, other, differing))
    return found


def _list_differing(row: Kinship) -> tuple[str, ...]:
    """Return the fields by which two nearly equal texts are of two speeches."""
    if row.kind == Kinship.Kind.QUOTES:
        return ()
    compared = compare_heads(Head.of_speech(row.speech), Head.of_speech(row.other))
    return tuple(one.name for one in compared.contradictions)


def _read_row(row: Kinship, other: Speech, differing: tuple[str, ...]) -> SharedText:
    share = row.likeness or max(row.share, row.other_share)
    code = OTHER_HEAD if differing else CODES[Kinship.Kind(row.kind)]
    return SharedText(code, other.pk, other.title, int(share * 100), differing)
