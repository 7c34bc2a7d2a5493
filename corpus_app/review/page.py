"""All that the review page of one speech shows."""

from __future__ import annotations

from typing import Any, Final

from corpus_app.catalog.fields import read_fields
from corpus_app.catalog.models import Speech
from corpus_app.intake.importing.foreign_files import find_replacing
from corpus_app.intake.revisions.joining import list_joinings
from corpus_app.intake.revisions.losses import describe_losses
from corpus_app.review import pieces
from corpus_app.review.evidence import list_fields
from corpus_app.review.forms import MetadataForm
from corpus_app.review.outline_desk import open_desk
from corpus_app.review.outline_difference import compare_outlines
from corpus_app.review.queue_page import describe_speech
from corpus_app.review.text_desk import open_texts
from corpus_app.review.timeline import list_moments
from corpus_app.review.twins import list_twins

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
    losses = describe_losses(revision)
    outlines = [loss.number for loss in losses if loss.of_outline and loss.number]
    texts = shown.get("texts") or open_texts(revision)
    return context | {
        "revision": revision,
        "texts": texts,
        "outline_changes": compare_outlines(texts.before, revision) if texts.before else [],
        "doubts": describe_speech(speech),
        "losses": losses,
        "lost_outline": max(outlines, default=None),
        "gaps": list(revision.gaps.all()),
        "outline": open_desk(revision),
        "slogans": pieces.list_slogans(revision),
        "themes": pieces.list_theme_choices(speech),
        "twins": list_twins(speech),
        "joinings": list_joinings(speech),
        "moments": list_moments(speech)[:MOMENTS_SHOWN],
        "foreign": find_replacing(speech),
        "copies": speech.copies.all(),
        **shown,
    }
