"""Themes on sections."""

import pytest

from corpus_app.catalog.models import Speech
from corpus_app.intake.revisions import editing
from corpus_app.themes.models import SectionTheme, Theme, ThemePin, ThemeTerm
from corpus_app.themes.querysets import list_passages, list_theme_tree
from corpus_app.themes.tagging import has_current_tags, load_matcher, retag_all, tag_revision
from tests.catalog.speeches import TRAINING, WORK_CONFERENCE, store

pytestmark = pytest.mark.django_db


def make_theme(slug: str, **terms: float) -> Theme:
    theme = Theme.objects.create(slug=slug, name=slug)
    ThemeTerm.objects.bulk_create(
        ThemeTerm(theme=theme, text=text, weight=weight) for text, weight in terms.items()
    )
    return theme


@pytest.fixture
def stations() -> Theme:
    # Beside a theme of the whole speech, so that this one is none.
    make_theme("work", 人大工作=3.0, 人大常委会=3.0, 民生实事=3.0, 作风=2.0, 学习=2.0, 党组=2.0)
    return make_theme("stations", 代表家站=3.0, 票决=2.0)


def list_tagged(theme: Theme, speech: Speech, bearing: str = "about") -> dict[str, SectionTheme]:
    tags = SectionTheme.objects.filter(theme=theme, section__revision=speech.current)
    listed = tags.filter(bearing=bearing).select_related("section__revision")
    return {tag.section.key: tag for tag in listed}


def read_words(tag: SectionTheme) -> str:
    section = tag.section
    return section.revision.text[section.start : section.end]


def test_the_sections_that_speak_of_it_are_tagged(stations: Theme) -> None:
    speech = store(WORK_CONFERENCE)
    tagged = list_tagged(stations, speech)
    starts = sorted(read_words(tag)[:8] for tag in tagged.values())
    assert starts == ["一是办好代表家站", "二、发展全过程人"]
    assert all(not tag.pinned for tag in tagged.values())


def test_a_term_in_the_heading_counts_twice(stations: Theme) -> None:
    speech = store(WORK_CONFERENCE)
    tags = {read_words(tag)[:2]: tag for tag in list_tagged(stations, speech).values()}
    assert tags["二、"].score > tags["一是"].score
    assert tags["二、"].evidence == [["代表家站", 2]]


def test_a_weak_hint_alone_tags_nothing() -> None:
    theme = make_theme("weak", 票决=2.0)
    assert list_tagged(theme, store(WORK_CONFERENCE)) == {}


def test_a_pin_tags_where_the_hints_are_and_survives_a_new_revision() -> None:
    theme = make_theme("weak", 票决=2.0)
    speech = store(WORK_CONFERENCE, "a.txt")
    assert list_tagged(theme, speech) == {}
    ThemePin.objects.create(theme=theme, speech=speech, decision="pin")
    assert speech.current is not None
    tag_revision(speech.current)
    (tag,) = list_tagged(theme, speech).values()
    assert tag.pinned
    assert read_words(tag).startswith("二是办好民生实事")
    revised = store(WORK_CONFERENCE.replace("二十二个", "二十三个"), "a.txt")
    assert revised.pk == speech.pk
    assert revised.current != speech.current
    assert list_tagged(theme, revised).keys() == {tag.section.key}


def test_a_pin_without_any_hint_tags_the_first_named_section() -> None:
    theme = make_theme("none")
    speech = store(WORK_CONFERENCE)
    ThemePin.objects.create(theme=theme, speech=speech, decision="pin")
    assert speech.current is not None
    tag_revision(speech.current)
    (tag,) = list_tagged(theme, speech).values()
    assert read_words(tag).startswith("一、坚持党的领导")


def test_an_excluded_theme_stays_away_from_speech_or_section(stations: Theme) -> None:
    speech = store(WORK_CONFERENCE)
    assert speech.current is not None
    parent = min(list_tagged(stations, speech))
    pin = ThemePin.objects.create(
        theme=stations, speech=speech, section_key=parent, decision="exclude"
    )
    tag_revision(speech.current)
    assert list_tagged(stations, speech) == {}
    pin.delete()
    ThemePin.objects.create(theme=stations, speech=speech, decision="exclude")
    tag_revision(speech.current)
    assert list_tagged(stations, speech) == {}


def test_a_pin_on_a_section_follows_it_into_the_next_revision() -> None:
    theme = make_theme("none")
    speech = store(WORK_CONFERENCE, "a.txt")
    assert speech.current is not None
    section = speech.current.sections.get(heading__startswith="加强自身建设")
    ThemePin.objects.create(theme=theme, speech=speech, section_key=section.key, decision="pin")
    moved = WORK_CONFERENCE.replace("三、加强", "四、加强").replace(
        "二、发展", "二、做好过渡工作\n过渡期间各项工作不断档。\n\n三、发展"
    )
    revised = store(moved, "a.txt")
    (tag,) = list_tagged(theme, revised).values()
    assert read_words(tag).startswith("四、加强自身建设")
    assert tag.section.key != section.key


def test_a_section_carries_what_the_sections_below_it_are_about() -> None:
    make_theme("work", 人大工作=3.0, 全过程人民民主=3.0, 代表家站=3.0, 党的领导=3.0, 自身建设=3.0)
    theme = make_theme("bench", 票决=3.0)
    speech = store(WORK_CONFERENCE)
    about, carried = list_tagged(theme, speech), list_tagged(theme, speech, "carried")
    (key,) = about
    (above,) = carried
    assert key.startswith(f"{above}.")
    assert (carried[above].reason, carried[above].named_at) == ("child", key)
    assert list_passages(theme).count() == 1


def test_an_excluded_section_carries_nothing_though_one_below_it_is_pinned() -> None:
    theme = make_theme("none")
    speech = store(WORK_CONFERENCE)
    assert speech.current is not None
    ThemePin.objects.create(theme=theme, speech=speech, section_key="2", decision="exclude")
    ThemePin.objects.create(theme=theme, speech=speech, section_key="2.1", decision="pin")
    tag_revision(speech.current)
    assert set(list_tagged(theme, speech)) == {"2.1"}
    assert list_tagged(theme, speech, "carried") == {}


def test_a_mention_is_kept_apart_and_counts_nowhere(stations: Theme) -> None:
    speech = store(WORK_CONFERENCE)
    theme = make_theme("law", 宪法和组织法=3.0)
    ThemeTerm.objects.create(theme=stations, text="会监督、会做群众工作", weight=9.0)
    assert speech.current is not None
    tag_revision(speech.current)
    (tag,) = list_tagged(theme, speech, "mention").values()
    assert tag.reason == ""
    assert tag.evidence == [["宪法和组织法", 1]]
    assert list_tagged(theme, speech) == {}
    (node,) = [node for node in list_theme_tree() if node.theme == theme]
    assert (node.speeches, node.passages, node.mentions) == (0, 0, 1)


def test_a_corrected_title_tags_anew() -> None:
    theme = make_theme("posts", 坐班=1.0, 值班安排=3.0)
    speech = store(WORK_CONFERENCE)
    before = set(list_tagged(theme, speech))
    editing.correct(speech, {"title": "在值班安排会上的讲话"}, {})
    assert set(list_tagged(theme, speech)) > before


def test_tagging_anew_names_the_speeches_that_changed(stations: Theme) -> None:
    first, second = store(WORK_CONFERENCE, "a.txt"), store(TRAINING, "b.txt")
    assert retag_all() == []
    ThemeTerm.objects.create(theme=stations, text="选举法", weight=3.0)
    assert second.current is not None
    assert not has_current_tags(second.current, load_matcher())
    assert retag_all() == [second.pk]
    assert has_current_tags(second.current, load_matcher())
    assert list_tagged(stations, first)
