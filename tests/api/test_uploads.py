"""Files that a program sends in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from corpus_app.api import gate
from corpus_app.api.tokens import create_token
from corpus_app.batches.models import Batch
from corpus_app.batches.staging import list_staged
from corpus_app.catalog.models import Speech
from corpus_app.ingest.limits import get_limits, set_limits
from tests.batches.sending import pack, send, send_table, work
from tests.catalog.speeches import TRAINING, WORK_CONFERENCE
from tests.intake.manifests.tables import write_csv

pytestmark = pytest.mark.django_db


def make_token(role: str) -> dict[str, str]:
    user = User.objects.create_user(f"user-{role}")
    user.groups.add(Group.objects.get(name=role))
    return {"Authorization": f"Bearer {create_token(user, '测试')[1]}"}


@pytest.fixture
def editor() -> dict[str, str]:
    return make_token("editor")


@pytest.fixture(autouse=True)
def _leave_no_bytes() -> Iterator[None]:
    yield
    for path in list_staged():
        path.unlink()


def post(headers: dict[str, str], status: int = 202, /, **data: Any) -> Any:
    response = Client(enforce_csrf_checks=True).post("/api/v1/uploads", data, headers=headers)
    assert response.status_code == status, response.content.decode()
    return json.loads(response.content)


def get(path: str, headers: dict[str, str], status: int = 200) -> Any:
    response = Client().get(f"/api/v1/uploads{path}", headers=headers)
    assert response.status_code == status, response.content.decode()
    return json.loads(response.content)


def file(name: str, text: str | bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text if isinstance(text, bytes) else text.encode())


def test_files_are_kept_and_answered_for_before_they_are_worked_on(editor: dict[str, str]) -> None:
    sent = post(
        editor, files=[file("a.txt", WORK_CONFERENCE), file("b.txt", TRAINING)], name="五月"
    )
    assert (sent["name"], sent["state"], sent["total"], sent["done"]) == ("五月", "waiting", 2, 0)
    assert not Speech.objects.exists()
    batch = Batch.objects.get(pk=sent["id"])
    assert (batch.origin, batch.publish) == ("api", False)
    assert batch.created_by is not None
    assert sent["url"].endswith(f"/api/v1/uploads/{batch.pk}")


def test_progress_is_told_file_by_file(editor: dict[str, str]) -> None:
    files = [file("a.txt", WORK_CONFERENCE), file("坏.docx", b"PK\x03\x04 no zip")]
    sent = post(editor, files=[*files, file("包.zip", pack({"c.txt": TRAINING}))])
    work()
    told = get(f"/{sent['id']}", editor)
    assert (told["state"], told["total"], told["done"]) == ("done", 3, 3)
    assert told["counts"] == {"imported": 2, "refused": 1, "unpacked": 1}
    by_path = {each["path"]: each for each in told["files"]}
    assert by_path["a.txt"]["speech"] == Speech.objects.get(title__contains="青芜").pk
    assert by_path["坏.docx"]["code"] == "damaged"
    assert by_path["坏.docx"]["message"]
    assert by_path["包.zip/c.txt"]["state"] == "imported"


def test_files_can_be_paged_and_chosen_by_state(editor: dict[str, str]) -> None:
    sent = post(editor, files=[file(f"{n}.txt", f"第{n}篇") for n in range(5)])
    first = get(f"/{sent['id']}?limit=3", editor)
    rest = get(f"/{sent['id']}?limit=3&after={first['next_after']}", editor)
    assert [each["path"] for each in first["files"] + rest["files"]] == [
        f"{n}.txt" for n in range(5)
    ]
    assert rest["next_after"] is None
    assert get(f"/{sent['id']}?state=imported", editor)["files"] == []


def test_an_account_finds_its_own_batches(editor: dict[str, str]) -> None:
    send()
    sent = post(editor, files=[file("a.txt", WORK_CONFERENCE)])
    assert [each["id"] for each in get("", editor)["items"]] == [sent["id"]]


def test_a_file_too_large_stands_in_the_batch_with_the_reason(editor: dict[str, str]) -> None:
    limits = get_limits()
    set_limits(replace(limits, file_bytes=1000))
    try:
        files = [file("大.txt", "长" * 1000), file("小.txt", "短")]
        told = get(f"/{post(editor, files=files)['id']}", editor)
    finally:
        set_limits(limits)
    states = {each["path"]: (each["state"], each["code"]) for each in told["files"]}
    assert states == {"大.txt": ("refused", "too_large"), "小.txt": ("waiting", None)}


def test_a_request_too_large_is_refused_before_it_is_read(
    editor: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gate, "FRAME_BYTES", -(2**40))
    problem = post(editor, 413, files=[file("a.txt", "甲")])
    assert problem["code"] == "too_large"
    assert not Batch.objects.exists()


def test_a_request_without_files_is_refused(editor: dict[str, str]) -> None:
    assert post(editor, 422, name="空")["errors"][0]["parameter"] == "files"
    assert not Batch.objects.exists()


@pytest.mark.parametrize("role", ["reader", "clerk"])
def test_who_may_not_bring_files_in_is_refused(role: str) -> None:
    token = make_token(role)
    assert post(token, 403, files=[file("a.txt", "甲")])["code"] == "forbidden"
    assert get("", token, 403)["code"] == "forbidden"
    assert not Batch.objects.exists()


def test_nobody_sends_without_a_token_not_even_who_is_logged_in(client: Client) -> None:
    assert post({}, 401, files=[file("a.txt", "甲")])["code"] == "token"
    user = User.objects.create_superuser("chief")
    client.force_login(user)
    response = client.post("/api/v1/uploads", {"files": file("a.txt", "甲")})
    assert response.status_code == 401
    assert not Batch.objects.exists()
    assert get("", {}, 401)["code"] == "token"


def test_an_unknown_batch_is_missing(editor: dict[str, str]) -> None:
    assert get("/999", editor, 404)["code"] == "missing"


def test_clean_files_are_published_on_demand(editor: dict[str, str]) -> None:
    sent = post(editor, files=[file("a.txt", WORK_CONFERENCE)], publish="true")
    assert sent["publish"] is True


def test_a_longer_batch_asks_no_more_queries(editor: dict[str, str]) -> None:
    counts = []
    get("", editor)  # notes the day on which the token was used
    for number in (2, 20):
        batch = send({f"{n}.txt": f"第{number}批第{n}篇" for n in range(number)})
        with CaptureQueriesContext(connection) as seen:
            get(f"/{batch.pk}", editor)
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 8


def map_table(
    headers: dict[str, str], path: str, columns: dict[str, str], status: int = 202
) -> Any:
    address, body = f"/api/v1/uploads{path}", {"columns": columns}
    answer = Client().post(address, body, content_type="application/json", headers=headers)
    assert answer.status_code == status, answer.content.decode()
    return answer.json()


def test_a_table_of_speeches_waits_for_its_columns(editor: dict[str, str]) -> None:
    words = TRAINING.partition("\n\n")[2]
    data = write_csv([["甲", "乙", "丙"], ["在培训班上的讲话", "2024-05-01", words]]).encode()
    sent = post(editor, files=[file("讲话.csv", data)])
    work()
    (told,) = get(f"/{sent['id']}?state=unmapped", editor)["files"]
    path = f"/{sent['id']}/tables/{told['id']}"
    table = get(path, editor)
    assert [one["role"] for one in table["columns"]] == ["", "", "text"]
    assert "text" in table["roles"]
    wrongs: list[dict[str, str]] = [{"丁": "text"}, {"甲": "text", "乙": "day"}, {"甲": "title"}]
    for wrong in wrongs:
        map_table(editor, path, wrong, 400)
    answer = map_table(editor, path, {"甲": "title", "乙": "delivered", "丙": "text"})
    assert answer["state"] == "waiting"
    work()
    assert Speech.objects.get().title == "在培训班上的讲话"
    get(path, editor, 404)


def test_a_program_may_take_the_guess(editor: dict[str, str]) -> None:
    data = write_csv([["题名", "正文"], ["讲话", TRAINING.replace("\n", "。")]]).encode()
    sent = post(editor, files=[file("讲话.csv", data)], tables="guess")
    work()
    assert get(f"/{sent['id']}", editor)["counts"].get("unmapped") is None
    table = send_table()
    map_table(editor, f"/{table.batch_id}/tables/{table.pk}", {})
    table.refresh_from_db()
    assert table.columns == {"标题": "title", "日期": "delivered", "正文": "text"}
