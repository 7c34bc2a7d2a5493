"""CSL-JSON items, read tolerantly into one typed form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from corpus_app.desk.citation.dates import CitationDate, read_date, write_date

NAME_ROLES: Final = (
    "author",
    "editor",
    "translator",
    "container-author",
    "collection-editor",
    "editorial-director",
    "composer",
    "illustrator",
    "director",
)
DATE_ROLES: Final = ("issued", "accessed", "submitted", "event-date")
# Zotero keeps what it has no field for as "key: value" lines of the note.
_NOTE_LINE = re.compile(r"([A-Za-z][A-Za-z.-]*):[ \t]*(\S.*)")
_NOTE_FIELDS: Final = MappingProxyType(
    {
        "type": "type",
        "page": "page",
        "volume": "volume",
        "edition": "edition",
        "version": "version",
        "dimensions": "dimensions",
        "archive-place": "archive-place",
        "cstr": "CSTR",
        "tex.cstr": "CSTR",
        "doi": "DOI",
        "tex.entrytype": "entrytype",
        "event-title": "event-title",
        "event-place": "event-place",
        "issued": "issued",
    }
)
_DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person (family and given name) or, as `literal`, a body or a whole name."""

    family: str = ""
    given: str = ""
    literal: str = ""
    particle: str = ""  # stays with the family name: "De" in De Morgan
    dropping: str = ""  # goes behind the initials: "van der" in Veen P H van der
    suffix: str = ""

    def join(self) -> str:
        """Return the name in one piece; a Chinese one without white space."""
        if self.literal:
            return self.literal
        if has_han(self.family) and has_han(self.given):
            return self.family + self.given
        parts = (self.given, self.dropping, self.particle, self.family, self.suffix)
        return " ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Item:
    """A cited work: its kind, its text fields, names by role and dates by role (CSL names)."""

    type: str = "document"
    fields: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, tuple[PersonName, ...]] = field(default_factory=dict)
    dates: Mapping[str, CitationDate] = field(default_factory=dict)

    def get(self, variable: str) -> str:
        """Return a text field, "" where it is missing."""
        return self.fields.get(variable, "")

    def get_names(self, *roles: str) -> tuple[PersonName, ...]:
        """Return the names of the first of the roles that has any."""
        return next((self.names[role] for role in roles if self.names.get(role)), ())

    @property
    def title(self) -> str:
        """Return the title as the item gives it."""
        return self.get("title")

    @property
    def url(self) -> str:
        """Return the address, "" for what is not online."""
        return self.get("URL")

    @property
    def issued(self) -> CitationDate | None:
        """Return the date of issue, None where it is unknown."""
        return self.dates.get("issued")

    @property
    def accessed(self) -> CitationDate | None:
        """Return the day on which the work was read online."""
        return self.dates.get("accessed")

    @property
    def is_online(self) -> bool:
        """Tell whether the item says where it stands on the net."""
        return bool(self.url or self.get("DOI"))


def read_item(data: Mapping[str, Any]) -> Item:
    """Return the Item of a CSL-JSON object; unknown or malformed fields are passed over."""
    data = _merge_note(data)
    names = {role: _read_names(data.get(role)) for role in NAME_ROLES}
    dates = {role: read_date(data.get(role)) for role in DATE_ROLES}
    skipped = {*NAME_ROLES, *DATE_ROLES, "type"}
    fields = {
        key: str(value).strip()
        for key, value in data.items()
        if key not in skipped and isinstance(value, str | int | float) and str(value).strip()
    }
    return Item(
        type=str(data.get("type") or "document"),
        fields=fields,
        names={role: found for role, found in names.items() if found},
        dates={role: date for role, date in dates.items() if date},
    )


def write_item(item: Item) -> dict[str, Any]:
    """Return the item as a CSL-JSON object that read_item turns into the same item."""
    written: dict[str, Any] = {"type": item.type, **item.fields}
    for role, names in item.names.items():
        written[role] = [_write_name(name) for name in names]
    for role, date in item.dates.items():
        written[role] = write_date(date)
    return written


def has_han(text: str) -> bool:
    """Tell whether a text has a Chinese, Japanese or Korean character."""
    return any(
        "㐀" <= sign <= "鿿"
        or "\u3040" <= sign <= "ヿ"
        or "가" <= sign <= "힣"
        or "\U00020000" <= sign <= "\U0003ffff"
        for sign in text
    )


def is_nobody(name: str) -> bool:
    """Tell whether what stands for an author names nobody, such as 佚名 or 网友投稿."""
    return _fold_name(name) in _read_nobodies()


def _merge_note(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields with those of the note added; only the type is overruled by it."""
    merged = dict(data)
    for line in str(data.get("note") or "").splitlines():
        found = _NOTE_LINE.fullmatch(line.strip())
        variable = _NOTE_FIELDS.get(found[1].lower()) if found else None
        if found and variable and (variable == "type" or not merged.get(variable)):
            merged[variable] = found[2].strip()
    return merged


def _read_names(value: object) -> tuple[PersonName, ...]:
    """Return the names of a CSL list, without those that name nobody."""
    if isinstance(value, str | Mapping):
        value = [value]
    if not isinstance(value, Iterable):
        return ()
    names = [_read_name(entry) for entry in value]
    return tuple(name for name in names if name.join() and not is_nobody(name.join()))


def _read_name(entry: object) -> PersonName:
    """Return one name; a bare string is taken as it stands."""
    if not isinstance(entry, Mapping):
        return PersonName(literal=str(entry or "").strip())

    def get(key: str) -> str:
        return str(entry.get(key) or "").strip()

    if get("literal") or not get("family"):
        return PersonName(literal=get("literal") or get("given"))
    return PersonName(
        family=get("family"),
        given=get("given"),
        particle=get("non-dropping-particle"),
        dropping=get("dropping-particle"),
        suffix=get("suffix"),
    )


def _write_name(name: PersonName) -> dict[str, str]:
    """Return the name as CSL-JSON has it."""
    written = {
        "literal": name.literal,
        "family": name.family,
        "given": name.given,
        "non-dropping-particle": name.particle,
        "dropping-particle": name.dropping,
        "suffix": name.suffix,
    }
    return {key: value for key, value in written.items() if value}


def _fold_name(name: str) -> str:
    """Return a name without white space, brackets and case."""
    return re.sub(r"[\s()（）\[\]【】〔〕]", "", name).lower()


@cache
def _read_nobodies() -> frozenset[str]:
    """Return the words of data/no_author.txt, folded."""
    lines = (_DATA / "no_author.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(_fold_name(line) for line in lines if line and not line.startswith("#"))
