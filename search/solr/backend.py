"""Haystack's Solr engine, mended for a cloud: failover, our own words, and changes in one go."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cache, cached_property
from typing import Any, Final

import pysolr
from django.conf import settings
from haystack.backends.solr_backend import SolrEngine, SolrSearchBackend, SolrSearchQuery
from haystack.constants import DJANGO_CT
from haystack.exceptions import SkipDocument
from haystack.utils import get_identifier, get_model_ct

from search.query.terms import cut_query
from search.search_indexes import TITLE_BOOST
from search.solr.clauses import match, pick
from search.solr.collections import Collections
from search.solr.documents import (
    Document,
    cut_text,
    describe_nodes,
    find_speech,
    name_node,
    write_day,
)
from search.solr.nodes import SolrNodes

# Fields of words that we cut ourselves, with what a word in them counts for Haystack.
WORDS: Final = {"text": 1.0, "heading": TITLE_BOOST, "organisation": 1.0, "level": 1.0}
_BATCH: Final = 200
_MOST: Final = 1_000_000
# Characters and the blanks between them in one request; a document may have more by itself.
_MOST_SIGNS: Final = 400_000
_NOTED: Final = "_solr_nodes"
# The one document that is neither of a speech nor of a section.
_NOTE: Final = "followed"
# Called before each thing sent; raises where this host may not write any more.
Confirm = Callable[[], None]


def open_nodes() -> SolrNodes:
    """Return the nodes in settings; one for all of a process, which remembers who was silent."""
    options = settings.HAYSTACK_CONNECTIONS["default"]
    return _share_nodes(tuple(options["NODES"]), options["COLLECTION"], options["READ_SECONDS"])


@cache
def _share_nodes(addresses: tuple[str, ...], collection: str, seconds: float) -> SolrNodes:
    return SolrNodes(addresses, collection, seconds)


class _Connection(pysolr.Solr):
    """pysolr's requests, sent to whichever node answers."""

    def __init__(self, nodes: SolrNodes, url: str) -> None:
        super().__init__(url, timeout=nodes.read_seconds)
        self._nodes = nodes

    def _send_request(
        self, method: str, path: str = "", body: Any = None, headers: Any = None, files: Any = None
    ) -> str:
        return self._nodes.send(method, path, body, headers or {})


class CorpusSolrBackend(SolrSearchBackend):
    """Writes a document for each speech and section, hides no error, rebuilds behind an alias."""

    def __init__(self, connection_alias: str, **options: Any) -> None:
        super().__init__(connection_alias, **options)
        # A swallowed error is a withdrawn speech that stays findable.
        self.silently_fail = False
        self.nodes = open_nodes()
        self.conn = _Connection(self.nodes, options["URL"])
        self.collections = Collections(self.nodes, options["SHARDS"], options["REPLICAS"])

    def setup(self) -> None:
        """Make a first, empty collection where there is none."""
        if self.collections.find_current() is None:
            self.collections.switch(self.collections.make())

    @cached_property
    def _is_set_up(self) -> bool:
        self.setup()
        return True

    def read_followed(self) -> str | None:
        """Return what was noted with the last change, None where nothing was."""
        assert self._is_set_up
        answer = self.nodes.ask({"query": match("id", _NOTE), "fields": ["followed"], "limit": 1})
        found = answer["response"]["docs"]
        return str(found[0]["followed"]) if found else None

    def list_speeches(self, speech_ids: Iterable[int]) -> set[int]:
        """Return those of the speeches that the index holds."""
        found = self._list_held("speech", sorted(speech_ids), ["kind:speech"])
        return {int(document["speech"]) for document in found}

    def update(self, index: Any, iterable: Iterable[Any], commit: bool = True) -> None:
        """Put objects into the index, in place of what it holds of them."""
        self._write(self.prepare(index, iterable), ())

    def remove(self, obj_or_string: Any, commit: bool = True) -> None:
        """Take an object, or the one with this identifier, out of the index."""
        self._write([], [get_identifier(obj_or_string)])

    def clear(self, models: Sequence[Any] | None = None, commit: bool = True) -> None:
        """Empty the index, or take out all objects of some models."""
        assert self._is_set_up
        names = ",".join(get_model_ct(model) for model in models or ())
        query = "*:*" if models is None else f"{{!terms f={DJANGO_CT}}}{names}"
        self.nodes.write({"delete": {"query": query}})
        self.nodes.commit()

    def replace(
        self,
        batches: Iterable[tuple[Any, Sequence[Any]]],
        field: str,
        values: Iterable[int],
        confirm: Confirm | None = None,
    ) -> None:
        """Put objects in by search index, in place of all that have a value in a field.

        Readers see all of it or none. What is put in must have one of the values itself. With
        confirm, which is called before each thing sent, they see it when publish is called.
        """
        assert self._is_set_up
        documents = [each for index, objects in batches for each in self.prepare(index, objects)]
        fresh = {document["id"] for document in documents}
        held = (str(document["id"]) for document in self._list_held(field, sorted(values)))
        self._write(documents, [each for each in held if each not in fresh], confirm)

    def publish(self, followed: str | None = None) -> None:
        """Bring what was put into sight, and with it a note of what it follows."""
        if followed is not None:
            self._add([_write_note(followed)], "")
        self.nodes.commit()

    @contextmanager
    def rebuilding(
        self, followed: str = "", confirm: Confirm | None = None
    ) -> Iterator[Callable[[Any, Sequence[Any]], None]]:
        """Yield a function put(search index, objects) that fills a new collection.

        Searches keep reading the old one; at the end the alias names the new one, which has the
        note of what it follows. confirm is called before each thing sent.
        """
        name = self.collections.make()
        try:
            yield lambda index, objects: self._add(self.prepare(index, objects), name, confirm)
            self._add([_write_note(followed)], name, confirm)
            self.nodes.commit(collection=name)
            self.collections.switch(name)
        except BaseException:
            self.collections.drop(name)
            raise

    def prepare(self, index: Any, objects: Iterable[Any]) -> list[Document]:
        """Return the documents of objects: Haystack's fields, and what a node is found by."""
        documents = []
        for obj in objects:
            try:
                values = index.full_prepare(obj)
            except SkipDocument:
                continue
            document = {name: _write_value(value) for name, value in values.items()}
            document |= {name: cut_text(document[name]) for name in WORDS if document.get(name)}
            document |= _find_node(obj)
            documents.append({name: each for name, each in document.items() if _is_told(each)})
        return documents

    def search(self, query_string: str, **kwargs: Any) -> Any:
        """Return what a query of Haystack's finds."""
        assert self._is_set_up
        return super().search(query_string, **kwargs)

    def _list_held(
        self, field: str, values: Sequence[int], filters: Sequence[str] = ()
    ) -> Iterator[Document]:
        for at in range(0, len(values), _BATCH):
            asked = {"query": pick(field, values[at : at + _BATCH]), "filter": list(filters)}
            answer = self.nodes.ask({**asked, "fields": ["id", "speech"], "limit": _MOST})
            yield from answer["response"]["docs"]

    def _write(
        self, documents: list[Document], removed: Sequence[str], confirm: Confirm | None = None
    ) -> None:
        assert self._is_set_up
        self._add(documents, "", confirm)
        if removed:
            self._send({"delete": list(removed)}, "", confirm)
        if confirm is None and (documents or removed):
            self.nodes.commit()

    def _add(
        self, documents: list[Document], collection: str, confirm: Confirm | None = None
    ) -> None:
        for batch in part_documents(documents):
            self._send(batch, collection, confirm)

    def _send(self, body: Any, collection: str, confirm: Confirm | None) -> None:
        if confirm is not None:
            confirm()
        self.nodes.write(body, collection=collection)


class CorpusSolrQuery(SolrSearchQuery):
    """Haystack's queries, with the words of a term as we cut them."""

    def build_query_fragment(self, field: str, filter_type: str, value: Any) -> str:
        """Return the condition of a field: of one of words, all the words of the term."""
        text = getattr(value, "query_string", value)
        if field not in WORDS or not isinstance(text, str):
            return str(super().build_query_fragment(field, filter_type, value))
        words = cut_query(text)
        if not words:
            return "(*:* -*:*)"
        return f"({' AND '.join(f'{field}:{quote(word)}^{WORDS[field]}' for word in words)})"


class CorpusSolrEngine(SolrEngine):
    """The engine to name in settings."""

    backend = CorpusSolrBackend
    query = CorpusSolrQuery


def quote(text: str) -> str:
    """Return a text as a term of Solr's query language."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _find_node(obj: Any) -> Document:
    """Return what an object's node is found by; worked out once for all nodes of its speech."""
    speech = find_speech(obj)
    nodes: dict[str, Document] | None = speech.__dict__.get(_NOTED)
    if nodes is None:
        nodes = speech.__dict__[_NOTED] = describe_nodes(speech)
    return nodes[name_node(obj._meta.model_name, obj.pk)]


def part_documents(documents: Sequence[Document]) -> Iterator[list[Document]]:
    """Yield the documents in the portions that they are sent in, none of them empty.

    A long speech is in each of its sections once more: of many, one request takes longer than the
    nodes are waited for.
    """
    batch: list[Document] = []
    size = 0
    for document in documents:
        own = sum(map(len, document.get("chars", ())))
        if batch and (len(batch) == _BATCH or size + own > _MOST_SIGNS):
            yield batch
            batch, size = [], 0
        batch.append(document)
        size += own
    if batch:
        yield batch


def _write_note(followed: str) -> Document:
    # A speech tells the shard.
    return {"id": _NOTE, "speech": 0, "followed": followed}


def _write_value(value: Any) -> Any:
    return write_day(value) if isinstance(value, date) else value


def _is_told(value: Any) -> bool:
    return value is not None and value not in ("", [])
