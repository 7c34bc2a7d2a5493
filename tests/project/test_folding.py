"""Rows folded into one test lose nothing of what tests of their own would tell."""

from __future__ import annotations

import pytest

from tests.folding import for_each


def test_every_row_is_tried_and_each_that_fails_is_named_with_its_reason() -> None:
    tried = []

    @for_each(("number", "word"), [(1, "一"), (2, "二"), (3, "三")])
    def ask(number: int, word: str) -> None:
        tried.append(number)
        if number != 2:
            raise ValueError(f"not {word}")

    with pytest.raises(AssertionError) as told:
        ask()
    assert tried == [1, 2, 3]
    for words in ("2 of 3 rows", "number=1, word='一'", "not 一", "number=3, word='三'", "not 三"):
        assert words in str(told.value)


def test_no_rows_and_rows_with_marks_are_refused() -> None:
    for rows in ([], [pytest.param(1, marks=pytest.mark.slow)]):
        with pytest.raises(AssertionError):
            for_each("number", rows)
