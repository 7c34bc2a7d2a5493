"""Two speeches sentence by sentence as pages and files; what is said where little can be told."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from corpus_app.catalog.models import Speech
from tests.research.yearly_reports import MOVED, THANKS, make_reports
from tests.search.factories import Part, make_speech

pytestmark = pytest.mark.django_db


@pytest.fixture
def reports(index_folder: object) -> tuple[Speech, Speech]:
    return make_reports()


def read(client: Client, one: Speech, other: Speech, **params: str) -> str:
    return client.get(f"/speeches/{one.pk}/compare/{other.pk}/", params).content.decode()


def export(client: Client, one: Speech, other: Speech, **params: str) -> list[dict[str, object]]:
    address = f"/speeches/{one.pk}/compare/{other.pk}/export/"
    table = json.loads(client.get(address, {"format": "json", **params}).getvalue())
    return [dict(zip(table["columns"], row, strict=True)) for row in table["rows"]]


def test_a_speech_leads_to_its_body_s_reports_before_and_behind(
    client: Client, reports: tuple[Speech, Speech]
) -> None:
    older, newer = reports
    address = f"/speeches/{older.pk}/compare/{newer.pk}/"
    for one in reports:
        assert address in client.get(f"/speeches/{one.pk}/").content.decode()
        assert address in client.get(f"/speeches/{one.pk}/compare/").content.decode()
    assert "上一篇（2023-01-10）" in client.get(f"/speeches/{newer.pk}/").content.decode()
    asked = client.get(
        f"/speeches/{newer.pk}/compare/", {"other": f"http://a.b/speeches/{older.pk}/"}
    )
    assert asked.headers["Location"] == address
    for fault in ("", "无此", str(newer.pk), "9" * 30):
        response = client.get(f"/speeches/{newer.pk}/compare/", {"other": fault})
        assert response.status_code == 404
        assert "没有这一篇可对照的讲话" in response.content.decode()


def test_rows_tell_what_stayed_changed_moved_went_and_came(
    client: Client, reports: tuple[Speech, Speech]
) -> None:
    rows = export(client, *reports)
    kinds = {str(row["后篇文字"] or row["前篇文字"]): row["类别"] for row in rows}
    assert kinds[THANKS] == "未改"
    assert kinds[MOVED] == "移位"
    assert kinds["全年审议专项工作报告15项，开展执法检查3次。"] == "改写"
    assert kinds["修订柳浦镇农田水利管理办法。"] == "删去"
    assert kinds["我们将设立镇村两级议事会。"] == "新增"
    for number, side in enumerate(("前篇", "后篇")):
        current = reports[number].current
        assert current
        for row in rows:
            if row[f"{side}文字"]:
                assert current.text[row[f"{side}起"] : row[f"{side}止"]] == row[f"{side}文字"]  # type: ignore[misc]
    page = read(client, *reports)
    assert "（删去：</span>12" in page
    assert "（新增：</span>15" in page
    assert f"/speeches/{reports[1].pk}/?rev=1&amp;hl=" in page
    moved = read(client, *reports, kind="moved")
    assert MOVED[:5] in moved
    assert THANKS not in moved


def test_numbers_tasks_and_parts_have_a_view_and_a_file_each(
    client: Client, reports: tuple[Speech, Speech]
) -> None:
    numbers = export(client, *reports, view="numbers")
    assert [(one["前篇"], one["后篇"], one["变化"]) for one in numbers][:2] == [
        ("12项", "15项", "+25.0%"),
        ("3次", "3次", "不变"),
    ]
    tasks = export(client, *reports, view="tasks")
    met = {one["前篇任务"]: one["后篇相近的话"] for one in tasks}
    assert "一年来办好代表联络站" in str(met["我们将办好代表联络站，每月接待群众一次。"])
    assert met["修订柳浦镇农田水利管理办法。"] == ""
    parts = export(client, *reports, view="parts")
    assert parts[0]["前篇章节"] == "一、2022年工作回顾"
    for view, words in (
        ("numbers", "+25.0%"),
        ("tasks", "不是落实与否的证明"),
        ("tasks", "没有相近的话（不等于没有做）"),
        ("parts", "一、2022年工作回顾"),
    ):
        assert words in read(client, *reports, view=view)


def test_each_limit_has_its_sentence(client: Client, reports: tuple[Speech, Speech]) -> None:
    older, newer = reports
    text = older.current.text if older.current else ""
    body = {"organisation": "柳浦镇人大", "genre": "report"}
    cases = {
        "两篇文字完全相同": make_speech("甲", [Part("", text)], date="2021-01-10", **body),
        "没有一句对得上": make_speech(
            "乙", [Part("", "水渠通到地头。")], date="2020-01-10", **body
        ),
        "没有正文": make_speech("丙", [], date="2019-01-10", **body),
        "不是同一单位的": make_speech(
            "丁", [Part("", text)], organisation="苇渡镇人大", genre="report"
        ),
        "有一篇的单位不详": make_speech("戊", [Part("", text)], genre="report"),
        "两篇体裁不同": make_speech("己", [Part("", text)], organisation="柳浦镇人大"),
        "有缺失": make_speech("庚", [Part("", text)], completeness="gapped", **body),
        "篇幅很长": make_speech(
            "辛", [Part("", "水渠通到地头，" * 15_000)], date="2018-01-10", **body
        ),
    }
    for words, other in cases.items():
        assert words in read(client, other, older), words
    assert "左篇比右篇晚" in read(client, newer, older)
    assert client.get(f"/speeches/{older.pk}/compare/{older.pk}/").status_code == 404
    loose = client.get(f"/speeches/{cases['有一篇的单位不详'].pk}/compare/").content.decode()
    assert "单位或者体裁不详" in loose


def test_nothing_is_shown_of_what_is_withdrawn_or_closed(
    client: Client, reports: tuple[Speech, Speech]
) -> None:
    older, newer = reports
    Speech.objects.filter(pk=newer.pk).update(status=Speech.Status.DRAFT)
    for one, other in (reports, reports[::-1]):
        address = f"/speeches/{one.pk}/compare/{other.pk}/"
        for tail in ("", "export/"):
            response = client.get(address + tail)
            assert response.status_code == 404
            assert "议事会" not in response.getvalue().decode()
    assert newer.title not in client.get(f"/speeches/{older.pk}/compare/").content.decode()


def test_a_number_that_no_speech_can_have_is_not_found(
    client: Client, reports: tuple[Speech, Speech]
) -> None:
    known, never = reports[0].pk, 10**25
    for address in (f"{never}/compare/", f"{known}/compare/{never}/", f"{never}/compare/{known}/"):
        assert client.get(f"/speeches/{address}").status_code == 404
