"""What a tus client may say, and what it is answered."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path
from typing import Any

import pytest

from corpus_app.batches.models import PieceUpload
from tests.batches.piece_sending import UPLOADS, ask, begin, encode, put, read_offset
from tests.intake.people import enter

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _stage_apart(settings: Any, tmp_path: Path) -> None:
    settings.STAGING_DIR = tmp_path / "staging"


@pytest.mark.parametrize(("role", "status"), [("", 401), ("reader", 403), ("clerk", 403)])
def test_who_may_not_bring_files_in_may_not_in_pieces(role: str, status: int) -> None:
    client = enter(role)
    assert begin(client, "一.txt", 3).status_code == status
    address = f"{UPLOADS}00000000-0000-0000-0000-000000000000/"
    for method in ("HEAD", "PATCH", "DELETE"):
        assert ask(client, method, address).status_code == status
    assert not PieceUpload.objects.exists()


def test_a_forged_request_is_refused_whatever_method_it_names() -> None:
    client = enter("editor")
    address = begin(client, "一.txt", 3)["Location"]
    client.handler.enforce_csrf_checks = True
    assert put(client, address, 0, b"abc").status_code == 403
    for method in ("GET", "HEAD", "OPTIONS", "POST"):
        ask(client, method, address, X_HTTP_Method_Override="DELETE")
    assert begin(client, "一.txt", 3).status_code == 403
    assert PieceUpload.objects.get().received == 0


def test_a_client_that_can_only_post_names_the_method_in_a_header() -> None:
    client = enter("editor")
    address = begin(client, "一.txt", 3)["Location"]
    told = ask(client, "POST", address, b"abc", Upload_Offset="0", X_HTTP_Method_Override="PATCH")
    assert told.status_code == 204
    assert ask(client, "POST", address, X_HTTP_Method_Override="DELETE").status_code == 204
    assert ask(client, "HEAD", address).status_code == 404
    assert not PieceUpload.objects.exists()


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Tus-Resumable": ""}, 412),
        ({"Tus-Resumable": "0.2.2"}, 412),
        ({"Upload-Offset": "-1"}, 400),
        ({"Upload-Offset": "9" * 30}, 400),
        ({"Upload-Offset": "٣"}, 400),
        ({"Content-Type": "text/plain"}, 415),
        ({"Upload-Checksum": "md5 YQ=="}, 400),
        ({"Upload-Checksum": "sha1 @"}, 400),
        ({"Upload-Checksum": f"sha1 {base64.b64encode(b'x' * 20).decode()}"}, 460),
        ({"Transfer-Encoding": "chunked"}, 411),
    ],
)
def test_a_piece_out_of_order_changes_nothing(headers: dict[str, str], status: int) -> None:
    client = enter("editor")
    address = begin(client, "一.txt", 3)["Location"]
    answer = ask(client, "PATCH", address, b"abc", **({"Upload-Offset": "0"} | headers))
    assert answer.status_code == status
    assert answer["Tus-Resumable"] == "1.0.0"
    assert answer.json()["message"]
    assert read_offset(client, address) == 0
    digest = base64.b64encode(hashlib.sha1(b"abc").digest()).decode()
    assert put(client, address, 0, b"abc", Upload_Checksum=f"sha1 {digest}").status_code == 204


@pytest.mark.parametrize(
    ("metadata", "length", "status"),
    [
        ("", "3", 400),
        ("path @@", "3", 400),
        ("path YQ==,path YQ==", "3", 400),
        (encode(path="字" * 4001), "3", 400),
        (encode(path="a.txt"), "", 400),
        (encode(path="a.txt"), str(21 * 1024 * 1024), 413),
        (encode(path="a.zip"), str(501 * 1024 * 1024), 413),
        (encode(path="a.txt", batch="99999"), "3", 404),
        (encode(path="a.txt", batch="9" * 40), "3", 404),
        ("path " + base64.b64encode(b"\xff\xfe\x00").decode(), "3", 201),
    ],
)
def test_an_announcement_is_checked_before_a_byte_comes(
    metadata: str, length: str, status: int
) -> None:
    client = enter("editor")
    answer = ask(client, "POST", UPLOADS, Upload_Length=length, Upload_Metadata=metadata)
    assert answer.status_code == status
    assert PieceUpload.objects.count() == (status == 201)


def test_the_server_says_what_it_can_do() -> None:
    told = ask(enter("editor"), "OPTIONS", UPLOADS, Tus_Resumable="")
    assert told.status_code == 204
    assert told["Tus-Version"] == "1.0.0"
    assert told["Tus-Extension"] == "creation,expiration,termination,checksum"
    assert told["Tus-Max-Size"] == str(500 * 1024 * 1024)
