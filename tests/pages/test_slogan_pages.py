"""Slogans: the list by kind and the page of one."""

from __future__ import annotations

import pytest
from django.test import Client
from lxml import html as lxml_html

from corpus_app.catalog.models import Speech
from corpus_app.slogans.mentions import record_all
from corpus_app.slogans.models import Slogan
from search.index.indexing import index_speeches
from tests.intake.people import enter
from tests.pages.variety import store_many
from tests.search.factories import make_speech, mention_slogan

pytestmark = pytest.mark.django_db


@pytest.fixture
def organs(speech: Speech) -> Slogan:
    slogan, _made = Slogan.objects.update_or_create(
        text="四个机关",
        defaults={
            "kind": "counted",
            "registered": True,
            "members": ["政治机关", "国家权力机关", "工作机关", "代表机关"],
        },
    )
    slogan.variants.create(text="“四个机关”建设")
    record_all()
    return slogan


def read(client: Client, address: str):
    response = client.get(address)
    assert response.status_code == 200
    return lxml_html.document_fromstring(response.content.decode())


def list_rows(page) -> list[str]:
    return page.xpath("//tbody//th/a/text()")


def test_the_list_shows_registered_slogans_and_others_on_request(
    client: Client, organs: Slogan
) -> None:
    assert list_rows(read(client, "/slogans/")) == ["四个机关"]
    assert "民有所呼、我有所应" in list_rows(read(client, "/slogans/?all=1"))


def test_what_any_sentence_says_is_not_said_to_stand_nowhere_without_marks(
    client: Client,
) -> None:
    slogan = Slogan.objects.create(text="走出去", kind="quoted", registered=True)
    index_speeches([make_speech("题", ["代表走出去听民声。"]).pk])
    record_all()
    page = read(client, slogan.get_absolute_url())
    section = page.xpath("//section[@aria-labelledby='slogan-passages']")[0]
    assert "还没有加了引号的" in section.text_content()
    assert "“走出去”只算加了引号的" in section.text_content()
    (link,) = section.xpath(".//p[contains(@class, 'meta')]/a/@href")
    assert len(read(client, link).xpath("//li[@data-hit-item]")) == 1


def test_a_short_slogan_that_means_nothing_else_is_counted_without_marks_too(
    client: Client,
) -> None:
    slogan = Slogan.objects.create(text="同心圆", kind="quoted", registered=True)
    index_speeches([make_speech("题", ["画好同心圆。"]).pk])
    record_all()
    words = read(client, slogan.get_absolute_url()).text_content()
    assert "出现 1 处" in words
    assert "只算加了引号的" not in words


def test_a_longer_slogan_is_counted_with_and_without_quotation_marks(
    client: Client, organs: Slogan
) -> None:
    assert "只算加了引号的" not in read(client, organs.get_absolute_url()).text_content()


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("kind=counted", True),
        ("kind=parallel", False),
        ("words=机关", True),
        ("words=没有", False),
        ("sort=first", True),
        ("kind=nonsense&sort=nonsense&page=zz", True),
    ],
)
def test_the_list_is_narrowed_by_kind_and_words(
    client: Client, organs: Slogan, query: str, shown: bool
) -> None:
    assert ("四个机关" in list_rows(read(client, f"/slogans/?{query}"))) is shown


def test_the_page_lists_what_a_counted_slogan_counts(client: Client, organs: Slogan) -> None:
    page = read(client, f"/slogans/{organs.pk}/")
    assert page.xpath("//ol[contains(@class, 'members')]/li/text()") == organs.members
    assert "“四个机关”建设" in page.text_content()


def test_the_page_marks_the_slogan_in_its_passages_and_leads_there(
    client: Client, organs: Slogan, speech: Speech
) -> None:
    page = read(client, f"/slogans/{organs.pk}/")
    assert page.xpath("//article//mark/text()")
    (link,) = page.xpath("//article[1]//p[contains(@class, 'passage-text')]/a/@href")
    assert link.startswith(f"/speeches/{speech.pk}/?q=")
    assert "#" in link


def test_the_page_says_so_where_no_source_is_known(client: Client, organs: Slogan) -> None:
    assert "未核实" in read(client, f"/slogans/{organs.pk}/").text_content()
    Slogan.objects.filter(pk=organs.pk).update(sourced=True, source_document="某文件")
    words = read(client, f"/slogans/{organs.pk}/").text_content()
    assert "未核实" not in words
    assert "某文件" in words


def test_a_wording_without_source_is_never_called_standard(client: Client, organs: Slogan) -> None:
    wording = "建设“四个机关”"
    Slogan.objects.filter(pk=organs.pk).update(standard=wording)
    page = read(client, f"/slogans/{organs.pk}/")
    assert "规范表述" not in page.text_content()
    assert client.get(f"/api/v1/slogans/{organs.pk}").json()["standard"] == ""
    Slogan.objects.filter(pk=organs.pk).update(
        sourced=True,
        source_document="蒲原市代表条例",
        source_place="第四条第二款",
        source_quote="要建设“四个机关”。",
    )
    (side,) = read(client, f"/slogans/{organs.pk}/").xpath("//aside[@class='side']")
    words = "".join(side.text_content().split())
    assert f"规范表述{wording}" in words
    assert "蒲原市代表条例第四条第二款" in words
    assert "要建设“四个机关”。" in words
    answer = client.get(f"/api/v1/slogans/{organs.pk}").json()
    assert (answer["standard"], answer["source"]["place"]) == (wording, "第四条第二款")


@pytest.mark.parametrize("number", [999_999, 10**30])
def test_an_unknown_slogan_is_not_found(client: Client, number: int) -> None:
    assert client.get(f"/slogans/{number}/").status_code == 404


def test_it_asks_the_database_as_often_for_many_as_for_few(
    client: Client, organs: Slogan, django_assert_max_num_queries
) -> None:
    with django_assert_max_num_queries(12) as few:
        client.get(f"/slogans/{organs.pk}/")
    with django_assert_max_num_queries(5) as few_rows:
        client.get("/slogans/?all=1")
    store_many(6)
    with django_assert_max_num_queries(len(few)):
        client.get(f"/slogans/{organs.pk}/")
    with django_assert_max_num_queries(len(few_rows)):
        client.get("/slogans/?all=1")


@pytest.mark.parametrize(
    ("stored", "first", "last", "shown"),
    [
        ("1984", "1984-01-01", "1984-12-31", "1984"),
        ("1984-03", "1984-03-01", "1984-03-31", "1984-03"),
        ("1984-03-05", "1984-03-05", "1984-03-05", "1984-03"),
    ],
)
def test_a_stored_year_is_shown_as_a_year(
    client: Client, speech: Speech, organs: Slogan, stored: str, first: str, last: str, shown: str
) -> None:
    Speech.objects.filter(pk=speech.pk).update(delivered=stored, date_start=first, date_end=last)
    (row,) = read(client, "/slogans/").xpath("//tbody/tr")
    assert [td.text_content().strip() for td in row.xpath("td")[-2:]] == [shown, shown]
    answer = client.get(f"/api/v1/slogans/{organs.pk}").json()
    assert answer["first_date"] == stored


def test_the_chart_leaves_a_year_without_text_empty_and_says_what_is_undated(
    client: Client, speech: Speech, other: Speech, organs: Slogan
) -> None:
    # 2015 and 2023 mention it, 2021 has a speech that does not, the years between have none.
    store_many(1)
    page = read(client, organs.get_absolute_url())
    rows = page.xpath("//figure//tbody/tr")
    shown = {row.xpath("normalize-space(th)"): row.xpath("normalize-space(td)") for row in rows}
    assert shown["2021"] == "0"
    assert [year for year, count in shown.items() if count == "—"] == [
        "2016—2020 无文稿",
        "2022 无文稿",
    ]
    note = page.xpath("string(//figure/p)")
    assert "没有文稿的年份：2016—2020、2022" in note
    assert "日期不详：0 处" in note
    years = client.get(f"/api/v1/slogans/{organs.pk}").json()["by_year"]
    counts = {one["year"]: one["count"] for one in years}
    assert (counts[2021], counts[2022]) == (0, None)


def test_seen_last_sorts_by_the_last_sighting(client: Client) -> None:
    seen = {"早已有之": "2001", "新近才有": "2015-02", "一直都有": "1999-03-04 2020"}
    for words, days in seen.items():
        for day in days.split():
            mention_slogan(make_speech(parts=[words], date=day), words)
    Slogan.objects.update(registered=True)
    assert list_rows(read(client, "/slogans/?sort=last")) == ["一直都有", "新近才有", "早已有之"]
    assert list_rows(read(client, "/slogans/?sort=first")) == ["一直都有", "早已有之", "新近才有"]
    cells = read(client, "/slogans/?sort=last").xpath("//tbody/tr[1]/td/text()")
    assert cells[-2:] == ["1999-03", "2020"]


def test_the_button_that_refuses_a_mention_stands_inside_its_passage(organs: Slogan) -> None:
    page = read(enter("editor"), f"/slogans/{organs.pk}/")
    passages = page.find_class("passage")
    assert passages
    for passage in passages:
        assert passage.xpath(".//button[@value='refuse']/text()") == ["排除这一处"]
    assert len(page.xpath("//button[@value='refuse']")) == len(passages)


def test_a_reader_sees_no_button_that_refuses_a_mention(client: Client, organs: Slogan) -> None:
    assert not read(client, f"/slogans/{organs.pk}/").xpath("//button[@value='refuse']")


def store_older_wording(day: str) -> Speech:
    speech = make_speech("讲话", ["要依法监督一府两院的工作。"], date=day)
    Slogan.objects.update_or_create(
        text="一府两院",
        defaults={
            "kind": "counted",
            "registered": True,
            "standard": "一府两院",
            "sourced": True,
            "source_document": "某报告",
            "source_quote": "加强对“一府两院”的监督。",
        },
    )
    Slogan.objects.update_or_create(
        text="一府一委两院", defaults={"kind": "counted", "registered": True}
    )
    return speech


def test_an_older_wording_says_what_took_its_place_and_is_no_standard(client: Client) -> None:
    store_older_wording("2012-03-05")
    old = Slogan.objects.get(text="一府两院")
    (side,) = read(client, f"/slogans/{old.pk}/").xpath("//aside[@class='side']")
    words = "".join(side.text_content().split())
    assert "旧提法，至迟自2018年3月起作“一府一委两院”" in words
    assert "中华人民共和国宪法第一百零四条" in words
    assert "规范表述" not in words
    answer = client.get(f"/api/v1/slogans/{old.pk}").json()
    assert answer["standard"] == ""
    assert answer["superseded_by"]["text"] == "一府一委两院"
    assert answer["superseded_by"]["since"] == "2018-03"
    assert "旧提法" in read(client, "/slogans/").text_content()


def test_the_newer_wording_names_the_older_one(client: Client) -> None:
    store_older_wording("2012-03-05")
    new = Slogan.objects.get(text="一府一委两院")
    (side,) = read(client, f"/slogans/{new.pk}/").xpath("//aside[@class='side']")
    words = "".join(side.text_content().split())
    assert "曾用的旧提法一府两院至迟自2018年3月起不再使用党的十八大报告" in words
    assert client.get(f"/api/v1/slogans/{new.pk}").json()["superseded_by"] is None


@pytest.mark.parametrize(
    ("day", "sentence", "flagged"),
    [
        ("2012-03-05", "当时的提法，至迟自2018年3月起作“一府一委两院”", False),
        ("2023-03-05", "旧提法，至迟自2018年3月起作“一府一委两院”", True),
        ("", "至迟自2018年3月起作“一府一委两院”，请对照讲话时间", True),
    ],
)
def test_a_speech_shows_it_by_its_own_date(
    client: Client, day: str, sentence: str, flagged: bool
) -> None:
    speech = store_older_wording(day)
    page = read(client, f"/speeches/{speech.pk}/?show=suspects")
    assert sentence in page.text_content()
    notes = page.xpath("//span[@class='suspect']/text()")
    assert notes == (["一府两院"] if flagged else [])
    desk = enter("editor").get(f"/intake/{speech.pk}/").content.decode()
    assert ("至迟自2018年3月起作" in desk) is flagged
