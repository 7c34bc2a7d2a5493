"""What a reader asks of a concordance: a search, and how its lines are cut, sampled and sorted."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from typing import Any, Final, Literal, cast
from urllib.parse import urlencode

from corpus_app.text.numbers import read_bounded
from search.request import MAX_PAGE, Params, SearchRequest, read_choice

LineSort = Literal["date", "-date", "left", "right", "source"]
Collation = Literal["pinyin", "stroke"]

LINE_SORTS: Final[tuple[str, ...]] = ("date", "-date", "left", "right", "source")
COLLATIONS: Final[tuple[str, ...]] = ("pinyin", "stroke")
MIN_CONTEXT: Final = 10
MAX_CONTEXT: Final = 60
DEFAULT_CONTEXT: Final = 20
DEFAULT_PER_PAGE: Final = 50
DEFAULT_SEED: Final = 1
MAX_SAMPLE: Final = 100_000
MAX_SEED: Final = 2**31 - 1


@dataclass(frozen=True, slots=True)
class ConcordanceRequest:
    """A concordance: text, unit and facets of search count, its own sort and page do not.

    context is the number of characters on each side, white space not counted. sample is how
    many lines are drawn of all (None: all of them); the same seed draws the same lines.
    """

    search: SearchRequest = field(default_factory=SearchRequest)
    context: int = DEFAULT_CONTEXT
    sort: LineSort = "date"
    collation: Collation = "pinyin"
    sample: int | None = None
    seed: int = DEFAULT_SEED
    page: int = 1
    per_page: int | None = DEFAULT_PER_PAGE

    @classmethod
    def from_params(cls, params: Params) -> ConcordanceRequest:
        """Read the search's parameters and context, sort, collation, sample, seed and page.

        Wrong values count as unset, numbers out of range as the nearest one that is right.
        """
        search = SearchRequest.from_params(params)
        return cls(
            search=replace(search, sort="relevance", page=1),
            context=read_bounded(params.get("context"), MIN_CONTEXT, MAX_CONTEXT, DEFAULT_CONTEXT),
            sort=cast(LineSort, read_choice(params.get("sort"), LINE_SORTS)),
            collation=cast(Collation, read_choice(params.get("collation"), COLLATIONS)),
            sample=read_bounded(params.get("sample"), 1, MAX_SAMPLE, None),
            seed=read_bounded(params.get("seed"), 1, MAX_SEED, DEFAULT_SEED),
            page=read_bounded(params.get("page"), 1, MAX_PAGE, 1),
        )

    def to_params(self) -> list[tuple[str, str]]:
        """Return the parameters that differ from the defaults, as name and value."""
        usual = ConcordanceRequest()
        pairs = replace(self.search, sort="relevance", page=1).to_params()
        for name in ("context", "sort", "collation", "sample", "seed", "page"):
            value = getattr(self, name)
            if value != getattr(usual, name):
                pairs.append((name, str(value)))
        return pairs

    def to_querystring(self, **changes: Any) -> str:
        """Return the encoded parameters after changes; any change but of page returns to page 1."""
        return urlencode(self.change(**changes).to_params())

    def change(self, **changes: Any) -> ConcordanceRequest:
        """Return the request with changes; it starts at page 1 unless a page is given."""
        unknown = set(changes) - {field.name for field in fields(self)}
        if unknown:
            raise TypeError(f"ConcordanceRequest has no {', '.join(sorted(unknown))}")
        if changes and "page" not in changes:
            changes["page"] = 1
        return replace(self, **changes)
