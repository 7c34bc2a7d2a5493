"""The sample speeches row by row, as fixtures/README.md describes them."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from corpus_app.ingest.pipeline import parse_bytes
from tests.ingest.invariants import check_invariants

FOLDER = Path(__file__).parents[2] / "fixtures" / "speeches"


class Row(NamedTuple):
    """One file: announced and found sections, points in each, who spoke and when."""

    number: str
    announced: tuple[int, int] | None
    points: list[int]
    speaker: str | None
    date: str
    completeness: str = "complete"


ROWS = [
    Row("01", (4, 4), [3, 3, 4, 4], "周明远", "2021-12-08"),
    Row("02", (3, 3), [0, 4, 0], "顾承岳", "2022-11-18"),
    Row("03", (3, 3), [3, 3, 3], "陈砚秋", "2023-05-06"),
    Row("04", None, [3, 5, 0, 0], "沈克勉", "2023-09-12"),
    Row("05", (3, 3), [4, 0, 3], "罗志坪", "2018-04-20"),
    Row("06", (4, 4), [3, 3, 3, 3], "姚淑宁", "2024-06-19"),
    Row("07", (3, 3), [3, 5, 4], "韩立言", "2022-03-29"),
    Row("08", (3, 3), [3, 4, 4], "邵砚亭", "2020-09-16"),
    Row("09", None, [0, 0, 0, 0, 0], "庄衡", "2022-01-14"),
    Row("10", (3, 3), [3, 3, 3], "方嘉禾", "2025-01-14"),
    Row("11", (3, 3), [3, 3, 3], "丁樵生", "2019-12-20"),
    Row("12", (4, 4), [4, 4, 4, 3], "庄衡", "2025-03-17"),
    Row("13", (4, 4), [3, 4, 3, 3], "郝有禾", "2024-08-12"),
    Row("14", (3, 3), [3, 3, 3], "纪春禾", "2023-05-18"),
    Row("15", (3, 3), [3, 3, 4], "陆怀川", "2022-09-21"),
    Row("16", (4, 4), [3, 3, 3, 3], "闻守拙", "2021-12-09"),
    Row("17", (3, 3), [0, 4, 4], "白砚秋", "2024-10-30"),
    Row("18", (3, 3), [3, 3, 3], "沈知行", "2020-11-12"),
    Row("19", (4, 4), [0, 3, 0, 3], "汤允和", "2024-06-20"),
    Row("20", None, [3, 3, 3, 3], None, "2019-12-05"),
    Row("21", None, [3, 3, 3, 3, 3], None, "2025-06-11"),
    Row("22", (3, 3), [3, 5, 4], "方引舟", "2022-03-22"),
    Row("23", (5, 3), [3, 2, 1, 4], "祁望舒", "2023-10-26", "gapped"),
    Row("24", (4, 4), [3, 5, 4, 4], "顾明澍", "2024-08-15"),
    Row("25", (3, 3), [4, 4, 5], "秋定远", "2018-06-29"),
    Row("26", (3, 3), [3, 3, 4], "秦若谷", "2025-04-28"),
]
by_number = pytest.mark.parametrize("row", ROWS, ids=[row.number for row in ROWS])
# Read by hand, file by file: what is taken besides title, metadata and the line that says the
# speech is invented; and what may be taken from between its first and last word.
TAKEN = {
    "02": {"watermark"},
    "07": {"breadcrumb", "copyright", "counter", "editor_note", "pager", "share", "site"},
    "11": {"editor_note"},
    "13": {"advert", "stray"},
    "17": {"breadcrumb", "copyright", "counter", "pager", "related", "share", "site"},
    "18": {"markup"},
    "19": {"editor_note", "share", "stray"},
    "23": {"paywall"},
    "25": {"pager"},
}
INSIDE = {"watermark", "markup", "share", "paywall", "pager"}
NOISE = {
    "02": ["公文驿站"],
    "07": ["责任编辑", "上一篇", "返回顶部", "ICP", "字号"],
    "13": ["墨池公文库", "会员", "===="],
    "17": ["岭川公文资料网", "Cookie", "打印本页", "浏览次数", "相关阅读"],
    "18": ["<", "&nbsp;", "[img]"],
    "19": ["点击上方", "扫码", "👇", "在看", "精选留言"],
    "23": ["VIP", "登录后"],
    "25": ["会议材料之三", "— 3 —"],
}


@cache
def parse(number: str) -> dict[str, Any]:
    path = next(FOLDER.glob(f"{number}_*.txt"))
    return parse_bytes(path.read_bytes(), path.name).to_json()


def list_inside(draft: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the spans taken from between the first and the last word of the body."""
    start, end = draft["raw"].index(draft["text"][:3]), draft["raw"].rindex(draft["text"][-3:])
    spans = [span for span in draft["removed"] if start < span["start"] < end]
    return [span for span in spans if span["rule"] not in ("header", "footer")]


def test_every_sample_has_its_row() -> None:
    assert {path.name[:2] for path in FOLDER.glob("*.txt")} == {row.number for row in ROWS}


@by_number
def test_it_finds_the_sections_and_points_that_are_there(row: Row) -> None:
    draft = parse(row.number)
    check_invariants(draft)
    tops = [s["id"] for s in draft["sections"] if s["parent"] is None and s["kind"] == "section"]
    assert [sum(s["parent"] == top for s in draft["sections"]) for top in tops] == row.points
    found = [(entry["expected"], entry["found"]) for entry in draft["announced"]]
    assert found == ([row.announced] if row.announced else [])
    assert draft["completeness"] == row.completeness


@by_number
def test_it_reads_who_spoke_and_when(row: Row) -> None:
    draft = parse(row.number)
    assert draft["title"]
    assert not draft["title_inferred"]
    assert draft["speaker"] == row.speaker
    assert row.date in {date["value"] for date in draft["dates"].values()}


@by_number
def test_it_takes_the_noise_that_is_there_and_no_other_kind(row: Row) -> None:
    draft = parse(row.number)
    kinds = {span["kind"] for span in draft["removed"]} - {"title", "metadata", "sample_notice"}
    assert kinds == TAKEN.get(row.number, set())
    assert not [word for word in NOISE.get(row.number, []) if word in draft["text"]]


@by_number
def test_it_takes_no_sentence_of_the_speech(row: Row) -> None:
    draft = parse(row.number)
    header = [span for span in draft["removed"] if span["kind"] in ("title", "metadata")]
    assert all(len(span["text"]) <= 90 and "。" not in span["text"] for span in header)
    inside = list_inside(draft)
    assert {span["kind"] for span in inside} <= INSIDE
    assert all(len(span["text"]) <= 60 for span in inside)


def test_the_points_behind_the_gap_hang_under_no_named_section() -> None:
    draft = parse("23")
    (lost,) = [s for s in draft["sections"] if s["kind"] == "section" and s["ordinal"] is None]
    (point,) = [s for s in draft["sections"] if s["parent"] == lost["id"]]
    assert (lost["heading"], point["marker"]) == (None, "四是")
    assert draft["gaps"][0]["hidden_chars"] == 1260
    assert draft["announced"][0]["missing"] == [3, 4]
