"""Whose page a file is, where neither its address nor its source says so.

A stand-in is a site's key as any other: by a line that the pages share, or by the files that it
came with. It begins with a sign that no host and no source begins with.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final

from django.db.models import Q

from corpus_app.ingest.site import FEWEST_FILES, SITE_CHARS
from corpus_app.ingest.site_marks import is_telling_line
from corpus_app.intake.models import SitePage, SiteProfile
from corpus_app.intake.models.sites import SHARED, TOGETHER

STAND_INS: Final = (SHARED, TOGETHER)
# So many pages near a page are looked at for lines that it shares with them.
NEAREST: Final = 100


def is_stand_in(site: str) -> bool:
    """Return whether nothing on the pages names the site."""
    return site.startswith(STAND_INS)


def settle_stand_in(page: SitePage) -> None:
    """Give a page without a site the stand-in that fits it now, and its like the same.

    Pages that share a line no other part of a page explains are of one site; else those are taken
    together that came in one folder of one group. A page that came alone and shares nothing stays
    without a site.
    """
    if page.site and not page.site.startswith(TOGETHER):
        return
    together = f"{TOGETHER}{page.group}/{page.folder}"[:SITE_CHARS] if page.group else ""
    taught = SiteProfile.objects.values("site")
    site, others = together, list[int]()
    # Where an editor has taught how the files look that came together, they stay together.
    if not together or not taught.filter(site=together).exists():
        shared, others = _find_shared(page, _list_near(page))
        site = shared or together
    if site and site != page.site:
        page.site = site
        page.save(update_fields=["site"])
    SitePage.objects.filter(pk__in=others).exclude(site__in=taught).update(site=site)


def _list_near(page: SitePage) -> list[SitePage]:
    """Return the pages without a name that came with the page, or shortly before and after it."""
    nameless = Q(site="") | Q(site__startswith=SHARED) | Q(site__startswith=TOGETHER)
    pages = SitePage.objects.filter(nameless).exclude(lines=None).exclude(pk=page.pk)
    before = pages.filter(pk__lt=page.pk).order_by("-pk")[:NEAREST]
    return [*before, *pages.filter(pk__gt=page.pk).order_by("pk")[:NEAREST]]


def _find_shared(page: SitePage, near: Iterable[SitePage]) -> tuple[str, list[int]]:
    """Return the stand-in by a shared line, and the pages that are to have it, too."""
    telling = [line for line in page.lines if is_telling_line(line)]
    known = [other for other in near if set(telling) & set(other.lines)]
    named = Counter(other.site for other in known if other.site.startswith(SHARED))
    for site, _count in named.most_common():
        if site.removeprefix(SHARED).removesuffix("”") in telling:
            return site, []
    counts = Counter(line for other in known for line in set(telling) & set(other.lines))
    shared = [line for line in telling if counts[line] + 1 >= FEWEST_FILES]
    if not shared:
        return "", []
    line = max(shared, key=lambda one: (counts[one], -telling.index(one)))
    return f"{SHARED}{line}”", [one.pk for one in known if line in one.lines]
