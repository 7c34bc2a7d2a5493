"""Where slogans stand in a revision."""

import pytest

from corpus_app.catalog.models import Revision, Section, Speech
from corpus_app.ingest.draft import SloganMention
from corpus_app.ingest.slogans import find_slogans
from corpus_app.slogans.mentions import (
    Register,
    find_mentions,
    has_current_mentions,
    record_all,
    record_mentions,
)
from corpus_app.slogans.models import Mention, MentionRefusal, Slogan, SloganVariant
from corpus_app.slogans.refusals import list_refusals
from tests.catalog.speeches import WORK_CONFERENCE, store

pytestmark = pytest.mark.django_db


def get_revision(speech: Speech) -> Revision:
    assert speech.current is not None
    return speech.current


def read_words(mention: Mention) -> str:
    return mention.revision.text[mention.start : mention.end]


def test_what_a_speech_brings_becomes_an_unregistered_slogan() -> None:
    revision = get_revision(store(WORK_CONFERENCE))
    slogan = Slogan.objects.get(text="四个机关")
    assert (slogan.registered, slogan.kind) == (False, "counted")
    (mention,) = slogan.mentions.all()
    assert mention.revision == revision
    assert read_words(mention) == "四个机关"


def test_a_variant_counts_for_its_slogan() -> None:
    slogan = Slogan.objects.create(text="民有所呼、政有所应", kind="parallel", registered=True)
    SloganVariant.objects.create(slogan=slogan, text="民有所呼、我有所应")
    store(WORK_CONFERENCE)
    assert [read_words(mention) for mention in slogan.mentions.all()] == ["民有所呼、我有所应"]
    assert not Slogan.objects.filter(text="民有所呼、我有所应").exists()


def test_a_registered_slogan_is_found_where_the_parse_names_none() -> None:
    Slogan.objects.create(text="全过程人民民主", kind="quoted", registered=True)
    revision = get_revision(store(WORK_CONFERENCE))
    (mention,) = Mention.objects.filter(slogan__text="全过程人民民主")
    assert mention.section is not None
    assert revision.text[mention.section.start :].startswith("二、发展全过程人民民主")


def test_a_mention_hangs_on_the_deepest_section_that_holds_it() -> None:
    revision = get_revision(store(WORK_CONFERENCE))
    sections = list(Section.objects.filter(revision=revision))
    for mention in Mention.objects.filter(revision=revision):
        holding = [s for s in sections if s.start <= mention.start and mention.end <= s.end]
        deepest = max(holding, key=lambda s: s.depth, default=None)
        assert mention.section == deepest


def test_of_two_wordings_at_one_place_the_longer_counts() -> None:
    slogan = Slogan.objects.create(text="民有所呼", kind="quoted", registered=True)
    SloganVariant.objects.create(slogan=slogan, text="民有所呼、我有所应")
    store(WORK_CONFERENCE)
    assert [read_words(mention) for mention in slogan.mentions.all()] == ["民有所呼、我有所应"]


def test_recording_twice_gives_the_same() -> None:
    revision = get_revision(store(WORK_CONFERENCE))
    before = set(Mention.objects.values_list("slogan", "start", "end"))
    record_mentions(revision, find_slogans(revision.text))
    assert set(Mention.objects.values_list("slogan", "start", "end")) == before
    assert has_current_mentions(revision, find_slogans(revision.text), Register())


def test_more_slogans_than_a_query_takes_values_are_stored() -> None:
    revision = get_revision(store(WORK_CONFERENCE))
    many = [
        SloganMention(f"口号{number}", "quoted", [(number, number + 3)]) for number in range(1201)
    ]
    assert record_mentions(revision, many) >= 1201


def test_recording_all_names_the_speeches_that_changed_and_drops_the_unmentioned() -> None:
    speech = store(WORK_CONFERENCE)
    Slogan.objects.create(text="没有人说的话", kind="quoted")
    assert record_all() == []
    assert not Slogan.objects.filter(text="没有人说的话").exists()
    Slogan.objects.create(text="请示报告制度", kind="quoted", registered=True)
    assert not has_current_mentions(
        get_revision(speech), find_slogans(get_revision(speech).text), Register()
    )
    assert record_all() == [speech.pk]


def test_a_registered_wording_inside_a_longer_word_is_no_mention() -> None:
    slogan = Slogan.objects.create(text="新发展理念", kind="quoted", registered=True)
    words = "要着力把握发展规律、创新发展理念、破解发展难题，贯彻新发展理念。"
    store(WORK_CONFERENCE.replace("二十二个", f"{words}二十二个", 1))
    (mention,) = slogan.mentions.all()
    assert mention.revision.text[: mention.start].endswith("贯彻")


@pytest.mark.parametrize(
    ("registered", "words", "stands"),
    [
        ("三公经费", "压减“三公”经费，严控支出", "“三公”经费"),
        ("三公经费", "公开“三公经费”决算", "三公经费"),
        ("宪法法律实施", "推动《宪法》法律实施", "《宪法》法律实施"),
        ("中国梦", "为实现中国梦而奋斗", "中国梦"),
        ("双拥", "创建双拥模范城", "双拥"),
    ],
)
def test_a_registered_wording_is_met_through_marks_and_however_short(
    registered: str, words: str, stands: str
) -> None:
    slogan = Slogan.objects.create(text=registered, kind="quoted", registered=True)
    store(WORK_CONFERENCE.replace("二十二个", f"{words}。二十二个", 1))
    assert [read_words(mention) for mention in slogan.mentions.all()] == [stands]


def test_what_any_sentence_may_say_is_met_in_quotation_marks_alone() -> None:
    slogan = Slogan.objects.create(text="走出去", kind="quoted", registered=True)
    store(WORK_CONFERENCE.replace("二十二个", "代表要走出去听民声。二十二个", 1))
    assert not slogan.mentions.exists()


def test_a_refused_place_with_marks_inside_stands_on_the_page_of_its_slogan() -> None:
    slogan = Slogan.objects.create(text="三公经费", kind="counted", registered=True)
    speech = store(WORK_CONFERENCE.replace("二十二个", "压减“三公”经费。二十二个", 1))
    (mention,) = slogan.mentions.all()
    words, revision = read_words(mention), get_revision(speech)
    refusal = MentionRefusal.objects.create(
        revision=revision, start=mention.start, end=mention.end, words=words
    )
    assert list(list_refusals(slogan)) == [refusal]


def test_quoted_words_that_are_no_set_expression_make_no_slogan() -> None:
    words = "有的同志认为“没有毛病”，要坚持“边议边改”的原则。"
    store(WORK_CONFERENCE.replace("二十二个", f"{words}二十二个", 1))
    texts = set(Slogan.objects.values_list("text", flat=True))
    assert "边议边改" in texts
    assert "没有毛病" not in texts


def test_registered_words_are_met_whatever_the_sentence_does_with_them() -> None:
    slogan = Slogan.objects.create(text="走过场", kind="quoted", registered=True)
    store(WORK_CONFERENCE.replace("二十二个", "审议不是“走过场”。二十二个", 1))
    assert slogan.mentions.count() > 0


@pytest.mark.django_db
def test_a_registered_wording_is_met_in_equal_characters() -> None:
    Slogan.objects.create(text="全过程人民民主", kind="quoted", registered=True)
    Slogan.objects.create(text="四个机关", kind="counted", registered=True)
    text = "發展全過程人民民主，建设「四個機關」，落實全过程⼈民民主。"
    places = find_mentions(text, find_slogans(text))
    assert [text[start:end] for _, start, end in places] == [
        "全過程人民民主",
        "四個機關",
        "全过程⼈民民主",
    ]
    assert Slogan.objects.count() == 2
