"""Texts to search in, cut into sections: State Council reports and laws beside the project."""

from __future__ import annotations

import csv
import io
import random
import re
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Final

SHARED: Final = Path(__file__).resolve().parents[3] / "shared" / "corpora"
LAWS: Final = "laws.tar.xz"
# The same texts are taken for the same size on every machine.
SEED: Final = 20261121

_NUMBER: Final = "[一二三四五六七八九十百千零〇两0-9０-９]+"
_ARTICLE: Final = re.compile(rf"(第{_NUMBER}条(?:之{_NUMBER})?)[　 ]*")
_CHAPTER: Final = re.compile(rf"(第{_NUMBER}[编章节])[　 ]*(\S.*)?$")
_HEADING: Final = re.compile(r"([一二三四五六七八九十]+、)(\S{2,40})$")


@dataclass(frozen=True, slots=True)
class Part:
    """A section: text[start:end] with its number and the heading it stands under."""

    marker: str
    heading: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Source:
    """One text with what is known of it; date is "" or as precise as known."""

    title: str
    date: str
    issuer: str
    text: str
    parts: tuple[Part, ...] = field(repr=False)


def find_missing(folder: Path = SHARED) -> str:
    """Return what is missing for building corpora, "" if nothing is."""
    if not folder.is_dir():
        return f"{folder} is missing"
    return "" if (folder / LAWS).is_file() else f"{folder / LAWS} is missing"


def read_sources(folder: Path = SHARED) -> list[Source]:
    """Return all texts in a fixed shuffled order."""
    sources = [*_read_laws(folder / LAWS), *_read_reports(folder / "gwr_state_council")]
    random.Random(SEED).shuffle(sources)
    return sources


def take_sections(sources: list[Source], size: int) -> list[Source]:
    """Return the first sources that together have at least size sections (or all)."""
    taken: list[Source] = []
    total = 0
    for source in sources:
        if total >= size:
            break
        taken.append(source)
        total += len(source.parts)
    return taken


def _read_laws(path: Path) -> Iterator[Source]:
    texts: dict[str, str] = {}
    with tarfile.open(path) as archive:
        for member in archive:
            file = archive.extractfile(member) if member.isfile() else None
            if file is not None:
                texts[Path(member.name).name] = file.read().decode("utf-8")
    for row in csv.DictReader(io.StringIO(texts["metadata.tsv"]), delimiter="\t"):
        text = texts.get(f"{row['id']}.txt", "")
        parts = split_articles(text)
        if parts:
            yield Source(row["title"], row["date"], row["category"], text, parts)


def _read_reports(folder: Path) -> Iterator[Source]:
    with (folder / "metadata.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            text = (folder / "txt" / f"{row['id']}.txt").read_text(encoding="utf-8")
            yield Source(row["title"], row["date"], row["issuer"], text, split_paragraphs(text))


def _list_lines(text: str) -> Iterator[tuple[int, str]]:
    at = 0
    for line in text.splitlines(keepends=True):
        yield at, line.rstrip()
        at += len(line)


def split_articles(text: str) -> tuple[Part, ...]:
    """Return the articles of a law; each stands under the chapter heading before it.

    What stands before the first article is a section too, the title line left out.
    """
    borders: list[tuple[int, str, str]] = []
    heading, first = "", text.find("\n") + 1
    for at, line in _list_lines(text):
        if match := _CHAPTER.match(line):
            heading = (match[2] or "").strip()
            borders.append((at, "", heading))
        elif match := _ARTICLE.match(line):
            borders.append((at, match[1], heading))
    if not any(marker for _, marker, _ in borders):
        return ()
    places = [(first, "序", ""), *borders, (len(text), "", "")]
    return tuple(
        Part(marker, under, start, following[0])
        for (start, marker, under), following in pairwise(places)
        if marker and text[start : following[0]].strip()
    )


def split_paragraphs(text: str) -> tuple[Part, ...]:
    """Return the paragraphs of a report; each stands under the heading before it."""
    heading, parts = "", []
    for at, line in _list_lines(text):
        if match := _HEADING.match(line):
            heading = match[2]
        elif line and at:
            parts.append(Part("", heading, at, at + len(line)))
    return tuple(parts)
