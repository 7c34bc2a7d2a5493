"""The finding side: ask through the names exported here, nothing behind them.

    from search import SearchRequest, run_search
    result = run_search(SearchRequest(text="“全过程人民民主” -信访", unit="section"))

Models and the index are imported when a function is called, so that this package can be
imported before Django's apps are ready.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from search.errors import IndexProblem, QueryError
from search.request import SearchRequest
from search.result import SearchResult

if TYPE_CHECKING:
    from search.state import Difference, IndexState

__all__ = [
    "IndexProblem",
    "QueryError",
    "SearchRequest",
    "SearchResult",
    "check_index",
    "find_marks",
    "index_speech",
    "index_speeches",
    "index_state",
    "prepare_search",
    "rebuild_index",
    "remove_speech",
    "repair_index",
    "run_search",
]


def run_search(request: SearchRequest) -> SearchResult:
    """Return the request's hits, counts and facets; raise QueryError for an unreadable text.

    An empty text stands for every speech (or section), so that facets alone can browse.
    """
    from search.running import run_search as run

    return run(request)


def prepare_search() -> None:
    """Load what every search needs, so that the first one is no slower than the next."""
    from search.running import prepare_search as prepare

    prepare()


def find_marks(query_text: str, speech_id: int) -> list[tuple[int, int]]:
    """Return the spans of the query's positive terms in the speech's current text.

    Spans are sorted and apart; an unreadable query or unknown speech gives none.
    """
    from search.marks import find_marks as find

    return find(query_text, speech_id)


def index_speech(speech_id: int) -> None:
    """Bring the index up to date with one speech: published it is findable, else it is not."""
    index_speeches([speech_id])


def index_speeches(speech_ids: Iterable[int]) -> None:
    """Bring the index up to date with many speeches in one write."""
    from search.indexing import index_speeches as index

    index(speech_ids)


def remove_speech(speech_id: int) -> None:
    """Take a speech out of the index; one that is not there is no error."""
    from search.indexing import remove_speech as remove

    remove(speech_id)


def rebuild_index(progress: Callable[[int, int], None] | None = None) -> None:
    """Build the whole index anew beside the one in use, then switch.

    progress is called with the number of speeches done and of all speeches.
    """
    from search.indexing import rebuild_index as rebuild

    rebuild(progress)


def repair_index() -> bool:
    """Mend what a killed process left of the index; return whether there was anything to mend."""
    from search.repair import repair_index as repair

    return repair()


def index_state() -> IndexState:
    """Return whether the index is missing, stale, damaged or fresh, with its counts."""
    from search.state import read_index_state

    return read_index_state()


def check_index() -> list[Difference]:
    """Return every difference between the published speeches and the index, none if all is well."""
    from search.state import check_index as check

    return check()
