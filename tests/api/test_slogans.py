"""Slogans and where they stand."""

from __future__ import annotations

import pytest

from corpus_app.catalog.models import Speech
from corpus_app.slogans.models import Slogan, SloganVariant
from tests.api.conftest import Ask
from tests.api.test_speeches import walk
from tests.search.factories import make_speech, mention_slogan

pytestmark = pytest.mark.django_db


def test_the_most_mentioned_slogans_stand_first_and_pages_join(ask: Ask, db: None) -> None:
    for number, text in enumerate(["甲机关", "乙机关", "丙机关", "丁机关"]):
        for _ in range(number % 3 + 1):
            mention_slogan(make_speech("讲话", [text + "要建好"]), text)
    whole = ask("/slogans")["items"]
    assert [one["mention_count"] for one in whole] == [3, 2, 1, 1]
    assert walk(ask, "/slogans", limit=1) == whole
    assert walk(ask, "/slogans", limit=3) == whole


def test_kind_and_words_narrow_the_list(ask: Ask, corpus: dict[str, Speech]) -> None:
    assert {one["kind"] for one in ask("/slogans", kind="counted")["items"]} == {"counted"}
    assert [one["text"] for one in ask("/slogans", q="四个机")["items"]] == ["四个机关"]


def test_a_slogan_shows_what_is_known_of_it(ask: Ask, corpus: dict[str, Speech]) -> None:
    slogan = Slogan.objects.get(text="四个机关")
    Slogan.objects.filter(pk=slogan.pk).update(members=["政治机关"], source_document="某文件")
    SloganVariant.objects.create(slogan=slogan, text="“四个机关”建设")
    answer = ask(f"/slogans/{slogan.pk}")
    assert answer["members"] == ["政治机关"]
    assert answer["source"]["document"] == "某文件"
    assert answer["variants"] == ["“四个机关”建设"]
    assert answer["first_date"] == "2023-05-06"
    assert answer["by_year"] == [{"year": 2023, "count": answer["mention_count"]}]


def test_mentions_point_into_the_text(ask: Ask, corpus: dict[str, Speech]) -> None:
    slogan = Slogan.objects.get(text="四个机关")
    (mention,) = ask(f"/slogans/{slogan.pk}/mentions")["items"]
    text = corpus["work"].current.text
    assert text[mention["start"] : mention["end"]] == mention["key"] == "四个机关"
    around = mention["left"] + mention["key"] + mention["right"]
    assert around in text
    assert mention["section"] == "3"


def test_mentions_in_drafts_are_not_told(ask: Ask, corpus: dict[str, Speech]) -> None:
    mention_slogan(corpus["draft"], "蒲原新提法", "选民")
    slogan = Slogan.objects.get(text="蒲原新提法")
    ask(f"/slogans/{slogan.pk}", 404)
    ask(f"/slogans/{slogan.pk}/mentions", 404)


def test_pages_of_mentions_join(ask: Ask, db: None) -> None:
    for day in ("", "2022-01-01", "2023-01-01", "", "2022-01-01"):
        mention_slogan(make_speech("讲话", ["建设四个机关"], date=day), "四个机关")
    slogan = Slogan.objects.get(text="四个机关")
    whole = ask(f"/slogans/{slogan.pk}/mentions")["items"]
    assert [one["date"] for one in whole] == ["2023-01-01", "2022-01-01", "2022-01-01", None, None]
    assert walk(ask, f"/slogans/{slogan.pk}/mentions", limit=1) == whole
