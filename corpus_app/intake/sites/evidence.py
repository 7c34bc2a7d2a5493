"""The lines of received pages, kept by their bytes, and what those of one site tell of a page."""

from __future__ import annotations

from typing import Final

from django.db.models import Q, QuerySet

from corpus_app.catalog.models import Revision, Speech
from corpus_app.ingest.draft import Draft
from corpus_app.ingest.site import (
    SITE_CHARS,
    ProfileValue,
    SiteEvidence,
    SiteProfile as ParsedProfile,
    count_lines,
    list_page_lines,
    name_site,
)
from corpus_app.intake.models import SitePage, SiteProfile
from corpus_app.intake.sites.naming import is_stand_in, settle_stand_in

# So many pages before and behind a page, of its site and of those it came with, tell what they
# share: enough for ten sites in one batch, and no dearer for a site of ten thousand.
NEAREST: Final = 100
FOLDER_CHARS: Final = 100
KEPT: Final = ("site", "mark", "group", "folder", "lines")


def note_page(sha256: str, draft: Draft, group: str = "", folder: str = "") -> SitePage:
    """Remember the lines of a file that was read, and its site; the first group stays.

    folder is that of the file among those it came with.
    """
    meta = draft.metadata
    site = name_site(meta.source_url or "", meta.source_name or "")
    page = _find_or_begin(sha256)
    page.mark = draft.site[:SITE_CHARS]
    if group and not page.group:
        page.group, page.folder = group, folder[:FOLDER_CHARS]
    return _store_page(page, draft.raw, site)


def read_folder(path: str) -> str:
    """Return the folders of a file's path, "甲/乙/" or ""."""
    folder = path.replace("\\", "/").rpartition("/")[0].strip("/")
    return f"{folder}/" if folder else ""


def note_stored_page(speech: Speech, revision: Revision) -> None:
    """Remember the lines of the speech's file, where they are not, and whose page it is today."""
    site = name_site(speech.source_url, speech.source.name if speech.source else "")
    _store_page(_find_or_begin(revision.upload.sha256), revision.raw, site)


def find_page(sha256: str) -> SitePage | None:
    """Return what is remembered of a file's page, None where it was never read."""
    return SitePage.objects.filter(sha256=sha256).exclude(lines=None).first()


def gather_evidence(page: SitePage, profile: ParsedProfile | None = None) -> SiteEvidence | None:
    """Return what other pages of its site, and those that came with it, tell of a page.

    profile takes the place of the site's approved one. None where nothing they say bears on it.
    """
    others = {other.pk: other for other in _list_others(page)}
    held = profile or find_profile(page.site)
    evidence = count_lines((one.lines for one in others.values()), page.site or page.group, held)
    told = any(evidence.is_repeated(line) for line in page.lines)
    return evidence if told or held else None


def find_profile(site: str) -> ParsedProfile | None:
    """Return the approved profile of a site as the parser takes it, None where there is none."""
    if not site:
        return None
    approved = SiteProfile.objects.filter(site=site, state=SiteProfile.State.APPROVED).first()
    return read_profile(approved) if approved else None


def read_profile(profile: SiteProfile) -> ParsedProfile:
    """Return a stored profile as the parser takes it."""
    values = tuple(ProfileValue(**value) for value in profile.values)
    return ParsedProfile(profile.pk or 0, values, tuple(profile.lines))


def _find_or_begin(sha256: str) -> SitePage:
    # Two who read the same file at once begin one page: the second finds what the first began.
    return SitePage.objects.get_or_create(sha256=sha256)[0]


def _store_page(page: SitePage, raw: str, site: str) -> SitePage:
    """Store a page under its site; one that nothing names keeps its stand-in, or gets one."""
    named = site or page.mark
    page.lines = page.lines or list_page_lines(raw)
    page.site = named or (page.site if is_stand_in(page.site) else "")
    stored = SitePage.objects.filter(pk=page.pk).values_list(*KEPT).first()
    if stored != tuple(getattr(page, name) for name in KEPT):
        page.save()
    if not named:
        settle_stand_in(page)
    return page


def _list_others(page: SitePage) -> list[SitePage]:
    others = []
    if page.site:
        others += _list_nearest(Q(site=page.site), page.pk)
    if page.group:
        others += _list_nearest(Q(group=page.group), page.pk)
    return others


def _list_nearest(where: Q, pk: int) -> list[SitePage]:
    """Return the pages noted shortly before and after: a folder's order, and a site's design."""
    pages: QuerySet[SitePage] = SitePage.objects.filter(where).exclude(lines=None)
    before = pages.filter(pk__lt=pk).order_by("-pk")[:NEAREST]
    return [*before, *pages.filter(pk__gt=pk).order_by("pk")[:NEAREST]]
