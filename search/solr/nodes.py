"""Solr's nodes asked over HTTP: whichever answers in time, or another in its place."""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import requests

from search.errors import EngineRefusalError, EngineUnreachableError

# A change waits for the nodes to choose a new leader, a reader does not.
WRITE_SECONDS: Final = 30.0
# So long a change waits where not one node takes a connection.
_REFUSED_SECONDS: Final = 3.0
# Where no node has answered, others are told so at once for so long.
_DOWN_SECONDS: Final = 1.0
# A node that did not answer is asked last for so long.
_AVOID_SECONDS: Final = 5.0
_CONNECT_SECONDS: Final = 1.0
# What a node may take of the time that is left while there is another to ask.
_SHARE: Final = 0.6
_PAUSE_SECONDS: Final = 0.05
_WRONG_QUERY: Final = 400
_FINE: Final = 200


@dataclass(frozen=True)
class _Asked:
    """A request, whichever node takes it."""

    method: str
    path: str
    data: bytes | None
    headers: dict[str, str]


class _SilentError(Exception):
    """A node that gave no answer; refused: it took no connection."""

    def __init__(self, told: str, *, refused: bool) -> None:
        super().__init__(told)
        self.refused = refused


class SolrNodes:
    """The nodes of one cloud, as http://host:port/solr, and the alias of its collection."""

    def __init__(self, addresses: Sequence[str], collection: str, read_seconds: float) -> None:
        self.addresses = list(addresses)
        self.collection = collection
        self.read_seconds = read_seconds
        self._silent: dict[str, float] = {}
        self._down_since = float("-inf")
        self._local = threading.local()

    def ask(self, body: dict[str, Any]) -> dict[str, Any]:
        """Return the answer to a query in Solr's JSON; raise EngineUnreachableError in time."""
        return self._call(f"{self.collection}/select", body, self.read_seconds)

    def write(self, body: Any, *, collection: str = "") -> None:
        """Send documents to add (a list) or a command of the update handler (a dict)."""
        target = collection or self.collection
        self._call(f"{target}/update", body, WRITE_SECONDS)

    def commit(self, *, collection: str = "") -> None:
        """Bring what was written into sight, on all replicas at once."""
        target = collection or self.collection
        path = f"{target}/update?commit=true&softCommit=true&waitSearcher=true"
        self._call(path, {}, WRITE_SECONDS)

    def manage(
        self, path: str, content: bytes | None = None, *, reads: bool = False
    ) -> dict[str, Any]:
        """Return the answer of the cloud's own interface, as "collections?action=LIST"."""
        return self._call(f"admin/{path}", content, self.read_seconds if reads else WRITE_SECONDS)

    def send(self, method: str, path: str, body: Any, headers: dict[str, str]) -> str:
        """Return the text of the answer to any request under the collection, for Haystack's."""
        data = body.encode() if isinstance(body, str) else body
        seconds = self.read_seconds if path.startswith("select") else WRITE_SECONDS
        asked = _Asked(method, f"{self.collection}/{path}", data, headers)
        return self._try_all(asked, seconds)

    def _call(self, path: str, body: Any, seconds: float) -> dict[str, Any]:
        kind = "application/octet-stream" if isinstance(body, bytes) else "application/json"
        # As they are: characters written by their numbers are half as long again on the way.
        data = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
        method = "get" if body is None else "post"
        text = self._try_all(_Asked(method, path, data, {"Content-Type": kind}), seconds)
        answer: dict[str, Any] = json.loads(text)
        return answer

    def _try_all(self, asked: _Asked, seconds: float) -> str:
        """Ask the nodes in turn, again while one of them may come to answer."""
        started = time.monotonic()
        reads = seconds <= self.read_seconds
        if reads and started - self._down_since < _DOWN_SECONDS:
            raise EngineUnreachableError(f"{asked.path}: no node answered a moment ago")
        while True:
            turn = sorted(self.addresses, key=self._rank)
            failures = []
            for address in turn:
                left = started + seconds - time.monotonic()
                try:
                    return self._try_one(address, asked, left, is_last=address == turn[-1])
                except _SilentError as failure:
                    failures.append(failure)
                    self._silent[address] = time.monotonic()
            patience = 0.0 if reads else _REFUSED_SECONDS
            if all(failure.refused for failure in failures):
                seconds = min(seconds, patience)
            if time.monotonic() - started >= seconds:
                self._down_since = time.monotonic()
                raise EngineUnreachableError(f"{asked.path}: {failures[-1]}")
            time.sleep(_PAUSE_SECONDS)

    def _try_one(self, address: str, asked: _Asked, left: float, *, is_last: bool) -> str:
        share = left if is_last else left * _SHARE
        if share <= 0:
            raise _SilentError("no time is left", refused=False)
        try:
            answer = self._session.request(
                asked.method,
                f"{address}/{asked.path}",
                data=asked.data,
                headers=asked.headers,
                timeout=(min(_CONNECT_SECONDS, share), share),
            )
        except requests.RequestException as error:
            refused = isinstance(error, requests.ConnectionError)
            raise _SilentError(str(error), refused=refused) from error
        if answer.status_code == _FINE:
            self._silent.pop(address, None)
            return answer.text
        told = f"HTTP {answer.status_code}: {answer.text[:500]}"
        if answer.status_code == _WRONG_QUERY:
            raise EngineRefusalError(told)
        raise _SilentError(told, refused=False)

    def _rank(self, address: str) -> float:
        since = self._silent.get(address, 0.0)
        return since if since and time.monotonic() - since < _AVOID_SECONDS else 0.0

    @property
    def _session(self) -> requests.Session:
        """Return this thread's connections; a process that was forked makes its own."""
        known: tuple[int, requests.Session] | None = getattr(self._local, "known", None)
        if known is None or known[0] != os.getpid():
            session = requests.Session()
            session.trust_env = False
            known = self._local.known = os.getpid(), session
        return known[1]
