"""The watched folder."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from corpus_app.batches import inbox
from corpus_app.batches.inbox import watch_inbox
from corpus_app.batches.models import Batch
from corpus_app.batches.presence import try_alone
from corpus_app.catalog.models import Speech
from tests.batches.sending import list_states, pack, work
from tests.catalog.speeches import TRAINING, WORK_CONFERENCE

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:  # type: ignore[no-untyped-def]
    settings.INBOX_DIR = tmp_path / "inbox"
    (tmp_path / "inbox" / "甲").mkdir(parents=True)
    monkeypatch.setattr(inbox, "SETTLED_SECONDS", 0.0)
    return tmp_path / "inbox"


def test_files_and_folders_become_a_batch_of_drafts_and_leave_the_inbox(folder: Path) -> None:
    (folder / "a.txt").write_text(WORK_CONFERENCE, "utf-8")
    (folder / "甲" / "b.zip").write_bytes(pack({"b.txt": TRAINING}))
    batch = watch_inbox()
    assert batch is not None
    assert (batch.origin, batch.state, batch.publish) == ("inbox", "waiting", False)
    assert batch.title.startswith("收件夹 2")
    assert list(batch.files.values_list("path", flat=True)) == ["a.txt", "甲/b.zip"]
    assert list(folder.iterdir()) == []
    work()
    assert list_states(batch) == ["imported", "unpacked", "imported"]
    assert not Speech.objects.published().exists()


def test_an_empty_inbox_makes_no_batch_and_is_made_where_it_is_missing(folder: Path) -> None:
    shutil.rmtree(folder)
    assert watch_inbox() is None
    assert folder.is_dir()
    assert not Batch.objects.exists()


def test_a_file_still_being_written_is_waited_for_with_all_beside_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "a.txt").write_text(WORK_CONFERENCE, "utf-8")
    monkeypatch.setattr(inbox, "SETTLED_SECONDS", 3600.0)
    assert watch_inbox() is None
    assert (folder / "a.txt").is_file()


def test_a_writer_that_never_ends_does_not_keep_the_others_waiting_for_ever(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = {"old.txt": 1000.0, "new.txt": 0.0}
    monkeypatch.setattr(inbox.time, "time", lambda: 2000.0)
    monkeypatch.setattr(inbox, "SETTLED_SECONDS", 3.0)
    rows = [inbox.InboxFile(Path(name), 2000.0 - age) for name, age in found.items()]
    assert [each.path.name for each in inbox._choose_settled(rows)] == ["old.txt"]
    rows = [inbox.InboxFile(Path("old.txt"), 1990.0), inbox.InboxFile(Path("new.txt"), 2000.0)]
    assert inbox._choose_settled(rows) == []


def test_a_worker_that_died_between_row_and_removal_takes_nothing_twice(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "a.txt").write_text(WORK_CONFERENCE, "utf-8")
    (folder / "b.txt").write_text(TRAINING, "utf-8")

    real = Path.unlink

    def die(path: Path, missing_ok: bool = False) -> None:
        if path.parent == folder:
            raise KeyboardInterrupt
        real(path, missing_ok=missing_ok)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", die)
        with pytest.raises(KeyboardInterrupt):
            watch_inbox()
    batch = watch_inbox()
    assert batch is not None
    assert Batch.objects.count() == 1
    assert list(batch.files.values_list("path", flat=True)) == ["a.txt", "b.txt"]
    assert not list(folder.glob("*.txt"))


def test_a_refused_file_stands_on_the_batch(folder: Path) -> None:
    (folder / "坏.docx").write_bytes(b"PK\x03\x04 no zip")
    batch = watch_inbox()
    assert batch is not None
    work()
    assert list_states(batch) == ["refused"]


def test_hidden_files_litter_and_links_are_left(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("x")
    (folder / "link.txt").symlink_to(tmp_path / "secret")
    (folder / ".part").write_text("x")
    (folder / "Thumbs.db").write_text("x")
    assert watch_inbox() is None
    assert (folder / "link.txt").is_symlink()


def test_a_file_that_cannot_be_taken_is_told_once_and_stays(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "a.txt").write_text(WORK_CONFERENCE, "utf-8")

    def fail(_path: Path) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(inbox, "read_portions", fail)
        batch = watch_inbox()
        assert batch is not None
        file = batch.files.get()
        assert (file.state, "No space" in file.message) == ("refused", True)
        assert (folder / "a.txt").is_file()
        assert watch_inbox() is None
    os.utime(folder / "a.txt")
    again = watch_inbox()
    assert again is not None
    assert list_states(again) == ["waiting"]


def test_one_worker_at_a_time_looks_into_it(folder: Path) -> None:
    (folder / "a.txt").write_text(WORK_CONFERENCE, "utf-8")
    with try_alone("inbox"):
        assert watch_inbox() is None
    assert watch_inbox() is not None
