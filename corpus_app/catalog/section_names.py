"""The name of a section: one, wherever it is listed, found, compared or cited."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from typing import Any, Final

from django.utils.translation import gettext, gettext_noop, override

from corpus_app.catalog.models import Section
from corpus_app.ingest.outline.sections import OutlineSection, read_outline

CLAUSE_CHARS: Final = 24
# A marker that ends in a sign (一是：) is no clause yet.
_LEAST_CLAUSE: Final = 3
_CLAUSE_END: Final = re.compile(r"[，。；：！？,;:!?\n]")
_PARTS: Final = (Section.Kind.OPENING, Section.Kind.CLOSING)
_LOST: Final = gettext_noop("（标题缺失）")


def name_section(section: Section | OutlineSection, text: str) -> str:
    """Return marker and heading; without one the part's name, or a point's first clause.

    text is the revision's. Of a section whose heading is lost it is the marker, else
    （标题缺失）.
    """
    if section.heading:
        return f"{section.marker}{section.heading}"
    if section.kind in _PARTS:
        return str(Section.Kind(section.kind).label)
    if section.kind == Section.Kind.POINT:
        return _take_clause(text, section.start) or section.marker
    return section.marker or gettext(_LOST)


def name_outline(rows: Iterable[Any], text: str) -> list[OutlineSection]:
    """Return stored or parsed sections, given in reading order, with their names."""
    return [replace(one, name=name_section(one, text)) for one in read_outline(rows)]


def name_in_source(section: Section | OutlineSection, text: str) -> str:
    """Return the name in the source language: indexes and citations serve every reader."""
    with override(None):
        return name_section(section, text)


def translate_name(name: str) -> str:
    """Return an indexed name as the reader sees it: words of ours in the reader's language."""
    return gettext(name) if name in _list_own_words() else name


@cache
def _list_own_words() -> frozenset[str]:
    with override(None):
        return frozenset([_LOST, *(str(kind.label) for kind in _PARTS)])


def _take_clause(text: str, start: int) -> str:
    words = text[start : start + CLAUSE_CHARS * 3].strip()[: CLAUSE_CHARS * 2]
    ends = (match.start() for match in _CLAUSE_END.finditer(words) if match.start() > _LEAST_CLAUSE)
    clause = words[: next(ends, len(words))]
    return clause if len(clause) <= CLAUSE_CHARS else clause[: CLAUSE_CHARS - 1] + "…"
