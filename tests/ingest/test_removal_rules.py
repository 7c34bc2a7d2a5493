"""Rules that editors made, in the parser."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, strategies as st

from corpus_app.ingest.draft import Draft, Removed
from corpus_app.ingest.pipeline import parse_bytes
from corpus_app.ingest.removal_rules import (
    RemovalRule,
    find_matches,
    may_match,
    squeeze,
    squeeze_kept,
    take_ruled,
)
from tests.ingest.invariants import check_invariants

SPEECH = (
    "在岚溪县人大工作会议上的讲话\n（2023年5月6日）\n岚溪县人大常委会主任 林知远\n\n同志们：\n"
    "今天的会议很重要，拾光书屋提醒您大家要认真学习。\n拾光书屋提醒您\n"
    "一是抓学习。要学深悟透，\n做到知行合一。\n二是抓落实。要把责任压实到岗、到人。\n谢谢大家！\n"
)
RULE = RemovalRule(7, "拾光书屋提醒您", "advert")


def parse(text: str, *rules: RemovalRule, name: str = "讲话.txt") -> Draft:
    draft = parse_bytes(text.encode(), name, rules=rules)
    check_invariants(draft.to_json())
    return draft


def list_ruled(draft: Draft) -> list[str]:
    return [span.text for span in draft.removed if span.rule.startswith("rule:")]


def test_it_takes_the_words_wherever_they_stand_and_the_sentence_closes_up() -> None:
    draft = parse(SPEECH, RULE)
    assert "今天的会议很重要，大家要认真学习。" in draft.text.split("\n")
    assert list_ruled(draft) == ["拾光书屋提醒您"] * 2
    assert {(s.kind, s.rule) for s in draft.removed if s.text == RULE.text} == {
        ("advert", "rule:7")
    }


def test_without_rules_nothing_else_is_taken() -> None:
    assert "拾光书屋提醒您" in parse(SPEECH).text


def test_as_a_whole_line_it_leaves_the_words_inside_a_sentence() -> None:
    rule = RemovalRule(7, RULE.text, "advert", whole_line=True)
    draft = parse(SPEECH, rule)
    assert draft.text.count(RULE.text) == 1
    assert list_ruled(draft) == [RULE.text]


def test_white_space_does_not_count() -> None:
    draft = parse(SPEECH.replace("拾光书屋提醒您\n一是", "拾光 书屋\n提醒　您\n一是"), RULE)
    assert "书屋" not in draft.text


def test_words_that_invisible_signs_cut_are_found() -> None:
    draft = parse(SPEECH.replace("拾光书屋提醒您", "拾光\u200b书屋提醒您"), RULE)
    assert "书屋" not in draft.text


def test_a_line_above_the_title_is_not_taken_for_the_title() -> None:
    text = "拾光书屋关于讲话的推荐\n" + SPEECH
    rule = RemovalRule(8, "拾光书屋关于讲话的推荐", "site", whole_line=True)
    assert parse(text, rule).metadata.title == "在岚溪县人大工作会议上的讲话"


def test_a_rule_holds_for_its_files_alone() -> None:
    rule = RemovalRule(7, RULE.text, "advert", file_name="*.md")
    assert not list_ruled(parse(SPEECH, rule))
    assert list_ruled(parse(SPEECH, rule, name="讲话.MD"))


def test_a_rule_holds_for_its_source_or_organisation_alone() -> None:
    text = SPEECH + "来源：岚溪人大网\n"
    assert parse(text).metadata.source_name == "岚溪人大网"
    right = RemovalRule(7, RULE.text, "advert", source="岚溪人大网")
    wrong = RemovalRule(7, RULE.text, "advert", source="别的网站")
    assert list_ruled(parse(text, right))
    assert not list_ruled(parse(text, wrong))


def test_a_rule_about_notices_leaves_a_gap() -> None:
    rule = RemovalRule(9, "余下部分请到书屋索取", "paywall", whole_line=True)
    draft = parse(SPEECH.replace("二是抓落实", "余下部分请到书屋索取\n二是抓落实"), rule)
    assert [gap.kind for gap in draft.gaps] == ["paywall"]
    assert draft.completeness == "gapped"


@given(text=st.text("甲乙 \n", max_size=30), words=st.text("甲乙 ", min_size=1, max_size=3))
def test_it_finds_all_places_that_do_not_overlap_and_no_other(text: str, words: str) -> None:
    rule = RemovalRule(1, words, "editor")
    found = find_matches(text, [], rule)
    sought = squeeze(words)
    assert [squeeze(text[a:b]) for a, b in found] == [sought] * (
        squeeze(text).count(sought) if sought else 0
    )
    if sought:
        assert may_match(text, [], rule) is bool(found)


@given(text=st.text("甲乙丙\n", min_size=1, max_size=30), data=st.data())
def test_what_is_left_is_what_was_left_without_the_words(text: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(text) - 1))
    removed = [Removed("advert", text[at], at, at + 1)]
    spans = take_ruled(text, removed, [RemovalRule(1, "甲乙", "editor")])
    assert squeeze_kept(text, spans) == squeeze_kept(text, removed).replace("甲乙", "")
    assert all(before.end <= after.start for before, after in pairwise(spans))
