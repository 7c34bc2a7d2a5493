"""Items in the RIS format that reference managers import."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from corpus_app.desk.citation.dates import CitationDate
from corpus_app.desk.citation.imprint import format_pages
from corpus_app.desk.citation.items import Item, PersonName, has_han

_TYPES: Final[dict[str, str]] = {
    "article": "UNPB",
    "article-journal": "JOUR",
    "article-magazine": "MGZN",
    "article-newspaper": "NEWS",
    "book": "BOOK",
    "chapter": "CHAP",
    "dataset": "DATA",
    "manuscript": "UNPB",
    "map": "MAP",
    "paper-conference": "CPAPER",
    "patent": "PAT",
    "periodical": "SER",
    "post": "ELEC",
    "post-weblog": "ELEC",
    "regulation": "STAT",
    "report": "RPRT",
    "software": "COMP",
    "standard": "STAND",
    "thesis": "THES",
    "webpage": "ELEC",
}
_TAGS: Final = (
    ("title", "TI"),
    ("container-title", "T2"),
    ("event-title", "C3"),
    ("publisher", "PB"),
    ("publisher-place", "CY"),
    ("volume", "VL"),
    ("issue", "IS"),
    ("edition", "ET"),
    ("number", "M1"),
    ("genre", "M3"),
    ("DOI", "DO"),
    ("URL", "UR"),
    ("language", "LA"),
    ("note", "N1"),
)
_ROLES: Final = (("author", "AU"), ("editor", "A2"), ("translator", "A4"))


def write_ris(item: Item) -> str:
    """Return one record with CRLF line ends, from TY to ER."""
    lines = [f"{tag}  - {' '.join(value.split())}" for tag, value in _list_tags(item) if value]
    return "".join(f"{line}\r\n" for line in [*lines, "ER  - "])


def _list_tags(item: Item) -> Iterator[tuple[str, str]]:
    yield "TY", _TYPES.get(item.type, "GEN")
    for role, tag in _ROLES:
        for name in item.get_names(role):
            yield tag, _write_name(name)
    for variable, tag in _TAGS:
        yield tag, item.get(variable)
    if item.issued:
        yield "PY", str(item.issued.year or item.issued.words)
        yield "DA", _write_date(item.issued)
    if item.accessed:
        yield "Y2", _write_date(item.accessed)
    first, _, last = format_pages(item).partition("-")
    yield "SP", first
    yield "EP", last


def _write_name(name: PersonName) -> str:
    """Return family, given; a Chinese name or a body in one piece."""
    if name.literal or has_han(name.family + name.given):
        return name.join()
    prefix = " ".join(part for part in (name.dropping, name.particle) if part)
    family = " ".join(part for part in (prefix, name.family) if part)
    return ", ".join(piece for piece in (family, name.given, name.suffix) if piece)


def _write_date(date: CitationDate) -> str:
    """Return YYYY/MM/DD/ with what is unknown left empty."""
    if date.year is None:
        return ""
    month = f"{date.month:02d}" if date.month else ""
    day = f"{date.day:02d}" if date.day else ""
    return f"{date.year:04d}/{month}/{day}/"
