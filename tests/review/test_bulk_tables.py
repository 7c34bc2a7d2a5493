"""Metadata set from a table: previewed row by row, applied, undone; people's values spared."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import HealthCheck, given, settings, strategies as st

from corpus_app.batches.worker import run_worker
from corpus_app.catalog.fields import read_fields
from corpus_app.catalog.models import Speech, SpeechAlias
from corpus_app.intake.manifests.reading import read_manifest
from corpus_app.intake.revisions import editing
from corpus_app.intake.revisions.decisions import SetValue
from corpus_app.intake.revisions.revising import revise_text
from corpus_app.review.bulk import tables
from corpus_app.review.bulk.applying import apply_change, undo_change
from corpus_app.review.bulk.tables import prepare_table
from corpus_app.review.models import BulkChange, BulkItem
from corpus_app.review.timeline import list_moments
from tests.catalog.speeches import TRAINING, WORK_CONFERENCE, store
from tests.intake.manifests.tables import write_csv, write_xlsx
from tests.intake.people import enter
from tests.review.bulk_client import read, run

pytestmark = pytest.mark.django_db

UNDATED = WORK_CONFERENCE.replace("（2023年5月6日）\n", "")
QUEUE = "status=all&view=all"


def send_table(client: Client, rows: Sequence[Sequence[Any]], name: str = "表.csv") -> Any:
    data = write_xlsx(rows) if name.endswith(".xlsx") else write_csv(rows).encode("utf-8-sig")
    return client.post("/intake/bulk/table/", {"table": SimpleUploadedFile(name, data)})


def prepare(rows: Sequence[Sequence[Any]], name: str = "表.csv") -> BulkChange:
    return prepare_table(read_manifest(write_csv(rows).encode(), name), None)


def fields(speech: Speech) -> dict[str, str]:
    return read_fields(Speech.objects.get(pk=speech.pk))


def states(change: BulkChange) -> list[tuple[int | None, str]]:
    return list(change.items.order_by("pk").values_list("line", "state"))


@pytest.mark.parametrize("name", ["表.csv", "表.xlsx"])
def test_a_table_is_previewed_applied_and_undone(name: str) -> None:
    speech, client = store(UNDATED, "甲.txt"), enter("editor")
    rows = [["文件", "讲话日期", "场合", "页数"], ["甲.txt", "2023年5月", "工作会议", "3"]]
    response = send_table(client, rows, name)
    change = BulkChange.objects.get()
    assert response.headers["Location"] == f"/intake/bulk/{change.pk}/"
    page = read(client, change)
    assert f"据表格“{name}”" in page
    assert "第 2 行" in page
    assert "按文件名" in page
    assert ">2023-05</ins>" in page
    assert "不认识的列，没有采用：页数" in page
    assert fields(speech)["delivered"] == ""
    run(client, change, "apply")
    assert fields(speech)["delivered"] == "2023-05"
    assert Speech.objects.get().date_start is not None
    run(client, change, "undo")
    assert fields(speech)["delivered"] == ""
    assert "已恢复" in read(client, change)


def test_rows_are_matched_by_number_file_and_title_and_say_so() -> None:
    first, second = store(UNDATED, "甲.txt"), store(TRAINING, "乙.txt")
    rows = [
        ["编号", "文件", "标题", "场合"],
        [str(first.pk), "", "", "甲会"],
        ["", "外/乙.txt", "", "乙会"],
    ]
    change = prepare(rows)
    assert list(change.items.values_list("speech", "matched_by")) == [
        (first.pk, "编号"),
        (second.pk, "文件名"),
    ]
    by_title = prepare([["标题", "场合"], ["在青芜县人大工作会议 上的講話", "丙会"]])
    item = by_title.items.get()
    assert (item.speech_id, item.matched_by, item.after) == (first.pk, "标题", {"occasion": "丙会"})


def test_numbers_that_a_table_counts_its_own_rows_by_are_not_ours() -> None:
    first, second = store(UNDATED, "甲.txt"), store(TRAINING, "乙.txt")
    rows = [
        ["编号", "标题", "场合"],
        [str(second.pk), first.title, "甲会"],
        [str(first.pk), second.title, "乙会"],
    ]
    change = prepare(rows)
    assert list(change.items.order_by("pk").values_list("speech", "after__occasion")) == [
        (first.pk, "甲会"),
        (second.pk, "乙会"),
    ]
    assert "不当作言库的编号" in change.asked["table"]["remarks"][0]
    retitled = prepare([["编号", "标题"], [str(first.pk), "改正的题目"]])
    assert retitled.items.get().after == {"title": "改正的题目"}


def test_the_number_of_a_merged_speech_leads_to_the_one_it_became() -> None:
    speech = store(UNDATED, "甲.txt")
    SpeechAlias.objects.create(old_id=4711, speech=speech)
    assert prepare([["编号", "场合"], ["4711", "甲会"]]).items.get().speech == speech


def test_rows_of_no_speech_of_several_or_torn_change_nothing_and_say_why() -> None:
    first = store(UNDATED, "讲话.txt")
    store(TRAINING, "讲话.txt")
    rows = [
        ["编号", "文件", "标题", "场合"],
        ["", "没有.txt", "", "甲会"],
        ["999999", "", "", "甲会"],
        ["", "讲话.txt", "", "甲会"],
        ["", "", "没有的题目", "甲会"],
        ["", "", "", "甲会"],
        [str(first.pk), "别的.txt", "", "甲会"],
    ]
    change = prepare(rows)
    assert {state for _line, state in states(change)} == {"unmatched"}
    reasons = [item.faults[0] for item in change.items.order_by("pk")]
    assert "没有来自这个文件" in reasons[0]
    assert "999999" in reasons[1]
    assert "对应 2 篇" in reasons[2]
    assert "没有这个标题" in reasons[3]
    assert "没有写明是哪一篇" in reasons[4]
    assert "出自别的库" in reasons[5]
    assert apply_change(change)
    assert not Speech.objects.filter(occasion="甲会").exists()


def test_what_else_the_row_says_tells_speeches_of_one_name_apart() -> None:
    first, second = store(UNDATED, "讲话.txt"), store(TRAINING, "讲话.txt")
    rows = [
        ["文件", "讲话人", "场合"],
        ["讲话.txt", "苏晚晴", "甲会"],
        ["讲话.txt", "林知远", "乙会"],
    ]
    change = prepare(rows)
    assert list(change.items.order_by("pk").values_list("speech", flat=True)) == [
        second.pk,
        first.pk,
    ]


def test_two_rows_of_one_speech_count_once_or_not_at_all() -> None:
    store(UNDATED, "甲.txt")
    store(TRAINING, "乙.txt")
    rows = [
        ["文件", "场合"],
        ["甲.txt", "甲会"],
        ["甲.txt", "甲会"],
        ["乙.txt", "乙会"],
        ["乙.txt", "丙会"],
    ]
    change = prepare(rows)
    assert states(change) == [
        (2, "waiting"),
        (3, "unmatched"),
        (4, "unmatched"),
        (5, "unmatched"),
    ]


def test_cells_that_cannot_be_read_are_listed_and_the_rest_of_the_row_counts() -> None:
    speech, client = store(UNDATED, "甲.txt"), enter("editor")
    rows = [["文件", "讲话日期", "级别", "场合"], ["甲.txt", "2024.1", "科级", "甲会"]]
    send_table(client, rows)
    change = BulkChange.objects.get()
    page = read(client, change, state="faulty")
    assert "可能是 1 月，也可能是 10 月" in page
    assert "不在可选范围" in page
    run(client, change, "apply")
    assert (fields(speech)["delivered"], fields(speech)["occasion"]) == ("", "甲会")


def test_what_a_person_set_stays_unless_the_box_says_overwrite() -> None:
    speech, client = store(UNDATED, "甲.txt"), enter("editor")
    editing.correct(speech, {"speaker": "何远川"}, {})
    rows = [["文件", "讲话人", "讲话日期"], ["甲.txt", "沈知远", "2023"]]
    send_table(client, rows)
    change = BulkChange.objects.get()
    assert "人工所定，不改" in read(client, change)
    run(client, change, "apply")
    assert (fields(speech)["speaker"], fields(speech)["delivered"]) == ("何远川", "2023")
    send_table(client, rows, "再.csv")
    again = BulkChange.objects.first()
    assert again is not None
    assert states(again) == [(2, "spared")]
    client.post(f"/intake/bulk/{again.pk}/run/", {"action": "apply", "overwrite": "1"})
    assert fields(speech)["speaker"] == "沈知远"
    run(client, again, "undo")
    assert fields(speech)["speaker"] == "何远川"


def test_a_value_set_from_words_is_a_persons_again_after_the_undo() -> None:
    speech = store(UNDATED, "甲.txt")
    assert speech.current is not None
    at = speech.current.raw.index("林知远")
    value = SetValue("speaker", "林知远", (at, at + 3))
    revise_text(speech, 1, [], [], values=[value])
    change = prepare([["文件", "讲话人"], ["甲.txt", "沈知远"]])
    tables.take_spared(change)
    assert apply_change(change)
    speech = Speech.objects.select_related("current").get()
    assert speech.current is not None
    assert speech.current.decisions["metadata"]["speaker"]["table"]["line"] == 2
    assert undo_change(change, None)
    speech.current.refresh_from_db()
    assert speech.current.decisions["metadata"]["speaker"] == value.to_json()


def test_a_later_table_corrects_what_an_earlier_one_set() -> None:
    speech = store(UNDATED, "甲.txt")
    for year in ("2021", "2022"):
        change = prepare([["文件", "讲话日期"], ["甲.txt", year]])
        assert states(change) == [(2, "waiting")]
        assert apply_change(change)
    assert fields(speech)["delivered"] == "2022"


def test_the_history_names_who_and_which_table() -> None:
    speech, client = store(UNDATED, "甲.txt"), enter("editor")
    send_table(client, [["文件", "讲话日期"], ["甲.txt", "2023"]], "日期补录.csv")
    change = BulkChange.objects.get()
    run(client, change, "apply")
    moment = list_moments(Speech.objects.get(pk=speech.pk))[0]
    assert moment.who == "editor"
    assert moment.reason == f"批量改动 {change.pk}，据表格“日期补录.csv”"


def test_a_large_table_is_the_workers_and_its_undo_too(monkeypatch: pytest.MonkeyPatch) -> None:
    speech, client = store(UNDATED, "甲.txt"), enter("editor")
    store(TRAINING, "乙.txt")
    monkeypatch.setattr("corpus_app.review.bulk.applying.MOST_AT_ONCE", 1)
    send_table(client, [["文件", "场合"], ["甲.txt", "甲会"], ["乙.txt", "乙会"]])
    change = BulkChange.objects.get()
    run(client, change, "apply")
    assert "后台正在处理，还有 2 篇" in read(client, change)
    assert fields(speech)["occasion"] != "甲会"
    run_worker(threading.Event(), once=True)
    change.refresh_from_db()
    assert change.state == BulkChange.State.APPLIED
    assert fields(speech)["occasion"] == "甲会"
    assert list_moments(Speech.objects.get(pk=speech.pk))[0].who == "editor"
    run(client, change, "undo")
    run_worker(threading.Event(), once=True)
    change.refresh_from_db()
    assert change.state == BulkChange.State.UNDONE
    assert fields(speech)["occasion"] != "甲会"


def test_a_value_can_be_taken_away_but_no_title() -> None:
    speech = store(WORK_CONFERENCE, "甲.txt")
    change = prepare([["文件", "标题", "讲话日期"], ["甲.txt", "（清空）", "（清空）"]])
    assert apply_change(change)
    assert fields(speech)["delivered"] == ""
    assert fields(speech)["title"] == "在青芜县人大工作会议上的讲话"
    assert "标题不能清空" in change.items.get().faults[0]


VALUES = st.sampled_from(["", "甲会", "乙会", "丙会"])


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rows=st.lists(st.tuples(st.sampled_from("甲乙"), VALUES, VALUES), max_size=6))
def test_whatever_a_table_says_its_undo_leaves_all_as_it_was(
    rows: list[tuple[str, str, str]],
) -> None:
    for name, text in (("甲", UNDATED), ("乙", TRAINING)):
        if not Speech.objects.filter(current__upload__name=f"{name}.txt").exists():
            store(text, f"{name}.txt")
    kept = {one.pk: read_fields(one) for one in Speech.objects.with_parties()}
    decisions = dict(Speech.objects.values_list("pk", "current__decisions"))
    table = [["文件", "场合", "地区"], *([f"{name}.txt", a, b] for name, a, b in rows)]
    change = prepare(table)
    assert apply_change(change)
    assert undo_change(change, None)
    assert {one.pk: read_fields(one) for one in Speech.objects.with_parties()} == kept
    assert dict(Speech.objects.values_list("pk", "current__decisions")) == decisions
    assert not change.items.filter(state=BulkItem.State.DONE).exists()
