"""The pages by which many speeches are changed: choose, look, confirm, undo."""

from __future__ import annotations

import re
from functools import partial

import pytest

from corpus_app.catalog.models import Speech
from corpus_app.intake.quality.flags import mark_looked
from corpus_app.review.bulk.applying import apply_change
from corpus_app.review.models import BulkChange
from corpus_app.themes.models import Theme, ThemePin
from tests.catalog.speeches import WORK_CONFERENCE, store
from tests.intake.people import enter
from tests.review.bulk_client import read, run, send
from tests.review.desk import store_clean, store_cut

pytestmark = pytest.mark.django_db


def test_chosen_drafts_are_previewed_published_and_taken_back() -> None:
    first, second = store_clean(1), store_clean(2)
    client = enter("editor")
    response = send(client, speech=[first.pk, second.pk], action="published")
    change = BulkChange.objects.get()
    assert response.headers["Location"] == f"/intake/bulk/{change.pk}/"
    page = read(client, change)
    assert "将改动 2 篇" in page
    assert re.search(r"<del\s*>草稿</del\s*>.*<ins\s*>已发布</ins\s*>", page, re.S)
    assert not Speech.objects.published().exists()
    run(client, change, "apply")
    assert Speech.objects.published().count() == 2
    assert "撤销这次改动" in read(client, change)
    newest = first.history.first()
    assert newest is not None
    assert str(newest.history_user) == "editor"
    run(client, change, "undo")
    assert not Speech.objects.published().exists()
    assert "撤销这次改动" not in read(client, change)


def test_all_without_doubt_are_published_in_one_go_and_the_doubtful_stay() -> None:
    clean = [store_clean(number).pk for number in (1, 2, 3)]
    cut = store_cut()
    client = enter("editor")
    send(client, scope="all", filters="view=clean", action="published")
    run(client, BulkChange.objects.get(), "apply")
    assert list(Speech.objects.published().order_by("pk").values_list("pk", flat=True)) == clean
    cut.refresh_from_db()
    assert cut.status == "draft"


def test_publishing_doubtful_ones_is_warned_of() -> None:
    cut, clean = store_cut(), store_clean()
    client = enter("editor")
    send(client, speech=[cut.pk, clean.pk], action="published")
    page = read(client, BulkChange.objects.get())
    assert "有 1 篇的疑点尚未核阅" in page
    assert page.count('class="queue-flag"') == 1


def test_metadata_and_themes_are_set_by_the_form() -> None:
    theme = Theme.objects.create(slug="a", name="机关党建")
    speech = store_clean()
    client = enter("editor")
    page = send(client, speech=[speech.pk], action="edit").content.decode()
    assert "已选 1 篇" in page
    posted = {"set_organisation": "on", "organisation": "青芜县人大", "set_place": "on"}
    send(client, speech=speech.pk, action="preview", **posted, **{f"theme_{theme.pk}": "pin"})
    change = BulkChange.objects.get()
    page = read(client, change)
    assert "青芜县人大" in page
    assert "主题“机关党建”" in page
    run(client, change, "apply")
    speech.refresh_from_db()
    assert (str(speech.organisation), speech.place) == ("青芜县人大", "")
    assert ThemePin.objects.get().decision == "pin"


@pytest.mark.parametrize(
    ("posted", "words"),
    [
        ({}, "还没有选择要改什么"),
        ({"set_delivered": "on", "delivered": "2023-02-30"}, "不是有效日期"),
        ({"set_source_url": "on", "source_url": "javascript:alert(1)"}, "errors"),
        ({"set_level": "on", "level": "galaxy"}, "errors"),
        ({"set_place": "on", "place": "长" * 101}, "errors"),
        ({"place": "青芜县"}, "填写了内容，但没有勾选"),
    ],
)
def test_a_wrong_form_prepares_nothing_and_keeps_what_was_typed(
    posted: dict[str, str], words: str
) -> None:
    speech = store_clean()
    client = enter("editor")
    response = send(client, speech=speech.pk, action="preview", **posted)
    assert response.status_code == 422
    page = response.content.decode()
    assert words in page
    assert f'name="speech" value="{speech.pk}"' in page
    assert all(value in page for value in posted.values())
    assert not BulkChange.objects.exists()


def test_only_blank_fills_what_is_missing_and_overwrites_nothing() -> None:
    blank, filled = store_clean(1), store_clean(2)
    Speech.objects.filter(pk=blank.pk).update(place="")
    Speech.objects.filter(pk=filled.pk).update(place="云岭市")
    client = enter("editor")
    ids = f"{blank.pk},{filled.pk}"
    form = {"set_place": "on", "place": "青芜县", "only_blank": "on"}
    send(client, speech=ids, action="preview", **form)
    change = BulkChange.objects.get()
    assert "1 篇已经如此" in read(client, change)
    run(client, change, "apply")
    places = dict(Speech.objects.values_list("pk", "place"))
    assert places == {blank.pk: "青芜县", filled.pk: "云岭市"}


@pytest.mark.parametrize("speech", [[], ["x"], ["0"], ["-3", "999999999999999999999"]])
def test_choosing_nothing_is_said(speech: list[str]) -> None:
    client = enter("editor")
    response = client.post("/intake/bulk/new/", {"speech": speech, "action": "published"})
    assert response.headers["Location"] == "/intake/queue/?"
    assert "没有选中讲话" in client.get("/intake/queue/").content.decode()
    assert not BulkChange.objects.exists()


def test_too_many_at_once_are_refused_with_the_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus_app.review.queue.MOST_CHOSEN", 1)
    monkeypatch.setattr("corpus_app.review.views.bulk.MOST_CHOSEN", 1)
    store_clean(1)
    store_clean(2)
    client = enter("editor")
    send(client, scope="all", filters="view=clean", action="published")
    assert "一次最多处理 1 篇" in client.get("/intake/queue/").content.decode()
    assert not BulkChange.objects.exists()


def test_a_preview_can_be_given_up_and_an_applied_change_cannot() -> None:
    speech = store_clean()
    client = enter("editor")
    send(client, speech=speech.pk, action="published")
    run(client, BulkChange.objects.get(), "forget")
    assert not BulkChange.objects.exists()
    send(client, speech=speech.pk, action="published")
    change = BulkChange.objects.get()
    run(client, change, "apply")
    run(client, change, "forget")
    run(client, change, "nonsense")
    change.refresh_from_db()
    assert change.state == "applied"


def test_no_success_is_told_of_what_is_not_done() -> None:
    speech = store_clean()
    client = enter("editor")
    send(client, speech=speech.pk, action="published")
    change = BulkChange.objects.get()
    run(client, change, "undo")
    assert "已撤销；此后" not in read(client, change)
    run(client, change, "apply")
    run(client, change, "undo")
    assert "已撤销；此后" in read(client, change)
    run(client, change, "apply")
    assert "已完成。若发现有误" not in read(client, change)
    assert not Speech.objects.published().exists()


def test_the_record_lists_what_was_done_and_offers_to_undo() -> None:
    speech = store_clean()
    client = enter("editor")
    assert "还没有批量改动" in client.get("/intake/bulk/").content.decode()
    send(client, speech=speech.pk, action="published")
    assert "还没有批量改动" in client.get("/intake/bulk/").content.decode()
    run(client, BulkChange.objects.get(), "apply")
    page = client.get("/intake/bulk/").content.decode()
    assert "状态：已发布" in page
    assert 'value="undo"' in page


def test_what_stood_in_the_way_is_told_on_the_result() -> None:
    speech = store_clean()
    client = enter("editor")
    send(client, speech=speech.pk, action="preview", set_place="on", place="青芜镇")
    change = BulkChange.objects.get()
    Speech.objects.update(place="别处")
    run(client, change, "apply")
    page = read(client, change)
    assert "地区已另改为“别处”，未动" in page
    assert "别处" not in read(client, change, state="done")


def test_a_long_change_is_continued_from_its_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus_app.review.bulk.applying.PORTION", 1)
    ids = [store_clean(number).pk for number in (1, 2)]
    client = enter("editor")
    send(client, speech=ids, action="published")
    change = BulkChange.objects.get()
    hurried = partial(apply_change, seconds=0)
    monkeypatch.setattr("corpus_app.review.views.bulk.apply_change", hurried)
    response = run(client, change, "apply")
    assert response.headers["Location"] == f"/intake/bulk/{change.pk}/?go=1"
    page = read(client, change, go="1")
    assert "还有 1 篇" in page
    assert "data-continue" in page
    # Whoever only comes by does not set it going.
    assert "data-continue" not in read(client, change)
    run(client, change, "apply")
    assert Speech.objects.published().count() == 2


def test_what_was_not_understood_is_left_out_of_publishing_and_listed_with_the_reason() -> None:
    text = WORK_CONFERENCE.replace("青芜县人大常委会主任 林知远", "第三会议室")
    held, clean = store(text, "held.txt", draft=True), store_clean(1)
    client = enter("editor")
    send(client, speech=[held.pk, clean.pk], action="published")
    change = BulkChange.objects.get()
    page = read(client, change)
    assert "页首有 1 行未读懂：第三会议室" in page
    assert "连同 1 篇存疑的一起发布" in page
    assert "将改动 1 篇" in page
    assert "1 篇存疑，勾选后才改动" in page
    assert page.count("存疑，勾选后才改动") == 2
    run(client, change, "apply")
    assert list(Speech.objects.published()) == [clean]
    assert "有疑点，没有发布：页首有 1 行未读懂" in read(client, change)
    run(client, change, "undo")
    assert not Speech.objects.published().exists()


def test_a_tick_publishes_what_was_not_understood_too() -> None:
    text = WORK_CONFERENCE.replace("青芜县人大常委会主任 林知远", "第三会议室")
    held, clean = store(text, "held.txt", draft=True), store_clean(1)
    client = enter("editor")
    send(client, speech=[held.pk, clean.pk], action="published")
    change = BulkChange.objects.get()
    client.post(f"/intake/bulk/{change.pk}/run/", {"action": "apply", "held_too": "1"})
    assert set(Speech.objects.published()) == {held, clean}


def test_what_an_editor_has_looked_at_is_published_with_the_others() -> None:
    text = WORK_CONFERENCE.replace("青芜县人大常委会主任 林知远", "第三会议室")
    held = store(text, "held.txt", draft=True)
    mark_looked(held, None)
    client = enter("editor")
    send(client, speech=[held.pk], action="published")
    change = BulkChange.objects.get()
    assert "存疑的一起发布" not in read(client, change)
    run(client, change, "apply")
    assert list(Speech.objects.published()) == [held]


def test_a_change_that_publishes_nothing_leaves_nothing_out() -> None:
    text = WORK_CONFERENCE.replace("青芜县人大常委会主任 林知远", "第三会议室")
    held = store(text, "held.txt", draft=True)
    client = enter("editor")
    posted = {"set_place": "on", "place": "青芜县"}
    send(client, speech=held.pk, action="preview", **posted)
    run(client, BulkChange.objects.get(), "apply")
    held.refresh_from_db()
    assert held.place == "青芜县"
