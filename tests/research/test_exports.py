"""The tables as files: what they hold, what they say about themselves."""

from __future__ import annotations

import csv
import io
import json
from urllib.parse import unquote

import pytest
from django.conf import settings
from django.http import StreamingHttpResponse
from django.test import Client
from openpyxl import load_workbook

from corpus_app.catalog.models import Speech
from corpus_app.pages import downloads
from search import Sheet
from tests.research.conftest import read, read_body

pytestmark = pytest.mark.django_db
EXPORTS = {
    "/concordance/export/?q=“代表家站”&sort=right": ("/concordance/?", 3),
    "/trends/export/?expression=代表家站": ("/trends/?", 5),
    "/search/export/?q=代表家站": ("/search/?", 2),
    "/search/export/?q=代表家站&unit=section": ("/search/?", 2),
}


@pytest.mark.parametrize("address", EXPORTS)
def test_the_three_formats_hold_the_same_rows(
    client: Client, corpus: dict[str, Speech], address: str
) -> None:
    table = json.loads(read_body(client.get(f"{address}&format=json")))
    assert len(table["rows"]) == EXPORTS[address][1]
    text = read_body(client.get(f"{address}&format=csv")).decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(text, newline="")))
    width, border = len(table["columns"]), 1 + len(table["rows"])
    assert lines[0] == table["columns"]
    assert lines[border] == [""] * width
    assert [line[0] for line in lines[border + 1 :]] == [what for what, _value in table["about"]]
    assert {len(line) for line in lines} == {width}
    book = load_workbook(io.BytesIO(read_body(client.get(f"{address}&format=xlsx"))))
    page = book.worksheets[0]
    assert [cell.value for cell in page[1]] == table["columns"]
    assert page.max_row == 1 + len(table["rows"])
    for row, cells in zip(table["rows"], page.iter_rows(min_row=2), strict=True):
        numbers = [cell.value for cell in cells if isinstance(cell.value, int | float)]
        assert numbers == [value for value in row if isinstance(value, int | float)]


@pytest.mark.parametrize("address", EXPORTS)
def test_a_table_says_what_it_is_and_where_it_can_be_seen_again(
    client: Client, corpus: dict[str, Speech], address: str
) -> None:
    about = dict(json.loads(read_body(client.get(f"{address}&format=json")))["about"])
    assert {"筛选条件", "导出日期", "语料库规模", "引用", "网址"} <= set(about)
    assert about["语料库规模"].startswith("3 篇")
    assert EXPORTS[address][0] in about["网址"]
    assert "format=" not in about["网址"]
    assert about["网址"] in about["引用"]
    assert client.get(about["网址"].removeprefix("http://testserver")).status_code == 200


def test_the_file_is_named_for_its_query(client: Client, corpus: dict[str, Speech]) -> None:
    response = client.get("/concordance/export/?q=“代表家站”&format=xlsx")
    said = response["Content-Disposition"]
    assert said.startswith("attachment")
    assert unquote(said).endswith("语境-代表家站.xlsx")
    assert said.isascii()


@pytest.mark.parametrize(
    ("page", "address"),
    [
        ("/concordance/?q=代表&level=county&context=40", "/concordance/export/"),
        ("/trends/?expression=代表&period=month", "/trends/export/"),
        ("/search/?q=代表&unit=section&year=2020", "/search/export/"),
    ],
)
def test_a_page_offers_its_own_table(
    client: Client, corpus: dict[str, Speech], page: str, address: str
) -> None:
    links = read(client, page).xpath("//p[@class='downloads']/a/@href")
    assert len(links) == 3
    assert all(link.startswith(address) for link in links)
    rows = [
        json.loads(read_body(client.get(link)))["rows"] for link in links if link.endswith("json")
    ]
    assert rows[0]


@pytest.mark.parametrize(
    "address",
    [
        "/concordance/export/?q=(",
        "/concordance/export/",
        "/trends/export/?expression=(",
        "/trends/export/",
        "/search/export/?q=(",
    ],
)
def test_what_can_not_be_exported_is_refused_in_words(
    client: Client, corpus: dict[str, Speech], address: str
) -> None:
    response = client.get(address)
    assert response.status_code == 400
    assert response["Content-Type"].startswith("text/plain")


def test_search_hits_beyond_one_batch_are_all_there(
    client: Client, corpus: dict[str, Speech], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("corpus_app.research.hit_table.BATCH", 1)
    table = json.loads(read_body(client.get("/search/export/?q=&format=json")))
    ids = [row[table["columns"].index("讲话编号")] for row in table["rows"]]
    published = [corpus[name].pk for name in ("first", "second", "third")]
    assert sorted(ids) == published


def test_an_export_ends_at_its_limit_and_says_so(
    client: Client, corpus: dict[str, Speech], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("corpus_app.research.hit_table.BATCH", 1)
    monkeypatch.setattr("corpus_app.research.hit_table.MAX_HITS", 2)
    table = json.loads(read_body(client.get("/search/export/?q=&format=json")))
    assert len(table["rows"]) == 2
    assert ["提示", "只导出前 2 条"] in table["about"]


@pytest.mark.parametrize("address", EXPORTS)
def test_a_view_is_cited_alike_in_every_language(
    client: Client, corpus: dict[str, Speech], address: str
) -> None:
    told = []
    for language in ("zh-hans", "en"):
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        about = json.loads(read_body(client.get(f"{address}&format=json")))["about"]
        told.append([value for _what, value in about if str(value).startswith("言库．")])
    assert told[0] == told[1]
    assert len(told[0]) == 1


def test_a_long_table_pauses_for_readers_and_is_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    pauses: list[float] = []
    monkeypatch.setattr(downloads.time, "sleep", pauses.append)
    sheet = Sheet([], ["数"], ([number] for number in range(40_000)), 40_000)
    response = downloads.send_sheet(sheet, "表", "json")
    assert isinstance(response, StreamingHttpResponse)
    assert json.loads(response.getvalue())["rows"] == [[number] for number in range(40_000)]
    assert pauses
