"""The spans that a reader asked for, taken from what is stored about a revision."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _

from corpus_app.catalog.models import Revision
from corpus_app.ingest.superseded import SupersededWording
from corpus_app.pages.superseded import describe_superseded
from corpus_app.pages.typesetting import LayerSpan
from corpus_app.slogans.models import Mention
from corpus_app.themes.models import SectionTheme

# One character can stand thousands of times in a report; more marks help nobody.
MOST_MARKS: Final = 2000
PLACEHOLDER: Final = "placeholder"


@dataclass(frozen=True)
class Target:
    """Where an underlined expression leads."""

    url: str
    title: str


def span_slogans(mentions: Iterable[Mention]) -> list[LayerSpan]:
    """Return a span per mention, leading to the slogan's page."""
    return [LayerSpan("slogan", one.start, one.end, _describe_slogan(one)) for one in mentions]


def span_themes(tags: Iterable[SectionTheme], text: str) -> list[LayerSpan]:
    """Return a span wherever a term that tagged a section stands in it."""
    return [
        LayerSpan("theme", at, at + len(term), _describe_theme(tag))
        for tag in tags
        for term in list_terms(tag)
        for at in find_all(text, term, tag.section.start, tag.section.end)
    ]


def span_suspects(revision: Revision) -> list[LayerSpan]:
    """Return a span per likely slip, with a note that names the standard wording."""
    return [
        LayerSpan("suspect", entry["start"], entry["end"], _describe_suspect(entry))
        for entry in revision.slips
    ]


def span_superseded(found: Iterable[SupersededWording]) -> list[LayerSpan]:
    """Return a span per older wording that is not right for the speech's date, with a note."""
    return [
        LayerSpan("suspect", one.start, one.end, describe_superseded(one))
        for one in found
        if one.past is not False
    ]


def span_marks(places: Sequence[tuple[int, int]]) -> list[LayerSpan]:
    """Return a numbered span (from 1) per found place."""
    return [
        LayerSpan("mark", start, end, number)
        for number, (start, end) in enumerate(places[:MOST_MARKS], 1)
    ]


def list_terms(tag: SectionTheme) -> list[str]:
    """Return the expressions by which a section was tagged, strongest first."""
    return [str(entry[0]) for entry in tag.evidence if entry and entry[0]]


def find_all(text: str, term: str, start: int, end: int) -> list[int]:
    """Return where term stands in text[start:end]."""
    found = []
    at = text.find(term, start, end)
    while at >= 0:
        found.append(at)
        at = text.find(term, at + len(term), end)
    return found


def _describe_suspect(entry: dict[str, Any]) -> str:
    # A placeholder (党的xx大) has no wording to take its place, only advice.
    if entry.get("kind") == PLACEHOLDER:
        return str(entry["suggestion"])
    return _("疑应作“%(suggestion)s”") % {"suggestion": entry["suggestion"]}


def _describe_slogan(mention: Mention) -> Target:
    slogan = mention.slogan
    title = "、".join(str(member) for member in slogan.members) or slogan.standard_wording
    return Target(slogan.get_absolute_url(), title or _("查看这一提法"))


def _describe_theme(tag: SectionTheme) -> Target:
    return Target(tag.theme.get_absolute_url(), _("主题：%(name)s") % {"name": tag.theme.name})
