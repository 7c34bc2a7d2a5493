"""Speeches, their texts, outlines and sections."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from corpus_app.catalog.models import Organisation, Speech, SpeechAlias
from tests.api.conftest import Ask
from tests.search.factories import Part, add_revision, make_speech

pytestmark = pytest.mark.django_db


def list_ids(answer: Any) -> list[int]:
    return [speech["id"] for speech in answer["items"]]


def walk(ask: Ask, path: str, **params: Any) -> list[Any]:
    page = ask(path, **params)
    found = list(page["items"])
    while page["next_cursor"]:
        page = ask(path, cursor=page["next_cursor"], **params)
        found += page["items"]
    return found


def test_the_list_shows_published_speeches_newest_first(
    ask: Ask, corpus: dict[str, Speech]
) -> None:
    answer = ask("/speeches")
    assert list_ids(answer) == [corpus["work"].pk, corpus["training"].pk]
    assert answer["total"] == 2
    assert answer["items"][0]["date"] == "2023-05-06"


@pytest.mark.parametrize(
    ("params", "found"),
    [
        ({"year": 2021}, ["training"]),
        ({"year": [2021, 2023]}, ["work", "training"]),
        ({"level": "county"}, ["work"]),
        ({"genre": "training"}, ["training"]),
        ({"completeness": "gapped"}, []),
        ({"theme": "duty"}, ["work"]),
        ({"theme": "station"}, ["work"]),
        ({"theme": "station", "year": 2021}, []),
    ],
)
def test_filters_narrow_the_list(
    ask: Ask, corpus: dict[str, Speech], params: dict[str, Any], found: list[str]
) -> None:
    answer = ask("/speeches", **params)
    assert list_ids(answer) == [corpus[name].pk for name in found]
    assert answer["total"] == len(found)


def test_an_organisation_is_asked_for_by_its_full_name(ask: Ask, corpus: dict[str, Speech]) -> None:
    body = Organisation.objects.create(name="青芜县人大常委会")
    Speech.objects.filter(pk=corpus["work"].pk).update(organisation=body)
    assert list_ids(ask("/speeches", organisation=body.name)) == [corpus["work"].pk]
    assert list_ids(ask("/speeches", organisation="青芜县")) == []


def test_pages_join_to_the_whole_list_with_undated_speeches_last(ask: Ask, db: None) -> None:
    for number in range(7):
        made = make_speech(f"讲话{number}", ["正文"], date="2022-05-06" if number % 2 else "")
        if number == 3:
            Speech.objects.filter(pk=made.pk).update(date_start=dt.date(2024, 1, 1))
    whole = list_ids(ask("/speeches"))
    for limit in (1, 2, 3, 7):
        assert [one["id"] for one in walk(ask, "/speeches", limit=limit)] == whole
    undated = set(Speech.objects.filter(date_start=None).values_list("pk", flat=True))
    assert set(whole[-4:]) == undated


def test_a_speech_published_meanwhile_neither_repeats_nor_hides_one(ask: Ask, db: None) -> None:
    made = [make_speech(f"讲话{n}", ["正文"], date=f"2022-05-{n:02}").pk for n in range(1, 5)]
    first = ask("/speeches", limit=2)
    make_speech("更新的讲话", ["正文"], date="2023-01-01")
    rest = ask("/speeches", limit=2, cursor=first["next_cursor"])
    assert list_ids(first) + list_ids(rest) == made[::-1]


def test_a_speech_comes_with_text_outline_gaps_and_slogans(
    ask: Ask, corpus: dict[str, Speech]
) -> None:
    speech = corpus["work"]
    answer = ask(f"/speeches/{speech.pk}")
    assert answer["text"] == speech.current.text
    assert answer["speaker"] == "林知远"
    assert answer["revision"]["number"] == 1
    assert answer["revision"]["sha256"] == speech.current.upload.sha256
    assert answer["gaps"] == []
    keys = list(speech.current.sections.order_by("position").values_list("key", flat=True))
    assert [section["key"] for section in answer["sections"]] == keys
    parents = {section["key"]: section["parent"] for section in answer["sections"]}
    assert parents["2.1"] == "2"
    slogans = {one["text"]: one["mentions"] for one in answer["slogans"]}
    start, end = slogans["四个机关"][0]
    assert answer["text"][start:end] == "四个机关"


def test_a_gap_is_told(ask: Ask, db: None) -> None:
    speech = make_speech("有缺失", [Part("一节", "看得见的字")], gap_in="看得见", date="2022")
    gap = {"kind": "hidden", "offset": 3, "hidden_chars": None, "note": ""}
    assert ask(f"/speeches/{speech.pk}")["gaps"] == [gap]
    assert ask(f"/speeches/{speech.pk}/text")["gaps"] == [gap]
    assert ask(f"/speeches/{speech.pk}/sections/1")["gaps"] == [gap]


def test_a_section_is_its_part_of_the_text(ask: Ask, corpus: dict[str, Speech]) -> None:
    text = corpus["work"].current.text
    for section in ask(f"/speeches/{corpus['work'].pk}/sections")["sections"]:
        one = ask(f"/speeches/{corpus['work'].pk}/sections/{section['key']}")
        assert one["text"] == text[section["start"] : section["end"]]
        assert {name: one[name] for name in section} == section


def test_an_older_revision_is_still_there(ask: Ask, db: None) -> None:
    speech = make_speech("改过的讲话", [Part("旧标题", "旧文")])
    add_revision(speech, [Part("新标题", "新文")], number=2)
    assert "新文" in ask(f"/speeches/{speech.pk}/text")["text"]
    old = ask(f"/speeches/{speech.pk}/text", revision=1)
    assert (old["revision"], "旧文" in old["text"]) == (1, True)
    assert ask(f"/speeches/{speech.pk}/sections/1", revision=1)["heading"] == "旧标题"
    ask(f"/speeches/{speech.pk}/text", 404, revision=3)


@pytest.mark.parametrize("path", ["", "/text", "/sections", "/sections/1"])
def test_drafts_and_withdrawn_speeches_are_not_there_even_for_editors(
    ask: Ask, corpus: dict[str, Speech], admin_client: Client, path: str
) -> None:
    withdrawn = corpus["training"]
    Speech.objects.filter(pk=withdrawn.pk).update(status="withdrawn")
    for speech in (corpus["draft"], withdrawn):
        ask(f"/speeches/{speech.pk}{path}", 404)
        assert admin_client.get(f"/api/v1/speeches/{speech.pk}{path}").status_code == 404


def test_a_merged_speech_leads_to_the_living_one(client: Client, corpus: dict[str, Speech]) -> None:
    SpeechAlias.objects.create(old_id=9999, speech=corpus["work"])
    response = client.get("/api/v1/speeches/9999/sections/1?revision=1")
    assert response.status_code == 308
    assert response["Location"] == f"/api/v1/speeches/{corpus['work'].pk}/sections/1?revision=1"
