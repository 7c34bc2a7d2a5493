"""How large the corpus is, for pages that say so in passing."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from search.counting.corpus import CountedCorpus
from search.counting.opening import open_counted
from search.errors import EngineUnreachableError

Size = TypeVar("Size")


def count_corpus_years() -> dict[int, int] | None:
    """Return how many speeches that count are of each year; None where nothing can tell."""
    return _ask(lambda corpus: corpus.count_years())


def count_corpus_characters() -> tuple[int, int] | None:
    """Return how many speeches count and their characters; None where nothing can tell."""
    return _ask(lambda corpus: corpus.count_characters())


def _ask(ask: Callable[[CountedCorpus], Size]) -> Size | None:
    try:
        corpus = open_counted()
        return None if corpus.is_stale else ask(corpus)
    except EngineUnreachableError:
        return None
