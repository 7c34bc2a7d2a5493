"""Haystack's Whoosh backend, mended; the faults are tested in tests/search/test_engine_faults."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from haystack import connections
from haystack.backends import log_query
from haystack.backends.whoosh_backend import (
    WhooshEngine,
    WhooshSearchBackend,
    WhooshSearchQuery,
)
from haystack.constants import DJANGO_CT, DJANGO_ID, ID
from haystack.exceptions import SkipDocument
from haystack.models import SearchResult
from haystack.utils import get_identifier, get_model_ct
from haystack.utils.app_loading import haystack_get_model
from whoosh.filedb.filestore import FileStorage
from whoosh.index import EmptyIndexError, Index
from whoosh.qparser import QueryParser
from whoosh.query import Every, Query
from whoosh.searching import Searcher

from search.arrays.manifest import hold_lock
from search.engine.bulk import delete_terms, open_writer, put_documents
from search.engine.generations import (
    make_generation,
    read_current,
    share_searcher,
    switch_generation,
)
from search.engine.mapping import MappedIndex
from search.engine.results import (
    FoundPostings,
    count_values,
    find_documents,
    list_documents,
    make_filter,
    mark_terms,
    read_fields,
    read_text,
)
from search.engine.schema import KEY, SEPARATOR, build_schema
from search.engine.scoring import WEIGHTING, ArraySearcher, UnsupportedQueryError

Prepared = list[dict[str, Any]]


class CorpusWhooshBackend(WhooshSearchBackend):
    """Reads from the generation in use, writes through one waiting writer, hides no error."""

    def __init__(self, connection_alias: str, **options: Any) -> None:
        super().__init__(connection_alias, **options)
        # A swallowed error is a withdrawn speech that stays findable.
        self.silently_fail = False
        self.root = Path(self.path)
        self._searcher: Searcher | None = None

    def build_schema(self, fields: Any) -> tuple[str, Any]:
        """Return the document field's name and the schema."""
        return build_schema(fields)

    def setup(self) -> None:
        """Open the generation in use, making a first empty one where there is none."""
        unified = connections[self.connection_alias].get_unified_index()
        self.content_field_name, self.schema = self.build_schema(unified.all_searchfields())
        self.parser = QueryParser(self.content_field_name, schema=self.schema)
        folder = read_current(self.root)
        if folder is None:
            with self._hold_lock():
                folder = read_current(self.root) or self._start_empty()
        self._open(folder)
        self.setup_complete = True

    def update(self, index: Any, iterable: Iterable[Any], commit: bool = True) -> None:
        """Put objects into the index, in place of what it holds of them."""
        self.write(self._prepare(index, iterable), ())

    def remove(self, obj_or_string: Any, commit: bool = True) -> None:
        """Take an object, or the one with this identifier, out of the index."""
        self.write([], [get_identifier(obj_or_string)])

    def write(self, documents: Prepared, removed: Collection[str]) -> None:
        """Take documents out by identifier and put others in, in one commit."""
        with self._hold_lock():
            self._refresh()
            with open_writer(self.index) as writer:
                put_documents(writer, documents, removed)

    def replace(
        self, batches: Iterable[tuple[Any, Sequence[Any]]], field: str, values: Iterable[int]
    ) -> None:
        """Put objects in by search index, in place of all that have a value in a field.

        One commit does both. What is put in must have one of the values itself.
        """
        documents = [each for index, objects in batches for each in self._prepare(index, objects)]
        with self._hold_lock():
            self._refresh()
            with open_writer(self.index) as writer:
                delete_terms(writer, field, values)
                writer.add_documents(documents)

    def clear(self, models: Sequence[Any] | None = None, commit: bool = True) -> None:
        """Empty the index, or take out all objects of some models."""
        with self._hold_lock():
            if models is None:
                self._start_empty()
                return
            self._refresh()
            with open_writer(self.index) as writer:
                delete_terms(writer, DJANGO_CT, [get_model_ct(model) for model in models])

    @contextmanager
    def rebuilding(self) -> Iterator[Callable[[Any, Sequence[Any]], None]]:
        """Yield a function put(search index, objects) that fills a new generation.

        Searches keep reading the old one; at the end the new one takes its place.
        """
        if not self.setup_complete:
            self.setup()
        folder = make_generation(self.root)
        index = FileStorage(str(folder)).create_index(self.schema)
        with open_writer(index) as writer:

            def put(search_index: Any, objects: Sequence[Any]) -> None:
                writer.add_documents(self._prepare(search_index, objects))

            yield put
        with self._hold_lock():
            switch_generation(self.root, folder)

    @log_query
    def search(self, query_string: str, **kwargs: Any) -> dict[str, Any]:
        """Return the results start_offset to end_offset, the number of hits and the facets."""
        self._refresh()
        query = self._parse(query_string)
        if query is None:
            return {"results": [], "hits": 0, "facets": {}, "spelling_suggestion": None}
        narrowing = [self._parse(each) for each in kwargs.get("narrow_queries") or ()]
        restriction = make_filter(
            [each for each in narrowing if each is not None],
            [get_model_ct(model) for model in kwargs.get("models") or ()],
        )
        bounds = (kwargs.get("start_offset") or 0, kwargs.get("end_offset"))
        order = kwargs.get("sort_by") or ()
        searcher = self._get_searcher()
        found = self._find(searcher, query, restriction, order, bounds)
        return {
            "results": self._make_results(searcher, found, query, kwargs),
            "hits": found.total,
            "facets": self._count_facets(searcher, query, restriction, kwargs.get("facets")),
            "spelling_suggestion": None,
        }

    def share(self) -> ArraySearcher:
        """Return the searcher of the latest commit, for who needs scores and no documents."""
        self._refresh()
        return share_searcher(self._folder, self.index)

    def _find(
        self,
        searcher: Searcher,
        query: Query,
        restriction: Query | None,
        order: Sequence[str],
        bounds: tuple[int, int | None],
    ) -> FoundPostings:
        """Score over arrays where the query and order allow it, else by Whoosh's matchers."""
        if order:
            return find_documents(searcher, query, restriction, order, bounds)
        try:
            scored = share_searcher(self._folder, self.index).search(query, restriction)
        except UnsupportedQueryError:
            return find_documents(searcher, query, restriction, order, bounds)
        return FoundPostings(scored.take_best(*bounds), len(scored))

    def _parse(self, query_string: str) -> Query | None:
        """Parse a query; "*" is everything, where the stock backend analyses it away."""
        text = str(query_string).strip()
        if not text:
            return None
        return Every() if text in ("*", "(*)", "*:*") else self.parser.parse(text)

    def _make_results(
        self, searcher: Searcher, found: FoundPostings, query: Query, options: dict[str, Any]
    ) -> list[Any]:
        unified = connections[self.connection_alias].get_unified_index()
        make = options.get("result_class") or SearchResult
        terms = {term for field, term in query.all_terms() if field == self.content_field_name}
        results = []
        for number, score in found.documents:
            stored = searcher.stored_fields(number)
            label, name, pk = stored[ID].split(".", 2)
            fields = unified.get_index(haystack_get_model(label, name)).fields
            values = read_fields(stored, fields, options.get("fields") or ())
            if options.get("highlight"):
                text = read_text(unified, stored, self.content_field_name)
                values["highlighted"] = {self.content_field_name: [mark_terms(text, terms)]}
            results.append(make(label, name, pk, score, **values))
        return results

    def _count_facets(
        self,
        searcher: Searcher,
        query: Query,
        restriction: Query | None,
        facets: Iterable[str] | None,
    ) -> dict[str, Any]:
        if not facets:
            return {}
        documents = list_documents(searcher, query, restriction)
        counts = {field: count_values(searcher, documents, field) for field in facets}
        return {"fields": counts, "dates": {}, "queries": {}}

    def _prepare(self, index: Any, objects: Iterable[Any]) -> Prepared:
        documents = []
        for obj in objects:
            try:
                prepared = index.full_prepare(obj)
            except SkipDocument:
                continue
            prepared.pop("boost", None)
            fields = {k: self._from_python(v) for k, v in prepared.items() if v is not None}
            fields[KEY] = _read_key(fields.pop(DJANGO_ID))
            documents.append(fields)
        return documents

    def _from_python(self, value: Any) -> Any:
        if type(value) in (str, int):
            return value
        if isinstance(value, list | tuple):
            return SEPARATOR.join(str(each) for each in value)
        return super()._from_python(value)

    def _start_empty(self) -> Path:
        """Put an empty generation into use; the caller holds the lock."""
        if not hasattr(self, "schema"):
            unified = connections[self.connection_alias].get_unified_index()
            self.content_field_name, self.schema = self.build_schema(unified.all_searchfields())
        folder = make_generation(self.root)
        FileStorage(str(folder)).create_index(self.schema)
        switch_generation(self.root, folder)
        return folder

    def _hold_lock(self) -> Any:
        return hold_lock(self.root / "write.lock")

    def _refresh(self) -> None:
        """Open the generation in use if it is another one than before."""
        if not self.setup_complete:
            self.setup()
        folder = read_current(self.root)
        if folder is None or folder != self._folder:
            self.setup()

    def _open(self, folder: Path) -> None:
        try:
            self.index: Index = FileStorage(str(folder)).open_index(
                schema=self.schema, indexclass=MappedIndex
            )
        except (EmptyIndexError, FileNotFoundError):
            # A rebuild may have swept the folder away since its name was read.
            current = read_current(self.root)
            if current is None or current == folder:
                raise
            self._open(current)
            return
        self._folder = folder
        if self._searcher is not None:
            self._searcher.close()
            self._searcher = None

    def _get_searcher(self) -> Searcher:
        """Return this thread's searcher as of the latest commit."""
        if self._searcher is None:
            self._searcher = self.index.searcher(weighting=WEIGHTING)
        elif not self._searcher.up_to_date():
            self._searcher.close()
            self._searcher = self.index.searcher(weighting=WEIGHTING)
        return self._searcher


def _read_key(key: Any) -> int:
    """Return the key as a number; 0 where the model has keys of another kind."""
    return int(key) if str(key).isdecimal() else 0


class CorpusWhooshEngine(WhooshEngine):
    """The engine to name in settings."""

    backend = CorpusWhooshBackend
    query = WhooshSearchQuery
