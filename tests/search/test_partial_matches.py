"""What comes near a query of several words: shown apart, never counted."""

from __future__ import annotations

import pytest

from corpus_app.catalog.models import Speech
from search.presentation.partial_matches import ENOUGH, ask_any_word
from search.query import parse_query
from search.query.nodes import And, DateRange, Or
from tests.search.asking import ask
from tests.search.factories import Part, make_speech

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index_folder")]


def test_it_shows_what_has_some_of_the_words_where_few_have_all(corpus: dict[str, Speech]) -> None:
    result = ask("代表 党建")
    assert (result.total, result.hits) == (0, [])
    assert {hit.speech_id for hit in result.partial_matches} == {
        speech.pk for speech in corpus.values()
    }
    assert result.advice


def test_it_never_shows_a_hit_again(corpus: dict[str, Speech]) -> None:
    result = ask("代表 信访")
    hits = {hit.speech_id for hit in result.hits}
    assert hits
    assert not hits & {hit.speech_id for hit in result.partial_matches}


def test_conditions_beside_the_words_hold_on(corpus: dict[str, Speech]) -> None:
    found = {hit.speech_id for hit in ask("代表 党建 日期:2022").partial_matches}
    assert found == {corpus["station"].pk}
    assert not ask("代表 党建 “没有这句话”").partial_matches


def test_facets_hold_on(corpus: dict[str, Speech]) -> None:
    assert {hit.speech_id for hit in ask("代表 党建", year=("2022",)).partial_matches} == {
        corpus["station"].pk
    }


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("党建", {}),
        ("“代表 党建”", {}),
        ("代表 OR 党建", {}),
        ("代表 党建", {"sort": "date"}),
        ("代表 党建", {"page": 2}),
        ("代表 党建", {"per_page": None}),
    ],
)
def test_nothing_comes_near_where_it_was_not_asked_for(
    text: str, changes: dict[str, object], corpus: dict[str, Speech]
) -> None:
    assert ask(text, **changes).partial_matches == []


def test_enough_hits_need_nothing_near() -> None:
    for number in range(ENOUGH):
        make_speech(f"讲话{number}", [Part("代表依法履职。")])
    make_speech("另一篇", [Part("代表联系群众。")])
    from search import rebuild_index

    rebuild_index()
    result = ask("代表 履职")
    assert (result.total, result.partial_matches) == (ENOUGH, [])


def test_whole_speeches_are_not_enough_for_who_asks_for_sections() -> None:
    for number in range(ENOUGH):
        make_speech(f"讲话{number}", [Part("代表依法。"), Part("尽力履职。")])
    from search import rebuild_index

    rebuild_index()
    assert not ask("代表 履职").partial_matches
    result = ask("代表 履职", unit="section")
    assert {hit.section_key for hit in result.hits} == {None}
    assert len(result.partial_matches) == ENOUGH


def test_of_a_question_its_characters_come_near_where_its_words_stand_nowhere() -> None:
    answer = make_speech("甲", [Part("醉酒驾驶机动车的，处拘役。")])
    make_speech("乙", [Part("会议听取了报告。")])
    from search import rebuild_index

    rebuild_index()
    result = ask("喝酒驾车判几年？")
    assert [hit.speech_id for hit in [*result.hits, *result.partial_matches]] == [answer.pk]


def test_words_of_one_character_are_left_out_where_there_are_longer() -> None:
    tree = ask_any_word(parse_query("审查 和 监督 日期:2022"))
    assert isinstance(tree, And)
    assert isinstance(tree.children[0], Or)
    assert [word.text for word in tree.children[0].children] == ["审查", "监督"]
    assert isinstance(tree.children[1], DateRange)
    assert ask_any_word(parse_query("法 党")) is not None
    assert ask_any_word(parse_query("监督")) is None
