"""What people and programs do to batches."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from corpus_app.batches import services
from corpus_app.batches.claiming import claim_next
from corpus_app.batches.models import Batch, BatchFile
from corpus_app.batches.processing import process_file
from corpus_app.batches.staging import list_staged, locate_staged, read_staged
from corpus_app.catalog.models import Speech, Upload
from corpus_app.ingest.draft import RejectedFile
from tests.batches.sending import FILES, list_states, send, work
from tests.catalog.speeches import WORK_CONFERENCE

pytestmark = pytest.mark.django_db

BROKEN = {"坏.docx": b"PK\x03\x04 no zip"}


def test_a_file_lies_on_disk_before_it_is_worked_on() -> None:
    batch = send({"a.txt": WORK_CONFERENCE}, close=False)
    file = batch.files.get()
    assert (file.path, file.state, file.position) == ("a.txt", "waiting", 1)
    assert read_staged(file.sha256) == WORK_CONFERENCE.encode()
    assert file.size == len(WORK_CONFERENCE.encode())


def test_nothing_is_worked_on_before_all_files_are_here() -> None:
    batch = send(close=False)
    assert work() == 0
    services.close_batch(batch)
    assert batch.state == Batch.State.WAITING
    assert work() == 2
    batch.refresh_from_db()
    assert batch.state == Batch.State.DONE
    assert batch.finished_at is not None


def test_bytes_may_come_in_portions() -> None:
    batch = services.make_batch("x")
    file = services.add_file(batch, "a.txt", iter([b"abc", b"def"]))
    assert read_staged(file.sha256) == b"abcdef"


def test_a_sender_that_breaks_off_leaves_neither_row_nor_bytes() -> None:
    def break_off() -> object:
        yield b"abc"
        raise OSError("connection lost")

    batch = services.make_batch("x")
    before = list_staged()
    with pytest.raises(OSError, match="lost"):
        services.add_file(batch, "a.txt", break_off())  # type: ignore[arg-type]
    assert not batch.files.exists()
    assert list_staged() == before


def test_a_batch_without_files_is_done_when_it_is_closed() -> None:
    assert send({}).state == Batch.State.DONE


def test_a_paused_batch_waits_and_goes_on() -> None:
    batch = send()
    first = claim_next("worker")
    assert first is not None
    assert services.pause_batch(batch)
    process_file(first)
    assert list_states(batch) == ["imported", "waiting"]
    assert work() == 0
    assert services.resume_batch(batch)
    assert work() == 1
    batch.refresh_from_db()
    assert batch.state == Batch.State.DONE


def test_a_batch_whose_last_file_ends_while_it_is_paused_is_done_on_resuming() -> None:
    batch = send({"a.txt": WORK_CONFERENCE})
    file = claim_next("worker")
    assert file is not None
    services.pause_batch(batch)
    process_file(file)
    services.resume_batch(batch)
    assert batch.state == Batch.State.DONE


def test_cancelling_keeps_what_was_taken_in_and_the_bytes_of_the_rest() -> None:
    batch = send()
    file = claim_next("worker")
    assert file is not None
    process_file(file)
    assert services.cancel_batch(batch)
    assert list_states(batch) == ["imported", "cancelled"]
    assert work() == 0
    assert Speech.objects.count() == 1
    assert locate_staged(batch.files.get(state="cancelled").sha256).is_file()


def test_a_file_begun_before_the_batch_was_cancelled_is_finished() -> None:
    batch = send()
    file = claim_next("worker")
    assert file is not None
    services.cancel_batch(batch)
    process_file(file)
    assert list_states(batch) == ["imported", "cancelled"]
    batch.refresh_from_db()
    assert batch.state == Batch.State.CANCELLED


def test_cancelled_files_can_be_tried_again() -> None:
    batch = send()
    services.cancel_batch(batch)
    assert services.retry_files(batch) == 2
    assert batch.state == Batch.State.WAITING
    assert work() == 2


@pytest.mark.parametrize("act", [services.pause_batch, services.resume_batch])
def test_a_finished_batch_can_be_neither_paused_nor_resumed(act) -> None:  # type: ignore[no-untyped-def]
    batch = send()
    work()
    assert not act(batch)
    assert batch.state == Batch.State.DONE
    assert not services.cancel_batch(batch)


def test_a_refused_file_keeps_its_bytes_until_it_is_discarded() -> None:
    batch = send(BROKEN | FILES)
    work()
    refused = batch.files.get(state="refused")
    assert (refused.code, bool(refused.message)) == ("damaged", True)
    assert locate_staged(refused.sha256).is_file()
    assert services.discard_files(batch, [refused.pk]) == 1
    assert not locate_staged(refused.sha256).exists()
    assert list_states(batch) == ["discarded", "imported", "imported"]


def test_only_the_files_named_are_tried_again() -> None:
    batch = send(BROKEN | {"空.txt": b""})
    work()
    chosen = batch.files.get(path="空.txt")
    assert services.retry_files(batch, [chosen.pk]) == 1
    assert list_states(batch) == ["refused", "waiting"]
    batch.refresh_from_db()
    assert (batch.state, batch.finished_at) == (Batch.State.WAITING, None)


def test_what_was_taken_in_is_neither_tried_again_nor_thrown_away() -> None:
    batch = send()
    work()
    assert services.retry_files(batch) == 0
    assert services.discard_files(batch) == 0
    assert Upload.objects.count() == 2


def test_a_file_refused_on_arrival_stands_in_the_batch_without_bytes() -> None:
    batch = services.make_batch("x")
    services.add_refused(batch, "大.txt", RejectedFile("too_large", "太大了。"), 10**9)
    services.close_batch(batch)
    file = batch.files.get()
    assert (file.state, file.code, file.message) == ("refused", "too_large", "太大了。")
    assert services.retry_files(batch) == 0


def test_bytes_that_two_files_share_stay_until_the_last_is_settled() -> None:
    batch = send({"a.docx": BROKEN["坏.docx"], "b.docx": BROKEN["坏.docx"]})
    work()
    first, second = batch.files.order_by("position")
    services.discard_files(batch, [first.pk])
    assert locate_staged(second.sha256).is_file()
    services.discard_files(batch, [second.pk])
    assert not locate_staged(second.sha256).exists()


def test_the_bell_is_silent_once_somebody_looked_and_rings_again_after_a_retry() -> None:
    batch = send(BROKEN)
    services.mark_seen(batch)
    assert batch.seen_at is None
    work()
    services.mark_seen(batch)
    assert batch.seen_at is not None
    services.retry_files(batch)
    assert batch.seen_at is None


def test_long_and_odd_paths_are_kept_readable() -> None:
    batch = services.make_batch("名" * 300, user=User.objects.create_user("someone"))
    assert len(batch.name) == 200
    assert services.clip_path("/a\x00/b.txt") == "a/b.txt"
    assert services.clip_path("") == "unnamed"
    long = services.clip_path("目" * 1200 + "/稿.txt")
    assert len(long) == 1000
    assert long.endswith("/稿.txt")
    file = services.add_file(batch, "目" * 1200, b"x")
    assert BatchFile.objects.get(pk=file.pk).path == file.path


def test_a_file_that_comes_after_the_end_is_worked_on_or_cancelled_like_its_batch() -> None:
    done, cancelled = send({"a.txt": WORK_CONFERENCE}), send()
    services.cancel_batch(cancelled)
    work()
    services.add_file(done, "b.txt", FILES["二/培训班.txt"].encode())
    services.add_file(cancelled, "c.txt", "丙".encode())
    work()
    assert list_states(done) == ["imported", "imported"]
    assert list_states(cancelled)[-1] == "cancelled"
