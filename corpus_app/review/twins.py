"""The other texts of a speech, as its review page lists them."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from corpus_app.catalog.identity import Head, compare_heads
from corpus_app.catalog.models import Kinship, Speech
from corpus_app.intake.text_reuse.finding import list_kinships


@dataclass(frozen=True)
class Twin:
    """Another speech that shares text, how much, what was decided ("" while open),
    and what in the two heads contradicts ("" where nothing does).
    """

    speech: Speech
    label: str
    measure: str
    decision: str
    differing: str


def list_twins(speech: Speech) -> list[Twin]:
    """Return the speeches that share text with the speech, undecided ones first."""
    rows = list_kinships(speech.pk).with_speeches()
    twins = [_describe(row, speech.pk) for row in rows]
    return sorted(twins, key=lambda twin: (bool(twin.decision), twin.speech.pk))


def _describe(row: Kinship, speech_id: int) -> Twin:
    mine = row.speech_id == speech_id
    other, shares = (
        (row.other, (row.share, row.other_share))
        if mine
        else (row.speech, (row.other_share, row.share))
    )
    open_ = row.decision == Kinship.Decision.OPEN
    decision = "" if open_ else row.get_decision_display()
    compared = compare_heads(Head.of_speech(row.speech), Head.of_speech(row.other))
    differing = _("、").join(one.label for one in compared.contradictions)
    kind, measure = _name_kind(row, *shares), _measure(row, *shares)
    return Twin(other, kind, measure, decision, differing)


def _name_kind(row: Kinship, share: float, other_share: float) -> str:
    """Return what the other one is to this speech."""
    if row.kind == Kinship.Kind.PART:
        return _("含有本篇") if share > other_share else _("本篇的一部分")
    if row.kind == Kinship.Kind.QUOTES:
        return _("本篇所引") if share > other_share else _("引用本篇")
    return str(row.get_kind_display())


def _measure(row: Kinship, share: float, other_share: float) -> str:
    if row.kind == Kinship.Kind.NEAR:
        return _("相似度 %(percent)d%%") % {"percent": int(row.likeness * 100)}
    if share > other_share:
        return _("本篇 %(percent)d%% 见于该篇") % {"percent": int(share * 100)}
    return _("该篇 %(percent)d%% 见于本篇") % {"percent": int(other_share * 100)}
