"""Load the slogan registry (fixtures/slogans.json) into the database, as often as wanted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from corpus_app.catalog.registry import (
    Entry,
    is_loaded,
    merge_value,
    note_loaded,
    read_last_entries,
)
from corpus_app.ingest.slogans import classify_slogan
from corpus_app.slogans.models import Mention, Slogan, SloganVariant

NAME: Final = "slogans"
VALUES: Final = (
    *("kind", "members", "standard", "source_document", "source_place", "source_quote"),
    *("source_date", "source_url", "sourced", "note"),
)


@transaction.atomic
def load_slogans(entries: list[Entry]) -> bool:
    """Bring slogans and their variants in line with the entries; return whether any was new.

    An editor's changes stay (see catalog/registry.py): a slogan that was deleted or taken out of
    the register is not registered again, though a speech have it. A slogan whose text the file
    has corrected (formerly) stays the same one, with its address and its mentions.
    """
    if is_loaded(NAME, entries):
        return False
    last = {entry["text"]: entry for entry in read_last_entries(NAME)}
    present = {slogan.text: slogan for slogan in Slogan.objects.all()}
    for entry in entries:
        slogan, before = _find_slogan(entry, present, last)
        if before is not None and (slogan is None or not slogan.registered):
            continue
        slogan = _load_slogan(slogan, entry, before)
        _load_variants(slogan, set(entry["variants"]), set(before["variants"] if before else ()))
    note_loaded(NAME, entries, list(_tell_loading(entries, last)) if last else [])
    return True


def _tell_loading(entries: list[Entry], last: dict[str, Entry]) -> Iterator[str]:
    """Yield in words what the file has new, and where an editor's word stays against it."""
    for entry in entries:
        before = last.get(entry["text"]) or last.get(entry.get("formerly", ""))
        if before == entry:
            continue
        slogan = Slogan.objects.filter(text=entry["text"]).first()
        text = {"text": entry["text"]}
        if slogan is None or not slogan.registered:
            yield _("提法“%(text)s”没有载入：编辑已删除、停用或者并入另一提法。") % text
        elif before is None:
            yield _("新增提法“%(text)s”。") % text
        else:
            yield from _tell_kept(slogan, before, entry)


def _tell_kept(slogan: Slogan, before: Entry, entry: Entry) -> Iterator[str]:
    old, new = read_values(before), read_values(entry)
    kept = [
        str(Slogan._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
        for name in VALUES
        if old[name] != new[name] != getattr(slogan, name)
    ]
    if kept:
        yield _("提法“%(text)s”保持编辑的写法，没有用系统的：%(fields)s。") % {
            "text": slogan.text,
            "fields": "、".join(kept),
        }
    present = set(slogan.variants.values_list("text", flat=True))
    missing = sorted({*entry["variants"]} - {*before["variants"]} - present)
    if missing:
        yield _("提法“%(text)s”的异写没有加入，因为已登记在别处：%(variants)s。") % {
            "text": slogan.text,
            "variants": "、".join(missing),
        }


def _find_slogan(
    entry: Entry, present: dict[str, Slogan], last: dict[str, Entry]
) -> tuple[Slogan | None, Entry | None]:
    """Return the slogan that the entry is about, and what the file said of it last time."""
    text, former = entry["text"], entry.get("formerly", "")
    if text in last or former not in last:
        return present.get(text), last.get(text)
    slogan, taken = present.get(former), present.get(text)
    said = taken is not None and (taken.registered or list_decided(taken))
    if slogan is None or not slogan.registered or said:
        return taken, last[former]
    slogan.variants.filter(text=text).delete()
    _absorb_unregistered(slogan, text)
    slogan.text = text
    return slogan, last[former]


def read_values(entry: Entry) -> dict[str, Any]:
    """Return a registry entry as field values of a slogan."""
    source = entry.get("source") or {}
    return {
        "kind": entry["kind"],
        "members": entry["members"],
        "standard": entry["standard"] or "",
        "source_document": source.get("document") or "",
        "source_place": source.get("place") or "",
        "source_quote": source.get("quote") or "",
        "source_date": source.get("date") or "",
        "source_url": source.get("url") or "",
        "sourced": entry["sourced"],
        "note": entry["note"] or "",
    }


def _load_slogan(slogan: Slogan | None, entry: Entry, before: Entry | None) -> Slogan:
    fresh = read_values(entry)
    if slogan is None:
        return Slogan.objects.create(text=entry["text"], registered=True, **fresh)
    if not slogan.registered:
        # Met in a speech before it was registered; an editor may have said something of it.
        before_values = _read_undecided(slogan.text)
    elif before is None:
        return slogan
    else:
        before_values = read_values(before)
    for name, value in fresh.items():
        merged: Any = merge_value(before_values[name], getattr(slogan, name), value)
        setattr(slogan, name, merged)
    slogan.registered = True
    slogan.save()
    return slogan


def list_decided(slogan: Slogan) -> list[str]:
    """Return the fields in which a slogan says what somebody decided, not what a parse found."""
    undecided = _read_undecided(slogan.text)
    return [name for name, value in undecided.items() if getattr(slogan, name) != value]


def _read_undecided(text: str) -> dict[str, Any]:
    """Return the values of a slogan that was met in a speech and that nobody has edited."""
    blank = Slogan(text=text, kind=classify_slogan(text))
    return {name: getattr(blank, name) for name in VALUES}


def _load_variants(slogan: Slogan, fresh: set[str], before: set[str]) -> None:
    present = set(slogan.variants.values_list("text", flat=True))
    for text in sorted(fresh - present - before):
        if not SloganVariant.objects.filter(text=text).exists():
            SloganVariant.objects.create(slogan=slogan, text=text)
            _absorb_unregistered(slogan, text)
    slogan.variants.filter(text__in=before - fresh).delete()


def _absorb_unregistered(slogan: Slogan, text: str) -> None:
    """Hand the mentions of an unregistered slogan over to the one whose variant it is.

    What somebody said of it stays with it.
    """
    other = Slogan.objects.filter(text=text, registered=False).exclude(pk=slogan.pk).first()
    if other is None:
        return
    taken = slogan.mentions.values_list("revision_id", "start")
    for revision, start in taken:
        other.mentions.filter(revision=revision, start=start).delete()
    Mention.objects.filter(slogan=other).update(slogan=slogan)
    if not list_decided(other):
        other.delete()
