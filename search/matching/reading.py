"""How the runs of a query are read in this corpus: one rule for every view.

A run is a term without blanks and quotes. It means its characters in a row; where they stand
nowhere it may be somebody's name, an organisation, a place, a source or a date; else, and where
it is a question or long, its words are taken (docs/query-language.md).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Final, Protocol

import numpy as np

from corpus_app.text.folding import fold, fold_name
from search.analysis.words import cut_words
from search.arrays.store import ArrayIndex
from search.errors import QueryError
from search.matching.evaluation import match_speeches
from search.matching.spans import find_spans
from search.matching.subcorpora import fill_subcorpus
from search.query import parse_query
from search.query.nodes import And, DateRange, FieldText, InSubcorpus, Node, Not, Or, Words
from search.query.patterns import make_pattern, write_field_value
from search.query.values import read_period
from search.request import Match
from search.result import Reason, RunReading, Way

# A longer run is a sentence, seldom worded so again.
MAX_RUN: Final = 16
# Where a name may stand that is typed plainly, in the order in which it is said.
NAME_FIELDS: Final = ("speaker", "organisation", "place", "source")
_LEAST_NAME: Final = 2
# A pasted paragraph is looked for by its first words.
_MAX_ANY: Final = 30
_QUESTIONS: Final = Path(__file__).parent / "data" / "questions.toml"
_DATE: Final = re.compile(r"\d{4}|.*[年月日号/.-].*")


@dataclass(frozen=True, slots=True)
class QueryReading:
    """The tree that a query stands for in this corpus, and how each of its runs was read."""

    tree: Node
    runs: tuple[RunReading, ...] = ()


class Holdings(Protocol):
    """What a corpus can be asked to tell how a run is meant; of what may be seen alone."""

    def stands_anywhere(self, text: str) -> bool:
        """Tell whether the characters stand in a row, in either case, in a title or text."""

    def holds_anywhere(self, leaf: FieldText | DateRange) -> bool:
        """Tell whether a speech satisfies a condition."""

    def has_whole_name(self, leaf: FieldText) -> bool:
        """Tell whether the text is all that stands in the field of a speech."""

    def list_speakers(self) -> Collection[str]:
        """Return the speakers' names as folded, without dots."""


def read_query(text: str, match: Match, index: ArrayIndex) -> QueryReading:
    """Return what a query text asks of the arrays; raise QueryError where it can't be read.

    match "exact" reads every run as its characters, "words" as its words, "auto" by the rule.
    """
    return read_runs(text, match, ArrayHoldings(index))


def read_runs(text: str, match: Match, corpus: Holdings) -> QueryReading:
    """Return what read_query does, of any corpus."""
    reader = _RunReader(corpus, match)
    tree = reader.read(parse_query(text))
    return QueryReading(tree, tuple(dict.fromkeys(reader.runs)))


def read_exactly(run: Words) -> Words:
    """Return the run as its characters in a row, letters in either case."""
    return replace(run, words=(run.text,))


def is_question(text: str) -> bool:
    """Tell whether a run asks something; 谁执法谁普法 and 如何 alone do not."""
    folded = fold(text)
    found = _load_question().search(folded)
    if found is None:
        return False
    word = found["word"]
    return word is None or (folded.count(word) == 1 and len(folded) > len(word) + 1)


def find_asking(text: str) -> set[int]:
    """Return the places of the characters of a folded text that only ask."""
    words = _load_asking(strict=not is_question(text))
    return {at for found in words.finditer(text) for at in range(*found.span())}


@cache
def _load_question() -> re.Pattern[str]:
    rules = _load_rules()
    return re.compile(f"[{rules['ends']}]$|(?P<word>{'|'.join(rules['words'])})")


@cache
def _load_asking(*, strict: bool) -> re.Pattern[str]:
    """Return what only asks: in a question all such words, else those that are nothing else."""
    rules = _load_rules()
    asking = sorted(rules["asking"], key=lambda word: ("[" in word, -len(word)))
    more = [] if strict else [*rules["words"], f"[{rules['ends']}]+$"]
    return re.compile("|".join([*asking, *more]))


@cache
def _load_rules() -> dict[str, Any]:
    return tomllib.loads(_QUESTIONS.read_text(encoding="utf-8"))


def find_fields(text: str, corpus: Holdings) -> list[FieldText | DateRange]:
    """Return a condition for each kind of metadata that holds a text typed plainly.

    The text is part of a speaker's, an organisation's, a place's or a source's name, or a date,
    of one searchable speech at least.
    """
    if len(fold(text)) < _LEAST_NAME:
        return []
    leaves: list[FieldText | DateRange] = [FieldText(field, text, ()) for field in NAME_FIELDS]
    if (period := _read_date(text)) is not None:
        leaves.append(period)
    return [leaf for leaf in leaves if corpus.holds_anywhere(leaf)]


def find_names(text: str, corpus: Holdings) -> list[FieldText]:
    """Return a condition for each kind of metadata of which a text is the whole name."""
    if len(fold(text)) < _LEAST_NAME:
        return []
    leaves = (FieldText(field, text, ()) for field in NAME_FIELDS)
    return [leaf for leaf in leaves if corpus.has_whole_name(leaf)]


class _RunReader:
    def __init__(self, corpus: Holdings, match: Match) -> None:
        self._corpus = corpus
        self._match = match
        self.runs: list[RunReading] = []

    def read(self, node: Node) -> Node:
        if isinstance(node, Not):
            return Not(self.read(node.child))
        if isinstance(node, And | Or):
            children = tuple(dict.fromkeys(self.read(child) for child in node.children))
            return children[0] if len(children) == 1 else replace(node, children=children)
        if isinstance(node, InSubcorpus):
            return fill_subcorpus(node, self._read_apart)
        return self._read_run(node) if isinstance(node, Words) and node.words else node

    def _read_apart(self, node: Node, match: Match) -> Node:
        return _RunReader(self._corpus, match).read(node)

    def _read_run(self, run: Words) -> Node:
        way, reason, node = self._judge(run)
        if way == "field" or len(run.words) > 1:
            self.runs.append(RunReading(run.text, way, reason))
        return node

    def _judge(self, run: Words) -> tuple[Way, Reason, Node]:
        if self._match == "exact":
            return "exact", "asked", read_exactly(run)
        if self._match == "words":
            return "words", "asked", self._read_words(run)
        if is_question(run.text):
            return "words", "question", self._read_any(run)
        if len(fold(run.text)) > MAX_RUN:
            return "words", "long", self._read_any(run)
        if self._corpus.stands_anywhere(run.text):
            return "exact", "found", read_exactly(run)
        if fields := find_fields(run.text, self._corpus):
            return "field", "nowhere", fields[0] if len(fields) == 1 else Or(tuple(fields))
        return "words", "nowhere", self._read_any(run)

    def _read_words(self, run: Words) -> Words:
        """Return the run's words; a name that the corpus knows is one word."""
        words = tuple(dict.fromkeys(_cut_around(run.text, self._corpus)))
        return replace(run, words=words or run.words)

    def _read_any(self, run: Words) -> Words:
        """Return the run for any of its words that tell something.

        Few word a thing as it is worded elsewhere: what has all the words may not be what was
        meant, and what was meant may lack one.
        """
        asking = find_asking(fold(run.text))
        telling = "".join(" " if at in asking else sign for at, sign in enumerate(fold(run.text)))
        read = self._read_words(replace(run, text=telling) if telling.strip() else run)
        longer = tuple(word for word in read.words if len(word) > 1)
        words = (longer if longer else read.words)[:_MAX_ANY]
        return replace(run, words=words, any_word=len(run.words) > 1)


class ArrayHoldings:
    """What the arrays hold."""

    def __init__(self, index: ArrayIndex) -> None:
        self._index = index

    def stands_anywhere(self, text: str) -> bool:
        """Tell whether the characters stand in a row in a title or text that is searched."""
        pattern = make_pattern(text, any_case=True)
        for live in self._index.segments:
            segment = live.segment
            roots = segment.roots[live.alive]
            spans = find_spans(segment, pattern)
            if spans.lie_inside(segment.node_start[roots], segment.node_end[roots]).any():
                return True
        return False

    def holds_anywhere(self, leaf: FieldText | DateRange) -> bool:
        """Tell whether a speech satisfies a condition."""
        segments = self._index.segments
        return any((match_speeches(live.segment, leaf) & live.alive).any() for live in segments)

    def has_whole_name(self, leaf: FieldText) -> bool:
        """Tell whether the text is all that stands in the field of a speech."""
        size = len(fold(write_field_value(leaf)))
        for live in self._index.segments:
            starts, ends = live.segment.zone(leaf.field)
            whole = (np.asarray(ends) - np.asarray(starts) == size) & live.alive
            if whole.any() and (match_speeches(live.segment, leaf) & whole).any():
                return True
        return False

    def list_speakers(self) -> Collection[str]:
        """Return the speakers' names as folded."""
        return {name for live in self._index.segments for name in live.segment.speakers}


def _read_date(text: str) -> DateRange | None:
    if _DATE.fullmatch(fold(text)) is None:
        return None
    try:
        period = read_period(text, 0)
    except QueryError:
        return None
    return DateRange(period.first, period.last)


def _cut_around(text: str, corpus: Holdings) -> Iterator[str]:
    """Yield the words of a run, with the speakers' names in it whole."""
    folded = fold(text)
    bare = fold_name(text)
    known = {name for name in corpus.list_speakers() if len(name) >= _LEAST_NAME and name in bare}
    longest_first = sorted(known, key=lambda name: (-len(name), name))
    # With or without the dots that may part a name.
    written = (f"{fold('·')}?".join(map(re.escape, name)) for name in longest_first)
    parts = re.split(f"({'|'.join(written)})", folded) if known else [folded]
    for at, part in enumerate(parts):
        if at % 2:
            yield part
        else:
            yield from (word.text for word in cut_words(part))
