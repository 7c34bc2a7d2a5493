"""One word for one thing: what docs/glossary.md says, as far as names can be held to it."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from pathlib import Path
from typing import Final

from tests.places import ROOT
from tests.project.test_structure import PACKAGES, python_files

# A parsed value and the row that it is stored as are one thing.
STORED: Final = {"Gap", "Section", "RemovalRule", "SiteProfile"}
# Django finds a management command by this name.
FRAMEWORK: Final = {"DatabaseWrapper", "DatabaseSchemaEditor", "Command"}
# Words of the last column that other things are rightly called by.
FREE: Final = {
    "code": "a field's or a file's code is no character",
    "label": "a label that stands in a file, or on a control",
    "naming": "names of people, bodies and places",
    "opening": "the opening of a speech, or of an archive",
    "origin": "the revision that a stretch of words is from",
    "place": "a locality, and the places where a query's words stand",
    "refusal": "an answer that is refused, by the API or the server",
    "selection": "a selection of speeches in a search",
    "piece": "pieces of words that suggestions are made of; Word's own pieces; the API's",
}
# Named before the glossary, and part of the database or of Django's names for it.
MODELS: Final = {"Kinship", "KinshipAdmin", "KinshipQuerySet", "Doubt", "DoubtReason"}
MODELS_ADMIN: Final = {"DoubtAdmin", "DoubtReasonAdmin"}


def read_products() -> list[Path]:
    return [path for path in python_files() if path.relative_to(ROOT).parts[0] in PACKAGES]


def list_classes() -> dict[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for path in read_products():
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                found[node.name].append(str(path.relative_to(ROOT)))
    return found


def read_rows() -> list[list[str]]:
    lines = (ROOT / "docs/glossary.md").read_text("utf-8").splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if "|" in line]
    return [row for row in rows if len(row) == 4 and row[0] != "thing" and "---" not in row[0]]


def split_words(name: str) -> list[str]:
    return [word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", name)]


def list_banned() -> set[str]:
    """Return the single English words that the last column has and no other one uses."""
    used = {word for row in read_rows() for cell in row[:2] for word in split_words(cell)}
    cells = {cell.strip() for row in read_rows() for cell in row[3].split(",")}
    single = {cell.lower() for cell in cells if re.fullmatch(r"[A-Za-z]+", cell)}
    return single - used - set(FREE)


def find_banned(name: str) -> set[str]:
    words = split_words(name)
    return {word for word in list_banned() if word in words or f"{word}s" in words} | (
        {name.lower()} & list_banned()
    )


def test_the_glossary_has_words_to_hold_names_to() -> None:
    assert {"kin", "kinship", "doubt", "keeper", "relative", "carrying"} <= list_banned()
    assert find_banned("WorkerKeeper") == {"keeper"}
    assert find_banned("TextReuse") == set()


def test_a_public_class_name_means_one_thing() -> None:
    several = {
        name: places
        for name, places in list_classes().items()
        if name not in STORED | FRAMEWORK
        if len([place for place in places if "api/schemas" not in place]) > 1
    }
    assert not several


def test_no_class_is_named_by_a_word_that_the_glossary_gave_up() -> None:
    named = {name: found for name in list_classes() if (found := find_banned(name))}
    assert set(named) - MODELS - MODELS_ADMIN == set()


def test_no_module_is_named_by_a_word_that_the_glossary_gave_up() -> None:
    stored = ROOT / "corpus_app/catalog/models/kinship.py"
    named = {
        str(path.relative_to(ROOT)): found
        for path in read_products()
        if path != stored
        if (found := find_banned(path.parent.name if path.stem == "__init__" else path.stem))
    }
    assert not named


def test_each_row_of_the_glossary_has_its_four_columns() -> None:
    assert len(read_rows()) > 20
    assert all(row[0] and row[1] for row in read_rows())
