"""Atom feeds, read by a feed reader that is not ours."""

from __future__ import annotations

from typing import Any

import feedparser
import pytest
from django.test import Client
from lxml import html

from corpus_app.catalog.limits import INTERNAL
from corpus_app.catalog.models import Speech
from search import find_speech_ids, rebuild_index, run_search
from search.request import SearchRequest
from tests.search.factories import make_speech, make_theme, mention_slogan, tag_section

pytestmark = pytest.mark.django_db


def read_feed(client: Client, address: str, **headers: str) -> Any:
    answer = client.get(address, headers=headers)
    assert answer.status_code == 200, answer.content.decode()
    assert answer["Content-Type"].startswith("application/atom+xml")
    feed = feedparser.parse(answer.content)
    assert not feed.bozo, feed.get("bozo_exception")
    assert feed.version == "atom10"
    return feed


def list_titles(feed: Any) -> list[str]:
    return [entry.title for entry in feed.entries]


@pytest.fixture
def stations(speech: Speech) -> list[Speech]:
    """Speeches with 代表家站: two for everybody, one inside, one a draft; one has signs in it."""
    theme = make_theme("duty", "坐班接待", make_theme("station", "代表家站"))
    later = make_speech("<b>代表家站</b>\x02&观察", ["代表家站里的灯亮着。"], date="1998")
    inside = make_speech("内部", ["代表家站。"], access=INTERNAL)
    draft = make_speech("草稿", ["代表家站。"], published=False)
    for each in (later, inside, draft):
        tag_section(each, "1", theme)
        mention_slogan(each, "代表家站")
    rebuild_index()
    return [speech, later, inside, draft]


def test_each_feed_tells_what_came_online_last_and_may_be_seen(
    client: Client, stations: list[Speech]
) -> None:
    speech, later, *_hidden = stations
    named = f"tag:127.0.0.1,2026:speech-{later.pk}"
    slogan = later.current.mentions.get().slogan  # type: ignore[union-attr]
    theme, about = read_feed(client, "/themes/station/feed/"), f"/slogans/{slogan.pk}/feed/"
    for feed in (theme, read_feed(client, about)):
        assert [entry.id for entry in feed.entries] == [named]
    for address in ("/speeches/feed/", "/search/feed/?q=代表家站"):
        feed = read_feed(client, address)
        assert [entry.link for entry in feed.entries] == [
            f"http://testserver/speeches/{one.pk}/" for one in (later, speech)
        ]
        assert feed.entries[0].published_parsed <= feed.entries[0].updated_parsed
        assert "代表家站里的灯亮着" in feed.entries[0].summary
    assert read_feed(client, "/search/feed/?q=代表家站&year=1998").entries[0].id == named
    assert read_feed(client, "/search/feed/?q=没有的话").entries == []


def test_the_pages_lead_to_their_feeds(client: Client, stations: list[Speech]) -> None:
    for page in ("/", "/speeches/", "/themes/station/", "/search/?q=代表 -信访&level=county"):
        (link,) = html.fromstring(client.get(page).content.decode()).xpath(
            "//head/link[@type='application/atom+xml']/@href"
        )
        assert client.get(link).status_code == 200, link


def test_a_feed_that_is_held_is_sent_again_only_when_something_changed(
    client: Client, stations: list[Speech]
) -> None:
    address = "/search/feed/?q=代表家站"
    held = {"if-none-match": client.get(address)["ETag"]}
    assert client.get(address, headers=held).status_code == 304
    Speech.objects.filter(pk=stations[1].pk).update(title="改过的标题")
    changed = client.get(address, headers=held)
    assert changed.status_code == 200
    first = feedparser.parse(changed.content).entries[0]
    assert (first.title, first.id) == ("改过的标题", f"tag:127.0.0.1,2026:speech-{stations[1].pk}")


def test_what_cannot_be_read_is_refused_in_words(client: Client, stations: list[Speech]) -> None:
    for query, words in (("q=代表 OR", "检索式第"), ("q=代表&year_from=去年", "不是年份")):
        answer = client.get(f"/search/feed/?{query}")
        assert answer.status_code == 400
        assert words in answer.content.decode()
    for missing in ("/themes/nothing/feed/", "/slogans/99/feed/", f"/slogans/{2**70}/feed/"):
        assert client.get(missing).status_code == 404


def test_the_ids_that_a_search_finds_are_those_of_its_hits(stations: list[Speech]) -> None:
    for text in ("", "代表家站", "灯 | 履职", "没有的话"):
        for unit in ("speech", "section"):
            asked = SearchRequest(text=text, unit=unit, per_page=None)  # type: ignore[arg-type]
            hits = run_search(asked).hits
            assert find_speech_ids(asked) == sorted({hit.speech_id for hit in hits})
