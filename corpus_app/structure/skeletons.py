"""Skeletons: the headings of a speech, as far down as asked, with what each covers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from corpus_app.catalog.models import Section, Speech
from corpus_app.catalog.section_names import name_outline
from corpus_app.ingest.outline.sections import OutlineSection
from corpus_app.pages.excerpts import load_gaps
from corpus_app.structure.querysets import FRAME
from corpus_app.structure.sources import Locate, name_source
from corpus_app.themes.models import SectionTheme

_INDENT: Final = "　　"


@dataclass(frozen=True)
class Skeleton:
    """A speech's sections as far down as asked; each point has all lines below it in one list.

    themed are the keys of those that are tagged themselves, or a section below them that is not
    shown; text is the skeleton as plain text with its source.
    """

    speech: Speech
    opening: OutlineSection | None
    points: list[tuple[OutlineSection, list[OutlineSection]]]
    closing: OutlineSection | None
    themed: Collection[str]
    chars: int
    has_gap: bool
    text: str


def load_skeletons(
    speech_ids: Sequence[int], depth: int, locate: Locate, theme: str = ""
) -> list[Skeleton]:
    """Return the speeches' skeletons in the order given, in four queries for all."""
    speeches = (
        Speech.objects.filter(pk__in=speech_ids)
        .select_related("organisation", "speaker", "current")
        .defer("current__raw", "current__removed")
    )
    known = {speech.pk: speech for speech in speeches}
    revisions = [speech.current_id for speech in known.values() if speech.current_id]
    sections = _load_sections(revisions)
    gaps = load_gaps(revisions)
    themed = _find_themed(revisions, theme)
    return [
        _build_skeleton(speech, sections, bool(gaps[speech.current_id or 0]), depth, themed, locate)
        for speech in (known[pk] for pk in speech_ids)
    ]


def _load_sections(revision_ids: Iterable[int]) -> Mapping[int, list[Section]]:
    rows = Section.objects.filter(revision__in=list(revision_ids)).order_by("revision", "position")
    found: defaultdict[int, list[Section]] = defaultdict(list)
    for row in rows:
        found[row.revision_id].append(row)
    return found


def _find_themed(revision_ids: Iterable[int], theme: str) -> set[int]:
    if not theme:
        return set()
    tags = SectionTheme.objects.about().filter(
        theme__slug=theme, section__revision__in=list(revision_ids)
    )
    return set(tags.values_list("section", flat=True))


def _build_skeleton(
    speech: Speech,
    rows: Mapping[int, list[Section]],
    has_gap: bool,
    depth: int,
    themed: set[int],
    locate: Locate,
) -> Skeleton:
    assert speech.current is not None
    # The text is looked into for the points that bear no heading.
    text, found = speech.current.text, rows[speech.current.pk]
    shown = [one for one in name_outline(found, text) if not one.depth or one.level <= depth]
    frame = {one.kind: one for one in shown if not one.depth and one.kind in FRAME}
    points = _gather_points(shown)
    source = name_source(speech, locate(speech.get_absolute_url()))
    return Skeleton(
        speech=speech,
        opening=frame.get("opening"),
        points=points,
        closing=frame.get("closing"),
        themed=_raise_keys((row.key for row in found if row.pk in themed), shown),
        chars=len(text),
        has_gap=has_gap,
        text=write_skeleton(speech.title, points, source, has_gap=has_gap),
    )


def _gather_points(
    sections: Iterable[OutlineSection],
) -> list[tuple[OutlineSection, list[OutlineSection]]]:
    """Return the roots that are neither opening nor closing, each with all that is below it."""
    roots: dict[str, tuple[OutlineSection, list[OutlineSection]]] = {}
    for section in sections:
        if section.depth:
            roots[section.key.partition(".")[0]][1].append(section)
        else:
            roots[section.key] = section, []
    return [root for root in roots.values() if root[0].kind not in FRAME]


def _raise_keys(keys: Iterable[str], shown: Sequence[OutlineSection]) -> set[str]:
    """Return for each key the nearest that is shown: its own, or that of a section above."""
    known = {section.key for section in shown}
    raised = set()
    for key in keys:
        while key not in known and "." in key:
            key = key.rpartition(".")[0]
        raised.add(key)
    return raised


def write_skeleton(
    title: str,
    points: Iterable[tuple[OutlineSection, list[OutlineSection]]],
    source: str,
    *,
    has_gap: bool,
) -> str:
    """Return the headings line by line, set in by level, with title and source."""
    lines = [title]
    for root, below in points:
        lines.append(root.name)
        lines += [_INDENT * section.depth + section.name for section in below]
    if has_gap:
        lines.append("［原文有缺失，提纲可能不全］")
    return "\n".join([*lines, f"（{source}）"])
