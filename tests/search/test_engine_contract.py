"""What search asks of the engine set in settings, whichever it is; only Haystack's own calls."""

from __future__ import annotations

import pytest
from django.conf import settings as project_settings
from haystack import connections
from haystack.query import SQ, SearchQuerySet

from corpus_app.catalog.models import Section, Speech
from search.index.documents import (
    find_identifiers,
    list_expected,
    list_identifiers,
    rebuild_documents,
    replace_documents,
)
from search.index.published import read_speeches
from tests.search.factories import Part, add_revision, make_speech

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index_folder")]


def put(*speeches: Speech) -> list[Speech]:
    ids = [speech.pk for speech in speeches]
    fresh = [each for batch in read_speeches(ids) for each in batch]
    replace_documents(fresh, ids)
    return fresh


def test_the_suite_runs_against_the_engine_in_settings() -> None:
    options = connections.connections_info["default"]
    assert options["ENGINE"] == project_settings.HAYSTACK_CONNECTIONS["default"]["ENGINE"]


def test_it_holds_a_document_for_each_speech_and_section() -> None:
    speeches = put(make_speech(parts=[Part("甲", "乙", [Part("丙", "丁")])]), make_speech())
    assert list_identifiers() == list_expected(speeches)
    assert SearchQuerySet().models(Speech).count() == 2
    assert SearchQuerySet().models(Section).count() == 2


def test_putting_again_replaces_and_leaves_no_old_section() -> None:
    speech = make_speech(parts=["旧文"])
    put(speech)
    add_revision(speech, ["新文", "再文"], number=2)
    fresh = put(speech)
    assert list_identifiers() == list_expected(fresh)
    assert len(list_identifiers()) == 3


def test_taking_out_leaves_the_others() -> None:
    gone, kept = make_speech(parts=["代表"]), make_speech(parts=["代表"])
    put(gone, kept)
    replace_documents([], [gone.pk])
    assert list_identifiers() == set(find_identifiers([kept.pk]))


def test_words_are_found_in_text_and_heading_by_field() -> None:
    put(make_speech("预算审查", ["依法履职"]), make_speech("讲话", ["预算"]))
    assert SearchQuerySet().models(Speech).filter(SQ(text="预算")).count() == 2
    assert SearchQuerySet().models(Speech).filter(SQ(heading="预算")).count() == 1
    assert SearchQuerySet().models(Speech).filter(SQ(text="预算") & SQ(text="履职")).count() == 1
    assert SearchQuerySet().models(Speech).filter(SQ(text="信访") | SQ(text="履职")).count() == 1


def test_words_inside_words_are_found() -> None:
    put(make_speech(parts=["中华人民共和国"]))
    assert SearchQuerySet().models(Speech).filter(text="共和国").count() == 1


def test_the_longest_words_of_a_term_need_not_stand_together() -> None:
    put(make_speech(parts=["代表依法履职"]))
    assert SearchQuerySet().models(Speech).filter(SQ(text="代表") & SQ(text="履职")).count() == 1


def test_scores_fall_and_a_title_counts_more() -> None:
    text, title = put(
        make_speech("讲话", ["预算审查监督工作。"]), make_speech("预算审查", ["预算监督工作。"])
    )
    query = SQ(text="预算") | SQ(heading="预算")
    rows = SearchQuerySet().models(Speech).filter(query).values_list("pk", "score")[:10]
    assert [int(pk) for pk, _ in rows] == [title.pk, text.pk]
    assert rows[0][1] > rows[1][1] > 0


def test_values_carry_the_model_and_the_key() -> None:
    speech = put(make_speech(parts=["代表"]))[0]
    rows = SearchQuerySet().filter(text="代表").values_list("model_name", "pk")[:10]
    assert ("speech", speech.pk) in {(name, int(pk)) for name, pk in rows}


def test_slices_are_exact_and_beyond_the_end_empty() -> None:
    put(*(make_speech(f"讲话{at}") for at in range(7)))
    found = SearchQuerySet().models(Speech).order_by("speech")
    whole = [hit.pk for hit in found[0:7]]
    assert [hit.pk for hit in SearchQuerySet().models(Speech).order_by("speech")[5:9]] == whole[5:]
    assert list(SearchQuerySet().models(Speech)[50:60]) == []


def test_traditional_characters_and_letters_in_any_case_are_one_word() -> None:
    put(make_speech(parts=["機關黨建ＡＢＣ"]))
    for word in ("机关", "党建", "abc"):
        assert SearchQuerySet().models(Speech).filter(text=word).count() == 1


def test_a_rebuild_puts_in_what_is_given_and_drops_the_rest() -> None:
    old, new = make_speech(parts=["旧"]), make_speech(parts=["新"])
    put(old)
    fresh = next(read_speeches([new.pk]))
    with rebuild_documents() as fill:
        fill(fresh)
    assert list_identifiers() == list_expected(fresh)


def test_a_rebuild_that_fails_leaves_the_index_as_it_was() -> None:
    speeches = put(make_speech(parts=["代表"]))
    with pytest.raises(OSError), rebuild_documents():
        raise OSError("disk")
    assert list_identifiers() == list_expected(speeches)
