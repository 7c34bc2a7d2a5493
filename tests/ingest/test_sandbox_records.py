"""Dataclasses on their way out of the sandbox: equal after it, and refused where they are not."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Literal

import pytest
from hypothesis import given, strategies as st

from corpus_app.ingest.draft import Draft, Evidence, Metadata, PartialDate
from corpus_app.ingest.sandbox.messages import Answer, read_record, write_record


@dataclass
class Sample:
    name: str
    count: int | None
    kind: Literal["a", "b"]
    pairs: list[tuple[int, int]]
    dates: dict[str, PartialDate]
    more: tuple[str, ...] = ()


SOUND: list[Any] = ["讲", 1, "a", [[0, 1]], {"delivered": ["2024", "year"]}, ["x"]]


def test_it_gives_back_what_was_written() -> None:
    sample = Sample("讲", None, "b", [(0, 1)], {"delivered": PartialDate("2024", "year")}, ("x",))
    assert read_record(Sample, write_record(sample)) == sample


@pytest.mark.parametrize("probability", [None, 0.0, 0.25, 1.0])
def test_it_keeps_how_likely_a_value_is(probability: float | None) -> None:
    evidence = Evidence(0, 2, "讲话", "header", probability)
    assert read_record(Evidence, write_record(evidence)) == evidence


def test_it_refuses_a_probability_that_is_no_number() -> None:
    with pytest.raises(ValueError, match="expected"):
        read_record(Evidence, b'[0,2,"x","header","0.5"]')


# Any character there is, the halves of pairs included.
@given(st.text(st.characters(exclude_categories=())))
def test_it_keeps_every_text(text: str) -> None:
    draft = Draft(
        text,
        "",
        "",
        "txt",
        text,
        Metadata(title=text),
        text,
        [],
        "complete",
        *([] for _ in range(6)),
    )
    answer = Answer(draft=draft)
    assert read_record(Answer, write_record(answer)) == answer


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (0, 1), (0, None), (1, "1"), (1, True), (1, 1.0), (2, "c"), (2, 1), (2, []), (3, [[0]]),
        (3, [[0, 1, 2]]), (3, {}), (3, "ab"), (4, []), (4, {"x": ["2024"]}),
        (4, {"x": ["2024", "century"]}), (5, "xy"), (5, [1]), (5, None),
    ],
)  # fmt: skip
def test_it_refuses_what_does_not_fit(place: int, value: object) -> None:
    assert read_record(Sample, json.dumps(SOUND).encode())
    wrong = [*SOUND[:place], value, *SOUND[place + 1 :]]
    with pytest.raises(ValueError):
        read_record(Sample, json.dumps(wrong).encode())


@pytest.mark.parametrize(
    "data", [b"", b"{}", b"null", b"[]", b"[1,2]", b"\xff\xfe", b"[" * 100_000, b'"x"']
)
def test_it_refuses_what_is_no_record(data: bytes) -> None:
    with pytest.raises(ValueError):
        read_record(Sample, data)
