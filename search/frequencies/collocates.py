"""What stands near a query's occurrences more often than elsewhere in what was looked through."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, cast

import numpy as np

from corpus_app.text.numbers import read_bounded
from search.arrays.tables import Array
from search.frequencies.measures import (
    SURE,
    measure_dice,
    measure_information,
    measure_likelihood,
)
from search.frequencies.near_strings import count_near_strings
from search.frequencies.near_words import Neighbourhood, count_near_words
from search.frequencies.pairs import write_pair
from search.request import Params, read_choice
from search.study.answer import StudyAnswer
from search.study.opening import Study, open_study
from search.study.request import StudyRequest, read_studied

Measure = Literal["log-likelihood", "logdice", "mi", "count"]
Side = Literal["both", "left", "right"]
Unit = Literal["word", "char"]

MEASURES: Final[tuple[str, ...]] = ("log-likelihood", "logdice", "mi", "count")
SIDES: Final[tuple[str, ...]] = ("both", "left", "right")
UNITS: Final[tuple[str, ...]] = ("word", "char")
MAX_WINDOW: Final = 20
DEFAULT_WINDOW: Final = 5
MAX_SIZE: Final = 4
DEFAULT_SIZE: Final = 2
DEFAULT_LEAST: Final = 5
MAX_LEAST: Final = 1_000_000
MAX_ROWS: Final = 5_000
DEFAULT_ROWS: Final = 100


@dataclass(frozen=True, slots=True)
class CollocatesRequest(StudyRequest):
    """Collocates of what is searched for.

    of says what is counted: words, or strings of size characters without any segmenter; window
    is how many words or characters on a side count, least how often a collocate must stand
    there, limit how many are told.
    """

    window: int = DEFAULT_WINDOW
    side: Side = "both"
    of: Unit = "word"
    size: int = DEFAULT_SIZE
    measure: Measure = "log-likelihood"
    least: int = DEFAULT_LEAST
    limit: int = DEFAULT_ROWS

    @classmethod
    def from_params(cls, params: Params) -> CollocatesRequest:
        """Read the search's parameters and the choices; wrong values count as unset."""
        return cls(
            search=read_studied(params),
            window=read_bounded(params.get("window"), 1, MAX_WINDOW, DEFAULT_WINDOW),
            side=cast(Side, read_choice(params.get("side"), SIDES)),
            of=cast(Unit, read_choice(params.get("of"), UNITS)),
            size=read_bounded(params.get("size"), 1, MAX_SIZE, DEFAULT_SIZE),
            measure=cast(Measure, read_choice(params.get("measure"), MEASURES)),
            least=read_bounded(params.get("least"), 1, MAX_LEAST, DEFAULT_LEAST),
            limit=read_bounded(params.get("limit"), 1, MAX_ROWS, DEFAULT_ROWS),
        )


@dataclass(frozen=True, slots=True)
class Collocate:
    """A word or string near the occurrences.

    count is how often it stands there, expected how often it would if it stood everywhere
    alike, total how often it stands in all that was looked through, speeches in how many of them
    it stands near. query finds both near each other.
    """

    text: str
    count: int
    expected: float
    total: int
    speeches: int
    log_likelihood: float
    logdice: float
    mi: float
    query: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Collocates(StudyAnswer):
    """The answer to a request: rows of the highest measure first.

    occurrences is how often the query's expression stands in what was looked through, near_size
    how many words (strings) stand near them, size how many in all; found is how many collocates
    there are, told or not. skipped is how many rarer strings were left out, because there were
    too many to count.
    """

    request: CollocatesRequest
    occurrences: int
    near_size: int
    size: int
    found: int
    rows: list[Collocate]
    skipped: int = 0


def find_collocates(request: CollocatesRequest) -> Collocates:
    """Return the collocates of a request; raise QueryError for an unreadable text."""
    study = open_study(request.search)
    occurrences = sum(len(found.starts) for found in study.occurrences)
    count = count_near_words if request.of == "word" else count_near_strings
    near = count(study, request.window, request.side, request.least, request.size)
    columns = _measure(near, occurrences)
    order = _order(columns, request.measure)
    rows = order[: request.limit]
    speeches = near.count_speeches(rows)
    return Collocates(
        grounds=study.grounds,
        request=request,
        occurrences=occurrences,
        near_size=near.near_size,
        size=near.size,
        found=len(order),
        rows=[
            _make_row(study, request, near, columns, int(row), int(held))
            for row, held in zip(rows, speeches, strict=True)
        ],
        skipped=near.skipped,
    )


def _measure(near: Neighbourhood, occurrences: int) -> dict[str, Array]:
    count, total = near.counts.astype(np.float64), near.totals.astype(np.float64)
    expected = total * near.near_size / max(near.size, 1)
    elsewhere = np.maximum(total - count, 0)
    likelihood = measure_likelihood(count, elsewhere, near.near_size, near.size - near.near_size)
    return {
        "expected": expected,
        "log-likelihood": likelihood,
        "logdice": measure_dice(count, occurrences, total),
        "mi": measure_information(count, np.maximum(expected, 1e-12)),
        "count": near.counts,
    }


def _order(columns: dict[str, Array], measure: Measure) -> Array:
    """Return the rows to tell, the highest first; of equal ones that which stands there more often.

    Where what is measured is more than a count, what stands there by chance is left out.
    """
    order = np.lexsort((-columns["log-likelihood"], -columns["count"], -columns[measure]))
    if measure == "count":
        return order
    more = columns["count"] > columns["expected"]
    sure = more & (columns["log-likelihood"] >= SURE)
    return order[sure[order]]


def _make_row(
    study: Study,
    request: CollocatesRequest,
    near: Neighbourhood,
    columns: dict[str, Array],
    row: int,
    speeches: int,
) -> Collocate:
    text = near.write(row)
    return Collocate(
        text=text,
        count=int(near.counts[row]),
        expected=float(columns["expected"][row]),
        total=int(near.totals[row]),
        speeches=speeches,
        log_likelihood=float(columns["log-likelihood"][row]),
        logdice=float(columns["logdice"][row]),
        mi=float(columns["mi"][row]),
        query=write_pair(study.selection.node, request.search.text, text, request.window),
    )
