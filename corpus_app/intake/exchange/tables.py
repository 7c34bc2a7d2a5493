"""Which tables an export carries beside the speeches, as rows that name rows of the same export.

They are named by their label: most are of packages that stand above this one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.apps import apps
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.management.color import no_style
from django.db import DatabaseError, connection, models, transaction
from django.db.models import Q
from django.utils.dateparse import parse_datetime

from corpus_app.catalog.limits import INTERNAL, AccessLimit, read_groups, write_groups
from corpus_app.catalog.models import Revision, Speech, Upload
from corpus_app.intake.exchange.rows import Values, dump_row, load_row

# A group of files is named by the number of its batch: batch:12, #batch:12/甲.
_BATCH: Final = re.compile(r"(?<=batch:)\d+")
_GROUPS: Final = ("site", "group")
# What a refused file's bytes were: they wait outside the corpus and are not carried.
_THROWN: Final = {"refused": "discarded", "failed": "discarded", "cancelled": "discarded"}
_SETTLED: Final = ("imported", "duplicate", "near_duplicate", "table", "unpacked", "discarded")
_OVER: Final = ("done", "cancelled")


@dataclass(frozen=True)
class CarriedTable:
    """A table that is carried: its model, and how a row is known again where it is taken back."""

    label: str
    # Fields that together tell a row from all others.
    same: tuple[str, ...] = ()
    # Else the field that names the row it belongs to: it comes where that one comes.
    owner: str = ""
    # Which rows: what is still worked on is of this house alone.
    only: Q = field(default_factory=Q)
    # States that a row has here instead.
    became: Mapping[str, str] = field(default_factory=dict)

    @property
    def model(self) -> type[models.Model]:
        """The model behind the label."""
        return apps.get_model(self.label)


# By file, in the order in which they are taken back: what is named comes before what names it.
CARRIED: Final[dict[str, tuple[CarriedTable, ...]]] = {
    "rules.json": (
        CarriedTable("intake.RemovalRule", same=("text", "made_at")),
        CarriedTable("intake.RuleApplication", owner="rule"),
    ),
    "batches.json": (
        CarriedTable("batches.Batch", same=("name", "created_at"), only=Q(state__in=_OVER)),
        CarriedTable(
            "batches.BatchFile",
            owner="batch",
            only=Q(batch__state__in=_OVER, state__in=(*_SETTLED, *_THROWN)),
            became=_THROWN,
        ),
        CarriedTable("batches.Rereading", same=("name", "created_at"), only=Q(state__in=_OVER)),
        CarriedTable(
            "batches.RereadingItem", owner="rereading", only=Q(rereading__state__in=_OVER)
        ),
        CarriedTable("intake.SplitPart", same=("upload",)),
    ),
    "sites.json": (
        CarriedTable("intake.SitePage", same=("sha256",)),
        CarriedTable("intake.SiteProfile", same=("site", "made_at")),
        CarriedTable("intake.ProfileApplication", owner="profile"),
        CarriedTable("intake.HeadDispute", same=("speech",)),
    ),
}
# To whom speeches are open: taken back before these.
GROUPS: Final = (CarriedTable("access.UserGroup", same=("name", "made_at")),)
BASKETS: Final = (
    CarriedTable("desk.Basket", same=("owner", "created_at")),
    CarriedTable("desk.Entry", owner="basket"),
)


class LostReferenceError(ValueError):
    """A row names one that is not here, and cannot do without it."""


@dataclass
class Moved:
    """Where the rows of an export are now: speeches by their old number, others by table."""

    speeches: dict[int, int] = field(default_factory=dict)
    # Speeches that were not here before, by their number here.
    made: set[int] = field(default_factory=set)
    rows: dict[str, dict[int, models.Model]] = field(default_factory=dict)

    # Which of them were not here before, by their old numbers.
    new: dict[str, set[int]] = field(default_factory=dict)

    def find_groups(self, column: str) -> str:
        """Return the groups of the column speech.open_to by their numbers here.

        One that is not here is left out: what was open to it alone is closed.
        """
        rows = self.rows.get("access.UserGroup", {})
        here = (rows[one].pk for one in read_groups(column) if one in rows)
        return write_groups(sorted(here))

    def find_limit(self, words: str) -> str:
        """Return a batch's limit by the groups here; closed to all but editors where none is."""
        limit = AccessLimit.from_words(words)
        here = read_groups(self.find_groups(write_groups(limit.groups)))
        lost = limit.groups and not here
        return (AccessLimit(INTERNAL) if lost else AccessLimit(limit.access, here)).to_words()

    def find(self, other: type[models.Model], value: Any) -> models.Model | None:
        """Return the row that a reference of the export names, None where it is not here."""
        if value is None:
            return None
        if other is Speech:
            return Speech.objects.filter(pk=self.speeches.get(value, 0)).first()
        if other is Revision:
            speech, number = value
            found = Revision.objects.filter(speech=self.speeches.get(speech), number=number)
            return found.first()
        if other is Upload:
            return Upload.objects.filter(sha256=value).first()
        return self.rows.get(other._meta.label, {}).get(value)


@dataclass
class Taken:
    """How many rows of a file are here now, were here before, and which could not be placed."""

    new: int = 0
    known: int = 0
    lost: list[str] = field(default_factory=list)


def dump_tables(tables: Iterable[CarriedTable]) -> Values:
    """Return the rows of the tables, by label, each with its number."""
    return {
        table.label: [
            _dump(row)
            for row in table.model._default_manager.filter(table.only).order_by("pk").iterator()
        ]
        for table in tables
    }


def _dump(row: models.Model) -> Values:
    found = {"id": row.pk, **dump_row(row)}
    for one in _list_references(type(row)):
        found[one.name] = _name(getattr(row, one.name))
    return found


def _list_references(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    """Return the fields that name rows of the corpus: people are named by dump_row."""
    fields = model._meta.concrete_fields
    return [one for one in fields if one.is_relation and one.related_model is not User]


def _name(row: models.Model | None) -> Any:
    if isinstance(row, Revision):
        return [row.speech_id, row.number]
    if isinstance(row, Upload):
        return row.sha256
    return row.pk if row is not None else None


def load_tables(tables: Iterable[CarriedTable], values: Values, moved: Moved) -> Taken:
    """Store the rows that are not here yet, note where each is now, and return their numbers.

    Numbers stay where they are free, so that addresses lead where they did.
    """
    taken = Taken()
    made: list[type[models.Model]] = []
    for table in tables:
        fresh: set[int] = set()
        for one in values.get(table.label, ()):
            try:
                with transaction.atomic():
                    row, new = _take(table, one, moved)
            except (LostReferenceError, ValidationError, DatabaseError, KeyError, TypeError):
                taken.lost.append(f"{table.model._meta.verbose_name} {one.get('id')}")
                continue
            moved.rows.setdefault(table.label, {})[one["id"]] = row
            taken.new += new
            taken.known += not new
            if new:
                fresh.add(one["id"])
        made.append(table.model)
        moved.new[table.label] = fresh
        _forget_known(values, table, fresh)
    _follow_numbers(made)
    return taken


def _forget_known(values: Values, table: CarriedTable, fresh: set[int]) -> None:
    """Leave out what belongs to rows that were here before: it was, too."""
    for other in [*sum(CARRIED.values(), ()), *BASKETS]:
        if other.owner and other.model._meta.get_field(other.owner).related_model is table.model:
            rows = values.get(other.label, ())
            values[other.label] = [one for one in rows if one[other.owner] in fresh]


def _take(table: CarriedTable, values: Values, moved: Moved) -> tuple[models.Model, bool]:
    model = table.model
    references = _find_references(model, values, moved)
    given = {**values, "state": table.became.get(values.get("state", ""), values.get("state"))}
    if given.get("limit"):
        given["limit"] = moved.find_limit(given["limit"])
    for name in _GROUPS:
        if name in given:
            given[name] = _renumber(given[name], moved)
    if table.same:
        known = _find_same(table, given, references)
        if known is not None:
            return known, False
    return load_row(model, given, **keep_number(model, values), **references), True


def keep_number(model: type[models.Model], values: Values) -> dict[str, Any]:
    """Return the number that a row had, as values for load_row; none where it is taken here."""
    number = values.get("id")
    free = number is not None and not model._default_manager.filter(pk=number).exists()
    return {"pk": number} if free else {}


def _find_references(model: type[models.Model], values: Values, moved: Moved) -> dict[str, Any]:
    found = {}
    for one in _list_references(model):
        assert isinstance(one.related_model, type)
        row = moved.find(one.related_model, values[one.name])
        if row is None and values[one.name] is not None and not one.null:
            raise LostReferenceError(one.name)
        found[one.name] = row
    return found


def _find_same(
    table: CarriedTable, values: Values, references: dict[str, Any]
) -> models.Model | None:
    asked: dict[str, Any] = {}
    for name in table.same:
        one = table.model._meta.get_field(name)
        if one.related_model is User:
            asked[f"{name}__username"] = values[name]
        elif isinstance(one, models.DateTimeField):
            asked[name] = parse_datetime(values[name])
        else:
            asked[name] = references.get(name, values.get(name))
    return table.model._default_manager.filter(**asked).first()


def _renumber(name: str, moved: Moved) -> str:
    batches = moved.rows.get("batches.Batch", {})

    def follow(found: re.Match[str]) -> str:
        row = batches.get(int(found[0]))
        return str(row.pk) if row is not None else found[0]

    return _BATCH.sub(follow, name)


def _follow_numbers(made: list[type[models.Model]]) -> None:
    """Let the next row of each table get a number behind those that were given."""
    for sql in connection.ops.sequence_reset_sql(no_style(), made):
        with connection.cursor() as cursor:
            cursor.execute(sql)
