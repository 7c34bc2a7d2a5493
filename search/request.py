"""What a reader asks for, read from an address's parameters and written back to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Final, Literal, Protocol, cast
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from corpus_app.text.numbers import read_bounded, read_number

Unit = Literal["speech", "section"]
Sort = Literal["relevance", "fresh", "date", "-date"]
Match = Literal["auto", "exact", "words"]

UNITS: Final[tuple[str, ...]] = ("speech", "section")
SORTS: Final[tuple[str, ...]] = ("relevance", "fresh", "date", "-date")
MATCHES: Final[tuple[str, ...]] = ("auto", "exact", "words")
FACETS: Final[tuple[str, ...]] = (
    "year",
    "theme",
    "organisation",
    "level",
    "genre",
    "completeness",
    "date_kind",
)
# What speeches can be parted by; `only` names a value of one of them.
KEYS: Final[tuple[str, ...]] = (
    "year",
    "month",
    "level",
    "genre",
    "speaker",
    "organisation",
    "place",
    "source",
    "theme",
)
# All that narrows the speeches beside the text.
NARROWING: Final = (*FACETS, "only")
DEFAULT_PER_PAGE: Final = 20
MAX_PAGE: Final = 100_000
MAX_SELECTED: Final = 50
# Between the ends of a range of years.
RANGE: Final = ".."
# The parameters for these ends, by the names that people guess.
ENDS: Final = {"from": "year_from", "to": "year_to"}
LAST_YEAR: Final = 9999


class Params(Protocol):
    """The part of a QueryDict that is read here."""

    def get(self, key: str, default: Any = None, /) -> Any: ...

    def getlist(self, key: str, /) -> list[Any]: ...


@dataclass(frozen=True, slots=True)
class Chip:
    """A chosen facet value, with the query string of the same search without it."""

    facet: str
    value: str
    label: str
    querystring: str


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """A search: the query text, the unit of the hits, their order and page, facets chosen.

    match says how runs without blanks are read. per_page is None where all hits are wanted.
    Values of one facet are alternatives, facets narrow each other. A year may be a range
    ("1990..2000", "1990..", "..2000"). only holds conditions on whole speeches, each of which
    narrows further: "speaker:张三" for exactly that name, "speaker:" where it is not known.
    """

    text: str = ""
    unit: Unit = "speech"
    sort: Sort = "relevance"
    page: int = 1
    per_page: int | None = DEFAULT_PER_PAGE
    year: tuple[str, ...] = ()
    theme: tuple[str, ...] = ()
    organisation: tuple[str, ...] = ()
    level: tuple[str, ...] = ()
    genre: tuple[str, ...] = ()
    completeness: tuple[str, ...] = ()
    date_kind: tuple[str, ...] = ()
    match: Match = "auto"
    only: tuple[str, ...] = ()

    @classmethod
    def from_params(cls, params: Params) -> SearchRequest:
        """Read q, unit, sort, match, page, the facets and only; wrong values count as unset.

        year_from and year_to are the two ends of a range of years, as a form sends them.
        """
        chosen = {facet: _read_values(params.getlist(facet)) for facet in FACETS}
        if years := write_years(params.get("year_from"), params.get("year_to")):
            chosen["year"] = (years,)
        return cls(
            text=str(params.get("q", "") or "").strip(),
            unit=cast(Unit, read_choice(params.get("unit"), UNITS)),
            sort=cast(Sort, read_choice(params.get("sort"), SORTS)),
            match=cast(Match, read_choice(params.get("match"), MATCHES)),
            page=read_bounded(params.get("page"), 1, MAX_PAGE, 1),
            only=tuple(filter(names_value, _read_values(params.getlist("only")))),
            **chosen,  # type: ignore[arg-type]
        )

    def selected(self, facet: str) -> tuple[str, ...]:
        """Return the chosen values of a facet, or of only."""
        return cast(tuple[str, ...], getattr(self, facet))

    @property
    def has_facets(self) -> bool:
        """Tell whether any facet value is chosen."""
        return any(self.selected(facet) for facet in FACETS)

    def to_params(self) -> list[tuple[str, str]]:
        """Return the parameters that differ from the defaults, as name and value."""
        pairs = [("q", self.text)] if self.text else []
        if self.unit != "speech":
            pairs.append(("unit", self.unit))
        if self.sort != "relevance":
            pairs.append(("sort", self.sort))
        if self.match != "auto":
            pairs.append(("match", self.match))
        pairs += [(facet, value) for facet in NARROWING for value in self.selected(facet)]
        if self.page > 1:
            pairs.append(("page", str(self.page)))
        return pairs

    def to_querystring(self, **changes: Any) -> str:
        """Return the encoded parameters after changes; any change but of page returns to page 1.

        Example: request.to_querystring(sort="-date"), request.to_querystring(page=2).
        """
        return urlencode(self.change(**changes).to_params())

    def change(self, **changes: Any) -> SearchRequest:
        """Return the request with changes; it starts at page 1 unless a page is given."""
        unknown = set(changes) - {field.name for field in fields(self)}
        if unknown:
            raise TypeError(f"SearchRequest has no {', '.join(sorted(unknown))}")
        if changes and "page" not in changes:
            changes["page"] = 1
        return replace(self, **changes)

    def toggle(self, facet: str, value: str) -> SearchRequest:
        """Return the request with a facet's value chosen, or no longer chosen."""
        chosen = self.selected(facet)
        left = tuple(item for item in chosen if item != value)
        return self.change(**{facet: left if value in chosen else (*chosen, value)})

    def clear_facets(self) -> SearchRequest:
        """Return the request without any facet value."""
        return self.change(**dict.fromkeys(NARROWING, ()))

    def chips(self, labels: Mapping[str, Mapping[str, str]] | None = None) -> list[Chip]:
        """Return the chosen facet values; labels gives the words to show by facet and value."""
        known = labels or {}
        return [
            Chip(
                facet,
                value,
                known.get(facet, {}).get(value, name_years(value)),
                self.toggle(facet, value).to_querystring(),
            )
            for facet in NARROWING
            for value in self.selected(facet)
        ]


def names_value(condition: str) -> bool:
    """Tell whether a condition of only is one: a key, a colon, and a value or nothing."""
    key, colon, _value = condition.partition(":")
    return bool(colon) and key in KEYS


def write_years(first: object, last: object) -> str:
    """Return the value of the years from first to last, "" where neither is a year.

    Each may be missing; ends given the wrong way round are turned.
    """
    low, high = _read_year(first), _read_year(last)
    if low and high:
        low, high = min(low, high), max(low, high)
    return str(low or "") if low == high else f"{low or ''}{RANGE}{high or ''}"


def explain_years(params: Params) -> list[str]:
    """Return a sentence for each end of a range of years that an address gives in vain."""
    told = [
        _("“%(name)s=%(value)s”不是年份（应为 2019 这样的数字），没有按它限定。")
        % {"name": name, "value": str(value)[:20]}
        for name in ENDS.values()
        if (value := params.get(name)) and _read_year(value) is None
    ]
    return told + [
        _("“%(name)s=%(value)s”不起作用，限定年份请用 %(right)s。")
        % {"name": name, "value": str(value)[:20], "right": right}
        for name, right in ENDS.items()
        if (value := params.get(name))
    ]


def read_years(value: str) -> tuple[int, int] | None:
    """Return the first and the last year that a value of the year facet means, None for none."""
    first, dots, last = value.partition(RANGE)
    texts = (first, last) if dots else (first, first)
    low, high = map(_read_year, texts)
    if (low is None and texts[0]) or (high is None and texts[1]) or not (low or high):
        return None
    return low or 1, high or LAST_YEAR


def covers_year(values: Iterable[str], year: str) -> bool:
    """Tell whether one of the values of the year facet means the year, "" for undated."""
    number = _read_year(year)
    spans = filter(None, map(read_years, values))
    return number is not None and any(low <= number <= high for low, high in spans)


def name_years(value: str) -> str:
    """Return a value as it is shown: a range of years as 1990—2000, 1990 年起 or 至 2000 年."""
    first, dots, last = value.partition(RANGE)
    if not dots or read_years(value) is None:
        return value
    if first and last:
        return f"{first}—{last}"
    return _("%(year)s 年起") % {"year": first} if first else _("至 %(year)s 年") % {"year": last}


def _read_year(text: object) -> int | None:
    number = read_number(text)
    return number if number and number <= LAST_YEAR else None


def read_choice(value: Any, choices: tuple[str, ...]) -> str:
    """Return the value where it is one of the choices, else the first of them."""
    return value if value in choices else choices[0]


def _read_values(values: Iterable[Any]) -> tuple[str, ...]:
    seen = dict.fromkeys(str(value) for value in values if value)
    return tuple(seen)[:MAX_SELECTED]
