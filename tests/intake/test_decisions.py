"""What people decided on a text, added up and found again."""

from __future__ import annotations

from hypothesis import given, strategies as st

from corpus_app.ingest.draft import Removed
from corpus_app.intake.revisions.decisions import (
    EditorialDecisions,
    Span,
    apply_editorial_decisions,
    carry_editorial_decisions,
    cut_spans,
    read_editorial_decisions,
    take_edit,
)

RAW = "同志们：\n甲句在此。乙句在此。\n丙句在此。（某站转载）\n大家好！"
SPANS = st.lists(
    st.tuples(st.integers(0, len(RAW)), st.integers(0, len(RAW))).map(
        lambda pair: (min(pair), max(pair))
    ),
    max_size=4,
)


def cover(spans: list[Span]) -> set[int]:
    return {place for start, end in spans for place in range(start, end)}


def build(spans: list[Span]) -> list[Removed]:
    return [Removed("editor", RAW[a:b], a, b, "editor") for a, b in spans]


def cover_removed(spans: list[Removed]) -> set[int]:
    assert all(RAW[span.start : span.end] == span.text for span in spans)
    return cover([(span.start, span.end) for span in spans])


@given(spans=SPANS, holes=SPANS)
def test_cutting_holes_leaves_just_the_rest(spans: list[Span], holes: list[Span]) -> None:
    assert cover_removed(cut_spans(RAW, build(spans), sorted(holes))) == cover(spans) - cover(holes)


@given(first=SPANS, second=SPANS, restored=SPANS, removed=SPANS)
def test_the_last_decision_on_a_character_counts(
    first: list[Span], second: list[Span], restored: list[Span], removed: list[Span]
) -> None:
    before = take_edit(RAW, EditorialDecisions([], []), first, build(second))
    after = take_edit(RAW, before, restored, build(removed))
    taken = (cover(second) - cover(restored)) | cover(removed)
    kept = ((cover(first) - cover(second)) | cover(restored)) - cover(removed)
    assert cover_removed(after.removed) == taken
    assert cover(after.kept) == kept
    assert read_editorial_decisions(after.to_json(), RAW) == after


@given(parsed=SPANS, kept=SPANS, removed=SPANS)
def test_what_was_kept_stays_and_what_was_taken_goes(
    parsed: list[Span], kept: list[Span], removed: list[Span]
) -> None:
    decided = take_edit(RAW, EditorialDecisions([], []), kept, build(removed))
    spans = apply_editorial_decisions(RAW, build(parsed), decided)
    wanted = (cover(parsed) - cover(decided.kept)) | cover(removed)
    assert cover_removed(spans) == wanted


def test_nothing_decided_is_kept_as_nothing() -> None:
    assert EditorialDecisions([], []).to_json() == {}


def decide(words: str, raw: str = RAW) -> EditorialDecisions:
    start = raw.index(words)
    return EditorialDecisions([Removed("editor", words, start, start + len(words), "editor")], [])


def test_it_finds_the_words_again_where_lines_are_broken_otherwise() -> None:
    new = "标题\n\n" + RAW.replace("（某站转载）", "（某站\n转载）")
    carried, lost = carry_editorial_decisions(decide("（某站转载）"), RAW, new)
    assert lost == EditorialDecisions([], [])
    assert [span.text for span in carried.removed] == ["（某站\n转载）"]
    assert carried.removed[0].start == new.index("（某站")


def test_it_tells_equal_words_apart_by_what_stands_around_them() -> None:
    raw = RAW + "\n另一段。（某站转载）\n完了。"
    start = raw.rindex("（某站转载）")
    decided = EditorialDecisions([], [(start, start + 6)])
    new = "新的一行\n" + raw
    assert carry_editorial_decisions(decided, raw, new)[0].kept == [(start + 5, start + 11)]


def test_words_taken_out_that_are_gone_are_done_with_and_words_kept_are_lost() -> None:
    new = RAW.replace("（某站转载）", "")
    carried, lost = carry_editorial_decisions(decide("（某站转载）"), RAW, new)
    assert carried.removed == lost.removed == []
    start = RAW.index("（某站转载）")
    kept = EditorialDecisions([], [(start, start + 6)])
    assert carry_editorial_decisions(kept, RAW, new) == (EditorialDecisions([], []), kept)


def test_a_decision_whose_place_cannot_be_told_is_lost() -> None:
    new = "在此。" * 40
    carried, lost = carry_editorial_decisions(decide("在此"), RAW, new)
    assert carried.removed == []
    assert lost.removed == decide("在此").removed
