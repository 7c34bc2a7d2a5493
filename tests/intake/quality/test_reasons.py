"""Quality flags: which reasons a speech gets, and how they add up."""

from __future__ import annotations

import datetime as dt
import re
import time
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, strategies as st

from corpus_app.intake.quality.facts import QualityFacts, SharedText
from corpus_app.intake.quality.reasons import (
    OUTLINE_STEPS,
    TEXT_STEPS,
    find_reasons,
    is_of_outline,
    sum_weights,
)
from corpus_app.intake.quality.rules import load_rules
from corpus_app.intake.quality.sentences import NAMES, SENTENCES, describe_reason, name_reason
from corpus_app.intake.quality.traces import find_mojibake, find_noise, find_placeholders
from tests.catalog.speeches import WORK_CONFERENCE
from tests.folding import for_each
from tests.places import ROOT

CLEAN = QualityFacts(
    today=dt.date(2026, 1, 1),
    dates={"delivered": "2023-05-06", "published": "", "updated": ""},
    date_start=dt.date(2023, 5, 6),
    organisation="青芜县人大常委会",
    speaker="林知远",
    raw=WORK_CONFERENCE,
    text=WORK_CONFERENCE[60:],
)
NOTICE = {"code": "", "message": "请核对。", "start": None, "end": None}
MISSING = {"text": "讲四点意见", "expected": 4, "found": 3, "missing": [4]}
SUSPECT = {"text": "近平总书记", "suggestion": "习近平总书记", "kind": "slip", "start": 0, "end": 5}
NEAR_COPY = SharedText("near_duplicate", 7, "另一篇", 93)


def list_codes(**changes: Any) -> list[str]:
    return [reason.code for reason in find_reasons(replace(CLEAN, **changes))]


def dates(**known: str) -> dict[str, str]:
    return {"delivered": "", "published": "", "updated": "", **known}


def note(code: str) -> dict[str, Any]:
    return {**NOTICE, "code": code}


def with_line(line: str) -> str:
    return CLEAN.text + "\n" + line


def test_a_whole_speech_with_all_its_facts_has_no_doubt() -> None:
    assert find_reasons(CLEAN) == []


@for_each(
    ("code", "changes"),
    [
        ("no_title", {"title_inferred": True}),
        ("title_improbable", {"title_read": "复制正文"}),
        ("no_date", {"dates": dates()}),
        ("date_of_page", {"dates": dates(updated="2024-04")}),
        ("date_vague", {"dates": dates(published="2024")}),
        ("date_ahead", {"date_start": dt.date(2031, 1, 1)}),
        ("no_organisation", {"organisation": ""}),
        ("no_speaker", {"speaker": ""}),
        ("gap", {"completeness": "gapped", "gaps": 2}),
        ("truncated", {"completeness": "truncated", "gaps": 1}),
        ("sections_missing", {"announced": [MISSING]}),
        ("very_short", {"text": "同志们：散会。"}),
        ("no_outline", {"text": "我们要开会。" * 400, "notices": [note("no_outline")]}),
        ("noise", {"text": with_line("责任编辑：某某")}),
        ("noise", {"text": with_line("详见 https://example.invalid/a.html。")}),
        ("noise", {"text": with_line("\n".join(["青芜人大信息"] * 3))}),
        ("much_removed", {"removed": [{"kind": "advert", "start": 0, "end": 500}]}),
        ("encoding", {"raw": CLEAN.raw + "锟斤拷"}),
        ("encoding", {"raw": CLEAN.raw + "\ufffd"}),
        ("encoding", {"notices": [note("encoding_tie")]}),
        ("encoding", {"notices": [note("damaged_bytes")]}),
        ("garbled", {"text": "龘靐齉爩鱻麤龗灪吁" * 60}),
        ("near_duplicate", {"shared_texts": [NEAR_COPY]}),
        ("family_part", {"shared_texts": [replace(NEAR_COPY, code="family_part")]}),
        ("family_quotes", {"shared_texts": [replace(NEAR_COPY, code="family_quotes")]}),
        ("suspects", {"suspects": [SUSPECT]}),
        ("many_suspects", {"suspects": [SUSPECT] * 5}),
        ("placeholders", {"suspects": [SUSPECT | {"kind": "placeholder"}] * 9}),
        ("placeholders", {"text": with_line("推动X高质量发展。")}),
        ("ocr", {"notices": [note("recognised")]}),
        ("ocr_doubtful", {"notices": [note("doubtful_chars")]}),
        ("field_unfit", {"notices": [note("field_unfit")]}),
        ("notice_tracked_changes", {"notices": [note("tracked_changes")]}),
        ("notice_yet_unknown", {"notices": [note("yet_unknown")]}),
    ],
)
def test_each_fault_gives_its_reason_and_no_other(code: str, changes: dict[str, Any]) -> None:
    assert list_codes(**changes) == [code]


def test_a_possible_watermark_is_named_as_noise() -> None:
    notice = {**note("possible_watermark"), "start": 3, "end": 6}
    (reason,) = find_reasons(replace(CLEAN, notices=[notice]))
    assert (reason.code, reason.details["examples"]) == ("noise", [CLEAN.text[3:6]])


def test_what_was_taken_out_of_a_sentence_is_a_doubt_that_names_the_words() -> None:
    notice = {
        **note("removed_inside"),
        "message": "句中剔除了“云帆公文网”（视为网站插入），请核对。",
    }
    (reason,) = find_reasons(replace(CLEAN, notices=[notice, notice]))
    assert (reason.code, reason.details) == (
        "removed_inside",
        {"count": 2, "examples": ["云帆公文网"]},
    )


def test_whatever_holds_a_speech_back_shows_among_those_to_look_at() -> None:
    rules = load_rules()
    assert "removed_inside" in rules.holding
    assert all(rules.weights[code] >= rules.threshold for code in rules.holding)


def test_values_in_doubt_are_named_and_weigh_the_chance_that_one_is_wrong() -> None:
    known = {"title": 0.99, "delivered": 0.8, "speaker": 0.949}
    (reason,) = find_reasons(replace(CLEAN, probabilities=known))
    assert (reason.code, reason.weight) == ("value_doubtful", 25)
    assert reason.message == "文献信息可能有误，请核对：讲话日期（80%）、讲话人（94%）"


@given(st.dictionaries(st.sampled_from(["title", "speaker", "source"]), st.floats(0, 1)))
def test_the_less_probable_the_values_the_heavier_the_doubt(known: dict[str, float]) -> None:
    reasons = find_reasons(replace(CLEAN, probabilities=known))
    assert bool(reasons) == any(p < 0.95 for p in known.values())
    worse = find_reasons(replace(CLEAN, probabilities=known | {"place": 0.5}))
    assert worse[0].weight >= sum(reason.weight for reason in reasons)


def test_values_that_are_likely_or_not_measured_are_no_doubt() -> None:
    assert list_codes(probabilities={"title": 0.95, "speaker": 1.0}) == []


def test_a_foreign_term_that_stayed_is_no_noise() -> None:
    text = CLEAN.text.replace("总结过去", "总结PM2.5防治，总结过去")
    at = text.find("PM2.5")
    notice = {**note("possible_watermark"), "start": at, "end": at + 5}
    (reason,) = find_reasons(replace(CLEAN, text=text, notices=[notice]))
    assert (reason.code, reason.details["examples"]) == ("terms_kept", ["PM2.5"])


def test_what_the_parser_also_says_counts_once() -> None:
    notices = [note("end_missing"), note("unnamed_section"), note("announced_missing")]
    assert list_codes(completeness="truncated", notices=notices) == ["truncated"]


def test_the_nearest_relation_is_the_reason_and_leads_to_the_speech() -> None:
    shared = [
        SharedText("family_quotes", 3, "甲", 30),
        NEAR_COPY,
        replace(NEAR_COPY, speech_id=9, percent=97),
    ]
    (reason,) = find_reasons(replace(CLEAN, shared_texts=shared))
    assert (reason.code, reason.other, reason.details["percent"]) == ("near_duplicate", 9, 97)


def test_the_weightiest_reason_comes_first() -> None:
    codes = list_codes(speaker="", completeness="truncated", dates=dates())
    assert codes == ["truncated", "no_date", "no_speaker"]


def test_what_scraped_files_never_say_is_no_doubt_by_itself() -> None:
    slight = replace(CLEAN, dates=dates(), organisation="", speaker="", suspects=[SUSPECT])
    weights = [reason.weight for reason in find_reasons(slight)]
    assert len(weights) == 4
    assert sum_weights(weights) < load_rules().threshold


@pytest.mark.parametrize(
    "code", ["no_title", "gap", "truncated", "sections_missing", "noise", "encoding", "ocr",
             "near_duplicate", "date_ahead", "very_short", "field_unfit"]
)  # fmt: skip
def test_a_grave_reason_alone_asks_for_an_eye(code: str) -> None:
    assert load_rules().weights[code] >= load_rules().threshold


def test_speakers_words_are_no_noise() -> None:
    text = "\n".join(["同志们：", "一、", "讲GDP和5G、App。", "谢谢大家！"] * 4)
    assert find_noise(text) == []


@pytest.mark.parametrize(
    "line", ["上一篇：某某讲话", "扫码下载客户端", "版权所有 某某网", "查看原文", "写作材料网"]
)
def test_what_only_a_page_says_is_noise_at_the_edges(line: str) -> None:
    assert find_noise(f"同志们：\n今天开会。\n{line}") == [line]
    middle = "\n".join(["我们要抓好落实，一项一项办。"] * 6)
    assert find_noise(f"{middle}\n{line}\n{middle}") == []


def test_mojibake_is_told_from_rare_characters() -> None:
    assert find_mojibake("锟斤拷锟斤拷") == ["锟斤拷"]
    assert find_mojibake("赵烜、李垚同志") == []


def test_blotted_out_names_are_told_from_letters() -> None:
    assert find_placeholders("在X市召开，推动*经济发展") == ["在X市召", "推动*经济"]
    assert find_placeholders("GDP、5G、X光") == []


@given(st.lists(st.integers(0, 100)))
def test_the_score_stays_in_bounds_and_no_reason_lowers_it(weights: list[int]) -> None:
    score = sum_weights(weights)
    assert max(weights, default=0) <= score <= 100
    assert sum_weights([*weights, 40]) >= score


@given(st.text(max_size=300))
def test_any_text_can_be_weighed(text: str) -> None:
    for reason in find_reasons(replace(CLEAN, raw=text, text=text)):
        assert 0 < reason.weight <= 100
        assert reason.message


def test_every_weight_has_its_words() -> None:
    # What is measured has its weight from the measure.
    own = set(load_rules().weights) - {"notice"} | {"value_doubtful", "text_doubtful"}
    told = {f"notice_{code}" for code, weight in load_rules().notices.items() if weight}
    assert set(NAMES) == own | told
    assert set(SENTENCES) == own - {"field_unfit"}


def test_an_unknown_reason_is_still_shown() -> None:
    assert name_reason("notice_brand_new") == "解析提示"
    assert describe_reason("notice_brand_new", {"message": "第三页有批注。"}) == "第三页有批注"


def test_every_notice_of_the_parser_has_a_weight_of_its_own() -> None:
    sources = [*(ROOT / "corpus_app/ingest").rglob("*.py"), ROOT / "corpus_app/catalog/fields.py"]
    told: set[str] = set()
    for path in sources:
        told |= set(re.findall(r'(?:Notice\(\s*|"code": )"([a-z_]+)"', path.read_text()))
    assert told - set(load_rules().notices) == set()


# What a loop over one pattern may run along without finding its end: one long word of each sort.
LONG_WORDS = [
    "讲",
    "讲话",
    "a",
    "a-",
    "a.",
    "1",
    "_",
    "X",
    "*",
    "x讲",
    "www.",
    "@a",
    "微信：",
    "来源：",
    "（",
    "讲 ",
]


@pytest.mark.parametrize("word", LONG_WORDS)
def test_a_text_of_one_long_word_is_weighed_at_once(word: str) -> None:
    text = word * (12_000 // len(word))
    started = time.process_time()
    find_reasons(replace(CLEAN, raw=text, text=text))
    assert time.process_time() - started < 3


def test_each_step_gives_reasons_of_its_own_half() -> None:
    poor = replace(
        CLEAN,
        title_inferred=True,
        dates=dates(),
        organisation="",
        speaker="",
        gaps=1,
        text="责任编辑：某某",
        announced=[MISSING],
        notices=[note(code) for code in ("no_outline", "field_unfit", "end_notes", "no_heading")],
        suspects=[SUSPECT],
        shared_texts=[NEAR_COPY],
        lost=[{"words": "甲"}],
    )
    texts, outlines = find_reasons(poor, TEXT_STEPS), find_reasons(poor, OUTLINE_STEPS)
    assert min(len(texts), len(outlines)) > 5
    assert not any(is_of_outline(reason.code) for reason in texts)
    assert all(is_of_outline(reason.code) for reason in outlines)
    assert {one.code for one in find_reasons(poor)} == {one.code for one in texts + outlines}
