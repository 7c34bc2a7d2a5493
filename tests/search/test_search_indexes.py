from __future__ import annotations

import pytest
from haystack import indexes

from search.index.published import read_current, read_speeches
from search.search_indexes import SectionIndex
from tests.search.factories import Part, make_speech, make_theme, tag_section

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("organisation", ["", "云岭市人大常委会"])
@pytest.mark.parametrize("date", ["", "2023-05"])
def test_a_section_has_the_values_that_haystack_would_collect(organisation: str, date: str) -> None:
    speech = make_speech(
        "讲话", [Part("监督", "要抓实。")], organisation=organisation, date=date, level="county"
    )
    tag_section(speech, "1", make_theme("jiandu", "监督"))
    section = read_current(next(read_speeches([speech.pk]))[0]).sections.all()[0]
    ours = SectionIndex().prepare(section)
    assert ours == indexes.SearchIndex.prepare(SectionIndex(), section)
    assert ours["themes"] == ["监督"]
