"""A table of metadata that comes with the files of a batch: recognised, used, told."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile

from corpus_app.batches import inbox
from corpus_app.batches.inbox import watch_inbox
from corpus_app.batches.models import BatchFile
from corpus_app.batches.receiving import take_file
from corpus_app.batches.services import retry_files
from corpus_app.batches.staging import locate_staged
from corpus_app.catalog.fields import read_fields
from corpus_app.catalog.models import Speech
from corpus_app.intake.importing.storing import ImportOutcome
from tests.batches.sending import pack, send, work
from tests.catalog.speeches import TRAINING, WORK_CONFERENCE
from tests.intake.manifests.tables import write_csv, write_xlsx

pytestmark = pytest.mark.django_db

TITLE = "在柳浦县人大工作会议上的讲话"
HEADS = ["文件", "标题", "讲话日期", "讲话人", "单位"]
NAMED = [TITLE, "2019年4月", "沈知远", "柳浦县人大常委会"]


def list_titles() -> set[str]:
    return set(Speech.objects.values_list("title", flat=True))


@pytest.mark.parametrize("place", ["first", "last"])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_table_in_the_folder_is_used_wherever_it_stands(place: str, kind: str) -> None:
    rows = [HEADS, ["一/工作会议.txt", *NAMED]]
    table = write_xlsx(rows) if kind == "xlsx" else write_csv(rows).encode("gb18030")
    name = f"夹/元数据.{kind}"
    files: dict[str, str | bytes] = {"夹/一/工作会议.txt": WORK_CONFERENCE, "夹/二.txt": TRAINING}
    batch = send({name: table} | files if place == "first" else files | {name: table})
    work()
    assert TITLE in list_titles()
    speech = Speech.objects.get(title=TITLE)
    assert read_fields(speech)["delivered"] == "2019-04"
    assert speech.current is not None
    assert speech.current.decisions["metadata"]["speaker"]["table"]["name"] == f"元数据.{kind}"
    own = batch.files.get(path=name)
    assert own.state == BatchFile.State.TABLE
    assert "共 1 行，用上 1 行" in own.message
    # Nothing waits for its bytes any more.
    assert not locate_staged(own.sha256).is_file()


def test_a_table_in_an_archive_is_used_for_the_files_in_it_alone() -> None:
    table = write_csv([HEADS, ["工作会议.txt", *NAMED]])
    packed = pack({"元数据.csv": table, "工作会议.txt": WORK_CONFERENCE})
    send({"档.zip": packed, "外/工作会议.txt": TRAINING})
    work()
    assert list_titles() == {TITLE, "在芦汀市人大代表培训班开班式上的讲话"}


def test_a_table_beside_an_archive_is_used_for_the_files_in_it() -> None:
    table = write_csv([HEADS, ["一/工作会议.txt", *NAMED]])
    send({"元数据.csv": table, "档.zip": pack({"一/工作会议.txt": WORK_CONFERENCE})})
    work()
    assert list_titles() == {TITLE}


def test_the_nearest_table_counts() -> None:
    far = write_csv([HEADS, ["内/a.txt", "远处的题目", "", "", ""]])
    near = write_csv([HEADS, ["a.txt", *NAMED]])
    send({"表.csv": far, "内/表.csv": near, "内/a.txt": WORK_CONFERENCE})
    work()
    assert list_titles() == {TITLE}


def test_what_of_the_table_did_no_good_is_told_on_its_row() -> None:
    rows = [[*HEADS, "页数"], ["没有.txt", *NAMED], ["a.txt", "", "坏日期", "", ""]]
    batch = send({"a.txt": WORK_CONFERENCE, "表.csv": write_csv(rows)})
    work()
    message = batch.files.get(path="表.csv").message
    assert "用上 1 行" in message
    assert "第 2 行（没有.txt）：没有对应的文件" in message
    assert "坏日期" in message
    assert "页数" in message


def test_a_table_of_other_things_is_refused_as_before() -> None:
    batch = send({"a.txt": WORK_CONFERENCE, "名单.csv": "姓名,电话\n甲,1\n"})
    work()
    assert batch.files.get(path="名单.csv").state == BatchFile.State.REFUSED
    assert Speech.objects.count() == 1


def test_a_bare_name_that_two_files_bear_is_neithers() -> None:
    table = write_csv([HEADS, ["a.txt", *NAMED]])
    send({"表.csv": table, "一/a.txt": WORK_CONFERENCE, "二/a.txt": TRAINING})
    work()
    assert TITLE not in list_titles()


def test_a_file_tried_again_still_has_its_row(monkeypatch: pytest.MonkeyPatch) -> None:
    table = write_csv([HEADS, ["a.txt", *NAMED]])
    batch = send({"表.csv": table, "a.txt": WORK_CONFERENCE})
    refused = ImportOutcome("refused", None, None, "试", "damaged")

    def refuse(*_args: object, settle, **_given: object) -> ImportOutcome:  # type: ignore[no-untyped-def]
        settle(refused)
        return refused

    with monkeypatch.context() as patched:
        patched.setattr("corpus_app.batches.processing.import_bytes", refuse)
        work()
    assert retry_files(batch) == 1
    work()
    assert list_titles() == {TITLE}
    assert not locate_staged(batch.files.get(path="表.csv").sha256).is_file()


def test_a_table_laid_in_the_inbox_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inbox, "SETTLED_SECONDS", 0.0)
    folder = Path(settings.INBOX_DIR) / "夹"
    folder.mkdir(parents=True)
    (folder / "a.txt").write_text(WORK_CONFERENCE, "utf-8")
    (folder / "元数据.csv").write_text(write_csv([HEADS, ["a.txt", *NAMED]]), "utf-8")
    assert watch_inbox() is not None
    work()
    assert list_titles() == {TITLE}


def test_a_table_that_comes_alone_is_led_to_its_page() -> None:
    table = write_csv([HEADS, ["a.txt", *NAMED]]).encode()
    outcome = take_file(SimpleUploadedFile("元数据.csv", table), User.objects.create_user("editor"))
    assert isinstance(outcome, ImportOutcome)
    assert outcome.status == "refused"
    assert "据表格设定文献信息" in outcome.message
