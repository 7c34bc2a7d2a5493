"""Texts tagged by an older rule are tagged anew at the next start; decisions stay."""

import pytest

from corpus_app.catalog.models.marker import set_marker
from corpus_app.intake.importing.shipped import TAGGED, load_registries
from corpus_app.themes.models import SectionTheme, Theme, ThemePin
from corpus_app.themes.tagging import tag_revision
from tests.catalog.speeches import WORK_CONFERENCE, store

pytestmark = pytest.mark.django_db


def test_an_older_rules_tags_are_made_anew_once_and_decisions_stay() -> None:
    load_registries()
    speech = store(WORK_CONFERENCE)
    theme = Theme.objects.get(slug="daibiao-jiazhan")
    pin = ThemePin.objects.create(theme=theme, speech=speech, section_key="1", decision="exclude")
    assert speech.current is not None
    tag_revision(speech.current)
    SectionTheme.objects.filter(bearing="carried").delete()
    SectionTheme.objects.update(bearing="about", reason="")
    set_marker(TAGGED, {"rule": 1})
    assert load_registries() == [speech.pk]
    assert SectionTheme.objects.filter(bearing="carried").exists()
    assert not SectionTheme.objects.filter(reason="", bearing="about").exists()
    assert ThemePin.objects.get() == pin
    assert load_registries() == []
