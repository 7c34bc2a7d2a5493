"""Weigh stored speeches, and keep the result: explicit calls after every change of a speech."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from corpus_app.catalog.models import Revision, Speech
from corpus_app.catalog.models.marker import read_marker, set_marker
from corpus_app.intake.models import Doubt, DoubtReason
from corpus_app.intake.quality.facts import (
    QualityFacts,
    collect_text_facts,
    find_all_shared_texts,
    find_shared_texts,
)
from corpus_app.intake.quality.misreading import estimate_misread
from corpus_app.intake.quality.reasons import (
    OUTLINE_STEPS,
    RELATIONS,
    TEXT_STEPS,
    Reason,
    find_nearest,
    find_reasons,
    is_of_outline,
    sum_weights,
)
from corpus_app.intake.quality.rules import load_rules

MARKER = "doubt_rules"


def is_doubtful(speech: Speech) -> bool:
    """Return whether an editor should look at the speech; one never weighed is doubtful."""
    score = Doubt.objects.filter(speech=speech).values_list("score", flat=True).first()
    return score is None or score >= load_rules().threshold


@transaction.atomic
def refresh_flags(speech: Speech) -> Doubt | None:
    """Weigh the speech anew, and those that share its text or did; None without a text."""
    doubt = flag_speech(speech)
    if doubt is not None:
        flag_related_texts(speech)
    return doubt


def flag_speech(speech: Speech) -> Doubt | None:
    """Store what flags the speech has now; None without a text.

    An editor's "looked at" stays until a reason comes up that was not there before.
    """
    if speech.current is None:
        return None
    flag_text(speech, speech.current)
    return flag_outline(speech, speech.current)


def flag_text(speech: Speech, revision: Revision) -> Doubt:
    """Store what flags the speech has by its text, head and shared_texts; the others stay."""
    reasons, probability = weigh_text(speech, revision)
    return _store(speech, reasons, of_outline=False, probability=probability)


def flag_outline(speech: Speech, revision: Revision) -> Doubt:
    """Store what flags the speech has by its outline; the others stay."""
    return _store(speech, weigh_outline(speech, revision), of_outline=True)


def flag_related_texts(speech: Speech) -> None:
    """Store the flags of those that share the speech's text, or did, where that changes them."""
    related = {shared.speech_id for shared in find_shared_texts(speech)}
    for other in _read_speeches(_list_outdated(related | set(list_resembling(speech)))):
        if other.current is not None:
            flag_text(other, other.current)


def weigh_text(speech: Speech, revision: Revision) -> tuple[list[Reason], float]:
    """Return the reasons to look at the stored speech that lie in its text, head and shared texts.

    With them, how likely something stated of it is false, 0 to 1.
    """
    facts = collect_text_facts(speech, revision, find_shared_texts(speech), _today())
    reasons = find_reasons(facts, TEXT_STEPS)
    return reasons, estimate_misread(facts, reasons)


def weigh_outline(speech: Speech, revision: Revision) -> list[Reason]:
    """Return the reasons to look at the stored speech that lie in its outline."""
    facts = QualityFacts(
        _today(),
        completeness=speech.completeness,
        gaps=revision.gaps.count(),
        text=revision.text,
        announced=revision.announced,
        notices=revision.notices,
        lost=revision.losses,
    )
    return find_reasons(facts, OUTLINE_STEPS)


def list_resembling(speech: Speech) -> list[int]:
    """Return the ids of the speeches that are doubtful because they share this one's text."""
    reasons = DoubtReason.objects.filter(other=speech).exclude(doubt__speech=speech)
    return list(reasons.values_list("doubt__speech_id", flat=True))


def refresh_all_flags(speech_ids: Iterable[int]) -> int:
    """Weigh these speeches anew; return how many there are."""
    return sum(refresh_flags(speech) is not None for speech in _read_speeches(speech_ids))


def refresh_missing() -> int:
    """Weigh what was never weighed, or all where the rules have changed; return how many."""
    digest = load_rules().digest
    speeches = Speech.objects.exclude(current=None)
    # No marker yet: what is weighed was weighed by the first rules there are.
    if read_marker(MARKER) in (digest, None):
        speeches = speeches.filter(doubt=None)
    count = 0
    # In portions by number: every speech is a transaction, and new ones may come meanwhile.
    for speech_id in list(speeches.order_by("pk").values_list("pk", flat=True)):
        count += refresh_all_flags([speech_id])
    set_marker(MARKER, digest)
    return count


def has_current_flags(speech: Speech, revision: Revision) -> bool:
    """Return whether the stored reasons, and the probability, are those of today."""
    doubt = Doubt.objects.filter(speech=speech).prefetch_related("reasons").first()
    if doubt is None:
        return False
    stored = {(reason.code, reason.weight, reason.other_id) for reason in doubt.reasons.all()}
    reasons, probability = weigh_text(speech, revision)
    wanted = [*reasons, *weigh_outline(speech, revision)]
    same = stored == {(reason.code, reason.weight, reason.other) for reason in wanted}
    score = sum_weights(reason.weight for reason in wanted)
    return same and (doubt.score, doubt.probability) == (score, probability)


def mark_looked(speech: Speech, user: User | None) -> None:
    """Note that the user has seen the speech's reasons; it leaves the list of those to look at."""
    if not Doubt.objects.filter(speech=speech).exists():
        refresh_flags(speech)
    Doubt.objects.filter(speech=speech).update(looked_at=timezone.now(), looked_by=user)


def unmark_looked(speech: Speech) -> None:
    """Put the speech back among those to look at."""
    Doubt.objects.filter(speech=speech).update(looked_at=None, looked_by=None)


def _today() -> dt.date:
    return timezone.localdate()


def _read_speeches(speech_ids: Iterable[int]) -> QuerySet[Speech]:
    speeches = Speech.objects.filter(pk__in=list(speech_ids)).order_by("pk")
    return speeches.select_related("current", "organisation", "speaker")


def _list_outdated(speech_ids: Iterable[int]) -> list[int]:
    """Return those of which the stored reason says another thing of the nearest than today's."""
    shared_texts = find_all_shared_texts(speech_ids)
    rows = DoubtReason.objects.filter(doubt__speech__in=shared_texts, code__in=RELATIONS)
    named = {
        speech: said
        for speech, *said in rows.values_list("doubt__speech", "code", "other", "details")
    }
    nearest = {pk: find_nearest(found) for pk, found in shared_texts.items()}
    return [
        pk
        for pk, first in nearest.items()
        if named.get(pk) != (first and [first.code, first.other, first.details])
    ]


def _name_reason(code: str, details: Mapping[str, Any]) -> tuple[str, int]:
    """Return what tells one reason from another; each decision lost is one of its own."""
    return code, details["count"] if code == "decisions_lost" else 0


def _store(
    speech: Speech, reasons: list[Reason], *, of_outline: bool, probability: float | None = None
) -> Doubt:
    """Store the reasons in place of those of the same steps, and the probability where given."""
    doubt, made = Doubt.objects.get_or_create(speech=speech, defaults={"score": 0})
    stored = [] if made else list(doubt.reasons.all())
    old = [row for row in stored if is_of_outline(row.code) == of_outline]
    left = [row.weight for row in stored if is_of_outline(row.code) != of_outline]
    score = sum_weights([*left, *(reason.weight for reason in reasons)])
    if probability is None:
        probability = doubt.probability
    told = score, probability
    if _list_rows(old) == _list_rows(reasons) and told == (doubt.score, doubt.probability):
        return doubt
    known = {_name_reason(row.code, row.details) for row in old}
    if {_name_reason(reason.code, reason.details) for reason in reasons} - known:
        doubt.looked_at = doubt.looked_by = None
    doubt.score, doubt.probability = told
    doubt.save()
    DoubtReason.objects.filter(pk__in=[row.pk for row in old]).delete()
    DoubtReason.objects.bulk_create(
        DoubtReason(
            doubt=doubt,
            code=reason.code,
            weight=reason.weight,
            details=reason.details,
            other_id=reason.other,
        )
        for reason in reasons
    )
    return doubt


def _list_rows(reasons: Sequence[Reason] | Sequence[DoubtReason]) -> list[tuple[Any, ...]]:
    rows = [
        (one.code, one.weight, one.details, one.other if isinstance(one, Reason) else one.other_id)
        for one in reasons
    ]
    return sorted(rows, key=lambda row: row[0])
