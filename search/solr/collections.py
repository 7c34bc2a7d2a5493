"""The cloud's collections: made from our configset, filled beside the one in use, then switched."""

from __future__ import annotations

import hashlib
import io
import time
import zipfile
from functools import cache
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

from search.solr.nodes import SolrNodes

CONFIGSET: Final = Path(__file__).parent.parent.parent / "deploy" / "solr" / "configset"
# Sections of a speech lie on one shard: what is asked of one leads to others of it.
_ROUTE: Final = {"router.name": "compositeId", "router.field": "speech"}


class Collections:
    """What the alias names now, and new ones to take its place."""

    def __init__(self, nodes: SolrNodes, shards: int, replicas: int) -> None:
        self._nodes, self._shards, self._replicas = nodes, shards, replicas

    def find_current(self) -> str | None:
        """Return the collection that the alias names, None where there is none yet."""
        aliases = self._nodes.manage("collections?action=LISTALIASES", reads=True)["aliases"]
        found: str | None = aliases.get(self._nodes.collection)
        return found

    def make(self) -> str:
        """Return a new, empty collection; nothing names it yet."""
        name = f"{self._nodes.collection}_{time.time_ns()}"
        live = len(self._ask(action="CLUSTERSTATUS")["cluster"]["live_nodes"])
        options: dict[str, Any] = {
            "numShards": self._shards,
            "replicationFactor": max(1, min(self._replicas, live)),
            "collection.configName": self._put_configset(),
            "waitForFinalState": "true",
        }
        self._ask(action="CREATE", name=name, **options, **_ROUTE)
        return name

    def switch(self, name: str) -> None:
        """Let the alias name a collection, and drop the one that it named before."""
        before = self.find_current()
        self._ask(action="CREATEALIAS", name=self._nodes.collection, collections=name)
        if before and before != name:
            self.drop(before)

    def drop(self, name: str) -> None:
        """Remove a collection."""
        self._ask(action="DELETE", name=name)

    def _put_configset(self) -> str:
        """Return the name of our configset in the cloud, sent there where it is new."""
        content, name = pack_configset()
        if name not in self._nodes.manage("configs?action=LIST")["configSets"]:
            self._nodes.manage(f"configs?action=UPLOAD&name={name}", content)
        return name

    def _ask(self, **options: Any) -> dict[str, Any]:
        return self._nodes.manage(f"collections?{urlencode(options)}")


@cache
def pack_configset() -> tuple[bytes, str]:
    """Return the configset as a zip file, and a name that tells what is in it."""
    files = {path.name: path.read_bytes() for path in sorted(CONFIGSET.iterdir())}
    digest = hashlib.sha256(repr(sorted(files.items())).encode()).hexdigest()[:12]
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue(), f"yanku-{digest}"
