"""The breakdown page and its neighbours in the interface, with a real index."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from tests.research.conftest import read, read_body
from tests.search.parted import count_words, make_parted

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index_folder")]


def read_rows(page: Any) -> list[tuple[str, list[tuple[str, str]]]]:
    rows = page.xpath("//table[contains(@class, 'breakdown-table')]/tbody/tr")
    return [
        (
            row.xpath("string(./th)").strip(),
            [
                (cell.text_content().strip(), next(iter(cell.xpath("./a/@href")), ""))
                for cell in row.xpath("./td[@class='number']")
            ],
        )
        for row in rows
    ]


def test_every_figure_leads_to_as_many_lines(client: Client) -> None:
    speeches = make_parted(10)
    total = sum(count_words(speech, "监督") for speech in speeches)
    for by in ("year,level", "speaker", "theme,month"):
        page = read(client, f"/breakdown/?q=“监督”&by={by}")
        assert f"共出现 {total} 次" in " ".join(page.xpath("string(//p[@role='status'])").split())
        rows = read_rows(page)
        assert rows[-1][0] == "合计"
        linked = [cell for _label, cells in rows[:4] for cell in cells if cell[1]]
        for shown, link in linked[:2]:
            status = read(client, link).xpath("string(//p[@role='status'])")
            assert f"共出现 {shown} 次" in " ".join(status.split()), link
    panels = read(client, "/breakdown/?q=“监督”&by=year,level").xpath("//figure//svg")
    assert 2 <= len(panels) <= 3
    told = client.get("/api/v1/breakdown", {"q": "“监督”", "by": "year,level"}).json()
    assert told["total"]["occurrences"] == total
    assert set(told["corpus"]) >= {"version", "speeches", "characters", "day"}
    assert told["corpus"]["version"]
    row = next(row for row in told["rows"] if row["occurrences"])
    assert client.get(row["places"]).json()["total"] == row["occurrences"]
    table = json.loads(
        read_body(client.get("/breakdown/export/?q=“监督”&by=year,level&format=json"))
    )
    assert table["rows"][-1][2] == total
    assert len(table["rows"]) == len(told["rows"]) + 1


@pytest.mark.parametrize(
    ("query", "status", "told"),
    [
        ("q=量子纠缠", 200, "没有出现：量子纠缠"),
        ("q=代表 (", 400, "检索式第"),
        ("", 200, "按一项或两项分组"),
        ("q=日期:2023&by=level", 200, "只计篇数"),
        ("q=“碰硬”&by=nonsense", 200, "只出现一次"),
        ("q=“代表家站”&by=theme", 200, "各行之和大于合计"),
        ("q=“代表家站”&level=prefecture", 200, "只见于一篇"),
    ],
)
def test_it_says_what_it_cannot_tell(
    client: Client, corpus: object, query: str, status: int, told: str
) -> None:
    assert told in read(client, f"/breakdown/?{query}", status).text_content()


def test_the_interface_refuses_what_is_no_key(client: Client, corpus: object) -> None:
    for by in ("", "colour", "year,level,genre"):
        answer = client.get("/api/v1/breakdown", {"q": "监督", "by": by})
        assert answer.status_code == 422, by
    assert client.get("/api/v1/breakdown", {"q": "监督 ("}).json()["code"] == "query"
    assert client.get("/breakdown/export/").status_code == 400
