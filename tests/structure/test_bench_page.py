"""The outline bench: whose skeletons stand there, how deep, in which order."""

from __future__ import annotations

import pytest
from django.test import Client

from corpus_app.catalog.models import Gap, Speech
from corpus_app.structure import views
from corpus_app.themes.models import SectionTheme, Theme
from tests.catalog.speeches import WORK_CONFERENCE, store
from tests.structure.conftest import list_titles, publish_many, read

pytestmark = pytest.mark.django_db


def list_headings(page, level: str) -> list[str]:
    links = page.xpath(f"//article//{level}/a")
    return [link.text_content().strip() for link in links]


def test_it_shows_the_skeletons_of_published_speeches_newest_first(
    client: Client, work: Speech, training: Speech, draft: Speech
) -> None:
    page = read(client, "/structure/")
    assert list_titles(page) == [work.title, training.title]
    assert list_headings(page, "h3")[:3] == [
        "一、坚持党的领导，把牢政治方向",
        "二、发展全过程人民民主，用好代表家站",
        "三、加强自身建设，打造“四个机关”",
    ]
    assert "一是加强理论学习" in list_headings(page, "li")


def test_each_heading_leads_to_its_place(client: Client, work: Speech) -> None:
    page = read(client, "/structure/")
    links = page.xpath("//article//h3/a/@href | //article//li/a/@href")
    keys = {f"{work.get_absolute_url()}#{one.key}" for one in work.current.sections.all()}
    assert len(links) == 9
    assert set(links) <= keys


@pytest.mark.parametrize(("depth", "shown"), [("1", 0), ("2", 0), ("3", 6), ("9", 6)])
def test_it_shows_points_only_when_asked_that_deep(
    client: Client, work: Speech, depth: str, shown: int
) -> None:
    page = read(client, f"/structure/?depth={depth}")
    assert len(list_headings(page, "h3")) == 3
    assert len(list_headings(page, "li")) == shown


def test_subsections_stay_where_only_points_are_left_out(client: Client, stations: Theme) -> None:
    text = WORK_CONFERENCE.replace("一是加强理论学习。", "（一）加强理论学习\n")
    store(text.replace("二是落实请示报告制度。", "（二）落实请示报告制度\n"), "other.txt")
    page = read(client, "/structure/?depth=2")
    assert list_headings(page, "li") == ["（一）加强理论学习", "（二）落实请示报告制度"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("theme=stations", ["work"]),
        ("occasion=培训班", ["training"]),
        ("occasion=人大 工作会议", ["work"]),
        ("genre=training", ["training"]),
        ("year=2023", ["work"]),
        ("min_points=3", ["work"]),
        ("max_points=2", ["training"]),
        ("min_points=2&max_points=3&sort=points", ["work", "training"]),
        ("min_chars=100000", []),
        ("max_chars=100000&sort=short", ["training", "work"]),
        ("sort=long", ["work", "training"]),
        ("theme=stations&sort=date", ["work"]),
    ],
)
def test_it_is_narrowed_and_sorted(
    client: Client, work: Speech, training: Speech, query: str, found: list[str]
) -> None:
    assert len(work.current.text) > len(training.current.text)
    titles = {"work": work.title, "training": training.title}
    assert list_titles(read(client, f"/structure/?{query}")) == [titles[name] for name in found]


def test_with_a_theme_those_most_on_it_come_first(
    client: Client, stations: Theme, work: Speech, training: Speech
) -> None:
    for section in training.current.sections.filter(kind="point"):
        SectionTheme.objects.create(theme=stations, section=section, score=50.0)
    newest_first = [work.title, training.title]
    assert list_titles(read(client, "/structure/?theme=stations")) == newest_first[::-1]
    assert list_titles(read(client, "/structure/?theme=stations&sort=date")) == newest_first
    assert list_titles(read(client, "/structure/?theme=stations&max_points=2")) == [training.title]


def test_length_bounds_hold_to_the_character(client: Client, work: Speech) -> None:
    length = len(work.current.text)
    assert list_titles(read(client, f"/structure/?min_chars={length}&max_chars={length}"))
    assert not list_titles(read(client, f"/structure/?min_chars={length + 1}"))
    assert not list_titles(read(client, f"/structure/?max_chars={length - 1}"))


@pytest.mark.parametrize(
    ("query", "word"),
    [
        ("min_chars=many", "请填整数"),
        ("min_points=2&max_points=1", "上限不能小于下限"),
        ("theme=nothing", "没有“nothing”这一项"),
        ("year=12345678901234567890", "没有“12345678901234567890”这一项"),
    ],
)
def test_a_wrong_value_is_told_and_the_others_still_count(
    client: Client, work: Speech, training: Speech, query: str, word: str
) -> None:
    page = read(client, f"/structure/?genre=training&{query}")
    assert word in page.text_content()
    assert list_titles(page) == [training.title]
    assert page.xpath("//option[@value='training']/@selected")


def test_what_was_typed_wrongly_stays_in_its_field(client: Client, work: Speech) -> None:
    page = read(client, "/structure/?min_chars=many")
    assert page.xpath("//input[@name='min_chars']/@value") == ["many"]


def test_links_keep_the_filters_and_forget_the_page(client: Client, work: Speech) -> None:
    page = read(client, "/structure/?genre=work_conference&min_points=1&page=4")
    (link,) = page.xpath("//a[text()='只看一级']/@href")
    assert link == "?genre=work_conference&min_points=1&depth=1"


def test_it_marks_the_headings_on_the_chosen_theme(client: Client, work: Speech) -> None:
    marked = read(client, "/structure/?theme=stations").xpath("//article//a[@class='on-theme']")
    words = [link.text_content() for link in marked]
    assert "二、发展全过程人民民主，用好代表家站" in words
    assert not [one for one in words if one.startswith(("一、", "三、"))]
    assert not read(client, "/structure/").xpath("//article//a[@class='on-theme']")


def test_a_heading_answers_for_the_points_that_are_not_shown(client: Client, work: Speech) -> None:
    SectionTheme.objects.exclude(section__key="2.1").delete()
    marked = "//article//a[@class='on-theme']"
    (deep,) = read(client, "/structure/?theme=stations").xpath(marked)
    assert deep.text_content() == "一是办好代表家站"
    (flat,) = read(client, "/structure/?theme=stations&depth=1").xpath(marked)
    assert flat.text_content().startswith("二、")


def test_it_warns_of_a_gap(client: Client, work: Speech) -> None:
    Gap.objects.create(revision=work.current, kind="hidden", offset=10)
    page = read(client, "/structure/")
    assert page.xpath("//article//*[@class='gap-word']")
    assert "原文有缺失" in page.xpath("//article//@data-copy-text")[0]


def test_a_speech_without_points_is_not_listed(client: Client, work: Speech) -> None:
    work.current.sections.exclude(kind__in=["opening", "closing"]).delete()
    page = read(client, "/structure/")
    assert not list_titles(page)
    assert "没有符合条件的讲话" in page.text_content()


def test_it_is_parted_into_pages(
    client: Client, work: Speech, training: Speech, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "SKELETONS_PER_PAGE", 1)
    first = read(client, "/structure/?max_points=9")
    assert list_titles(first) == [work.title]
    (following,) = first.xpath("//a[@rel='next']/@href")
    assert following == "?max_points=9&page=2"
    assert list_titles(read(client, f"/structure/{following}")) == [training.title]


def test_it_asks_the_database_as_often_for_many_as_for_one(
    client: Client, work: Speech, django_assert_max_num_queries, forget_kept
) -> None:
    address = "/structure/?theme=stations&min_points=1&min_chars=1"
    client.get(address)
    forget_kept()
    with django_assert_max_num_queries(12) as few:
        client.get(address)
    publish_many(6)
    forget_kept()
    with django_assert_max_num_queries(len(few)):
        assert len(list_titles(read(client, address))) == 7
