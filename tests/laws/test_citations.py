"""Where a text cites a law, in all the ways that people write it."""

from __future__ import annotations

import pytest

from corpus_app.laws.citations import find_citations
from corpus_app.laws.titles import normalize_title, suggest_title

KNOWN = {"守望法", "宪法", "航标法", "中华人民共和国守望法"}


def find(text: str) -> list[tuple[str, list[tuple[int, ...]]]]:
    return [
        (one.title, [(a.number, a.last, a.branch, *a.paragraphs, *a.items) for a in one.articles])
        for one in find_citations(text, KNOWN.__contains__)
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("依照《守望法》第三条、第五条的规定", [("守望法", [(3, 3, 0), (5, 5, 0)])]),
        ("《守望法》第五十条第一款第（三）项", [("守望法", [(50, 50, 0, 1, 3)])]),
        ("根据宪法第二条规定", [("宪法", [(2, 2, 0)])]),
        ("《守望法》第三条至第五条", [("守望法", [(3, 5, 0), (5, 5, 0)])]),
        ("《守望法》第三至第五条", [("守望法", [(3, 5, 0), (5, 5, 0)])]),
        ("修改守望法第三、四条", [("守望法", [(3, 3, 0), (4, 4, 0)])]),
        ("《航标法》第二百一十条之一", [("航标法", [(210, 210, 1)])]),
        ("《航标法》第二条之规定", [("航标法", [(2, 2, 0)])]),
        ("守望法第12条第2款", [("守望法", [(12, 12, 0, 2)])]),
        ("《守望法》和《航标法》第三条", [("守望法", []), ("航标法", [(3, 3, 0)])]),
        ("《航标法》（2025年修正）第四条", [("航标法", [(4, 4, 0)])]),
        ("《航标法》第四条。该法第六条", [("航标法", [(4, 4, 0)]), ("航标法", [(6, 6, 0)])]),
        ("《某市实施〈守望法〉办法》第四条", [("某市实施〈守望法〉办法", [(4, 4, 0)])]),
        (
            "《近海航标条例》（以下简称《条例》）施行后，《条例》第二条",
            [("近海航标条例", []), ("近海航标条例", []), ("近海航标条例", [(2, 2, 0)])],
        ),
        # A longer name that ends like a known one is another law; an article alone is of none.
        ("群岛守望法第三条", []),
        ("第三条意见很重要，该法第四条", []),
    ],
)  # fmt: skip
def test_a_citation_is_read(text: str, found: list[object]) -> None:
    assert find(text) == found


def test_a_law_is_known_by_all_its_names() -> None:
    full = normalize_title("《中华人民共和国各级人民代表大会常务委员会监督法》")
    assert {normalize_title(name) for name in ("监督法", "各级人大常委会监督法")} == {full}


@pytest.mark.parametrize(
    ("name", "suggested"),
    [
        ("近海航标与浮标理保护法", "近海航标与浮标管理保护法"),
        ("近海航标与浮标管保理护法", "近海航标与浮标管理保护法"),
        ("近海航标与浮标管理护保法", "近海航标与浮标管理保护法"),
        ("近海航标与浮标保护法", None),
        ("近海航标与浮标管理保护条例", None),
        ("青岬市供水管理条例", None),
        ("白岬市排水管理条例", None),
        ("守望法", None),
    ],
)
def test_a_name_is_mended_only_where_it_is_a_slip(name: str, suggested: str | None) -> None:
    known = ["近海航标与浮标管理保护法", "青岬市排水管理条例", "瞭望法"]
    assert suggest_title(name, known) == suggested
