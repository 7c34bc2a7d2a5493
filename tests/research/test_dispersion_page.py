"""The dispersion page and its neighbours in the interface, with a real index."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.research.conftest import read

pytestmark = pytest.mark.django_db


def test_a_part_leads_to_its_lines_alone(client: Client, corpus: object) -> None:
    page = read(client, "/dispersion/?q=“代表家站”")
    links = page.xpath("//table[contains(@class, 'slice-table')]//td/a/@href")
    part = next(link for link in links if "where=part" in link)
    lines = read(client, part)
    assert "只列这一位置的" in lines.text_content()
    shown = len(lines.xpath("//table[contains(@class, 'kwic')]/tbody/tr"))
    assert f"共出现 {shown} 次" in " ".join(lines.xpath("string(//p[@role='status'])").split())
    (everywhere,) = lines.xpath("//p[contains(@class, 'study-where')]/a/@href")
    assert len(read(client, f"/concordance/{everywhere}").xpath("//td[@class='kwic-key']")) == 3
    told = client.get("/api/v1/dispersion", {"q": "“代表家站”"}).json()
    assert told["total"] == sum(one["occurrences"] for one in told["parts"]) == 3
    one = next(one for one in told["parts"] if one["occurrences"])
    assert client.get(one["places"]).json()["total"] == one["occurrences"]
    wrong = client.get("/api/v1/concordance", {"q": "代表", "where": "part:99"})
    assert wrong.status_code == 422
    rows = client.get("/dispersion/export/?q=代表&format=json")
    assert rows.status_code == 200


@pytest.mark.parametrize(
    ("query", "status", "told"),
    [
        ("q=量子纠缠", 200, "没有出现：量子纠缠"),
        ("q=代表 (", 400, "检索式第"),
        ("", 200, "一个说法在讲话的哪里"),
        ("q=日期:2023", 200, "没有可以逐处计数的词语"),
        ("q=“碰硬”", 200, "只出现一次"),
        ("q=“代表家站”&level=prefecture", 200, "不足两篇"),
        ("q=“代表家站”", 200, "不足为凭"),
    ],
)
def test_it_says_what_it_cannot_tell(
    client: Client, corpus: object, query: str, status: int, told: str
) -> None:
    assert told in read(client, f"/dispersion/?{query}", status).text_content()
