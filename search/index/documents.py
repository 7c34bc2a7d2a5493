"""Bring the engine's documents up to date; through Haystack, whatever engine is set."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from haystack import connections
from haystack.constants import DEFAULT_ALIAS
from haystack.query import SearchQuerySet
from haystack.utils import get_identifier

from corpus_app.catalog.models import Section, Speech
from search.index.published import read_current

Put = Callable[[list[Speech]], None]


def get_backend() -> Any:
    """Return Haystack's backend of the engine in settings."""
    return connections[DEFAULT_ALIAS].get_backend()


def _get_index(model: type[Any]) -> Any:
    return connections[DEFAULT_ALIAS].get_unified_index().get_index(model)


def list_batches(speeches: Sequence[Speech]) -> list[tuple[Any, Sequence[Any]]]:
    """Return speeches and their sections, each with its search index."""
    sections = [each for s in speeches for each in read_current(s).sections.all()]
    return [(_get_index(Speech), speeches), (_get_index(Section), sections)]


def find_identifiers(speech_ids: Collection[int]) -> list[str]:
    """Return the identifiers of all documents that the engine holds of the speeches."""
    if not speech_ids:
        return []
    return _take_identifiers(SearchQuerySet().filter(speech__in=sorted(speech_ids)))


def _take_identifiers(found: SearchQuerySet) -> list[str]:
    total = count_results(found)
    rows = found.values_list("id", flat=True)[:total] if total else ()
    return [str(each) for each in rows]


def count_results(found: SearchQuerySet) -> int:
    """Return how many documents match; one is fetched, where Haystack's count() fetches all."""
    counted = found.all()
    list(counted[:1])
    return int(counted.count())


def replace_documents(speeches: Sequence[Speech], speech_ids: Collection[int]) -> None:
    """Take out what the engine holds of the ids, and put the speeches and their sections in."""
    backend = get_backend()
    if hasattr(backend, "replace"):
        backend.replace(list_batches(speeches), "speech", speech_ids)
        return
    for identifier in find_identifiers(speech_ids):
        backend.remove(identifier)
    for index, objects in list_batches(speeches):
        backend.update(index, objects)


@contextmanager
def rebuild_documents() -> Iterator[Put]:
    """Yield a function that puts speeches into a new index, which then replaces the old one."""
    backend = get_backend()
    if hasattr(backend, "rebuilding"):
        with backend.rebuilding() as put:
            yield lambda speeches: put_all(put, speeches)
        return
    backend.clear()
    yield lambda speeches: put_all(backend.update, speeches)


def put_all(put: Callable[[Any, Sequence[Any]], None], speeches: Sequence[Speech]) -> None:
    """Put speeches and their sections by a function put(search index, objects)."""
    for index, objects in list_batches(speeches):
        put(index, objects)


def list_identifiers() -> set[str]:
    """Return the identifiers of all documents in the engine."""
    return set(_take_identifiers(SearchQuerySet().all()))


def list_expected(speeches: Sequence[Speech]) -> set[str]:
    """Return the identifiers that the engine should hold of the speeches."""
    return {get_identifier(each) for _, objects in list_batches(speeches) for each in objects}
