"""The marks of a work's type and carrier, such as [M], [N/OL] or [EB/OL]."""

from __future__ import annotations

from corpus_app.desk.citation.items import Item
from corpus_app.desk.citation.kinds import KINDS
from corpus_app.desk.citation.rules import Rules


def mark_type(item: Item, rules: Rules) -> str:
    """Return the bracketed marks of type and carrier."""
    online = item.is_online or item.type in KINDS.always_online
    carrier = item.get("medium") or ("OL" if online else "")
    return f"[{'/'.join(part for part in (_find_letters(item, rules), carrier) if part)}]"


def _find_letters(item: Item, rules: Rules) -> str:
    """Return the letters of the work's type; Z where nothing tells it."""
    if item.type in ("book", "dataset", "software"):
        found = [KINDS.genres.get(item.get("genre"), "")]
        if rules.is_2015:
            found += [KINDS.genres_2015.get(item.get(key), "") for key in ("genre", "entrytype")]
        if any(found):
            return next(filter(None, found))
    letters = {**KINDS.letters, **KINDS.letters_2015} if rules.is_2015 else KINDS.letters
    return letters.get(item.type) or _guess_letters(item)


def _guess_letters(item: Item) -> str:
    """Return the letters for a kind the standard does not name, by where the work is found."""
    if item.get("archive"):
        return "A"
    if item.is_online:
        return "EB"
    return "M" if item.get("publisher") and item.type not in ("document", "speech") else "Z"
