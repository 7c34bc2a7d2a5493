"""The texts that runs of characters are counted in; never one that is scored on."""

from __future__ import annotations

import hashlib
import json
import re
import tarfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from benchmarks.search_bench.corpora import SHARED

LEARNT: Final = ("laws.tar.xz", "cpc_congress", "npc_resolutions", "divisions/codes.json")
# What errors are learnt from and what false alarms are counted on: in no count.
KEPT_OUT: Final = ("proofreading", "gwr_state_council")


@dataclass(frozen=True, slots=True)
class CountedSource:
    """A source of the counts: its name, the digest of its words, the words, a paragraph a line."""

    name: str
    digest: str
    text: str


def read_sources(root: Path = SHARED, names: Iterable[str] = LEARNT) -> Iterator[CountedSource]:
    """Yield the sources under a folder.

    Raises ValueError for one that lies in a folder that is kept out.
    """
    for name in names:
        path = (root / name).resolve()
        if set(KEPT_OUT) & set(path.relative_to(root.resolve()).parts):
            raise ValueError(f"{name} is kept to score on: its sentences must not be counted")
        text = "\n\n".join(clean_text(words) for words in _read(path))
        yield CountedSource(name, hashlib.sha256(text.encode()).hexdigest(), text)


def clean_text(words: str) -> str:
    """Return a text's paragraphs, a line each, without blanks."""
    lines = (re.sub(r"\s+", "", line) for line in words.splitlines())
    return "\n".join(line for line in lines if line)


def describe(sources: Iterable[CountedSource]) -> list[dict[str, Any]]:
    """Return what the model's file says of its sources."""
    return [
        {"name": one.name, "sha256": one.digest, "characters": len(one.text)} for one in sources
    ]


def _read(path: Path) -> Iterator[str]:
    if path.suffix == ".xz":
        with tarfile.open(path) as archive:
            for member in archive:
                file = archive.extractfile(member)
                if file is not None and "/txt/" in member.name and member.name.endswith(".txt"):
                    yield file.read().decode("utf-8", "replace")
    elif path.suffix == ".json":
        yield "\n".join(_list_names(json.loads(path.read_text("utf-8"))["items"]))
    else:
        for file_path in sorted((path / "txt").glob("*.txt")):
            yield file_path.read_text("utf-8")


def _list_names(items: list[dict[str, Any]], parent: str = "") -> Iterator[str]:
    """Yield the names of places, each alone and after the place that it belongs to."""
    for item in items:
        yield item["name"]
        if parent:
            yield parent + item["name"]
        yield from _list_names(item.get("children", []), item["name"])
