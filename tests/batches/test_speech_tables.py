"""Tables with one speech a row: columns guessed and changed, rows taken in once, taken back."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from openpyxl import Workbook

from corpus_app.batches.models import Batch, BatchFile
from corpus_app.catalog.fields import read_fields
from corpus_app.catalog.models import Speech, Upload
from corpus_app.catalog.uploads import read_upload
from corpus_app.ingest.draft import RejectedFile
from corpus_app.ingest.pipeline import parse_bytes
from corpus_app.ingest.tables.speech_rows import read_table_row
from corpus_app.intake.manifests.speeches import find_speech_table, read_speech_table
from corpus_app.intake.quality.flags import mark_looked
from corpus_app.intake.revisions.editing import correct
from tests.batches.sending import get_file, list_states, pack, send, work
from tests.catalog.speeches import TRAINING, WORK_CONFERENCE
from tests.ingest.invariants import check_invariants
from tests.intake.manifests.tables import write_ods_rows
from tests.intake.people import enter

HEADS = ["题名", "发言人", "讲话时间", "网址", "备用", "讲话内容"]
CHOSEN = ["title", "speaker", "delivered", "source_url", "", "text"]
BODIES = [text.partition("\n\n")[2] for text in (WORK_CONFERENCE, TRAINING)]
ROWS = [
    ["在工作会议上的讲话", "林知远", "2024年3月1日", "https://example.invalid/1", "甲", BODIES[0]],
    ["只有题名的一行", "周文举", "2024", "", "", ""],
    ["在培训班上的讲话", "周文举", "二〇二四年五月", "", "乙", BODIES[1]],
]


def write_csv(rows: list[list[str]] = ROWS, heads: list[str] = HEADS) -> bytes:
    stream = io.StringIO()
    csv.writer(stream).writerows([heads, *rows])
    return stream.getvalue().encode("gb18030")


def write_xlsx(rows: list[list[str]] = ROWS) -> bytes:
    book, stream = Workbook(), io.BytesIO()
    sheet = book.active
    assert sheet is not None
    sheet.title = "讲话"
    for row in (["讲话汇编"], HEADS, *rows):
        sheet.append(row)
    book.save(stream)
    return stream.getvalue()


def write_json(rows: list[list[str]] = ROWS) -> bytes:
    listed = [dict(zip(HEADS, row, strict=True)) for row in rows]
    return json.dumps(listed, ensure_ascii=False).encode()


def write_spreadsheet(rows: list[list[str]] = ROWS) -> bytes:
    return write_ods_rows([["讲话汇编"], HEADS, *rows])


WRITERS = {
    "讲话.csv": write_csv,
    "讲话.xlsx": write_xlsx,
    "讲话.ods": write_spreadsheet,
    "讲话.json": write_json,
}


@pytest.mark.parametrize("name", WRITERS)
def test_columns_are_told_by_their_heads_in_every_kind_of_table(name: str) -> None:
    table = read_speech_table(WRITERS[name](), name)
    assert table.columns == {
        "题名": "title",
        "发言人": "speaker",
        "讲话时间": "delivered",
        "网址": "source_url",
        "讲话内容": "text",
    }
    assert [row.cells["题名"] for row in table.iter_rows()] == [row[0] for row in ROWS]


def test_the_words_are_told_by_their_length_where_no_head_says_so() -> None:
    table = read_speech_table(write_csv(heads=["a", "b", "c", "d", "e", "f"]), "a.csv")
    assert table.columns == {"f": "text"}
    assert find_speech_table(b'[{"text": "x"}, {"text": "y"}]', "a.json") is None
    assert find_speech_table(write_json(ROWS[:1]), "a.json") is None
    short = [["甲", "乙"], ["丙", "丁"]]
    with pytest.raises(RejectedFile, match="哪一列是讲话正文"):
        find_speech_table(write_csv(short, ["标题", "讲话人"]), "a.csv")


def test_what_stands_above_the_heads_is_told() -> None:
    table = read_speech_table(write_csv([HEADS, *ROWS], ["青芜县领导讲话汇总表"]), "a.csv")
    assert table.columns["讲话内容"] == "text"
    assert any("青芜县领导讲话汇总表" in remark for remark in table.remarks)
    assert not read_speech_table(write_csv(), "a.csv").remarks


@pytest.mark.django_db
@pytest.mark.parametrize("name", WRITERS)
def test_each_row_becomes_a_speech_with_its_row_kept_and_is_a_duplicate_again(name: str) -> None:
    data = WRITERS[name]()
    batch = send({name: data}, columns={})
    work()
    assert list_states(batch).count("imported") == 2
    lost = batch.files.get(state="refused")
    assert (lost.code, lost.message) == ("no_text", "这一行没有正文。")
    speech = Speech.objects.get(title="在培训班上的讲话")
    assert speech.speaker is not None
    assert (speech.speaker.name, speech.delivered) == ("周文举", "2024-05")
    assert speech.current is not None
    upload = speech.current.upload
    assert upload is not None
    row = read_table_row(read_upload(upload))
    assert row is not None
    assert (row.file, row.cells["备用"]) == (name, "乙")
    assert row.text.split() == BODIES[1].split()
    table = speech.current.decisions["metadata"]["delivered"]["table"]
    assert table["name"] == name
    assert read_upload(Upload.objects.get(format="table")) == data
    check_invariants(parse_bytes(read_upload(upload), "row.json").to_json())
    again = send({name: data}, columns={})
    work()
    assert list_states(again).count("duplicate") == 2
    assert Speech.objects.count() == 2


@pytest.mark.django_db
def test_the_command_takes_a_table_with_the_guess_and_refuses_an_unclear_one(
    tmp_path: Path, capsys: Any
) -> None:
    (tmp_path / "讲话.csv").write_bytes(write_csv())
    (tmp_path / "不明.csv").write_bytes(write_csv([["甲", "乙"]], ["标题", "讲话人"]))
    with pytest.raises(SystemExit):
        call_command("import_speeches", str(tmp_path), "--json", "--draft")
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    told = {Path(line["file"]).name: line for line in lines}
    assert told["讲话 第2行.json"]["status"] == "imported"
    assert "没有正文" in next(
        line["message"] for line in lines if "第" in line["file"] and line["status"] == "refused"
    )
    assert "哪一列是讲话正文" in told["不明.csv"]["message"]


def upload(client: Client, data: bytes, name: str = "讲话.csv") -> Any:
    return client.post("/intake/", {"file": SimpleUploadedFile(name, data)}, follow=True)


@pytest.mark.django_db
def test_an_upload_asks_for_the_columns_shows_rows_and_can_be_taken_back() -> None:
    client = enter("editor")
    response = upload(client, write_csv(heads=["题名", "发言人", "何时", "网址", "备用", "列六"]))
    batch = Batch.objects.get()
    address = f"/intake/batches/{batch.pk}/table/"
    assert response.redirect_chain[-1][0] == address
    page = response.content.decode()
    assert re.search(r"第 \d+ 行：没有正文", page)
    chosen = {"column-0": "title", "column-1": "organisation", "column-2": "delivered"}
    chosen |= {"column-5": "text"}
    page = client.post(address, {**chosen, "action": "preview"}).content.decode()
    assert "2024-05" in page
    assert Speech.objects.count() == 0
    nothing = client.post(address, {**chosen, "column-5": "", "action": "import"})
    assert nothing.status_code == 422
    assert "还不知道哪一列是讲话正文" in nothing.content.decode()
    client.post(address, {**chosen, "action": "import"})
    work()
    speeches = {speech.title: speech for speech in Speech.objects.all()}
    assert set(speeches) == {"在工作会议上的讲话", "在培训班上的讲话"}
    one = speeches["在培训班上的讲话"]
    assert (str(one.organisation), one.delivered) == ("周文举", "2024-05")
    page = client.get(f"/intake/batches/{batch.pk}/").content.decode()
    assert "撤销这次导入" in page
    mark_looked(speeches["在工作会议上的讲话"], User.objects.get())
    change = f"/intake/batches/{batch.pk}/change/"
    page = client.post(change, {"action": "undo"}, follow=True).content.decode()
    assert "已撤销 1 篇的导入" in page
    assert "另有 1 篇" in page
    assert [speech.title for speech in Speech.objects.all()] == ["在工作会议上的讲话"]
    assert BatchFile.objects.filter(message="已撤销导入").count() == 1


@pytest.mark.django_db
def test_what_a_table_changed_on_a_speech_that_was_there_is_taken_back_with_it() -> None:
    send({"讲话.csv": write_csv()}, columns={})
    work()
    before = {speech.pk: read_fields(speech) for speech in Speech.objects.all()}
    rows = [[row[0].replace("在", "在全县", 1), *row[1:]] for row in ROWS]
    batch = send({"新表.csv": write_csv(rows)}, columns={})
    work()
    assert list_states(batch).count("duplicate") == 2
    changed = Speech.objects.get(title="在全县工作会议上的讲话")
    edited = Speech.objects.get(title="在全县培训班上的讲话")
    correct(edited, {"title": "一位编辑改过的标题"}, {})
    client = enter("editor")
    change = f"/intake/batches/{batch.pk}/change/"
    page = client.post(change, {"action": "undo"}, follow=True).content.decode()
    assert "另有 1 篇" in page
    assert "库中原有的 1 篇，表格所作的改动已改回" in page
    assert "撤销这次导入" not in page
    assert read_fields(Speech.objects.get(pk=changed.pk)) == before[changed.pk]
    later = read_fields(Speech.objects.get(pk=edited.pk))
    assert later == before[edited.pk] | {"title": "一位编辑改过的标题"}
    current = Speech.objects.get(pk=changed.pk).current
    assert current is not None
    assert current.decisions["metadata"]["title"]["table"]["name"] == "讲话.csv"


@pytest.mark.django_db
def test_what_a_person_has_published_is_not_taken_back_with_the_table() -> None:
    client = enter("editor")
    upload(client, write_csv())
    batch = Batch.objects.get()
    client.post(f"/intake/batches/{batch.pk}/table/", {"action": "import"})
    work()
    count = Speech.objects.count()
    seen = Speech.objects.earliest("pk")
    Speech.objects.filter(pk=seen.pk).update(status=Speech.Status.PUBLISHED)
    change = f"/intake/batches/{batch.pk}/change/"
    page = client.post(change, {"action": "undo"}, follow=True).content.decode()
    assert f"已撤销 {count - 1} 篇的导入" in page
    assert Speech.objects.get().status == Speech.Status.PUBLISHED


@pytest.mark.django_db
def test_a_table_that_is_not_wanted_leaves_nothing_and_metadata_go_their_own_way() -> None:
    client = enter("editor")
    upload(client, write_csv())
    batch = Batch.objects.get()
    client.post(f"/intake/batches/{batch.pk}/table/", {"action": "cancel"})
    batch.refresh_from_db()
    assert batch.state == Batch.State.CANCELLED
    metadata = write_csv([["一.txt", "2024"]], ["文件", "讲话日期"])
    page = upload(client, metadata, "元数据.csv").content.decode()
    assert "若是元数据表" in page


@pytest.mark.django_db
def test_tables_among_other_files_wait_for_their_columns_and_hold_nothing_up() -> None:
    unclear = write_csv([["甲", "乙"]], ["标题", "讲话人"])
    packed = pack({"内/讲话.csv": write_csv(), "内/说明.txt": WORK_CONFERENCE})
    batch = send({"档案.zip": packed, "不明.csv": unclear})
    work()
    batch.refresh_from_db()
    assert batch.state == Batch.State.DONE
    waiting = {file.path: file for file in batch.files.filter(state="unmapped")}
    assert set(waiting) == {"档案.zip/内/讲话.csv", "不明.csv"}
    assert "哪一列是讲话正文" in waiting["不明.csv"].message
    assert Speech.objects.count() == 1
    client = enter("editor")
    page = client.get(f"/intake/batches/{batch.pk}/").content.decode()
    table = waiting["档案.zip/内/讲话.csv"]
    address = f"/intake/batches/{batch.pk}/table/?file={table.pk}"
    assert address in page
    assert "待核对各列" in client.get("/intake/batches/").content.decode()
    client.post(
        address, {f"column-{n}": role for n, role in enumerate(CHOSEN)} | {"action": "import"}
    )
    work()
    assert {speech.title for speech in Speech.objects.all()} >= {row[0] for row in ROWS[::2]}
    client.post(
        f"/intake/batches/{batch.pk}/table/?file={waiting['不明.csv'].pk}", {"action": "cancel"}
    )
    batch.refresh_from_db()
    assert batch.state == Batch.State.DONE
    assert get_file(batch, "不明.csv").state == "cancelled"
    assert "核对各列</a>" not in client.get(f"/intake/batches/{batch.pk}/").content.decode()


@pytest.mark.slow
@pytest.mark.django_db
def test_ten_thousand_rows_are_read_in_bounds() -> None:
    rows = [[f"讲话{n}", "甲", "2024", "", "", f"第{n}次讲话。" + BODIES[0]] for n in range(10_000)]
    table = find_speech_table(write_csv(rows), "讲话.csv")
    assert table is not None
    assert sum(1 for _ in table.iter_rows()) == 10_000
    with pytest.raises(RejectedFile, match="上限"):
        read_speech_table(write_csv([*rows, rows[0]]), "讲话.csv")
