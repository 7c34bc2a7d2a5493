"""校稿 as a page: who may, what it shows, what it refuses, and that nothing stays behind."""

from __future__ import annotations

import logging
from io import BytesIO

import pytest
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from docx import Document
from lxml import html as lxml_html
from PIL import Image

from corpus_app.access import limits
from corpus_app.catalog.models import Revision, Speech, Upload
from corpus_app.ingest.limits import MEGABYTE
from tests.ingest.format_files import build_pdf
from tests.ingest.test_formats_doc import patch_header, rename_stream
from tests.ingest.test_formats_package import set_password_flag
from tests.ingest.test_formats_pdf import LOCK, SHOW
from tests.ingest.word_files import build_word, replace_member
from tests.thoroughness import spare

pytestmark = pytest.mark.django_db

DRAFT = """在全县人大工作会议上的讲话
望岫县人大常委会主任 李明
（2026年5月12日）
同志们：
要坚持人民当家做主。下面，我讲三点意见。
一、提高站位
要认真学习<script>alert(1)</script>，把各项任务落到实处。
三、改进作风
麓禾县人大常委会党组要带头反对“四风’，把各项任务落到实处，见到实效。
"""


@pytest.fixture
def reader(client: Client) -> Client:
    user = User.objects.create_user("somebody")
    user.groups.add(Group.objects.get(name="reader"))
    client.force_login(user)
    return client


def make_docx(text: str) -> bytes:
    document = Document()
    for line in text.splitlines():
        document.add_paragraph(line)
    target = BytesIO()
    document.save(target)
    return target.getvalue()


@pytest.mark.parametrize("address", ["/check/", "/check/text.docx"])
def test_strangers_are_asked_to_sign_in(client: Client, address: str) -> None:
    response = client.post(address, {"text": DRAFT})
    assert response.status_code == 302
    assert "/login/" in response.headers["Location"]


@pytest.mark.parametrize("role", ["reader", "clerk", "editor", "admin"])
def test_every_role_may_check(client: Client, role: str) -> None:
    user = User.objects.create_user(f"user-{role}")
    user.groups.add(Group.objects.get(name=role))
    client.force_login(user)
    assert client.get("/check/").status_code == 200
    assert client.post("/check/", {"text": DRAFT}).status_code == 200


def test_each_finding_stands_in_the_text_and_in_the_list(reader: Client) -> None:
    page = lxml_html.document_fromstring(reader.post("/check/", {"text": DRAFT}).content.decode())
    marked = [mark.text_content() for mark in page.xpath("//mark")]
    assert {"人民当家做主", "三、", "麓禾县", "’"} <= set(marked)
    numbers = page.xpath("//mark/@data-place")
    assert numbers == page.xpath("//li/@data-finding")
    shown = page.xpath("//*[@data-draft]")[0].text_content()
    assert shown.split("\n")[:2] == DRAFT.split("\n")[:2]
    assert "<script>alert(1)</script>" in shown
    assert not page.xpath("//*[@data-draft]//script")


def test_what_can_be_accepted_has_its_place_inside_a_wider_finding(reader: Client) -> None:
    text = "同志们：\n有人指出：“要坚持人民当家做主，办好群众身边的小事。”\n"
    page = lxml_html.document_fromstring(reader.post("/check/", {"text": text}).content.decode())
    marked = [mark.text_content() for mark in page.xpath("//mark")]
    assert marked == ["要坚持", "人民当家做主"]
    assert page.xpath("//mark/@data-place") == page.xpath("//li/@data-finding")


def test_day_and_place_that_were_given_win(reader: Client) -> None:
    text = DRAFT.replace("人民当家做主", "全过程民主")
    page = reader.post("/check/", {"text": text, "day": "2020-05", "place": "麓禾县"})
    words = page.content.decode()
    assert "按 2020-05 的说法" in words
    assert "旧提法" not in words
    assert 'data-kind="residue"' not in words


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"text": "  "}, "请先粘贴稿件"),
        ({"text": DRAFT, "day": "明天"}, "日期写作"),
        ({"text": "x" * 1_000_001}, "超过一百万字"),
    ],
)
def test_what_cannot_be_checked_is_said(reader: Client, sent: dict[str, str], words: str) -> None:
    response = reader.post("/check/", sent)
    assert response.status_code == 422
    assert words in response.content.decode()


def test_more_drafts_at_a_time_than_there_are_places_are_asked_to_wait(
    reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "_PATIENCE", 0.0)
    held = [limits.take_draft_slot() for _number in range(settings.DRAFTS_AT_ONCE)]
    try:
        assert all(held)
        assert reader.get("/check/").status_code == 200
        answer = reader.post("/check/", {"text": DRAFT})
        assert answer.status_code == 429
        assert "同时校稿的人较多" in answer.content.decode()
    finally:
        for slot in held:
            assert slot is not None
            slot.release()
    assert reader.post("/check/", {"text": DRAFT}).status_code == 200


def make_picture_docx() -> bytes:
    document, target = Document(), BytesIO()
    Image.new("RGB", (300, 200), "white").save(target, "PNG")
    document.add_picture(target)
    document.save(target := BytesIO())
    return target.getvalue()


# Each kind of draft that can't be checked, and the words that say so.
UNREADABLE = {
    "empty.txt": (lambda: b"", "文件是空的"),
    "blank.docx": (lambda: make_docx(""), "文件里没有文字"),
    "picture.docx": (make_picture_docx, "文件里没有文字"),
    "locked.docx": (lambda: rename_stream("WordDocument", "EncryptedPackage"), "设有密码"),
    "flagged.docx": (lambda: set_password_flag(build_word("x")), "设有密码"),
    "locked.doc": (lambda: patch_header(0x0A, 0x0300), "设有密码"),
    "locked.pdf": (lambda: build_pdf(SHOW, LOCK), "设有打开密码"),
    "bomb.docx": (
        lambda: replace_member(make_docx(DRAFT), "word/zero.bin", bytes(101 * MEGABYTE)),
        "疑似压缩炸弹",
    ),
    "long.txt": (lambda: ("要办好实事。\n" * 200_000).encode(), "超过单篇 1000000 字"),
    "broken.docx": (lambda: b"PK\x03\x04broken", "已损坏"),
    "program.exe": (lambda: b"MZ\x90\0", "不支持扩展名为 .exe"),
}


@pytest.mark.parametrize("name", spare(UNREADABLE, *(set(UNREADABLE) - {"bomb.docx", "long.txt"})))
def test_a_file_that_cannot_be_read_is_refused_in_words(reader: Client, name: str) -> None:
    make, words = UNREADABLE[name]
    response = reader.post("/check/", {"file": SimpleUploadedFile(name, make())})
    assert response.status_code == 422
    told = lxml_html.document_fromstring(response.content.decode()).xpath("//*[@id='file-errors']")
    assert words in told[0].text_content()


def test_a_word_file_comes_back_with_comments_and_is_else_as_it_was(reader: Client) -> None:
    file = SimpleUploadedFile("稿件.docx", make_docx(DRAFT))
    response = reader.post("/check/", {"file": file, "comments": "1"})
    assert response.status_code == 200
    document = Document(BytesIO(response.content))
    assert "\n".join(p.text for p in document.paragraphs) == DRAFT.rstrip("\n")
    comments = [comment.text for comment in document.comments]
    assert any("人民当家作主" in words for words in comments)


def test_a_blank_gets_its_comment_and_a_document_its_book_marks(reader: Client) -> None:
    text = "同志们：\n要把各项 任务落实到人，发展全过程民主，把实事办好，让群众满意。\n"
    file = SimpleUploadedFile("稿件.docx", make_docx(text))
    response = reader.post("/check/", {"file": file, "comments": "1", "day": "2026-05"})
    comments = [comment.text for comment in Document(BytesIO(response.content)).comments]
    assert any("多余的空格" in words for words in comments)
    assert any(
        "《中华人民共和国全国人民代表大会组织法》第四条第二款（2021-03）" in w for w in comments
    )


def test_comments_are_for_word_files_alone(reader: Client) -> None:
    response = reader.post("/check/", {"text": DRAFT, "comments": "1"})
    assert response.status_code == 422
    assert "只有 .docx" in response.content.decode()


def test_the_text_of_the_page_comes_as_a_word_file(reader: Client) -> None:
    rare = "\u3000\u3000第一段\t有\u00a0空格，\ue000、\U0003134a、\u200d\U000e0100是人名"
    response = reader.post("/check/text.docx", {"text": f"{rare}\r\n第二段\x00\x0b\uffff"})
    document = Document(BytesIO(response.content))
    assert [p.text for p in document.paragraphs] == [rare, "第二段"]


def test_nothing_of_a_draft_stays_behind(reader: Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        response = reader.post("/check/", {"text": DRAFT})
    assert "no-store" in response.headers["Cache-Control"]
    assert not any(model.objects.exists() for model in (Speech, Revision, Upload))
    assert not [one for one in caplog.messages if "望岫" in one or "当家做主" in one]


def test_the_page_costs_the_same_queries_for_any_length(
    reader: Client, django_assert_max_num_queries: object
) -> None:
    with django_assert_max_num_queries(16):  # type: ignore[operator]
        reader.post("/check/", {"text": DRAFT * 20})
