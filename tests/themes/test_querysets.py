"""What readers see of themes."""

import pytest

from corpus_app.catalog import services
from corpus_app.catalog.periods import YearTotal
from corpus_app.themes.models import Theme, ThemeTerm
from corpus_app.themes.querysets import (
    count_by_year,
    list_passages,
    list_related,
    list_theme_tree,
)
from tests.catalog.speeches import TRAINING, WORK_CONFERENCE, store

pytestmark = pytest.mark.django_db


def make_theme(slug: str, term: str, parent: Theme | None = None) -> Theme:
    theme = Theme.objects.create(slug=slug, name=slug, parent=parent)
    ThemeTerm.objects.create(theme=theme, text=term, weight=3.0)
    return theme


@pytest.fixture
def deputies() -> Theme:
    return make_theme("deputies", "代表")


def test_the_tree_counts_speeches_and_passages_with_a_query_for_each_level(
    deputies: Theme, django_assert_num_queries
) -> None:  # type: ignore[no-untyped-def]
    make_theme("stations", "代表家站", deputies)
    store(WORK_CONFERENCE, "a.txt")
    store(TRAINING, "b.txt")
    store(TRAINING.replace("苏晚晴", "苏晚秋").replace("历时四天", "历时五天"), "c.txt", draft=True)
    with django_assert_num_queries(3):
        (root,) = list_theme_tree()
    assert root.theme == deputies
    assert root.speeches == 2
    (child,) = root.children
    assert (child.speeches, child.passages) == (1, 2)


def test_a_theme_counts_what_the_themes_below_it_tag_once() -> None:
    above = make_theme("work", "没有人用的词")
    make_theme("deputies", "代表", above)
    make_theme("stations", "代表家站", above)
    store(WORK_CONFERENCE, "a.txt")
    store(TRAINING, "b.txt")
    (root,) = list_theme_tree()
    deputies, stations = root.children
    assert (root.speeches, stations.speeches) == (2, 1)
    # Wherever stations are named, deputies are: nothing counts twice.
    assert root.passages == deputies.passages


def test_drafts_withdrawn_and_old_revisions_do_not_count(deputies: Theme) -> None:
    speech = store(WORK_CONFERENCE, "a.txt")
    before = list_passages(deputies).count()
    assert before > 0
    store(WORK_CONFERENCE.replace("二十二个", "二十三个"), "a.txt")
    assert list_passages(deputies).count() == before
    speech.refresh_from_db()
    services.withdraw_speech(speech)
    assert list_passages(deputies).count() == 0
    assert count_by_year(deputies) == []
    services.return_to_draft(speech)
    assert list_theme_tree()[0].speeches == 0


def test_passages_come_strongest_first_in_one_query(
    deputies: Theme, django_assert_num_queries
) -> None:  # type: ignore[no-untyped-def]
    store(WORK_CONFERENCE, "a.txt")
    store(TRAINING, "b.txt")
    with django_assert_num_queries(1):
        tags = list(list_passages(deputies))
        titles = {tag.section.revision.speech.title for tag in tags}
        assert all(tag.section.revision.text for tag in tags)
    assert len(titles) == 2
    assert [tag.score for tag in tags] == sorted((tag.score for tag in tags), reverse=True)


def test_years_between_are_counted_nought(deputies: Theme) -> None:
    store(WORK_CONFERENCE, "a.txt")
    store(TRAINING, "b.txt")
    years = count_by_year(deputies)
    assert [entry.year for entry in years] == [2021, 2022, 2023]
    assert years[1] == YearTotal(2022, 0)
    assert sum(entry.count for entry in years) == list_passages(deputies).count()


def test_related_are_those_named_and_those_on_the_same_sections(deputies: Theme) -> None:
    stations, law = make_theme("stations", "代表家站"), make_theme("law", "宪法")
    named = make_theme("named", "没有的词")
    deputies.related.add(named)
    store(WORK_CONFERENCE, "a.txt")
    related = list_related(deputies)
    assert [entry.theme for entry in related] == [named, stations]
    assert related[1].shared == 2
    assert law not in [entry.theme for entry in related]
