"""Addresses of themes and slogans that were merged or retired still lead somewhere."""

from __future__ import annotations

import pytest
from django.test import Client

from corpus_app.slogans.mentions import drop_unmentioned, record_all
from corpus_app.slogans.models import Mention, Slogan, SloganVariant
from corpus_app.themes.models import SectionTheme, Theme, ThemePin, ThemeTerm
from corpus_app.themes.querysets import list_theme_tree
from corpus_app.themes.tagging import retag_all
from search import rebuild_index
from tests.catalog.speeches import WORK_CONFERENCE, store

pytestmark = pytest.mark.django_db


@pytest.fixture
def themes() -> tuple[Theme, Theme]:
    old = Theme.objects.create(slug="old", name="家站", order=1)
    new = Theme.objects.create(slug="new", name="代表家站", order=2, former_names=["家站工作"])
    ThemeTerm.objects.create(theme=old, text="代表家站", weight=3)
    ThemeTerm.objects.create(theme=new, text="作风建设", weight=3)
    ThemePin.objects.create(theme=old, speech=store(WORK_CONFERENCE), decision="pin")
    retag_all()
    return old, new


def test_a_retired_theme_tags_nothing_and_is_listed_nowhere(themes: tuple[Theme, Theme]) -> None:
    old, new = themes
    assert SectionTheme.objects.filter(theme=old).exists()
    Theme.every.filter(pk=old.pk).update(retired=True)
    assert retag_all()
    assert not SectionTheme.objects.filter(theme=old).exists()
    assert [node.theme for node in list_theme_tree()] == [new]
    assert ThemePin.objects.filter(theme=old).exists()
    page = Client().get(old.get_absolute_url()).content.decode()
    assert "这一主题已停用" in page
    assert Client().get("/api/v1/themes/old").status_code == 404


def test_a_merged_theme_leads_on_from_page_and_interface(themes: tuple[Theme, Theme]) -> None:
    old, new = themes
    Theme.every.filter(pk=old.pk).update(retired=True, merged_into=new)
    answer = Client().get(old.get_absolute_url())
    assert (answer.status_code, answer["Location"]) == (302, new.get_absolute_url())
    assert Client().get("/api/v1/themes/old").json()["slug"] == "new"


def test_a_query_by_a_former_name_finds_the_theme(themes: tuple[Theme, Theme]) -> None:
    rebuild_index()
    found = [
        Client().get("/api/v1/search", {"q": f"主题:{name}"}).json()["total"]
        for name in ("代表家站", "家站工作", "没有这个")
    ]
    assert found == [1, 1, 0]


def test_a_merged_slogan_leads_on_and_is_not_cleared_away() -> None:
    store(WORK_CONFERENCE)
    met = Slogan.objects.get(text="四个机关")
    organs = Slogan.objects.create(text="人大四个机关", kind="counted", registered=True)
    SloganVariant.objects.create(slogan=organs, text="四个机关")
    Slogan.objects.filter(pk=met.pk).update(merged_into=organs)
    record_all()
    assert Mention.objects.get(slogan=organs).end
    assert not met.mentions.exists()
    assert drop_unmentioned() == 0
    answer = Client().get(met.get_absolute_url())
    assert (answer.status_code, answer["Location"]) == (302, organs.get_absolute_url())
    assert Client().get(f"/api/v1/slogans/{met.pk}").json()["id"] == organs.pk


def test_a_retired_slogan_keeps_its_page_and_its_variants_find_nothing() -> None:
    store(WORK_CONFERENCE)
    trees = Slogan.objects.create(text="脚踏实地", kind="quoted", registered=True)
    SloganVariant.objects.create(slogan=trees, text="一步一个脚印")
    record_all()
    assert trees.mentions.count() == 2
    Slogan.objects.filter(pk=trees.pk).update(registered=False, retired=True)
    record_all()
    assert trees.mentions.count() == 0
    assert "这一提法已停用" in Client().get(trees.get_absolute_url()).content.decode()


def test_what_an_editor_says_took_the_place_of_a_wording_is_shown_on_both_pages() -> None:
    source = {"source_document": "蒲原市条例", "source_quote": "写有原句。", "sourced": True}
    new = Slogan.objects.create(text="家站网络", kind="quoted", registered=True, **source)
    old = Slogan.objects.create(
        **source,
        text="家站体系",
        kind="quoted",
        registered=True,
        superseded_by=new,
        superseded_since="2021-03",
    )
    assert "至迟自2021年3月起作“家站网络”" in Client().get(old.get_absolute_url()).content.decode()
    assert "家站体系" in Client().get(new.get_absolute_url()).content.decode()
    assert Client().get(f"/api/v1/slogans/{old.pk}").json()["superseded_by"]["text"] == "家站网络"


def test_a_speech_shows_what_an_editor_calls_superseded_by_its_own_day() -> None:
    source = {"source_document": "蒲原市条例", "source_quote": "写有原句。", "sourced": True}
    new = Slogan.objects.create(text="一步一脚印", kind="quoted", registered=True, **source)
    old = Slogan.objects.create(text="一步一个脚印", kind="quoted", registered=True, **source)
    speech = store(WORK_CONFERENCE)
    told = "旧提法，至迟自2021年3月起作“一步一脚印”"
    for since, shown in (("", False), ("2021-03", True), ("2024-03", False)):
        heir = new if since else None
        Slogan.objects.filter(pk=old.pk).update(superseded_by=heir, superseded_since=since)
        page = Client().get(speech.get_absolute_url()).content.decode()
        assert (told in page) is shown, since
