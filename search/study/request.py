"""A search with the choices of a view that studies it, read from an address and written back."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from typing import Any, ClassVar, Self
from urllib.parse import urlencode

from search.request import Params, SearchRequest


@dataclass(frozen=True, slots=True)
class StudyRequest:
    """What is studied; text, match, unit and facets of search count, its sort and page do not.

    A view's own request adds its choices as fields with defaults, and reads them in from_params.
    """

    search: SearchRequest = field(default_factory=SearchRequest)

    # Fields that no address tells.
    UNTOLD: ClassVar[tuple[str, ...]] = ("search", "per_page")

    def to_params(self) -> list[tuple[str, str]]:
        """Return the parameters that differ from the defaults, as name and value."""
        usual = type(self)()
        pairs = replace(self.search, sort="relevance", page=1).to_params()
        for name in (each.name for each in fields(self) if each.name not in self.UNTOLD):
            value = getattr(self, name)
            if value != getattr(usual, name):
                pairs.append((name, ",".join(value) if isinstance(value, tuple) else str(value)))
        return pairs

    def to_querystring(self, **changes: Any) -> str:
        """Return the encoded parameters after changes; any change but of page returns to page 1."""
        return urlencode(self.change(**changes).to_params())

    def change(self, **changes: Any) -> Self:
        """Return the request with changes; it starts at page 1 unless a page is given."""
        known = {each.name for each in fields(self)}
        if unknown := set(changes) - known:
            raise TypeError(f"{type(self).__name__} has no {', '.join(sorted(unknown))}")
        if changes and "page" in known and "page" not in changes:
            changes["page"] = 1
        return replace(self, **changes)


def read_studied(params: Params) -> SearchRequest:
    """Return the search that an address asks a view to study, without order and page."""
    return replace(SearchRequest.from_params(params), sort="relevance", page=1)
