"""Many rows of one question as one test: a test of its own would cost each more than its answer."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterable
from typing import Any

import pytest

# What is told of a failed run: so many rows in full, and of each row so many characters.
MOST_TOLD = 20
MOST_SHOWN = 300


def for_each(names: str | Iterable[str], rows: Iterable[Any]) -> Callable[[Any], Any]:
    """Return the decorator of a test that asks its question of every row, named as by parametrize.

    For pure functions alone: what a fixture gives is the same for all rows. Every row is tried,
    and the failure tells each row that failed, and why.
    """
    wanted = [name.strip() for name in names.split(",")] if isinstance(names, str) else list(names)
    asked = list(rows)
    assert asked, "nothing to ask about"
    assert not any(isinstance(row, type(pytest.param())) for row in asked), "rows bear no marks"

    def apply(test: Callable[..., None]) -> Callable[..., None]:
        @functools.wraps(test)
        def run(**given: Any) -> None:
            faults = []
            for row in asked:
                values = dict(zip(wanted, row if len(wanted) > 1 else (row,), strict=True))
                try:
                    test(**given, **values)
                except Exception as fault:
                    faults.append(f"{_show(values)}\n{type(fault).__name__}: {fault}")
            if faults:
                told = "\n\n".join(faults[:MOST_TOLD])
                raise AssertionError(f"{len(faults)} of {len(asked)} rows fail:\n\n{told}")

        signature = inspect.signature(test)
        kept = [one for name, one in signature.parameters.items() if name not in wanted]
        run.__signature__ = signature.replace(parameters=kept)  # type: ignore[attr-defined]
        del run.__wrapped__  # type: ignore[attr-defined]
        return run

    return apply


def _show(values: dict[str, Any]) -> str:
    return ", ".join(f"{name}={value!r}"[:MOST_SHOWN] for name, value in values.items())
