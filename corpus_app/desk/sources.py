"""The entries of a basket with what became of the speeches that they were gathered from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from corpus_app.access.audience import read_audience
from corpus_app.catalog.models import Revision, Speech
from corpus_app.catalog.withdrawals import Withdrawal, find_withdrawals
from corpus_app.desk.models import Basket, Entry
from corpus_app.text.chars import squeeze
from corpus_app.text.difference import DiffSpan, compare_words
from corpus_app.text.matching import find_alike

# Each is an alignment; of more than so many a basket's page says only that they have changed.
MOST_COMPARED: Final = 20
_GAP_MARK: Final = re.compile(r"〔此处原文缺失[^〕]*〕")
_HEAVY: Final = ("raw", "text", "metadata", "removed", "announced", "suspects", "notices")


@dataclass(frozen=True)
class SourcedEntry:
    """An entry, whether whoever is answered may read it, and since when its speech is gone.

    The words of one that may not be read are taken out of it.
    """

    entry: Entry
    is_readable: bool = True
    withdrawal: Withdrawal | None = None

    @property
    def fate(self) -> str:
        """Return in a sentence what became of the speech, "" where it is there."""
        gone = self.withdrawal
        if gone is None:
            return "" if self.is_readable else _("来源讲话您现在不能查看，文字不再显示。")
        day = {"day": gone.day.isoformat() if gone.day else _("日前")}
        if gone.is_closed:
            return _("来源讲话自 %(day)s 起不再对您开放，文字不再显示。") % day
        if not self.is_readable:
            return _("来源讲话已于 %(day)s 撤回，文字不再显示。") % day
        return _("来源讲话已于 %(day)s 撤回，请勿再作依据。") % day


@dataclass(frozen=True)
class PassageChange:
    """How a passage's words differ from the current text; no spans where nothing is alike there.

    Without is_compared there were too many to compare.
    """

    spans: tuple[DiffSpan, ...] = ()
    is_compared: bool = True


def list_entries(basket: Basket, *, own: bool = False) -> list[SourcedEntry]:
    """Return the basket's entries in order, with speech and parties, in one to three queries.

    Its owner keeps the words of what was withdrawn since, for they were gathered when all could
    read them; whoever reads a shared basket does not.
    """
    rows = basket.entries.filter(removed=False).select_related(
        "revision__speech__speaker", "revision__speech__organisation", "revision__speech__source"
    )
    heavy = (f"revision__{name}" for name in _HEAVY)
    entries = list(rows.defer(*heavy).order_by("position", "pk"))
    absent = {one.speech.pk for one in entries if one.speech and not _is_shown(one.speech)}
    gone = find_withdrawals(absent) if absent else {}
    return [_judge(one, gone, own=own) for one in entries]


def _is_shown(speech: Speech) -> bool:
    return speech.status == Speech.Status.PUBLISHED and speech.limit.is_open_to(read_audience())


def _judge(entry: Entry, gone: dict[int, Withdrawal], *, own: bool) -> SourcedEntry:
    speech, who = entry.speech, read_audience()
    if speech is None or _is_shown(speech):
        return SourcedEntry(entry)
    withdrawal = gone.get(speech.pk)
    kept = own and withdrawal is not None and speech.limit.is_open_to(who)
    if not (kept or who.sees_all):
        entry.words, entry.path, entry.notices = "", [], []
    return SourcedEntry(entry, kept or who.sees_all, withdrawal)


def find_changes(entries: Sequence[Entry]) -> dict[int, PassageChange]:
    """Return by id how the words of those differ that no longer stand in the current text.

    One query for the texts of the speeches that have been revised, however many there are.
    """
    revised = [one for one in entries if one.speech and one.speech.current_id != one.revision_id]
    if not revised:
        return {}
    current = {one.speech.current_id or 0 for one in revised if one.speech}
    texts = dict(Revision.objects.filter(pk__in=current).values_list("speech", "text"))
    squeezed = {pk: squeeze(text) for pk, text in texts.items()}
    changes: dict[int, PassageChange] = {}
    for one in revised:
        speech = one.speech.pk if one.speech else 0
        words = _GAP_MARK.sub("", one.words)
        if speech in texts and squeeze(words) not in squeezed[speech]:
            compared = len(changes) < MOST_COMPARED
            spans = _compare(words, texts[speech]) if compared else ()
            changes[one.pk] = PassageChange(spans, compared)
    return changes


def _compare(words: str, text: str) -> tuple[DiffSpan, ...]:
    alike = find_alike(words, text, 0, len(text))
    return tuple(compare_words(words, text[slice(*alike)])) if alike else ()
