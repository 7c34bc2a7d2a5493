"""Themes and the sections that bear them."""

from __future__ import annotations

import pytest

from corpus_app.catalog.models import Speech
from corpus_app.themes.models import SectionTheme, Theme, ThemeTerm
from tests.api.conftest import Ask
from tests.api.test_speeches import walk
from tests.search.factories import Part, make_speech, make_theme, tag_section

pytestmark = pytest.mark.django_db


def test_the_tree_shows_themes_below_their_parents(ask: Ask, corpus: dict[str, Speech]) -> None:
    (root,) = ask("/themes")["items"]
    assert (root["slug"], root["speeches"], root["passages"]) == ("station", 1, 1)
    (child,) = root["children"]
    assert (child["slug"], child["speeches"], child["passages"]) == ("duty", 1, 1)


def test_a_theme_shows_its_place_terms_and_years(ask: Ask, corpus: dict[str, Speech]) -> None:
    theme = Theme.objects.get(slug="duty")
    ThemeTerm.objects.create(theme=theme, text="轮流坐班", weight=2)
    answer = ask("/themes/duty")
    assert answer["parent"] == {"slug": "station", "name": "代表家站"}
    assert answer["terms"] == [{"text": "轮流坐班", "weight": 2.0, "excluded": False}]
    assert answer["by_year"] == [{"year": 2023, "count": 1}]
    assert ask("/themes/station")["children"] == [{"slug": "duty", "name": "坐班接待"}]
    ask("/themes/nothing", 404)


def test_a_passage_has_its_words_and_the_evidence(ask: Ask, corpus: dict[str, Speech]) -> None:
    (passage,) = ask("/themes/duty/passages")["items"]
    section = corpus["work"].current.sections.get(key="2.1")
    assert passage["text"] == corpus["work"].current.text[section.start : section.end]
    assert passage["evidence"] == [{"term": "代表家站", "count": 2}]


def test_pages_of_passages_join_with_pinned_ones_first(ask: Ask, db: None) -> None:
    theme = make_theme("law", "监督法")
    for number, score in enumerate([0.1, 0.7, 0.7, 1 / 3]):
        tag_section(make_speech(f"讲话{number}", [Part("节", "文")]), "1", theme)
        SectionTheme.objects.filter(pk=SectionTheme.objects.latest("pk").pk).update(
            score=score, pinned=number == 0
        )
    tag_section(make_speech("草稿", [Part("节", "文")], published=False), "1", theme)
    whole = ask("/themes/law/passages")["items"]
    assert [one["score"] for one in whole] == [0.1, 0.7, 0.7, 1 / 3]
    assert walk(ask, "/themes/law/passages", limit=1) == whole
