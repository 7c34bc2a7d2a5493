"""Put themes on the sections of a revision: by their terms, and by an editor's word."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction

from corpus_app.catalog.models import Revision, Section, Speech
from corpus_app.catalog.relocation import follow_sections
from corpus_app.themes.matching import Match, Term, TermMatcher
from corpus_app.themes.models import SectionTheme, ThemePin, ThemeTerm

NOTHING = Match(0.0, 0.0, [])


@dataclass(frozen=True)
class ThemedNode:
    """A section with the words that are its own: heading and lead, without its children's."""

    section: Section
    own: str


def load_matcher() -> TermMatcher:
    """Return a matcher over all themes' terms as they stand in the database."""
    rows = ThemeTerm.objects.values_list("theme_id", "text", "weight", "excluded")
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
    wanted = {(t.theme_id, t.section_id, t.score, t.pinned) for t in build_tags(revision, matcher)}
    return wanted == _read_tags(revision)


def retag_all() -> list[int]:
    """Tag every current revision anew; return the ids of the speeches whose tags changed."""
    matcher = load_matcher()
    speeches = Speech.objects.exclude(current=None).select_related("current").order_by("pk")
    return [
        speech.pk
        for speech in speeches.iterator(chunk_size=50)
        if speech.current and _retag(speech.current, matcher)
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
    nodes = list_nodes(revision)
    matches = {node.section.key: match_node(node, matcher) for node in nodes}
    pins = read_pins(revision.speech_id)
    themes = {theme for found in matches.values() for theme in found} | set(pins)
    for theme in sorted(themes):
        found = {key: match[theme] for key, match in matches.items() if theme in match}
        yield from _tag_theme(theme, found, nodes, pins.get(theme, {}))


def list_nodes(revision: Revision) -> list[ThemedNode]:
    """Return the revision's sections in reading order, each with its own words."""
    sections = list(revision.sections.order_by("position"))
    first_child: dict[int, int] = {}
    for section in sections:
        if section.parent_id is not None:
            first_child.setdefault(section.parent_id, section.start)
    return [
        ThemedNode(section, revision.text[section.start : first_child.get(section.pk, section.end)])
        for section in sections
    ]


def match_node(node: ThemedNode, matcher: TermMatcher) -> dict[int, Match]:
    """Return the node's match for each theme; what stands in the heading counts twice."""
    matches = matcher.match_text(node.own)
    heading = matcher.match_text(node.section.heading) if node.section.heading else {}
    for theme, named in heading.items():
        if theme in matches:
            match = matches[theme]
            score = round(match.score + named.score, 4)
            matches[theme] = Match(score, match.support, match.evidence)
    return matches


def read_pins(speech_id: int) -> dict[int, dict[str, str]]:
    """Return the speech's pins: decision by section key ("" for the whole), by theme id."""
    pins: defaultdict[int, dict[str, str]] = defaultdict(dict)
    rows = ThemePin.objects.filter(speech=speech_id)
    for theme, key, decision in rows.values_list("theme_id", "section_key", "decision"):
        pins[theme][key] = decision
    return pins


def _tag_theme(
    theme: int, found: dict[str, Match], nodes: list[ThemedNode], pins: dict[str, str]
) -> Iterator[SectionTheme]:
    pinned = {key for key, word in pins.items() if word == ThemePin.Decision.PIN}
    excluded = {key for key, word in pins.items() if word == ThemePin.Decision.EXCLUDE}
    if "" in pinned:
        pinned = (pinned - {""}) | (set(found) or _choose_main(nodes))
    for node in nodes:
        key = node.section.key
        match = found.get(key, NOTHING)
        wanted = key in pinned or (match.convincing and not _is_excluded(key, excluded))
        if wanted:
            yield SectionTheme(
                theme_id=theme,
                section=node.section,
                score=match.score,
                evidence=[list(pair) for pair in match.evidence],
                pinned=key in pinned,
            )


def _choose_main(nodes: list[ThemedNode]) -> set[str]:
    """Return the section that stands for a speech pinned to a theme none of whose terms it has."""
    roots = [node.section for node in nodes if node.section.parent_id is None]
    named = [root for root in roots if root.kind == Section.Kind.SECTION]
    return {section.key for section in (named or roots)[:1]}


def _is_excluded(key: str, excluded: set[str]) -> bool:
    return any(word in ("", key) or key.startswith(f"{word}.") for word in excluded)


def _retag(revision: Revision, matcher: TermMatcher) -> bool:
    if has_current_tags(revision, matcher):
        return False
    tag_revision(revision, matcher)
    return True


def _read_tags(revision: Revision) -> set[tuple[int, int, float, bool]]:
    rows = SectionTheme.objects.filter(section__revision=revision)
    return set(rows.values_list("theme_id", "section_id", "score", "pinned"))
