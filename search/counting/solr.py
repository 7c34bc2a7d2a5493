"""The corpus over Solr: it finds and measures, texts that it finds are read from the database.

They are laid out in memory as arrays are, so places are counted by the same code.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any, Final

import numpy as np
from django.utils.translation import get_language, gettext as _

from corpus_app.catalog.bounded_cache import BoundedCache
from corpus_app.catalog.days import DAY_KINDS
from corpus_app.catalog.kept import read_corpus_version
from corpus_app.ingest.vocabulary import LEVELS
from search.arrays.store import ArrayIndex
from search.counting.corpus import SpeechDays
from search.errors import QueryError
from search.index.access import current_stamp, open_arrays, read_index_version
from search.matching.limits import Limit
from search.matching.reading import QueryReading, read_runs
from search.presentation.coverage import list_shares
from search.query.nodes import Node
from search.query.values import COMPLETENESS
from search.request import Match
from search.result import Coverage
from search.solr.clauses import Query, find_speeches, match
from search.solr.documents import name_node
from search.solr.names import SolrHoldings, SolrNames, VisibleNodes, open_visible_nodes
from search.solr.queries import QueryWriter
from search.solr.reading import lay_out_speeches

# Text that is read and counted while somebody waits: some seconds.
MOST_CHARACTERS: Final = 5_000_000
_LABELS: Final = {"level": LEVELS, "completeness": COMPLETENESS, "date_kind": DAY_KINDS}
_MEASURES: Final[dict[str, Any]] = {
    "sections": "sum(sections)",
    "characters": "sum(characters)",
    "first": "min(year)",
    "last": "max(year)",
    "dated": {"type": "query", "q": "year:[* TO *]"},
} | {
    name: {"type": "terms", "field": f"{name}_exact", "limit": -1, "missing": True}
    for name in _LABELS
}
_SUM: Final = {"characters": "sum(characters)"}
_EVERY_DAY: Final[dict[str, Any]] = {"type": "terms", "limit": -1, "missing": True}
_DAYS: Final = {
    **_EVERY_DAY,
    "field": "date_first",
    "facet": {"last": {**_EVERY_DAY, "field": "date_last", "facet": _SUM}},
}
MEASURED: Final = BoundedCache(64, lambda _coverage: 1)
# What was gathered last: pages of one concordance ask for the same.
_BYTES: Final = 32 * 1024 * 1024
GATHERED: Final = BoundedCache(_BYTES, lambda index: 1 + sum(map(_weigh, index.segments)))


class SolrCorpus:
    """What Solr holds now, but for the speeches that are hidden from whoever asks."""

    def __init__(self, documents: VisibleNodes, *, is_stale: bool = False) -> None:
        self._documents, self._is_stale = documents, is_stale
        self._writer = QueryWriter(SolrNames(documents))

    @classmethod
    def open(cls) -> SolrCorpus:
        """Return it for whoever is answered."""
        arrays = open_arrays()
        is_stale = arrays is None or arrays.stamp != current_stamp()
        return cls(open_visible_nodes(), is_stale=is_stale or read_index_version() is None)

    @property
    def is_stale(self) -> bool:
        """Tell whether it may not be all that is published, or is made by older rules."""
        return self._is_stale

    def read(self, text: str, match: Match) -> QueryReading:
        """Return what a query text asks of the corpus."""
        return read_runs(text, match, SolrHoldings(self._documents, self._writer))

    def gather(self, tree: Node, limits: Sequence[Limit], unit: str) -> ArrayIndex:
        """Return the speeches that have a hit, read from the database."""
        hits = self._writer.write_hits(tree, unit)
        found = hits if unit == "speech" else find_speeches(hits)
        return self._keep([found, *map(self._writer.write_limit, limits)])

    def gather_all(self) -> ArrayIndex:
        """Return all speeches, read from the database."""
        return self._keep([])

    def _keep(self, filters: Sequence[Query]) -> ArrayIndex:
        filters = [match("kind", "speech"), *filters]
        key = read_corpus_version(), read_index_version(), self._documents.visible, repr(filters)
        kept: ArrayIndex | None = GATHERED.find(repr(key))
        if kept is None:
            kept = self._gather(filters)
            GATHERED.keep(repr(key), kept)
        return kept

    def gather_speech(self, speech_id: int) -> ArrayIndex:
        """Return the speech, if Solr holds it."""
        filters = [match("kind", "speech"), match("speech_name", name_node("speech", speech_id))]
        return ArrayIndex("", 0, lay_out_speeches(list(self._stream(filters))))

    def list_days(self, limits: Sequence[Limit]) -> SpeechDays:
        """Return a row for each two days that speeches have."""
        filters = [match("kind", "speech"), *map(self._writer.write_limit, limits)]
        found = self._documents.ask(filters, facet={"first": _DAYS})["facets"].get("first", {})
        rows = [
            (first, last, int(each["count"]), int(each.get("characters", 0)))
            for first, inner in _list_buckets(found)
            for last, each in _list_buckets(inner.get("last", {}))
        ]
        return SpeechDays(*np.array(rows, dtype=np.int64).reshape(-1, 4).T)

    def measure(self, limits: Sequence[Limit] = ()) -> Coverage:
        """Return the size of what the limits leave; that of all is measured once."""
        if limits:
            return self._measure([self._writer.write_limit(limit) for limit in limits])
        # Of one state of the corpus and of the index, for whoever sees the same of it.
        index = read_index_version()
        visible = repr(self._documents.visible)
        key = (read_corpus_version(), index, visible, get_language())
        measure = partial(self._measure, [])
        coverage: Coverage = measure() if index is None else MEASURED.get(key, measure)
        return coverage

    def count_years(self) -> dict[int, int]:
        """Return how many speeches begin in each year."""
        years = {"type": "terms", "field": "year", "limit": -1}
        told = self._documents.ask([match("kind", "speech")], facet={"years": years})["facets"]
        buckets = told.get("years", {}).get("buckets", ())
        return {int(each["val"]): int(each["count"]) for each in buckets}

    def count_characters(self) -> tuple[int, int]:
        """Return the number of speeches and of their characters."""
        whole = self.measure()
        return whole.speeches, whole.characters

    def _gather(self, filters: Sequence[Query]) -> ArrayIndex:
        told = self._documents.ask(filters, facet=_SUM)["facets"]
        size = int(told.get("characters", 0))
        if size > MOST_CHARACTERS:
            message = _(
                "要数的讲话共 %(size)s 字，超过这台主机一次能数的 %(most)s 字；"
                "请用年份、级别、单位等条件缩小范围"
            )
            raise QueryError(0, message % {"size": f"{size:,}", "most": f"{MOST_CHARACTERS:,}"})
        return ArrayIndex("", 0, lay_out_speeches(list(self._stream(filters))))

    def _stream(self, filters: Sequence[Query]) -> Iterator[int]:
        for documents in self._documents.stream(filters, fields=["speech"]):
            yield from (int(document["speech"]) for document in documents)

    def _measure(self, limits: Sequence[Query]) -> Coverage:
        answer = self._documents.ask([match("kind", "speech"), *limits], facet=_MEASURES)
        told, speeches = answer["facets"], int(answer["response"]["numFound"])
        shares = {
            name: list_shares(_read_counts(told, name), labels) for name, labels in _LABELS.items()
        }
        first, last = told.get("first"), told.get("last")
        return Coverage(
            speeches=speeches,
            sections=int(told.get("sections", 0)),
            characters=int(told.get("characters", 0)),
            first_year=None if first is None else int(first),
            last_year=None if last is None else int(last),
            undated=speeches - int(told.get("dated", {}).get("count", 0)),
            levels=shares["level"],
            completeness=shares["completeness"],
            days=tuple(share for share in shares["date_kind"] if share.value),
        )


def _list_buckets(found: dict[str, Any]) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield what a facet over numbers says, by number, 0 for what has none."""
    for each in found.get("buckets", ()):
        yield int(each["val"]), each
    if found.get("missing", {}).get("count"):
        yield 0, found["missing"]


def _read_counts(told: dict[str, Any], name: str) -> dict[str, int]:
    found = told.get(name, {})
    counts = {str(each["val"]): int(each["count"]) for each in found.get("buckets", ())}
    missing = int(found.get("missing", {}).get("count", 0))
    return counts | ({"": missing} if missing else {})


def _weigh(live: Any) -> int:
    return int(live.segment.codes.nbytes)
