"""What an editor's corrections of one file say about all pages of its site."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from django.contrib.auth.models import User

from corpus_app.catalog.fields import read_fields
from corpus_app.catalog.models import Revision, Speech
from corpus_app.catalog.services import list_kept
from corpus_app.ingest.dates import find_date
from corpus_app.ingest.profiled import DATES, FIELDS, find_values
from corpus_app.ingest.site import (
    NO_EVIDENCE,
    EdgeLine,
    ProfileValue,
    SiteEvidence,
    SiteProfile as ParsedProfile,
    list_edges,
)
from corpus_app.intake.models import SitePage, SiteProfile
from corpus_app.intake.revisions.decisions import EDITOR, read_editorial_decisions
from corpus_app.intake.sites.evidence import find_page, gather_evidence, read_profile
from corpus_app.text.chars import squeeze

# A line so far from a value may still tell where it stands.
REACH: Final = 6
_LABEL: Final = re.compile(r"[\u4e00-\u9fffA-Za-z]{2,8}\s*[:：]\s*$")
_LEADING: Final = re.compile(r"[\u4e00-\u9fffA-Za-z]{2,8}\s*[:：]")
_SHORT: Final = 120


@dataclass(frozen=True)
class Lessons:
    """What corrections say of a site: where values stand, which whole lines are none of a page."""

    site: str
    values: tuple[ProfileValue, ...]
    lines: tuple[str, ...]


def find_lessons(speech: Speech) -> Lessons | None:
    """Return what the corrections of the speech teach that the site's profile does not say yet.

    None where nothing does, or nothing tells whose page it is.
    """
    revision = speech.current
    page = find_page(revision.upload.sha256) if revision else None
    if revision is None or page is None or not page.site:
        return None
    evidence = gather_evidence(page) or NO_EVIDENCE
    held = evidence.profile or ParsedProfile(0)
    values = tuple(
        value for value in _learn_values(speech, revision, evidence) if value not in held.values
    )
    lines = tuple(line for line in _learn_lines(revision, page) if line not in held.lines)
    return Lessons(page.site, values, lines) if values or lines else None


def propose_profile(speech: Speech, user: User | None) -> SiteProfile | None:
    """Return the profile that the speech's corrections propose, stored; None where they teach none.

    It begins with what the site's approved profile says; an open proposal for the site goes on.
    """
    lessons = find_lessons(speech)
    if lessons is None:
        return None
    profiles = SiteProfile.objects.filter(site=lessons.site)
    held = profiles.filter(state=SiteProfile.State.APPROVED).first()
    open_ = profiles.filter(state=SiteProfile.State.PROPOSED).first()
    begun = open_ or held
    base = read_profile(begun) if begun else ParsedProfile(0)
    values = {value.name: value for value in [*base.values, *lessons.values]}
    profile = open_ or SiteProfile(site=lessons.site, made_by=user)
    profile.example, profile.replaces = speech, held
    profile.values = [write_value(value) for value in values.values()]
    profile.lines = list(dict.fromkeys([*base.lines, *lessons.lines]))
    profile.save()
    return profile


def write_value(value: ProfileValue) -> dict[str, str | int]:
    """Return a value as SiteProfile.values keeps it."""
    names = ("name", "relation", "words", "distance")
    return {name: getattr(value, name) for name in names}


def _learn_values(
    speech: Speech, revision: Revision, evidence: SiteEvidence
) -> Iterator[ProfileValue]:
    lines = list_edges(revision.raw)
    present = read_fields(speech)
    for name, start in _list_taught(speech, revision, lines):
        index = next((n for n, line in enumerate(lines) if line.start <= start < line.end), None)
        if index is None:
            continue
        for value in _list_places(name, revision.raw, lines, index, start, evidence):
            found = list(find_values(revision.raw, ParsedProfile(0, (value,))))
            if found and squeeze(found[0].value) == squeeze(present[name]):
                yield value
                break


def _list_taught(
    speech: Speech, revision: Revision, lines: Sequence[EdgeLine]
) -> Iterator[tuple[str, int]]:
    """Yield each field that a person set, with the offset in raw where its value stands."""
    present, kept = read_fields(speech), list_kept(speech)
    chosen = revision.decisions.get("metadata", {})
    for name in FIELDS:
        if name not in kept or not present[name]:
            continue
        span = chosen.get(name, {}).get("set_from")
        start = span[0] if span else _find_typed(name, present[name], lines)
        if start is not None:
            yield name, start


def _find_typed(name: str, value: str, lines: Sequence[EdgeLine]) -> int | None:
    """Return where the one line that bears a typed value has it; None for none or several."""
    found = []
    for line in lines:
        if len(line.text) > _SHORT:
            continue
        if name in DATES:
            date = find_date(line.text)
            at = 0 if date and date.value == value else -1
        else:
            at = line.text.find(value)
        if at >= 0:
            found.append(line.start + at)
    return found[0] if len(found) == 1 else None


def _list_places(
    name: str,
    raw: str,
    lines: Sequence[EdgeLine],
    index: int,
    start: int,
    evidence: SiteEvidence,
) -> Iterator[ProfileValue]:
    """Yield the ways to say where the value stands, the surest first."""
    line = lines[index]
    before = raw[line.start : start] if start > line.start else ""
    label = _LABEL.search(before) or (name in DATES and _LEADING.match(line.text))
    if label:
        yield ProfileValue(name, "label", squeeze(label.group()))
    if index and not before.strip() and _LABEL.fullmatch(lines[index - 1].text):
        yield ProfileValue(name, "label", squeeze(lines[index - 1].text))
    for step in range(1, REACH + 1):
        if index >= step and evidence.is_repeated(lines[index - step].text):
            yield ProfileValue(name, "below", squeeze(lines[index - step].text), step)
    for step in range(1, REACH + 1):
        if index + step < len(lines) and evidence.is_repeated(lines[index + step].text):
            yield ProfileValue(name, "above", squeeze(lines[index + step].text), step)


def _learn_lines(revision: Revision, page: SitePage) -> Iterator[str]:
    """Yield the whole lines that an editor took out and that other pages of the site hold."""
    decided = read_editorial_decisions(revision.decisions, revision.raw)
    own = {squeeze(line.text) for line in list_edges(revision.raw)}
    taken = {
        squeeze(words)
        for span in decided.removed
        if span.rule == EDITOR and span.kind not in ("title", "metadata")
        for words in span.text.splitlines()
    }
    others = SitePage.objects.filter(site=page.site).exclude(pk=page.pk).order_by("-pk")
    held = {line for lines in others.values_list("lines", flat=True)[:REACH] for line in lines}
    yield from sorted(line for line in taken & own if line in held)
