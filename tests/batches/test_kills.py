"""Processes killed fifty times at random moments: nothing is half done, lost or done twice."""

from __future__ import annotations

import hashlib
import random
import sqlite3
import threading
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from zstandard import ZstdDecompressor

from tests.batches.processes import (
    BUSY,
    Forker,
    Server,
    is_alive,
    is_locked,
    kill,
    prepare_folder,
    run_forker,
    run_server,
    send_files,
)
from tests.batches.random_speeches import write_speech
from tests.batches.sending import pack

pytestmark = pytest.mark.slow

SEED = 20_261_121
# Whom it hits, and how often.
KILLS = {"work": 20, "bring": 7, "publish": 8, "rebuild": 7, "web": 5, "server": 3}
JOBS = ("work", "bring", "publish", "rebuild")
GROUPS = 24
GROUP_FILES = 5
LONGEST_WAIT_SECONDS = 8.0


@dataclass
class Sender(threading.Thread):
    """Sends groups of files, each again until the server answers that it has them."""

    server: Server
    token: str
    groups: list[dict[str, bytes]]
    answered: list[int] = field(default_factory=list)
    unanswered: int = 0

    def __post_init__(self) -> None:
        super().__init__(daemon=True)

    def __hash__(self) -> int:
        return id(self)

    def run(self) -> None:
        for files in self.groups:
            while (answer := send_files(self.server.url, self.token, files)) is None:
                self.unanswered += 1
                time.sleep(0.1)
            self.answered.append(answer["id"])
            time.sleep(0.3)


class Killer:
    """Keeps jobs and the server running, and kills them."""

    def __init__(self, forker: Forker, server: Server, folder: Path) -> None:
        self._forker, self._server, self._folder = forker, server, folder
        self._draw = random.Random(SEED)
        self._jobs = {name: forker.start(name) for name in JOBS}
        self.hits: Counter[str] = Counter()

    def kill_all(self) -> None:
        targets = [name for name, count in KILLS.items() for _ in range(count)]
        self._draw.shuffle(targets)
        for target in targets:
            self._wait_for_work(target)
            time.sleep(self._draw.uniform(0.02, 0.4))
            self._kill(target)

    def stop(self) -> None:
        for process in self._jobs.values():
            kill(process)

    def _wait_for_work(self, target: str) -> None:
        """Wait until a worker is at a file, a rebuild is under way; on any machine, not for long.

        What is killed while it starts has done nothing that could be left half done.
        """
        deadline = time.monotonic() + LONGEST_WAIT_SECONDS
        patience = deadline + LONGEST_WAIT_SECONDS * BUSY
        # While files wait, a busy machine's worker will get to one: its kill must not hit nothing.
        while time.monotonic() < (patience if self._has_files_waiting() else deadline):
            if target == "work" and self._is_at_a_file():
                return
            if target == "rebuild" and is_locked(self._folder / "index/rebuild.lock"):
                return
            if target not in ("work", "rebuild"):
                return
            time.sleep(0.02)

    def _is_at_a_file(self) -> bool:
        return self._has_file("state = 'working' AND worker LIKE ?", f"{self._jobs['work']}-%")

    def _has_files_waiting(self) -> bool:
        return self._has_file("state = ?", "waiting")

    def _has_file(self, condition: str, value: str) -> bool:
        question = f"SELECT 1 FROM batches_batchfile WHERE {condition}"
        with closing(sqlite3.connect(self._folder / "corpus.sqlite3", timeout=60)) as base:
            return base.execute(question, [value]).fetchone() is not None

    def _kill(self, target: str) -> None:
        if target == "server":
            self._server.restart()
        elif target == "web":
            workers = [each for each in self._server.list_workers() if is_alive(each)]
            if not workers:  # it is only starting: then all of it goes
                self._server.restart()
            else:
                kill(self._draw.choice(workers))
        else:
            assert is_alive(self._jobs[target]), f"{target} ended by itself"
            kill(self._jobs[target])
            self._jobs[target] = self._forker.start(target)
        self.hits[target] += 1


def make_groups() -> tuple[list[dict[str, bytes]], set[str]]:
    """Return the files to send, some of them packed, and the sha256 of every speech in them."""
    texts = [write_speech(seed).encode() for seed in range(GROUPS * GROUP_FILES)]
    groups = []
    for at in range(0, len(texts), GROUP_FILES):
        group = {f"{number}.txt": texts[number] for number in range(at, at + GROUP_FILES)}
        groups.append({f"{at}.zip": pack(group)} if at % 4 == 0 else group)
    return groups, {hashlib.sha256(text).hexdigest() for text in texts}


@pytest.fixture(scope="module")
def aftermath(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What is left after fifty kills, once a worker has started again and done its work."""
    folder = tmp_path_factory.mktemp("kills")
    # So many kills hit files that are in no way to blame; that ends otherwise in failures.
    more = {"CORPUS_FILE_ATTEMPTS": "100", "CORPUS_API_RATE": "100000/m", "CORPUS_WORKER": "0"}
    env = prepare_folder(folder / "var", **more)
    groups, shas = make_groups()
    with run_forker(env, folder) as forker, run_server(env) as server:
        sender = Sender(server, forker.ask("make_token")["token"], groups)
        killer = Killer(forker, server, folder / "var")
        sender.start()
        killer.kill_all()
        sender.join(60)
        killer.stop()
        finished = forker.ask("finish", 120)
        report: dict[str, Any] = forker.ask("report")
    report |= {"sent": shas, "answered": sender.answered, "folder": folder / "var"}
    return report | {"hits": killer.hits, "left": finished["done"], "cut": sender.unanswered}


def test_fifty_processes_were_killed_while_they_worked(aftermath: dict[str, Any]) -> None:
    assert sum(aftermath["hits"].values()) == 50
    assert aftermath["hits"] == Counter(KILLS)
    # Files that a worker was killed over were begun again.
    assert sum(file["attempts"] > 1 for file in aftermath["files"]) >= 5


def test_check_corpus_finds_nothing(aftermath: dict[str, Any]) -> None:
    assert aftermath["findings"] == []
    assert aftermath["half"] == 0


def test_every_file_the_server_answered_for_is_done(aftermath: dict[str, Any]) -> None:
    assert len(aftermath["answered"]) == GROUPS
    answered = set(aftermath["answered"])
    files = [file for file in aftermath["files"] if file["batch"] in answered]
    undone = [f for f in files if f["state"] not in {"imported", "duplicate", "unpacked"}]
    assert undone == []
    states = aftermath["batches"]
    assert {states[str(batch)] for batch in answered} == {"done"}


def test_each_speech_is_stored_once_and_no_bytes_are_lost(aftermath: dict[str, Any]) -> None:
    stored = Counter(sha for sha, _speech in aftermath["revisions"])
    assert aftermath["sent"] < set(stored)
    assert set(stored.values()) == {1}
    assert aftermath["speeches"] == len(stored)
    imported = Counter(f["sha256"] for f in aftermath["files"] if f["state"] == "imported")
    assert imported == Counter(aftermath["sent"])
    for sha in stored:
        path = Path(aftermath["folder"], "uploads", sha[:2], sha)
        packed = path.with_suffix(".zst")
        lies_packed = packed.is_file()
        data = (packed if lies_packed else path).read_bytes()
        data = ZstdDecompressor().decompress(data) if lies_packed else data
        assert hashlib.sha256(data).hexdigest() == sha


def test_the_index_holds_what_the_database_holds(aftermath: dict[str, Any]) -> None:
    assert aftermath["pending"] == 0
    assert aftermath["index"]["status"] == "fresh"
    assert aftermath["index"]["speeches"] == aftermath["published"] > 0
