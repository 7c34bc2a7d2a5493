"""The clean texts and gold headings that benchmarks/quality.py measures against."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

COLLECTIONS = ("gwr_state_council", "cpc_congress", "npc_resolutions")
# Lines of the clean texts that are no part of the speech: the licence upstream.
_LICENCE = re.compile(
    r"本作品来自|本模板所指|本作品在|注：中文维基文库|依据《中华人民共和国著作权法"
    r"|↑《刑事|↑据2024|中国共产党的领导人讲话和其它文件是否|[这這]部作品在1931年"
)
_ADOPTED = re.compile(r"^（.{4,60}通过）$")
_DATE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")


@dataclass(frozen=True, slots=True)
class GoldHeading:
    """A heading of the clean text; numbering is 一、 （一） 第一， 1. —— or none."""

    numbering: str
    text: str


@dataclass(slots=True)
class Gold:
    """One document: its raw scrape, the body expected, headings and what its front says."""

    name: str
    raw: Path
    title: str
    body: str
    headings: list[GoldHeading] = field(default_factory=list)
    front: list[str] = field(default_factory=list)

    @property
    def top(self) -> list[GoldHeading]:
        """Its level-one headings: those of the numbering that its first numbered one has."""
        numbered = [h for h in self.headings if h.numbering not in ("none", "——")]
        if not numbered:
            return [h for h in self.headings if not h.text.endswith(("：", "！"))]
        return [h for h in numbered if h.numbering == numbered[0].numbering]

    @property
    def date(self) -> str | None:
        """The day that its front lines name, as 2024-03-05."""
        match = next((m for line in self.front if (m := _DATE.search(line))), None)
        return f"{match[1]}-{int(match[2]):02d}-{int(match[3]):02d}" if match else None


def read_gold(corpora: Path) -> Iterator[Gold]:
    """Yield every document of the collections that has both a raw scrape and a clean text."""
    for collection in COLLECTIONS:
        folder = corpora / collection
        rows = _read_table(folder / "gold_headings.tsv")
        for entry in _read_table(folder / "metadata.tsv"):
            name = entry["id"]
            raw, clean = folder / f"raw_scrape/{name}.txt", folder / f"txt/{name}.txt"
            if raw.is_file() and clean.is_file():
                own = [row for row in rows if row["id"] == name]
                yield _make_gold(name, raw, clean, entry["title"], own)


def _read_table(path: Path) -> list[dict[str, str]]:
    """Return the rows of a tab-separated file; empty where there is none."""
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def _make_gold(name: str, raw: Path, clean: Path, title: str, rows: list[dict[str, str]]) -> Gold:
    """Part a clean text into front lines and body, its rows into front and headings."""
    first, _, text = clean.read_text(encoding="utf-8").partition("\n")
    lines = [line for line in text.split("\n") if line.strip() and not _LICENCE.match(line)]
    # Lines before the salutation count as front, whatever kind the table gives them.
    salutation = text.find("同志们：") + len(first) + 1
    front = [
        row["text"]
        for row in rows
        if row["kind"] == "front"
        or (name in ("cpc_19", "cpc_20") and int(row["char_offset"]) < salutation)
    ]
    if name.startswith("res_"):
        front = [line for line in lines[:3] if line == title or _ADOPTED.match(line)]
    body = "\n".join(line for line in lines if line not in front)
    headings = [
        GoldHeading(row["numbering"], row["text"])
        for row in rows
        if row["kind"] == "heading" and row["text"] not in front
    ]
    return Gold(name, raw, title, body, headings, front)
