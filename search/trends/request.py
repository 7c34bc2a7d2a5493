"""What a reader asks of a trend: expressions, a step of time, and the texts that count."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, fields, replace
from typing import Any, Final, cast
from urllib.parse import urlencode

from corpus_app.text.numbers import read_bounded
from search.matching.periods import Step
from search.request import Params, SearchRequest, read_choice

STEPS: Final[tuple[str, ...]] = ("year", "month")
MAX_EXPRESSIONS: Final = 8
DEFAULT_MIN_SPEECHES: Final = 3
DEFAULT_MIN_CHARACTERS: Final = 10_000
MAX_LEAST: Final = 10**9


@dataclass(frozen=True, slots=True)
class TrendRequest:
    """A trend: of filters, the facets and the text (if any) say which speeches count.

    A period with fewer speeches than min_speeches or fewer characters than min_characters is
    marked as thin.
    """

    expressions: tuple[str, ...] = ()
    period: Step = "year"
    filters: SearchRequest = field(default_factory=SearchRequest)
    min_speeches: int = DEFAULT_MIN_SPEECHES
    min_characters: int = DEFAULT_MIN_CHARACTERS

    @classmethod
    def from_params(cls, params: Params) -> TrendRequest:
        """Read expression (several, also one a line), period, the thresholds and the filters."""
        filters = SearchRequest.from_params(params)
        return cls(
            expressions=clean_expressions(params.getlist("expression")),
            period=cast(Step, read_choice(params.get("period"), STEPS)),
            filters=replace(filters, unit="speech", sort="relevance", page=1),
            min_speeches=read_bounded(
                params.get("min_speeches"), 0, MAX_LEAST, DEFAULT_MIN_SPEECHES
            ),
            min_characters=read_bounded(
                params.get("min_characters"), 0, MAX_LEAST, DEFAULT_MIN_CHARACTERS
            ),
        )

    def to_params(self) -> list[tuple[str, str]]:
        """Return the parameters that differ from the defaults, as name and value."""
        usual = TrendRequest()
        pairs = [("expression", expression) for expression in self.expressions]
        pairs += [
            (name, str(getattr(self, name)))
            for name in ("period", "min_speeches", "min_characters")
            if getattr(self, name) != getattr(usual, name)
        ]
        return pairs + replace(self.filters, unit="speech", sort="relevance", page=1).to_params()

    def to_querystring(self, **changes: Any) -> str:
        """Return the encoded parameters after changes."""
        unknown = set(changes) - {field.name for field in fields(self)}
        if unknown:
            raise TypeError(f"TrendRequest has no {', '.join(sorted(unknown))}")
        return urlencode(replace(self, **changes).to_params())


def clean_expressions(values: Iterable[Any]) -> tuple[str, ...]:
    """Return the expressions, each line of a value one, without blank and repeated ones."""
    lines = [line.strip() for value in values for line in str(value).splitlines()]
    return tuple(dict.fromkeys(line for line in lines if line))
