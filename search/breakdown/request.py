"""What a reader asks of a breakdown: a search, and by what its speeches are parted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final, Literal, cast

from search.request import KEYS, Params, read_choice
from search.study.request import StudyRequest, read_studied

BreakdownMeasure = Literal["count", "rate", "speeches"]
MEASURES: Final[tuple[str, ...]] = ("count", "rate", "speeches")
MOST_KEYS: Final = 2
DEFAULT_KEYS: Final = ("year",)


@dataclass(frozen=True, slots=True)
class BreakdownRequest(StudyRequest):
    """A breakdown by one key or two; measure is what of its figures a page shows."""

    by: tuple[str, ...] = DEFAULT_KEYS
    measure: BreakdownMeasure = "count"

    @classmethod
    def from_params(cls, params: Params) -> BreakdownRequest:
        """Read the search's parameters and by ("year,level", or several) and measure."""
        keys = read_keys(params.getlist("by"))
        return cls(
            search=read_studied(params),
            by=keys[:MOST_KEYS] or DEFAULT_KEYS,
            measure=cast(BreakdownMeasure, read_choice(params.get("measure"), MEASURES)),
        )


def read_keys(values: Iterable[Any]) -> tuple[str, ...]:
    """Return the keys that the values name, each once; what is no key counts as unset."""
    names = (name.strip() for value in values for name in str(value).split(","))
    return tuple(dict.fromkeys(name for name in names if name in KEYS))
