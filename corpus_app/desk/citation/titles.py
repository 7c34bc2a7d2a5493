"""The title of a work with its marks of type and carrier, and that of the whole it stands in."""

from __future__ import annotations

import re
from typing import Final

from corpus_app.desk.citation.items import Item, has_han
from corpus_app.desk.citation.names import format_container_names
from corpus_app.desk.citation.rules import KINDS, Rules

_SERIALS: Final = frozenset(
    {"article", "article-journal", "article-magazine", "article-newspaper", "periodical"}
)
_ARCHIVED: Final = frozenset({"collection", "manuscript", "personal_communication"})
_PARTS: Final = frozenset({"chapter", "entry-dictionary", "entry-encyclopedia", "paper-conference"})
_EM_SPACE: Final = "\u2003"


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


def is_part(item: Item) -> bool:
    """Tell whether the work stands in a book or in proceedings."""
    return item.type in _PARTS and bool(item.get("container-title"))


def format_title(item: Item, rules: Rules) -> str:
    """Return title, volume and number with the type's mark: 国史：第1卷[M]."""
    title = _fit_signs(" ".join(item.title.splitlines()), rules) or (
        "[题名不详]" if rules.chinese else "[Untitled]"
    )
    number = _find_number(item)
    if item.type == "standard" and not rules.is_2015:
        title = f"{number}{_EM_SPACE}{title}" if number else title
        number = ""
    pieces = [title, "" if item.type in _PARTS else format_volume(item, rules), number]
    text = rules.signs.colon.join(piece for piece in pieces if piece)
    if item.type == "map" and item.get("scale"):
        text += f". {item.get('scale')}"
    return text + mark_type(item, rules)


def format_container(item: Item, rules: Rules) -> str:
    """Return who answers for the containing work, its title and volume."""
    pieces = [_fit_signs(item.get("container-title"), rules), format_volume(item, rules)]
    title = rules.signs.colon.join(piece for piece in pieces if piece)
    names = format_container_names(item, rules)
    return f"{names}. {title}" if names else title


def format_volume(item: Item, rules: Rules) -> str:
    """Return a book's volume: a bare number as 第1卷, words as they stand."""
    volume = item.get("volume")
    if item.type in _SERIALS or not volume:
        return ""
    if not volume.isascii() or not volume.isdigit():
        return volume
    return f"第{volume}卷" if rules.chinese else f"v.{volume}"


def format_edition(item: Item, rules: Rules) -> str:
    """Return the edition; the first is not given, a data set's version as V1.0."""
    edition = item.get("edition")
    if edition in ("1", "第1版", "第一版", "初版", "1版", "1st ed.", "1st"):
        return ""
    if edition.isascii() and edition.isdigit():
        return f"{edition} 版" if rules.chinese else f"{_count(int(edition))} ed."
    if edition:
        return edition
    version = item.get("version")
    return f"V{version}" if version[:1].isdigit() else version


def _find_number(item: Item) -> str:
    """Return the number that follows the title: of a report, patent, standard or file."""
    if item.type in _SERIALS:
        return ""
    if item.type == "patent" and item.get("call-number"):
        return item.get("call-number")
    if item.get("number"):
        return item.get("number")
    archived = item.type in _ARCHIVED or item.get("archive")
    return item.get("archive_location") if archived else ""


def _fit_signs(title: str, rules: Rules) -> str:
    """Return a Chinese title with the edition's own signs before other title information."""
    if not has_han(title):
        return title
    if rules.is_2015:
        return title.replace("：", ": ").replace("；", "; ")
    return re.sub(r"(?<=[^\s\d:]): ?(?=[^\s\d/])", "：", title) if ": " in title else title


def _count(number: int) -> str:
    """Return an English ordinal: 2nd, 11th, 23rd."""
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{'th' if number % 100 in (11, 12, 13) else ending}"
