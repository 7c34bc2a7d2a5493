"""Two speeches become one, and one becomes two again; each function indexes nothing."""

from __future__ import annotations

import datetime as dt
from functools import reduce
from typing import Any

from django.db import transaction
from django.db.models import ManyToOneRel, QuerySet

from corpus_app.catalog.fields import apply_fields, read_fields
from corpus_app.catalog.limits import tighten
from corpus_app.catalog.models import Revision, Speech, SpeechAlias, Upload
from corpus_app.catalog.revisions import disclose_current

# What else of a speech's row must come back when two speeches are parted.
KEPT_VALUES = ("title_inferred", "is_sample", "completeness", "status", "access", "open_to")
KEPT_TIMES = ("created_at", "published_at")


@transaction.atomic
def absorb_speech(gone: Speech, into: Speech) -> list[int]:
    """Move gone's revisions to the other speech, whose current one stays, and delete gone's row.

    Its address and those that led to it lead to the other speech. Returns the moved revisions.
    """
    if gone.pk == into.pk:
        raise ValueError("a speech cannot be merged into itself")
    # What only some may see is seen by no more of them for being joined.
    both = Speech.objects.filter(pk__in=(gone.pk, into.pk))
    into.limit = reduce(tighten, (row.limit for row in both.only("access", "open_to")))
    Speech.objects.filter(pk=into.pk).update(access=into.access, open_to=into.open_to)
    number = into.revisions.order_by("-number").values_list("number", flat=True).first() or 0
    Speech.objects.filter(pk=gone.pk).update(current=None)
    moved = []
    for revision in gone.revisions.order_by("number").only("pk", "speech", "number"):
        number += 1
        Revision.objects.filter(pk=revision.pk).update(speech=into, number=number)
        moved.append(revision.pk)
    Upload.objects.filter(copy_of=gone).update(copy_of=into)
    for rows, field in _find_followers():
        rows.filter(**{field: gone.pk}).update(**{field: into.pk})
    SpeechAlias.objects.filter(speech=gone).update(speech=into)
    SpeechAlias.objects.update_or_create(old_id=gone.pk, defaults={"speech": into})
    Speech.objects.get(pk=gone.pk).delete()
    return moved


def describe_speech(speech: Speech) -> dict[str, Any]:
    """Return all that restore_speech needs to make the speech again, as JSON can hold it."""
    times = {name: getattr(speech, name) for name in KEPT_TIMES}
    return {
        "id": speech.pk,
        "fields": read_fields(speech),
        "values": {name: getattr(speech, name) for name in KEPT_VALUES},
        "times": {name: time.isoformat() if time else None for name, time in times.items()},
        "current": speech.current_id,
        "revisions": list(speech.revisions.order_by("number").values_list("pk", "number")),
        "followers": {
            _name_rows(rows, field): list(
                rows.filter(**{field: speech.pk}).order_by("pk").values_list("pk", flat=True)
            )
            for rows, field in _find_followers()
        },
        "copies": list(speech.copies.order_by("pk").values_list("pk", flat=True)),
        "aliases": list(speech.aliases.order_by("pk").values_list("old_id", flat=True)),
    }


@transaction.atomic
def restore_speech(state: dict[str, Any], from_: Speech) -> Speech:
    """Make the described speech again with its old id, out of the one that absorbed it.

    Revisions that are gone meanwhile are left out; raises ValueError where none is left or the
    id is taken.
    """
    if Speech.objects.filter(pk=state["id"]).exists():
        raise ValueError("the id is taken")
    order = dict(state["revisions"])
    left = set(from_.revisions.filter(pk__in=order).values_list("pk", flat=True))
    if not left:
        raise ValueError("no revision is left to restore")
    speech = Speech(pk=state["id"], **state["values"])
    apply_fields(speech, state["fields"])
    speech.save(force_insert=True)
    for pk in left:
        Revision.objects.filter(pk=pk).update(speech=speech, number=order[pk])
    speech.current_id = state["current"] if state["current"] in left else max(left)
    speech.published_at = _read_time(state["times"]["published_at"])
    speech.save()
    disclose_current(speech)
    Speech.objects.filter(pk=speech.pk).update(created_at=_read_time(state["times"]["created_at"]))
    SpeechAlias.objects.filter(old_id=speech.pk).delete()
    SpeechAlias.objects.filter(old_id__in=state["aliases"], speech=from_).update(speech=speech)
    Upload.objects.filter(pk__in=state["copies"], copy_of=from_).update(copy_of=speech)
    for rows, field in _find_followers():
        numbers = state["followers"].get(_name_rows(rows, field), [])
        rows.filter(pk__in=numbers, **{field: from_.pk}).update(**{field: speech.pk})
    return Speech.objects.select_related("current").get(pk=speech.pk)


def _find_followers() -> list[tuple[QuerySet[Any], str]]:
    """Return the rows that go with a speech that is absorbed, and the field that names it.

    A model says so by FOLLOWS_SPEECH; others that point to the speech let go of it.
    """
    relations = Speech._meta.get_fields(include_hidden=True)
    found = [
        (relation.related_model, relation.field.name)
        for relation in relations
        if isinstance(relation, ManyToOneRel)
        and getattr(relation.related_model, "FOLLOWS_SPEECH", False)
    ]
    ordered = sorted(found, key=lambda one: (one[0]._meta.label, one[1]))
    return [(model._default_manager.all(), field) for model, field in ordered]


def _name_rows(rows: QuerySet[Any], field: str) -> str:
    return f"{rows.model._meta.label}.{field}"


def _read_time(text: str | None) -> Any:
    return dt.datetime.fromisoformat(text) if text else None
