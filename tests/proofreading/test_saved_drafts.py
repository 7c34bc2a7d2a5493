"""Drafts kept on purpose: with their decisions, for their owner alone, and gone when deleted."""

from __future__ import annotations

import base64
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test import Client
from lxml import html as lxml_html

from corpus_app.api.tokens import create_token
from corpus_app.operations.backups.snapshot import copy_database
from corpus_app.proofreading import saved_drafts
from corpus_app.proofreading.dismissals import take_back
from corpus_app.proofreading.models import DismissedFinding, SavedDraft
from corpus_app.proofreading.saved_drafts import DraftToSave, delete_draft, save_draft
from tests.proofreading.test_check_page import DRAFT, make_docx
from tests.proofreading.test_revising import read_lines, read_xml, settle

pytestmark = pytest.mark.django_db
WORDS = "盘湾乡的秘密安排"


@pytest.fixture
def owner(client: Client) -> Client:
    return sign_in(client, "somebody", "clerk")


def sign_in(client: Client, name: str, role: str) -> Client:
    user = User.objects.create_user(name)
    user.groups.add(Group.objects.get(name=role))
    client.force_login(user)
    return client


def read_page(answer: object) -> lxml_html.HtmlElement:
    content = b"".join(answer) if getattr(answer, "streaming", False) else answer.content  # type: ignore
    return lxml_html.document_fromstring(content.decode())


def read_form(page: lxml_html.HtmlElement) -> dict[str, str]:
    """Return what the page of a checked draft sends, as a browser without scripts does."""
    (form,) = page.xpath("//form[@data-kept]")
    return {i.get("name"): i.get("value", "") for i in form.xpath(".//input[@name]")}


def decide(page: lxml_html.HtmlElement, states: dict[str, str]) -> str:
    """Return the decisions on findings by their words, as the page's script writes them."""
    rows = []
    for item in page.xpath("//li[@data-finding]"):
        number = item.get("data-finding")
        words = "".join(page.xpath(f"//mark[@data-place='{number}']/text()"))
        if words in states:
            place = {"start": int(item.get("data-start")), "end": int(item.get("data-end"))}
            own = {"kind": item.get("data-kind"), "suggestion": item.get("data-suggestion")}
            rows.append(place | own | {"state": states[words]})
    return json.dumps(rows)


def keep(client: Client, text: str = DRAFT, **states: str) -> SavedDraft:
    page = read_page(client.post("/check/", {"text": text}))
    sent = read_form(page) | {"decisions": decide(page, states)}
    answer = client.post("/check/drafts/", sent)
    assert answer.status_code == 302, answer.content.decode()
    return SavedDraft.objects.get(pk=int(answer.headers["Location"].split("/")[-2]))


def test_a_draft_is_kept_only_when_it_is_saved(owner: Client) -> None:
    owner.post("/check/", {"text": DRAFT})
    assert not SavedDraft.objects.exists()
    draft = keep(owner)
    assert draft.text.split("\n")[:3] == DRAFT.split("\n")[:3]
    listed = owner.get("/check/drafts/").content.decode()
    assert draft.name in listed
    assert "在全县人大工作会议上的讲话" in draft.name


def test_it_opens_again_with_what_was_decided_on_it(owner: Client) -> None:
    draft = keep(owner, 人民当家做主="accepted", 麓禾县="dismissed")
    page = read_page(owner.get(f"/check/drafts/{draft.pk}/"))
    decided = {
        page.xpath(f"string(//mark[@data-place='{one.get('data-finding')}'])"): one.get(
            "data-decided"
        )
        for one in page.xpath("//li[@data-decided]")
    }
    assert decided == {"人民当家做主": "accepted", "麓禾县": "dismissed"}
    # Saved once more without scripts, nothing of it is lost.
    owner.post("/check/drafts/", read_form(page) | {"name": "二稿"})
    draft.refresh_from_db()
    assert (draft.name, len(draft.decisions)) == ("二稿", 2)
    assert SavedDraft.objects.count() == 1


def test_two_pages_of_one_draft_do_not_overwrite_each_other(owner: Client) -> None:
    draft = keep(owner)
    address = f"/check/drafts/{draft.pk}/"
    first, second = (read_form(read_page(owner.get(address))) for _tab in range(2))
    owner.post("/check/drafts/", first | {"draft": first["draft"] + "甲页所加。"})
    answer = owner.post("/check/drafts/", second | {"draft": second["draft"] + "乙页所加。"})
    texts = SavedDraft.objects.values_list("text", flat=True)
    assert {text[-5:] for text in texts} == {"乙页所加。", "甲页所加。"}
    assert "另存为一份" in owner.get(answer.headers["Location"]).content.decode()
    # The same sent twice, as by two clicks, is one.
    owner.post("/check/drafts/", first | {"draft": first["draft"] + "甲页所加。"})
    assert SavedDraft.objects.count() == 2


def test_an_accepted_change_stays_when_the_check_no_longer_tells_it(owner: Client) -> None:
    draft = keep(owner, "同志们：\n今天我们开会，研究工作。\n")
    start = draft.text.index("开会")
    place = {"kind": "wording", "start": start, "end": start + 2}
    draft.decisions = [place | {"suggestion": "学习", "state": "accepted"}]
    draft.save()
    page = read_page(owner.get(f"/check/drafts/{draft.pk}/"))
    assert page.xpath("//mark/text()") == ["开会"]
    assert page.xpath("//li/@data-suggestion") == ["学习"]
    assert page.xpath("//li/@data-decided") == ["accepted"]


@pytest.mark.parametrize("role", ["clerk", "editor", "admin"])
def test_nobody_else_sees_it_on_any_page(owner: Client, role: str) -> None:
    draft = keep(owner, DRAFT + WORDS)
    DismissedFinding.objects.create(owner=draft.owner, kind="slogan", text=WORDS)
    other = sign_in(Client(), "other", role)
    for address in (f"/check/drafts/{draft.pk}/", f"/check/drafts/{draft.pk}/delete/"):
        answer = other.get(address) if address.endswith(f"{draft.pk}/") else other.post(address)
        assert answer.status_code == 404
    other.post("/check/drafts/", {"draft": "占用", "number": draft.pk, "name": "占用"})
    draft.refresh_from_db()
    assert WORDS in draft.text
    for address in ("/check/drafts/", "/check/dismissed/"):
        shown = other.get(address).content.decode()
        assert WORDS not in shown
        assert draft.name not in shown


def test_neither_administration_nor_interface_nor_its_name_tell_of_it(owner: Client) -> None:
    draft = keep(owner, DRAFT + WORDS)
    dismissed = DismissedFinding.objects.create(owner=draft.owner, kind="slogan", text=WORDS)
    assert not {SavedDraft, DismissedFinding} & set(admin.site._registry)
    assert all(word not in f"{draft} {dismissed}" for word in (WORDS, draft.name))
    _row, token = create_token(draft.owner, "测试")
    described = Client().get("/api/v1/openapi.json").content.decode()
    assert "saved" not in described
    answer = Client().get("/api/v1/draft-checks", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 405


def test_no_export_has_a_word_of_it(owner: Client, tmp_path: Path) -> None:
    draft = keep(owner, DRAFT + WORDS)
    DismissedFinding.objects.create(owner=draft.owner, kind="slogan", text=WORDS)
    call_command("export_corpus", str(tmp_path), people=True)
    written = [one.read_text("utf-8") for one in tmp_path.rglob("*.json")]
    assert any("somebody" in one for one in written)
    assert not [one for one in written if WORDS in one or draft.name in one]


def test_what_is_kept_is_bounded(owner: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    draft = keep(owner)
    monkeypatch.setattr(saved_drafts, "MOST_DRAFTS", 1)
    sent = {"draft": "另一份稿件", "name": "另一份"}
    refused = owner.post("/check/drafts/", sent)
    assert refused.status_code == 422
    assert "最多保存 1 份" in refused.content.decode()
    assert owner.post("/check/drafts/", sent | {"number": draft.pk}).status_code == 302
    monkeypatch.setattr(saved_drafts, "MOST_BYTES", 20)
    large = owner.post("/check/drafts/", {"draft": "长" * 20, "number": draft.pk})
    assert large.status_code == 422
    draft.refresh_from_db()
    assert draft.text == "另一份稿件"


@pytest.mark.parametrize(
    "sent",
    [
        {"decisions": "[1]"},
        {"decisions": '[{"kind":"slogan","start":0,"end":999,"suggestion":"","state":"accepted"}]'},
        {"decisions": '[{"kind":"x","start":0,"end":1,"suggestion":"","state":"accepted"}]'},
        {"decisions": "[" * 100_000},
        {
            "decisions": '[{"kind":"slogan","start":0,"end":1,"suggestion":"\\ud800",'
            '"state":"accepted"}]'
        },
        {"file": "???"},
        {"draft": ""},
        {"number": "x"},
    ],
)
def test_what_no_page_would_send_is_refused_in_words(owner: Client, sent: dict[str, str]) -> None:
    answer = owner.post("/check/drafts/", {"draft": "一份稿件", "name": "一"} | sent)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert not SavedDraft.objects.exists()


def test_the_word_file_is_kept_and_comes_back_with_tracked_changes(owner: Client) -> None:
    data = make_docx(DRAFT)
    page = read_page(owner.post("/check/", {"file": SimpleUploadedFile("讲话.docx", data)}))
    sent = read_form(page) | {"decisions": decide(page, {"人民当家做主": "accepted"})}
    assert base64.b64decode(sent["file"]) == data
    owner.post("/check/drafts/", sent)
    draft = SavedDraft.objects.get()
    again = read_form(read_page(owner.get(f"/check/drafts/{draft.pk}/")))
    answer = owner.post("/check/revised.docx", again)
    assert answer.headers["Content-Disposition"].endswith(".docx")
    root = read_xml(answer.content)
    accepted = "\n".join(read_lines(settle(root, accept=True))).strip()
    assert accepted == DRAFT.strip().replace("当家做主", "当家作主")
    assert "\n".join(read_lines(settle(root, accept=False))).strip() == DRAFT.strip()


def test_a_page_without_a_word_file_has_none_to_revise(owner: Client) -> None:
    answer = owner.post("/check/revised.docx", {"draft": DRAFT})
    assert answer.status_code == 422
    assert "没有 Word 文件" in answer.content.decode()
    broken = {"draft": DRAFT, "file": base64.b64encode(b"PK").decode()}
    assert owner.post("/check/revised.docx", broken).status_code == 422


def test_tracked_changes_are_had_at_once_too(owner: Client) -> None:
    file = SimpleUploadedFile("讲话.docx", make_docx(DRAFT))
    answer = owner.post("/check/", {"file": file, "tracked": "1"})
    root = read_xml(answer.content)
    assert "\n".join(read_lines(settle(root, accept=False))).strip() == DRAFT.strip()
    assert "当家作主" in "".join(read_lines(settle(root, accept=True)))


def test_closing_the_account_for_good_takes_all_along(owner: Client) -> None:
    draft = keep(owner)
    DismissedFinding.objects.create(owner=draft.owner, kind="slogan", text="一")
    draft.owner.delete()
    assert not SavedDraft.objects.exists()
    assert not DismissedFinding.objects.exists()


def find_words() -> list[str]:
    """Return the files of the data folder that have the words anywhere in their bytes."""
    return [
        one.name
        for one in Path(settings.DATA_DIR).rglob("*")
        if one.is_file() and WORDS.encode() in one.read_bytes()
    ]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_deleting_leaves_no_byte_and_no_backup_has_any(tmp_path: Path) -> None:
    user = User.objects.create_user("somebody")
    text = "".join(f"第{number}段，{WORDS}。\n" for number in range(2_000))
    draft = SavedDraft.objects.create(owner=user, name=WORDS, text=text)
    DismissedFinding.objects.create(owner=user, kind="slogan", text=WORDS)
    # A server's files are its own: what it keeps until it cleans up, decision 0048 says.
    assert bool(find_words()) is (connection.vendor == "sqlite")
    copied = copy_database(tmp_path / "copy.sqlite3")
    assert WORDS.encode() not in copied.read_bytes()
    with closing(sqlite3.connect(copied)) as copy:
        assert copy.execute("select count(*) from proofreading_saveddraft").fetchone() == (0,)
        assert copy.execute("select count(*) from auth_user").fetchone() == (1,)
    # What was there before it was saved again goes too.
    sent = DraftToSave(WORDS, WORDS, "", "", [])
    assert save_draft(user, sent, draft.pk).pk == draft.pk
    take_back(user, "slogan", WORDS, None)
    delete_draft(draft)
    assert find_words() == []


def test_one_click_deletes_it(owner: Client) -> None:
    draft = keep(owner)
    answer = owner.post(f"/check/drafts/{draft.pk}/delete/", follow=True)
    assert "已彻底删除" in answer.content.decode()
    assert not SavedDraft.objects.exists()
