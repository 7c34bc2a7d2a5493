"""Two hosts, each with a data folder of its own, over one PostgreSQL."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial

import psycopg
import pytest

from tests.batches.processes import (
    is_alive,
    is_locked,
    kill,
    make_environment,
    run_forker,
    run_server,
    wait_until,
)
from tests.batches.two_hosts import Host, Pair, Reader, count_answers, has_answered
from tests.places import ROOT

pytestmark = pytest.mark.slow

NONE_HERE = "No PostgreSQL server can be had here."


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The address of an empty database on a server that is stopped afterwards."""
    script = 'echo "$CORPUS_DATABASE_URL"; read -r _'
    command = ["sh", "tests/with_postgresql.sh", "sh", "-c", script]
    program = subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert program.stdin is not None
    assert program.stdout is not None
    said = program.stdout.readline().strip()
    if not said.startswith("postgresql://"):
        program.wait()
        pytest.skip(NONE_HERE)
    yield said
    program.communicate("\n")


@pytest.fixture(scope="module")
def pair(address: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    base = tmp_path_factory.mktemp("hosts")
    more = {
        "CORPUS_DATABASE_URL": address,
        "CORPUS_FILES_DIR": str(base / "files"),
        "CORPUS_SECRET_KEY": "5f0e9a" * 10,
        "CORPUS_WORKER": "0",
        "CORPUS_API_RATE": "100000/m",
        "CORPUS_API_ANONYMOUS_RATE": "100000/m",
        "CORPUS_PAGE_RATE": "100000/m",
        "CORPUS_FILE_ATTEMPTS": "100",
    }
    with ExitStack() as stack:
        hosts = []
        for name in ("a", "b"):
            env = make_environment(base / name, **more)
            command = [".venv/bin/python", "manage.py", "bootstrap", "--no-samples"]
            subprocess.run(command, cwd=ROOT, env=env, check=True, capture_output=True)
            forker = stack.enter_context(run_forker(env, base / name))
            hosts.append(Host(base / name, forker, stack.enter_context(run_server(env))))
        for host in hosts:
            wait_until(host.server.is_answering, 30, "the server answers")
        a, b = hosts
        yield Pair(a, b, address)


def test_a_number_committed_late_is_not_stepped_over(pair: Pair) -> None:
    note = "INSERT INTO catalog_speechchange (speech_id, created_at) VALUES (%s, now())"
    with psycopg.connect(pair.address) as slow:
        slow.execute(note, [999_999])  # earlier, and still open
        pair.a.forker.ask("publish_one")
        pair.b.forker.ask("finish")
        assert pair.ask("SELECT 1 FROM catalog_speechchange WHERE number IS NULL") == []
        slow.commit()
    pair.a.forker.ask("finish")
    numbers = [n for (n,) in pair.ask("SELECT number FROM catalog_speechchange ORDER BY number")]
    assert numbers == list(range(1, len(numbers) + 1))
    assert pair.ask("SELECT speech_id FROM catalog_speechchange ORDER BY number DESC LIMIT 1") == [
        (999_999,)
    ]
    assert pair.b.read_index_state() == "behind"
    pair.b.forker.ask("finish")
    assert pair.b.read_index_state() == "fresh"


def test_what_one_host_publishes_and_withdraws_the_other_finds_and_no_more(
    pair: Pair,
) -> None:
    told = pair.a.forker.ask("publish_one")
    # A probe tells the truth, and mends nothing.
    assert pair.b.read_index_state() == "behind"
    began = time.monotonic()
    wait_until(lambda: pair.b.count(told["words"]) == 1, 20, "B finds what A published")
    print(f"found after {time.monotonic() - began:.2f} s")
    wait_until(lambda: pair.b.read_index_state() == "fresh", 20, "B has followed")
    assert pair.a.forker.ask("withdraw_last")["speech"] == told["speech"]
    began = time.monotonic()
    wait_until(lambda: pair.b.count(told["words"]) == 0, 20, "B finds it no more")
    print(f"found no more after {time.monotonic() - began:.2f} s")

    # Its rows may hide it before the index has followed, which a reader's request or a worker does.
    def has_followed() -> bool:
        return pair.b.count(told["words"]) == 0 and pair.b.read_index_state() == "fresh"

    wait_until(has_followed, 20, "B has followed")
    assert pair.b.forker.ask("report")["findings"] == []


def test_two_workers_do_every_file_once(pair: Pair) -> None:
    sent = pair.a.forker.ask("send_batch")
    jobs = [host.forker.start("work") for host in (pair.a, pair.b)]
    done = f"SELECT 1 FROM batches_batch WHERE id = {sent['batch']} AND state = 'done'"
    wait_until(lambda: pair.ask(done), 120, "the batch is done")
    for job in jobs:
        assert is_alive(job)
        kill(job)
    pair.end_leases()
    pair.check_batch(sent)
    attempts = f"SELECT DISTINCT attempts FROM batches_batchfile WHERE batch_id = {sent['batch']}"
    assert pair.ask(attempts) == [(1,)]


def test_what_a_killed_worker_was_at_another_host_takes_over_and_not_before(pair: Pair) -> None:
    sent = pair.a.forker.ask("send_batch")
    job = pair.a.forker.start("work")
    wait_until(pair.is_any_working, 60, "A is at a file")
    kill(job)
    working = "SELECT sha256, worker, attempts FROM batches_batchfile WHERE state = 'working'"
    wait_until(lambda: not is_alive(job), 10, "A's worker is gone")
    left = pair.ask(working)
    # B does all others, and leaves what A's worker holds by its lease.
    second = pair.b.forker.start("work")
    waiting = "SELECT 1 FROM batches_batchfile WHERE state = 'waiting'"
    wait_until(lambda: not pair.ask(waiting), 120, "B has done what waited")
    wait_until(lambda: len(pair.ask(working)) <= len(left), 60, "B is done")
    assert set(left) <= set(pair.ask(working))
    kill(second)
    pair.end_leases()
    pair.b.forker.ask("finish", 120)
    pair.check_batch(sent)


def test_a_rebuild_that_was_killed_loses_nothing_that_the_other_host_changed(pair: Pair) -> None:
    job = pair.a.forker.start("rebuild")
    lock = pair.a.folder / "index/rebuild.lock"
    for _round in range(3):
        wait_until(lambda: is_locked(lock), 30, "A builds its index anew")
        words = pair.b.forker.ask("publish_one")["words"]
        kill(job)
        job = pair.a.forker.start("rebuild")
        wait_until(partial(pair.a.finds, words), 60, "A finds what B published")
    kill(job)
    for host in (pair.a, pair.b):
        host.forker.ask("finish", 120)
        report = host.forker.ask("report", 120)
        assert (report["findings"], report["index"]["status"]) == ([], "fresh")


def test_hosts_restarted_one_by_one_under_load_answer_all(pair: Pair) -> None:
    hosts = [pair.a, pair.b]
    readers = [Reader(hosts) for _ in range(3)]
    job = pair.a.forker.start("publish")
    for reader in readers:
        reader.start()
    for at, host in enumerate(hosts):
        for reader in readers:
            with reader.busy:
                reader.leaving.add(at)
        before = count_answers(readers, 1 - at)
        host.server.leave_and_come_back()
        wait_until(host.server.is_answering, 60, "the host is back")
        assert count_answers(readers, 1 - at) > before
        for reader in readers:
            reader.leaving.discard(at)
        reached = partial(has_answered, readers, at, count_answers(readers, at) + 5)
        wait_until(reached, 60, "the host takes part again")
    kill(job)
    for reader in readers:
        reader.over.set()
        reader.join(60)
    assert [reader.failed for reader in readers] == [[], [], []]
