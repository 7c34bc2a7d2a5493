"""Where a list goes on: opaque marks that hold the last row's place, and the query after it."""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from django.db.models import F, Model, Q, QuerySet
from django.db.models.expressions import OrderBy
from django.utils.translation import gettext as _

from corpus_app.api.problems import ProblemError

_LONGEST: Final = 2_000
M = TypeVar("M", bound=Model)
Value = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Key:
    """A column of an order; an empty value stands last, whichever way it runs."""

    name: str
    descending: bool = False
    kind: type = int
    nullable: bool = False

    def order(self) -> OrderBy:
        """Return the column for order_by."""
        if self.descending:
            return F(self.name).desc(nulls_last=self.nullable or None)
        return F(self.name).asc(nulls_last=self.nullable or None)

    def beyond(self, value: Value) -> Q:
        """Return the condition for rows after value, none for those after an empty one."""
        if value is None:
            return Q(pk__in=[])
        after = Q(**{f"{self.name}__{'lt' if self.descending else 'gt'}": value})
        return after | Q(**{self.name: None}) if self.nullable else after

    def equal(self, value: Value) -> Q:
        """Return the condition for rows with the same value."""
        return Q(**{f"{self.name}__isnull": True} if value is None else {self.name: value})

    def accepts(self, value: object) -> bool:
        """Tell whether a value read from a cursor is one the column can have."""
        if value is None:
            return self.nullable
        if self.kind is dt.date:
            return isinstance(value, str) and _is_day(value)
        if type(value) is int:
            return self.kind in (int, float) and abs(value) < 2**63
        return type(value) is self.kind


def take_page(
    rows: QuerySet[M], keys: Sequence[Key], cursor: str, limit: int, scope: str
) -> tuple[list[M], str | None]:
    """Return a page of rows and the cursor of the next one, None after the last.

    The last key is unique. scope says what is listed, so that a cursor fits only its own list.
    """
    if cursor:
        rows = rows.filter(_after(keys, read_cursor(cursor, scope, keys)))
    found = list(rows.order_by(*(key.order() for key in keys))[: limit + 1])
    if len(found) <= limit:
        return found, None
    return found[:limit], write_cursor(scope, [_read(found[limit - 1], key) for key in keys])


def take_place(cursor: str, scope: str) -> int:
    """Return the number of hits before a page, for lists that a search ranks."""
    if not cursor:
        return 0
    (place,) = read_cursor(cursor, scope, [Key("place")])
    if not isinstance(place, int) or place < 0:
        raise _refuse()
    return place


def write_cursor(scope: str, values: Sequence[Value]) -> str:
    """Return the values as a cursor for the list that scope names."""
    body = json.dumps([_sign(scope), *values], ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(body.encode()).decode().rstrip("=")


def read_cursor(cursor: str, scope: str, keys: Sequence[Key]) -> list[Value]:
    """Return a cursor's values; raise ProblemError where it is none of this list."""
    try:
        raw = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        found = json.loads(raw) if len(raw) <= _LONGEST else None
    except (binascii.Error, ValueError, RecursionError):
        raise _refuse() from None
    if not isinstance(found, list) or len(found) != len(keys) + 1 or found[0] != _sign(scope):
        raise _refuse()
    values = found[1:]
    if not all(key.accepts(value) for key, value in zip(keys, values, strict=True)):
        raise _refuse()
    return values


def _after(keys: Sequence[Key], values: Sequence[Value]) -> Q:
    """Return the condition for rows after the values: equal in the first keys, beyond in one."""
    condition, same = Q(pk__in=[]), Q()
    for key, value in zip(keys, values, strict=True):
        condition |= same & key.beyond(value)
        same &= key.equal(value)
    return condition


def _read(row: Any, key: Key) -> Value:
    for part in key.name.split("__"):
        row = getattr(row, part)
    return row.isoformat() if hasattr(row, "isoformat") else row


def _is_day(value: str) -> bool:
    try:
        dt.date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _sign(scope: str) -> str:
    return hashlib.sha256(scope.encode()).hexdigest()[:8]


def _refuse() -> ProblemError:
    return ProblemError("cursor", _("cursor 不是本列表给出的翻页标记，请从第一页重新开始。"))
