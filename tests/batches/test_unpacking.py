"""Archives become rows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corpus_app.batches import unpacking
from corpus_app.batches.claiming import claim_next, take_back_claims
from corpus_app.batches.models import BatchFile
from corpus_app.batches.processing import process_file
from corpus_app.batches.services import cancel_batch, discard_files, pause_batch, retry_files
from corpus_app.batches.staging import list_staged, locate_staged
from corpus_app.catalog.models import Speech
from corpus_app.ingest.draft import RejectedFile
from corpus_app.ingest.limits import get_limits, set_limits
from corpus_app.intake.archives import Member
from tests.batches.sending import FILES, list_states, pack, send, work
from tests.catalog.speeches import TRAINING, WORK_CONFERENCE

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _empty_staging() -> None:
    for path in list_staged():
        path.unlink()


def test_each_file_of_an_archive_is_taken_in_under_the_archives_name() -> None:
    batch = send({"包.zip": pack(FILES), "尾.txt": f"{TRAINING}\n"})
    work()
    assert list(batch.files.order_by("position", "pk").values_list("path", "state")) == [
        ("包.zip", "unpacked"),
        ("包.zip/一/工作会议.txt", "imported"),
        ("包.zip/二/培训班.txt", "imported"),
        ("尾.txt", "duplicate"),
    ]
    assert "2" in batch.files.get(path="包.zip").message
    assert {file.parent and file.parent.path for file in batch.files.all()} == {None, "包.zip"}
    assert list_staged() == []


def test_an_archive_in_an_archive_is_opened_too() -> None:
    batch = send({"外.zip": pack({"内.zip": pack(FILES), "c.txt": "甲"})})
    work()
    paths = set(batch.files.values_list("path", flat=True))
    assert "外.zip/内.zip/一/工作会议.txt" in paths
    assert Speech.objects.count() >= 2


def test_unpacking_that_was_broken_off_adds_nothing_twice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    batch = send({"包.zip": pack(FILES)})
    with monkeypatch.context() as patched:
        patched.setattr(
            unpacking, "settle_file", lambda *_a, **_v: (_ for _ in ()).throw(KeyboardInterrupt)
        )
        file = claim_next("dead")
        assert file is not None
        with pytest.raises(KeyboardInterrupt):
            process_file(file)
    assert batch.files.count() == 1
    take_back_claims()
    work()
    assert sorted(list_states(batch)) == ["imported", "imported", "unpacked"]


def test_an_archive_that_is_none_or_empty_is_refused() -> None:
    batch = send({"坏.zip": b"PK\x03\x04 broken", "空.zip": pack({})})
    work()
    assert list_states(batch) == ["refused", "refused"]
    assert all(batch.files.values_list("message", flat=True))


def test_the_files_of_a_cancelled_batch_are_cancelled_and_those_of_a_paused_one_wait() -> None:
    for act, state in ((cancel_batch, "cancelled"), (pause_batch, "waiting")):
        batch = send({"包.zip": pack(FILES)})
        file = claim_next("worker")
        assert file is not None
        act(batch)
        process_file(file)
        assert list_states(batch) == ["unpacked", state, state]
        assert work() == 0


class TestMembersThatCannotBeHad:
    @pytest.fixture(autouse=True)
    def _small_files(self):  # type: ignore[no-untyped-def]
        limits = get_limits()
        set_limits(replace(limits, file_bytes=4000))
        yield
        set_limits(limits)

    def send_large(self):  # type: ignore[no-untyped-def]
        batch = send({"包.zip": pack({"a.txt": WORK_CONFERENCE, "大.txt": "长" * 5000})})
        work()
        return batch

    def test_they_are_refused_with_their_reason_and_the_archive_stays(self) -> None:
        batch = self.send_large()
        assert list_states(batch) == ["unpacked", "imported", "refused"]
        large = batch.files.get(path="包.zip/大.txt")
        assert (large.code, bool(large.message), large.sha256) == ("too_large", True, "")
        assert locate_staged(batch.files.get(path="包.zip").sha256).is_file()

    def test_they_are_had_by_unpacking_again_once_the_limit_is_raised(self) -> None:
        batch = self.send_large()
        set_limits(replace(get_limits(), file_bytes=10**6))
        assert retry_files(batch) == 1
        work()
        assert Speech.objects.count() == 2
        assert list_states(batch) == ["unpacked", "imported", "imported"]
        assert list_staged() == []

    def test_discarding_them_lets_the_archive_go(self) -> None:
        batch = self.send_large()
        large = batch.files.get(path="包.zip/大.txt")
        assert discard_files(batch, [large.pk]) == 1
        assert list_staged() == []


def test_an_archive_read_in_part_says_so_and_keeps_its_bytes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def read_part(_source: object, name: str) -> object:
        yield Member("a.txt", WORK_CONFERENCE.encode())
        yield Member(name, None, RejectedFile("too_large", "其余未读取。"))

    with monkeypatch.context() as patched:
        patched.setattr(unpacking, "open_archive", read_part)
        batch = send({"夹/包.zip": pack(FILES)})
        work()
    archive = batch.files.get(path="夹/包.zip")
    assert (archive.state, archive.message) == ("refused", "其余未读取。")
    assert locate_staged(archive.sha256).is_file()
    assert batch.files.get(path="夹/包.zip/a.txt").state == "imported"
    retry_files(batch)
    work()
    assert BatchFile.objects.filter(state="imported").count() == 2
