"""The registries of themes and slogans in fixtures/: shape, and every source looked up."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from corpus_app.ingest.slogans import classify_slogan
from tests.folding import for_each
from tests.ingest.official_sources import list_places
from tests.ingest.shared_texts import needs_shared, read_document

FIXTURES = Path(__file__).parents[2] / "fixtures"
THEMES: list[dict[str, Any]] = json.loads((FIXTURES / "themes.json").read_text("utf-8"))
SLOGANS: list[dict[str, Any]] = json.loads((FIXTURES / "slogans.json").read_text("utf-8"))
DOMAIN_WORDS = FIXTURES.parent / "search/analysis/data/domain_words.txt"
NAMED = {
    "全过程人民民主",
    "代表履职",
    "依法监督",
    "地方立法",
    "重大事项决定",
    "选举任免",
    "自身建设与“四个机关”",
    "党的领导",
    "理论学习",
    "会议精神传达",
    "民生实事票决",
    "代表家站",
    "预算审查监督",
    "宪法法律实施",
    "高质量发展",
    "乡村振兴",
    "作风建设",
    "机关党建",
}
LOST_MEMBERS = "各项内容未能从手头文本核实"
ELSEWHERE = re.compile(r"各项内容见(.+?)。")
# What may be cited for a standard wording; a speech of a city or a file of unknown origin may not.
OFFICIAL = re.compile(
    "党的.+大报告|[0-9]{4}年国务院政府工作报告|第.+届全国人民代表大会第.+次会议.+决议"
    "|.+(宪法|法|条例|办法|规定|守则)"
)
LONGEST_QUOTE = 300


def name_entry(entry: dict[str, Any]) -> str:
    return str(entry.get("slug") or entry["text"])


def test_the_themes_are_a_tree_with_one_address_each() -> None:
    slugs = [theme["slug"] for theme in THEMES]
    assert len(slugs) == len(set(slugs)) >= 18
    parents = {theme["slug"]: theme["parent"] for theme in THEMES}
    for slug in slugs:
        seen: set[str] = set()
        step: str | None = slug
        while step is not None:
            assert step in parents
            assert step not in seen
            seen.add(step)
            step = parents[step]


def test_the_themes_asked_for_are_there() -> None:
    assert {theme["name"] for theme in THEMES} >= NAMED


def test_siblings_have_an_order_of_their_own() -> None:
    places = [(theme["parent"], theme["order"]) for theme in THEMES]
    assert len(places) == len(set(places))


@for_each("theme", THEMES)
def test_a_theme_has_terms_a_description_and_relatives(theme: dict[str, Any]) -> None:
    texts = [term["text"] for term in theme["terms"]]
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", theme["slug"])
    assert 6 <= len(texts) <= 100
    assert len(texts) == len(set(texts))
    assert all(len(text) > 1 for text in texts)
    assert all(term["weight"] in {1.0, 2.0, 3.0} for term in theme["terms"])
    assert max(term["weight"] for term in theme["terms"]) == 3.0
    assert theme["description"].count("。") in {2, 3}
    assert set(theme["related"]) <= {other["slug"] for other in THEMES} - {theme["slug"]}


@for_each("theme", THEMES)
def test_an_exclusion_shields_one_of_the_terms(theme: dict[str, Any]) -> None:
    for phrase in theme["exclude"]:
        assert any(term["text"] in phrase for term in theme["terms"]), phrase


def test_the_slogans_are_many_and_different() -> None:
    texts = [slogan["text"] for slogan in SLOGANS]
    assert len(texts) == len(set(texts)) >= 150
    variants = [variant for slogan in SLOGANS for variant in slogan["variants"]]
    assert len(variants) == len(set(variants))
    assert not set(variants) & set(texts)


@for_each("slogan", SLOGANS)
def test_a_slogan_is_whole(slogan: dict[str, Any]) -> None:
    keys = {"text", "kind", "members", "variants", "standard", "source", "sourced", "note"}
    assert set(slogan) - {"formerly"} == keys
    assert slogan["text"]
    assert slogan["kind"] in {"counted", "quoted", "parallel"}
    assert slogan["sourced"] is (slogan["source"] is not None)
    assert slogan["sourced"] or slogan["note"].startswith("未能从手头文本核实")
    assert len(slogan["members"]) == len(set(slogan["members"]))
    if slogan["source"]:
        assert set(slogan["source"]) == {"document", "place", "quote", "date"}
        assert 0 < len(slogan["source"]["quote"]) <= LONGEST_QUOTE
        assert re.fullmatch(r"\d{4}(-\d\d)?", slogan["source"]["date"])


@for_each("slogan", SLOGANS)
def test_only_an_official_source_makes_a_wording_standard(slogan: dict[str, Any]) -> None:
    assert bool(slogan["standard"]) is slogan["sourced"]
    if slogan["source"]:
        assert OFFICIAL.fullmatch(slogan["source"]["document"])


@for_each("slogan", SLOGANS)
def test_the_parser_gives_a_registered_slogan_the_same_kind(slogan: dict[str, Any]) -> None:
    assert classify_slogan(slogan["text"]) == slogan["kind"]


def fold(text: str) -> str:
    """Return the words alone: white space and punctuation do not count."""
    return re.sub(r"\W", "", text)


def is_quoted(quote: str, text: str) -> bool:
    """Return whether the parts of a quote stand in the text in their order."""
    at = 0
    for part in quote.split("……"):
        at = text.find(part, at)
        if at < 0:
            return False
        at += len(part)
    return True


SOURCED = [slogan for slogan in SLOGANS if slogan["sourced"]]


@for_each("slogan", SOURCED)
def test_the_standard_wording_stands_in_its_own_source(slogan: dict[str, Any]) -> None:
    assert fold(slogan["standard"]) in fold(slogan["source"]["quote"])


@for_each("slogan", SOURCED)
def test_a_quote_is_a_whole_sentence_and_its_place_is_said(slogan: dict[str, Any]) -> None:
    source = slogan["source"]
    assert all(re.search("[。！？][”’）]?$", part) for part in source["quote"].split("……"))
    assert re.fullmatch("(第.+条(第.款)?|第.+部分(第[0-9]+段)?|第[0-9]+段)", source["place"])


@needs_shared
@for_each("slogan", SOURCED)
def test_a_quote_is_read_back_whole_from_its_place(slogan: dict[str, Any]) -> None:
    source = slogan["source"]
    assert source["place"] in list_places(source["document"], source["quote"])


@needs_shared
@for_each("slogan", SOURCED)
def test_a_source_says_what_is_quoted_and_lists_the_members(slogan: dict[str, Any]) -> None:
    text = read_document(slogan["source"]["document"])
    assert is_quoted(slogan["source"]["quote"], text)
    elsewhere = ELSEWHERE.search(slogan["note"])
    if slogan["members"] and LOST_MEMBERS not in slogan["note"]:
        listing = read_document(elsewhere[1]) if elsewhere else text
        assert all(member in listing for member in slogan["members"])
    else:
        assert any(fold(form) in fold(text) for form in (slogan["text"], *slogan["variants"]))


def test_the_domain_words_are_unique_and_long_enough() -> None:
    first, *lines = DOMAIN_WORDS.read_text("utf-8").splitlines()
    words = [line.split()[0] for line in lines]
    assert first.startswith("#")
    assert len(words) == len(set(words)) >= 400
    assert all(2 <= len(word) <= 17 and not re.search(r"[、，。“”\s]", word) for word in words)
