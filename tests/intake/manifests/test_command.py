"""manage.py import_speeches --manifest: what a table beside the files says of them."""

import json
from collections.abc import Sequence
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from corpus_app.catalog.fields import read_fields
from corpus_app.catalog.models import Speech
from corpus_app.intake.models import DoubtReason
from corpus_app.intake.rereading.storing import read_again
from corpus_app.intake.revisions.editing import correct
from tests.batches.sending import pack
from tests.catalog.speeches import TRAINING, WORK_CONFERENCE
from tests.intake.manifests.tables import write_csv, write_xlsx

pytestmark = pytest.mark.django_db

BODY = WORK_CONFERENCE.partition("\n\n")[2]
HEADS = ["文件", "标题", "讲话日期", "讲话人", "单位"]
NAMED = ["在柳浦县人大工作会议上的讲话", "2019年4月", "沈知远", "柳浦县人大常委会"]


def run(*arguments: Any) -> tuple[int, list[dict[str, Any]], str]:
    out, errors = StringIO(), StringIO()
    code = 0
    try:
        words = map(str, arguments)
        call_command("import_speeches", *words, "--json", stdout=out, stderr=errors)
    except SystemExit as stop:
        code = int(stop.code or 0)
    return code, [json.loads(line) for line in out.getvalue().splitlines()], errors.getvalue()


def lay_table(folder: Path, rows: Sequence[Sequence[Any]], name: str = "元数据.csv") -> Path:
    path = folder / name
    data = write_xlsx(rows) if name.endswith(".xlsx") else write_csv(rows).encode("gb18030")
    path.write_bytes(data)
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "内").mkdir()
    (tmp_path / "a.txt").write_text(WORK_CONFERENCE, "utf-8")
    (tmp_path / "内" / "b.txt").write_text(TRAINING, "utf-8")
    return tmp_path


@pytest.mark.parametrize("head", ["id", "编号"])
def test_a_column_of_names_that_are_no_numbers_names_the_files(folder: Path, head: str) -> None:
    rows = [[head, *HEADS[1:]], ["b", *NAMED], ["c", *NAMED]]
    _code, told, errors = run(folder, "--manifest", lay_table(folder, rows))
    fields = read_fields(Speech.objects.get(pk=told[1]["speech"]))
    assert (fields["title"], fields["delivered"]) == (NAMED[0], "2019-04")
    assert errors.count("没有对应的文件") == 1
    assert "第 2 行" not in errors


@pytest.mark.parametrize("name", ["元数据.csv", "元数据.xlsx"])
def test_the_table_wins_over_what_is_read_and_is_no_speech_itself(folder: Path, name: str) -> None:
    table = lay_table(folder, [HEADS, ["内/b.txt", *NAMED]], name)
    code, told, _errors = run(folder, "--manifest", table)
    assert (code, len(told)) == (0, 2)
    speech = Speech.objects.get(pk=told[1]["speech"])
    fields = read_fields(speech)
    assert fields["title"] == NAMED[0]
    assert (fields["delivered"], fields["speaker"]) == ("2019-04", "沈知远")
    assert speech.date_start is not None
    assert speech.date_start.isoformat() == "2019-04-01"
    # What the table leaves open is as it was read.
    assert fields["place"] == "芦汀市"


def test_the_evidence_says_which_line_of_which_table(folder: Path) -> None:
    table = lay_table(folder, [HEADS, [], ["a.txt", *NAMED]])
    _code, told, _errors = run(folder / "a.txt", "--manifest", table)
    speech = Speech.objects.get(pk=told[0]["speech"])
    assert speech.current is not None
    noted = speech.current.decisions["metadata"]["speaker"]
    assert noted["value"] == "沈知远"
    assert (noted["table"]["name"], noted["table"]["line"]) == ("元数据.csv", 3)
    # The parse is told as it was: the file says another.
    assert speech.current.metadata["speaker"] == "林知远"


def test_reading_the_original_again_leaves_the_tables_values(folder: Path) -> None:
    rows = [HEADS, ["a.txt", "在青芜县人大工作会议上的讲话", "2023年", "林知远", ""]]
    _code, told, _errors = run(folder / "a.txt", "--manifest", lay_table(folder, rows))
    read_again(told[0]["speech"])
    speech = Speech.objects.get(pk=told[0]["speech"])
    assert speech.delivered == "2023"
    assert speech.current is not None
    assert speech.current.decisions["metadata"]["title"]["table"]["line"] == 2


def test_a_title_in_the_table_answers_the_doubt_about_the_one_that_was_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(BODY, "utf-8")
    _code, told, _errors = run(tmp_path)
    assert Speech.objects.get().title_inferred
    Speech.objects.all().delete()
    table = lay_table(tmp_path, [HEADS, ["a.txt", *NAMED]])
    (tmp_path / "a.txt").write_text(BODY + "\n祝大家身体健康！\n", "utf-8")
    _code, told, _errors = run(tmp_path, "--manifest", table)
    speech = Speech.objects.get(pk=told[0]["speech"])
    assert not speech.title_inferred
    assert speech.status == Speech.Status.PUBLISHED
    codes = set(DoubtReason.objects.filter(doubt__speech=speech).values_list("code", flat=True))
    assert not codes & {"title_inferred", "no_date", "no_title"}


def test_heads_from_the_table_tell_one_speech_from_another(folder: Path) -> None:
    run(folder / "a.txt")
    other = folder / "内" / "a.txt"
    other.write_text(BODY, "utf-8")
    table = lay_table(folder, [HEADS, ["内/a.txt", *NAMED]])
    _code, told, _errors = run(other, "--manifest", table)
    assert told[0]["status"] == "near_duplicate"
    assert told[0]["speech"] != told[0]["of"]
    assert Speech.objects.get(pk=told[0]["speech"]).title == NAMED[0]
    assert Speech.objects.get(pk=told[0]["of"]).title == "在青芜县人大工作会议上的讲话"


def test_a_corrected_table_corrects_what_is_known_and_spares_what_a_person_set(
    folder: Path,
) -> None:
    table = lay_table(folder, [HEADS, ["a.txt", *NAMED]])
    _code, told, _errors = run(folder / "a.txt", "--manifest", table)
    speech = Speech.objects.get(pk=told[0]["speech"])
    correct(speech, {"speaker": "苏晚晴"}, {})
    lay_table(folder, [HEADS, ["a.txt", NAMED[0], "2019年5月", "何远川", NAMED[3]]])
    _code, told, _errors = run(folder / "a.txt", "--manifest", table)
    assert told[0]["status"] == "duplicate"
    fields = read_fields(Speech.objects.get(pk=speech.pk))
    assert (fields["delivered"], fields["speaker"]) == ("2019-05", "苏晚晴")
    assert "讲话人" in told[0]["message"]


def test_two_files_of_the_same_bytes_do_not_overwrite_each_others_row(folder: Path) -> None:
    (folder / "内" / "b.txt").write_text(WORK_CONFERENCE, "utf-8")
    second = ["在白榆县人大工作会议上的讲话", "2021年", "何远川", "白榆县人大常委会"]
    table = lay_table(folder, [HEADS, ["a.txt", *NAMED], ["内/b.txt", *second]])
    _code, told, _errors = run(folder, "--manifest", table)
    assert [one["status"] for one in told] == ["imported", "duplicate"]
    assert Speech.objects.get().title == NAMED[0]
    assert "未按表格改" in told[1]["message"]


def test_what_did_no_good_is_told_with_its_line(folder: Path) -> None:
    rows = [
        [*HEADS, "页数"],
        ["a.txt", "", "坏日期", "沈知远", "", "3"],
        ["没有.txt", *NAMED],
        ["内/b.txt", "甲讲话", "", "", ""],
        ["内\\b.txt", "乙讲话", "", "", ""],
    ]
    code, told, errors = run(folder, "--manifest", lay_table(folder, rows))
    assert code == 0
    assert "页数" in errors
    assert "第 2 行" in errors
    assert "坏日期" in errors
    assert "第 3 行（没有.txt）" in errors
    # Two rows that say different things of one file: neither counts.
    assert "第 4 行" in errors
    assert "第 5 行" in errors
    assert Speech.objects.get(pk=told[1]["speech"]).title == "在芦汀市人大代表培训班开班式上的讲话"


def test_a_bare_name_is_a_files_only_where_no_other_bears_it(folder: Path) -> None:
    (folder / "外").mkdir()
    (folder / "外" / "a.txt").write_text(TRAINING, "utf-8")
    rows = [["文件", "场合"], ["a.txt", "甲会"], ["b", "乙会"]]
    _code, told, _errors = run(folder, "--manifest", lay_table(folder, rows))
    occasions = {
        Path(one["file"]).relative_to(folder).as_posix(): read_fields(
            Speech.objects.get(pk=one["speech"])
        )["occasion"]
        for one in told
    }
    # a.txt is the path of one of them; b is the only file of its name.
    assert occasions["a.txt"] == "甲会"
    assert occasions["外/a.txt"] != "甲会"
    assert occasions["内/b.txt"] == "乙会"


def test_files_in_an_archive_are_found_by_their_paths_in_it(tmp_path: Path) -> None:
    (tmp_path / "档.zip").write_bytes(pack({"一/讲话.txt": TRAINING}))
    table = lay_table(tmp_path, [HEADS, ["一/讲话.txt", *NAMED]])
    _code, told, _errors = run(tmp_path / "档.zip", "--manifest", table)
    assert Speech.objects.get(pk=told[0]["speech"]).title == NAMED[0]


@pytest.mark.parametrize("name", ["没有.csv", "坏.xlsx", "讲话.csv"])
def test_a_table_that_cannot_be_read_stops_the_import_before_it_begins(
    folder: Path, name: str
) -> None:
    (folder / "坏.xlsx").write_bytes(b"PK\x03\x04")
    (folder / "讲话.csv").write_text("只是话", "utf-8")
    with pytest.raises(CommandError):
        call_command("import_speeches", str(folder / "a.txt"), "--manifest", str(folder / name))
    assert not Speech.objects.exists()
