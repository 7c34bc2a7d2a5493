"""A backup holds everything; restored, it is the same corpus."""

from __future__ import annotations

import json
import os
import random
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

import search
from corpus_app.batches.services import add_file, close_batch, make_batch
from corpus_app.catalog import uploads
from corpus_app.catalog.models import Speech
from corpus_app.catalog.packed import unpack_text
from corpus_app.catalog.uploads import hash_bytes, keep_upload, locate_bytes
from corpus_app.intake.importing.files import import_bytes
from corpus_app.intake.revisions.editing import withdraw
from corpus_app.operations.backups import (
    BackupError,
    archive as archiving,
    extract_backup,
    write_backup,
)
from corpus_app.operations.backups.archive import read_environment
from corpus_app.operations.backups.snapshot import Snapshot, take_snapshot
from tests.batches.processes import prepare_folder, run_forker, wait_until
from tests.operations.asking import answer
from tests.operations.stores import (
    SETTLED,
    ask,
    manage,
    open_store,
    read_files,
    read_models,
    read_rows,
)
from tests.places import ROOT

SAMPLES = sorted((ROOT / "fixtures/speeches").iterdir())
QUERIES = ["人民代表大会", "“全过程人民民主”", "代表 -信访", "级别:市", "监督 OR 审计", "党"]


def draw_queries(texts: list[str], count: int) -> list[str]:
    """Return as many queries of the corpus's own words, the same for the same texts."""
    draw = random.Random(20_261_130)
    found = list(QUERIES)
    while len(found) < count:
        text = draw.choice(texts)
        at = draw.randrange(len(text) - 8)
        words = "".join(c for c in text[at : at + draw.randint(2, 8)] if c.isalnum())
        if words:
            found.append(draw.choice(["{}", "“{}”", "标题:{}", "{} OR 代表"]).format(words))
    return found


@pytest.fixture
def one_file(settings, tmp_path: Path) -> Path:  # type: ignore[no-untyped-def]
    """A data folder with one file, its database elsewhere; no index."""
    settings.UPLOADS_DIR = tmp_path / "here/uploads"
    settings.STAGING_DIR = tmp_path / "here/staging"
    with transaction.atomic():
        keep_upload(SAMPLES[0].read_bytes(), SAMPLES[0].name)
    return tmp_path / "here"


@pytest.fixture
def folder(one_file: Path) -> Path:
    """A data folder with published, withdrawn and waiting files, its database elsewhere."""
    search.rebuild_index()
    for path in SAMPLES[1:3]:
        import_bytes(path.read_bytes(), path.name)
    withdraw(Speech.objects.earliest("pk"))
    batch = make_batch("等待")
    add_file(batch, "稍后.txt", "各位代表：\n这一份还没有处理。".encode())
    close_batch(batch)
    return one_file


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_restored_corpus_has_every_row_file_and_answer(folder: Path, tmp_path: Path) -> None:
    archive, into = tmp_path / "backup.zip", tmp_path / "there"
    report = write_backup(archive, with_index=True)
    assert archive.stat().st_mode & 0o777 == 0o600
    assert (report.speeches, report.originals, report.missing) == (2, 3, [])
    extract_backup(archive, into)
    answers = ask(into, "finish", QUERIES)
    assert answers == json.loads(json.dumps(answer(QUERIES)))
    assert any(total for total, _hits in answers)
    assert read_files(into) == read_files(folder)
    here = read_models("default")
    assert here["catalog_speech"]
    with open_store(into) as alias:
        assert read_models(alias) == here


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_damaged_or_foreign_archive_restores_nothing(one_file: Path, tmp_path: Path) -> None:
    archive, into = tmp_path / "backup.zip", tmp_path / "there"
    write_backup(archive)
    with pytest.raises(BackupError, match="已经存在"):
        write_backup(archive)
    with pytest.raises(BackupError, match="读不出来"):
        extract_backup(tmp_path, into)
    whole = archive.read_bytes()
    for damaged in (whole[:-200], whole[:2000] + b"\0" * 40 + whole[2040:], b"no archive"):
        archive.write_bytes(damaged)
        with pytest.raises(BackupError, match=r"损坏|不符"):
            extract_backup(archive, into)
        assert not list(into.glob("*"))
    # The database's entry in the directory asks for another version, a password, a compression.
    entry = whole.rindex(b"PK\x01\x02", 0, whole.rindex(b"corpus.sqlite3"))
    for place, value in ((6, 173), (8, 1), (10, 99)):
        flipped = bytearray(whole)
        flipped[entry + place] = value
        archive.write_bytes(flipped)
        with pytest.raises(BackupError, match="损坏"):
            extract_backup(archive, into)
        assert not list(into.glob("*"))
    archive.write_bytes(whole)
    with ZipFile(archive, "a") as added:
        added.writestr("../outside", b"")
    with pytest.raises(BackupError, match="清单不符"):
        extract_backup(archive, into)
    archive.write_bytes(whole)
    (into / "uploads").mkdir(parents=True)
    # A server's database, which is this test's own, is looked at before the folder.
    with pytest.raises(CommandError, match=r"不是空文件夹|目标数据库不是空的"):
        call_command("restore", str(archive), "--into", str(into))
    assert [path.name for path in into.iterdir()] == ["uploads"]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_what_cannot_be_written_leaves_nothing_and_says_why(one_file: Path, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="没有写成"):
        call_command("backup", "/proc/backup.zip")
    place = tmp_path / "full"
    place.mkdir()
    target = place / "backup.zip"
    child = os.fork()
    if child == 0:  # a process that may write files of 64 KiB at most, as on a disk nearly full
        import resource
        import signal

        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (65536, 65536))
        try:
            write_backup(target)
        except BackupError as error:
            os._exit(7 if "备份没有写成" in str(error) or "数据库复制失败" in str(error) else 1)
        os._exit(2)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7
    assert not list(place.iterdir())


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_lost_original_is_told_and_the_rest_is_kept(one_file: Path, tmp_path: Path) -> None:
    sha = hash_bytes(SAMPLES[0].read_bytes())
    locate_bytes(sha).unlink()
    report = write_backup(tmp_path / "backup.zip")
    assert report.missing == [f"uploads/{sha[:2]}/{sha}"]
    assert report.originals == 0


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_an_original_packed_while_the_backup_is_written_is_in_it(
    one_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = SAMPLES[0].read_bytes()
    sha = hash_bytes(data)
    locate_bytes(sha).unlink()
    plain = locate_bytes(sha)
    uploads.write_bytes(plain, data)

    def take_and_pack(folder: Path, *, with_index: bool) -> Snapshot:
        snapshot = take_snapshot(folder, with_index=with_index)
        assert uploads.pack_stored(plain) > 0
        return snapshot

    monkeypatch.setattr(archiving, "take_snapshot", take_and_pack)
    report = write_backup(tmp_path / "backup.zip")
    assert (report.originals, report.missing) == (1, [])
    extract_backup(tmp_path / "backup.zip", tmp_path / "there")
    assert {path.name for path in (tmp_path / "there/uploads").rglob("*.zst")} == {f"{sha}.zst"}
    assert uploads.read_bytes(sha) == data


def test_no_secret_setting_comes_along() -> None:
    given = {"CORPUS_MODE": "production", "CORPUS_SECRET_KEY": "geheim", "HOME": "/"}
    given |= {"CORPUS_DATABASE_URL": "postgresql://a:b@c/d", "CORPUS_MAIL_PASSWORD": "x"}
    assert read_environment(given) == {"CORPUS_MODE": "production"}


@pytest.mark.slow
def test_a_drill_two_hundred_queries_answer_alike(tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    prepare_folder(here)
    manage(here, "import_speeches", *map(str, SAMPLES))
    with closing(sqlite3.connect(here / "corpus.sqlite3")) as opened:
        rows = opened.execute("select text from catalog_revision order by id")
        texts = [unpack_text(packed) for (packed,) in rows]
    queries = draw_queries(texts, 200)
    before = ask(here, "ask", queries)
    manage(here, "backup", str(tmp_path / "backup.zip"))
    shutil.rmtree(here / "index")
    said = manage(here, "restore", str(tmp_path / "backup.zip"), "--into", str(there))
    assert "数据库、原始文件与索引一致" in said
    assert not (there / "secret_key").exists()
    assert ask(there, "ask", queries) == before
    assert read_rows(there / "corpus.sqlite3") == read_rows(here / "corpus.sqlite3")
    assert read_files(there) == read_files(here)


@pytest.mark.slow
def test_a_backup_taken_while_four_write_is_whole(tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    env = prepare_folder(here)
    with run_forker(env, tmp_path) as forker:
        for job in ("bring", "bring", "bring", "publish", "rebuild"):
            forker.start(job)
        with closing(sqlite3.connect(here / "corpus.sqlite3")) as opened:
            count = lambda: opened.execute("select count(*) from catalog_speech").fetchone()[0]  # noqa: E731
            wait_until(lambda: count() >= 10, 60, "some speeches")
            before = count()
            manage(here, "backup", str(tmp_path / "backup.zip"), "--index")
            wait_until(lambda: count() > before, 60, "the writers go on")
    said = manage(here, "restore", str(tmp_path / "backup.zip"), "--into", str(there))
    assert "数据库、原始文件与索引一致" in said
    restored, left = read_rows(there / "corpus.sqlite3"), read_rows(here / "corpus.sqlite3")
    assert len(restored["catalog_speech"]) >= before
    # What is never changed once written must be the same in both.
    for table in ("catalog_upload", "catalog_section", "catalog_gap"):
        assert set(restored[table]) <= set(left[table])
    assert SETTLED
