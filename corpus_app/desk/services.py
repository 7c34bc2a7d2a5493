"""Every write on baskets; each is one transaction and can be undone."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Final

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Count, Max, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from corpus_app.desk.citation import write_item
from corpus_app.desk.citing import describe_speech, list_passage_notices, make_item
from corpus_app.desk.journal import note_change
from corpus_app.desk.models import Basket, Entry
from corpus_app.desk.passages import Passage
from corpus_app.text.chars import tidy

LONGEST_NAME: Final = 100
LONGEST_NOTE: Final = 2000
LONGEST_HEADING: Final = 200
LEVELS: Final = (1, 2, 3)
# Every passage is compared with every other to point out duplicates.
MOST_ENTRIES: Final = 500


class DeskError(ValueError):
    """What was asked of a basket can't be done; the message says why, in Chinese."""


@transaction.atomic
def create_basket(owner: User, name: str = "") -> Basket:
    """Return a new empty basket."""
    return Basket.objects.create(owner=owner, name=_fit_name(name) or _("我的摘编"))


@transaction.atomic
def rename_basket(basket: Basket, name: str) -> None:
    """Give the basket another name; DeskError for a blank one."""
    fitting = _fit_name(name)
    if not fitting:
        raise DeskError(_("名称不能为空。"))
    if fitting != basket.name:
        note_change(basket, _("改名"))
        basket.name = fitting
        _save_basket(basket, "name")


@transaction.atomic
def delete_basket(basket: Basket) -> None:
    """Hide the basket until it is restored; its link no longer works."""
    basket.deleted_at = timezone.now()
    basket.token = None
    _save_basket(basket, "deleted_at", "token")


@transaction.atomic
def restore_basket(basket: Basket) -> None:
    """Bring a deleted basket back."""
    basket.deleted_at = None
    _save_basket(basket, "deleted_at")


@transaction.atomic
def share_basket(basket: Basket) -> str:
    """Return the token by which others may read the basket."""
    basket.refresh_from_db(fields=["token"])
    basket.token = basket.token or secrets.token_urlsafe(12)
    _save_basket(basket, "token")
    return basket.token


@transaction.atomic
def unshare_basket(basket: Basket) -> None:
    """Revoke the shared link; sharing again gives another one."""
    basket.token = None
    _save_basket(basket, "token")


@transaction.atomic
def add_passage(basket: Basket, passage: Passage) -> Entry:
    """Append the passage with its words as they stand now."""
    note_change(basket, _("加入段落"))
    return _append(basket, _make_entry(passage))


@transaction.atomic
def renew_entry(entry: Entry, passage: Passage) -> Entry:
    """Put the passage in the entry's place, with its note; undoing brings the entry back."""
    note_change(entry.basket, _("改用现行文字"))
    entry.removed = True
    _save_entry(entry, "removed")
    renewed = _make_entry(passage)
    renewed.basket, renewed.position, renewed.note = entry.basket, entry.position, entry.note
    renewed.save()
    return renewed


def _make_entry(passage: Passage) -> Entry:
    notices = list_passage_notices(passage)
    accessed = timezone.localdate().isoformat()
    record = describe_speech(passage.speech, accessed=accessed)
    return Entry(
        words=passage.marked_words,
        revision=passage.revision,
        section_key=passage.key,
        start=passage.start,
        end=passage.end,
        path=list(passage.path),
        notices=notices,
        item=write_item(make_item(record, notices)),
    )


@transaction.atomic
def add_heading(basket: Basket, words: str, level: int = 1) -> Entry:
    """Append a heading that groups what follows it; DeskError for a blank one."""
    fitting = tidy(words)[:LONGEST_HEADING]
    if not fitting:
        raise DeskError(_("标题不能为空。"))
    if level not in LEVELS:
        raise DeskError(_("没有这一层级。"))
    note_change(basket, _("加入标题"))
    return _append(basket, Entry(kind=Entry.Kind.HEADING, words=fitting, level=level))


@transaction.atomic
def add_outline(basket: Basket, headings: Sequence[tuple[str, int]]) -> None:
    """Append headings (words and level) as one change; DeskError where there are none."""
    if not headings:
        raise DeskError(_("这篇讲话没有提纲。"))
    note_change(basket, _("加入提纲"))
    for words, level in headings:
        fitting = tidy(words)[:LONGEST_HEADING]
        _append(basket, Entry(kind=Entry.Kind.HEADING, words=fitting, level=level))


@transaction.atomic
def write_note(entry: Entry, note: str) -> None:
    """Set the note on an entry; DeskError for one that is too long."""
    note = note.strip().replace("\r\n", "\n")
    if len(note) > LONGEST_NOTE:
        raise DeskError(_("批注最多 %(count)d 字。") % {"count": LONGEST_NOTE})
    # The page saves a note by itself while a button sends it too: the second changes nothing.
    entry.refresh_from_db(fields=["note"])
    if note != entry.note:
        note_change(entry.basket, _("修改批注"))
        entry.note = note
        _save_entry(entry, "note")


@transaction.atomic
def change_heading(entry: Entry, words: str, level: int) -> None:
    """Set a heading's words and level; DeskError for blank ones or a passage."""
    fitting = tidy(words)[:LONGEST_HEADING]
    if entry.kind != Entry.Kind.HEADING:
        raise DeskError(_("段落文字不能修改，只能加批注。"))
    if not fitting:
        raise DeskError(_("标题不能为空。"))
    if level not in LEVELS:
        raise DeskError(_("没有这一层级。"))
    entry.refresh_from_db(fields=["words", "level"])
    if (fitting, level) == (entry.words, entry.level):
        return
    note_change(entry.basket, _("修改标题"))
    entry.words, entry.level = fitting, level
    _save_entry(entry, "words", "level")


@transaction.atomic
def move_entry(entry: Entry, step: int) -> None:
    """Move the entry by step places (-1 is up); at the border nothing happens."""
    order = list(_list_present(entry.basket).values_list("pk", flat=True))
    at = order.index(entry.pk)
    to = min(max(at + step, 0), len(order) - 1)
    if to != at:
        order.insert(to, order.pop(at))
        order_entries(entry.basket, order)


@transaction.atomic
def order_entries(basket: Basket, order: Sequence[int]) -> None:
    """Put the entries into the order of their ids; those not named keep theirs, at the end."""
    entries = list(_list_present(basket))
    ranks = {pk: rank for rank, pk in enumerate(order)}
    sorted_entries = sorted(entries, key=lambda one: ranks.get(one.pk, len(ranks)))
    if sorted_entries == entries:
        return
    note_change(basket, _("调整次序"))
    for position, entry in enumerate(sorted_entries, 1):
        entry.position = position
    Entry.objects.bulk_update(sorted_entries, ["position"])
    _save_basket(basket)


@transaction.atomic
def remove_entry(entry: Entry) -> None:
    """Take the entry out of its basket; undoing brings it back."""
    note_change(entry.basket, _("移除"))
    entry.removed = True
    _save_entry(entry, "removed")


def _append(basket: Basket, entry: Entry) -> Entry:
    present = _list_present(basket).aggregate(last=Max("position"), count=Count("pk"))
    if present["count"] >= MOST_ENTRIES:
        raise DeskError(_("一份摘编最多 %(count)d 条，请另建一份。") % {"count": MOST_ENTRIES})
    last = present["last"] or 0
    entry.basket = basket
    entry.position = last + 1
    entry.save()
    _save_basket(basket)
    return entry


def _list_present(basket: Basket) -> QuerySet[Entry]:
    return basket.entries.filter(removed=False).order_by("position", "pk")


def _save_basket(basket: Basket, *fields: str) -> None:
    """Store these fields and the time: what another page wrote meanwhile in others stays."""
    basket.save(update_fields=[*fields, "changed_at"])


def _save_entry(entry: Entry, *fields: str) -> None:
    entry.save(update_fields=fields)
    _save_basket(entry.basket)


def _fit_name(name: str) -> str:
    return tidy(name)[:LONGEST_NAME]
