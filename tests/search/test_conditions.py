"""A condition of `only` lets through exactly the speeches that have the value."""

from __future__ import annotations

import pytest

from search import KEYS, SearchRequest, run_search
from search.study.opening import open_study
from tests.search.parted import count_words, list_key_values, make_parted

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index_folder")]


def find(asked: SearchRequest) -> set[int]:
    """Return the speeches that satisfy a request."""
    study = open_study(asked)
    pairs = zip(study.index.segments, study.matched, strict=True)
    return {int(pk) for live, mask in pairs for pk in live.segment.speech_ids[mask]}


def test_a_value_of_a_key_finds_what_bears_it_and_nothing_else() -> None:
    speeches = make_parted()
    for key in KEYS:
        held = {speech.pk: list_key_values(speech, key) for speech in speeches}
        for value in set().union(*held.values()):
            wanted = {pk for pk, values in held.items() if value in values}
            asked = SearchRequest(only=(f"{key}:{value}",), per_page=None)
            assert find(asked) == wanted, (key, value)
            study = open_study(asked.change(text="“监督”"))
            assert study.searched.speeches == len(wanted)
            counted = sum(count_words(s, "监督") for s in speeches if s.pk in wanted)
            assert len(study.places) == counted
        found = run_search(asked)
        assert {hit.speech_id for hit in found.hits} == wanted


def test_conditions_narrow_each_other_and_unknown_ones_count_as_unset() -> None:
    speeches = make_parted()
    both = ("level:county", "year:2019")
    wanted = {
        speech.pk
        for speech in speeches
        if all(one.split(":")[1] in list_key_values(speech, one.split(":")[0]) for one in both)
    }
    assert find(SearchRequest(only=both)) == wanted
    assert not find(SearchRequest(only=("speaker:石",)))
    assert not find(SearchRequest(only=("month:2019-13",)))

    one, other = (find(SearchRequest(only=(f"speaker:{name}",))) for name in ("石·磊", "石磊"))
    assert one == other
