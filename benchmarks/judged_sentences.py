"""Sentences judged by hand, in families: the right ones and the wrong ones, and what is said."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

BENCHMARKS = Path(__file__).resolve().parent


@dataclass(frozen=True)
class JudgedFamily:
    """The sentences of a family: those that are to be found and those that are not."""

    name: str
    wanted: list[str]
    unwanted: list[str]

    def count(self, says: Callable[[str], object]) -> tuple[int, int]:
        """Return of how many of the wanted and of the unwanted it is said."""
        return sum(map(bool, map(says, self.wanted))), sum(map(bool, map(says, self.unwanted)))


def load_judged(name: str) -> list[JudgedFamily]:
    """Return the families of benchmarks/NAME.toml."""
    table = tomllib.loads((BENCHMARKS / f"{name}.toml").read_text(encoding="utf-8"))
    return [JudgedFamily(family, one["wanted"], one["unwanted"]) for family, one in table.items()]


def print_figures(families: list[JudgedFamily], says: Callable[[str], object]) -> None:
    """Print by family precision and recall, and what is wrong."""
    for family in families:
        right, wrong = family.count(says)
        precision, recall = right / max(1, right + wrong), right / len(family.wanted)
        missed = [one for one in family.wanted if not says(one)]
        false = [one for one in family.unwanted if says(one)]
        print(f"{family.name}: precision {precision:.2f}, recall {recall:.2f}", *missed, *false)


def read_texts(folders: list[str]) -> Iterator[str]:
    """Yield the texts (*.txt) below the folders, by name."""
    for path in sorted(path for folder in folders for path in Path(folder).rglob("*.txt")):
        yield path.read_text(encoding="utf-8", errors="replace")
