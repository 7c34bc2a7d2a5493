"""What a cluster must do, tried as readers and an editor would: on both hosts, with parts down."""

from __future__ import annotations

import html
import json
import re
import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import Final, Protocol
from urllib.parse import quote

from deploy.cluster.hosts import Host, OutageError, TroubleError, wait_until

READING: Final = ("/", "/speeches/", "/themes/", "/api/v1/speeches")
PAGES: Final = (*READING, "/search/?q=监督", "/concordance/?q=监督")
NO_ENGINE: Final = "检索引擎暂时连接不上"
NO_DATABASE: Final = "数据库暂时连接不上"
# The longest that a reader waits to be told of a part that is down.
TELL_SECONDS: Final = 2.0
# A busy machine may hold up one answer, not each of so many.
_TRIES: Final = 3
RECOVER_SECONDS: Final = 60.0
_SEEN: Final = re.compile(r'name="seen" value="([^"]*)"')


class Engine(Protocol):
    """Solr's nodes."""

    def kill(self, *which: int) -> None: ...
    def start_again(self) -> None: ...


class Store(Protocol):
    """The database's server."""

    def stop(self) -> None: ...
    def start(self) -> None: ...


def try_all(
    hosts: Sequence[Host], engine: Engine, store: Store, say: Callable[[str], None]
) -> None:
    """Try everything in turn; raise TroubleError at the first that is not as it should be."""
    trial = _Trial(hosts, engine, store)
    steps: list[tuple[str, Callable[[], None]]] = [
        ("pages on both hosts", trial.try_pages),
        ("A withdraws, it is gone on B; A publishes, B finds it", trial.try_edits),
        ("one Solr node killed: both hosts find", trial.try_one_node_less),
        ("no Solr: search says so, browsing and editing go on", trial.try_no_engine),
        ("Solr is back, with what A did meanwhile", trial.try_engine_back),
        ("no PostgreSQL: pages say so", trial.try_no_store),
        ("PostgreSQL is back: all goes on", trial.try_store_back),
    ]
    for name, step in steps:
        begun = time.monotonic()
        step()
        say(f"ok {time.monotonic() - begun:5.1f} s  {name}")


class _Trial:
    """The steps, of which each goes on where the one before left off."""

    def __init__(self, hosts: Sequence[Host], engine: Engine, store: Store) -> None:
        self.hosts, self.engine, self.store = hosts, engine, store
        self.a, self.b = hosts
        self.speech = 0
        self.words = ""

    def try_pages(self) -> None:
        for host in self.hosts:
            for page in PAGES:
                _expect(host, page, 200)
        self._wait_for_health()

    def try_edits(self) -> None:
        self.speech = int(self.b.read("/api/v1/speeches")["items"][-1]["id"])
        self.words = _quote(self.b, self.speech)
        _sign_in(self.a)
        _act(self.a, self.speech, "withdraw")
        # What is withdrawn is out of sight at once, whatever the index holds.
        self._expect_gone()
        _act(self.a, self.speech, "publish")
        self._expect_back()

    def try_one_node_less(self) -> None:
        self.engine.kill(1)
        for host in self.hosts:
            for word in ("代表", "立法", "人大工作"):
                _expect(host, f"/search/?q={word}", 200)
                if not host.count(word):
                    raise TroubleError(f"host {host.name} finds nothing for {word}")

    def try_no_engine(self) -> None:
        self.engine.kill(0)
        for host in self.hosts:
            for word in ("预算", "调研", "基层"):
                _expect(host, f"/search/?q={word}", 503, NO_ENGINE)
            _expect(host, "/api/v1/search?q=决定", 503, NO_ENGINE)
            for page in READING:
                _expect(host, page, 200)
        _act(self.a, self.speech, "withdraw")
        _expect(self.b, f"/speeches/{self.speech}/", 410)

    def try_engine_back(self) -> None:
        self.engine.start_again()
        self._wait_for_health()
        self._expect_gone()
        _act(self.a, self.speech, "publish")
        self._expect_back()

    def try_no_store(self) -> None:
        self.store.stop()
        for host in self.hosts:
            for page in PAGES:
                _expect(host, page, 503, NO_DATABASE)

    def try_store_back(self) -> None:
        self.store.start()
        self._wait_for_health()
        for host in self.hosts:
            for page in PAGES:
                _expect(host, page, 200)

    def _expect_gone(self) -> None:
        _expect(self.b, f"/speeches/{self.speech}/", 410)
        found = self._count_on_b()
        deadline = time.monotonic() + RECOVER_SECONDS
        # The first queries of a node that has just started may take longer than a reader waits.
        while found is None and time.monotonic() < deadline:
            time.sleep(0.3)
            found = self._count_on_b()
        if found != 0:
            raise TroubleError(f"B finds {found} of speech {self.speech}, which A has withdrawn")

    def _expect_back(self) -> None:
        found = "B finds what A has published"
        wait_until(lambda: self._count_on_b() == 1, RECOVER_SECONDS, found)

    def _count_on_b(self) -> int | None:
        """Return how many speeches a reader of B finds, None where B is out of reach of Solr."""
        try:
            return self.b.count(self.words)
        except OutageError:
            return None

    def _wait_for_health(self) -> None:
        for host in self.hosts:
            well = f"/healthz of host {host.name}"
            wait_until(partial(_is_well, host), RECOVER_SECONDS, well)


def _expect(host: Host, page: str, status: int, words: str = "") -> None:
    """Hold a page to a status and words, and an outage to the time in which it must be told."""
    for _ in range(_TRIES):
        answer = host.ask(quote(page, safe="/?=&"))
        if answer.status != status or words not in answer.text:
            told = f"{answer.status}, not {status} {words}\n{answer.text[:500]}"
            raise TroubleError(f"host {host.name}, {page}: {told}")
        if status != 503 or answer.seconds <= TELL_SECONDS:
            return
    raise TroubleError(f"host {host.name}, {page}: told after {answer.seconds:.1f} s")


def _is_well(host: Host) -> bool:
    return host.ask("/healthz").status == 200


def _quote(host: Host, speech: int) -> str:
    """Return words in quotation marks that stand in this speech alone."""
    text = host.read(f"/api/v1/speeches/{speech}")["text"]
    for run in re.findall(r"[一-鿿]{14,}", text):
        if host.count(f'"{run}"') == 1:
            return f'"{run}"'
    raise TroubleError(f"speech {speech} has no words of its own")


def _sign_in(host: Host) -> None:
    host.post("/login/", {"username": "editor", "password": "yanku-demo"})
    if host.ask("/intake/queue/").status != 200:
        raise TroubleError(f"host {host.name}: the editor can't sign in")


def _act(host: Host, speech: int, action: str) -> None:
    """Let the editor press a button of the speech's form and change nothing else in it."""
    address = f"/intake/{speech}/"
    page = host.ask(address)
    seen = _SEEN.search(page.text)
    if seen is None:
        raise TroubleError(f"host {host.name}, {address}: {page.status}, no form")
    fields = json.loads(html.unescape(seen[1]))
    answer = host.post(address, {**fields, "seen": json.dumps(fields), "action": action})
    if answer.status != 200:
        raise TroubleError(f"host {host.name}, {address}: {action} gave {answer.status}")
