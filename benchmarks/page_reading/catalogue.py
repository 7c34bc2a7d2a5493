"""All families by name, and which of them nobody who tunes may look at."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from functools import cache

from benchmarks.page_reading import rows, sites
from benchmarks.page_reading.markup_pages import load_markup, make_from_markup
from benchmarks.page_reading.pages import Page, Sheet
from benchmarks.page_reading.scripts import documents, dumps, forms, joined, printed, unseen
from benchmarks.page_reading.stencils import load_stencils, make_from_stencil

_SCRIPTS: dict[str, dict[str, Callable[[Sheet], Page]]] = {
    "printed": printed.FAMILIES,
    "dumps": dumps.FAMILIES,
    "joined": joined.FAMILIES,
    "documents": documents.FAMILIES | forms.FAMILIES,
    "unseen": unseen.FAMILIES,
}
_ONE_IN = 4
# Sets of other hands, each made without a look at the reader or the others' pages. Those of
# the first have been scored, and are learnt from since.
LEARNT_HANDS = (
    "third",
    "webmaster",
    "archivist",
    "clerkly",
    "press",
    "keeper",
    "reporter",
    "collector",
    "secretary",
)
ASIDE_HANDS = ("almanac",)
HANDS = (*LEARNT_HANDS, *ASIDE_HANDS)


@cache
def list_families() -> dict[str, str]:
    """Return carrier by family, over all hands."""
    found = {name: str(entry["carrier"]) for name, entry in load_stencils().items()}
    found |= {name: str(entry["carrier"]) for name, entry in load_markup().items()}
    found |= {name: carrier for carrier, group in _SCRIPTS.items() for name in group}
    found |= dict.fromkeys(rows.list_names(), "rows")
    return found | sites.list_carriers()


def is_unseen(family: str) -> bool:
    """Say whether a family is of the second set, once aside, now learnt from."""
    return family.startswith("unseen-")


def is_of_other_hand(family: str) -> bool:
    """Say whether a family is of a hand that is kept aside as a whole."""
    return family.partition("-")[0] in ASIDE_HANDS


def is_learnt_hand(family: str) -> bool:
    """Say whether a family is of a hand that was scored once and is learnt from since."""
    return family.partition("-")[0] in LEARNT_HANDS


def is_aside(family: str) -> bool:
    """Say whether a family is kept for scoring alone: every fourth, by a hash of its name."""
    return zlib.crc32(family.encode()) % _ONE_IN == 0 and not (
        is_unseen(family) or is_of_other_hand(family) or is_learnt_hand(family)
    )


def list_tuning() -> list[str]:
    """Return the families that may be looked at and learnt from, the spent sets too."""
    return [name for name in list_families() if not (is_aside(name) or is_of_other_hand(name))]


def list_aside() -> list[str]:
    """Return the families that are scored only."""
    return [name for name in list_families() if is_aside(name)]


def list_unseen() -> list[str]:
    """Return the families of the second set, whose figures say nothing of strangers any more."""
    return [name for name in list_families() if is_unseen(name)]


def list_hand(hand: str) -> list[str]:
    """Return the families of one of the other hands."""
    return [name for name in list_families() if name.partition("-")[0] == hand]


def make_page(family: str, seed: int) -> Page:
    """Return one page of a family; the same seed gives the same page."""
    if family in load_stencils():
        return make_from_stencil(family, seed)
    if family in load_markup():
        return make_from_markup(family, seed)
    for group in _SCRIPTS.values():
        if family in group:
            return group[family](Sheet(family, seed))
    if family in rows.ROWS:
        return rows.make_from_row(family, seed)
    return sites.make_site_page(family, seed)
