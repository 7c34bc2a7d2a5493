"""The words that set one subcorpus apart from another."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, ClassVar, Final, Literal, cast

import numpy as np

from corpus_app.text.numbers import read_bounded
from search.arrays.tables import Array, Mask
from search.frequencies.corpus_words import CorpusWords, load_corpus_words
from search.frequencies.measures import (
    SURE,
    measure_likelihood,
    measure_ratio,
    measure_unevenness,
)
from search.presentation.coverage import measure_coverage
from search.query.writing import quote_words
from search.request import Params, SearchRequest, read_choice
from search.result import Coverage
from search.study.answer import StudyAnswer
from search.study.opening import open_study
from search.study.request import StudyRequest, read_studied

Which = Literal["more", "less", "new", "gone"]
Order = Literal["log-likelihood", "log-ratio", "count"]

WHICH: Final[tuple[str, ...]] = ("more", "less", "new", "gone")
ORDERS: Final[tuple[str, ...]] = ("log-likelihood", "log-ratio", "count")
REPEATS: Final[tuple[str, ...]] = ("once", "all")
DEFAULT_LEAST: Final = 5
MAX_LEAST: Final = 1_000_000
DEFAULT_ROWS: Final = 100
MAX_ROWS: Final = 5_000
PER_WORDS: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class KeywordsRequest(StudyRequest):
    """Keywords of what search finds, whole speeches, against a reference, or all the rest.

    which: words that stand more often in the target ("more") or less, that stand in it and not
    once in the reference ("new"), or the other way round ("gone"). least is how often a word
    must stand on the side where it stands more often. repeats "once" counts lines that come
    again once on each side.
    """

    reference: SearchRequest | None = None
    which: Which = "more"
    order: Order = "log-likelihood"
    repeats: str = "once"
    least: int = DEFAULT_LEAST
    limit: int = DEFAULT_ROWS

    UNTOLD: ClassVar[tuple[str, ...]] = ("search", "reference")

    @classmethod
    def from_params(cls, params: Params) -> KeywordsRequest:
        """Read the target as a search is, the reference likewise (reference, reference_year …),
        and the choices; wrong values count as unset.
        """
        reference = replace(SearchRequest.from_params(_ReferenceParams(params)), unit="speech")
        reference = replace(reference, sort="relevance", page=1)
        return cls(
            search=replace(read_studied(params), unit="speech"),
            reference=reference if reference != SearchRequest() else None,
            which=cast(Which, read_choice(params.get("which"), WHICH)),
            order=cast(Order, read_choice(params.get("order"), ORDERS)),
            repeats=read_choice(params.get("repeats"), REPEATS),
            least=read_bounded(params.get("least"), 1, MAX_LEAST, DEFAULT_LEAST),
            limit=read_bounded(params.get("limit"), 1, MAX_ROWS, DEFAULT_ROWS),
        )

    def to_params(self) -> list[tuple[str, str]]:
        """Return the parameters that differ from the defaults, as name and value."""
        other = self.reference.to_params() if self.reference else []
        return StudyRequest.to_params(self) + [
            (name_reference(name), value) for name, value in other
        ]


class _ReferenceParams:
    """The parameters of the reference under the names that a search's have."""

    def __init__(self, params: Params) -> None:
        self._params = params

    def get(self, key: str, default: Any = None, /) -> Any:
        return self._params.get(name_reference(key), default)

    def getlist(self, key: str, /) -> list[Any]:
        return self._params.getlist(name_reference(key))


def name_reference(parameter: str) -> str:
    """Return the name by which a search's parameter is asked of the reference."""
    return "reference" if parameter == "q" else f"reference_{parameter}"


@dataclass(frozen=True, slots=True)
class Keyword:
    """A word on both sides: how often, how often in a million words, in how many speeches.

    unevenness is DP in the side where it stands more often: 0 quite even, 1 in one speech alone.
    query finds it as characters.
    """

    text: str
    target: int
    reference: int
    target_rate: float
    reference_rate: float
    target_speeches: int
    reference_speeches: int
    log_likelihood: float
    log_ratio: float
    unevenness: float
    query: str


@dataclass(frozen=True, slots=True)
class KeywordSide:
    """A side as it was counted: its query in words, the speeches, their words."""

    understood: str
    size: Coverage
    words: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Keywords(StudyAnswer):
    """The answer to a request, rows in the order asked for; found is how many there are in all.

    shared is how many speeches stand on both sides.
    """

    request: KeywordsRequest
    target: KeywordSide
    reference: KeywordSide
    shared: int
    found: int
    rows: list[Keyword]


@dataclass(frozen=True)
class _Sides:
    """Counts of all words on both sides, and the speeches of each."""

    words: CorpusWords
    chosen: tuple[list[Mask], list[Mask]]
    counts: tuple[Array, Array]

    @property
    def sizes(self) -> tuple[int, int]:
        return int(self.counts[0].sum()), int(self.counts[1].sum())


def find_keywords(request: KeywordsRequest) -> Keywords:
    """Return the keywords of a request; raise QueryError for an unreadable text of a side."""
    study = open_study(request.search)
    other = study.ask_beside(request.reference or SearchRequest())
    target, reference = study.matched, other.matched
    if request.reference is None:
        pairs = zip(reference, target, strict=True)
        reference = [alive & ~chosen for alive, chosen in pairs]
    words = load_corpus_words(study.index)
    count = words.count_once if request.repeats == "once" else words.count
    sides = _Sides(words, (target, reference), (count(target), count(reference)))
    likelihood, ratio = _compare(sides)
    order = _choose(request, sides, likelihood, ratio)
    told = (
        study.selection.node.describe(),
        other.selection.node.describe() if request.reference else "",
    )
    first, second = (
        KeywordSide(understood, measure_coverage(study.index, chosen), size)
        for understood, chosen, size in zip(told, sides.chosen, sides.sizes, strict=True)
    )
    return Keywords(
        grounds=study.grounds,
        request=request,
        target=first,
        reference=second,
        shared=sum(int((a & b).sum()) for a, b in zip(target, reference, strict=True)),
        found=len(order),
        rows=_make_rows(sides, order[: request.limit], likelihood, ratio),
    )


def _compare(sides: _Sides) -> tuple[Array, Array]:
    here, there = (counts.astype(np.float64) for counts in sides.counts)
    return (
        measure_likelihood(here, there, *sides.sizes),
        measure_ratio(here, there, *sides.sizes),
    )


def _choose(request: KeywordsRequest, sides: _Sides, likelihood: Array, ratio: Array) -> Array:
    """Return the numbers of the words that are asked for, in their order."""
    here, there = sides.counts
    if request.which in ("less", "gone"):
        here, there, ratio = there, here, -ratio
    chosen = here >= request.least
    if request.which in ("new", "gone"):
        chosen &= there == 0
    else:
        chosen &= (likelihood >= SURE) & (ratio > 0)
    numbers = np.flatnonzero(chosen & ~_list_numerals(sides.words, chosen))
    by = {"log-likelihood": likelihood, "log-ratio": ratio, "count": here}[request.order]
    return numbers[np.lexsort((sides.words.keys[numbers], -here[numbers], -by[numbers]))]


def _list_numerals(words: CorpusWords, among: Mask) -> Mask:
    """Return which words begin with a digit: dates and figures set nothing apart."""
    digits = np.zeros(len(words), dtype=np.bool_)
    for live, own in zip(words.index.segments, words.maps, strict=True):
        codes = live.segment.codes[live.segment.words.places]
        digits[own] |= (codes >= ord("0")) & (codes <= ord("9"))
    return digits & among


def _make_rows(sides: _Sides, numbers: Array, likelihood: Array, ratio: Array) -> list[Keyword]:
    held = [sides.words.find(chosen, numbers) for chosen in sides.chosen]
    spread = [
        _spread(rows, speeches, sides.words.measure(chosen), len(numbers))
        for (rows, speeches), chosen in zip(held, sides.chosen, strict=True)
    ]
    found = []
    for row, number in enumerate(numbers.tolist()):
        here, there = (int(counts[number]) for counts in sides.counts)
        text = sides.words.write(number)
        found.append(
            Keyword(
                text=text,
                target=here,
                reference=there,
                target_rate=here * PER_WORDS / max(sides.sizes[0], 1),
                reference_rate=there * PER_WORDS / max(sides.sizes[1], 1),
                target_speeches=int(spread[0][0][row]),
                reference_speeches=int(spread[1][0][row]),
                log_likelihood=float(likelihood[number]),
                log_ratio=float(ratio[number]),
                unevenness=float(spread[0 if ratio[number] > 0 else 1][1][row]),
                query=quote_words(text),
            )
        )
    return found


def _spread(rows: Array, speeches: Array, sizes: Array, count: int) -> tuple[Array, Array]:
    """Return for each row in how many speeches it stands, and how unevenly."""
    speech_count = len(sizes) + 1
    pairs, often = np.unique(rows.astype(np.int64) * speech_count + speeches, return_counts=True)
    parts = pairs // speech_count
    held = np.bincount(parts, minlength=count)
    uneven = np.ones(count)
    found = measure_unevenness(parts, pairs % speech_count, often, sizes)
    uneven[: len(found)] = found
    return held, uneven
