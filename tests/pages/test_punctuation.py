"""Full-width punctuation is a display: it changes no length and no number."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from corpus_app.pages.typesetting.punctuation import show_full_width


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("同志们:今天开会,很好.", "同志们：今天开会，很好。"),
        ("增长3.5%,达到1,200人", "增长3.5%，达到1,200人"),
        ('他说:"好"', "他说：“好”"),
        ("会议(第三次)", "会议（第三次）"),
        ("时间10:30", "时间10:30"),
        ("1.加强学习", "1.加强学习"),
    ],
)
def test_it_widens_signs_beside_chinese_only(before: str, after: str) -> None:
    assert show_full_width(before) == after


@given(st.text('人大,.;:!?()"1a\n “”'))
def test_it_changes_signs_in_place_and_nothing_else(text: str) -> None:
    shown = show_full_width(text)
    assert len(shown) == len(text)
    signs = ',.;:!?()"'
    assert all(old == new or old in signs for old, new in zip(text, shown, strict=True))
