"""What a change would do to a speech: tags and mentions by the registry as it is and would be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, Final

from django.db.models import Q

from corpus_app.catalog.models import Revision, Section
from corpus_app.ingest.slogans import find_slogans
from corpus_app.registry.models import RegistryChange, RegistryEffect
from corpus_app.registry.rows import Row, Rows, name_row, read_id, read_rows, read_table
from corpus_app.slogans.mentions import (
    Place,
    Register,
    find_ids,
    list_wordings,
    locate_mentions,
    nest_sections,
)
from corpus_app.slogans.models import Slogan
from corpus_app.slogans.refusals import read_refused
from corpus_app.text.folding import fold_keeping_space
from corpus_app.themes.matching import TermMatcher
from corpus_app.themes.models import SectionTheme, Theme, ThemePin
from corpus_app.themes.tagging import Pins, compile_matcher, judge_tags, load_matcher, read_pins

Kind = RegistryEffect.Kind
ABOUT: Final = SectionTheme.Bearing.ABOUT
# Of a tag, what would be another one.
_COMPARED: Final = ("score", "pinned", "bearing", "reason", "named_at")
_AROUND: Final = 40
# Ids above it are those of rows that the change itself adds.
_MET: Final = -1_000_000
OF_THEMES: Final = {"theme", "term", "pin"}
OF_SLOGANS: Final = {"slogan", "variant"}

Tags = dict[tuple[int, int], SectionTheme]


class Gauge:
    """Measures a change on one text after another."""

    def __init__(self, change: RegistryChange) -> None:
        self._change = change
        self._before: Rows = change.before
        self._after: Rows = change.after
        # Wordings that would be met for the first time, with their ids for now.
        self._met: dict[str, int] = {}
        self._tables = {read_table(key) for key in self._before | self._after}

    def measure(self, revision: Revision) -> Iterator[RegistryEffect]:
        """Yield what the change does to the revision, unsaved."""
        if self._tables & OF_THEMES:
            yield from self._compare_tags(revision)
        if self._tables & OF_SLOGANS:
            yield from self._compare_mentions(revision)

    def _compare_tags(self, revision: Revision) -> Iterator[RegistryEffect]:
        sections = list(revision.sections.order_by("position"))
        pins = read_pins(revision.speech_id)
        before = _map_tags(judge_tags(revision, sections, load_matcher(), pins))
        moved = self._move_pins(revision.speech_id, pins)
        after = _map_tags(judge_tags(revision, sections, self._matcher, moved))
        by_id = {section.pk: section for section in sections}
        for place in sorted(before.keys() | after.keys()):
            old, new = before.get(place), after.get(place)
            if _read_tag(old) != _read_tag(new):
                yield self._tell_tag(revision, by_id[place[1]], place[0], old, new)

    def _tell_tag(
        self,
        revision: Revision,
        section: Section,
        theme: int,
        old: SectionTheme | None,
        new: SectionTheme | None,
    ) -> RegistryEffect:
        before, after = (one.bearing if one else "" for one in (old, new))
        kind = Kind.OTHER
        if (before == ABOUT) != (after == ABOUT):
            kind = Kind.GAINED if after == ABOUT else Kind.LOST
        shown, other = (old, new) if kind == Kind.LOST or new is None else (new, old)
        start, end = _find_evidence(revision.text, section, _list_own_terms(shown, other))
        return RegistryEffect(
            change=self._change,
            kind=kind,
            subject=name_row("theme", theme),
            name=self._theme_names.get(theme, ""),
            speech_id=revision.speech_id,
            section_id=section.pk,
            section_key=section.key,
            before=before,
            after=after,
            excerpt=cut_excerpt(revision.text, start, end),
        )

    def _move_pins(self, speech_id: int, pins: Pins) -> Pins:
        """Return the speech's pins as they would be."""
        retired = {theme for theme, row in self._themes.items() if row["retired"]}
        moved = {theme: dict(places) for theme, places in pins.items() if theme not in retired}
        for key, row in self._before.items():
            if read_table(key) == "pin" and row["speech_id"] == speech_id:
                moved.get(row["theme_id"], {}).pop(row["section_key"], None)
        for key, row in self._after.items():
            if read_table(key) != "pin" or row["speech_id"] != speech_id:
                continue
            if row["theme_id"] not in retired:
                moved.setdefault(row["theme_id"], {})[row["section_key"]] = row["decision"]
        for theme in self._revived - retired:
            rows = ThemePin.objects.filter(theme=theme, speech=speech_id)
            moved[theme] = dict(rows.values_list("section_key", "decision"))
        return {theme: places for theme, places in moved.items() if places}

    @property
    def _themes(self) -> dict[int, Row]:
        return {read_id(k): row for k, row in self._after.items() if read_table(k) == "theme"}

    @cached_property
    def _revived(self) -> set[int]:
        rows = self._before.items()
        gone = {read_id(k) for k, row in rows if read_table(k) == "theme" and row["retired"]}
        return gone & set(self._themes)

    @cached_property
    def _theme_names(self) -> dict[int, str]:
        names = dict(Theme.every.values_list("pk", "name"))
        return names | {pk: row["name"] for pk, row in self._themes.items()}

    @cached_property
    def _matcher(self) -> TermMatcher:
        """The terms as they would be."""
        rows = _overlay(read_rows("term", Q()), "term", self._before, self._after)
        retired = set(Theme.every.filter(retired=True).values_list("pk", flat=True))
        for pk, row in self._themes.items():
            (retired.add if row["retired"] else retired.discard)(pk)
        return compile_matcher(
            tuple(
                (row["theme_id"], row["text"], row["weight"], row["excluded"])
                for row in rows.values()
                if row["theme_id"] not in retired
            )
        )

    def _compare_mentions(self, revision: Revision) -> Iterator[RegistryEffect]:
        text = revision.text
        found = find_slogans(text)
        refused = read_refused(revision)
        before = set(locate_mentions(text, found, self._register, self._find_present, refused))
        after = set(locate_mentions(text, found, self._next_register, self._find_next, refused))
        if before == after:
            return
        sections = nest_sections(revision)
        for place in sorted(before ^ after, key=lambda one: (one[1], one[2], one[0])):
            kind = Kind.GAINED if place in after else Kind.LOST
            yield self._tell_mention(revision, sections.find_deepest(*place[1:]), place, kind)

    def _tell_mention(
        self, revision: Revision, section: Any, place: Place, kind: str
    ) -> RegistryEffect:
        slogan, start, end = place
        return RegistryEffect(
            change=self._change,
            kind=kind,
            subject=name_row("slogan", slogan),
            name=self._name_slogan(slogan),
            speech_id=revision.speech_id,
            section_id=section.pk if section else None,
            section_key=section.key if section else "",
            excerpt=cut_excerpt(revision.text, start, end),
        )

    def _name_slogan(self, slogan: int) -> str:
        for words, pk in self._met.items():
            if pk == slogan:
                return words
        row = self._after.get(name_row("slogan", slogan))
        if row is not None:
            return str(row["text"])
        return str(Slogan.objects.filter(pk=slogan).values_list("text", flat=True).first() or "")

    @cached_property
    def _register(self) -> Register:
        return Register(list_wordings())

    @cached_property
    def _next_register(self) -> Register:
        """The register as it would be."""
        slogans = read_rows("slogan", Q(registered=True) | Q(retired=True))
        slogans = _overlay(slogans, "slogan", self._before, self._after)
        variants = _overlay(read_rows("variant", Q()), "variant", self._before, self._after)
        retired = {read_id(key) for key, row in slogans.items() if row["retired"]}
        return Register(
            [
                *((row["text"], read_id(k)) for k, row in slogans.items() if row["registered"]),
                *(
                    (row["text"], row["slogan_id"])
                    for row in variants.values()
                    if row["slogan_id"] not in retired
                ),
            ]
        )

    def _find_present(self, words: Sequence[str]) -> dict[str, int]:
        """Return find_ids, with ids for now of those that would become new rows."""
        return self._number_met(words, find_ids(words))

    def _number_met(self, words: Sequence[str], known: dict[str, int]) -> dict[str, int]:
        for word in words:
            if word not in known:
                known[word] = self._met.setdefault(word, _MET - len(self._met))
        return known

    def _find_next(self, words: Sequence[str]) -> Mapping[str, int]:
        """Return what _find_present would say after the change."""
        ids = find_ids(words)
        for rows, present in ((self._before, False), (self._after, True)):
            for key, row in rows.items():
                if read_table(key) == "slogan" and row["text"] in words:
                    if present:
                        ids[row["text"]] = read_id(key)
                    else:
                        ids.pop(row["text"], None)
        return self._number_met(words, ids)


def _overlay(rows: Rows, table: str, before: Rows, after: Rows) -> Rows:
    gone = {key for key in before if key not in after}
    kept = {key: row for key, row in rows.items() if key not in gone}
    return kept | {key: row for key, row in after.items() if read_table(key) == table}


def _map_tags(tags: Iterator[SectionTheme]) -> Tags:
    return {(tag.theme_id, tag.section_id): tag for tag in tags}


def _read_tag(tag: SectionTheme | None) -> tuple[Any, ...] | None:
    return tuple(getattr(tag, name) for name in _COMPARED) if tag else None


def _list_own_terms(tag: SectionTheme | None, other: SectionTheme | None) -> list[str]:
    """Return the tag's terms, those first that the other one does not have."""
    told, known = ([str(term) for term, _count in t.evidence] if t else [] for t in (tag, other))
    return sorted(told, key=lambda term: term in known)


def _find_evidence(text: str, section: Section, terms: list[str]) -> tuple[int, int]:
    """Return where the first of the terms stands in the section, else where that begins."""
    folded = fold_keeping_space(text[section.start : section.end])
    for words in terms[:1]:
        at = folded.find(fold_keeping_space(words))
        if at >= 0:
            return section.start + at, section.start + at + len(words)
    return section.start, section.start


def cut_excerpt(text: str, start: int, end: int) -> list[str]:
    """Return the words with those before and behind them, each on one line."""
    parts = (text[max(start - _AROUND, 0) : start], text[start:end], text[end : end + _AROUND])
    return [" ".join(part.split()) for part in parts]
