"""An editor's outline of a speech: stored as a new revision, carried over to a changed text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from corpus_app.catalog.models import Revision, Speech
from corpus_app.catalog.revisions import Descent, append_revision, read_draft
from corpus_app.catalog.section_names import name_in_source
from corpus_app.catalog.text_maps import map_states
from corpus_app.ingest.completeness import JUDGED, check_announcements, judge_completeness
from corpus_app.ingest.draft import Draft, Gap, Section
from corpus_app.ingest.outline.sections import (
    OPEN,
    OutlineSection,
    find_ends,
    find_heading_place,
    match_words,
    open_outline,
    write_outline,
)
from corpus_app.intake.revisions.losses import (
    OUTLINE_KINDS,
    Loss,
    add_losses,
    forget_losses,
    name_loss,
)
from corpus_app.intake.revisions.outline.settling import (
    OutlineFault,
    settle_outline,
)
from corpus_app.intake.revisions.succession import (
    NothingChangedError,
    follow_revision,
    take_base,
)
from corpus_app.text.chars import squeeze, tidy
from corpus_app.text.text_map import TextMap


@dataclass(frozen=True)
class MovedOutline:
    """The sections at their offsets in the new text, and the old ones that could not be kept.

    gone lost all their words; bare lost the heading or marker that they began with.
    """

    sections: list[OutlineSection] = field(default_factory=list)
    gone: list[OutlineSection] = field(default_factory=list)
    bare: list[OutlineSection] = field(default_factory=list)


@transaction.atomic
def revise_outline(
    speech: Speech,
    base_number: int,
    outline: Sequence[OutlineSection],
    user: User | None = None,
    reason: str = "",
    losses: Sequence[Loss] = (),
) -> Revision:
    """Return the new current revision that has this outline.

    losses are what of another revision's outline this one could not take over. Raises
    OutdatedError where base_number is not the current revision, NothingChangedError, and
    OutlineFault where the sections make no outline.
    """
    old = take_base(speech, base_number)
    sections = write_outline(settle_outline(old.text, outline), len(old.text))
    draft = read_draft(old)
    if sections == draft.sections:
        raise NothingChangedError
    judge_outline(draft, sections)
    decisions = forget_losses(old.decisions, OUTLINE_KINDS) | {"outline": True}
    decisions = add_losses(decisions, losses)
    descent = Descent(Revision.Origin.OUTLINED, old, decisions, old.origins)
    revision = append_revision(speech, draft, descent, reason or _("调整结构"), user=user)
    follow_revision(speech, old, revision)
    return revision


def judge_outline(draft: Draft, sections: list[Section]) -> None:
    """Set the draft's outline and what follows from it: announcements, completeness, notices."""
    gaps = _drop_judged_gap(draft)
    draft.sections = sections
    draft.announced = check_announcements(draft.text, sections)
    draft.completeness, draft.gaps, judged = judge_completeness(
        draft.text, gaps, sections, draft.announced
    )
    draft.notices = [note for note in draft.notices if note.code not in JUDGED] + judged


def carry_outline(old: Revision, draft: Draft) -> MovedOutline:
    """Return the old revision's outline moved to a draft's text; nothing is changed."""
    outline = open_outline(old.sections.order_by("position"), len(old.text))
    return move_outline(old.text, draft.text, outline, map_states(old, draft))


def apply_outline(old: Revision, draft: Draft) -> dict[str, Any]:
    """Set on the draft the outline that people made on the old revision, if they made one.

    Returns what decisions say of it: that it is theirs, and what could not be kept.
    """
    if not old.decisions.get("outline"):
        return {}
    moved = carry_outline(old, draft)
    if moved.sections:
        judge_outline(draft, write_outline(moved.sections, len(draft.text)))
    decided: dict[str, Any] = {"outline": True} if moved.sections else {}
    return add_losses(decided, list_outline_losses(old, moved))


def _drop_judged_gap(draft: Draft) -> list[Gap]:
    """Return the gaps without the missing end that was concluded from the draft's outline."""
    gaps = draft.gaps
    if not gaps or gaps[-1].kind != "truncated" or gaps[-1].offset != len(draft.text):
        return gaps
    announced = check_announcements(draft.text, draft.sections)
    judged = judge_completeness(draft.text, gaps[:-1], draft.sections, announced)[1]
    return gaps[:-1] if judged and judged[-1] == gaps[-1] else gaps


def list_outline_losses(old: Revision, moved: MovedOutline) -> list[Loss]:
    """Return what of the old revision's outline was not kept where it was moved to."""
    kinds = [("section", one) for one in moved.gone] + [("heading", one) for one in moved.bare]
    return [name_loss(kind, name_in_source(one, old.text), old) for kind, one in kinds]


def move_outline(
    old_text: str, new_text: str, sections: Sequence[OutlineSection], there: TextMap
) -> MovedOutline:
    """Return the outline of old_text on new_text; there is the map from one to the other.

    A piece begins with the first of its characters that is left; its marker and heading are
    what is left of them. A piece of which nothing is left is gone.
    """
    moved = MovedOutline()
    carried: list[tuple[OutlineSection, OutlineSection]] = []
    for section, end in zip(sections, find_ends(sections, len(old_text)), strict=True):
        span = there.find_span(section.start, end)
        if span.start == span.end:
            moved.gone.append(section)
            continue
        words = _carry_words(old_text, new_text, section, end, there)
        if section.end != OPEN:
            words = replace(words, end=there.find_span(section.start, section.end).end)
        carried.append((section, replace(words, start=span.start)))
    _settle(new_text, carried, moved)
    return moved


def _carry_words(
    old_text: str, new_text: str, section: OutlineSection, end: int, there: TextMap
) -> OutlineSection:
    """Return the section with what is left of its marker and its heading."""
    behind = match_words(old_text, section.start, end, section.marker)
    place = find_heading_place(old_text, section, end) if section.heading else None
    heading = section.heading
    if place is not None:
        left = new_text[slice(*there.find_span(*place))]
        if squeeze(left) != squeeze(heading):
            heading = tidy(left)
    if section.marker and behind is not None:
        left = new_text[slice(*there.find_span(section.start, behind))]
        if squeeze(left) != squeeze(section.marker):
            section = replace(section, marker="", ordinal=None)
    return replace(section, heading=heading)


def _settle(
    text: str, carried: list[tuple[OutlineSection, OutlineSection]], moved: MovedOutline
) -> None:
    """Put the carried sections (old, new) into moved as far as they make an outline of the text."""
    sections = _cover_start(text, [new for _old, new in carried])
    try:
        moved.sections[:] = settle_outline(text, sections)
        moved.bare[:] = [old for old, new in carried if _is_bare(old, new)]
        return
    except OutlineFault:
        pass
    moved.sections[:] = sections[: len(sections) - len(carried)]
    for old, new in carried:
        _append_section(text, moved, old, new)


def _is_bare(old: OutlineSection, new: OutlineSection) -> bool:
    return bool(old.heading and not new.heading) or bool(old.marker and not new.marker)


def _cover_start(text: str, sections: list[OutlineSection]) -> list[OutlineSection]:
    """Return the sections with one at the very beginning: words may have come in before it."""
    if not sections or not text[: sections[0].start].strip():
        return sections
    first = sections[0]
    if first.marker or first.heading:
        return [OutlineSection(0, 0, "opening"), *sections]
    return [replace(first, start=0), *sections[1:]]


def _append_section(
    text: str, moved: MovedOutline, old: OutlineSection, section: OutlineSection
) -> None:
    """Append the section, as deep and with as much of its heading as fits."""
    sections = moved.sections
    section = replace(section, depth=min(section.depth, sections[-1].depth + 1 if sections else 0))
    if not sections and not text[: section.start].strip():
        section = replace(section, start=0)
    bare = replace(section, heading="")
    for attempt in (section, bare, replace(bare, marker="", ordinal=None)):
        try:
            moved.sections[:] = settle_outline(text, [*sections, attempt])
        except OutlineFault:
            continue
        if _is_bare(old, attempt):
            moved.bare.append(old)
        return
    moved.gone.append(old)
