"""Older wordings: what took their place, by official texts, and whether a text came later."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, strategies as st

from corpus_app.ingest.pipeline import parse_bytes
from corpus_app.ingest.superseded import (
    Supersession,
    find_superseded,
    load_supersessions,
    name_newest,
)
from tests.ingest.official_sources import list_places
from tests.ingest.shared_texts import CORPORA, needs_shared

KNOWN = load_supersessions()
CHANGES = list(dict.fromkeys(KNOWN.values()))


@pytest.mark.parametrize(
    ("day", "past"),
    [
        ("2012-03-05", False),
        ("2012", False),
        ("2018-02", False),
        ("2018-03-20", None),
        ("2018", None),
        ("", None),
        ("2018-04", True),
        ("2023-05-06", True),
    ],
)
def test_a_wording_is_seen_from_the_day_of_its_text(day: str, past: bool | None) -> None:
    text = "要依法监督一府两院的工作。"
    (found,) = find_superseded(text, day)
    assert (found.text, found.new, found.past) == ("一府两院", "一府一委两院", past)
    assert text[found.start : found.end] == "一府两院"


def test_the_newer_wording_and_other_words_are_none() -> None:
    for text in (
        "监督一府一委两院",
        "发展全过程人民民主",
        "坚持长期共存、互相监督、肝胆相照、荣辱与共的方针",
        "在幼有所育、学有所教、劳有所得、病有所医、老有所养、住有所居、弱有所扶上用力",
    ):
        assert find_superseded(text, "2024") == []


def test_of_a_chain_the_wording_of_the_day_is_named() -> None:
    old = "富强民主文明的社会主义现代化国家"
    assert find_superseded(f"建设{old}", "2010")[0].new == "富强民主文明和谐的社会主义现代化国家"
    assert name_newest(old) == "富强民主文明和谐美丽的社会主义现代化强国"
    assert find_superseded(f"建设{old}", "2019")[0].new == name_newest(old)


def make_speech(day: str) -> bytes:
    return (
        f"在蒲原市人大工作会议上的讲话\n（{day}）\n李明\n同志们：\n"
        "要发展全过程民主，听取各方面意见，把会开好，把事办实。\n谢谢大家。"
    ).encode()


@pytest.mark.parametrize(("day", "slips"), [("2020年3月5日", []), ("2023年3月5日", ["全过程民主"])])
def test_a_wording_that_was_right_on_its_day_is_no_slip(day: str, slips: list[str]) -> None:
    assert [slip.text for slip in parse_bytes(make_speech(day), "a.txt").suspects] == slips


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: str(change.new))
def test_a_change_is_dated_by_its_sources(change: Supersession) -> None:
    assert re.fullmatch(r"\d{4}-\d\d", change.since)
    assert change.since == change.new_source.date
    assert change.old_source.date < change.since
    assert change.new not in change.old
    assert any(old in change.old_source.quote for old in change.old)
    folded = re.sub(r"\W", "", change.new_source.quote)
    assert re.sub(r"\W", "", change.new) in folded or "未用这一简称" in change.note


@needs_shared
@pytest.mark.parametrize("change", CHANGES, ids=lambda change: str(change.new))
def test_both_sentences_are_read_back_from_their_places(change: Supersession) -> None:
    for source in (change.old_source, change.new_source):
        assert source.place in list_places(source.document, source.quote)


@needs_shared
def test_no_report_after_a_change_says_the_old_wording() -> None:
    reports = sorted((CORPORA / "gwr_state_council/txt").glob("*.txt"))
    for path in reports:
        found = find_superseded(path.read_text("utf-8"), path.stem[-4:])
        assert [one.text for one in found if one.past] == []


WORDS = st.sampled_from([*KNOWN, *(one.new for one in CHANGES), "，", "。", "我们", "\n"])


@given(st.lists(WORDS, max_size=12).map("".join), st.sampled_from(["", "1990", "2012-05", "2024"]))
def test_places_name_their_text_never_overlap_and_time_agrees(text: str, day: str) -> None:
    end = 0
    for found in find_superseded(text, day):
        assert text[found.start : found.end] == found.text
        assert found.start >= end
        end = found.end
        assert found.past is found.supersession.is_past(day)
        assert found.new not in found.supersession.old
