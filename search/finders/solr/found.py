"""What one request to Solr says of a query's units: how many, by which facets, and a page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any, Final

from search.errors import QueryError
from search.finders.solr.ranking import SORTS, prefer_fresh, score_all, write_scoring
from search.matching.limits import StartYears
from search.presentation.facets import list_theme_values, list_values
from search.presentation.partial_matches import ENOUGH, ask_any_word, asks_for_partial, widen
from search.presentation.passages import make_hits
from search.query.nodes import Everything, Node
from search.request import FACETS, SearchRequest
from search.result import FacetValue, Hit
from search.solr.clauses import Query, exclude, join_any, match, pick
from search.solr.names import Found, SolrNames, VisibleNodes
from search.solr.queries import QueryWriter
from search.solr.reading import Row, lay_out

# What stands before a page is skipped so far, and beyond read through by a cursor.
_DEEP: Final = 1000
_FIELDS: Final = ["kind", "speech", "django_id", "score"]


class SolrFound:
    """The units that satisfy a query under a request's facets, asked for once."""

    def __init__(
        self,
        documents: VisibleNodes,
        writer: QueryWriter,
        names: SolrNames,
        tree: Node,
        request: SearchRequest,
    ) -> None:
        self._documents, self._writer, self._names = documents, writer, names
        self._tree, self._request = tree, request
        self._hits = writer.write_hits(tree, request.unit)
        self._chosen = {facet: each for facet in FACETS if (each := self._write_choice(facet))}
        self._scoring = None if isinstance(tree, Everything) else self._score(tree)

    @property
    def total(self) -> int:
        """Return how many units there are."""
        return int(self._answer["response"]["numFound"])

    @property
    def is_ranked(self) -> bool:
        """Tell whether the words could be weighed: Solr weighs them as it finds."""
        return True

    def list_hits(self) -> list[Hit]:
        """Return the hits of the request's page, in its order."""
        return self._show(self._list_documents(), self._tree)

    def list_speech_ids(self) -> list[int]:
        """Return the ids of the speeches of all hits, in their order."""
        return sorted({int(each["speech"]) for part in self._stream() for each in part})

    def count_facets(self) -> dict[str, list[FacetValue]]:
        """Return the values of every facet with their counts."""
        return {facet: self._read_facet(facet) for facet in FACETS}

    def count_without(self, facet: str) -> int:
        """Return how many units there were without the choice of a facet."""
        others = [query for name, query in self._chosen.items() if name != facet]
        return self._documents.count(self._hits, *others)

    def list_partial_matches(self) -> list[Hit]:
        """Return units with some of the query's words, where few have them all."""
        enough = self.total
        if self._request.unit == "section":
            enough = int(self._facets.get("sections", {}).get("count", 0))
        loose = ask_any_word(self._tree)
        if not asks_for_partial(self._request) or enough >= ENOUGH or loose is None:
            return []
        scoring = self._score(loose)
        if scoring is None:
            return []
        try:
            wide = self._writer.write_hits(widen(loose), self._request.unit)
        except QueryError:  # the time of an expression among the conditions is over
            return []
        filters = [exclude(wide, self._hits), *self._chosen.values()]
        answer = self._documents.ask(
            filters, query=scoring, limit=ENOUGH - enough, fields=_FIELDS, sort=SORTS["relevance"]
        )
        return self._show(answer["response"]["docs"], loose)

    def _score(self, tree: Node) -> Query | None:
        return write_scoring(tree, self._request.unit, self._documents)

    @cached_property
    def _answer(self) -> Found:
        """Ask for page and counts together, so that they are of one state of the index."""
        size, start = self._page
        near = start + size <= _DEEP and self._request.per_page is not None
        page = {"offset": start, "limit": size} if near else {}
        return self._documents.ask(
            self._filters,
            query=self._ordered,
            fields=_FIELDS,
            sort=SORTS[self._request.sort],
            facet=self._write_facets(),
            **page,
        )

    @property
    def _facets(self) -> Found:
        found: Found = self._answer.get("facets", {})
        return found

    @property
    def _page(self) -> tuple[int, int]:
        """Return the size of the page and how many units stand before it."""
        size = self._request.per_page or 0
        return size, (self._request.page - 1) * size

    @cached_property
    def _filters(self) -> list[Query]:
        chosen = ({f"#{facet}": query} for facet, query in self._chosen.items())
        return [self._hits, *chosen]

    @cached_property
    def _ordered(self) -> Query:
        """Return the query whose scores the order goes by."""
        scoring = score_all(self._scoring)
        if self._request.sort != "fresh" or self._scoring is None:
            return scoring
        told = self._documents.ask(self._filters, facet={"newest": "max(date_first)"})["facets"]
        newest = told.get("newest")
        return scoring if newest is None else prefer_fresh(scoring, int(newest))

    def _list_documents(self) -> Iterable[Found]:
        size, start = self._page
        if self._request.per_page is None:
            return [each for part in self._stream() for each in part]
        if start + size <= _DEEP:
            return list(self._answer["response"]["docs"])
        return self._skip(start, size) if start < self.total else []

    def _skip(self, start: int, size: int) -> list[Found]:
        """Return a page deep in the list, what stands before it read through by a cursor."""
        page: list[Found] = []
        passed = 0
        for part in self._stream():
            page += part[max(0, start - passed) : start + size - passed]
            passed += len(part)
            if passed >= start + size:
                break
        return page

    def _stream(self) -> Iterator[list[Found]]:
        sort = SORTS[self._request.sort]
        return self._documents.stream(self._filters, query=self._ordered, fields=_FIELDS, sort=sort)

    def _show(self, documents: Iterable[Found], tree: Node) -> list[Hit]:
        rows = (
            Row(
                int(each["speech"]),
                0 if each["kind"] == "speech" else int(each["django_id"]),
                float(each.get("score", 0.0)),
            )
            for each in documents
        )
        table, scores = lay_out(rows)
        return make_hits(table, scores, tree, self._names, self._request.unit)

    def _write_choice(self, facet: str) -> Query | None:
        values = self._request.selected(facet)
        if not values:
            return None
        if facet == "year":
            return self._writer.write_limit(StartYears(values))
        if facet == "theme":
            ids = [node.id for node in self._names.themes.nodes.values() if node.slug in values]
            return self._pick_themes(ids)
        return join_any(match(f"{facet}_exact", value) for value in values)

    def _pick_themes(self, ids: Sequence[int]) -> Query:
        return pick("theme_related", sorted(self._names.themes.list_below(ids)))

    def _write_facets(self) -> dict[str, Any]:
        facets: dict[str, Any] = {"sections": {"type": "query", "q": "kind:section"}}
        for facet in FACETS:
            domain = {"excludeTags": facet}
            if facet == "year" and self._request.year:
                # A range names the years that anything is of, found or not.
                every = {"query": "kind:speech"}
                facets["held"] = {"type": "terms", "field": "year", "limit": -1, "domain": every}
            if facet != "theme":
                field = "year" if facet == "year" else f"{facet}_exact"
                # All values: of the first ones of each shard alone some would be counted short.
                facets[facet] = {"type": "terms", "field": field, "limit": -1, "domain": domain}
                continue
            for pk in self._names.themes.nodes:
                below = ",".join(map(str, sorted(self._names.themes.list_below([pk]))))
                query = f"{{!terms f=theme_related}}{below}"
                facets[f"theme{pk}"] = {"type": "query", "q": query, "domain": domain}
        return facets

    def _read_facet(self, facet: str) -> list[FacetValue]:
        chosen = self._request.selected(facet)
        if facet != "theme":
            held = self._read_buckets("held") if facet == "year" else {}
            return list_values(facet, dict.fromkeys(held, 0) | self._read_buckets(facet), chosen)
        counts = {
            pk: int(self._facets.get(f"theme{pk}", {}).get("count", 0))
            for pk in self._names.themes.nodes
        }
        return list_theme_values(self._names.themes, counts, chosen)

    def _read_buckets(self, name: str) -> dict[str, int]:
        buckets = self._facets.get(name, {}).get("buckets", ())
        return {str(each["val"]): int(each["count"]) for each in buckets}
