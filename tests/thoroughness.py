"""How much a run tries: a share of a large set in `make test`, all of it in `make test-slow`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import settings

# Of a property test's examples, `make test` draws one in so many.
DRAWN_ONE_IN = 4
FEWEST_DRAWN = 10


@dataclass
class Thoroughness:
    """Whether all is tried (`--thorough`); set before the tests are collected."""

    all: bool = False


THOROUGHNESS = Thoroughness()


def draw(examples: int, **more: Any) -> Callable[[Any], Any]:
    """Return the decorator of a dear property test: all examples with --thorough, else a part.

    It marks the test, so that `make test-slow` runs it once more with all of them.
    """
    count = examples if THOROUGHNESS.all else max(FEWEST_DRAWN, examples // DRAWN_ONE_IN)

    def apply(test: Any) -> Any:
        return pytest.mark.drawn(settings(max_examples=count, deadline=None, **more)(test))

    return apply


def spare(values: Iterable[Any], *quick: Any) -> list[Any]:
    """Return a test's parameters (values or `pytest.param`), all but the quick ones marked slow."""
    return [value if value in quick else _mark_slow(value) for value in values]


def _mark_slow(value: Any) -> Any:
    if isinstance(value, type(pytest.param())):
        return value._replace(marks=[*value.marks, pytest.mark.slow])
    return pytest.param(value, marks=pytest.mark.slow)
