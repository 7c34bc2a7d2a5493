"""Find the speeches that share text with one, and keep what was found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.db import transaction
from django.db.models import Count, F, Q

from corpus_app.catalog.models import Kinship, Speech
from corpus_app.catalog.models.marker import read_marker, set_marker
from corpus_app.catalog.querysets import KinshipQuerySet
from corpus_app.intake.models import SampledShingle
from corpus_app.intake.text_reuse.duplicates import Likeness, find_alike, store_fingerprint
from corpus_app.intake.text_reuse.fingerprints import (
    SAMPLE_BITS,
    Fingerprint,
    Words,
    take_fingerprint,
)
from corpus_app.intake.text_reuse.judging import Facts, Overlap, ReuseVerdict, judge
from corpus_app.intake.text_reuse.quoting import Marks, ShingledText, find_formulas, read_wording

MARKER: Final = "sketches"
# Raised whenever sketches are made in another way.
SKETCHES: Final = 1
# One sampled value in common may be chance or a formula.
LEAST_SHARED: Final = 3
MOST_RANKED: Final = 60
# The part of the shorter text that its sketch must promise; quotations promise less than they
# hold, for a shingle that runs over an end of one is not shared.
WORTH_READING: Final = 0.03
MOST_READ: Final = 12
# What stands in so many of the texts read is a turn of phrase of the time.
FORMULA: Final = 6


@dataclass(frozen=True)
class TextReuse:
    """Another speech that shares text; the verdict's first text is the one asked about."""

    speech_id: int
    verdict: ReuseVerdict


def find_text_reuse(
    text: str,
    fingerprint: Fingerprint,
    facts: Facts,
    *,
    exclude: int | None = None,
    alike: Iterable[Likeness] | None = None,
) -> list[TextReuse]:
    """Return the speeches of which the text is a copy, a part or a digest, or that it quotes.

    The closest stand first. alike says which are known to be near duplicates already.
    """
    if alike is None:
        alike = find_alike(text, fingerprint, exclude=exclude)
    likeness = {near.speech_id: near.ratio for near in alike}
    chosen = {*_choose_candidates(fingerprint, exclude), *likeness}
    speeches = Speech.objects.filter(pk__in=chosen, current__isnull=False)
    others = list(speeches.with_parties().select_related("current").order_by("pk"))
    known = [Facts.of_speech(other) for other in others]
    wordings = [read_wording(_read_text(other)) for other in others]
    mine = read_wording(text)
    # What many versions of one speech say is that speech, no turn of phrase.
    strange = [
        w for w, other in zip(wordings, known, strict=True) if not facts.is_same_speech(other)
    ]
    formulas = find_formulas(strange, FORMULA)
    own = mine.find_formulas(formulas)
    found = []
    for other, theirs, about in zip(others, wordings, known, strict=True):
        overlaps = _measure(mine, own, theirs, formulas)
        verdict = judge(*overlaps, likeness.get(other.pk, 0.0), facts, about)
        if verdict is not None:
            found.append(TextReuse(other.pk, verdict))
    return sorted(found, key=_rank)


@transaction.atomic
def record_text_reuse(speech: Speech, reuse: list[TextReuse] | None = None) -> list[Kinship]:
    """Look for the reuse of the speech's current text and keep it; return what is kept.

    reuse is what find_text_reuse said of this text, where that was asked already.
    What an editor decided about a pair stays; an open one that shares no text any more goes.
    """
    revision = speech.current
    known = {_name_other(row, speech.pk): row for row in list_reuse(speech.pk)}
    if revision is None:
        reuse = []
    elif reuse is None:
        fingerprint = take_fingerprint(revision.text)
        facts = Facts.of_speech(speech)
        reuse = find_text_reuse(revision.text, fingerprint, facts, exclude=speech.pk)
    found = {one.speech_id for one in reuse}
    gone = [row.pk for other, row in known.items() if other not in found and is_open(row)]
    Kinship.objects.filter(pk__in=gone).delete()
    return [_keep(speech.pk, one, known.get(one.speech_id)) for one in reuse]


def record_missing() -> int:
    """Sketch the speeches of a corpus from before there were sketches; return how many.

    All are sketched before the first is looked at, or it would find none of the others.
    """
    if read_marker(MARKER) == SKETCHES:
        return 0
    numbers = list(Speech.objects.exclude(current=None).order_by("pk").values_list("pk", flat=True))
    for number in numbers:
        speech = Speech.objects.select_related("current").get(pk=number)
        store_fingerprint(speech, take_fingerprint(_read_text(speech)))
    for number in numbers:
        record_text_reuse(Speech.objects.select_related("current").get(pk=number))
    set_marker(MARKER, SKETCHES)
    return len(numbers)


def list_reuse(speech_id: int) -> KinshipQuerySet:
    """Return the rows in which the speech is either of the two."""
    return Kinship.objects.filter(Q(speech=speech_id) | Q(other=speech_id))


def find_pair(first: int, second: int) -> Kinship | None:
    """Return the row of two speeches, in whichever order, or None."""
    low, high = sorted((first, second))
    return Kinship.objects.filter(speech=low, other=high).first()


def is_open(row: Kinship) -> bool:
    """Return whether nobody has decided about the pair."""
    return row.decision == Kinship.Decision.OPEN


def _keep(speech_id: int, reuse: TextReuse, known: Kinship | None) -> Kinship:
    verdict = reuse.verdict
    swapped = reuse.speech_id < speech_id
    low, high = sorted((speech_id, reuse.speech_id))
    shares = (verdict.share, verdict.other_share)
    row = known or Kinship(speech_id=low, other_id=high)
    row.kind = verdict.kind
    row.share, row.other_share = reversed(shares) if swapped else shares
    row.likeness, row.same_event = verdict.likeness, verdict.same_event
    row.save()
    return row


def _choose_candidates(fingerprint: Fingerprint, exclude: int | None) -> list[int]:
    """Return the speeches of which the sketch promises most of the shorter text."""
    rows = (
        SampledShingle.objects.filter(value__in=fingerprint.sketch)
        .exclude(signature__speech=exclude)
        .values(speech=F("signature__speech_id"), length=F("signature__length"))
        .annotate(shared=Count("value"))
        .filter(shared__gte=LEAST_SHARED)
        .order_by("-shared", "speech")[:MOST_RANKED]
    )
    promised = sorted(
        (
            -(row["shared"] << SAMPLE_BITS) / max(1, min(fingerprint.length, row["length"])),
            row["speech"],
        )
        for row in rows
    )
    return [speech for promise, speech in promised[:MOST_READ] if -promise >= WORTH_READING]


def _measure(
    mine: ShingledText, own: Marks, theirs: ShingledText, formulas: Words
) -> tuple[Overlap, Overlap]:
    here, there = mine.find_shared(theirs), theirs.find_shared(mine)
    theirs_own = theirs.find_formulas(formulas)
    return (
        Overlap(mine.collect(here), mine.collect(here & ~own)),
        Overlap(theirs.collect(there), theirs.collect(there & ~theirs_own)),
    )


def _rank(reuse: TextReuse) -> tuple[float, float, int]:
    verdict = reuse.verdict
    return -verdict.likeness, -max(verdict.share, verdict.other_share), reuse.speech_id


def _name_other(row: Kinship, speech_id: int) -> int:
    return row.other_id if row.speech_id == speech_id else row.speech_id


def _read_text(speech: Speech) -> str:
    return speech.current.text if speech.current else ""
