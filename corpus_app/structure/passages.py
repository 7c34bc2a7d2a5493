"""Openings, closings and the sentences around a phrase, as lists show and copy them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from corpus_app.catalog.models import Section, Speech
from corpus_app.pages.excerpts import load_gaps
from corpus_app.text.paragraphs import list_lines

SHOWN_PARAGRAPHS: Final = 4
SHOWN_CHARS: Final = 600


@dataclass(frozen=True)
class FramePart:
    """An opening or closing; cut where it is too long for a list."""

    speech: Speech
    key: str
    paragraphs: list[str]
    is_cut: bool
    chars: int
    has_gap: bool


def load_frame_parts(section_ids: Sequence[int]) -> list[FramePart]:
    """Return the passages of the sections in the order given, in two queries for all."""
    sections = (
        Section.objects.filter(pk__in=section_ids)
        .select_related("revision__speech__organisation")
        .defer("revision__raw", "revision__removed")
        .in_bulk()
    )
    gaps = load_gaps(section.revision_id for section in sections.values())
    found = (sections[pk] for pk in section_ids)
    return [_build_part(section, gaps[section.revision_id]) for section in found]


def _build_part(section: Section, gaps: Sequence[int]) -> FramePart:
    revision = section.revision
    whole = revision.text[section.start : section.end]
    paragraphs, is_cut = cut_paragraphs(whole)
    has_gap = any(section.start <= offset <= section.end for offset in gaps)
    return FramePart(
        speech=revision.speech,
        key=section.key,
        paragraphs=paragraphs,
        is_cut=is_cut,
        chars=len(whole.strip()),
        has_gap=has_gap,
    )


def cut_paragraphs(text: str) -> tuple[list[str], bool]:
    """Return the first paragraphs, as many as a list has room for, and whether more follow.

    >>> cut_paragraphs("甲。\\n乙。")
    (['甲。', '乙。'], False)
    """
    paragraphs = list_lines(text)
    kept: list[str] = []
    room = SHOWN_CHARS
    for paragraph in paragraphs[:SHOWN_PARAGRAPHS]:
        if len(paragraph) > room:
            # Half a paragraph is only shown where a whole one would leave nothing.
            return kept or [f"{paragraph[:room]}……"], True
        kept.append(paragraph)
        room -= len(paragraph)
    return kept, len(kept) < len(paragraphs)
