"""Put themes on the sections of a revision: by their terms, and by an editor's word."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final

from django.db import transaction

from corpus_app.catalog.models import Revision, Section, Speech
from corpus_app.catalog.relocation import follow_sections
from corpus_app.themes.bearing import NOTHING, Verdict, judge_sections
from corpus_app.themes.matching import Term, TermMatcher
from corpus_app.themes.models import SectionTheme, ThemePin, ThemeTerm
from corpus_app.themes.prominence import OwnWords

_FRAMES: Final = (Section.Kind.OPENING, Section.Kind.CLOSING)
# Raised with every change of what tags are made of besides terms and decisions: all texts are then
# tagged anew at the next start.
RULE: Final = 3
_COMPARED: Final = ("theme_id", "section_id", "score", "pinned", "bearing", "reason", "named_at")

Bearing = SectionTheme.Bearing
Reason = SectionTheme.Reason
# Decisions by section key ("" for the whole speech), by theme id.
Pins = dict[int, dict[str, str]]


def load_matcher() -> TermMatcher:
    """Return a matcher over all themes' terms as they stand in the database."""
    standing = ThemeTerm.objects.filter(theme__retired=False)
    rows = standing.values_list("theme_id", "text", "weight", "excluded")
    return compile_matcher(tuple(rows))


@lru_cache(maxsize=4)
def compile_matcher(rows: tuple[tuple[int, str, float, bool], ...]) -> TermMatcher:
    """Return a matcher over terms: theme, text, weight, whether it is excluded."""
    # Compiling costs more than reading the rows, and speech after speech has the same ones.
    return TermMatcher(Term(*row) for row in rows)


@transaction.atomic(savepoint=False)
def tag_revision(revision: Revision, matcher: TermMatcher | None = None) -> int:
    """Tag the revision's sections anew; return how many tags it has."""
    tags = list(build_tags(revision, matcher or load_matcher()))
    SectionTheme.objects.filter(section__revision=revision).delete()
    SectionTheme.objects.bulk_create(tags)
    return len(tags)


def has_current_tags(revision: Revision, matcher: TermMatcher) -> bool:
    """Return whether the stored tags are those that the terms and pins give today."""
    wanted = {
        tuple(getattr(tag, name) for name in _COMPARED) for tag in build_tags(revision, matcher)
    }
    stored = SectionTheme.objects.filter(section__revision=revision)
    return wanted == set(stored.values_list(*_COMPARED))


def retag_all() -> list[int]:
    """Tag every current revision anew; return the ids of the speeches whose tags changed."""
    matcher = load_matcher()
    speeches = Speech.objects.exclude(current=None).select_related("current").order_by("pk")
    return [
        speech.pk
        for speech in speeches.iterator(chunk_size=50)
        if speech.current and retag(speech.current, matcher)
    ]


def move_pins(speech: Speech, old: Revision, new: Revision) -> list[ThemePin]:
    """Let the pins on the speech's sections follow them from the old revision to the new.

    Returns those that could not, deleted: the words of their sections are gone, or another
    decision on the theme holds where they went.
    """
    pins = list(speech.theme_pins.exclude(section_key="").select_related("theme").order_by("pk"))
    if not pins:
        return []
    keys = follow_sections(old, new, {pin.section_key for pin in pins})
    moved: dict[tuple[int, str], ThemePin] = {}
    lost: list[ThemePin] = []
    for pin in pins:
        key = keys.get(pin.section_key, "")
        first = moved.setdefault((pin.theme_id, key), pin) if key else None
        if first is not pin:
            ThemePin.objects.get(pk=pin.pk).delete()
        if first is None or first.decision != pin.decision:
            lost.append(pin)
    _store_keys([(pin, key) for (_theme, key), pin in moved.items() if key != pin.section_key])
    return lost


def _store_keys(moved: list[tuple[ThemePin, str]]) -> None:
    """Store the pins' new keys; a key may be another pin's old one."""
    for pin, _key in moved:
        ThemePin.objects.filter(pk=pin.pk).update(section_key=f"~{pin.pk}")
    for pin, key in moved:
        pin.section_key = key
        pin.save(update_fields=["section_key"])


def build_tags(revision: Revision, matcher: TermMatcher) -> Iterator[SectionTheme]:
    """Yield the unsaved tags of the revision's sections, pins applied."""
    sections = list(revision.sections.order_by("position"))
    yield from judge_tags(revision, sections, matcher, read_pins(revision.speech_id))


def judge_tags(
    revision: Revision, sections: list[Section], matcher: TermMatcher, pins: Pins
) -> Iterator[SectionTheme]:
    """Yield the unsaved tags of the revision's sections, given in reading order, by these pins."""
    passages = list_passages(sections, revision.text)
    judged = judge_sections(revision.speech.title, passages, matcher)
    themes = {theme for found in judged.values() for theme in found} | set(pins)
    for theme in sorted(themes):
        found = {key: verdicts[theme] for key, verdicts in judged.items() if theme in verdicts}
        yield from _tag_theme(theme, found, sections, pins.get(theme, {}))


def list_passages(sections: Sequence[Section], text: str) -> list[OwnWords]:
    """Return sections, in reading order, as they are judged: each with the words of its own."""
    keys = {section.pk: section.key for section in sections}
    first_child: dict[int, int] = {}
    for section in sections:
        if section.parent_id is not None:
            first_child.setdefault(section.parent_id, section.start)
    return [
        OwnWords(
            key=section.key,
            parent=keys.get(section.parent_id or 0, ""),
            marker=section.marker,
            heading=section.heading,
            own=text[section.start : first_child.get(section.pk, section.end)],
            frames=section.kind in _FRAMES,
        )
        for section in sections
    ]


def read_pins(speech_id: int) -> Pins:
    """Return the speech's pins on themes that are not retired."""
    pins: defaultdict[int, dict[str, str]] = defaultdict(dict)
    rows = ThemePin.objects.filter(speech=speech_id, theme__retired=False)
    for theme, key, decision in rows.values_list("theme_id", "section_key", "decision"):
        pins[theme][key] = decision
    return pins


def _tag_theme(
    theme: int, found: dict[str, Verdict], sections: list[Section], pins: dict[str, str]
) -> Iterator[SectionTheme]:
    pinned = {key for key, word in pins.items() if word == ThemePin.Decision.PIN}
    excluded = {key for key, word in pins.items() if word == ThemePin.Decision.EXCLUDE}
    if "" in pinned:
        pinned = (pinned - {""}) | _choose_pinned(found, sections)
    tags = {}
    for section in sections:
        key, verdict = section.key, found.get(section.key, NOTHING)
        if key in pinned:
            tags[key] = _make_tag(theme, section, verdict, Bearing.ABOUT, Reason.PIN)
        elif not _is_excluded(key, excluded):
            if verdict.reason:
                reason = Reason(verdict.reason.value)
                tags[key] = _make_tag(theme, section, verdict, Bearing.ABOUT, reason)
            elif verdict.mentions:
                tags[key] = _make_tag(theme, section, verdict, Bearing.MENTION)
    _carry_up(theme, found, sections, tags, excluded)
    yield from tags.values()


def _make_tag(
    theme: int, section: Section, verdict: Verdict, bearing: Bearing, reason: Reason | str = ""
) -> SectionTheme:
    return SectionTheme(
        theme_id=theme,
        section=section,
        score=verdict.score,
        evidence=[list(pair) for pair in verdict.evidence],
        pinned=reason == Reason.PIN,
        bearing=bearing,
        reason=reason,
        named_at=verdict.named_at,
    )


def _carry_up(
    theme: int,
    found: dict[str, Verdict],
    sections: list[Section],
    tags: dict[str, SectionTheme],
    excluded: set[str],
) -> None:
    """Let the sections above one that is about the theme carry it, in reading order."""
    by_id = {section.pk: section for section in sections}
    for section in sections:
        tag = tags.get(section.key)
        if tag is None or tag.bearing != Bearing.ABOUT:
            continue
        above = by_id.get(section.parent_id or 0)
        while above is not None:
            known = tags.get(above.key)
            free = not _is_excluded(above.key, excluded)
            if free and (known is None or known.bearing == Bearing.MENTION):
                verdict = replace(found.get(above.key, NOTHING), named_at=section.key)
                carried = _make_tag(theme, above, verdict, Bearing.CARRIED, Reason.CHILD)
                tags[above.key] = carried
            above = by_id.get(above.parent_id or 0)


def _choose_pinned(found: dict[str, Verdict], sections: list[Section]) -> set[str]:
    """Return the sections of a speech that is pinned as a whole: the best that its words give."""
    about = {key for key, verdict in found.items() if verdict.reason}
    named = {key for key, verdict in found.items() if verdict.mentions}
    return about or named or set(found) or _choose_main(sections)


def _choose_main(sections: list[Section]) -> set[str]:
    """Return the section that stands for a speech pinned to a theme none of whose terms it has."""
    roots = [section for section in sections if section.parent_id is None]
    named = [root for root in roots if root.kind == Section.Kind.SECTION]
    return {section.key for section in (named or roots)[:1]}


def _is_excluded(key: str, excluded: set[str]) -> bool:
    return any(word in ("", key) or key.startswith(f"{word}.") for word in excluded)


def retag(revision: Revision, matcher: TermMatcher) -> bool:
    """Tag the revision anew where its tags are no longer right; return whether so."""
    if has_current_tags(revision, matcher):
        return False
    tag_revision(revision, matcher)
    return True
