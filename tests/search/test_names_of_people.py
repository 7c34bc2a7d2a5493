"""A person's name is one name however dots and blanks part it, and shown as it is written."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
from django.contrib import admin
from django.test import RequestFactory

from corpus_app.catalog.admin import PartyAdmin
from corpus_app.catalog.identity import compare_heads
from corpus_app.catalog.identity.heads import Head
from corpus_app.catalog.identity.parties import compare_speakers
from corpus_app.catalog.models import Speaker
from search import SearchRequest, run_search
from search.index.indexing import index_speeches
from tests.search.factories import make_speech

WRITINGS = (
    ("王小明", "王·小明", "王 小 明", "王　小明"),
    ("陈明", "陈　明", "陈 明"),
    (
        "艾尔肯·吐尼亚孜",
        "艾尔肯•吐尼亚孜",
        "艾尔肯・吐尼亚孜",
        "艾尔肯吐尼亚孜",
        "艾尔肯 · 吐尼亚孜",
    ),
)


@pytest.mark.django_db
def test_every_writing_of_a_name_finds_the_speeches_of_them_all(index_folder: Path) -> None:
    speeches = {
        name: make_speech(
            "在青芜县工作会议上的讲话",
            [f"第{at}篇：办好家站。"],
            date="2023",
            speaker=Speaker.objects.create(name=name),
        )
        for at, name in enumerate(name for names in WRITINGS for name in names)
    }
    index_speeches([speech.pk for speech in speeches.values()])
    for names in WRITINGS:
        wanted = {speeches[name].pk for name in names}
        for name in names:
            by_field = run_search(SearchRequest(f"讲话人:“{name}”"))
            assert {hit.speech_id for hit in by_field.hits} == wanted, name
            # Typed plainly, a name that stands in no text leads to its bearer.
            typed = run_search(SearchRequest(name), leads=True)
            found = {hit.speech_id for hit in typed.hits}
            leads = {lead.count for lead in typed.leads if lead.kind == "metadata"}
            assert found == wanted or leads == {len(wanted)}, name
    assert Speaker.objects.filter(name="王·小明").exists()
    assert run_search(SearchRequest("讲话人:“王小”")).total == len(WRITINGS[0])


@pytest.mark.django_db
def test_the_list_of_speakers_is_searched_by_any_writing() -> None:
    Speaker.objects.bulk_create(Speaker(name=name) for names in WRITINGS for name in names)
    speakers = PartyAdmin(Speaker, admin.site)
    request = RequestFactory().get("/")
    for names in WRITINGS:
        for name in names:
            found, _ = speakers.get_search_results(request, Speaker.objects.all(), name)
            assert {one.name for one in found} == set(names)


@pytest.mark.parametrize("names", WRITINGS)
def test_two_writings_are_one_speaker_alone_and_among_others(names: tuple[str, ...]) -> None:
    for one, other in product(names, names):
        assert compare_speakers(one, other).agreement.name == "AGREE", (one, other)
        both = compare_speakers(f"{one}、林知远", f"林知远、{other}")
        assert both.agreement.name == "AGREE", (one, other)
        heads = (
            Head(title="在青芜县人大工作会议上的讲话", speaker=name, delivered="2023-05-06")
            for name in (one, other)
        )
        assert compare_heads(*heads).agreement.name != "CONTRADICT"
