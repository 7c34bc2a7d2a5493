"""The finder of the engine in settings, opened for one request."""

from __future__ import annotations

from django.conf import settings

from search.errors import IndexProblem
from search.finders.local import LocalFinder
from search.index.access import current_stamp, open_arrays, open_visible
from search.matching.finder import Finder


def open_finder() -> Finder | None:
    """Return what finds as of now for whoever is answered; None where there is no index."""
    try:
        if "NODES" in settings.HAYSTACK_CONNECTIONS["default"]:
            return _open_solr()
        arrays = open_visible()
    except IndexProblem:
        return None
    return LocalFinder(arrays) if arrays is not None else None


def _open_solr() -> Finder | None:
    # Only where it is asked for: its client is no dependency of the others.
    from search.finders.solr.finder import SolrFinder
    from search.solr.names import open_visible_nodes

    arrays = open_arrays()
    if arrays is None:
        return None
    is_stale = arrays.stamp != current_stamp()
    return SolrFinder(open_visible_nodes(), is_stale=is_stale)
