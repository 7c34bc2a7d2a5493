"""Words of reports put into drafts: told as borrowed, as formula, or, where quoted, not at all."""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from benchmarks.search_bench.corpora import Source

# As the rule of text reuse has it.
_LEAST = 24
_FORMULA_SOURCES = 5
_CLAUSE = re.compile(r"[\u4e00-\u9fff]{14,30}")


def score_sources(drafts: Sequence[Any], reports: Sequence[Source], sentences: list[str]) -> Any:
    """Return how often each kind is told where it was put in, and told at all where it was not."""
    draw = random.Random(47)
    formulas = list_formulas(reports)
    long = [words for words in sentences if count(words) > _LEAST + 10]
    told: defaultdict[str, list[bool]] = defaultdict(list)
    for draft in drafts:
        for _ in range(4):
            for name, kind, words in _draw(long, formulas, draw):
                told[name].append(kind in find(draft.text, words))
    return {name: f"{sum(one)}/{len(one)}" for name, one in told.items()}


def _draw(
    long: Sequence[str], formulas: Sequence[str], draw: random.Random
) -> Iterator[tuple[str, str, str]]:
    """Yield what a figure is called, the kind that it counts, and the words to be put in."""
    words = draw.choice(long)
    yield "borrowed", "borrowed", words
    yield "borrowed, edited", "borrowed", edit(words, draw)
    yield "quoted, told as borrowed", "borrowed", f"“{words}”"
    yield "said, told as borrowed", "borrowed", f"报告指出，{words}"
    if formulas:
        common = f"{draw.choice(formulas)}。"
        yield "formula", "formula", common
        yield "formula, told as borrowed", "borrowed", common


def list_formulas(reports: Sequence[Source]) -> list[str]:
    """Return the clauses that stand in reports of five years or more."""
    years: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for report in reports:
        for words in _CLAUSE.findall(report.text):
            years[words].add((report.issuer, report.date))
    return sorted(words for words, held in years.items() if len(held) >= _FORMULA_SOURCES)


def count(words: str) -> int:
    """Return the characters of some words that are compared."""
    return sum(map(str.isalnum, words))


def edit(words: str, draw: random.Random) -> str:
    """Return the words with one character of twelve dropped."""
    return "".join(char for char in words if draw.random() > 1 / 12)


def find(text: str, words: str) -> set[str]:
    """Return which kinds are told of the words, put in behind the draft's first half."""
    from corpus_app.proofreading.borrowing import compare_draft

    at = text.find("\n", len(text) // 2) + 1
    draft = f"{text[:at]}{words}\n{text[at:]}"
    return set(_overlapping(compare_draft(draft).findings, at, at + len(words)))


def _overlapping(findings: Sequence[Any], start: int, end: int) -> Iterator[str]:
    for one in findings:
        if min(one.end, end) - max(one.start, start) > (end - start) // 2:
            yield one.kind
