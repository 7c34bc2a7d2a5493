"""All that the review page of one speech shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _

from corpus_app.catalog.fields import read_fields
from corpus_app.catalog.identity import Head, compare_heads
from corpus_app.catalog.models import Kinship, Speech
from corpus_app.intake.importing.foreign_files import find_replacing
from corpus_app.intake.importing.splitting import list_beginnings, list_parts, list_wholes
from corpus_app.intake.revisions.joining import list_joinings
from corpus_app.intake.revisions.losses import describe_losses
from corpus_app.intake.text_reuse.finding import list_reuse
from corpus_app.review.annotations import list_slogans, list_superseded, list_theme_choices
from corpus_app.review.evidence import list_fields
from corpus_app.review.forms import MetadataForm
from corpus_app.review.outline_desk import open_desk
from corpus_app.review.outline_difference import compare_outlines
from corpus_app.review.queue_page import describe_speech
from corpus_app.review.site_page import describe_site
from corpus_app.review.text_desk import open_texts
from corpus_app.review.timeline import list_moments

# The last changes stand on the page itself, all of them on a page of their own.
MOMENTS_SHOWN: Final = 5


def collect_page(speech: Speech, form: MetadataForm | None = None, **shown: Any) -> dict[str, Any]:
    """Return the context of review/review.html; shown replaces parts that are being edited.

    speech comes with its parties and current revision.
    """
    form = form or MetadataForm(present=read_fields(speech))
    context: dict[str, Any] = {"speech": speech, "form": form, "fields": list_fields(speech, form)}
    revision = speech.current
    if revision is None:
        return context | shown
    revision.speech = speech  # known already; the slips ask for its date
    losses = describe_losses(revision)
    outlines = [loss.number for loss in losses if loss.of_outline and loss.number]
    texts = shown.get("texts") or open_texts(speech, revision)
    return context | {
        "revision": revision,
        "texts": texts,
        "outline_changes": compare_outlines(texts.before, revision) if texts.before else [],
        "flags": describe_speech(speech),
        "losses": losses,
        "lost_outline": max(outlines, default=None),
        "gaps": list(revision.gaps.all()),
        "outline": open_desk(revision),
        "slogans": list_slogans(revision),
        "superseded": list_superseded(speech, revision),
        "themes": list_theme_choices(speech),
        "related_texts": list_related_texts(speech),
        "joinings": list_joinings(speech),
        "parts": list_parts(speech),
        "wholes": list_wholes(speech),
        "beginnings": list_beginnings(revision),
        "moments": list_moments(speech)[:MOMENTS_SHOWN],
        "foreign": find_replacing(speech),
        "copies": speech.copies.all(),
        **describe_site(speech),
        **shown,
    }


@dataclass(frozen=True)
class RelatedText:
    """Another speech that shares text, how much, what was decided ("" while open),
    and what in the two heads contradicts ("" where nothing does).
    """

    speech: Speech
    label: str
    measure: str
    decision: str
    differing: str


def list_related_texts(speech: Speech) -> list[RelatedText]:
    """Return the speeches that share text with the speech, undecided ones first."""
    rows = list_reuse(speech.pk).with_speeches()
    related = [_describe(row, speech.pk) for row in rows]
    return sorted(related, key=lambda one: (bool(one.decision), one.speech.pk))


def _describe(row: Kinship, speech_id: int) -> RelatedText:
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
    return RelatedText(other, kind, measure, decision, differing)


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
