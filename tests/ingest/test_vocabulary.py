"""The codes for level and genre, and the rule files that use them."""

from corpus_app.ingest.rule_files import read_rules
from corpus_app.ingest.vocabulary import GENRES, LEVELS, label_genre, label_level


def test_it_gives_every_code_a_chinese_label() -> None:
    assert all(label_level(code) for code in LEVELS)
    assert all(label_genre(code) for code in GENRES)


def test_it_has_no_label_for_an_unknown_code() -> None:
    assert label_level(None) == label_level("planet") == label_genre(None) == ""


def test_the_rule_files_use_known_codes_only() -> None:
    assert {rule["genre"] for rule in read_rules("genres")["rule"]} <= set(GENRES)
    assert [rule["code"] for rule in read_rules("levels")["level"]] == list(LEVELS)
