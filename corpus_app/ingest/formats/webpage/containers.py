"""Queries of style sheets on the boxes around an element: on their size, and on their variables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import tinycss2

from corpus_app.ingest.formats.webpage.conditions import Answer, is_fitting_container
from corpus_app.ingest.formats.webpage.page_style import PageStyle, StyleContainer

# A box is narrower than we know by what stands beside its words: by so much at most.
NARROWEST = 0.6


def hold_around(queries: Sequence[tuple[str, tuple[Any, ...]]], around: PageStyle) -> Answer:
    """Return whether all queries hold for an element in this style, None where it is not known."""
    answers = [_hold(name, condition, around) for name, condition in queries]
    if False in answers:
        return False
    return None if None in answers else True


def _hold(name: str, condition: tuple[Any, ...], around: PageStyle) -> Answer:
    tokens = [token for token in condition if token.type != "whitespace"]
    if len(tokens) == 1 and tokens[0].type == "function" and tokens[0].lower_name == "style":
        return _has_variable(tokens[0].arguments, around)
    box = _find_box(name, around.containers)
    if box is None:
        return False
    width = box[1]
    if width is None:
        return None if tokens else True
    answers = {is_fitting_container(tokens, share * width) for share in (1.0, NARROWEST)}
    return answers.pop() if len(answers) == 1 else None


def _find_box(name: str, containers: Sequence[StyleContainer]) -> StyleContainer | None:
    return next((one for one in reversed(containers) if not name or name in one[0]), None)


def _has_variable(arguments: Sequence[Any], around: PageStyle) -> Answer:
    name, colon, value = tinycss2.serialize(arguments).partition(":")
    if not name.strip().startswith("--"):
        return None
    held = around.variables.values.get(name.strip())
    return held == value.strip() if colon else held is not None
