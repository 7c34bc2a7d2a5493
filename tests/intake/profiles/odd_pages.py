"""Pages of an invented site whose way to name the speaker no reader can know."""

from __future__ import annotations

from corpus_app.catalog.models import Speech
from corpus_app.catalog.uploads import hash_bytes
from corpus_app.intake.models import SitePage
from corpus_app.intake.revisions import editing
from tests.catalog.speeches import store
from tests.intake.rereading.older_reading import SOURCE, read
from tests.site_pages import make_page

SITE = "溪北河湾新报"
NAMES = ["沈知远", "顾云舟", "苏晚晴", "林知夏", "陈望舒", "周以宁"]


def make_odd(number: int) -> str:
    """Return a page where 值守 names the speaker."""
    page = make_page(number, source=SOURCE)
    return page.replace("沈知远", f"值守：{NAMES[number % len(NAMES)]}")


def store_odd(number: int, *, draft: bool = True) -> Speech:
    """Return the speech of such a page as it is read today."""
    return read(store(make_odd(number), f"odd-{number}.txt", draft=draft))


def store_site(count: int = 4) -> list[Speech]:
    """Return so many speeches of the site, the first one with its speaker set by hand."""
    speeches = [store_odd(number) for number in range(1, 1 + count)]
    editing.correct(speeches[0], {"speaker": NAMES[1]}, {})
    return [read(speech) for speech in speeches]


def find_site(number: int) -> str:
    """Return the site that the page of the number is noted under."""
    return SitePage.objects.get(sha256=hash_bytes(make_odd(number).encode())).site
