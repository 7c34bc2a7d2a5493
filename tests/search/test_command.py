from __future__ import annotations

import io
import json
from typing import Any

import pytest
from django.core.management import call_command

import search
from search.management.commands.search import guard_query
from tests.search.factories import Part, make_speech

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> str:
    out = io.StringIO()
    call_command("search", *arguments, stdout=out)
    return out.getvalue()


def run_json(*arguments: str) -> dict[str, Any]:
    return dict(json.loads(run(*arguments, "--json")))


@pytest.fixture(autouse=True)
def speeches() -> list[int]:
    made = [
        make_speech(
            f"讲话{at}", [Part("履职", "代表依法履职。", marker="一、")], date=f"202{at}"
        ).pk
        for at in range(3)
    ]
    search.rebuild_index()
    return made


def test_json_has_the_contracts_keys(speeches: list[int]) -> None:
    content = run_json("“依法履职”", "--unit", "section")
    assert content["query"] == "“依法履职”"
    assert content["total"] == 3
    assert isinstance(content["took_ms"], float)
    hit = content["hits"][0]
    assert {"speech", "section", "title", "date", "score", "snippet"} <= hit.keys()
    assert hit["section"] == "1"
    assert "依法履职" in hit["snippet"]


def test_a_speech_hit_has_no_section() -> None:
    assert run_json("代表")["hits"][0]["section"] is None


def test_the_limit_cuts_the_hits_and_not_the_total() -> None:
    for limit, count in (("2", 2), ("0", 0), ("all", 3)):
        content = run_json("代表", "--limit", limit)
        assert (content["total"], len(content["hits"])) == (3, count)


def test_hits_come_in_the_order_asked_for(speeches: list[int]) -> None:
    hits = run_json("代表", "--sort", "-date")["hits"]
    assert [hit["date"] for hit in hits] == ["2022", "2021", "2020"]


def test_a_bad_query_exits_2_with_place_and_reason(capsys: pytest.CaptureFixture[str]) -> None:
    err = io.StringIO()
    with pytest.raises(SystemExit) as stop:
        call_command("search", "代表 (履职", stderr=err)
    assert stop.value.code == 2
    assert "第 4 个字符" in err.getvalue()
    assert "括号" in err.getvalue()


def test_a_bad_query_is_told_as_json_too() -> None:
    err = io.StringIO()
    with pytest.raises(SystemExit) as stop:
        call_command("search", "代表 OR", "--json", stderr=err)
    assert stop.value.code == 2
    assert json.loads(err.getvalue())["error"]["position"] == 3


def test_a_blank_query_is_refused() -> None:
    with pytest.raises(SystemExit) as stop:
        call_command("search", "  ", stderr=io.StringIO())
    assert stop.value.code == 2


def test_the_table_marks_what_was_found() -> None:
    assert "【依法履职】" in run("“依法履职”")


def test_a_query_that_begins_with_minus_is_no_option() -> None:
    options = {"--json", "--sort"}
    assert guard_query(["-信访", "--json"], options) == ["--json", "--", "-信访"]
    assert guard_query(["代表", "--sort=date"], options) == ["代表", "--sort=date"]
    assert guard_query(["代表", "--sort", "-date"], options) == ["代表", "--sort=-date"]
    assert guard_query(["--", "-信访"], options) == ["--", "-信访"]
    assert run_json("-信访")["total"] == 3


def test_rebuilding_if_needed_leaves_a_fresh_index_alone() -> None:
    out = io.StringIO()
    call_command("rebuild_corpus_index", "--if-needed", stdout=out)
    assert "无需" in out.getvalue()
    out = io.StringIO()
    call_command("rebuild_corpus_index", stdout=out)
    assert "3 篇" in out.getvalue()


def test_haystacks_own_rebuild_command_is_ours() -> None:
    from django.core.management import get_commands

    assert get_commands()["rebuild_index"] == "search"


def test_json_says_what_was_searched() -> None:
    searched = run_json("“量子纠缠”")["searched"]
    assert (searched["speeches"], searched["first_year"], searched["undated"]) == (3, 2020, 0)
    assert searched["completeness"] == [{"value": "complete", "label": "完整", "count": 3}]


def test_a_search_without_hits_prints_what_was_searched() -> None:
    assert "检索范围：3 篇" in run("“量子纠缠”")
    assert "检索范围" not in run("代表")
