"""The desk's front in the browser's terms: files, pasted text, addresses."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from corpus_app.batches.fetching import fetch_page
from corpus_app.batches.models import Batch
from corpus_app.batches.services import add_file, close_batch, make_batch
from corpus_app.batches.views import front
from corpus_app.catalog.models import Speech, Upload
from tests.batches.page_server import allow, serve_pages
from tests.catalog.speeches import WORK_CONFERENCE, store
from tests.intake.people import enter
from tests.places import SHARED, needs_shared

pytestmark = pytest.mark.django_db


def make_files(*names: str) -> list[SimpleUploadedFile]:
    return [
        SimpleUploadedFile(name, f"{WORK_CONFERENCE}\n第{index}份".encode())
        for index, name in enumerate(names)
    ]


def send(client: Client, files: list[SimpleUploadedFile], **fields: Any) -> Any:
    return client.post("/intake/", {"file": files, **fields})


def read(response: Any) -> str:
    return str(response.content.decode())


def test_the_front_without_anything_says_so() -> None:
    page = read(enter("editor").get("/intake/"))
    assert "目前没有草稿" in page
    assert "还没有批次" in page


def test_the_front_says_the_limits_and_what_can_be_read() -> None:
    page = read(enter("editor").get("/intake/"))
    assert "20 MB" in page
    assert "500 MB" in page
    for suffix in (".docx", ".pdf", ".epub", ".zip", ".wps"):
        assert suffix in page


def test_several_files_become_a_batch_that_waits_for_the_worker() -> None:
    response = send(enter("editor"), make_files("一.txt", "二.txt"))
    batch = Batch.objects.get()
    assert response.headers["Location"] == f"/intake/batches/{batch.pk}/"
    assert batch.state == Batch.State.WAITING
    assert str(batch.created_by) == "editor"
    assert [file.path for file in batch.files.all()] == ["一.txt", "二.txt"]
    assert not Speech.objects.exists()


def test_a_folder_is_sent_without_scripts_too_and_its_litter_left_out() -> None:
    files = make_files("一.txt", ".DS_Store", "Thumbs.db", "~$二.docx")
    enter("editor").post("/intake/", {"folder": files})
    assert [file.path for file in Batch.objects.get().files.all()] == ["一.txt"]


def test_an_archive_becomes_a_batch_though_it_is_one_file() -> None:
    response = send(enter("editor"), [SimpleUploadedFile("讲话.zip", b"PK\x05\x06" + bytes(18))])
    assert response.headers["Location"] == f"/intake/batches/{Batch.objects.get().pk}/"


def test_one_file_that_may_be_published_unseen_becomes_a_batch() -> None:
    send(enter("editor"), make_files("一.txt"), publish="on")
    assert Batch.objects.get().publish is True
    assert not Speech.objects.exists()


def test_a_file_that_is_too_large_stands_in_the_batch_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from corpus_app.ingest import limits

    monkeypatch.setattr(limits, "_current", limits.Limits(file_bytes=2000))
    files = [*make_files("一.txt"), SimpleUploadedFile("大.txt", b"x" * 2001)]
    send(enter("editor"), files)
    large = Batch.objects.get().files.get(path="大.txt")
    assert (large.state, large.code) == ("refused", "too_large")
    assert "上限" in large.message


@needs_shared
def test_the_real_files_come_in_one_by_one_and_lead_to_their_review() -> None:
    client = enter("editor")
    files = sorted((SHARED / "seeds").glob("*.txt"))
    for path in files:
        response = send(client, [SimpleUploadedFile(path.name, path.read_bytes())])
        assert response.status_code == 302
        assert client.get(response.headers["Location"]).status_code == 200
    assert Speech.objects.filter(status="draft").count() == len(files) > 0


def test_pasted_text_becomes_a_draft_with_the_title_and_address_given() -> None:
    fields = {
        "text": WORK_CONFERENCE.replace("\n", "\r\n"),
        "title": "在会上的讲话",
        "source_url": "https://example.com/a",
    }
    response = enter("editor").post("/intake/paste/", fields)
    speech = Speech.objects.get()
    assert response.headers["Location"] == f"/intake/{speech.pk}/"
    assert speech.status == "draft"
    assert (speech.title, speech.source_url) == ("在会上的讲话", "https://example.com/a")
    assert Upload.objects.get().name == "在会上的讲话.txt"


def test_pasted_html_is_read_as_a_page() -> None:
    markup = "".join(f"<p>{line}</p>" for line in WORK_CONFERENCE.splitlines())
    enter("editor").post("/intake/paste/", {"text": "x", "markup": markup})
    assert Upload.objects.get().format == "html"
    assert Speech.objects.get().current


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "请先粘贴文字"),
        ({"text": "  \n"}, "请先粘贴文字"),
        ({"text": "同志们开会", "source_url": "javascript:alert(1)"}, "网址"),
        ({"text": "同志们开会", "title": "长" * 301}, "300"),
    ],
)
def test_a_wrong_paste_keeps_what_was_pasted_and_says_why(
    fields: dict[str, str], words: str
) -> None:
    response = enter("editor").post("/intake/paste/", fields)
    assert response.status_code == 422
    assert words in read(response)
    assert fields.get("text", "").strip() in read(response)
    assert not Upload.objects.exists()


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("", "请填写网址"),
        ("file:///etc/passwd", "http://"),
        ("http://127.0.0.1/", "内部网络"),
        ("http://169.254.169.254/latest/", "内部网络"),
        ("http://no-such-host.invalid/", "外网"),
    ],
)
def test_an_address_that_cannot_be_fetched_is_said_on_the_form(address: str, words: str) -> None:
    response = enter("editor").post("/intake/fetch/", {"address": address})
    assert response.status_code == 422
    assert words in read(response)
    assert address in read(response)


@pytest.mark.parametrize(
    ("path", "field"), [("/intake/fetch/", "address"), ("/intake/paste/", "text")]
)
def test_a_fetched_page_becomes_a_draft_that_keeps_its_address(
    path: str, field: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A real server answers, on this machine, which only the limits of a test allow to ask.
    monkeypatch.setattr(front, "fetch_page", lambda address: fetch_page(address, allow()))
    with serve_pages() as server:
        address = f"{server}/speech.html"
        response = enter("editor").post(path, {field: address})
    speech = Speech.objects.get()
    assert response.headers["Location"] == f"/intake/{speech.pk}/"
    assert (speech.status, speech.source_url) == ("draft", address)
    assert speech.title == WORK_CONFERENCE.splitlines()[0]
    assert Upload.objects.get().name == "speech.html"


def test_an_address_pasted_as_text_is_fetched() -> None:
    fields = {"text": " http://no-such-host.invalid/a.html\r\n"}
    response = enter("editor").post("/intake/paste/", fields)
    assert response.status_code == 422
    assert "no-such-host.invalid" in read(response)
    assert "外网" in read(response)
    assert not Upload.objects.exists()


def test_fetching_can_be_switched_off(settings: Any) -> None:
    settings.FETCH = False
    client = enter("editor")
    assert "没有开启" in read(client.get("/intake/"))
    response = client.post("/intake/fetch/", {"address": "http://example.com/"})
    assert response.status_code == 422
    assert "没有开启" in read(response)


def test_running_batches_and_drafts_stand_on_the_front() -> None:
    speech = store(WORK_CONFERENCE, draft=True)
    batch = make_batch("人大讲话")
    add_file(batch, "一.txt", b"x")
    close_batch(batch)
    page = read(enter("editor").get("/intake/"))
    assert speech.title in page
    assert f'href="/intake/batches/{batch.pk}/"' in page
    assert "0 / 1" in page


def test_the_front_says_that_no_worker_runs() -> None:
    assert "后台处理程序没有运行" in read(enter("editor").get("/intake/"))


def test_the_front_asks_no_more_for_more_batches_and_drafts(
    django_assert_max_num_queries: Any,
) -> None:
    client = enter("editor")
    store(WORK_CONFERENCE, draft=True)
    with django_assert_max_num_queries(40) as first:
        client.get("/intake/")
    for index in range(4):
        store(f"{index}号会议\n\n同志们：今天说的是第{index}件事。" * 3, f"{index}.txt", draft=True)
        add_file(make_batch(str(index)), "x.txt", b"x")
    with django_assert_max_num_queries(40) as second:
        client.get("/intake/")
    # The batches' files are one question, asked only where there are batches.
    assert len(second) <= len(first) + 1
    assert {query["sql"].split()[0] for query in second.captured_queries} == {"SELECT"}


def test_too_many_files_at_once_get_a_page_that_says_so(settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_NUMBER_FILES = 3
    response = send(enter("editor"), make_files("1.txt", "2.txt", "3.txt", "4.txt"))
    assert response.status_code == 400
    assert "3 个文件" in read(response)


def test_a_text_beyond_all_bounds_gets_a_page_that_says_so(settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    response = enter("editor").post("/intake/paste/", {"text": "x" * 2000})
    assert response.status_code == 400
    assert "太长" in read(response)


def test_a_script_is_told_of_too_many_files_in_json(settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_NUMBER_FILES = 1
    response = enter("editor").post(
        "/intake/batches/new/",
        {"file": make_files("1.txt", "2.txt")},
        headers={"Accept": "application/json"},
    )
    assert response.status_code == 400
    assert "1 个文件" in response.json()["message"]


def test_a_request_that_is_wrong_otherwise_gets_the_plain_page() -> None:
    response = Client().get("/", headers={"Host": "foreign.example"})
    assert response.status_code == 400
    assert "无法理解" in read(response)


@pytest.mark.parametrize("path", ["/intake/paste/", "/intake/fetch/"])
@pytest.mark.parametrize(("role", "status"), [("", 302), ("reader", 403), ("clerk", 403)])
def test_others_can_bring_nothing_in(path: str, role: str, status: int) -> None:
    fields = {"text": WORK_CONFERENCE, "address": "http://example.com/"}
    assert enter(role).post(path, fields).status_code == status
    assert not Upload.objects.exists()
    assert User.objects.count() <= 1
