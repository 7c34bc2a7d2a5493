"""Passages that speeches share, for programs."""

from __future__ import annotations

import pytest

from corpus_app.catalog.models import Speech
from search import rebuild_index
from tests.api.conftest import Ask
from tests.search.factories import Part, make_speech
from tests.search.reusing import write

pytestmark = pytest.mark.django_db


@pytest.fixture
def speeches(index_folder: object) -> list[Speech]:
    shared = [write(40, number) for number in range(3)]
    texts = ["\n".join(shared), *(f"{words}\n{write(50, 9)}" for words in shared)]
    made = [
        make_speech(f"第{n}篇", [Part("", text)], date=f"20{10 + n}-01-01")
        for n, text in enumerate(texts)
    ]
    rebuild_index()
    return made


def test_pages_join_to_all_passages_and_every_offset_holds(
    ask: Ask, speeches: list[Speech]
) -> None:
    whole = ask("/reuse", speech=speeches[0].pk)
    assert whole["total"] == len(whole["items"]) == 3
    assert whole["labels"]["borrowing"] == 3
    assert whole["shares"]["borrowing"] == 1
    assert whole["corpus"]["speeches"] == 4
    assert whole["corpus"]["version"]
    texts = {speech.pk: speech.current.text for speech in speeches if speech.current}
    for one in whole["items"]:
        assert texts[speeches[0].pk][one["start"] : one["end"]] == one["text"]
        assert texts[one["speech"]][one["other_start"] : one["other_end"]] == one["other_text"]
        assert (one["direction"], one["altered"]) == ("to", 0)
    page = ask("/reuse", speech=speeches[0].pk, limit=2)
    rest = ask("/reuse", speech=speeches[0].pk, limit=2, cursor=page["next_cursor"])
    assert page["items"] + rest["items"] == whole["items"]
    assert rest["next_cursor"] is None


def test_a_pair_is_compared_alone(ask: Ask, speeches: list[Speech]) -> None:
    first, other = speeches[0].pk, speeches[2].pk
    answer = ask("/reuse", speech=first, other=other)
    assert [one["speech"] for one in answer["items"]] == [other]
    assert ask("/reuse", speech=first, other=other, label="formula")["items"] == []
    assert ask("/reuse", 404, speech=first, other=999)["code"] == "missing"
    assert ask("/reuse", 404, speech=first, other=first)["code"] == "missing"
    assert ask("/reuse", 422)["errors"][0]["parameter"] == "speech"
