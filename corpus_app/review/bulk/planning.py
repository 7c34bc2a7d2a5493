"""From what is asked of many speeches to what would change on each, stored to be shown."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from corpus_app.catalog.models import Speech
from corpus_app.review.bulk.values import LIMIT, STATUS, THEME, Values, read_values
from corpus_app.review.models import BulkChange, BulkItem

# What nobody confirmed for so long is forgotten.
FORGOTTEN: Final = dt.timedelta(days=1)
AT_ONCE: Final = 500


@dataclass(frozen=True)
class AskedChange:
    """What a bulk change asks for: a status, fields by name, decisions by theme id, a table."""

    status: str = ""
    fields: Values = field(default_factory=dict)
    themes: Values = field(default_factory=dict)
    # Set fields only where nothing stands yet.
    only_blank: bool = False
    # Of a table of metadata: {"name", "digest", "fields", "unknown", "remarks"}; the values are
    # the rows' own.
    table: dict[str, Any] = field(default_factory=dict)
    # The section that the decisions on themes were made on, where sections like it are meant.
    like: str = ""
    # Who may see the speeches, as catalog.limits writes it.
    limit: str = ""

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> AskedChange:
        """Return what to_json gave."""
        return cls(**stored)

    def to_json(self) -> dict[str, Any]:
        """Return a value that JSON can hold."""
        return asdict(self)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked for."""
        return not (self.status or self.fields or self.themes or self.table or self.limit)


def plan_values(present: Values, asked: AskedChange) -> tuple[Values, Values]:
    """Return what would change on a speech with these values: (before, after), by name.

    >>> plan_values({"status": "draft", "place": ""}, AskedChange("published", {"place": "青芜县"}))
    ({'place': '', 'status': 'draft'}, {'place': '青芜县', 'status': 'published'})
    """
    wanted = {
        name: value
        for name, value in asked.fields.items()
        if not (asked.only_blank and present.get(name))
    }
    wanted |= {f"{THEME}{theme}": decision for theme, decision in asked.themes.items()}
    wanted |= {
        name: value for name, value in ((STATUS, asked.status), (LIMIT, asked.limit)) if value
    }
    after = {name: value for name, value in wanted.items() if value != present.get(name, "")}
    return {name: present.get(name, "") for name in after}, after


@transaction.atomic
def prepare_change(ids: Sequence[int], asked: AskedChange, user: User | None) -> BulkChange:
    """Store what the change would do to each speech, in the order given; nothing changes yet."""
    change = open_change(asked, user)
    for start in range(0, len(ids), AT_ONCE):
        _plan_items(change, ids[start : start + AT_ONCE], asked)
    return change


def open_change(asked: AskedChange, user: User | None) -> BulkChange:
    """Return a change without items; those that nobody confirmed for a day are forgotten."""
    old = timezone.now() - FORGOTTEN
    BulkChange.objects.filter(state=BulkChange.State.PREPARED, made_at__lt=old).delete()
    return BulkChange.objects.create(asked=asked.to_json(), made_by=user)


def _plan_items(change: BulkChange, ids: Sequence[int], asked: AskedChange) -> None:
    speeches = {row.pk: row for row in Speech.objects.filter(pk__in=ids).with_parties()}
    values = read_values(speeches.values())
    items = []
    for speech_id in ids:
        if speech_id not in speeches:
            continue
        before, after = plan_values(values[speech_id], asked)
        state = BulkItem.State.WAITING if after else BulkItem.State.SAME
        title = speeches[speech_id].title
        items.append(
            BulkItem(
                change=change,
                speech_id=speech_id,
                title=title,
                before=before,
                after=after,
                state=state,
            )
        )
    BulkItem.objects.bulk_create(items)
