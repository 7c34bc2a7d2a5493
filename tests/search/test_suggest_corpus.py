from __future__ import annotations

from itertools import count
from threading import Event, Thread

import pytest
from django.test.utils import CaptureQueriesContext

from corpus_app.catalog.models import Organisation, Revision, Section, Speech, Upload
from corpus_app.slogans.models import Mention, Slogan
from corpus_app.themes.models import SectionTheme, Theme
from search.suggest import corpus
from search.suggest.corpus import forget_suggestions, load_suggestions, read_entries
from search.suggest.entries import Offer
from search.suggest.lookup import SuggestionIndex

pytestmark = pytest.mark.django_db
_numbers = count(1)


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    forget_suggestions()


def add_revision(speech: Speech) -> Section:
    """Give the speech a new current revision with one section, and return the section."""
    number = next(_numbers)
    upload = Upload.objects.create(sha256=f"{number:064}", name="稿", size=1, format="txt")
    revision = Revision.objects.create(
        speech=speech, number=number, upload=upload, raw="文", text="发展全过程人民民主"
    )
    speech.current = revision
    speech.save()
    return Section.objects.create(
        revision=revision, key="1", position=0, depth=0, kind="section", start=0, end=9
    )


def add_speech(title: str, status: str = "published", organisation: str = "") -> Section:
    party = Organisation.objects.get_or_create(name=organisation)[0] if organisation else None
    return add_revision(Speech.objects.create(title=title, status=status, organisation=party))


def mention(slogan: Slogan, section: Section, start: int = 2) -> None:
    Mention.objects.create(
        slogan=slogan, revision=section.revision, section=section, start=start, end=start + 1
    )


def entries_of(kind: str) -> list[Offer]:
    return [entry for entry in read_entries() if entry.kind == kind]


def test_only_titles_of_published_speeches_are_offered() -> None:
    shown = add_speech("在澜岫市人代会闭幕会上的讲话")
    add_speech("未发布的讲话", "draft")
    add_speech("已撤回的讲话", "withdrawn")
    speech = str(shown.revision.speech_id)
    assert entries_of("title") == [Offer("在澜岫市人代会闭幕会上的讲话", "title", 1, speech)]


def test_only_organisations_of_published_speeches_are_offered_by_how_many_they_have() -> None:
    add_speech("一", organisation="澜岫市人大常委会")
    add_speech("二", organisation="澜岫市人大常委会")
    add_speech("三", "draft", organisation="望岫区人大常委会")
    Organisation.objects.create(name="霁川市人大常委会")
    key = str(Organisation.objects.get(name="澜岫市人大常委会").pk)
    assert entries_of("organisation") == [Offer("澜岫市人大常委会", "organisation", 2, key)]


def test_slogans_are_offered_where_readers_can_meet_them() -> None:
    section, draft = add_speech("一"), add_speech("二", "draft")
    registered = Slogan.objects.create(text="全过程人民民主", kind="quoted", registered=True)
    met = Slogan.objects.create(text="民有所呼、我有所应", kind="parallel")
    hidden = Slogan.objects.create(text="四个机关", kind="counted", registered=True)
    Slogan.objects.create(text="最大公约数", kind="quoted", registered=True)
    mention(registered, section, 2)
    mention(registered, section, 5)
    mention(met, section)
    mention(hidden, draft)
    assert entries_of("slogan") == [
        Offer("全过程人民民主", "slogan", 2, str(registered.pk)),
        Offer("民有所呼、我有所应", "slogan", 1, str(met.pk)),
    ]


def test_what_stands_only_in_an_older_revision_does_not_count() -> None:
    section = add_speech("一")
    slogan = Slogan.objects.create(text="四个机关", kind="counted")
    theme = Theme.objects.create(slug="daibiao", name="代表履职")
    mention(slogan, section)
    SectionTheme.objects.create(theme=theme, section=section, score=1)
    assert [e.weight for e in entries_of("slogan") + entries_of("theme")] == [1, 1]
    add_revision(section.revision.speech)
    assert entries_of("slogan") == []
    assert entries_of("theme") == [Offer("代表履职", "theme", 0, "daibiao")]


def test_the_number_of_queries_does_not_grow_with_the_corpus(
    django_assert_num_queries: CaptureQueriesContext,
) -> None:
    for number in range(12):
        section = add_speech(f"讲话{number}", organisation=f"单位{number}")
        mention(Slogan.objects.create(text=f"提法{number}", kind="quoted"), section)
        theme = Theme.objects.create(slug=f"zhuti-{number}", name=f"主题{number}")
        SectionTheme.objects.create(theme=theme, section=section, score=1)
    with django_assert_num_queries(5):
        assert len(read_entries()) == 48


def test_suggestions_are_read_once_for_each_generation(
    django_assert_num_queries: CaptureQueriesContext,
) -> None:
    add_speech("全过程人民民主的讲话")
    first = load_suggestions(1)
    with django_assert_num_queries(0):
        assert load_suggestions(1) is first
    add_speech("全过程监督的讲话")
    assert [s.entry.text for s in load_suggestions(1).suggestions.suggest("qgc")] == [
        "全过程人民民主的讲话"
    ]
    assert len(load_suggestions(2).suggestions.suggest("qgc")) == 2


def test_near_wordings_come_from_the_same_entries() -> None:
    add_speech("全过程人民民主")
    found = load_suggestions(1).spellings.propose("全过成人民民主")
    assert [spelling.text for spelling in found] == ["全过程人民民主"]


def test_an_empty_corpus_offers_nothing() -> None:
    suggestions = load_suggestions(1)
    assert suggestions.suggestions.suggest("q") == []
    assert suggestions.spellings.propose("全过成人民民主") == []


def test_while_one_thread_reads_the_others_go_on_with_what_there_was(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    reading, go_on = Event(), Event()
    old = load_suggestions(1)

    def read_slowly() -> list[Offer]:
        reading.set()
        assert go_on.wait(30)
        return [Offer("新讲话", "title")]

    monkeypatch.setattr(corpus, "read_entries", read_slowly)
    thread = Thread(target=load_suggestions, args=(2,))
    thread.start()
    assert reading.wait(30)
    assert load_suggestions(2) is old
    go_on.set()
    thread.join()
    new = load_suggestions(2).suggestions
    assert isinstance(new, SuggestionIndex)
    assert [s.entry.text for s in new.suggest("xin")] == ["新讲话"]


def test_what_is_closed_is_not_named_from_that_moment_on_and_others_take_its_place() -> None:
    slogan = Slogan.objects.create(text="澜岫经验", kind="quoted")
    for number in range(4):
        section = add_speech(f"在澜岫会议上的讲话{number}", organisation="澜岫市人大常委会")
        mention(slogan, section)
    known = load_suggestions("before")

    def ask() -> list[str]:
        return [one.entry.text for one in known.suggest("澜岫", 3)]

    assert ask() == ["澜岫经验", "澜岫市人大常委会", "在澜岫会议上的讲话0"]
    first = Speech.objects.order_by("pk").first()
    assert first
    Speech.objects.filter(pk=first.pk).update(status="withdrawn")
    assert ask() == ["澜岫经验", "澜岫市人大常委会", "在澜岫会议上的讲话1"]
    Speech.objects.exclude(title__endswith="3").update(status="withdrawn")
    Speech.objects.update(organisation=None)
    Mention.objects.all().delete()
    assert ask() == ["在澜岫会议上的讲话3"]
    Speech.objects.update(status="draft")
    assert ask() == []
