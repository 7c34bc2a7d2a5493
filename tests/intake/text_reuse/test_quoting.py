"""What of a text stands in another, held against looking for every stretch."""

from hypothesis import given, strategies as st

from corpus_app.intake.text_reuse.quoting import (
    QUOTED,
    Quotes,
    ShingledText,
    find_formulas,
    read_wording,
)
from corpus_app.text.chars import keep_words
from tests.catalog.speeches import TRAINING, WORK_CONFERENCE

STATION = "一是办好代表家站。全县二十二个站点每月开放两天，代表轮流坐班，面对面听取意见。"
NOTES = f"读了讲话，印象最深的是这一段：{STATION}我们镇也有三个站，回去就照着排班。"


def mark_by_looking(text: str, other: str) -> set[int]:
    words, whole = keep_words(text), keep_words(other)
    marked: set[int] = set()
    for start in range(len(words) - QUOTED + 1):
        if words[start : start + QUOTED] in whole:
            marked.update(range(start, start + QUOTED))
    return marked


def find_quotes(text: ShingledText, other: ShingledText) -> Quotes:
    return text.collect(text.find_shared(other))


def check(text: str, other: str) -> None:
    quotes = find_quotes(read_wording(text), read_wording(other))
    found = {at for start, end in quotes.runs for at in range(start, end)}
    assert found == mark_by_looking(text, other)
    assert quotes.characters == len(found)
    assert all(a[1] < b[0] for a, b in zip(quotes.runs, quotes.runs[1:], strict=False))


def test_a_quoted_sentence_is_found_wherever_it_stands() -> None:
    check(NOTES, WORK_CONFERENCE)
    check(WORK_CONFERENCE, NOTES)
    quotes = find_quotes(read_wording(NOTES), read_wording(WORK_CONFERENCE))
    assert quotes.longest == len(keep_words(STATION))


@given(st.text("甲乙丙", max_size=90), st.text("甲乙丙", max_size=90))
def test_what_is_found_is_what_looking_finds(text: str, other: str) -> None:
    check(text, other)


@given(st.text("甲乙", max_size=60), st.integers(0, 60), st.integers(0, 60))
def test_a_cut_of_a_text_is_all_in_it(text: str, start: int, end: int) -> None:
    cut = text[start:end]
    quotes = find_quotes(read_wording(cut), read_wording(text))
    assert quotes.share == (1.0 if len(cut) >= QUOTED else 0.0)


def test_blanks_and_marks_do_not_part_a_quotation() -> None:
    changed = STATION.replace("，", "、\n　　").replace("。", "；")
    quotes = find_quotes(read_wording(changed), read_wording(WORK_CONFERENCE))
    assert quotes.share == 1.0


def test_what_many_texts_say_counts_for_nothing() -> None:
    formula = "坚持以人民为中心的发展思想把实现好维护好发展好人民根本利益作为出发点和落脚点"
    texts = [read_wording(f"第{n}县的讲话。{formula}。后面各说各的{n * n}。") for n in range(1, 5)]
    formulas = find_formulas(texts, 4)
    shared = texts[0].find_shared(texts[1]) & ~texts[0].find_formulas(formulas)
    quotes = texts[0].collect(shared)
    assert find_quotes(texts[0], texts[1]).characters >= len(formula)
    assert quotes.characters == 0
    assert not len(find_formulas(texts, 5))


def test_two_short_texts_are_not_quoted() -> None:
    assert find_quotes(read_wording("同志们"), read_wording("同志们")).share == 0.0
    assert find_quotes(read_wording(""), read_wording(TRAINING)).share == 0.0
