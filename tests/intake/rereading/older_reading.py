"""Speeches as an older reader left them: read alone, or with a head that it misread."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import connection

from corpus_app.catalog.fields import apply_fields
from corpus_app.catalog.models import Revision, Speech
from corpus_app.catalog.revisions import store_sections
from corpus_app.intake.revisions.decisions import read_removed
from corpus_app.intake.revisions.derived import derive
from corpus_app.intake.revisions.revising import recompose_revision
from tests.catalog.speeches import store
from tests.site_pages import make_page

SOURCE = "来源：溪北河湾新报"


def store_alone(*, draft: bool = True) -> Speech:
    """Return page 1 of the site, read when nothing was known of it: chrome stands in its text."""
    speech = store(make_page(1, source=SOURCE), "1.txt", draft=True)
    leave_in_text(speech)
    if not draft:
        Speech.objects.filter(pk=speech.pk).update(status=Speech.Status.PUBLISHED)
    return read(speech)


def leave_in_text(speech: Speech) -> None:
    """Put back into the text what was not understood, as a reader did that guessed less."""
    revision = read_current(speech)
    kept = [span for span in read_removed(revision.removed) if span.kind != "unread"]
    draft = recompose_revision(revision, kept)
    told = draft.to_json()
    revision.text = draft.text
    revision.removed, revision.notices = told["removed"], told["notices"]
    revision.save()
    revision.sections.all().delete()
    store_sections(revision, draft.sections)
    derive(speech)


def store_others(count: int = 5) -> list[Speech]:
    """Return further pages of the site: from now on it is known what they repeat."""
    return [
        store(make_page(number, source=SOURCE), f"{number}.txt", draft=True)
        for number in range(2, 2 + count)
    ]


def misread(speech: Speech, values: dict[str, str]) -> Speech:
    """Return the speech as if its reader had read these values, title and the like."""
    revision = read_current(speech)
    dates = {k: {"value": v, "precision": "day"} for k, v in values.items() if k == "delivered"}
    plain = {name: value for name, value in values.items() if name != "delivered"}
    revision.metadata |= plain
    if dates:
        revision.metadata["dates"] = {**revision.metadata["dates"], **dates}
    revision.save()
    apply_fields(speech, values)
    speech.save()
    derive(speech)
    return read(speech)


def read(speech: Speech) -> Speech:
    """Return the speech read anew."""
    return Speech.objects.with_parties().select_related("current__upload").get(pk=speech.pk)


def read_current(speech: Speech) -> Revision:
    """Return the speech's current revision read anew."""
    revision = read(speech).current
    assert revision is not None
    return revision


def dump_store() -> dict[str, list[Any]]:
    """Return every row of every table, and how far each table has counted."""
    rows: dict[str, list[Any]] = {
        model._meta.db_table: list(model._default_manager.order_by("pk").values())
        for model in apps.get_models(include_auto_created=True)
    }
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, seq FROM sqlite_sequence ORDER BY name")
            rows["counted"] = cursor.fetchall()
    return rows
