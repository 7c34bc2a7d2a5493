"""Brackets around a line: off as a plain reading takes them, and as fast as it is long."""

from __future__ import annotations

import time

from hypothesis import given, strategies as st

from corpus_app.ingest.metadata.brackets import strip_brackets

OPENING, CLOSING, BLANKS = "（(【[〔「", "）)】]〕」", " \t\u00a0\u3000"


def strip_plainly(text: str) -> str:
    """Take one bracket or pair off after another, each looked for in all of the words."""
    line = text.strip(BLANKS)
    while line:
        partner = find_return(line, OPENING, CLOSING) if line[0] in OPENING else -1
        if partner == len(line) - 1:
            line = line[1:-1].strip(BLANKS)
        elif partner is None:
            line = line[1:].strip(BLANKS)
        elif line[-1] in CLOSING and find_return(line[::-1], CLOSING, OPENING) is None:
            line = line[:-1].strip(BLANKS)
        else:
            break
    return line


def find_return(line: str, up: str, down: str) -> int | None:
    depth = 0
    for place, sign in enumerate(line):
        depth += (sign in up) - (sign in down)
        if not depth:
            return place
    return None


@given(st.text("（）【】「」( ]话\u3000", max_size=14))
def test_it_takes_off_what_a_plain_reading_takes_off(text: str) -> None:
    assert strip_brackets(text) == strip_plainly(text)


def test_a_line_of_brackets_costs_no_more_than_its_length() -> None:
    started = time.process_time()
    for line in ("（" * 20_000, "）" * 20_000, "（" * 20_000 + "）" * 20_000, "（ " * 20_000):
        assert strip_brackets(line) == ""
    assert time.process_time() - started < 2
