"""Where nodes fail, others answer; where all do, pages say so and the rest goes on."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import requests
from django.test import Client

import search
from search import SearchRequest, run_search
from search.errors import EngineUnreachableError
from search.solr.backend import open_nodes
from search.solr.collections import Collections
from search.solr.nodes import SolrNodes
from tests.search.factories import make_speech
from tests.solr.conftest import Cluster

SENTENCE = "检索引擎暂时连接不上"


@pytest.fixture
def held(cluster: Cluster) -> Iterator[list[int]]:
    """Hand out the nodes' processes, to be stopped; they go on at the end."""
    pids = [node["pid"] for node in cluster.told["nodes"]]
    yield pids
    for pid in pids:
        os.kill(pid, signal.SIGCONT)


def test_pages_that_need_the_engine_say_that_it_is_gone_and_all_recovers(
    solr: Cluster, held: list[int], client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    speech = make_speech(parts=["依法监督"])
    search.rebuild_index()
    monkeypatch.setattr(open_nodes(), "read_seconds", 2)
    client.raise_request_exception = False
    for pid in held:
        os.kill(pid, signal.SIGSTOP)
    with note_waits(monkeypatch) as waits:
        page = client.get("/search/", {"q": "监督"})
    assert 0 < sum(waits) <= 2
    assert page.status_code == 503
    assert SENTENCE in page.content.decode()
    assert page["Retry-After"]
    answer = client.get("/api/v1/search", {"q": "监督"})
    assert (answer.status_code, answer.json()["code"]) == (503, "outage")
    assert client.get(f"/speeches/{speech.pk}/").status_code == 200
    assert client.get("/speeches/").status_code == 200
    assert client.get("/healthz").status_code == 503
    assert search.read_index_state().status == "unreachable"
    assert not search.repair_index()
    for pid in held:
        os.kill(pid, signal.SIGCONT)
    monkeypatch.setattr(open_nodes(), "read_seconds", 30)
    wait_until_answered()
    assert client.get("/search/", {"q": "监督"}).status_code == 200
    assert run_search(SearchRequest("监督")).total == 1


@contextmanager
def note_waits(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[float]]:
    """Note how many seconds each request to a node may wait for its answer."""
    waits: list[float] = []
    request = requests.Session.request

    def note(self: requests.Session, *args: Any, **options: Any) -> requests.Response:
        waits.append(options["timeout"][1])
        return request(self, *args, **options)

    with monkeypatch.context() as patched:
        patched.setattr(requests.Session, "request", note)
        yield waits


def wait_until_answered() -> None:
    """Wait for the nodes to take part again: ZooKeeper has forgotten those that were silent."""
    for _ in range(60):
        try:
            open_nodes().ask({"query": "*:*", "limit": 0})
        except EngineUnreachableError:
            time.sleep(1)
        else:
            return


def test_a_node_killed_under_load_loses_no_document_and_stops_nobody(cluster: Cluster) -> None:
    addresses = [node["url"] for node in cluster.told["nodes"]]
    collections = Collections(SolrNodes(addresses, "load", 30), 2, 2)
    name = collections.make()
    load = _Load(SolrNodes(addresses, name, 30))
    writer, reader = threading.Thread(target=load.write), threading.Thread(target=load.read)
    writer.start()
    reader.start()
    load.wait_for(40)
    os.kill(cluster.told["nodes"][1]["pid"], signal.SIGKILL)
    load.wait_for(len(load.written) + 120)
    cluster.script.send_signal(signal.SIGUSR1)
    cluster.read()
    load.wait_for(len(load.written) + 40)
    load.ending.set()
    writer.join()
    reader.join()
    load.nodes.commit()
    assert load.errors == []
    assert load.reads > 0
    for address in addresses:
        alone = SolrNodes([address], name, 30)
        found = alone.ask({"query": "*:*", "fields": ["id"], "limit": 100_000})
        assert load.written <= {document["id"] for document in found["response"]["docs"]}
    collections.drop(name)


class _Load:
    """One who writes and one who reads, until they are told to end."""

    def __init__(self, nodes: SolrNodes) -> None:
        self.nodes = nodes
        self.ending = threading.Event()
        self.written: set[str] = set()
        self.reads = 0
        self.errors: list[Any] = []

    def write(self) -> None:
        number = 0
        while not self.ending.is_set():
            batch = [
                {"id": f"d{number}-{at}", "speech": number, "chars": ["依 法"]} for at in range(4)
            ]
            number += 1
            try:
                self.nodes.write(batch)
                self.written |= {str(each["id"]) for each in batch}
                if number % 10 == 0:
                    self.nodes.commit()
            except Exception as error:
                self.errors.append(error)

    def read(self) -> None:
        query = {"field": {"f": "chars", "query": "依 法"}}
        while not self.ending.is_set():
            try:
                self.nodes.ask({"query": query, "limit": 5})
                self.reads += 1
            except Exception as error:
                self.errors.append(error)

    def wait_for(self, documents: int) -> None:
        """Wait until so many documents were taken."""
        deadline = time.monotonic() + 120
        while len(self.written) < documents:
            assert time.monotonic() < deadline, self.errors
            time.sleep(0.05)
