"""What Prometheus is told: true counts of all processes, nothing of anybody's words."""

from __future__ import annotations

import os
import urllib.request
from pathlib import Path

import pytest
from django.test import Client
from hypothesis import given, strategies as st
from prometheus_client import CollectorRegistry, Counter, Histogram, values
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.parser import text_string_to_metric_families

import search
from corpus_app.access.models import Activity
from corpus_app.batches.services import add_file, close_batch, make_batch
from corpus_app.catalog.changes import note_changes
from corpus_app.operations.metrics import storage
from corpus_app.operations.metrics.storage import WrittenDict
from tests.batches.processes import prepare_folder, run_server, wait_until
from tests.catalog.speeches import WORK_CONFERENCE, store
from tests.operations.disks import mount_disk
from tests.thoroughness import draw

Told = dict[tuple[str, tuple[tuple[str, str], ...]], float]


def read_samples(text: str) -> Told:
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def ask(client: Client) -> Told:
    answer = client.get("/metrics")
    assert answer.status_code == 200
    return read_samples(answer.content.decode())


@pytest.fixture
def _written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(values, "MmapedDict", WrittenDict)


@pytest.mark.usefixtures("_written")
@draw(40)
@given(counted=st.lists(st.tuples(st.integers(1, 4), st.sampled_from("一二三"), st.floats(0, 99))))
def test_what_processes_counted_is_added_up(
    tmp_path_factory: pytest.TempPathFactory, counted: list[tuple[int, str, float]]
) -> None:
    folder, process = tmp_path_factory.mktemp("metrics"), 1
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(storage.VARIABLE, str(folder))
        patch.setattr(values, "ValueClass", values.MultiProcessValue(lambda: process))
        counter = Counter("c", "c", ["k"], registry=None)
        seconds = Histogram("h", "h", ["k"], buckets=(1, 10), registry=None)
        for process, label, amount in counted:  # noqa: B007
            counter.labels(label).inc(amount)
            seconds.labels(label).observe(amount)
    told = {
        (sample.name, sample.labels["k"], sample.labels.get("le")): sample.value
        for metric in MultiProcessCollector(CollectorRegistry(), path=str(folder)).collect()
        for sample in metric.samples
    }
    for label in {label for _process, label, _amount in counted}:
        amounts = [amount for _process, one, amount in counted if one == label]
        assert told["c_total", label, None] == pytest.approx(sum(amounts))
        assert told["h_count", label, None] == len(amounts)
        assert told["h_bucket", label, "10.0"] == sum(amount <= 10 for amount in amounts)


def test_a_full_disk_and_a_read_only_one_end_no_process_and_lose_no_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storage, "PAUSE", 0.0)
    with mount_disk(tmp_path / "disk", 1) as disk:
        written = WrittenDict(str(disk.path / "metrics/counter_1.db"))
        written.write_value("seen", 1.0, 0.0)
        disk.fill()
        # More than the page that the file has.
        for number in range(200):
            written.write_value(f"key {number:040}", float(number), 0.0)
        assert written.read_value("seen") == (1.0, 0.0)
        disk.empty()
        # No file is held open: else this would not be let.
        disk.remount("ro")
        written.write_value("seen", 2.0, 0.0)
        disk.remount("rw")
        written.write_value("seen", 3.0, 0.0)
        read = WrittenDict(str(disk.path / "metrics/counter_1.db"))
        assert read.read_value("seen") == (3.0, 0.0)
        assert read.read_value(f"key {199:040}") == (199.0, 0.0)
        assert len(list(read.read_all_values())) == 201


@pytest.mark.django_db
def test_requests_searches_and_sign_ins_are_counted_without_their_words(client: Client) -> None:
    store(WORK_CONFERENCE)
    search.rebuild_index()
    before = ask(client)
    client.get("/search/", {"q": "代表甲乙丙"})
    client.get("/made-up-by-a-stranger/")
    client.post("/login/", {"username": "niemand", "password": "geheim"})
    assert Activity.objects.get().kind == Activity.Kind.SIGN_IN_FAILED
    answer = client.get("/metrics").content.decode()
    after = read_samples(answer)

    def grown(name: str, **labels: str) -> float:
        key = (name, tuple(sorted(labels.items())))
        return after[key] - before.get(key, 0)

    assert grown("yanku_requests_total", view="search", status="200") == 1
    assert grown("yanku_request_seconds_count", view="search") == 1
    assert grown("yanku_requests_total", view="none", status="404") == 1
    assert grown("yanku_search_seconds_count", unit="speech") >= 1
    assert grown("yanku_sign_ins_total", outcome="failed") == 1
    for word in ("代表", "niemand", "geheim", "stranger", "testserver"):
        assert word not in answer


@pytest.mark.django_db
def test_what_waits_and_what_the_index_owes_are_told(client: Client) -> None:
    search.rebuild_index()
    batch = make_batch("等待")
    add_file(batch, "一.txt", b"text")
    close_batch(batch)
    type(batch).objects.update(changed_at="2020-01-01T00:00:00Z")
    note_changes([1])
    told = ask(client)
    assert told["yanku_queue_files", ()] == 1
    assert told["yanku_queue_oldest_seconds", ()] > 86_400
    assert told["yanku_files", (("outcome", "waiting"),)] == 1
    assert told["yanku_index_pending", ()] == 1
    assert told["yanku_worker_state", (("state", "absent"),)] == 1
    assert told["yanku_part_ok", (("part", "database"),)] == 1
    assert told["yanku_disk_free_bytes", ()] > 0


@pytest.mark.django_db
def test_strangers_are_told_nothing_and_a_token_opens_it(client: Client, settings) -> None:  # type: ignore[no-untyped-def]
    settings.METRICS_TOKEN = "t" * 20
    assert client.get("/metrics", REMOTE_ADDR="192.0.2.1").status_code == 403
    assert client.get("/metrics", headers={"X-Forwarded-For": "192.0.2.1"}).status_code == 403
    for given_, status in (("Bearer " + "t" * 20, 200), ("Bearer ", 403), ("t" * 20, 403)):
        answer = client.get("/metrics", REMOTE_ADDR="192.0.2.1", headers={"Authorization": given_})
        assert answer.status_code == status
    settings.METRICS_TOKEN = ""
    answer = client.get("/metrics", REMOTE_ADDR="192.0.2.1", headers={"Authorization": "Bearer "})
    assert answer.status_code == 403
    # Whoever asks is believed nothing about another address.
    headers = {"X-Forwarded-For": "127.0.0.1"}
    assert client.get("/metrics", REMOTE_ADDR="192.0.2.1", headers=headers).status_code == 403


@pytest.mark.slow
def test_the_server_adds_up_all_its_processes_and_begins_anew_at_a_start(tmp_path: Path) -> None:
    env = prepare_folder(tmp_path / "var", CORPUS_WORKERS="3", CORPUS_THREADS="1")
    key = ("yanku_requests_total", (("status", "200"), ("view", "login")))

    def count() -> float:
        with urllib.request.urlopen(f"{server.url}/metrics", timeout=30) as answer:
            return read_samples(answer.read().decode()).get(key, 0)

    with run_server(env) as server:
        wait_until(server.is_answering, 30, "an answer")
        before = count()
        for _time in range(20):
            urllib.request.urlopen(f"{server.url}/login/", timeout=30).close()
        assert count() == before + 20
        files = list((tmp_path / "var/metrics").glob("counter_*.db"))
        assert len(files) > 1
        assert all(path.stat().st_mode & 0o777 == 0o600 for path in files)
        # A process that ends takes nothing of the sum along.
        os.kill(int(files[0].stem.partition("_")[2]), 9)
        wait_until(lambda: count() == before + 20, 30, "the sum stays")
        server.restart()
        wait_until(server.is_answering, 30, "an answer")
        assert count() < before + 20
