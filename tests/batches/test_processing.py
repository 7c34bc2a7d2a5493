"""What becomes of a file."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.db import OperationalError

from corpus_app.batches import processing
from corpus_app.batches.models import BatchFile
from corpus_app.batches.services import add_file, close_batch, make_batch
from corpus_app.batches.staging import list_staged, locate_staged
from corpus_app.catalog import uploads
from corpus_app.catalog.models import Speech, Upload
from corpus_app.intake.importing import storing
from tests.batches.sending import FILES, get_file, list_states, send, work
from tests.catalog.speeches import TRAINING, WORK_CONFERENCE

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _empty_staging() -> None:
    for path in list_staged():
        path.unlink()


def test_a_file_becomes_a_draft_and_its_bytes_move_to_the_uploads() -> None:
    batch = send()
    work()
    file = get_file(batch, "一/工作会议.txt")
    assert (file.state, file.speech and file.speech.status) == ("imported", "draft")
    assert file.message
    assert uploads.read_upload(Upload.objects.get(name="工作会议.txt")).decode() == WORK_CONFERENCE
    assert list_staged() == []


def test_duplicates_and_likenesses_name_the_speech_they_resemble() -> None:
    changed = WORK_CONFERENCE.replace("二十二", "二十三")
    batch = send({"a.txt": WORK_CONFERENCE, "b.txt": WORK_CONFERENCE, "c.txt": changed})
    work()
    assert list_states(batch) == ["imported", "duplicate", "near_duplicate"]
    first = get_file(batch, "a.txt").speech
    assert get_file(batch, "b.txt").of == get_file(batch, "c.txt").of == first
    assert list_staged() == []


def test_one_bad_file_stops_no_other() -> None:
    batch = send({"坏.docx": b"PK\x03\x04 no zip", **FILES})
    work()
    assert list_states(batch) == ["refused", "imported", "imported"]


def test_a_fault_of_the_program_is_told_on_the_row_and_the_bytes_stay(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    real = storing.store_draft

    def fail_once(draft: object, *args: object, **kwargs: object) -> object:
        if "工作会议" in getattr(draft, "file", ""):
            raise RuntimeError("a fault")
        return real(draft, *args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(storing, "store_draft", fail_once)
    batch = send()
    work()
    assert list_states(batch) == ["failed", "imported"]
    file = get_file(batch, "一/工作会议.txt")
    assert (file.code, "a fault" in file.message) == ("failed", True)
    assert locate_staged(file.sha256).is_file()
    assert not uploads.locate_bytes(file.sha256).exists()


def test_a_database_that_is_busy_lets_the_file_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    failures = iter([True, False])
    real = processing.import_bytes

    def be_busy(*args: object, **kwargs: object) -> object:
        if next(failures, False):
            raise OperationalError("database is locked")
        return real(*args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(processing, "import_bytes", be_busy)
    batch = send({"a.txt": WORK_CONFERENCE})
    assert work() == 2
    assert list_states(batch) == ["imported"]


def test_import_and_row_settle_together(monkeypatch: pytest.MonkeyPatch) -> None:
    def die(*_args: object, **_values: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(processing, "settle_file", die)
    batch = send({"a.txt": WORK_CONFERENCE})
    with pytest.raises(KeyboardInterrupt):
        work()
    assert not Speech.objects.exists()
    assert list_states(batch) == ["working"]


def test_missing_bytes_are_told(caplog: pytest.LogCaptureFixture) -> None:
    batch = send({"a.txt": WORK_CONFERENCE})
    locate_staged(batch.files.get().sha256).unlink()
    work()
    assert batch.files.get().code == "bytes_missing"


def test_a_file_too_large_is_refused_before_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def read(_sha256: str) -> bytes:
        raise AssertionError("read")

    batch = send({"a.txt": WORK_CONFERENCE})
    BatchFile.objects.update(size=10**12)
    monkeypatch.setattr(processing, "read_staged", read)
    work()
    file = batch.files.get()
    assert (file.state, file.code) == ("refused", "too_large")


def test_what_raises_no_doubt_is_published_where_the_batch_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    doubtful = {"芦汀": True, "青芜": False}
    monkeypatch.setattr(
        processing,
        "is_doubtful",
        lambda speech: next(value for key, value in doubtful.items() if key in speech.title),
    )
    batch = send(publish=True)
    work()
    clean, odd = get_file(batch, "一/工作会议.txt"), get_file(batch, "二/培训班.txt")
    assert clean.speech is not None
    assert odd.speech is not None
    assert (clean.speech.status, odd.speech.status) == ("published", "draft")
    assert "发布" in clean.message
    assert odd.message.startswith("已存为草稿：")


def test_a_likeness_is_never_published_by_itself() -> None:
    changed = WORK_CONFERENCE.replace("二十二", "二十三")
    batch = send({"a.txt": WORK_CONFERENCE, "b.txt": changed}, publish=True)
    work()
    speech = get_file(batch, "b.txt").speech
    assert speech is not None
    assert speech.status == "draft"


def test_the_history_names_who_sent_the_file() -> None:
    user = User.objects.create_user("someone")
    batch = make_batch("x", user=user)
    add_file(batch, "a.txt", TRAINING.encode())
    close_batch(batch)
    work()
    speech = Speech.objects.get()
    assert {entry.history_user for entry in speech.history.all()} == {user}
    assert {entry.history_change_reason for entry in speech.history.all()} == {"批次“x”"}
    assert Upload.objects.get().received_from == user
