"""Whose file it is."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
from django.db import connections, transaction

from corpus_app.batches.claiming import (
    ClaimLostError,
    claim_next,
    give_back,
    settle_file,
    take_back_claims,
)
from corpus_app.batches.models import Batch, BatchFile
from corpus_app.batches.presence import hold_presence
from corpus_app.batches.processing import process_file
from corpus_app.batches.services import cancel_batch
from corpus_app.catalog.models import Lease, Speech
from corpus_app.catalog.uploads import locate_bytes, write_bytes
from tests.batches.sending import list_states, send, work
from tests.catalog.speeches import WORK_CONFERENCE


@pytest.mark.django_db
class TestOneWorker:
    def test_files_come_in_the_order_they_were_sent(self) -> None:
        send({"a.txt": "甲", "b.txt": "乙"})
        send({"c.txt": "丙"})
        claimed = [claim_next("worker") for _ in range(4)]
        assert [file and file.path for file in claimed] == ["a.txt", "b.txt", "c.txt", None]

    def test_the_batch_is_working_once_a_file_is_claimed(self) -> None:
        batch = send()
        file = claim_next("worker")
        batch.refresh_from_db()
        assert batch.state == Batch.State.WORKING
        assert file is not None
        assert (file.worker, file.attempts, file.state) == ("worker", 1, "working")

    def test_what_is_settled_by_another_cannot_be_settled(self) -> None:
        send({"a.txt": "甲"})
        file = claim_next("first")
        assert file is not None
        BatchFile.objects.update(worker="second")
        with pytest.raises(ClaimLostError), transaction.atomic():
            settle_file(file, "imported")

    def test_a_worker_that_lost_its_claim_stores_nothing(self) -> None:
        send({"a.txt": WORK_CONFERENCE})
        file = claim_next("first")
        assert file is not None
        BatchFile.objects.update(worker="second")
        process_file(file)
        assert not Speech.objects.exists()
        assert BatchFile.objects.get().state == "working"


@pytest.mark.django_db
class TestDeadWorkers:
    def test_the_file_of_a_dead_worker_is_tried_again(self) -> None:
        batch = send({"a.txt": WORK_CONFERENCE})
        claim_next("dead")
        assert take_back_claims() == 1
        assert list_states(batch) == ["waiting"]
        assert work() == 1
        assert list_states(batch) == ["imported"]

    def test_the_file_of_a_living_worker_is_left_to_it(self) -> None:
        send({"a.txt": WORK_CONFERENCE})
        with hold_presence() as token:
            claim_next(token)
            assert take_back_claims() == 0
        assert take_back_claims() == 1

    def test_a_file_that_workers_die_on_waits_behind_all_others_and_ends_as_failed(
        self, settings
    ) -> None:  # type: ignore[no-untyped-def]
        settings.FILE_ATTEMPTS = 3
        batch = send({"deadly.txt": "甲", "b.txt": WORK_CONFERENCE})
        for _ in range(3):
            file = BatchFile.objects.get(path="deadly.txt")
            BatchFile.objects.exclude(pk=file.pk).update(attempts=9)
            claimed = claim_next("dead")
            assert claimed is not None
            assert claimed.path == "deadly.txt"
            take_back_claims()
        deadly = BatchFile.objects.get(path="deadly.txt")
        assert (deadly.state, deadly.code, deadly.attempts) == ("failed", "crashed", 3)
        assert "3" in deadly.message
        work()
        assert list_states(batch) == ["failed", "imported"]
        batch.refresh_from_db()
        assert batch.state == Batch.State.DONE

    def test_one_that_broke_off_a_worker_comes_after_the_others(self) -> None:
        send({"a.txt": "甲", "b.txt": "乙"})
        claim_next("dead")
        take_back_claims()
        file = claim_next("worker")
        assert file is not None
        assert file.path == "b.txt"

    def test_bytes_a_dead_worker_wrote_without_their_row_are_removed(self) -> None:
        send({"a.txt": WORK_CONFERENCE})
        file = claim_next("dead")
        assert file is not None
        write_bytes(locate_bytes(file.sha256), WORK_CONFERENCE.encode())
        take_back_claims()
        assert not locate_bytes(file.sha256).exists()

    def test_the_file_of_a_cancelled_batch_is_cancelled(self) -> None:
        batch = send({"a.txt": WORK_CONFERENCE})
        claim_next("dead")
        cancel_batch(batch)
        take_back_claims()
        assert list_states(batch) == ["cancelled"]

    def test_giving_back_leaves_another_workers_claim_alone(self) -> None:
        send({"a.txt": "甲"})
        file = claim_next("first")
        assert file is not None
        BatchFile.objects.update(worker="second")
        give_back(file, "failed", "x")
        assert BatchFile.objects.get().state == "working"


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_workers_that_ask_at_once_never_get_the_same_file() -> None:
    send({f"{number}.txt": f"第{number}篇" for number in range(24)})
    claimed: list[int] = []
    start = threading.Barrier(4)

    def claim_all(token: str) -> None:
        try:
            start.wait()
            while (file := claim_next(token)) is not None:
                claimed.append(file.pk)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=claim_all, args=(f"w{n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(claimed) == len(set(claimed)) == 24


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_the_file_of_another_hosts_worker_is_taken_over_once_and_only_when_that_is_dead(
    settings: Any, tmp_path: Path
) -> None:
    settings.SHARED_DATABASE, here = True, settings.DATA_DIR
    batch = send({"a.txt": WORK_CONFERENCE})
    settings.DATA_DIR = tmp_path / "a"
    with hold_presence() as token:
        slow = claim_next(token)
        assert slow is not None
        settings.DATA_DIR = here
        assert take_back_claims() == 0
        Lease.objects.update(expires_at="2020-01-01T00:00:00Z")
        assert take_back_claims() == 1
        assert take_back_claims() == 0
        taken = claim_next("b")
        assert taken is not None
        with pytest.raises(ClaimLostError):
            settle_file(slow, BatchFile.State.IMPORTED)
        assert not give_back(slow, "crashed", "")
        process_file(taken)
    assert list_states(batch) == ["imported"]
    assert Speech.objects.count() == 1
