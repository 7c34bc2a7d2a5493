"""The corpus that this host counts over, opened for one request."""

from __future__ import annotations

from search.counting.arrays import ArrayCorpus
from search.counting.corpus import CountedCorpus
from search.index.access import open_index
from search.index.shared_engine import keeps_arrays


def open_counted() -> CountedCorpus:
    """Return the corpus as of now for whoever is answered.

    Without arrays what is counted is asked of the engine; that raises EngineUnreachableError.
    """
    if keeps_arrays():
        index, is_stale = open_index()
        return ArrayCorpus(index, is_stale=is_stale)
    # Only where it is asked for: its client is no dependency of the others.
    from search.counting.solr import SolrCorpus

    return SolrCorpus.open()
