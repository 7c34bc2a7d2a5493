"""What an editor's corrections of one file say about all pages of its site."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.contrib.auth.models import User

from corpus_app.catalog.fields import read_fields
from corpus_app.catalog.models import Revision, Speech
from corpus_app.catalog.services import list_set_by_person
from corpus_app.ingest.profiled import FIELDS
from corpus_app.ingest.site import (
    NO_EVIDENCE,
    ProfileValue,
    SiteEvidence,
    SiteProfile as ParsedProfile,
    list_edges,
)
from corpus_app.ingest.site_lessons import learn_value
from corpus_app.ingest.tables.speech_rows import ROW
from corpus_app.intake.models import SitePage, SiteProfile
from corpus_app.intake.models.sites import name_site
from corpus_app.intake.revisions.decisions import EDITOR, read_editorial_decisions
from corpus_app.intake.sites.evidence import find_page, gather_evidence, read_profile
from corpus_app.text.chars import squeeze

# So many other pages are asked whether they hold a line, too.
ASKED: Final = 6


@dataclass(frozen=True)
class Lessons:
    """What corrections say of a site: where values stand, which whole lines are none of a page."""

    site: str
    values: tuple[ProfileValue, ...]
    lines: tuple[str, ...]

    @property
    def name(self) -> str:
        """What pages call the site."""
        return name_site(self.site)


def find_lessons(speech: Speech) -> Lessons | None:
    """Return what the corrections of the speech teach that the site's profile does not say yet.

    None where nothing does, or nothing tells whose page it is; a table's row is no page.
    """
    revision = speech.current
    if revision is None or revision.upload.format == ROW:
        return None
    page = find_page(revision.upload.sha256)
    if page is None or not page.site:
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
    """Yield where the fields that a person set stand on pages of the site.

    What a table said of a speech was not looked up on its page.
    """
    present, kept = read_fields(speech), list_set_by_person(speech)
    chosen = revision.decisions.get("metadata", {})
    for name in FIELDS:
        if name not in kept or not present[name]:
            continue
        span = chosen.get(name, {}).get("set_from")
        start = span[0] if span else None
        learnt = learn_value(revision.raw, name, present[name], evidence, start)
        if learnt is not None:
            yield learnt


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
    held = {line for lines in others.values_list("lines", flat=True)[:ASKED] for line in lines}
    yield from sorted(line for line in taken & own if line in held)
