"""Skeletons: the headings of a speech, as far down as asked, with what each covers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from corpus_app.catalog.models import Section, Speech
from corpus_app.catalog.section_names import has_lost_heading, name_section
from corpus_app.structure.querysets import FRAME, load_gaps
from corpus_app.structure.sources import Locate, name_source
from corpus_app.themes.models import SectionTheme

LEVELS: Final = {Section.Kind.SECTION: 1, Section.Kind.SUBSECTION: 2, Section.Kind.POINT: 3}
_INDENT: Final = "　　"


@dataclass
class Heading:
    """A line of the skeleton; chars is how much text it covers, children's included.

    level tells 一、 from （一） from 一是 (1 to 3); depth is how deep it stands, roots 0;
    on_theme holds where the section itself or a line below that is not shown is tagged.
    """

    key: str
    level: int
    depth: int
    label: str
    chars: int
    lost: bool
    on_theme: bool
    below: list[Heading] = field(default_factory=list)


@dataclass(frozen=True)
class Skeleton:
    """A speech's headings; text is the skeleton as plain text with its source."""

    speech: Speech
    opening: Heading | None
    points: list[Heading]
    closing: Heading | None
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
    tags = SectionTheme.objects.filter(theme__slug=theme, section__revision__in=list(revision_ids))
    return set(tags.values_list("section", flat=True))


def _build_skeleton(
    speech: Speech,
    sections: Mapping[int, list[Section]],
    has_gap: bool,
    depth: int,
    themed: set[int],
    locate: Locate,
) -> Skeleton:
    assert speech.current is not None
    # The text is looked into for the points that bear no heading.
    text = speech.current.text
    roots = _build_headings(sections[speech.current.pk], text, depth, themed)
    points = [heading for kind, heading in roots if kind not in FRAME]
    frame = {kind: heading for kind, heading in roots if kind in FRAME}
    source = name_source(speech, locate(speech.get_absolute_url()))
    return Skeleton(
        speech=speech,
        opening=frame.get(Section.Kind.OPENING),
        points=points,
        closing=frame.get(Section.Kind.CLOSING),
        chars=len(text),
        has_gap=has_gap,
        text=write_skeleton(speech.title, points, source, has_gap=has_gap),
    )


def _build_headings(
    sections: Iterable[Section], text: str, depth: int, themed: set[int]
) -> list[tuple[str, Heading]]:
    roots: list[tuple[str, Heading]] = []
    # By section: the root above it, in whose one list all lines below stand, and the nearest
    # line that is shown, which answers for what is not.
    owners: dict[int, Heading] = {}
    shown: dict[int, Heading] = {}
    for section in sections:
        heading = _build_heading(section, text, themed)
        root = owners.setdefault(section.pk, owners.get(section.parent_id or 0, heading))
        if root is heading:
            roots.append((section.kind, heading))
        elif heading.level <= depth:
            root.below.append(heading)
        else:
            above = shown[section.pk] = shown[section.parent_id or 0]
            above.on_theme = above.on_theme or heading.on_theme
            continue
        shown[section.pk] = heading
    return roots


def _build_heading(section: Section, text: str, themed: set[int]) -> Heading:
    return Heading(
        key=section.key,
        level=LEVELS.get(Section.Kind(section.kind), 1),
        depth=section.depth,
        label=name_section(section, text),
        chars=section.end - section.start,
        lost=has_lost_heading(section),
        on_theme=section.pk in themed,
    )


def write_skeleton(title: str, points: Iterable[Heading], source: str, *, has_gap: bool) -> str:
    """Return the headings line by line, set in by level, with title and source."""
    lines = [title]
    for root in points:
        lines.append(root.label)
        lines += [_INDENT * heading.depth + heading.label for heading in root.below]
    if has_gap:
        lines.append("［原文有缺失，提纲可能不全］")
    return "\n".join([*lines, f"（{source}）"])
