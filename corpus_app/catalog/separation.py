"""Revisions that are of another speech become that speech; nothing is indexed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from corpus_app.catalog.fields import (
    EDITABLE,
    PARTIES,
    apply_fields,
    fit_fields,
    flatten_metadata,
    read_fields,
)
from corpus_app.catalog.models import Revision, Speech
from corpus_app.catalog.revisions import disclose_current
from corpus_app.catalog.services import SAMPLE_NOTICE


@transaction.atomic
def separate_revisions(speech: Speech, moved: Sequence[Revision]) -> Speech:
    """Return a new speech made of these revisions of the locked speech, of the same status.

    Each of the two bears what its own file says and what people corrected while it was the one
    that stood there; the speech keeps its address. Raises ValueError where none would be left.
    """
    numbers = {revision.pk for revision in moved}
    left = list(speech.revisions.exclude(pk__in=numbers).order_by("number"))
    if not moved or not left:
        raise ValueError("each of two speeches needs a revision")
    newest = max(moved, key=lambda revision: revision.number)
    own, corrected = _read_parsed(newest), {}
    gone = speech.current_id in numbers
    if gone:
        corrected = _list_corrections(speech, newest)
        since = min(revision.created_at for revision in moved)
        earlier = {name for name in corrected if _was_there(speech, name, since)}
        _restore_left(speech, left[-1], {name: corrected[name] for name in earlier})
        own |= {name: value for name, value in corrected.items() if name not in earlier}
    made = Speech(status=speech.status, published_at=speech.published_at)
    made.limit = speech.limit
    _set_values(made, newest, own)
    made.save()
    for number, revision in enumerate(sorted(moved, key=lambda one: one.number), start=1):
        Revision.objects.filter(pk=revision.pk).update(speech=made, number=number)
    made.current = Revision.objects.get(pk=newest.pk)
    made.save()
    disclose_current(made)
    return made


def _read_parsed(revision: Revision) -> dict[str, str]:
    return fit_fields(flatten_metadata(revision.metadata)).values


def _list_corrections(speech: Speech, newest: Revision) -> dict[str, str]:
    """Return the values that no parse of the speech's files said: a person's."""
    present = read_fields(speech)
    parses = [_read_parsed(newest)]
    others = speech.revisions.exclude(pk=newest.pk).filter(origin=Revision.Origin.PARSED)
    parses += [_read_parsed(revision) for revision in others.defer("raw", "text")]
    return {
        name: present[name]
        for name in EDITABLE
        if present[name] and not any(parse[name] == present[name] for parse in parses)
    }


def _was_there(speech: Speech, name: str, moment: dt.datetime) -> bool:
    """Return whether the field had its value before that moment."""
    column = f"{name}_id" if name in PARTIES else name
    same = speech.history.filter(**{column: getattr(speech, column)})
    first = same.order_by("history_date").values_list("history_date", flat=True).first()
    return first is not None and first < moment


def _restore_left(speech: Speech, revision: Revision, corrected: dict[str, str]) -> None:
    speech.current = revision
    _set_values(speech, revision, _read_parsed(revision) | corrected)
    speech.save()
    disclose_current(speech)


def _set_values(speech: Speech, revision: Revision, values: dict[str, str]) -> None:
    title = values["title"] or revision.upload.name.rpartition(".")[0] or revision.upload.name
    apply_fields(speech, values | {"title": title[:300]})
    borne = values["title"] and values["title"] != _read_parsed(revision)["title"]
    speech.title_inferred = not borne and (
        not values["title"] or bool(revision.metadata.get("title_inferred"))
    )
    speech.completeness = revision.metadata.get("completeness", speech.completeness)
    speech.is_sample = any(span["kind"] == SAMPLE_NOTICE for span in revision.removed)
