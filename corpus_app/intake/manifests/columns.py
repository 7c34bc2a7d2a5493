"""What the columns of a table are: by their heads, Chinese or English."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final

from corpus_app.catalog.identity.folding import fold_writing

KEYS: Final = ("speech", "file", "sha256")
AID: Final = "aid"
PRECISION: Final = "precision"
_FILE: Final = Path(__file__).with_name("columns.toml")
# Between the words of a head, and around them: file_name, 日期（年月日）, *标题.
_MARKS: Final = str.maketrans(dict.fromkeys("_-*＊:：", ""))


@dataclass(frozen=True)
class TableColumn:
    """A column of a table: its number from 0, its head as it stands, and what it is.

    name is a field of a speech, one of KEYS, "precision", "aid" for one that sets nothing, or ""
    for one that is not known.
    """

    number: int
    head: str
    name: str


def read_columns(heads: Sequence[str]) -> list[TableColumn]:
    """Return what each head names; one that is empty is left out."""
    return [
        TableColumn(number, head.strip(), find_column(head))
        for number, head in enumerate(heads)
        if head.strip()
    ]


def find_column(head: str) -> str:
    """Return what a head names, "" where that is nothing known.

    >>> find_column("讲话日期（年-月-日）"), find_column("File name"), find_column("页数")
    ('delivered', 'file', '')
    """
    names = _load_names()
    plain = fold_column_head(head)
    bare = fold_column_head(head.replace("(", "（").partition("（")[0])
    return names.get(plain) or names.get(bare) or ""


def list_heads() -> list[str]:
    """Return every head that a column may have."""
    rules = load_column_rules()
    tables = (*(rules[table].values() for table in ("keys", "fields", "modifiers")),)
    return [word for lists in tables for words in lists for word in words]


def name_column(name: str) -> str:
    """Return the head that we give a column ourselves.

    >>> name_column("delivered")
    '讲话日期'
    """
    rules = load_column_rules()
    first: str = (rules["keys"].get(name) or rules["fields"].get(name) or [name])[0]
    return first


@cache
def load_column_rules() -> dict[str, Any]:
    """Return the tables of columns.toml."""
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


@cache
def load_words(table: str, name: str) -> frozenset[str]:
    """Return a list of words of columns.toml, folded as fold_cell does."""
    return frozenset(map(fold_cell, load_column_rules()[table][name]))


@lru_cache(maxsize=4096)
def fold_cell(words: str) -> str:
    """Return a cell's words as they are compared: no white space, one width, small letters."""
    return fold_writing(words)


def fold_column_head(head: str) -> str:
    """Return a column's head as it is compared: as a cell's words, and without marks."""
    return fold_cell(head).translate(_MARKS)


def read_object(words: str) -> dict[str, Any] | None:
    """Return the JSON object that a cell holds ({"delivered": …}), None where it holds none."""
    if not words.startswith("{"):
        return None
    try:
        found = json.loads(words)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


@cache
def _load_names() -> dict[str, str]:
    rules = load_column_rules()
    found = {fold_column_head(word): AID for word in rules["aids"]["names"]}
    for table in ("modifiers", "fields", "keys"):
        for name, words in rules[table].items():
            found |= dict.fromkeys(map(fold_column_head, words), name)
    return found
