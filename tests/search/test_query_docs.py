"""docs/query-language.md: what it shows is what the parser reads."""

from __future__ import annotations

import re

import pytest
from django.utils import translation

from corpus_app.text.equality import list_equal, list_kinds
from search.errors import QueryError
from search.query import parse_query
from search.query.fields import FIELD_NAMES
from tests.folding import for_each
from tests.places import ROOT

TEXT = (ROOT / "docs" / "query-language.md").read_text(encoding="utf-8")
RIGHT, _, WRONG = TEXT.partition("## 六")


def list_rows(text: str) -> list[tuple[str, str]]:
    """Return the first column's example and the last column of every table row."""
    rows = re.findall(r"^\| `(.+?)` \|(?:.*\|)? ?(.+?) \|$", text, re.M)
    return [(example.replace("\\|", "|"), words) for example, words in rows]


def test_the_tables_are_read() -> None:
    assert len(list_rows(RIGHT)) > 25
    assert len(list_rows(WRONG)) >= 5


@for_each("example", [row[0] for row in list_rows(RIGHT)])
def test_every_example_is_read(example: str) -> None:
    assert parse_query(example).describe()


@pytest.mark.parametrize(("example", "reason"), list_rows(WRONG))
def test_every_wrong_example_is_refused_with_the_words_shown(example: str, reason: str) -> None:
    with translation.override("zh-hans"), pytest.raises(QueryError) as refusal:
        parse_query(example)
    assert refusal.value.reason == reason


def test_every_field_is_described() -> None:
    shown = set(re.findall(r"`([^`:]+):", TEXT))
    assert set(FIELD_NAMES) - shown == {"organisation"}


def test_the_table_of_equal_signs_is_the_one_that_is_used() -> None:
    rows = [f"| {k.name} | {' '.join(list_equal(k.sign))} | {k.note} |" for k in list_kinds()]
    head = "| 符号 | 视为相同 | 说明 |\n| --- | --- | --- |\n"
    assert head + "\n".join(rows) + "\n\n" in TEXT
