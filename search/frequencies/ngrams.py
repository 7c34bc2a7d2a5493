"""Word lists and strings of a subcorpus: what stands there, of one to twelve units, how often."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, Literal, cast

import numpy as np

from corpus_app.text.numbers import read_bounded, read_number
from search.frequencies.corpus_words import load_corpus_words
from search.frequencies.measures import count_distinct
from search.frequencies.repeats import Repeats, find_repeats
from search.frequencies.symbols import Symbols, read_characters, read_words
from search.presentation.coverage import measure_coverage
from search.query.writing import quote_words
from search.request import Params, read_choice
from search.result import Coverage
from search.study.answer import StudyAnswer
from search.study.opening import Study, open_study
from search.study.request import StudyRequest, read_studied

Unit = Literal["word", "char"]

UNITS: Final[tuple[str, ...]] = ("word", "char")
FOLDS: Final[tuple[str, ...]] = ("yes", "no")
NGRAM_SIZES: Final = {"word": range(1, 7), "char": range(2, 13)}
DEFAULT_SIZES: Final = {"word": range(2, 7), "char": range(2, 13)}
DEFAULT_LEAST: Final = 5
MAX_LEAST: Final = 1_000_000
DEFAULT_ROWS: Final = 100
MAX_ROWS: Final = 5_000
# More characters take longer than a page may: the list of single words knows no limit.
MOST_CHARACTERS: Final = 3_000_000
PER_CHARACTERS: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class NgramsRequest(StudyRequest):
    """The strings of what a search finds, whole speeches.

    n says how many words (1 to 6) or characters (2 to 12) a string has: "3", "2..6" or "" for
    the usual sizes; least is how often it must stand there, fold "yes" leaves out what is mostly
    part of one longer string.
    """

    unit: Unit = "word"
    n: str = ""
    fold: str = "yes"
    least: int = DEFAULT_LEAST
    limit: int = DEFAULT_ROWS

    @classmethod
    def from_params(cls, params: Params) -> NgramsRequest:
        """Read the search's parameters and the choices; wrong values count as unset."""
        unit = cast(Unit, read_choice(params.get("unit"), UNITS))
        sizes = read_sizes(unit, str(params.get("n", "") or ""))
        return cls(
            search=replace(read_studied(params), unit="speech"),
            unit=unit,
            n=write_sizes(unit, sizes) if sizes else "",
            fold=read_choice(params.get("fold"), FOLDS),
            least=read_bounded(params.get("least"), 1, MAX_LEAST, DEFAULT_LEAST),
            limit=read_bounded(params.get("limit"), 1, MAX_ROWS, DEFAULT_ROWS),
        )

    @property
    def sizes(self) -> range:
        """Return the sizes asked for, or the usual ones."""
        return read_sizes(self.unit, self.n) or DEFAULT_SIZES[self.unit]


def read_sizes(unit: Unit, text: str) -> range | None:
    """Return the sizes that "3" or "2..6" names, None where it names none that are right.

    Ends given the wrong way round are turned.
    """
    low, dots, high = text.partition("..")
    ends = [read_number(low), read_number(high if dots else low)]
    if not all(end in NGRAM_SIZES[unit] for end in ends):
        return None
    first, last = sorted(end for end in ends if end)
    return range(first, last + 1)


def write_sizes(unit: Unit, sizes: range) -> str:
    """Return sizes as an address tells them, "" for the usual ones."""
    if sizes == DEFAULT_SIZES[unit]:
        return ""
    return str(sizes[0]) if len(sizes) == 1 else f"{sizes[0]}..{sizes[-1]}"


@dataclass(frozen=True, slots=True)
class Ngram:
    """A string with its size in units; rate is in a million characters; query finds it."""

    text: str
    size: int
    count: int
    speeches: int
    rate: float
    query: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ngrams(StudyAnswer):
    """The answer to a request, the most frequent first, of equal ones the longest.

    counted is the size of the subcorpus, found how many strings there are, told or not.
    too_large says that the subcorpus has more characters than strings are counted in.
    """

    request: NgramsRequest
    counted: Coverage
    found: int
    rows: list[Ngram]
    too_large: bool = False


def count_ngrams(request: NgramsRequest) -> Ngrams:
    """Return the strings of a request; raise QueryError for an unreadable text."""
    study = open_study(request.search)
    counted = measure_coverage(study.index, study.matched)
    only_words = request.unit == "word" and request.sizes == range(1, 2)
    too_large = counted.characters > MOST_CHARACTERS and not only_words
    found = 0
    rows: list[Ngram] = []
    if only_words:
        found, rows = _list_words(study, request, counted)
    elif not too_large:
        found, rows = _list_strings(study, request, counted)
    return Ngrams(
        grounds=study.grounds,
        request=request,
        counted=counted,
        found=found,
        rows=rows,
        too_large=too_large,
    )


def _list_words(study: Study, request: NgramsRequest, counted: Coverage) -> tuple[int, list[Ngram]]:
    """Return how many words stand often enough, and the rows of the most frequent ones."""
    words = load_corpus_words(study.index)
    counts = words.count(study.matched)
    often = np.flatnonzero(counts >= request.least)
    chosen = often[np.lexsort((words.keys[often], -counts[often]))][: request.limit]
    rows, speeches = words.find(study.matched, chosen)
    held = count_distinct(rows, speeches, len(chosen))
    texts = [words.write(number) for number in chosen.tolist()]
    columns = zip(texts, counts[chosen].tolist(), held.tolist(), strict=True)
    return len(often), [_make_row(text, 1, count, n, counted) for text, count, n in columns]


def _list_strings(
    study: Study, request: NgramsRequest, counted: Coverage
) -> tuple[int, list[Ngram]]:
    read = read_words if request.unit == "word" else read_characters
    symbols = read(study.index, study.matched)
    look = NGRAM_SIZES[request.unit][-1] * 2
    found = find_repeats(
        symbols.numbers, request.sizes, request.least, look=look, fold=request.fold == "yes"
    )
    order = np.lexsort((found.places, -found.sizes, -found.counts))
    rows = [_read_row(symbols, found, row, counted) for row in order[: request.limit].tolist()]
    return len(order), rows


def _read_row(symbols: Symbols, found: Repeats, row: int, counted: Coverage) -> Ngram:
    size, count = int(found.sizes[row]), int(found.counts[row])
    speeches = np.unique(symbols.speeches[found.list_places(row)])
    text = symbols.write(int(found.places[row]), size)
    return _make_row(text, size, count, len(speeches), counted)


def _make_row(text: str, size: int, count: int, speeches: int, counted: Coverage) -> Ngram:
    rate = count * PER_CHARACTERS / max(counted.characters, 1)
    return Ngram(text, size, count, speeches, rate, quote_words(text))
