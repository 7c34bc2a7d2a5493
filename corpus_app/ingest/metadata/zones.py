"""What goes as what: each labelled line that is not the speech's becomes a removed span."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final

from corpus_app.ingest.draft import Removed
from corpus_app.ingest.inner_removals import ABOVE_TITLE
from corpus_app.ingest.labelling.labels import SPEECH, TAIL, Label
from corpus_app.ingest.labelling.reading import LabelledPage
from corpus_app.ingest.labelling.units import Unit
from corpus_app.ingest.rule_files import read_rules

# What was handed out with the speech is no button: 附件：任务分工表.
_ENCLOSED: Final = re.compile(
    r"附件\s?\d{0,2}\s?[:：]\s?(?!无|下载|点击)[\d.、\s]*[《\u4e00-\u9fff]{4}"
)
# Running text goes only where the page was understood as surely as this.
SURE: Final = 0.8
# A short line above the title is the page's own, where it was labelled so with this probability.
SURE_ABOVE: Final = 0.9
# Where a line may as well be the speech's it stays.
MAYBE_SPEECH: Final = 0.4


@cache
def _signs(name: str) -> frozenset[str]:
    """Return the signs that rules/heads.toml [zones] lists under a name."""
    return frozenset(read_rules("heads")["zones"][name])


def list_zones(
    raw: str, page: LabelledPage, used: Mapping[int, str], title: int
) -> Iterator[Removed]:
    """Yield the spans of all units that are not the speech's, each under its kind.

    used gives the kinds of the units that values were read from, title the place of the title
    (below zero where there is none).
    """
    spoken = any(label in SPEECH for label in page.labels)
    own = (_find_rows(raw, page) | _find_first_headings(page)) - set(used)
    for place, unit in enumerate(page.units):
        if unit.gone or not (spoken or place in used) or place in own:
            continue
        kind = used.get(place) or _find_kind(page, place, title)
        if kind == ABOVE_TITLE:
            yield from mark_unit(raw, unit, "site", ABOVE_TITLE)
        elif kind:
            yield from mark_unit(raw, unit, kind, page.name_rule([place]))


def _find_rows(raw: str, page: LabelledPage) -> set[int]:
    """Return the places of cells below the speech whose row is a table's of its own.

    Such a row is parted like a form's, and no cell of it says that it is the page's.
    """
    rows: dict[int, list[int]] = {}
    for place, unit in enumerate(page.units):
        start, end = raw.rfind("\n", 0, unit.start) + 1, raw.find("\n", unit.end)
        if page.labels[place] in TAIL and "\t" in raw[start : end if end >= 0 else len(raw)]:
            rows.setdefault(start, []).append(place)
    words = _signs("known") - _signs("plain")
    return {
        place
        for row in rows.values()
        if len(row) > 1 and not any(page.describe(one) & words for one in row)
        for place in row
    }


def _find_first_headings(page: LabelledPage) -> set[int]:
    """Return the places of a heading 一、 or （一） that the speech goes on from with its 二、.

    Who counts from two has said one; a table of contents has its one in the speech again.
    """
    found: set[int] = set()
    for first, second in read_rules("heads")["zones"]["counted"]:
        spoken = [
            unit.text.lstrip()[: len(first)]
            for unit, label in zip(page.units, page.labels, strict=True)
            if label in SPEECH
        ]
        if second in spoken and first not in spoken:
            found |= {n for n, unit in enumerate(page.units) if unit.text.startswith(first)}
    return found


def mark_unit(raw: str, unit: Unit, kind: str, rule: str) -> list[Removed]:
    """Return the spans of a unit as removed ones."""
    return [Removed(kind, raw[a:b], a, b, rule) for a, b in unit.spans]


def _find_kind(page: LabelledPage, place: int, title: int) -> str:
    """Return the kind of a unit that no value was read from, "" for the speech's own."""
    text = page.units[place].text
    label, signs = page.labels[place], page.describe(place)
    chance = page.chances[place].get(label, 0.0)
    if label in SPEECH:
        return ""
    if label == Label.INNER:
        return _find_inner_kind(text, signs, chance)
    if "prose" in signs:
        return _find_prose_kind(label, signs, chance)
    speech = sum(page.chances[place].get(one, 0.0) for one in SPEECH)
    if speech > MAYBE_SPEECH:
        return ""
    if label in (Label.CAPTION, Label.PREFACE):
        sure = chance >= SURE and signs & _signs("noting")
        return "unread" if "end-stop" in signs and not sure else "editor_note"
    if signs & _signs("known"):
        if label in TAIL and _ENCLOSED.match(text):
            return "unread"
        if _is_sentence(text, signs) and not signs & (_signs("known") - _signs("weak")):
            return "unread"
        return "related" if label == Label.TAIL_CHROME else "site"
    below = sum(page.chances[place].get(one, 0.0) for one in TAIL)
    if label in TAIL and not _is_below(page, text, signs, below):
        return ""
    above = label == Label.CHROME and place < title and chance >= SURE_ABOVE
    return (
        ABOVE_TITLE if above and not signs & (_signs("telling") | _signs("strange")) else "unread"
    )


def _find_inner_kind(text: str, signs: frozenset[str], chance: float) -> str:
    """Return the kind of a line between those of the speech, "" where it is one of them."""
    if chance < SURE_ABOVE or not signs & _signs("between") or "prose" in signs:
        return ""
    return "unread" if _is_sentence(text, signs) else "site"


def _is_sentence(text: str, signs: frozenset[str]) -> bool:
    """Say whether a line is a whole sentence of several clauses, not a label or a button."""
    return "end-stop" in signs and "，" in text and not signs & _signs("stating")


def _is_below(page: LabelledPage, text: str, signs: frozenset[str], chance: float) -> bool:
    """Say whether a short line below the speech is none of it, though nobody knows what it is."""
    if signs & _signs("spoken") or "\t" in text or chance < SURE:
        return False
    return bool(signs & _signs("stating") and chance >= SURE_ABOVE) or _shows_chrome(page)


def _shows_chrome(page: LabelledPage) -> bool:
    """Say whether a line below the speech is the page's own for certain: then others may be.

    Where none is, a short last line is as likely the speech's.
    """
    below = (n for n, label in enumerate(page.labels) if label in TAIL)
    return any(page.units[n].gone or page.describe(n) & _signs("known") for n in below)


def _find_prose_kind(label: Label, signs: frozenset[str], chance: float) -> str:
    if chance < SURE or not signs & _signs("foreign"):
        return ""
    if label in (Label.CAPTION, Label.PREFACE):
        return "editor_note" if signs & _signs("noting") else "unread"
    if not signs & (_signs("foreign") - _signs("weak")):
        return "unread"
    return "related" if label in TAIL else "site"
