"""Parallel phrases: by theme, by members, with the sentences they stand in."""

from __future__ import annotations

import pytest
from django.test import Client

from corpus_app.catalog.models import Gap, Speech
from corpus_app.slogans.models import Mention, Slogan
from corpus_app.structure import views
from corpus_app.themes.models import SectionTheme, Theme
from tests.structure.conftest import list_titles, publish_many, read

pytestmark = pytest.mark.django_db
PHRASE = "民有所呼、我有所应"
ROW = "会调研、会监督、会做群众工作"


@pytest.fixture(autouse=True)
def _only_ours(work: Speech, training: Speech, draft: Speech) -> None:
    """Leave one phrase of two members and one of three in the speeches, and a counted one."""
    Mention.objects.all().delete()
    Slogan.objects.all().delete()
    mention(PHRASE, work)
    mention(ROW, work)
    mention("四个机关", work, kind="counted")
    mention("历时四天", training, kind="quoted")


def mention(text: str, speech: Speech, kind: str = "parallel") -> Slogan:
    slogan, _made = Slogan.objects.get_or_create(text=text, defaults={"kind": kind})
    start = speech.current.text.index(text)
    holding = speech.current.sections.filter(start__lte=start, end__gte=start + len(text))
    Mention.objects.create(
        slogan=slogan,
        revision=speech.current,
        section=holding.order_by("-depth").first(),
        start=start,
        end=start + len(text),
    )
    return slogan


def test_it_lists_parallel_phrases_only(client: Client) -> None:
    assert set(list_titles(read(client, "/structure/parallels/"))) == {PHRASE, ROW}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("members=2", {PHRASE}),
        ("members=3", {ROW}),
        ("members=4", set()),
        ("members=x", {PHRASE, ROW}),
        ("theme=stations", {PHRASE}),
        ("words=监督", {ROW}),
        ("genre=training", set()),
        ("year=2023", {PHRASE, ROW}),
    ],
)
def test_it_is_narrowed_by_members_theme_and_words(
    client: Client, query: str, found: set[str]
) -> None:
    assert set(list_titles(read(client, f"/structure/parallels/?{query}"))) == found


def test_a_theme_keeps_the_phrases_of_its_own_sections(client: Client, work: Speech) -> None:
    place = Mention.objects.get(slogan__text=PHRASE).section
    theme = Theme.objects.get(slug="stations")
    tags = SectionTheme.objects.filter(theme=theme, section=place)
    tags.update(bearing="mention")
    assert list_titles(read(client, "/structure/parallels/?theme=stations")) == []
    tags.update(bearing="about")
    assert list_titles(read(client, "/structure/parallels/?theme=stations")) == [PHRASE]


def test_commas_of_every_kind_part_members(client: Client, work: Speech) -> None:
    for text in ("甲一、甲二，甲三、甲四,甲五", "不打招呼、不走过场"):
        slogan = Slogan.objects.create(text=text, kind="parallel")
        Mention.objects.create(slogan=slogan, revision=work.current, start=0, end=2)
    page = read(client, "/structure/parallels/?members=5")
    assert list_titles(page) == ["甲一、甲二，甲三、甲四,甲五"]
    assert "5 项" in page.text_content()


def test_each_comes_with_its_sentence_marked_and_a_way_there(client: Client, work: Speech) -> None:
    page = read(client, "/structure/parallels/?members=2")
    (quotation,) = page.xpath("//p[@class='quotation']/a")
    assert quotation.text_content() == (
        "要坚持“民有所呼、我有所应”，把票决出来的项目一件一件办到底。"
    )
    assert quotation.xpath("mark/text()") == [PHRASE]
    assert quotation.get("href") == f"{work.get_absolute_url()}#2.2"


def test_the_phrase_is_copied_with_a_link_that_outlives_revisions(
    client: Client, work: Speech
) -> None:
    (copied,) = read(client, "/structure/parallels/?members=2").xpath("//@data-copy-text")
    assert copied.startswith(f"{PHRASE}\n（《{work.title}》，")
    assert copied.endswith(f"，http://testserver/speeches/{work.pk}/sections/2.2/?rev=1）")


def test_the_sentence_can_be_cited_and_gathered(client: Client) -> None:
    page = read(client, "/structure/parallels/?members=2")
    (address,) = page.xpath("//a[@data-cite]/@href")
    words = read(client, address).text_content()
    assert "要坚持“民有所呼、我有所应”，把票决出来的项目一件一件办到底。" in words
    assert page.xpath("//a[@data-gather]/@href") == [f"{address}#gather"]


def test_a_checked_source_goes_before_the_newest_speech(client: Client) -> None:
    Slogan.objects.filter(text=PHRASE).update(sourced=True, source_document="某工作报告")
    page = read(client, "/structure/parallels/?members=2")
    assert page.xpath("//@data-copy-text")[0] == f"{PHRASE}\n（某工作报告）"
    assert "出处：某工作报告" in page.text_content()


def test_a_gap_in_the_sentence_is_shown(client: Client, work: Speech) -> None:
    start = work.current.text.index(PHRASE)
    Gap.objects.create(revision=work.current, kind="hidden", offset=start)
    page = read(client, "/structure/parallels/?members=2")
    assert page.xpath("//*[@class='gap-word']")


def test_drafts_and_old_revisions_do_not_count(client: Client, work: Speech, draft: Speech) -> None:
    mention("看、听、说", draft)
    assert "看、听、说" not in list_titles(read(client, "/structure/parallels/"))
    Speech.objects.filter(pk=work.pk).update(current=None)
    assert list_titles(read(client, "/structure/parallels/")) == []


def test_the_most_used_come_first_with_their_counts(client: Client, work: Speech) -> None:
    slogan = Slogan.objects.get(text=PHRASE)
    Mention.objects.create(slogan=slogan, revision=work.current, start=0, end=4)
    page = read(client, "/structure/parallels/")
    assert list_titles(page) == [PHRASE, ROW]
    assert "1 篇 2 次" in page.xpath("//article[1]")[0].text_content()


def test_it_is_parted_into_pages(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "PHRASES_PER_PAGE", 1)
    page = read(client, "/structure/parallels/?words=、&page=2")
    assert len(list_titles(page)) == 1
    assert page.xpath("//a[@rel='prev']/@href") == ["?words=%E3%80%81&page=1"]


def test_it_asks_the_database_as_often_for_many_as_for_one(
    client: Client, django_assert_max_num_queries
) -> None:
    client.get("/structure/parallels/")
    with django_assert_max_num_queries(9) as few:
        client.get("/structure/parallels/")
    for speech in publish_many(6):
        Mention.objects.filter(revision=speech.current).delete()
        mention(PHRASE, speech)
    with django_assert_max_num_queries(len(few)):
        page = read(client, "/structure/parallels/?members=2")
    assert "7 篇 7 次" in page.text_content()
    assert len(page.xpath("//p[@class='quotation']")) == 2
