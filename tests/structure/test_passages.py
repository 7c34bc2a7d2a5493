"""Where a passage is cut: paragraphs kept whole, sentences found."""

from __future__ import annotations

from hypothesis import given, strategies as st

from corpus_app.structure.parallels import SIDE_CHARS, find_sentence, split_members
from corpus_app.structure.passages import SHOWN_CHARS, SHOWN_PARAGRAPHS, cut_paragraphs

TEXTS = st.text(alphabet="甲乙、，。！？；\n", max_size=400)


def test_it_keeps_short_passages_whole() -> None:
    assert cut_paragraphs("同志们：\n  今天开会。\n\n") == (["同志们：", "今天开会。"], False)


def test_it_drops_whole_paragraphs_before_it_cuts_one() -> None:
    assert cut_paragraphs("短。\n" + "长" * SHOWN_CHARS) == (["短。"], True)
    (only,), is_cut = cut_paragraphs("长" * (SHOWN_CHARS + 1))
    assert is_cut
    assert only == "长" * SHOWN_CHARS + "……"


def test_it_says_when_paragraphs_follow() -> None:
    kept, is_cut = cut_paragraphs("一。\n" * (SHOWN_PARAGRAPHS + 1))
    assert len(kept) == SHOWN_PARAGRAPHS
    assert is_cut


@given(TEXTS)
def test_what_is_kept_is_the_beginning(text: str) -> None:
    kept, is_cut = cut_paragraphs(text)
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    assert kept == lines[: len(kept)]
    assert is_cut == (len(kept) < len(lines))


def test_the_sentence_takes_its_sign_but_no_line_break() -> None:
    text = "前句。本句有词语在内！\n后句。"
    start = text.index("词语")
    assert text[slice(*find_sentence(text, start, start + 2))] == "本句有词语在内！"
    bare = "标题有词语\n正文"
    assert bare[slice(*find_sentence(bare, 3, 5))] == "标题有词语"


@given(TEXTS, st.data())
def test_the_sentence_holds_the_phrase_and_little_more(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    first, last = find_sentence(text, start, end)
    assert 0 <= first <= start <= end <= last <= len(text)
    assert start - first <= SIDE_CHARS
    assert last - end <= SIDE_CHARS
    assert not set("。！？；\n") & set(text[first:start])
    assert not set("。！？；\n") & set(text[end : max(end, last - 1)])


def test_members_are_what_stands_between_commas() -> None:
    assert split_members("节日多、平日少，电话多,见面少") == [
        "节日多",
        "平日少",
        "电话多",
        "见面少",
    ]
