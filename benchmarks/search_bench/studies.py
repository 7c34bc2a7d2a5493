"""Views that study one query, and plain counting over the same texts beside them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from benchmarks.search_bench.ours import Ours, forget_places
from benchmarks.search_bench.questions import Question


def _ask_for(question: Question) -> Any:
    import search

    forget_places()
    return search.SearchRequest(text=question.text)


class Breakdown(Ours):
    """Every group of years and organisations, with all its counts."""

    name = "ours-breakdown"

    def ask(self, question: Question) -> Any:
        """Return the groups."""
        import search

        by = ("year", "organisation")
        return search.answer_breakdown(search.BreakdownRequest(_ask_for(question), by=by))


class Dispersion(Ours):
    """Parts, tenths and evenness."""

    name = "ours-dispersion"

    def ask(self, question: Question) -> Any:
        """Return the parts."""
        import search

        return search.answer_dispersion(search.DispersionRequest(_ask_for(question)))


class Spread(Ours):
    """The life of the expression."""

    name = "ours-spread"

    def ask(self, question: Question) -> Any:
        """Return first places, years and headings."""
        import search

        return search.answer_spread(search.SpreadRequest(_ask_for(question)))


class PlainCounting(Ours):
    """Counts by year and organisation of texts that are held in memory, in plain Python."""

    name = "plain-counting"

    def __init__(self) -> None:
        self._rows: list[tuple[str, str, str]] = []

    def open(self, folder: Path) -> None:
        """Read all texts once, without white space."""
        if self._rows:
            return
        from corpus_app.catalog.models import Speech

        fields = ("delivered", "organisation__name", "title", "current__text")
        rows = Speech.objects.published().order_by("pk").values_list(*fields)
        self._rows = [
            (date[:4], body or "", "\n".join("".join(text.split()) for text in (title, words)))
            for date, body, title, words in rows.iterator(chunk_size=500)
        ]

    def ask(self, question: Question) -> Any:
        """Return the counts of a string, None for questions of words."""
        if question.kind != "string":
            return None
        counts: Counter[tuple[str, str]] = Counter()
        for year, body, text in self._rows:
            counts[year, body] += text.count(question.string)
        return counts

    def count(self, question: Question) -> int | None:
        """Return nothing: it knows no sections."""
        return None
