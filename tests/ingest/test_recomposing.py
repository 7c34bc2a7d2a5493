"""A raw text and decided spans: the same draft as the parse, or another one as told."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from corpus_app.ingest.draft import Draft, Metadata, Notice, RejectedFile, Removed
from corpus_app.ingest.pipeline import parse_bytes
from corpus_app.ingest.recomposing import (
    BadSpanError,
    find_gaps,
    find_raw_notices,
    recompose,
)
from corpus_app.ingest.spans import trace_text
from tests.ingest.invariants import check_invariants, squeeze
from tests.ingest.shared_texts import SHARED, needs_shared
from tests.thoroughness import draw

GOLDEN = Path(__file__).parent / "golden"
SPEECHES = Path(__file__).parents[2] / "fixtures" / "speeches"
SEEDS = SHARED / "seeds"
OWN = [
    *sorted(path for path in GOLDEN.iterdir() if path.suffix != ".json"),
    *sorted(SPEECHES.iterdir()),
]
FOUND = sorted(SEEDS.glob("*.txt")) or [SEEDS / "none.txt"]
FILES = [
    *(pytest.param(path, id=path.name) for path in OWN),
    *(pytest.param(path, id=path.name, marks=needs_shared) for path in FOUND),
]
RAW = (
    "同志们：\n今天我讲两点意见。\n一、提高站位\n要深刻领会会议精神，【砚池文库】把思想统一起来。\n"
    "扫码关注砚池文库公众号\n以下内容开通会员后可见，此处隐藏120字\n二、狠抓落实\n要压实责任。\n谢谢大家！"
)


def span(words: str, kind: str = "editor", rule: str = "editor") -> Removed:
    start = RAW.index(words)
    return Removed(kind, words, start, start + len(words), rule)


def read_outline(draft: Draft) -> tuple[object, ...]:
    return draft.text, draft.sections, draft.gaps, draft.announced, draft.completeness


@pytest.mark.parametrize("path", FILES)
def test_it_makes_of_the_parsers_own_spans_what_the_parser_made(path: Path) -> None:
    parsed = parse_bytes(path.read_bytes(), path.name)
    again = recompose(
        parsed.raw, parsed.removed, file_format=parsed.format, metadata=parsed.metadata
    )
    assert read_outline(again) == read_outline(parsed)
    assert again.slogans == parsed.slogans
    assert again.suspects == parsed.suspects
    assert again.metadata == parsed.metadata


@pytest.mark.parametrize("path", FILES)
def test_it_carries_the_parsers_notices_over(path: Path) -> None:
    parsed = parse_bytes(path.read_bytes(), path.name)
    places = trace_text(parsed.raw, parsed.removed, parsed.text)
    carried = find_raw_notices(parsed.notices, places)
    again = recompose(parsed.raw, parsed.removed, file_format=parsed.format, notices=carried)
    assert again.notices == parsed.notices


@given(data=st.data())
@draw(150)
def test_it_keeps_the_contract_whatever_spans_are_removed(data: st.DataObject) -> None:
    places = st.integers(0, len(RAW))
    chosen = data.draw(st.lists(st.tuples(places, places), max_size=8))
    kinds = data.draw(
        st.lists(
            st.sampled_from(["editor", "paywall", "hidden", "advert", "watermark"]),
            min_size=len(chosen),
            max_size=len(chosen),
        )
    )
    rules = {"editor": "editor"}
    spans = [
        Removed(kind, "", min(pair), max(pair), rules.get(kind, "x"))
        for pair, kind in zip(chosen, kinds, strict=True)
    ]
    taken = {place for pair in chosen for place in range(min(pair), max(pair))}
    left = "".join(char for place, char in enumerate(RAW) if place not in taken)
    if not any(char.isalnum() for char in left):
        with pytest.raises(RejectedFile):
            recompose(RAW, spans)
        return
    draft = recompose(RAW, spans)
    check_invariants(draft.to_json())
    assert squeeze(draft.text) == squeeze(left)
    assert recompose(RAW, draft.removed).to_json() == draft.to_json()


def test_it_closes_up_where_a_person_took_words_out_of_a_sentence() -> None:
    draft = recompose(RAW, [span("【砚池文库】")])
    assert "要深刻领会会议精神，把思想统一起来。" in draft.text.split("\n")


def test_it_joins_what_stands_before_and_behind_a_span_over_a_line_end() -> None:
    draft = recompose(RAW, [span("要压实责任。\n谢谢")])
    assert "大家！" in draft.text.split("\n")[-1]


def test_it_leaves_a_gap_where_a_notice_of_hidden_text_was_removed() -> None:
    notice = "以下内容开通会员后可见，此处隐藏120字"
    draft = recompose(RAW, [span(notice, "paywall", "statement")])
    assert [(gap.kind, gap.hidden_chars, gap.note) for gap in draft.gaps] == [
        ("paywall", 120, notice)
    ]
    assert draft.completeness == "gapped"


def test_it_counts_a_notice_cut_by_invisible_signs_once() -> None:
    raw = "要压实责任。开通会员\u200b后可见\n谢谢大家！"
    removed = [
        Removed("paywall", "", 6, 10, "statement"),
        Removed("invisible", "", 10, 11, "control"),
        Removed("paywall", "", 11, 14, "statement"),
    ]
    assert [gap.note for gap in find_gaps(raw, removed)] == ["开通会员\u200b后可见"]


def test_it_leaves_no_gap_where_the_hidden_words_were_filled_in() -> None:
    notice = "以下内容开通会员后可见，此处隐藏120字"
    draft = recompose(RAW, [span(notice, "paywall", "statement:filled")])
    assert draft.gaps == []


def test_it_shows_a_restored_notice_as_text_without_a_gap() -> None:
    draft = recompose(RAW, [])
    assert "以下内容开通会员后可见" in draft.text
    assert draft.gaps == []


def test_it_drops_a_notice_about_words_that_are_gone() -> None:
    at = RAW.index("【砚池文库】")
    notes = [Notice("possible_watermark", "请核对", at, at + 6), Notice("encoding", "存疑")]
    kept = recompose(RAW, [span("【砚池文库】")], notices=notes).notices
    assert [note.code for note in kept if note in notes] == ["encoding"]
    shown = recompose(RAW, [], notices=notes)
    place = next(note for note in shown.notices if note.code == "possible_watermark")
    assert shown.text[place.start : place.end] == "【砚池文库】"


def test_it_keeps_the_metadata_it_is_given() -> None:
    metadata = Metadata(title="在会议上的讲话", occasion="会议")
    assert recompose(RAW, [], metadata=metadata).metadata == metadata


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (5, 4), (0, len(RAW) + 1)])
def test_it_refuses_a_span_outside_the_raw_text(start: int, end: int) -> None:
    with pytest.raises(BadSpanError, match="超出原文"):
        recompose(RAW, [Removed("editor", "", start, end)])


def test_it_refuses_to_leave_no_word() -> None:
    with pytest.raises(RejectedFile) as refused:
        recompose(RAW, [Removed("editor", "", 0, len(RAW))])
    assert refused.value.code == "no_text"
