"""The page for admins says how each part is, what to do, and what the corpus holds."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.test import Client

import search
from corpus_app.intake.revisions.editing import withdraw
from corpus_app.operations.health import READY_PARTS
from corpus_app.operations.records import is_asked_for, write_record
from corpus_app.operations.wording import describe_parts
from tests.catalog.speeches import TRAINING, WORK_CONFERENCE, store

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture
def admin(client: Client, settings, tmp_path: Path) -> Client:  # type: ignore[no-untyped-def]
    settings.DATA_DIR = tmp_path
    client.force_login(User.objects.create_superuser("leitung"))
    return client


def test_it_tells_what_is_well_and_counts_the_speeches(admin: Client) -> None:
    withdraw(store(WORK_CONFERENCE))
    store(TRAINING)
    search.rebuild_index()
    answer = admin.get("/intake/health/")
    page = answer.content.decode()
    assert "各部分都正常" in page
    assert "health-bad" not in page
    assert page.count("尚未进行") == 2
    counted = answer.context["tables"]
    assert [table.name for table in counted] == ["年份", "级别", "完整性", "来源"]
    for table in counted:
        assert sum(row.published for row in table.rows) == 1
        assert sum(row.others for row in table.rows) == 1


def test_what_speeches_lack_leads_to_where_it_is_mended(admin: Client) -> None:
    speech = store(WORK_CONFERENCE)
    type(speech).objects.update(level="", source=None, completeness="truncated")
    advice = {
        table.name: [one.address for one in table.advice]
        for table in admin.get("/intake/health/").context["tables"]
    }
    assert advice == {
        "年份": [],
        "级别": ["/intake/bulk/table/"],
        "完整性": ["/intake/queue/?status=all&reason=truncated"],
        "来源": ["/intake/bulk/table/"],
    }
    type(speech).objects.update(date_start=None, date_end=None)
    page = admin.get("/intake/health/").content.decode()
    address = "/intake/queue/?status=all&amp;year=0"
    assert f'href="{address}"' in page
    found = admin.get(address.replace("&amp;", "&")).content.decode()
    assert speech.title in found


def test_it_says_what_to_do_about_what_is_not_well(admin: Client) -> None:
    search.rebuild_index()
    write_record("backup", ok=False, message="备份没有写成")
    write_record("check", ok=False, found=2, messages=["原始文件缺失：一.txt", "另一处"])
    page = admin.get("/intake/health/").content.decode()
    assert page.count("health-bad") == 2
    assert "备份没有写成" in page
    assert "原始文件缺失：一.txt" in page
    assert "check_corpus --repair" in page


def test_every_state_that_a_part_can_have_has_words() -> None:
    for name in READY_PARTS:
        (row,) = describe_parts({name: {"ok": False, "state": "unreadable"}})
        assert not row.ok
        assert row.detail
        assert row.advice


def test_a_job_is_asked_for_by_its_button(admin: Client) -> None:
    assert admin.post("/intake/health/", {"job": "backup"}).status_code == 302
    assert is_asked_for("backup")
    assert not is_asked_for("check")
    assert "已交后台任务" in admin.get("/intake/health/").content.decode()
    assert admin.post("/intake/health/", {"job": "rm"}).status_code == 400
