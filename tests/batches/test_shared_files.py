"""Hosts that share the received files through a storage: what one keeps, all have."""

from __future__ import annotations

import importlib.util
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ImproperlyConfigured
from django.core.files.storage import storages
from django.core.management import call_command
from django.db import transaction

from corpus_app.batches.models import PieceUpload
from corpus_app.batches.pieces.refusing import PieceRefused
from corpus_app.batches.pieces.storing import AnnouncedFile, begin_upload, find_upload
from corpus_app.batches.staging import list_staged, read_staged, release_bytes, stage_bytes
from corpus_app.catalog import uploads
from corpus_app.catalog.models import Upload
from corpus_app.catalog.shared_files import ORIGINALS, STAGED, SharedStorageError
from corpus_app.files_url import describe_storage
from corpus_app.intake.checking.uploads import set_aside_unclaimed
from corpus_app.operations.backups.snapshot import take_snapshot
from corpus_app.outages import name_outage
from tests.catalog.speeches import TRAINING

pytestmark = pytest.mark.django_db

TEXT = TRAINING.encode() * 3
HAS_SERVER = all(importlib.util.find_spec(name) for name in ("moto", "storages", "boto3", "flask"))
S3 = pytest.param(
    "s3",
    marks=[
        pytest.mark.s3,
        pytest.mark.slow,
        pytest.mark.skipif(not HAS_SERVER, reason="needs `make test-s3`"),
    ],
)


@dataclass
class Hosts:
    """Two hosts over one storage; own folders, one database."""

    settings: Any
    base: Path

    @contextmanager
    def on(self, name: str) -> Iterator[None]:
        """Be one of the hosts."""
        self.settings.UPLOADS_DIR = self.base / name / "uploads"
        self.settings.STAGING_DIR = self.base / name / "staging"
        yield


@pytest.fixture(params=["folder", S3])
def hosts(request: pytest.FixtureRequest, settings: Any, tmp_path: Path) -> Iterator[Hosts]:
    """Yield hosts that share a folder by Django's own storage, or a bucket."""
    if request.param == "folder":
        given = {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "shared", "allow_overwrite": True},
        }
        yield _open(settings, given, tmp_path)
        return
    with _serve_bucket() as given:
        yield _open(settings, given, tmp_path)


def _open(settings: Any, given: dict[str, Any], base: Path) -> Hosts:
    settings.STORAGES = {**settings.STORAGES, "shared_files": given}
    if "location" in given["OPTIONS"] and isinstance(given["OPTIONS"]["location"], Path):
        (given["OPTIONS"]["location"] / "uploads").mkdir(parents=True)
        (given["OPTIONS"]["location"] / "staging").mkdir(parents=True)
    return Hosts(settings, base)


@contextmanager
def _serve_bucket() -> Iterator[dict[str, Any]]:
    import boto3
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    keys = {"AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "secret"}
    old = {name: os.environ.get(name) for name in keys}
    os.environ.update(keys)
    try:
        # One program's servers have one memory.
        bucket = f"yanku-{os.urandom(4).hex()}"
        host, port = server.get_host_and_port()
        names = {
            "CORPUS_FILES_URL": f"s3://{bucket}/corpus",
            "CORPUS_S3_ENDPOINT": f"http://{host}:{port}",
            "CORPUS_S3_REGION": "us-east-1",
        }
        given = describe_storage(names)
        client = boto3.client(
            "s3", endpoint_url=names["CORPUS_S3_ENDPOINT"], region_name="us-east-1"
        )
        client.create_bucket(Bucket=bucket)
        client.close()
        yield given
    finally:
        server.stop()
        for name, value in old.items():
            os.environ.pop(name)
            if value is not None:
                os.environ[name] = value


def keep(data: bytes) -> Upload:
    with transaction.atomic():
        return uploads.keep_upload(data, "稿.txt")


def test_an_original_that_one_host_took_in_is_read_on_another(hosts: Hosts) -> None:
    random = os.urandom(400)  # does not pack
    with hosts.on("a"):
        first, second = keep(TEXT), keep(random)
    with hosts.on("b"):
        assert not list(ORIGINALS.root.glob("*/*"))
        assert uploads.read_upload(first) == TEXT
        assert uploads.read_upload(second) == random
        assert uploads.locate_bytes(first.sha256).is_file()
        names = {uploads.read_sha256(path) for path in uploads.list_stored_files()}
        assert names == {first.sha256, second.sha256}
        with pytest.raises(FileNotFoundError):
            uploads.read_bytes("ab" * 32)


def test_a_file_that_waits_is_processed_on_any_host_and_then_gone_from_all(hosts: Hosts) -> None:
    with hosts.on("a"), stage_bytes([b"one", b"two"]) as staged:
        staged.put_in_place()
    with hosts.on("b"):
        assert read_staged(staged.sha256) == b"onetwo"
        assert [path.name for path in list_staged()] == [staged.sha256]
        assert release_bytes(staged.sha256)
    with hosts.on("a"):
        assert list_staged() == []


def test_bytes_that_nobody_claims_are_set_aside_for_all_and_kept(hosts: Hosts) -> None:
    sha256 = uploads.hash_bytes(TEXT)
    with hosts.on("a"):
        uploads.keep_bytes(sha256, TEXT)
    with hosts.on("b"):
        assert set_aside_unclaimed() == 1
        assert uploads.list_stored_files() == []
    with hosts.on("c"):
        (kept,) = ORIGINALS.list_set_aside()
        assert uploads.read_sha256(kept) == sha256


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_backup_of_any_host_has_what_all_took_in(hosts: Hosts, tmp_path: Path) -> None:
    with hosts.on("a"):
        upload = keep(TEXT)
        with stage_bytes([b"waits"]) as staged:
            staged.put_in_place()
    with hosts.on("b"):
        snapshot = take_snapshot(tmp_path / "snapshot", with_index=False)
    assert snapshot.missing == []
    names = {Path(name).name.removesuffix(uploads.PACKED) for name in snapshot.files}
    assert {upload.sha256, staged.sha256} <= names


def test_old_copies_go_from_a_host_and_can_be_had_again(hosts: Hosts) -> None:
    with hosts.on("a"):
        upload = keep(TEXT)
        path = uploads.locate_bytes(upload.sha256)
        assert ORIGINALS.drop_old_copies() == 0
        os.utime(path, (time.time() - 10**6,) * 2)
        assert ORIGINALS.drop_old_copies() == 1
        assert not path.is_file()
        assert uploads.read_upload(upload) == TEXT


def test_what_the_storage_lacks_is_never_dropped(hosts: Hosts) -> None:
    with hosts.on("a"):
        upload = keep(TEXT)
        path = uploads.locate_bytes(upload.sha256)
        storages["shared_files"].delete(f"uploads/{path.parent.name}/{path.name}")
        os.utime(path, (time.time() - 10**6,) * 2)
        assert ORIGINALS.drop_old_copies() == 0
        call_command("share_files", verbosity=0)
    with hosts.on("b"):
        assert uploads.read_upload(upload) == TEXT


def test_half_a_file_in_the_storage_is_replaced(hosts: Hosts) -> None:
    with hosts.on("a"):
        upload = keep(TEXT)
        path = uploads.locate_bytes(upload.sha256)
        with storages["shared_files"].open(f"uploads/{path.parent.name}/{path.name}", "wb") as half:
            half.write(b"half")
        ORIGINALS.share(path)
    with hosts.on("b"):
        assert uploads.read_upload(upload) == TEXT


def test_a_sender_is_sent_back_to_the_host_that_has_its_pieces(hosts: Hosts) -> None:
    user = User.objects.create_user("editor")
    with hosts.on("a"):
        upload = begin_upload(user, AnnouncedFile("稿.txt", 10), None)
    with hosts.on("b"), pytest.raises(PieceRefused) as refused:
        find_upload(user, upload.pk)
    assert refused.value.code == "locked"
    assert PieceUpload.objects.filter(pk=upload.pk).exists()
    with hosts.on("a"):
        assert find_upload(user, upload.pk) == upload


@pytest.mark.s3
@pytest.mark.slow
@pytest.mark.skipif(not HAS_SERVER, reason="needs `make test-s3`")
def test_without_the_storage_nothing_is_taken_in_and_the_outage_is_told(
    settings: Any, tmp_path: Path
) -> None:
    with _serve_bucket() as given:
        hosts = _open(settings, given, tmp_path)
    with hosts.on("a"), pytest.raises(SharedStorageError) as raised:
        keep(TEXT)
    assert name_outage(raised.value) == "files"
    assert not Upload.objects.exists()


def test_without_a_storage_a_folder_is_all(settings: Any, tmp_path: Path) -> None:
    settings.STAGING_DIR = tmp_path / "staging"
    with stage_bytes([b"x"]) as staged:
        staged.put_in_place()
    assert STAGED.has(STAGED.root / staged.sha256[:2] / staged.sha256)
    assert STAGED.drop_old_copies() == 0
    with pytest.raises(Exception, match="CORPUS_FILES_URL"):
        call_command("share_files")


@pytest.mark.parametrize(
    "names",
    [
        {"CORPUS_FILES_URL": "https://bucket/prefix"},
        {"CORPUS_FILES_URL": "s3://"},
        {"CORPUS_FILES_URL": "s3://key:secret@bucket"},
        {"CORPUS_FILES_URL": "s3://bucket", "CORPUS_S3_ENDPOINT": "storage.example:9000"},
        {"CORPUS_S3_ENDPOINT": "http://storage.example"},
    ],
)
def test_a_wrong_address_stops_the_start(names: dict[str, str]) -> None:
    with pytest.raises(ImproperlyConfigured):
        describe_storage(names)
