"""What goes as what: each labelled line that is not the speech's becomes a removed span."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from corpus_app.ingest.draft import Removed
from corpus_app.ingest.labelling.labels import SPEECH, TAIL, Label
from corpus_app.ingest.labelling.reading import LabelledPage
from corpus_app.ingest.labelling.units import Unit

# Signs that show running text to be another's than the speaker's.
_FOREIGN: Final = frozenset(
    {"preface", "caption", "button1", "button2", "button3", "crumb", "menu", "label-full"}
)
# Signs of an editor's own words.
_NOTING: Final = frozenset({"preface", "caption"})
# Signs by which a line is understood as the page's own.
_KNOWN: Final = frozenset(
    {
        "button-most",
        "button-only",
        "button2",
        "button3",
        "crumb",
        "menu",
        "signs",
        "digits",
        "len0",
        "button1",
        "label-empty",
        "singles",
        "count",
        "file_mark",
        "end_mark",
        "lab:other:v",
        "lab:other:-",
        "fault:chrome",
        "fault:breadcrumb",
        "fault:generic",
        "fault:edition",
        "fault:address",
        "fault:site",
        "fault:file",
        "fault:credit",
    }
)
# Signs of a last sentence; below the speech such a line is its own unless the page's for certain.
_SPOKEN: Final = frozenset({"end-stop", "thanks", "heading", "note"})
# Signs of a note or a statement, which no last word of a speech bears.
_STATING: Final = frozenset(
    {"anylabel-v", "anylabel-e", "bracket（", "bracket【", "end-colon", "latin", "digits", "no-han"}
)
# Only what says itself that it is the page's goes from between the lines of the speech.
_BETWEEN: Final = frozenset({"button-most", "button-only", "button2", "button3", "caption"})
# Signs of a line that should have been read, wherever it stands.
_TELLING: Final = frozenset({"name", "office-name", "org-name", "date-day", "document"})
# Words of a page's buttons that any sentence may use (上一篇文章做完了，下一篇怎么写？): where
# they alone speak against a sentence, it goes as not understood, with a notice.
_WEAK: Final = frozenset({"button1", "button2", "fault:chrome", "fault:file"})
# Running text goes only where the page was understood as surely as this.
SURE: Final = 0.8
# A short line above the title is the page's own, where it was labelled so with this probability.
SURE_ABOVE: Final = 0.9
# Where a line may as well be the speech's it stays.
MAYBE_SPEECH: Final = 0.4


def list_zones(
    raw: str, page: LabelledPage, used: Mapping[int, str], title: int
) -> Iterator[Removed]:
    """Yield the spans of all units that are not the speech's, each under its kind.

    used gives the kinds of the units that values were read from, title the place of the title
    (below zero where there is none).
    """
    spoken = any(label in SPEECH for label in page.labels)
    for place, unit in enumerate(page.units):
        if unit.gone or not (spoken or place in used):
            continue
        kind = used.get(place) or _find_kind(page, place, title)
        if kind:
            rule = page.name_rule([place])
            yield from mark_unit(raw, unit, kind, rule)


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
        return "site" if chance >= SURE_ABOVE and signs & _BETWEEN and "prose" not in signs else ""
    if "prose" in signs:
        return _find_prose_kind(label, signs, chance)
    speech = sum(page.chances[place].get(one, 0.0) for one in SPEECH)
    if speech > MAYBE_SPEECH:
        return ""
    if label in (Label.CAPTION, Label.PREFACE):
        sure = chance >= SURE and signs & _NOTING
        return "unread" if _is_sentence(text, signs) and not sure else "editor_note"
    if signs & _KNOWN:
        if _is_sentence(text, signs) and not signs & (_KNOWN - _WEAK):
            return "unread"
        return "related" if label == Label.TAIL_CHROME else "site"
    if label in TAIL and not _is_below(page, text, signs, chance):
        return ""
    above = label == Label.CHROME and place < title and chance >= SURE_ABOVE
    return "site" if above and not signs & _TELLING else "unread"


def _is_sentence(text: str, signs: frozenset[str]) -> bool:
    """Say whether a line is a whole sentence of several clauses, not a label or a button."""
    return "end-stop" in signs and "，" in text and not signs & _STATING


def _is_below(page: LabelledPage, text: str, signs: frozenset[str], chance: float) -> bool:
    """Say whether a short line below the speech is none of it, though nobody knows what it is."""
    if signs & _SPOKEN or "\t" in text or chance < SURE:
        return False
    return bool(signs & _STATING and chance >= SURE_ABOVE) or _shows_chrome(page)


def _shows_chrome(page: LabelledPage) -> bool:
    """Say whether a line below the speech is the page's own for certain: then others may be.

    Where none is, a short last line is as likely the speech's.
    """
    below = (n for n, label in enumerate(page.labels) if label in TAIL)
    return any(page.units[n].gone or page.describe(n) & _KNOWN for n in below)


def _find_prose_kind(label: Label, signs: frozenset[str], chance: float) -> str:
    if chance < SURE or not signs & _FOREIGN:
        return ""
    if label in (Label.CAPTION, Label.PREFACE):
        return "editor_note" if signs & _NOTING else "unread"
    if not signs & (_FOREIGN - _WEAK):
        return "unread"
    return "related" if label in TAIL else "site"
