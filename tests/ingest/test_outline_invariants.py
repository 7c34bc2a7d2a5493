"""The outline is a tree that covers the text, whatever the text."""

from itertools import pairwise

import pytest
from hypothesis import given, strategies as st

from corpus_app.ingest.draft import Section
from corpus_app.ingest.outline import split_sections
from tests.thoroughness import draw, spare

BODY = "要把这件事办好办实，办到群众心坎上，一年接着一年干。"

PIECES = [
    *("一、", "二、", "三、", "（一）", "（二）", "(1)", "1.", "2.", "①", "一是", "二是", "三要"),
    *(
        "第一，",
        "第二，",
        "首先，",
        "其次，",
        "最后，",
        "总之，",
        "各位代表！",
        "结束语",
        "目录",
        "一",
    ),
    *(
        "\n",
        "\n",
        "\n",
        "。",
        " ",
        "　",
        "；",
        "“",
        "”",
        "《",
        "第一部分 ",
        "关于形势",
        BODY,
        "抓好学习",
    ),
]


def check_tree(text: str, sections: list[Section]) -> None:
    by_id = {s.id: s for s in sections}
    assert len(by_id) == len(sections)
    families: dict[str | None, list[Section]] = {}
    for section in sections:
        families.setdefault(section.parent, []).append(section)
        assert 0 <= section.start < section.end <= len(text)
        words = text[section.start : section.end]
        assert words.lstrip().startswith(section.marker or "")
        assert (section.heading or "") in words
        if section.parent is not None:
            parent = by_id[section.parent]
            assert parent.start <= section.start <= section.end <= parent.end
    for family in families.values():
        assert all(a.end <= b.start for a, b in pairwise(family))
    roots = families[None]
    assert (roots[0].start, roots[-1].end) == (0, len(text))
    assert all(a.end == b.start for a, b in pairwise(roots))


@draw(300)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=60), st.lists(st.integers(0, 400)))
def test_it_always_yields_a_tree_that_covers_the_text(pieces: list[str], gaps: list[int]) -> None:
    text = "".join(pieces)
    check_tree(text, split_sections(text, gaps))


@pytest.mark.parametrize(
    "piece",
    spare(["一是", "一、", "一、\n", "1.\n", "“", "首先，\n", "标题\n", "①"], "一是", "1.\n", "“"),
)
def test_it_splits_hostile_texts_all_the_same(piece: str) -> None:
    text = piece * 20_000
    check_tree(text, split_sections(text, range(0, len(text), 97)))
