"""parse_speech as other programs call it: one JSON line per file, and the exit code."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from corpus_app.intake.management.commands.parse_speech import encode_line
from tests.ingest.word_files import build_word

ROOT = Path(__file__).parents[2]
SPEECH = (
    "在机关会议上的讲话\n同志们：\n今天开会，主要是统一思想、部署任务。\n一、抓学习\n要学深悟透。\n"
)


def run(*files: Path | str) -> tuple[int, list[dict[str, Any]]]:
    out = StringIO()
    code = 0
    try:
        call_command("parse_speech", *map(str, files), stdout=out)
    except SystemExit as stop:
        code = int(str(stop.code))
    return code, [json.loads(line) for line in out.getvalue().splitlines()]


def write(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def test_it_prints_one_object_per_file_in_order(tmp_path: Path) -> None:
    paths = [
        write(tmp_path, "b.txt", SPEECH.encode()),
        write(tmp_path, "a.docx", build_word(*SPEECH.splitlines())),
    ]
    code, answers = run(*paths)
    assert code == 0
    assert [answer["file"] for answer in answers] == [str(path) for path in paths]
    assert [answer["format"] for answer in answers] == ["txt", "docx"]
    assert {answer["title"] for answer in answers} == {"在机关会议上的讲话"}


def test_it_parses_the_others_when_one_is_refused(tmp_path: Path) -> None:
    bad = write(tmp_path, "bad.docx", b"no zip")
    good = write(tmp_path, "good.txt", SPEECH.encode())
    code, answers = run(bad, good)
    assert code == 1
    assert set(answers[0]) == {"file", "error"}
    assert answers[0]["error"]["code"] == "damaged"
    assert answers[1]["text"].startswith("同志们：")


def test_it_refuses_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    code, answers = run(tmp_path / "none.txt", tmp_path, "a\x00b.txt")
    assert code == 1
    assert [answer["error"]["code"] for answer in answers] == ["damaged", "unsupported", "damaged"]
    assert "不存在" in answers[0]["error"]["message"]


def test_it_refuses_a_huge_file_without_reading_it(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    code, answers = run(path)
    assert (code, answers[0]["error"]["code"]) == (1, "too_large")


@pytest.mark.parametrize(("data", "code"), [(b"", "empty"), (b"\n \n", "no_text")])
def test_it_names_the_reason(tmp_path: Path, data: bytes, code: str) -> None:
    assert run(write(tmp_path, "a.txt", data))[1][0]["error"]["code"] == code


def test_it_escapes_what_utf8_cannot_hold() -> None:
    line = encode_line({"file": "a\udcff.txt", "text": "同志们"})
    assert line.encode("utf-8").decode("utf-8") == line
    assert json.loads(line) == {"file": "a\udcff.txt", "text": "同志们"}


def test_it_prints_one_line_whatever_ends_a_line_in_other_programs() -> None:
    line = encode_line({"text": "甲\u2028乙\u2029丙\u0085丁"})
    assert len(line.splitlines()) == 1
    assert json.loads(line) == {"text": "甲\u2028乙\u2029丙\u0085丁"}


def test_it_prints_utf8_under_any_locale_and_needs_no_database(tmp_path: Path) -> None:
    path = write(tmp_path, "讲话.txt", SPEECH.encode("gb18030"))
    environment = {
        **os.environ,
        "PYTHONIOENCODING": "ascii",
        "CORPUS_DATA_DIR": str(tmp_path / "nowhere"),
    }
    done = subprocess.run(
        [sys.executable, "manage.py", "parse_speech", str(path)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    answer = json.loads(done.stdout.decode("utf-8"))
    assert (answer["encoding"], answer["file"]) == ("gb18030", str(path))
    assert "同志们" in done.stdout.decode("utf-8")
    assert not list((tmp_path / "nowhere").glob("*.sqlite3"))
