"""Our search as peers: the whole façade, matching alone, and the engine's ranking alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from benchmarks.search_bench.questions import PAGE, Question


def reset_search() -> None:
    """Forget everything that is opened or cached, save the segmenter and tables of characters."""
    from haystack import connections

    from search.engine import generations, scoring
    from search.index import access

    access._OPENED.arrays = None
    generations._OPEN.clear()
    scoring.CACHE.clear()
    forget_places()
    connections.reload("default")


def forget_places() -> None:
    """Forget where strings stand, so that every question is a new one however often it is asked.

    A reader who turns the page or opens the view beside it is spared that.
    """
    from search.arrays.segment import PLACES

    PLACES.clear()


class Ours:
    """What all ways to ask our search have in common."""

    name = "ours"

    def build(self, rows: Path, folder: Path) -> None:
        """Rebuild the index from the database."""
        import search

        search.rebuild_index()

    def open(self, folder: Path) -> None:
        """Start as a fresh worker does, its dictionary loaded."""
        import search

        search.prepare_search()
        reset_search()

    def count(self, question: Question) -> int | None:
        """Return how many sections match."""
        import search

        request = search.SearchRequest(text=question.text, unit="section")
        return search.run_search(request).total


class Facade(Ours):
    """Everything a result page needs: hits with marked passages, all facets, advice."""

    def ask(self, question: Question) -> Any:
        """Return the page of hits with all facets."""
        import search

        forget_places()
        page = question.offset // PAGE + 1
        request = search.SearchRequest(text=question.text, unit="section", page=page)
        return search.run_search(request)


class Matching(Ours):
    """Which sections match, from the arrays; no order, no facets, no passages."""

    name = "ours-matching"

    def ask(self, question: Question) -> Any:
        """Return the table of matched sections."""
        from search.index.access import open_arrays
        from search.matching.hits import collect_hits
        from search.matching.names import DatabaseNames
        from search.query import parse_query

        forget_places()
        arrays = open_arrays()
        assert arrays is not None
        return collect_hits(arrays, parse_query(question.text), DatabaseNames(), "section")


class Ranking(Ours):
    """The best 20 sections by words, asked of the engine as a page asks it; as the peers do it."""

    name = "ours-ranking"

    def ask(self, question: Question) -> Any:
        """Return documents and scores of the best sections."""
        if question.kind not in ("words", "prefix"):
            return None
        return _score_sections(question).take_best(question.offset, question.offset + PAGE)

    def count(self, question: Question) -> int | None:
        """Return how many sections the engine finds by words."""
        if question.kind not in ("words", "prefix"):
            return None
        return len(_score_sections(question))


def _score_sections(question: Question) -> Any:
    from haystack import connections
    from haystack.constants import DJANGO_CT
    from whoosh.query import Term

    from search.query import parse_query
    from search.query.terms import read_terms

    searcher = connections["default"].get_backend().share()
    found = searcher.score_words(read_terms(parse_query(question.text)))
    return found.keep(searcher.make_mask(Term(DJANGO_CT, "catalog.section")))
