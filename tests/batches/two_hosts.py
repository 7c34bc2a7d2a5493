"""Two hosts over one database, and who reads at both."""

from __future__ import annotations

import json
import threading
import urllib.error
import urllib.request
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg

from tests.batches.processes import Forker, Server


@dataclass
class Host:
    """A data folder with its server, and a program that does jobs there."""

    folder: Path
    forker: Forker
    server: Server

    def read(self, path: str) -> Any:
        """Return the JSON at the path, whatever the status."""
        try:
            with urllib.request.urlopen(self.server.url + path, timeout=60) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            return json.load(error)

    def count(self, words: str) -> int:
        """Return how many speeches a reader finds the words in."""
        query = quote(f'"{words}"')
        found = self.read(f"/api/v1/search?q={query}&unit=speech")
        assert "total" in found, found
        return int(found["total"])

    def finds(self, words: str) -> bool:
        return self.count(words) == 1

    def read_index_state(self) -> str:
        return str(self.read("/healthz")["index"]["state"])


@dataclass
class Pair:
    """Both hosts and the address of their database."""

    a: Host
    b: Host
    address: str

    def ask(self, statement: str) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.address, autocommit=True) as base:
            found = base.execute(statement)
            return found.fetchall() if found.description else []

    def end_leases(self) -> None:
        """Let the time of the dead be over."""
        self.ask("UPDATE catalog_lease SET expires_at = now() - interval '1 second'")

    def is_any_working(self) -> bool:
        return bool(self.ask("SELECT 1 FROM batches_batchfile WHERE state = 'working'"))

    def check_batch(self, sent: dict[str, Any]) -> None:
        """Hold that every file of a batch became one speech, that both hosts find."""
        files = self.ask(
            "SELECT sha256, state, speech_id FROM batches_batchfile "
            f"WHERE batch_id = {sent['batch']}"
        )
        assert sorted(sha for sha, _state, _speech in files) == sorted(sent["shas"])
        assert {state for _sha, state, _speech in files} == {"imported"}
        assert len({speech for _sha, _state, speech in files}) == len(sent["shas"])
        stored = self.ask(
            "SELECT sha256, count(*) FROM catalog_upload JOIN catalog_revision "
            "ON upload_id = catalog_upload.id GROUP BY sha256"
        )
        counted = Counter(dict(stored))
        assert {counted[sha] for sha in sent["shas"]} == {1}
        assert self.ask(f"SELECT state FROM batches_batch WHERE id = {sent['batch']}") == [
            ("done",)
        ]
        for host in (self.a, self.b):
            host.forker.ask("finish", 120)
            report = host.forker.ask("report", 120)
            assert report["findings"] == []
            assert report["pending"] == 0
            assert report["index"]["speeches"] == report["published"]


@dataclass
class Reader(threading.Thread):
    """Asks one host after the other for pages, as a distributor does: not one that is leaving."""

    hosts: list[Host]
    leaving: set[int] = field(default_factory=set)
    answered: Counter[int] = field(default_factory=Counter)
    failed: list[str] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)
    busy: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        super().__init__(daemon=True)

    def __hash__(self) -> int:
        return id(self)

    def run(self) -> None:
        pages = ("/", "/search/?q=%E4%BB%A3%E8%A1%A8", "/speeches/", "/api/v1/speeches")
        at = 0
        while not self.over.is_set():
            at += 1
            with self.busy:
                here = at % 2 if at % 2 not in self.leaving else 1 - at % 2
                self._ask(here, pages[at // 2 % len(pages)])

    def _ask(self, here: int, page: str) -> None:
        try:
            with urllib.request.urlopen(self.hosts[here].server.url + page, timeout=60) as answer:
                answer.read()
                self.answered[here] += 1
        except OSError as error:
            self.failed.append(f"{here} {page}: {error}")


def count_answers(readers: list[Reader], at: int) -> int:
    return sum(reader.answered[at] for reader in readers)


def has_answered(readers: list[Reader], at: int, least: int) -> bool:
    return count_answers(readers, at) >= least
