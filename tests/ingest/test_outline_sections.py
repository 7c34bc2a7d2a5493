"""A section outside database and contract is one value: what it says of itself, how it nests."""

from __future__ import annotations

import ast
from dataclasses import replace
from typing import Final

from corpus_app.ingest.outline import split_sections
from corpus_app.ingest.outline.sections import (
    OPEN,
    OutlineSection,
    find_ends,
    open_outline,
    read_outline,
    set_keys,
    write_outline,
)
from tests.places import ROOT

TEXT: Final = "同志们：\n开会。\n一、抓学习\n一是常学。二是深学。\n二、抓落实\n要快。\n"
# Each says of a section where it begins and what it is headed by: one idea, one class.
FORMER: Final = {"OutlineHead", "OutlineNode", "OutlineEntry", "Heading"}


def test_a_parse_comes_back_as_it_was() -> None:
    sections = split_sections(TEXT)
    assert write_outline(read_outline(sections), len(TEXT)) == sections
    assert write_outline(open_outline(sections, len(TEXT)), len(TEXT)) == sections


def test_key_and_name_follow_and_tell_no_two_apart() -> None:
    first = read_outline(split_sections(TEXT))[1]
    assert (first.key, first.parent, first.level, first.unnamed) == ("1", None, 1, False)
    assert replace(first, key="7", name="别名") == first
    assert replace(first, key="1.2.3").parent == "1.2"
    assert replace(first, marker="", heading="").unnamed
    assert not replace(first, kind="point", marker="", heading="").unnamed


def test_an_open_section_reaches_to_the_next_that_is_not_below_it() -> None:
    sections = [
        OutlineSection(0, 0, "section"),
        OutlineSection(3, 1, "point", end=5),
        OutlineSection(9, 0, "section"),
    ]
    assert find_ends(sections, 12) == [9, 5, 12]
    assert [one.key for one in set_keys(sections)] == ["1", "1.1", "2"]
    assert [one.end for one in open_outline(read_outline(sections), 12)] == [OPEN, 5, OPEN]


def test_no_class_beside_it_says_the_same() -> None:
    for folder in ("corpus_app", "search"):
        for path in (ROOT / folder).rglob("*.py"):
            tree = ast.parse(path.read_text("utf-8"))
            names = {node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef)}
            assert not names & FORMER, path
