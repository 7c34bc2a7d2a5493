"""Cursors: whatever is sent as one, a page or a refusal comes back."""

from __future__ import annotations

import base64
import json

import pytest
from hypothesis import given, settings, strategies as st

from corpus_app.api.cursors import Key, read_cursor, take_place, write_cursor
from corpus_app.api.problems import ProblemError

KEYS = (Key("name", kind=str), Key("size", nullable=True), Key("pk"))


def encode(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


@given(st.text(), st.none() | st.integers(-(2**62), 2**62), st.integers(0, 2**62))
@settings(derandomize=True)
def test_a_cursor_reads_back_what_was_written(name: str, size: int | None, pk: int) -> None:
    cursor = write_cursor("list", [name, size, pk])
    assert read_cursor(cursor, "list", KEYS) == [name, size, pk]


@given(st.text() | st.recursive(st.none() | st.integers() | st.text(), st.lists).map(encode))
@settings(derandomize=True)
def test_any_other_text_is_refused_as_a_problem(text: str) -> None:
    with pytest.raises(ProblemError) as refused:
        read_cursor(text, "list", KEYS)
    assert refused.value.code == "cursor"


@pytest.mark.parametrize(
    "values", [["a", 1], ["a", 1, None], [1, 1, 1], ["a", 1.5, 1], ["a", True, 1], ["a", 1, 2**63]]
)
def test_values_of_other_kinds_are_refused(values: list[object]) -> None:
    with pytest.raises(ProblemError):
        read_cursor(write_cursor("list", values), "list", KEYS)  # type: ignore[arg-type]


def test_a_cursor_fits_its_own_list_alone() -> None:
    cursor = write_cursor("one", ["a", 1, 1])
    with pytest.raises(ProblemError):
        read_cursor(cursor, "other", KEYS)


def test_a_place_is_no_negative_number() -> None:
    assert take_place("", "list") == 0
    assert take_place(write_cursor("list", [3]), "list") == 3
    with pytest.raises(ProblemError):
        take_place(write_cursor("list", [-1]), "list")


def test_a_deeply_nested_cursor_is_refused() -> None:
    with pytest.raises(ProblemError):
        read_cursor(encode([]).join(["W1tbW1tb"] * 200), "list", KEYS)
