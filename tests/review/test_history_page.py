"""The history of a speech: who, when, before and after; and its buttons."""

import re
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from corpus_app.catalog.fields import read_fields
from corpus_app.catalog.models import Speaker, Speech
from corpus_app.catalog.records import note_reason
from corpus_app.intake.revisions import editing
from corpus_app.review.timeline import list_moments
from corpus_app.themes.models import Theme
from tests.catalog.speeches import WORK_CONFERENCE, store
from tests.intake.people import enter

pytestmark = pytest.mark.django_db


def save(client: Client, speech: Speech, **changes: str) -> None:
    posted = {**read_fields(Speech.objects.get(pk=speech.pk)), "action": "save", **changes}
    assert client.post(f"/intake/{speech.pk}/", posted).status_code == 302


def list_changes(speech: Speech) -> list[tuple[str, str, str, str]]:
    return [
        (moment.who, change.label, change.old, change.new)
        for moment in list_moments(speech)
        for change in moment.changes
    ]


def test_every_change_says_who_did_it_and_what_was_before_and_after() -> None:
    speech = store(WORK_CONFERENCE, draft=True)
    client = enter("editor")
    save(client, speech, title="改过的题目", speaker="苏晚晴", level="prefecture")
    save(client, speech, action="publish", source="某网")
    client.post(f"/intake/{speech.pk}/access/", {"access": "2"})
    speech.refresh_from_db()
    assert list_changes(speech) == [
        ("editor", "可见范围", "公开", "仅供内部"),
        ("editor", "状态", "草稿", "已发布"),
        ("editor", "来源", "", "某网"),
        ("editor", "标题", "在青芜县人大工作会议上的讲话", "改过的题目"),
        ("editor", "讲话人", "林知远", "苏晚晴"),
        ("editor", "级别", "县级", "市级"),
    ]
    page = client.get(f"/intake/{speech.pk}/history/").content.decode()
    assert re.search(r"<del>林知远</del\s*> → <ins>苏晚晴</ins\s*>", page)
    assert "第 1 版：解析" in page


def test_decisions_on_themes_stand_in_the_same_line_of_time() -> None:
    theme = Theme.objects.create(slug="a", name="机关党建")
    speech = store(WORK_CONFERENCE, draft=True)
    client = enter("editor")
    save(client, speech, **{f"theme-{theme.pk}": "pin"})
    save(client, speech, **{f"theme-{theme.pk}": "exclude"})
    save(client, speech, **{f"theme-{theme.pk}": ""})
    assert list_changes(speech) == [
        ("editor", "主题“机关党建”", "排除", "自动"),
        ("editor", "主题“机关党建”", "指定", "排除"),
        ("editor", "主题“机关党建”", "自动", "指定"),
    ]


def test_a_change_by_no_person_is_the_systems_and_keeps_its_reason() -> None:
    speech = store(WORK_CONFERENCE)
    with note_reason("命令行整理"):
        editing.correct(speech, {"title": "改过的题目"}, {})
    moment = list_moments(speech)[0]
    assert (moment.who, moment.reason) == ("系统", "命令行整理")


def test_what_a_command_brings_in_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(WORK_CONFERENCE, "utf-8")
    call_command("import_speeches", str(tmp_path), verbosity=0)
    brought = list_moments(Speech.objects.get())[-1]
    assert (brought.who, brought.what, brought.reason) == ("系统", "入库", "命令行导入")


def test_a_name_deleted_since_is_shown_as_deleted() -> None:
    speech = store(WORK_CONFERENCE)
    editing.correct(speech, {"speaker": ""}, {})
    speech.refresh_from_db()
    Speaker.objects.all().delete()
    assert ("系统", "讲话人", "（已删除）", "") in list_changes(speech)


def test_an_earlier_revision_is_restored_by_its_button() -> None:
    speech = store(WORK_CONFERENCE, "a.txt")
    store(WORK_CONFERENCE.replace("二十二个站点", "二十三个站点"), "a.txt")
    client = enter("editor")
    page = client.get(f"/intake/{speech.pk}/history/").content.decode()
    assert 'name="revision" value="1"' in page
    assert 'name="revision" value="2"' not in page
    answer = client.post(f"/intake/{speech.pk}/history/restore/", {"revision": "1", "base": "2"})
    page = client.get(answer.headers["Location"]).content.decode()
    assert "存为第 3 版" in page
    assert "第 3 版：恢复旧版" in page
    speech.refresh_from_db()
    assert speech.current is not None
    assert "二十二个站点" in speech.current.text
    assert str(speech.current.created_by) == "editor"


def test_earlier_metadata_is_restored_by_its_button() -> None:
    speech = store(WORK_CONFERENCE, draft=True)
    record = speech.history.first().history_id
    client = enter("editor")
    save(client, speech, title="改过的题目")
    client.post(f"/intake/{speech.pk}/history/restore/", {"record": str(record)})
    speech.refresh_from_db()
    assert speech.title == "在青芜县人大工作会议上的讲话"


@pytest.mark.parametrize(
    "posted",
    [{}, {"record": "x"}, {"record": "999999"}, {"revision": "9", "base": "1"}, {"revision": "1"}],
)
def test_a_senseless_way_back_is_told_and_does_nothing(posted: dict[str, str]) -> None:
    speech = store(WORK_CONFERENCE, draft=True)
    client = enter("editor")
    answer = client.post(f"/intake/{speech.pk}/history/restore/", posted)
    assert answer.status_code == 302
    assert "notice" in client.get(answer.headers["Location"]).content.decode()
    assert speech.revisions.count() == 1


@pytest.mark.parametrize("role", ["", "reader", "clerk"])
def test_others_see_no_history_and_restore_nothing(role: str) -> None:
    speech = store(WORK_CONFERENCE)
    client = enter(role)
    assert client.get(f"/intake/{speech.pk}/history/").status_code in (302, 403)
    posted = {"revision": "1", "base": "1"}
    answer = client.post(f"/intake/{speech.pk}/history/restore/", posted)
    assert answer.status_code in (302, 403)
    assert speech.revisions.count() == 1


def test_a_long_history_asks_no_more_of_the_database() -> None:
    speech = store(WORK_CONFERENCE, draft=True)
    client = enter("editor")

    def count() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(f"/intake/{speech.pk}/history/")
        return len(asked)

    save(client, speech, title="第0稿", speaker="甲")
    few = count()
    for number in range(1, 40):
        editing.correct(speech, {"title": f"第{number}稿", "speaker": f"讲话人{number}"}, {})
    assert User.objects.count() == 1
    assert count() == few
    assert "page=2" in client.get(f"/intake/{speech.pk}/history/").content.decode()
