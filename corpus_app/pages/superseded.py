"""What pages say of superseded wordings: in a speech, and on the page of a slogan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from corpus_app.catalog.periods import spell_day
from corpus_app.ingest.superseded import (
    SupersededWording,
    Supersession,
    find_superseded,
    load_supersessions,
    name_newest,
)
from corpus_app.slogans.models import Mention, Slogan


@dataclass(frozen=True)
class OldWording:
    """An older wording in a speech: how often, whether the speech is from after the change."""

    text: str
    count: int
    past: bool | None
    sentence: str
    supersession: Supersession


def find_all_superseded(
    text: str, day: str, mentions: Iterable[Mention]
) -> list[SupersededWording]:
    """Return the older wordings in a text, by the rules and by what editors say of its slogans.

    mentions are those of the text, each with its slogan and what took that one's place.
    """
    found = find_superseded(text, day)
    taken = {at for one in found for at in range(one.start, one.end)}
    for mention in mentions:
        slogan, span = mention.slogan, range(mention.start, mention.end)
        one = slogan.supersession if slogan.superseded_by_id else None
        if one is not None and taken.isdisjoint(span):
            words = text[mention.start : mention.end]
            new, past = slogan.newest_wording, one.is_past(day)
            found.append(SupersededWording(words, mention.start, mention.end, one, new, past))
    return sorted(found, key=lambda one: one.start)


def sum_superseded(found: Iterable[SupersededWording]) -> list[OldWording]:
    """Return each wording once with its count; those that are no longer right first."""
    found = list(found)
    counts = Counter(one.text for one in found)
    by_text = {one.text: one for one in found}
    rows = [
        OldWording(text, counts[text], one.past, describe_superseded(one), one.supersession)
        for text, one in by_text.items()
    ]
    return sorted(rows, key=lambda row: row.past is False)


def describe_superseded(found: SupersededWording) -> str:
    """Return the sentence that says what the wording is today and since when."""
    values = {"since": spell_day(found.supersession.since), "new": found.new}
    if found.past is False:
        return _("当时的提法，至迟自%(since)s起作“%(new)s”") % values
    if found.past is None:
        return _("至迟自%(since)s起作“%(new)s”，请对照讲话时间") % values
    return _("旧提法，至迟自%(since)s起作“%(new)s”") % values


def describe_successor(slogan: Slogan) -> str:
    """Return the sentence on what took the place of the slogan's wording, "" where nothing did."""
    one = slogan.supersession
    if one is None:
        return ""
    text = slogan.text
    return describe_superseded(
        SupersededWording(text, 0, len(text), one, slogan.newest_wording, True)
    )


def list_predecessors(slogan: Slogan) -> list[tuple[str, Supersession]]:
    """Return the older wordings whose place the slogan's has taken, with the change of each."""
    known = load_supersessions()
    told = [(old, one) for old, one in known.items() if slogan.text in {one.new, name_newest(old)}]
    said = Slogan.objects.filter(superseded_by=slogan).exclude(text__in=known)
    changes = ((old.text, old.supersession) for old in said.select_related("superseded_by"))
    return told + [(text, one) for text, one in changes if one is not None]
