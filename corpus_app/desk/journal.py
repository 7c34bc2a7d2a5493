"""What a basket was like before each change, so that changes can be undone one by one."""

from __future__ import annotations

from typing import Any, Final

from django.db import transaction

from corpus_app.desk.models import Basket, Change, Entry

KEPT_CHANGES: Final = 50
FIELDS: Final = ("position", "level", "note", "removed")


def note_change(basket: Basket, label: str) -> None:
    """Remember the basket as it is, before a change that label names."""
    Change.objects.create(basket=basket, label=label, before=_describe_basket(basket))
    old = basket.changes.order_by("-pk").values_list("pk", flat=True)[KEPT_CHANGES:]
    Change.objects.filter(pk__in=list(old)).delete()


def find_last_change(basket: Basket) -> Change | None:
    """Return the change that would be undone next, or None."""
    return basket.changes.order_by("-pk").first()


@transaction.atomic
def undo_last_change(basket: Basket) -> str:
    """Bring back what the basket was before its last change; return that change's name or ""."""
    change = find_last_change(basket)
    if change is None:
        return ""
    known = {row["id"]: row for row in change.before["entries"]}
    entries = list(basket.entries.all())
    for entry in entries:
        _restore_entry(entry, known.get(entry.pk))
    Entry.objects.bulk_update(entries, [*FIELDS, "words"])
    basket.name = change.before["name"]
    basket.save(update_fields=["name", "changed_at"])
    change.delete()
    return change.label


def _describe_basket(basket: Basket) -> dict[str, Any]:
    rows = basket.entries.order_by("pk").only("kind", "words", *FIELDS)
    name = Basket.objects.values_list("name", flat=True).get(pk=basket.pk)
    return {"name": name, "entries": [_describe_entry(entry) for entry in rows]}


def _describe_entry(entry: Entry) -> dict[str, Any]:
    row = {"id": entry.pk, **{name: getattr(entry, name) for name in FIELDS}}
    # The words of a passage never change; keeping them again with every change would cost.
    if entry.kind == Entry.Kind.HEADING:
        row["words"] = entry.words
    return row


def _restore_entry(entry: Entry, row: dict[str, Any] | None) -> None:
    """Set the entry's fields to the row's; one that came later is taken out."""
    if row is None:
        entry.removed = True
        return
    for name in FIELDS:
        setattr(entry, name, row[name])
    entry.words = row.get("words", entry.words)
