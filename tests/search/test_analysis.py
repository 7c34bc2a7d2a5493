from __future__ import annotations

import pickle
from itertools import pairwise

from hypothesis import given, settings, strategies as st

from corpus_app.text.folding import fold
from search.analysis.words import cut_for_index, cut_words
from search.engine.schema import WordAnalyzer

TEXT = "要深入学习，全過程人民民主建设。ＡＢＣ站 2023年"


def test_it_leaves_out_punctuation_and_white_space() -> None:
    assert [word.text for word in cut_words("代表， 履职！")] == ["代表", "履职"]


def test_it_cuts_folded_text_and_points_into_the_source() -> None:
    words = cut_words("機關黨建 工作")
    assert "".join(word.text for word in words) == "机关党建工作"
    assert all("機關黨建 工作"[word.start : word.end] for word in words)


def test_words_inside_words_share_the_position() -> None:
    words = list(cut_for_index("中华人民共和国"))
    assert {word.position for word in words} == {0}
    assert "共和国" in {word.text for word in words}


def test_the_whoosh_analyzer_gives_rising_positions_and_true_offsets() -> None:
    tokens = [
        (token.text, token.pos, token.startchar, token.endchar)
        for token in WordAnalyzer()(TEXT, positions=True, chars=True, mode="query")
    ]
    assert [token[1] for token in tokens] == list(range(len(tokens)))
    assert all(left[3] <= right[2] for left, right in pairwise(tokens))


def test_the_whoosh_analyzer_honours_starts() -> None:
    token = next(WordAnalyzer()("代表", positions=True, chars=True, start_pos=7, start_char=9))
    assert (token.pos, token.startchar, token.endchar) == (7, 9, 11)


def test_the_analyzer_can_be_stored_with_the_schema() -> None:
    again = pickle.loads(pickle.dumps(WordAnalyzer()))
    assert [token.text for token in again("代表履职")] == [
        token.text for token in WordAnalyzer()("代表履职")
    ]


@settings(deadline=None)
@given(st.text(max_size=60))
def test_every_word_stands_where_it_says(text: str) -> None:
    for word in cut_for_index(text):
        assert 0 <= word.start < word.end <= len(text)
        assert word.text.lower() in fold(text[word.start : word.end]).lower()


def test_words_go_through_signs_that_are_not_seen_and_letters_with_marks() -> None:
    text = "联\u200b络\u00ad站。全过程\ufeff人民民主"
    plain = text.translate(dict.fromkeys(map(ord, "\u200b\u00ad\ufeff")))
    assert [word.text for word in cut_for_index(text)] == [w.text for w in cut_for_index(plain)]
    assert {fold(text[w.start : w.end]) == w.text for w in cut_for_index(text)} == {True}
