"""What the form of the texts asks for: spans to restore, words to take out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils.translation import gettext as _

from corpus_app.catalog.models import Revision
from corpus_app.catalog.text_maps import map_text
from corpus_app.ingest.draft import Removed
from corpus_app.intake.revisions.decisions import (
    EDITOR,
    EditorialDecisions,
    Span,
    carry_editorial_decisions,
)
from corpus_app.intake.revisions.set_values import SETTABLE, Assignment
from corpus_app.review.assigning import (
    PREFIX,
    carry_assigned,
    find_assignment,
    name_assignment,
    read_assigned,
)
from corpus_app.text.chars import squeeze
from corpus_app.text.text_map import TextMap

# What an editor may call the words he takes out; the first leaves no mark, the others a gap.
KINDS: Final = (EDITOR, "paywall", "hidden")
MOST_CHANGES: Final = 500
_RESTORED = re.compile(r"(\d{1,9})-(\d{1,9})")
_REMOVED = re.compile(r"(\d{1,9})-(\d{1,9})\|([a-z]{1,20})\|(.*)", re.DOTALL)


class EditFault(ValueError):  # noqa: N818  (what is wrong with an edit, in Chinese)
    """An edit that cannot be carried out as it was sent."""


@dataclass
class TextEdit:
    """The asked-for changes of one revision, with places in its raw text."""

    restored: list[Span] = field(default_factory=list)
    removed: list[Removed] = field(default_factory=list)
    assigned: list[Assignment] = field(default_factory=list)
    reason: str = ""
    # Words that were typed and could not be found; they go back into the form.
    words: str = ""
    # What a newer revision has no place for.
    faults: list[str] = field(default_factory=list)


def read_edit(data: Any, base: Revision) -> tuple[TextEdit, list[str]]:
    """Return what the posted form asks of the revision it was made from, and what is wrong.

    restore holds places in raw ("12-34"), remove places counted in word signs with kind and
    words ("12-34|editor|某站"), set words that become a value (see assigning), words what is to
    be found in the text and taken out, or in raw and set.
    """
    edit, faults = TextEdit(reason=data.get("reason", "").strip()[:200]), []
    restore, remove = data.getlist("restore"), data.getlist("remove")
    if len(restore) + len(remove) > MOST_CHANGES:
        return edit, [_("一次最多处理 %(most)d 处改动，请分几次保存。") % {"most": MOST_CHANGES}]
    places = map_text(base)
    known = {(span["start"], span["end"]) for span in base.removed}
    for value in restore:
        match = _RESTORED.fullmatch(value)
        span = (int(match[1]), int(match[2])) if match else None
        if span in known:
            edit.restored.append(span)
        else:
            faults.append(_("要恢复的内容在原文中找不到，这一处未采用。"))
    for value in remove:
        try:
            edit.removed.append(_read_removal(value, base, places))
        except EditFault as fault:
            faults.append(str(fault))
    edit.assigned = read_assigned(data.getlist("set"), base, faults)
    _take_words(data, base, places, edit, faults)
    return edit, list(dict.fromkeys(faults))


def carry_edit(edit: TextEdit, base: Revision, newest: Revision) -> TextEdit:
    """Return the edit as it applies to a newer revision; what is done there already drops out.

    What cannot be done there is told in the edit's faults.
    """
    carried, lost = carry_editorial_decisions(
        EditorialDecisions(edit.removed, edit.restored), base.raw, newest.raw
    )
    words = [span.text for span in lost.removed] + [base.raw[slice(*span)] for span in lost.kept]
    faults = [_("“%(words)s”在新的一版中找不到，这一处未采用。") % {"words": w} for w in words]
    known = {(span["start"], span["end"]) for span in newest.removed}
    places = map_text(newest)
    removed = []
    for span in carried.removed:
        start, end = places.inverse.find_span(span.start, span.end)
        if start < end:
            low, high = places.find_span(start, end)
            removed.append(Removed(span.kind, newest.raw[low:high], low, high, span.rule))
    restored = [span for span in carried.kept if span in known]
    assigned, missing = carry_assigned(edit.assigned, base, newest)
    faults += [_("“%(words)s”在新的一版中找不到，没有设定。") % {"words": w} for w in missing]
    return TextEdit(restored, removed, assigned, edit.reason, edit.words, faults)


def name_removal(span: Removed, places: TextMap) -> str:
    """Return the span as the form's field sends it."""
    first = places.count_before(places.inverse.find_span(span.start, span.end)[0])
    stop = places.count_before(places.inverse.find_span(span.start, span.end)[1])
    return f"{first}-{stop}|{span.kind}|{span.text}"


def find_words(words: str, text: str) -> list[Span]:
    """Return where the words stand in the text, white space ignored, counted in word signs."""
    signs, sought = squeeze(text), squeeze(words)
    found, at = [], signs.find(sought) if sought else -1
    while at >= 0:
        found.append((at, at + len(sought)))
        at = signs.find(sought, at + len(sought))
    return found


def _read_removal(value: str, base: Revision, places: TextMap) -> Removed:
    match = _REMOVED.fullmatch(value)
    if match is None or match[3] not in KINDS:
        raise EditFault(_("要剔除的内容不完整，这一处未采用。"))
    try:
        start, end = places.find_counted(int(match[1]), int(match[2]))
    except ValueError:
        raise EditFault(_("要剔除的内容在正文中找不到，这一处未采用。")) from None
    text = base.text[slice(*places.inverse.find_span(start, end))]
    if squeeze(text) != squeeze(match[4]):
        raise EditFault(_("要剔除的内容与正文对不上，这一处未采用；请重新选取。"))
    return Removed(match[3], base.raw[start:end], start, end, EDITOR)


def _take_words(
    data: Any, base: Revision, places: TextMap, edit: TextEdit, faults: list[str]
) -> None:
    """Add what was typed instead of selected."""
    words = data.get("words", "").strip()
    if not words:
        return
    kind = data.get("words_kind", EDITOR)
    if kind.startswith(PREFIX):
        _assign_words(kind.removeprefix(PREFIX), words, base, edit, faults)
        return
    found = find_words(words, base.text)
    if not found:
        faults.append(_("正文中没有“%(words)s”这几个字。") % {"words": words})
    elif len(found) > 1 and not data.get("every"):
        message = _("“%(words)s”在正文中有 %(count)d 处；请多写几个字，或勾选“每一处都剔除”。")
        faults.append(message % {"words": words, "count": len(found)})
    else:
        for first, stop in found[:MOST_CHANGES]:
            start, end = places.find_counted(first, stop)
            name = kind if kind in KINDS else EDITOR
            edit.removed.append(Removed(name, base.raw[start:end], start, end, EDITOR))
        return
    edit.words = words


def _assign_words(name: str, words: str, base: Revision, edit: TextEdit, faults: list[str]) -> None:
    """Add what was typed to be set as a field's value."""
    one = find_assignment(name, words, base) if name in SETTABLE else None
    if one is None:
        faults.append(_("原文中没有“%(words)s”这几个字，没有设定。") % {"words": words})
        edit.words = words
        return
    told = len(faults)
    edit.assigned += read_assigned([name_assignment(one, base)], base, faults)
    edit.words = words if len(faults) > told else ""
