"""What every exported row says of its speech."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from corpus_app.catalog.models import Source, Speaker, Speech
from search.index.indexing import index_speeches
from tests.research.conftest import read_body
from tests.search.factories import Part, make_speech, make_theme, tag_section

pytestmark = pytest.mark.django_db
COLUMNS = [
    "级别", "体裁", "讲话人", "单位", "地区", "来源", "主题", "日期精度", "日期性质", "质量标记",
]  # fmt: skip
ADDRESSES = [
    "/concordance/export/?q=代表家站",
    "/search/export/?q=代表家站",
    "/search/export/?q=代表家站&unit=section",
]


def list_rows(client: Client, address: str) -> list[dict[str, Any]]:
    """Return the rows of the export as dictionaries of its columns."""
    table = json.loads(read_body(client.get(f"{address}&format=json")))
    return [dict(zip(table["columns"], row, strict=True)) for row in table["rows"]]


@pytest.fixture
def described(corpus: dict[str, Speech]) -> Speech:
    speech = make_speech(
        "在芦汀市青年代表座谈会上的讲话",
        [
            Part("办好家站", "", [Part("", "一是代表家站常开。", marker="一是")], marker="一、"),
            Part("联系群众", "代表家站在家门口。", marker="二、"),
        ],
        organisation="芦汀市人大常委会",
        date="2024-05",
        level="prefecture",
        genre="training",
        place="芦汀市",
        speaker=Speaker.objects.create(name="林知远"),
        source=Source.objects.create(name="芦汀人大网"),
        title_inferred=True,
        completeness="gapped",
    )
    tag_section(speech, "1", make_theme("stations", "家站建设"))
    tag_section(speech, "2", make_theme("contact", "联系群众"))
    index_speeches([speech.pk])
    return speech


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_row_says_all_that_is_known_of_its_speech(
    client: Client, described: Speech, address: str
) -> None:
    rows = [row for row in list_rows(client, address) if row["讲话编号"] == described.pk]
    assert rows
    for row in rows:
        told = [row[name] for name in COLUMNS if name != "主题"]
        assert told == [
            "市级", "培训班讲话", "林知远", "芦汀市人大常委会", "芦汀市", "芦汀人大网", "月",
            "讲话日期", "中间有缺失；标题系代拟",
        ]  # fmt: skip


@pytest.mark.parametrize("address", [ADDRESSES[0], ADDRESSES[2]])
def test_a_section_row_bears_the_themes_of_its_section_and_of_those_above(
    client: Client, described: Speech, address: str
) -> None:
    rows = [row for row in list_rows(client, address) if row["讲话编号"] == described.pk]
    themes = {(row["章节号"], row["主题"]) for row in rows}
    assert {("1.1", "家站建设"), ("2", "联系群众")} <= themes


def test_a_speech_row_bears_all_themes_of_the_speech(client: Client, described: Speech) -> None:
    (row,) = [r for r in list_rows(client, ADDRESSES[1]) if r["讲话编号"] == described.pk]
    assert set(row["主题"].split("、")) == {"家站建设", "联系群众"}


@pytest.mark.parametrize(
    ("dates", "precision", "flag"),
    [
        ({"delivered": "2020-05-06"}, "日", ""),
        ({"delivered": "2020-05"}, "月", ""),
        ({"delivered": "1984"}, "年", ""),
        ({"delivered": "", "published": "2020-05-06"}, "日", "日期系发表日期"),
        ({"delivered": "", "date_start": None, "date_end": None}, "无日期", "日期不详"),
    ],
)
@pytest.mark.parametrize("address", ADDRESSES)
def test_a_row_says_how_precise_its_date_is(
    client: Client,
    corpus: dict[str, Speech],
    address: str,
    dates: dict[str, Any],
    precision: str,
    flag: str,
) -> None:
    first = corpus["first"]
    Speech.objects.filter(pk=first.pk).update(**dates)
    index_speeches([first.pk])
    rows = [row for row in list_rows(client, address) if row["讲话编号"] == first.pk]
    assert {(row["日期精度"], row["质量标记"]) for row in rows} == {(precision, flag)}


def test_no_column_stands_twice(client: Client, corpus: dict[str, Speech]) -> None:
    for address in ADDRESSES:
        columns = json.loads(read_body(client.get(f"{address}&format=json")))["columns"]
        assert len(columns) == len(set(columns))


@pytest.mark.parametrize("address", ADDRESSES)
def test_many_rows_take_as_many_queries_as_few(
    client: Client, corpus: dict[str, Speech], address: str, django_assert_max_num_queries: Any
) -> None:
    list_rows(client, address)
    with django_assert_max_num_queries(40) as few:
        list_rows(client, address)
    count = len(few)
    more = [make_speech("题", ["代表家站" * 9], date=f"20{year}-01") for year in range(10, 20)]
    index_speeches([speech.pk for speech in more])
    list_rows(client, address)
    with django_assert_max_num_queries(count):
        list_rows(client, address)
