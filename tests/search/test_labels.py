"""Labels of sections are one in the index and speak the reader's language on the page."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.utils import translation

import search
from corpus_app.catalog.models import Section, Speech
from search.index.published import make_label, translate_label
from search.result import PathStep
from tests.search.asking import ask
from tests.search.factories import Part, make_speech

pytestmark = pytest.mark.django_db


@pytest.fixture
def speech() -> Speech:
    made = make_speech(parts=["各位代表，今天开会。", Part("结语", "散会。", marker="三、")])
    assert made.current is not None
    made.current.sections.filter(key="1").update(kind=Section.Kind.OPENING)
    return made


def label_opening(text: str) -> list[PathStep]:
    return ask(text, unit="section").hits[0].path


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_index_keeps_one_label_whoever_publishes(speech: Speech, language: str) -> None:
    assert speech.current is not None
    section = speech.current.sections.get(key="1")
    with translation.override(language):
        assert make_label(section) == "导语"


def test_each_reader_sees_the_name_of_a_part_in_their_language(
    index_folder: Path, speech: Speech
) -> None:
    with translation.override("en"):
        search.rebuild_index()
        assert label_opening("各位代表") == [PathStep("1", "Opening")]
    with translation.override("zh-hans"):
        assert label_opening("各位代表") == [PathStep("1", "导语")]


def test_headings_stay_as_they_are_written() -> None:
    with translation.override("en"):
        assert translate_label("三、结语") == "三、结语"
        assert translate_label("") == ""
