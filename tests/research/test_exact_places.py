"""What is listed leads to the very characters, not only to their section."""

from __future__ import annotations

import json
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from corpus_app.catalog.models import Section, Speech
from corpus_app.slogans.models import Slogan
from search.index.indexing import index_speeches
from tests.research.conftest import read, read_body
from tests.search.factories import Part, add_revision, make_speech, mention_slogan

pytestmark = pytest.mark.django_db
# Twice in one section, with white space inside once, and in a heading.
PARTS = [
    Part("用好代表家站", "代表家站要常开，代表\n家站要开好。", marker="一、"),
    Part("别的", "没有要找的字句，还有一处代表家站在这里。", marker="二、"),
]


@pytest.fixture
def speech(corpus: dict[str, Speech]) -> Speech:
    speech = make_speech("在柳汀县代表座谈会上的讲话", PARTS, date="2024-03-04")
    add_revision(speech, [Part("旧", "旧稿")], number=2)
    add_revision(speech, PARTS, number=3)
    mention_slogan(speech, "代表家站", "代表家站在")
    index_speeches([speech.pk])
    return speech


def read_marked(client: Client, link: str) -> tuple[int, int]:
    """Follow the link; return the span it names after the page was seen to mark its words."""
    parts = urlsplit(link)
    page = read(client, f"{parts.path}?{parts.query}")
    start, end = map(int, parse_qs(parts.query)["hl"][0].split("-"))
    words = "".join(page.xpath("//*[@data-text]//mark[contains(@class, 'cited')]//text()"))
    assert "".join(words.split()) == "代表家站"
    if parts.fragment:
        assert page.xpath(f"//*[@id='{parts.fragment}']")
    return start, end


def list_places(speech: Speech) -> set[tuple[int, int]]:
    """Return where 代表家站 stands in the text, white space inside it allowed, by brute force."""
    assert speech.current
    text = speech.current.text
    return {
        (start, end)
        for start in range(len(text))
        for end in range(start + 4, start + 6)
        if "".join(text[start:end].split()) == "代表家站"
        and text[start:end] == text[start:end].strip()
    }


def own(links: list[str], speech: Speech) -> list[str]:
    return [link for link in links if urlsplit(link).path == f"/speeches/{speech.pk}/"]


def test_each_line_of_the_concordance_leads_to_characters_of_its_own(
    client: Client, speech: Speech
) -> None:
    page = read(client, "/concordance/?q=“代表家站”")
    links = own(page.xpath("//td[@class='kwic-key']/a/@href"), speech)
    spans = [read_marked(client, link) for link in links]
    assert len(spans) == len(set(spans))
    assert set(spans) == list_places(speech)


def test_each_exported_line_leads_to_its_characters_of_its_revision(
    client: Client, speech: Speech
) -> None:
    table = json.loads(read_body(client.get("/concordance/export/?q=“代表家站”&format=json")))
    links = [row[table["columns"].index("链接")] for row in table["rows"]]
    links = own(links, speech)
    assert {read_marked(client, link) for link in links} == list_places(speech)
    assert {parse_qs(urlsplit(link).query)["rev"][0] for link in links} == {"3"}


@pytest.mark.parametrize("unit", ["speech", "section"])
def test_each_exported_hit_and_each_passage_leads_to_its_best_match(
    client: Client, speech: Speech, unit: str
) -> None:
    query = f"q=“代表家站”&unit={unit}"
    table = json.loads(read_body(client.get(f"/search/export/?{query}&format=json")))
    links = own([row[table["columns"].index("链接")] for row in table["rows"]], speech)
    page = read(client, f"/search/?{query}")
    links += own(page.xpath("//p[@class='passage-text']/a/@href"), speech)
    assert len(links) >= 3
    assert {read_marked(client, link) for link in links} <= list_places(speech)


def test_an_exported_link_leads_to_the_same_words_after_an_edit(
    client: Client, speech: Speech
) -> None:
    table = json.loads(read_body(client.get("/concordance/export/?q=“代表家站”&format=json")))
    links = own([row[table["columns"].index("链接")] for row in table["rows"]], speech)
    add_revision(speech, [Part("添了一段在前面的字", "新"), *PARTS], number=4)
    for link in links:
        read_marked(client, link)


def test_a_passage_of_a_slogan_leads_to_its_mention(client: Client, speech: Speech) -> None:
    slogan = Slogan.objects.get(text="代表家站")
    page = read(client, slogan.get_absolute_url())
    links = own(page.xpath("//p[@class='passage-text']/a/@href"), speech)
    mention = slogan.mentions.get(revision=speech.current)
    starts = [int(parse_qs(urlsplit(link).query)["hl"][0].split("-")[0]) for link in links]
    assert starts == [mention.start]


@pytest.mark.parametrize("address", ["concordance?q=“代表家站”", "slogans/{slogan}/mentions"])
def test_the_interface_leads_to_the_characters_too(
    client: Client, speech: Speech, address: str
) -> None:
    slogan = Slogan.objects.get(text="代表家站")
    answer = client.get(f"/api/v1/{address.format(slogan=slogan.pk)}").json()
    items = [item for item in answer["items"] if item["speech"] == speech.pk]
    assert items
    for item in items:
        query = parse_qs(urlsplit(item["url"]).query)
        assert query["hl"] == [f"{item['start']}-{item['end']}"]
        assert query["rev"] == ["3"]


def test_the_passages_of_a_search_over_the_interface_bear_their_offsets(
    client: Client, speech: Speech
) -> None:
    hits = client.get("/api/v1/search?q=“代表家站”").json()["items"]
    (hit,) = [hit for hit in hits if hit["speech"] == speech.pk]
    found = {(passage["start"], passage["end"]) for passage in hit["passages"]}
    assert found <= list_places(speech)
    assert len(found) == 2


def test_a_match_in_the_title_leads_to_the_page_itself(
    client: Client, corpus: dict[str, Speech]
) -> None:
    page = read(client, "/concordance/?q=“青芜县”")
    (link,) = own(page.xpath("//td[@class='kwic-key']/a/@href"), corpus["first"])
    assert "hl=" not in link
    assert Section.objects.filter(revision=corpus["first"].current).exists()
