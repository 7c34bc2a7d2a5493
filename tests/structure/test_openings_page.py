"""Openings and closings: whose, narrowed how, copied with what."""

from __future__ import annotations

import pytest
from django.test import Client

from corpus_app.catalog.models import Gap, Revision, Speech
from corpus_app.structure import views
from tests.structure.conftest import list_titles, publish_many, read

pytestmark = pytest.mark.django_db


def list_words(page) -> list[str]:
    return [p.text_content() for p in page.xpath("//div[@class='frame-words']/p")]


def test_it_shows_how_published_speeches_open(
    client: Client, work: Speech, training: Speech, draft: Speech
) -> None:
    page = read(client, "/structure/openings/")
    assert list_titles(page) == [work.title, training.title]
    assert "今天召开全县人大工作会议，主要任务是" in "".join(list_words(page))
    assert not [words for words in list_words(page) if words.startswith("一、")]


def test_it_shows_how_they_close(client: Client, work: Speech, training: Speech) -> None:
    words = list_words(read(client, "/structure/openings/?part=closing"))
    assert words == [
        "同志们，做好人大工作责任重大。让我们脚踏实地、一步一个脚印，把各项任务落到实处！",
        "最后，预祝培训班圆满成功，祝各位代表学有所获！",
    ]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("genre=training", ["training"]),
        ("occasion=工作会议", ["work"]),
        ("year=2021&part=closing", ["training"]),
        ("theme=stations", ["work"]),
        ("part=nonsense", ["work", "training"]),
        ("occasion=没有这样的会", []),
    ],
)
def test_it_is_narrowed(
    client: Client, work: Speech, training: Speech, query: str, found: list[str]
) -> None:
    titles = {"work": work.title, "training": training.title}
    page = read(client, f"/structure/openings/?{query}")
    assert list_titles(page) == [titles[name] for name in found]


def test_level_is_a_filter_too(client: Client, work: Speech, training: Speech) -> None:
    Speech.objects.filter(pk=work.pk).update(level="county")
    Speech.objects.filter(pk=training.pk).update(level="prefecture")
    assert list_titles(read(client, "/structure/openings/?level=county")) == [work.title]


def test_the_form_carries_the_part_along(client: Client, work: Speech) -> None:
    page = read(client, "/structure/openings/?part=closing&year=2023")
    assert page.xpath("//form//input[@name='part']/@value") == ["closing"]
    assert page.xpath("//a[text()='开头']/@href") == ["?year=2023&part=opening"]


def test_each_can_be_cited_and_gathered_whole(client: Client, work: Speech) -> None:
    page = read(client, "/structure/openings/?part=closing")
    (address,) = page.xpath("//a[@data-cite]/@href")
    assert "落到实处！" in read(client, address).text_content()
    assert page.xpath("//a[@data-gather]/@href") == [f"{address}#gather"]


def test_a_gap_inside_is_shown(client: Client, work: Speech) -> None:
    opening = work.current.sections.get(kind="opening")
    Gap.objects.create(revision=work.current, kind="hidden", offset=opening.end - 5)
    assert read(client, "/structure/openings/").xpath("//*[@class='gap-word']")
    assert not read(client, "/structure/openings/?part=closing").xpath("//*[@class='gap-word']")


def test_an_overlong_opening_is_cut_and_leads_on(client: Client, work: Speech) -> None:
    text = "开场白很长。" * 200
    Revision.objects.filter(pk=work.current_id).update(text=text)
    work.current.sections.filter(kind="opening").update(end=len(text))
    page = read(client, "/structure/openings/")
    assert len("".join(list_words(page))) < 700
    assert page.xpath("//a[text()='看全段']/@href") == [f"{work.get_absolute_url()}#0"]


def test_it_is_parted_into_pages(
    client: Client, work: Speech, training: Speech, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "PARTS_PER_PAGE", 1)
    page = read(client, "/structure/openings/?part=closing&page=2")
    assert list_titles(page) == [training.title]
    assert page.xpath("//a[@rel='prev']/@href") == ["?part=closing&page=1"]


def test_it_asks_the_database_as_often_for_many_as_for_one(
    client: Client, work: Speech, django_assert_max_num_queries, forget_kept
) -> None:
    client.get("/structure/openings/")
    forget_kept()
    with django_assert_max_num_queries(9) as few:
        client.get("/structure/openings/")
    publish_many(6)
    forget_kept()
    with django_assert_max_num_queries(len(few)):
        assert len(list_titles(read(client, "/structure/openings/"))) == 7
