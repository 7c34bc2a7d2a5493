"""The worker's loop, and its ends."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import search
from corpus_app.batches import inbox, worker
from corpus_app.batches.models import Batch, BatchFile
from corpus_app.batches.presence import is_worker_present
from corpus_app.batches.upkeep import Rhythm
from corpus_app.batches.worker import run_worker
from corpus_app.catalog.models import Speech
from search import SearchRequest, run_search
from tests.batches.processes import is_alive, make_environment, wait_until
from tests.batches.sending import FILES, list_states, send
from tests.catalog.speeches import TRAINING, WORK_CONFERENCE
from tests.places import ROOT

HANG = """
import time, django
django.setup()
from corpus_app.batches import worker
worker.GRACE_SECONDS = -599
with worker.watch_time():
    time.sleep(60)
"""
LIVE = """
import os, sys, threading, django
django.setup()
from corpus_app.batches.management.commands.run_worker import follow
stop = threading.Event()
child = os.fork()
if child:
    print(child, flush=True)
    sys.stdin.read()
else:
    threading.Thread(target=follow, args=(os.getppid(), stop), daemon=True).start()
    stop.wait(60)
"""


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
class TestLoop:
    @pytest.fixture(autouse=True)
    def _start_with_an_index(self) -> None:
        search.rebuild_index()

    def test_once_it_does_what_waits_and_ends(self) -> None:
        batch = send()
        assert run_worker(threading.Event(), once=True) == 2
        assert list_states(batch) == ["imported", "imported"]
        assert run_worker(threading.Event(), once=True) == 0

    def test_what_it_publishes_is_found_when_it_ends(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("corpus_app.batches.processing.is_doubtful", lambda _speech: False)
        send(publish=True)
        run_worker(threading.Event(), once=True)
        assert run_search(SearchRequest(text='"话有地方说"', unit="speech")).total == 1
        assert search.check_index() == []

    def test_it_takes_from_the_inbox(
        self, settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:  # type: ignore[no-untyped-def]
        settings.INBOX_DIR = tmp_path
        monkeypatch.setattr(inbox, "SETTLED_SECONDS", 0.0)
        (tmp_path / "a.txt").write_text(TRAINING, "utf-8")
        assert run_worker(threading.Event(), once=True) == 1
        assert Batch.objects.get().state == "done"

    def test_it_is_there_while_it_runs_and_stops_after_the_file_it_is_at(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        stop = threading.Event()
        seen: list[bool] = []

        def stop_in_the_middle(file: BatchFile) -> None:
            seen.append(is_worker_present())
            stop.set()

        monkeypatch.setattr(worker, "process_file", stop_in_the_middle)
        send()
        assert run_worker(stop) == 1
        assert seen == [True]
        assert not is_worker_present()

    def test_a_failing_inbox_keeps_no_file_waiting(
        self, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        def fail() -> None:
            raise PermissionError("no inbox")

        monkeypatch.setattr(worker, "watch_inbox", fail)
        send({"a.txt": WORK_CONFERENCE})
        assert run_worker(threading.Event(), once=True) == 1
        assert "no inbox" in caplog.text

    def test_it_picks_up_what_a_dead_worker_left(self) -> None:
        batch = send()
        batch.files.update(state="working", worker="1-dead", attempts=1)
        run_worker(threading.Event(), once=True)
        assert list_states(batch) == ["imported", "imported"]
        assert Speech.objects.count() == len(FILES)


def test_what_recurs_is_due_once_in_its_span() -> None:
    rhythm = Rhythm(3600)
    assert rhythm.is_due()
    assert not rhythm.is_due()
    assert Rhythm(0).is_due()


def test_a_worker_that_hangs_in_a_file_is_ended(tmp_path: Path) -> None:
    env = make_environment(tmp_path, DJANGO_SETTINGS_MODULE="corpus_app.settings")
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", HANG], cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "Timeout" in done.stderr
    assert time.monotonic() - began < 50


@pytest.fixture
def parent() -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        [sys.executable, "-c", LIVE],
        cwd=ROOT,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "corpus_app.settings"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        yield process


def test_a_worker_ends_with_its_parent(parent: subprocess.Popen[str]) -> None:
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    assert is_alive(child)
    parent.kill()
    wait_until(lambda: not is_alive(child), 120, "the worker's end")
