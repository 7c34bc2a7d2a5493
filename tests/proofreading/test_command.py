"""check_draft: the contract's object, its exit, and the Word file with comments."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from docx import Document

from corpus_app.proofreading.findings import KINDS

pytestmark = pytest.mark.django_db
WORDS = "同志们：\n要坚持人民当家做主，发展全过程民主，把各项任务落到实处。\n"


def run(*arguments: str) -> list[dict[str, object]]:
    out = io.StringIO()
    call_command("check_draft", *arguments, "--json", stdout=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_each_file_gives_one_object_whose_places_hold(tmp_path: Path) -> None:
    file = tmp_path / "稿.txt"
    file.write_text(WORDS, "utf-8")
    (answer,) = run(str(file), "--as-of", "2026-05")
    keys = {"file", "text", "findings", "sources", "checked", "not_checked", "took_ms"}
    assert set(answer) == keys
    text, findings = answer["text"], answer["findings"]
    assert isinstance(text, str)
    assert isinstance(findings, list)
    assert [one["kind"] for one in findings] == ["slogan", "superseded"]
    for one in findings:
        assert one["kind"] in KINDS
        assert text[one["start"] : one["end"]] == one["text"]
        assert 0 <= one["confidence"] <= 1


def test_a_refused_file_is_told_and_the_others_are_checked(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.txt", tmp_path / "bad.txt"
    good.write_text(WORDS, "utf-8")
    bad.write_bytes(b"")
    out = io.StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("check_draft", str(bad), str(good), "--json", stdout=out)
    assert ended.value.code == 1
    refused, checked = map(json.loads, out.getvalue().splitlines())
    assert refused["error"]["code"] == "empty"
    assert checked["findings"]


def test_a_wrong_date_is_refused_before_anything_is_read() -> None:
    with pytest.raises(CommandError, match="日期写作"):
        call_command("check_draft", "nothing.txt", "--as-of", "明天")


def test_a_copy_with_comments_marks_exactly_the_words(tmp_path: Path) -> None:
    source, target = tmp_path / "in.docx", tmp_path / "out.docx"
    document = Document()
    paragraph = document.add_paragraph("要坚持人民当")
    paragraph.add_run("家做主，把任务").bold = True
    paragraph.add_run("落到实处。")
    document.save(str(source))
    call_command("check_draft", str(source), "--docx", str(target), stdout=io.StringIO())
    marked = Document(str(target))
    (comment,) = list(marked.comments)
    assert "人民当家作主" in comment.text
    runs = marked.paragraphs[0].runs
    assert "".join(run.text for run in runs) == "要坚持人民当家做主，把任务落到实处。"
    assert [run.text for run in runs if run.bold] == ["家做主", "，把任务"]


def test_comments_need_a_word_file(tmp_path: Path) -> None:
    file = tmp_path / "稿.txt"
    file.write_text(WORDS, "utf-8")
    with pytest.raises(CommandError, match="docx"):
        run(str(file), "--docx", str(tmp_path / "o.docx"))
