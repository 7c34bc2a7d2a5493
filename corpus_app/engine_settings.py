"""Which search engine answers, read from the environment; a wrong value stops the start."""

from __future__ import annotations

import importlib.util
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from corpus_app import env

_EXAMPLE = "http://10.0.0.1:8983/solr/yanku,http://10.0.0.2:8983/solr/yanku"


def read_engine(index_folder: Path, names: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Return Haystack's connection: Whoosh in a folder, or the nodes of a SolrCloud."""
    engine = env.read_choice("CORPUS_ENGINE", "whoosh", ("whoosh", "solr"), names)
    addresses = env.read_list("CORPUS_SOLR_URL", [], names)
    keeps_arrays = env.read_bool("CORPUS_ARRAYS", True, names)
    if engine == "whoosh":
        if not keeps_arrays:
            raise ImproperlyConfigured("CORPUS_ARRAYS is off, but CORPUS_ENGINE is not solr.")
        if addresses:
            raise ImproperlyConfigured("CORPUS_SOLR_URL is set, but CORPUS_ENGINE is not solr.")
        return {"ENGINE": "search.engine.CorpusWhooshEngine", "PATH": str(index_folder / "whoosh")}
    if not addresses:
        raise ImproperlyConfigured(f"CORPUS_ENGINE=solr needs CORPUS_SOLR_URL, such as {_EXAMPLE}.")
    if importlib.util.find_spec("pysolr") is None:
        raise ImproperlyConfigured(
            "CORPUS_ENGINE=solr needs pysolr: pip install -r requirements-solr.txt (`make solr`)."
        )
    places = [_read_address(address) for address in addresses]
    collections = {collection for _, collection in places}
    if len(collections) > 1:
        raise ImproperlyConfigured("CORPUS_SOLR_URL must name the same collection on each node.")
    return {
        "ENGINE": "search.solr.CorpusSolrEngine",
        "URL": addresses[0],
        "NODES": [node for node, _ in places],
        "COLLECTION": collections.pop(),
        "ARRAYS": keeps_arrays,
        "READ_SECONDS": env.read_int("CORPUS_SOLR_SECONDS", 2, low=1, high=60, env=names),
        "SHARDS": env.read_int("CORPUS_SOLR_SHARDS", 2, low=1, high=1000, env=names),
        "REPLICAS": env.read_int("CORPUS_SOLR_REPLICAS", 2, low=1, high=100, env=names),
    }


def _read_address(address: str) -> tuple[str, str]:
    """Return a node's address and the collection named behind it."""
    parts = urlsplit(address)
    node, _, collection = address.rstrip("/").rpartition("/")
    try:
        fine = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port that is no number
        fine = False
    named = parts.path.strip("/").count("/") == 1 and collection.replace("_", "").isalnum()
    if not fine or parts.query or parts.fragment or not named:
        raise ImproperlyConfigured(
            f"CORPUS_SOLR_URL must be nodes with the collection, such as {_EXAMPLE}, "
            f"not {address!r}."
        )
    return node, collection
