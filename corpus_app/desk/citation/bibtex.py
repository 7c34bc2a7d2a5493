"""Items as BibTeX entries (BibLaTeX fields, read by Zotero and JabRef alike)."""

from __future__ import annotations

import re
from typing import Final

from corpus_app.desk.citation.dates import CitationDate
from corpus_app.desk.citation.imprint import format_pages
from corpus_app.desk.citation.items import Item, PersonName

_ENTRIES: Final[dict[str, str]] = {
    "article": "online",
    "article-journal": "article",
    "article-magazine": "article",
    "article-newspaper": "article",
    "book": "book",
    "chapter": "incollection",
    "dataset": "dataset",
    "paper-conference": "inproceedings",
    "patent": "patent",
    "periodical": "periodical",
    "post": "online",
    "post-weblog": "online",
    "report": "report",
    "software": "software",
    "thesis": "thesis",
    "webpage": "online",
}
_FIELDS: Final = (
    ("title", "title"),
    ("container-title", ""),  # named by the kind of entry
    ("volume", "volume"),
    ("issue", "number"),
    ("edition", "edition"),
    ("version", "version"),
    ("publisher", "publisher"),
    ("publisher-place", "location"),
    ("number", "number"),
    ("event-title", "eventtitle"),
    ("event-place", "venue"),
    ("genre", "type"),
    ("DOI", "doi"),
    ("URL", "url"),
    ("language", "langid"),
    ("note", "note"),
)
_ROLES: Final = (("author", "author"), ("editor", "editor"), ("translator", "translator"))
_ESCAPES: Final = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: "\\" + sign for sign in "&%$#_"},
}
_LANGUAGES: Final = {"zh": "chinese", "en": "english"}


def write_bibtex(item: Item, key: str = "") -> str:
    """Return one entry, ending in a line break; its key is made of letters and digits."""
    fields = _list_fields(item)
    body = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@{_ENTRIES.get(item.type, 'misc')}{{{clean_key(key or item.get('id'))},\n{body}}}\n"


def clean_key(text: str) -> str:
    """Return a key that every reader of BibTeX takes: letters, digits and - only."""
    return re.sub(r"[^A-Za-z0-9]+", "-", text).strip("-") or "yanku"


def escape_tex(text: str) -> str:
    """Return the text in one line with TeX's own signs escaped."""
    return "".join(_ESCAPES.get(sign, sign) for sign in " ".join(text.split()))


def _list_fields(item: Item) -> dict[str, str]:
    """Return the entry's fields, already escaped."""
    fields = {
        target: _write_names(item.get_names(role))
        for role, target in _ROLES
        if item.get_names(role)
    }
    for variable, target in _FIELDS:
        value = item.get(variable)
        if not value:
            continue
        name = target or _name_container(item)
        fields.setdefault(name, _write_value(variable, value))
    fields["date"] = _write_date(item.issued)
    fields["urldate"] = _write_date(item.accessed)
    fields["pages"] = escape_tex(re.sub(r"(?<=\d)-(?=\d)", "--", format_pages(item)))
    return fields


def _write_value(variable: str, value: str) -> str:
    """Return a field's value; an address is kept, but for braces that would end the field."""
    if variable in ("URL", "DOI"):
        return value.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C")
    if variable == "language":
        return _LANGUAGES.get(value[:2].lower(), escape_tex(value))
    return escape_tex(value)


def _name_container(item: Item) -> str:
    """Return the field for what the work stands in."""
    if item.type in ("chapter", "paper-conference"):
        return "booktitle"
    return "journaltitle" if item.type.startswith("article-") else "organization"


def _write_names(names: tuple[PersonName, ...]) -> str:
    return " and ".join(_write_name(name) for name in names)


def _write_name(name: PersonName) -> str:
    """Return family, given; what is one piece is braced, or a comma or and would cut it."""
    if name.literal:
        return f"{{{escape_tex(name.literal)}}}"
    prefix = " ".join(part for part in (name.dropping, name.particle) if part)
    family = " ".join(part for part in (prefix, name.family) if part)
    pieces = [family, name.suffix, name.given] if name.suffix else [family, name.given]
    return ", ".join(escape_tex(piece) for piece in pieces if piece)


def _write_date(date: CitationDate | None) -> str:
    """Return an ISO date, a range 1957/1990, an estimated one with ?, or "" for none."""
    if date is None:
        return ""
    if date.year is None:
        return escape_tex(date.words)
    if date.end_year:
        return f"{date.year}/{date.end_year}{'?' if date.end_estimated else ''}"
    return date.to_iso() + ("?" if date.estimated else "")
