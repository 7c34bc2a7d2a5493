"""Speeches by when they came online and when they last changed: what feeds and maps tell."""

from __future__ import annotations

from typing import Final

from django.db.models import F, Max, QuerySet
from django.db.models.functions import Coalesce, Greatest

from corpus_app.catalog.models import Speech

# Entries of a feed.
MOST: Final = 30


def date_speeches(speeches: QuerySet[Speech]) -> QuerySet[Speech]:
    """Return those that have a text, with online_at and touched_at, two moments."""
    return speeches.exclude(current=None).annotate(
        online_at=Coalesce("published_at", "created_at"),
        touched_at=Greatest("changed_at", "current__created_at"),
    )


def list_newest(speeches: QuerySet[Speech], most: int = MOST) -> list[Speech]:
    """Return those that came online last, the newest first, with parties and text."""
    rows = date_speeches(speeches).select_related("speaker", "organisation", "source", "current")
    return list(
        rows.defer("current__raw", "current__removed").order_by(F("online_at").desc(), "-pk")[:most]
    )


def find_last_change(speeches: QuerySet[Speech]) -> object:
    """Return the moment at which one of the speeches changed last, None where there are none."""
    return date_speeches(speeches).order_by().aggregate(last=Max("touched_at"))["last"]
