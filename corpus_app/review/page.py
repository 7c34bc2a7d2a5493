"""All that the review page of one speech shows."""

from __future__ import annotations

from typing import Any

from corpus_app.catalog.fields import read_fields
from corpus_app.catalog.models import Speech
from corpus_app.review import pieces
from corpus_app.review.forms import MetadataForm
from corpus_app.review.outline_desk import open_desk


def collect_page(speech: Speech, form: MetadataForm | None = None, **shown: Any) -> dict[str, Any]:
    """Return the context of review/review.html; shown replaces parts that are being edited.

    speech comes with its parties and current revision.
    """
    form = form or MetadataForm(present=read_fields(speech))
    context: dict[str, Any] = {"speech": speech, "form": form}
    revision = speech.current
    if revision is None:
        return context | shown
    return context | {
        "revision": revision,
        "raw": pieces.split_raw(revision),
        "legend": pieces.list_legend(revision),
        "text": pieces.split_text(revision),
        "characters": sum(not sign.isspace() for sign in revision.text),
        "gaps": list(revision.gaps.all()),
        "outline": open_desk(revision),
        "themes": pieces.list_theme_choices(speech),
        "twins": pieces.list_twins(speech),
        "revisions": speech.revisions.select_related("upload", "created_by").defer("raw", "text"),
        "copies": speech.copies.all(),
        **shown,
    }
