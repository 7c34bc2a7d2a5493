"""What was not understood is published by no way in, and each way says why."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client

from corpus_app.api.tokens import create_token
from corpus_app.batches import inbox
from corpus_app.batches.inbox import watch_inbox
from corpus_app.batches.models import Batch, BatchFile
from corpus_app.batches.staging import list_staged
from corpus_app.catalog.models import Speech
from corpus_app.intake.importing.files import import_bytes
from corpus_app.intake.quality.flags import mark_looked
from corpus_app.intake.quality.holding import list_holds
from corpus_app.intake.quality.rules import load_rules
from corpus_app.intake.quality.sentences import NAMES, SENTENCES
from corpus_app.intake.revisions import editing
from tests.batches.sending import send, work
from tests.catalog.speeches import TRAINING, WORK_CONFERENCE, store
from tests.intake.people import enter

pytestmark = pytest.mark.django_db

TITLE, REST = WORK_CONFERENCE.split("\n", 1)
# By the code of its reason: a file, and words of the reason that stand in every message.
HELD: dict[str, tuple[bytes, str]] = {
    "no_title": (WORK_CONFERENCE.split("\n\n", 1)[1].encode(), "没有读出标题"),
    "unread_head": (
        WORK_CONFERENCE.replace("青芜县人大常委会主任 林知远", "第三会议室").encode(),
        "页首有 1 行未读懂：第三会议室",
    ),
    "unread_tail": (
        f"{WORK_CONFERENCE}\n不明所以的尾巴 9527\n版权所有：云帆公文网\n".encode(),
        "文末有 1 行未读懂：不明所以的尾巴 9527",
    ),
    "removed_inside": (
        (
            WORK_CONFERENCE.replace("总结过去", "总云帆公文网结过去").replace(
                "部署", "部云帆公文网署"
            )
            + "\n版权所有：云帆公文网\n"
        ).encode(),
        "句中剔除了 2 处字句：云帆公文网",
    ),
    "garbled": (WORK_CONFERENCE.encode().decode("gb18030", "replace").encode(), "疑有乱码"),
    "not_chinese": (
        f"{TITLE}\n".encode() + b"Fellow deputies, we meet to review our work of the year. " * 20,
        "不像中文",
    ),
    "encoding": (WORK_CONFERENCE.replace("代表轮流", "代表\ufffd流").encode(), "编码存疑"),
}
CASES = pytest.mark.parametrize("code", HELD)


def get_only(status: str = "draft") -> Speech:
    speech = Speech.objects.get()
    assert speech.status == status
    return speech


def check_reason(speech: Speech, code: str) -> None:
    assert speech.doubt.reasons.filter(code=code).exists()


@CASES
def test_an_import_keeps_it_as_a_draft_and_says_why(code: str) -> None:
    data, words = HELD[code]
    outcome = import_bytes(data, "稿.txt")
    assert (outcome.status, outcome.code) == ("imported", "held")
    assert outcome.message.startswith("已存为草稿：")
    assert words in outcome.message
    check_reason(get_only(), code)


@CASES
def test_the_command_keeps_it_as_a_draft_and_says_why(code: str, tmp_path: Path) -> None:
    data, words = HELD[code]
    (tmp_path / "稿.txt").write_bytes(data)
    out = StringIO()
    call_command("import_speeches", str(tmp_path), "--json", stdout=out)
    told = json.loads(out.getvalue())
    assert (told["status"], told["of"]) == ("imported", None)
    assert words in told["message"]
    assert told["speech"] == get_only().pk


@CASES
def test_a_batch_that_publishes_keeps_it_and_its_page_says_why(code: str) -> None:
    data, words = HELD[code]
    batch = send({"稿.txt": data, "好.txt": TRAINING}, publish=True)
    work()
    assert Speech.objects.published().get().title == TRAINING.split("\n")[0]
    file = batch.files.get(path="稿.txt")
    assert (file.state, file.code) == ("imported", "held")
    page = enter("editor").get(f"/intake/batches/{batch.pk}/").content.decode()
    assert "已存为草稿：" in page
    assert words in page


def test_a_batch_says_of_other_doubts_too_why_a_speech_stayed_a_draft() -> None:
    cut = TRAINING[: TRAINING.index("最后，") - 12]
    batch = send({"稿.txt": cut}, publish=True)
    work()
    get_only()
    assert "结尾疑似缺失" in batch.files.get().message


@CASES
def test_the_inbox_and_a_program_keep_it(
    code: str, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data, words = HELD[code]
    settings.INBOX_DIR = tmp_path
    monkeypatch.setattr(inbox, "SETTLED_SECONDS", 0.0)
    (tmp_path / "稿.txt").write_bytes(data)
    watch_inbox()
    work()
    get_only()
    assert words in BatchFile.objects.get().message
    Speech.objects.all().delete()
    BatchFile.objects.all().delete()

    user = User.objects.create_user("program")
    user.groups.add(Group.objects.get(name="editor"))
    headers = {"Authorization": f"Bearer {create_token(user, '测试')[1]}"}
    posted = {"files": SimpleUploadedFile("另.txt", data + b"\n"), "publish": "true"}
    assert Client().post("/api/v1/uploads", posted, headers=headers).status_code == 202
    work()
    get_only()
    answer = Client().get(f"/api/v1/uploads/{Batch.objects.latest('pk').pk}", headers=headers)
    (told,) = answer.json()["files"]
    assert told["code"] == "held"
    assert words in told["message"]
    for path in list_staged():
        path.unlink()


@pytest.mark.parametrize("way", ["upload", "paste"])
@CASES
def test_the_desk_keeps_it_and_says_why_on_the_review_page(code: str, way: str) -> None:
    data, words = HELD[code]
    client = enter("editor")
    if way == "upload":
        response = client.post("/intake/", {"file": SimpleUploadedFile("稿.txt", data)})
    else:
        response = client.post("/intake/paste/", {"text": data.decode()})
    speech = get_only()
    page = client.get(response.headers["Location"]).content.decode()
    assert response.headers["Location"] == f"/intake/{speech.pk}/"
    messages = page[page.index('class="messages') : page.index("<h1")]
    assert words in messages


def test_a_title_typed_at_the_desk_answers_the_doubt_about_the_one_read() -> None:
    text = WORK_CONFERENCE.split("\n\n", 1)[1]
    client = enter("editor")
    response = client.post("/intake/paste/", {"text": text, "title": TITLE})
    page = client.get(response.headers["Location"]).content.decode()
    assert "没有读出标题" not in page
    assert list_holds([get_only().pk]) == {}


def test_the_administration_publishes_only_what_nothing_holds() -> None:
    held = store(HELD["unread_head"][0].decode(), "a.txt", draft=True)
    clean = store(TRAINING, "b.txt", draft=True)
    posted = {"action": "publish_chosen", "_selected_action": [held.pk, clean.pk]}
    page = enter("admin").post("/admin/catalog/speech/", posted, follow=True).content.decode()
    assert list(Speech.objects.published()) == [clean]
    assert "已发布 1 篇" in page
    assert "有 1 篇的疑点尚未核阅，没有发布" in page


def test_an_editor_publishes_it_on_the_review_page() -> None:
    speech = store(HELD["unread_head"][0].decode(), "a.txt", draft=True)
    enter("editor").post(f"/intake/{speech.pk}/", {"title": speech.title, "action": "publish"})
    get_only("published")


def test_a_held_file_revises_no_published_speech() -> None:
    speech = store(WORK_CONFERENCE, "稿.txt")
    changed = HELD["unread_head"][0].decode().replace("二十二个站点", "二十三个站点")
    outcome = import_bytes(changed.encode(), "稿.txt")
    speech.refresh_from_db()
    assert speech.current is not None
    assert "二十二个站点" in speech.current.text
    assert speech.revisions.count() == 1
    assert Speech.objects.get(pk=outcome.speech).status == "draft"


def test_what_the_parse_understood_is_published_as_before() -> None:
    outcome = import_bytes(WORK_CONFERENCE.encode(), "稿.txt")
    assert (outcome.message, outcome.code) == ("已入库并发布", "")
    get_only("published")


def test_corrections_and_a_look_lift_the_hold() -> None:
    speech = store(HELD["unread_head"][0].decode(), "a.txt", draft=True)
    other = store(f"标题：复制正文\n{REST}".replace("青芜", "槐川"), "b.txt", draft=True)
    assert set(list_holds([speech.pk, other.pk])) == {speech.pk, other.pk}
    mark_looked(speech, None)
    editing.correct(other, {"title": "江河奔流"}, {})
    assert speech.pk not in list_holds([speech.pk])
    left = list_holds([other.pk]).get(other.pk, [])
    assert not any("标题" in reason for reason in left)


def test_a_swallowed_line_is_understood_once_an_editor_has_set_what_it_says() -> None:
    rest = REST.replace("青芜县人大常委会主任 林知远\n", "")
    text = f"{TITLE}\n第三会议室\n{rest}"
    speech = store(text, "a.txt", draft=True)
    assert list_holds([speech.pk])
    editing.correct(speech, {"speaker": "第三会议室"}, {})
    assert list_holds([speech.pk]) == {}


def test_every_holding_reason_is_weighty_and_has_words() -> None:
    rules = load_rules()
    for code in rules.holding:
        assert rules.weights[code] >= rules.threshold
        assert code in NAMES
        assert code in SENTENCES


def test_the_rules_of_plausibility_belong_to_the_digest(monkeypatch: pytest.MonkeyPatch) -> None:
    from corpus_app.intake.quality import rules

    before = load_rules().digest
    read: Callable[[Path], bytes] = Path.read_bytes
    load_rules.cache_clear()
    changed = rules.PLAUSIBILITY
    monkeypatch.setattr(
        Path, "read_bytes", lambda path: read(path) + (b"\n" if path == changed else b"")
    )
    assert load_rules().digest != before
    monkeypatch.undo()
    load_rules.cache_clear()


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"Minutes\nHello, all of you.\n", id="a few words of English"),
        pytest.param(WORK_CONFERENCE.encode() + b"\xff\xfe\xfd", id="stray bytes"),
        pytest.param("讲话\n锟斤拷锟斤拷今天开会锟斤拷\n".encode(), id="lost for good"),
    ],
)
def test_what_was_not_surely_decoded_is_held(data: bytes) -> None:
    outcome = import_bytes(data, "稿.txt")
    assert (outcome.status, outcome.code) == ("imported", "held"), outcome
    assert get_only()
