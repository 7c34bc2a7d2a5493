"""The figures of a run as a table that people read in git."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any


def write_record(target: Path, title: str, numbers: Mapping[str, Any]) -> None:
    """Write the figures, nested ones under the names on the way to them, as a Markdown table."""
    rows = [f"| {name} | {value} |" for name, value in _list_figures(numbers)]
    lines = [f"# {title}", "", "| figure | value |", "| --- | ---: |", *rows]
    target.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _list_figures(numbers: Mapping[str, Any], lead: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in numbers.items():
        if isinstance(value, Mapping):
            yield from _list_figures(value, f"{lead}{name}, ")
        else:
            yield lead + name, value
