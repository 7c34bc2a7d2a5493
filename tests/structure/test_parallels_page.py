"""Parallel phrases: by theme, by members, with the sentences they stand in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from corpus_app.catalog.models import Gap, Revision, Speech
from corpus_app.desk.citing import list_passage_notices
from corpus_app.desk.passages import build_passage
from corpus_app.slogans.models import Mention, Slogan
from corpus_app.structure import views
from corpus_app.themes.models import SectionTheme, Theme
from tests.catalog.speeches import WORK_CONFERENCE, store
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
    client: Client, django_assert_max_num_queries, forget_kept
) -> None:
    client.get("/structure/parallels/")
    forget_kept()
    with django_assert_max_num_queries(10) as few:
        client.get("/structure/parallels/")
    for speech in publish_many(6):
        Mention.objects.filter(revision=speech.current).delete()
        mention(PHRASE, speech)
    forget_kept()
    with django_assert_max_num_queries(len(few)):
        page = read(client, "/structure/parallels/?members=2")
    assert "7 篇 7 次" in page.text_content()
    assert len(page.xpath("//p[@class='quotation']")) == 2


def add_slip(revision: Revision, start: int) -> None:
    entry = {"text": "民有", "suggestion": "民之", "kind": "wrong_wording"}
    revision.suspects = [{**entry, "start": start, "end": start + 2}]


def add_cut(revision: Revision, start: int) -> None:
    message = "句中剔除了“青河之声”（视为网站插入），如系讲话原文，请恢复。"
    place = {"start": start, "end": start + 2}
    revision.notices = [{"code": "removed_inside", "message": message, **place}]


def add_damage(revision: Revision, start: int) -> None:
    message = "文中有疑似乱码（锟斤拷），不能还原，请换用原文件。"
    revision.notices = [{"code": "mojibake", "message": message, "start": None, "end": None}]


def add_gap(revision: Revision, start: int) -> None:
    Gap.objects.create(revision=revision, kind="hidden", offset=start + 1, hidden_chars=12)


def truncate(revision: Revision, start: int) -> None:
    Speech.objects.filter(pk=revision.speech_id).update(completeness="truncated")


DOUBTS = [
    (add_slip, "疑应作“民之”"),
    (add_cut, "剔除过“青河之声”"),
    (add_damage, "有损坏或乱码"),
    (add_gap, "1 处缺失，至少缺 12 字"),
    (truncate, "结尾缺失"),
]


@pytest.mark.parametrize(("spoil", "warning"), DOUBTS)
def test_a_doubtful_place_is_shown_and_copied_with_the_warnings_of_citing(
    client: Client, work: Speech, spoil: Callable[[Revision, int], None], warning: str
) -> None:
    revision = work.current
    start = revision.text.index(PHRASE)
    spoil(revision, start)
    revision.save()
    page = read(client, "/structure/parallels/?members=2")
    (copied,) = page.xpath("//@data-copy-text")
    assert warning in copied
    (quotation,) = page.xpath("//p[@class='quotation']/..")
    assert warning in quotation.text_content()
    speech = Speech.objects.select_related("current").get(pk=work.pk)
    passage = build_passage(speech, speech.current, [], start, start + len(PHRASE))
    for notice in list_passage_notices(passage):
        assert notice.removesuffix("。") in copied


def test_of_two_places_the_one_without_doubts_is_copied(client: Client, work: Speech) -> None:
    add_slip(work.current, work.current.text.index(PHRASE))
    work.current.save()
    older = store(WORK_CONFERENCE.replace("2023", "2022").replace("青芜", "澜岫"), "b.txt")
    Mention.objects.filter(revision=older.current).delete()
    mention(PHRASE, older)
    (copied,) = read(client, "/structure/parallels/?members=2").xpath("//@data-copy-text")
    assert "疑应作" not in copied
    assert f"/speeches/{older.pk}/" in copied


SENTENCE = "既要让群众说得上话，又要让群众办得成事。"


@pytest.fixture
def spoken(stations: Theme) -> Speech:
    words = WORK_CONFERENCE.replace("二十二个", f"{SENTENCE}二十二个", 1)
    return store(words.replace("青芜", "澜岫"), "c.txt")


def test_full_sentences_are_listed_with_their_members_marked(
    client: Client, spoken: Speech
) -> None:
    page = read(client, "/structure/parallels/?form=sentence&words=说得上话")
    (quotation,) = page.xpath("//p[@class='quotation']/a")
    assert quotation.text_content().endswith(SENTENCE)
    assert quotation.xpath("mark/text()") == ["既要让群众说得上话", "又要让群众办得成事。"]
    (copied,) = page.xpath("//@data-copy-text")
    assert SENTENCE in copied
    assert f"《{spoken.title}》" in copied
    assert page.xpath("//a[@data-cite]")
    assert page.xpath("//a[@data-gather]")
    assert SENTENCE not in read(client, "/structure/parallels/").text_content()


@pytest.mark.parametrize(
    ("query", "found"),
    [("members=2", True), ("members=3", False), ("year=2023", True), ("genre=training", False)],
)
def test_full_sentences_are_narrowed_like_phrases(
    client: Client, spoken: Speech, query: str, found: bool
) -> None:
    page = read(client, f"/structure/parallels/?form=sentence&words=说得上话&{query}")
    assert bool(page.xpath("//p[@class='quotation']")) is found


def test_a_full_sentence_warns_of_its_gap(client: Client, spoken: Speech) -> None:
    at = spoken.current.text.index("又要让群众")
    Gap.objects.create(revision=spoken.current, kind="paywall", offset=at)
    page = read(client, "/structure/parallels/?form=sentence&words=说得上话")
    (copied,) = page.xpath("//@data-copy-text")
    assert "1 处缺失" in copied
    assert page.xpath("//*[@class='gap-word']")
