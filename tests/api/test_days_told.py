"""No address gives a day of publication or update as the day of a speech."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils.translation import override
from lxml import html as lxml_html

from corpus_app.catalog.fields import apply_fields
from corpus_app.catalog.models import Speech
from corpus_app.slogans.models import Slogan
from corpus_app.structure.sources import name_source
from search.index.indexing import index_speeches
from search.suggest.corpus import forget_suggestions
from tests.api.conftest import Ask
from tests.search.factories import Part, make_speech, make_theme, mention_slogan, tag_section

pytestmark = pytest.mark.django_db
# What each speech bears, and what day that is: no two of one day.
BORNE = {
    "2021-05-06": ("delivered", {"delivered": "2021-05-06", "published": "2021-05-07"}),
    "2022-05-08": ("published", {"published": "2022-05-08"}),
    "2023-06-09": ("updated", {"updated": "2023-06-09"}),
    "2024-01-20": ("published", {"delivered": "2024", "published": "2024-01-20"}),
}
KIND_OF = {day: kind for day, (kind, _) in BORNE.items()}
WORDS = {"delivered": "", "published": "发布", "updated": "更新"}
LABELS = {"delivered": "讲话日期", "published": "发表日期", "updated": "更新日期"}
WORD = "代表家站"
PROXIES = sum(kind != "delivered" for kind in KIND_OF.values())


@pytest.fixture
def dated(index_folder: Path, db: None) -> Iterator[list[Speech]]:
    """A speech for each kind of day, all with one word, one theme and one slogan."""
    cache.clear()
    forget_suggestions()
    theme = make_theme("stations", "家站建设")
    speeches = []
    for at, (_, days) in enumerate(BORNE.values()):
        body = [Part("办好家站", f"第{at}次说：要办好{WORD}。", marker="一、")]
        speech = make_speech(f"在青芜县第{at}次会议上的讲话", body)
        apply_fields(speech, days)
        speech.save()
        tag_section(speech, "1", theme)
        mention_slogan(speech, WORD)
        speeches.append(speech)
    Slogan.objects.update(registered=True)
    index_speeches([speech.pk for speech in speeches])
    with override("zh-hans"):
        yield speeches


def list_pages(speeches: list[Speech]) -> list[str]:
    """Return the addresses of all pages that show days of speeches."""
    slogan = Slogan.objects.get()
    return [
        "/",
        "/speeches/",
        *(f"/speeches/{speech.pk}/" for speech in speeches),
        f"/search/?q={WORD}",
        f"/search/?q={WORD}&unit=section",
        f"/concordance/?q={WORD}",
        "/themes/stations/",
        f"/slogans/{slogan.pk}/",
    ]


def list_dates(answer: Any) -> Iterator[tuple[str, str]]:
    """Yield every date with its kind, wherever it stands in a JSON answer."""
    if isinstance(answer, list):
        for one in answer:
            yield from list_dates(one)
    elif isinstance(answer, dict):
        for name in ("date", "first_date"):
            if answer.get(name) in KIND_OF:
                yield answer[name], answer[f"{name}_kind"]
        for one in answer.values():
            yield from list_dates(one)


def test_every_page_says_what_day_a_shown_day_is(client: Client, dated: list[Speech]) -> None:
    for address in list_pages(dated):
        response = client.get(address)
        assert response.status_code == 200, address
        page = lxml_html.document_fromstring(response.content.decode())
        shown = [
            (
                time.get("datetime"),
                time.text_content() + time.xpath("string(../*[@class='day-kind'])"),
            )
            for time in page.iter("time")
            if time.get("datetime") in KIND_OF
        ]
        assert shown, address
        for day, words in shown:
            assert words.endswith(WORDS[KIND_OF[day]] or ("日", "-06")), (address, words)


def test_every_answer_of_the_interface_says_it_too(ask: Ask, dated: list[Speech]) -> None:
    slogan = Slogan.objects.get()
    addresses: list[tuple[str, dict[str, Any]]] = [
        ("/speeches", {}),
        *((f"/speeches/{speech.pk}", {}) for speech in dated),
        ("/search", {"q": WORD}),
        ("/concordance", {"q": WORD}),
        (f"/slogans/{slogan.pk}", {}),
        (f"/slogans/{slogan.pk}/mentions", {}),
        ("/themes/stations/passages", {}),
    ]
    for address, params in addresses:
        told = list(list_dates(ask(address, **params)))
        assert told, address
        assert all(KIND_OF[day] == kind for day, kind in told), (address, told)
    assert ask("/search", q=WORD)["searched"]["proxies"] == PROXIES


def test_every_row_of_a_table_says_it(client: Client, dated: list[Speech]) -> None:
    for address in (f"/search/export/?q={WORD}", f"/concordance/export/?q={WORD}"):
        response = client.get(f"{address}&format=json")
        body = b"".join(response.streaming_content) if response.streaming else response.content
        table = json.loads(body)
        rows = [dict(zip(table["columns"], row, strict=True)) for row in table["rows"]]
        assert {row["日期"]: row["日期性质"] for row in rows} == {
            day: LABELS[kind] for day, kind in KIND_OF.items()
        }
        assert f"其中 {PROXIES} 篇的讲话日期不详" in json.dumps(table, ensure_ascii=False)


def test_copied_words_never_give_another_day_as_that_of_the_speech(
    ask: Ask, dated: list[Speech]
) -> None:
    for speech in dated:
        forms = {one["form"]: one["text"] for one in ask("/citations", speech=speech.pk)["forms"]}
        year, month, day = (int(part) for part in speech.date.split("-"))
        written = f"{year}年{month}月{day}日{WORDS[speech.day.kind]}"
        assert written in forms["sourced"]
        assert forms["sourced"].count("年") == 1
        assert written in name_source(speech, "")


def test_counts_by_year_say_how_many_stand_there_by_another_day_and_can_leave_them_out(
    client: Client, ask: Ask, dated: list[Speech]
) -> None:
    page = lxml_html.document_fromstring(client.get(f"/trends/?expression={WORD}").content.decode())
    (note,) = page.find_class("trend-proxies")
    assert f"其中 {PROXIES} 篇的讲话日期不详" in note.text_content()
    without = note.xpath(".//a/@href")[0]
    narrowed = lxml_html.document_fromstring(client.get(f"/trends/{without}").content.decode())
    assert not narrowed.find_class("trend-proxies")
    answer = ask("/trends", expression=WORD, date_kind="delivered")
    assert [period["label"] for period in answer["periods"]] == ["2021"]
    assert ask("/trends", expression=WORD)["searched"]["proxies"] == PROXIES
    for address in ("/themes/stations/", f"/slogans/{Slogan.objects.get().pk}/"):
        assert f"其中 {PROXIES} 处的讲话日期不详" in client.get(address).content.decode()


def test_the_facet_shows_where_it_parts_the_hits_alone(client: Client, dated: list[Speech]) -> None:
    assert "日期性质" in client.get(f"/search/?q={WORD}").content.decode()
    assert "日期性质" not in client.get(f"/search/?q={WORD}&year=2021").content.decode()


def test_every_way_to_narrow_leaves_the_same_speeches(ask: Ask, dated: list[Speech]) -> None:
    for kind in WORDS:
        wanted = {speech.pk for speech in dated if speech.day.kind == kind}
        listed = ask("/speeches", date_kind=kind)["items"]
        found = ask("/search", q=WORD, date_kind=kind)["items"]
        asked = ask("/search", q=f"{WORD} 日期性质:{LABELS[kind]}")["items"]
        assert {one["id"] for one in listed} == wanted
        assert {one["speech"] for one in found} == wanted
        assert {one["speech"] for one in asked} == wanted
