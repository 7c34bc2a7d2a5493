"""Files sent one after another by a script."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from corpus_app.batches.models import Batch
from corpus_app.batches.receiving import is_litter
from corpus_app.batches.staging import locate_staged
from tests.intake.people import enter

pytestmark = pytest.mark.django_db


def open_batch(client: Client, **fields: str) -> dict[str, Any]:
    response = client.post("/intake/batches/new/", fields)
    assert response.status_code == 201
    return dict(response.json())


def send(client: Client, address: str, path: str, data: bytes) -> Any:
    file = SimpleUploadedFile(path.rsplit("/", 1)[-1], data)
    return client.post(address, {"path": path, "file": file})


def test_a_folder_arrives_file_by_file_with_its_paths() -> None:
    client = enter("editor")
    opened = open_batch(client, name="人大讲话", publish="on")
    for path in ("人大讲话/一.txt", "人大讲话/下级/一.txt"):
        assert send(client, opened["files"], path, path.encode()).status_code == 201
    batch = Batch.objects.get(pk=opened["id"])
    assert (batch.name, batch.state, batch.publish) == ("人大讲话", "receiving", True)
    listed = client.get(opened["files"]).json()["files"]
    assert [file["path"] for file in listed] == ["人大讲话/一.txt", "人大讲话/下级/一.txt"]
    for file in listed:
        assert locate_staged(file["sha256"]).read_bytes().decode() == file["path"]
    client.post(opened["change"], {"action": "close"})
    batch.refresh_from_db()
    assert batch.state == "waiting"


def test_a_file_sent_twice_stands_there_once() -> None:
    client = enter("editor")
    opened = open_batch(client)
    first = send(client, opened["files"], "一.txt", b"one").json()
    again = send(client, opened["files"], "一.txt", b"one").json()
    assert first == again
    assert len(client.get(opened["files"]).json()["files"]) == 1


def test_another_file_under_the_same_path_is_kept_beside_it() -> None:
    client = enter("editor")
    opened = open_batch(client)
    send(client, opened["files"], "一.txt", b"one")
    send(client, opened["files"], "一.txt", b"two")
    assert len(client.get(opened["files"]).json()["files"]) == 2


def test_a_batch_without_a_name_tells_when_it_was_sent() -> None:
    client = enter("editor")
    opened = open_batch(client, name="  ")
    assert Batch.objects.get(pk=opened["id"]).title.startswith("上传 20")


def test_a_path_that_climbs_is_only_a_name() -> None:
    client = enter("editor")
    opened = open_batch(client)
    send(client, opened["files"], "../../etc/passwd", b"one")
    path = Batch.objects.get(pk=opened["id"]).files.get()
    assert locate_staged(path.sha256).read_bytes() == b"one"


def test_a_closed_batch_takes_no_more_files() -> None:
    client = enter("editor")
    opened = open_batch(client)
    send(client, opened["files"], "一.txt", b"one")
    client.post(opened["change"], {"action": "close"})
    response = send(client, opened["files"], "二.txt", b"two")
    assert response.status_code == 409
    assert "不能再加" in response.json()["message"]


def test_a_request_without_a_file_is_told_so() -> None:
    client = enter("editor")
    opened = open_batch(client)
    assert client.post(opened["files"], {"path": "a"}).status_code == 400


def test_a_file_that_is_too_large_is_refused_with_the_limit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from corpus_app.ingest import limits

    small = limits.Limits(file_bytes=1000, archive_bytes=3000)
    monkeypatch.setattr(limits, "_current", small)
    client = enter("editor")
    opened = open_batch(client)
    response = send(client, opened["files"], "大.txt", b"x" * 2000)
    assert response.status_code == 422
    assert "上限" in response.json()["message"]
    assert send(client, opened["files"], "大.zip", b"x" * 2000).status_code == 201


def test_an_empty_file_is_kept_for_the_worker_to_refuse() -> None:
    client = enter("editor")
    opened = open_batch(client)
    assert send(client, opened["files"], "空.txt", b"").status_code == 201


@pytest.mark.parametrize(("role", "status"), [("", 401), ("reader", 403), ("clerk", 403)])
def test_others_are_told_in_json_that_they_may_not(role: str, status: int) -> None:
    response = enter(role).post("/intake/batches/new/", {})
    assert response.status_code == status
    assert response.json()["message"]
    assert not Batch.objects.exists()


def test_a_forged_request_is_refused() -> None:
    client = enter("editor")
    client.handler.enforce_csrf_checks = True
    assert client.post("/intake/batches/new/", {}).status_code == 403


@pytest.mark.parametrize("path", ["a/.DS_Store", "__MACOSX/a.txt", "Thumbs.db", "._a.txt"])
def test_what_systems_leave_behind_is_known(path: str) -> None:
    assert is_litter(path)


@pytest.mark.parametrize("path", ["a.txt", "人大/讲话.docx", ".txt"])
def test_a_document_is_not_taken_for_litter(path: str) -> None:
    assert not is_litter(path)
