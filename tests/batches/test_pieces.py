"""Files that come in pieces: what is kept, what is refused, what is told."""

from __future__ import annotations

import fcntl
import hashlib
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from corpus_app.batches.models import Batch, PieceUpload
from corpus_app.batches.pieces import storing
from corpus_app.batches.pieces.storing import locate_pieces
from corpus_app.batches.services import close_batch
from corpus_app.batches.staging import locate_staged
from corpus_app.batches.upkeep import close_deserted, keep_up
from corpus_app.catalog.models import Speech, Upload
from corpus_app.catalog.shared_files import STAGED
from tests.batches.piece_sending import UPLOADS, ask, begin, put, read_offset
from tests.batches.test_receiving import open_batch
from tests.catalog.speeches import TRAINING
from tests.intake.people import enter

pytestmark = pytest.mark.django_db

SPEECH = TRAINING.encode()


@pytest.fixture(autouse=True)
def _stage_apart(settings: Any, tmp_path: Path) -> None:
    settings.STAGING_DIR = tmp_path / "staging"


def expire(**changes: Any) -> None:
    PieceUpload.objects.update(expires_at=timezone.now() - timedelta(seconds=1), **changes)


def test_pieces_join_their_batch_as_the_file_they_were() -> None:
    client = enter("editor")
    batch = Batch.objects.get(pk=open_batch(client)["id"])
    path, data = "人大/😀 a,b\n%00\u202e..\\x.zip", bytes(range(256)) * 40
    made = begin(client, path, len(data), batch=str(batch.pk), modified="1700000000123")
    assert made.status_code == 201
    address = made["Location"]
    assert read_offset(client, address) == 0
    for start in range(0, len(data), 3000):
        told = put(client, address, start, data[start : start + 3000])
        assert told.status_code == 204
        assert int(told["Upload-Offset"]) == min(start + 3000, len(data))
        assert told["Upload-Expires"].endswith("GMT")
    file = batch.files.get()
    assert (file.path, file.size, file.state) == (path, len(data), "waiting")
    assert locate_staged(file.sha256).read_bytes() == data
    assert not list(Path(locate_pieces(PieceUpload.objects.get())).parent.glob(".*"))
    # A second hand that was late is told to ask, not that there is nothing.
    assert put(client, address, 9000, data[9000:]).status_code == 409
    # Asked again by one who did not hear the last answer, it is all here, and stands there once.
    head = ask(client, "HEAD", address)
    assert (head["Upload-Offset"], head["Upload-Length"]) == (str(len(data)), str(len(data)))
    assert head["Cache-Control"] == "no-store"


def test_the_same_file_sent_twice_stands_in_the_batch_once() -> None:
    client = enter("editor")
    opened = open_batch(client)
    for _time in range(2):
        address = begin(client, "一.txt", 3, batch=str(opened["id"]))["Location"]
        assert put(client, address, 0, b"one").status_code == 204
    empty = begin(client, "空.txt", 0, batch=str(opened["id"]))
    assert empty.status_code == 201
    listed = client.get(opened["files"]).json()["files"]
    assert [file["path"] for file in listed] == ["一.txt", "空.txt"]


def test_what_was_broken_off_counts_for_nothing_and_is_sent_again() -> None:
    client = enter("editor")
    batch = Batch.objects.get(pk=open_batch(client)["id"])
    address = begin(client, "一.txt", 9, batch=str(batch.pk))["Location"]
    put(client, address, 0, b"abc")
    # A process that was killed had written more than it counted.
    pieces = locate_pieces(PieceUpload.objects.get())
    pieces.write_bytes(b"abcXX\0\0\0\0\0\0\0")
    assert read_offset(client, address) == 3
    assert put(client, address, 5, b"XX").status_code == 409
    assert put(client, address, 3, b"defghijk").status_code == 413
    assert put(client, address, 3, b"defghi").status_code == 204
    assert locate_staged(batch.files.get().sha256).read_bytes() == b"abcdefghi"


@pytest.mark.parametrize("moved", [False, True])
def test_a_whole_file_is_handed_over_by_the_worker_where_the_server_died(moved: bool) -> None:
    client = enter("editor")
    batch = Batch.objects.get(pk=open_batch(client)["id"])
    begin(client, "一.txt", 9, batch=str(batch.pk))
    upload = PieceUpload.objects.get()
    data = b"abcdefghi"
    locate_pieces(upload).write_bytes(data)
    sha256 = hashlib.sha256(data).hexdigest()
    PieceUpload.objects.update(received=9, sha256=sha256)
    if moved:
        locate_staged(sha256).parent.mkdir(parents=True, exist_ok=True)
        locate_pieces(upload).rename(locate_staged(sha256))
    # Closing gives up what came in part, not what is all here.
    close_batch(batch)
    keep_up()
    assert locate_staged(batch.files.get().sha256).read_bytes() == data
    assert client.get(UPLOADS).json()["uploads"] == []


def test_a_single_file_goes_the_way_of_the_form() -> None:
    client = enter("editor")
    address = begin(client, "培训班.txt", len(SPEECH), modified="5")["Location"]
    put(client, address, 0, SPEECH[:100])
    (told,) = client.get(UPLOADS).json()["uploads"]
    assert (told["path"], told["size"], told["modified"]) == ("培训班.txt", len(SPEECH), 5)
    assert (told["received"], told["address"], told["batch"]) == (100, address, None)
    assert "已传 100" in client.get("/intake/").content.decode()
    early = client.post("/intake/", {"received": told["id"]})
    assert early.status_code == 422
    assert "已不在服务器上" in early.content.decode()
    put(client, address, 100, SPEECH[100:])
    answer = client.post("/intake/", {"received": told["id"]})
    speech = Speech.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/intake/{speech.pk}/")
    assert Upload.objects.get().name == "培训班.txt"
    assert client.get(UPLOADS).json()["uploads"] == []
    assert client.post("/intake/", {"received": "../../etc"}).status_code == 422


def test_an_upload_is_its_users_alone() -> None:
    address = begin(enter("editor"), "一.txt", 3)["Location"]
    other = enter("admin")
    assert ask(other, "HEAD", address).status_code == 404
    assert put(other, address, 0, b"abc").status_code == 404
    assert ask(other, "DELETE", address).status_code == 404
    other.post(f"{address}forget/")
    assert other.get(UPLOADS).json()["uploads"] == []
    assert other.post("/intake/", {"received": address.split("/")[-2]}).status_code == 422
    assert PieceUpload.objects.count() == 1


def test_uploads_are_bounded_in_number_in_bytes_and_by_the_disk(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.UPLOADS_AT_ONCE, settings.UPLOADS_BYTES = 2, 1000
    editor, admin = enter("editor"), enter("admin")
    assert [begin(editor, "a.txt", 300).status_code for _time in range(3)] == [201, 201, 429]
    assert [begin(admin, "a.txt", size).status_code for size in (500, 300)] == [503, 201]
    settings.UPLOADS_AT_ONCE, settings.UPLOADS_BYTES = 20, 10**12
    free = storing.shutil.disk_usage("/")._replace(free=20 * 1024 * 1024)
    monkeypatch.setattr(storing.shutil, "disk_usage", lambda _place: free)
    answer = begin(admin, "a.zip", 5 * 1024 * 1024)
    assert answer.status_code == 507
    assert "磁盘已满" in answer.json()["message"]
    assert begin(admin, "a.txt", 5).status_code == 201


def test_one_hand_at_a_time_holds_the_pieces() -> None:
    client = enter("editor")
    address = begin(client, "一.txt", 3)["Location"]
    with locate_pieces(PieceUpload.objects.get()).open("r+b") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        assert put(client, address, 0, b"abc").status_code == 423
        assert ask(client, "DELETE", address).status_code == 423
        expire()
        keep_up()
    assert put(client, address, 0, b"abc").status_code == 204


def test_what_nobody_goes_on_with_is_cleared_and_told() -> None:
    client = enter("editor")
    batch = Batch.objects.get(pk=open_batch(client)["id"])
    addresses = [
        begin(client, "批里.txt", 3, batch=str(batch.pk))["Location"],
        begin(client, "单篇.txt", 3)["Location"],
    ]
    for address in addresses:
        put(client, address, 0, b"ab")
    folder = locate_pieces(PieceUpload.objects.all()[0]).parent
    # Of a file that came in part the rest may come: until it expires its batch stays open.
    Batch.objects.update(changed_at=timezone.now() - timedelta(hours=2))
    close_deserted()
    batch.refresh_from_db()
    assert batch.state == "receiving"
    # A backup takes nothing that is half here.
    assert not [path for path in STAGED.list_files() if path.parent == folder]
    expire()
    keep_up()
    keep_up()
    assert [ask(client, "HEAD", address).status_code for address in addresses] == [410, 410]
    assert not list(folder.glob(".*"))
    refused = batch.files.get()
    assert (refused.path, refused.state) == ("批里.txt", "refused")
    assert "24 小时" in refused.message
    page = client.get("/intake/").content.decode()
    assert "单篇.txt" in page
    assert "已过期清除" in page
    client.post(f"{addresses[1]}forget/")
    assert "单篇.txt" not in client.get("/intake/").content.decode()
    Batch.objects.update(changed_at=timezone.now() - timedelta(hours=2))
    close_deserted()
    batch.refresh_from_db()
    assert batch.state == "done"


def test_pieces_that_were_lost_are_not_said_to_be_here() -> None:
    client = enter("editor")
    address = begin(client, "一.txt", 3)["Location"]
    put(client, address, 0, b"ab")
    locate_pieces(PieceUpload.objects.get()).unlink()
    assert ask(client, "HEAD", address).status_code == 404
    assert not PieceUpload.objects.exists()


def test_a_cancelled_batch_and_a_deleted_user_leave_no_pieces(monkeypatch: Any) -> None:
    client = enter("editor")
    opened = open_batch(client)
    address = begin(client, "一.txt", 3, batch=str(opened["id"]))["Location"]
    begin(client, "二.txt", 3)
    client.post(opened["change"], {"action": "cancel"})
    assert put(client, address, 0, b"ab").status_code == 404
    assert begin(client, "一.txt", 3, batch=str(opened["id"])).status_code == 409
    folder = locate_pieces(PieceUpload()).parent
    User.objects.filter(pk=client.session["_auth_user_id"]).delete()
    monkeypatch.setattr("corpus_app.batches.pieces.clearing.FORGOTTEN", timedelta(seconds=-1))
    keep_up()
    assert not list(folder.glob(".*"))
