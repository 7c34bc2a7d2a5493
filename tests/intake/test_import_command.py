"""manage.py import_speeches."""

import json
import os
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from corpus_app.catalog.models import Speech, Upload
from tests.batches.sending import pack
from tests.catalog.speeches import TRAINING, WORK_CONFERENCE

pytestmark = pytest.mark.django_db


def run(*arguments: Any) -> tuple[int, str]:
    out = StringIO()
    try:
        call_command("import_speeches", *map(str, arguments), stdout=out, stderr=StringIO())
    except SystemExit as stop:
        return int(stop.code or 0), out.getvalue()
    return 0, out.getvalue()


def read(output: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in output.splitlines()]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "inner").mkdir()
    (tmp_path / "a.txt").write_text(WORK_CONFERENCE, "utf-8")
    (tmp_path / "inner" / "b.txt").write_text(TRAINING, "gb18030")
    (tmp_path / ".hidden").write_text("no", "utf-8")
    return tmp_path


def test_a_folder_is_taken_with_all_below_it(folder: Path) -> None:
    code, output = run(folder, "--json")
    told = read(output)
    assert code == 0
    assert [entry["file"] for entry in told] == [
        str(folder / "a.txt"),
        str(folder / "inner" / "b.txt"),
    ]
    assert {entry["status"] for entry in told} == {"imported"}
    assert all({"file", "status", "speech", "of", "message"} <= set(entry) for entry in told)
    assert Speech.objects.published().count() == 2


def test_running_it_again_stores_nothing_twice(folder: Path) -> None:
    first = {entry["speech"] for entry in read(run(folder, "--json")[1])}
    code, output = run(folder, "--json")
    assert code == 0
    assert {entry["status"] for entry in read(output)} == {"duplicate"}
    assert {entry["of"] for entry in read(output)} == first
    assert Speech.objects.count() == 2


def test_one_bad_file_stops_no_other_and_gives_exit_code_1(folder: Path) -> None:
    (folder / "0.docx").write_bytes(b"PK\x03\x04 no zip")
    code, output = run(folder, "--json")
    assert code == 1
    told = read(output)
    assert [entry["status"] for entry in told] == ["refused", "imported", "imported"]
    assert told[0]["code"] == "damaged"
    assert told[0]["speech"] is None


def test_a_path_that_is_not_there_is_refused(folder: Path) -> None:
    code, output = run(folder / "none.txt", folder / "a.txt", "--json")
    assert code == 1
    assert [entry["status"] for entry in read(output)] == ["refused", "imported"]


def test_a_fault_in_one_file_stops_no_other(
    folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from corpus_app.intake.importing import storing

    real = storing.store_draft

    def fail_once(draft: Any, *args: Any, **kwargs: Any) -> Any:
        if draft.file == "a.txt":
            raise RuntimeError("a fault")
        return real(draft, *args, **kwargs)

    monkeypatch.setattr(storing, "store_draft", fail_once)
    code, output = run(folder, "--json")
    assert code == 1
    assert [entry["status"] for entry in read(output)] == ["refused", "imported"]
    assert "a fault" in caplog.text


def test_drafts_are_not_published(folder: Path) -> None:
    run(folder, "--draft")
    assert Speech.objects.count() == 2
    assert not Speech.objects.published().exists()


def test_the_summary_counts_in_words(folder: Path) -> None:
    (folder / "empty.txt").touch()
    code, output = run(folder)
    assert code == 1
    assert "共 3 个文件：入库 2，重复 0" in output
    assert "未收 1" in output


def test_an_empty_folder_is_an_error(tmp_path: Path) -> None:
    code, output = run(tmp_path)
    assert code == 1
    assert "没有找到" in output


def test_the_files_of_an_archive_are_named_behind_it(tmp_path: Path) -> None:
    archive = tmp_path / "档案.zip"
    archive.write_bytes(pack({"讲话.txt": WORK_CONFERENCE, "内.zip": pack({"训.txt": TRAINING})}))
    code, output = run(archive, "--json")
    assert code == 0
    assert [(each["file"], each["status"]) for each in read(output)] == [
        (f"{archive}/讲话.txt", "imported"),
        (f"{archive}/内.zip/训.txt", "imported"),
    ]
    assert "共 2 个文件：入库 0，重复 2" in run(archive)[1]


@pytest.mark.parametrize("data", [b"PK\x03\x04 broken", pack({})])
def test_an_archive_that_is_broken_or_empty_is_refused_by_its_name(
    tmp_path: Path, data: bytes
) -> None:
    archive = tmp_path / "档案.zip"
    archive.write_bytes(data)
    code, output = run(archive, "--json")
    (told,) = read(output)
    assert (code, told["file"], told["status"]) == (1, str(archive), "refused")
    assert told["message"]


def test_one_bad_file_in_an_archive_stops_no_other(tmp_path: Path) -> None:
    archive = tmp_path / "档案.zip"
    archive.write_bytes(pack({"坏.docx": b"PK\x03\x04 no zip", "讲话.txt": WORK_CONFERENCE}))
    code, output = run(archive, "--json")
    assert code == 1
    assert [each["status"] for each in read(output)] == ["refused", "imported"]


def test_a_file_name_that_is_no_utf8_stops_nothing(folder: Path) -> None:
    name = os.fsdecode("旧档案.txt".encode("gb18030"))
    try:
        (folder / name).write_text(WORK_CONFERENCE.replace("青芜", "青禾"), "utf-8")
    except OSError:
        pytest.skip("this file system takes only UTF-8 names")
    code, output = run(folder, "--json")
    assert code == 0
    assert str(folder / "旧档案.txt") in [entry["file"] for entry in read(output)]
    assert Upload.objects.filter(name="旧档案.txt").exists()
