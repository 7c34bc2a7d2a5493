"""A speech as Solr holds it: a document for it and for each of its sections.

What is where is taken from the tables that the arrays are made of, so both find the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np

from corpus_app.catalog.models import Section, Speech
from corpus_app.text.chars import Codes
from corpus_app.text.equality import SENTINEL
from search.analysis.words import list_inner_words, load_segmenter, split_runs
from search.arrays.building import SpeechRecord, build_tables
from search.arrays.tables import ZONES, Tables
from search.index.published import make_record
from search.solr.tokens import write_codes

# Between title, subtitle and text of a speech, which no character is.
_BORDERS: Final = 2
Document = dict[str, Any]


def name_node(model: str, pk: int) -> str:
    """Return the name of a speech ("speech") or section among the nodes."""
    return f"{model[:2]}{pk}"


def cut_text(text: str) -> str:
    """Return the words of a text and the dictionary's words inside them, parted by blanks."""
    runs = split_runs(text)
    cut = load_segmenter().cut_runs(runs)
    words = (word for run in cut for word in run if any(map(str.isalnum, word)))
    return " ".join(each for word in words for each in (word, *_list_inner(word)))


def _list_inner(word: str) -> Iterator[str]:
    return (inner for _, inner in list_inner_words(word))


def describe_nodes(speech: Speech) -> dict[str, Document]:
    """Return what is asked for by characters and counted by, for each node of a speech by name.

    The speech must have all its parts, as read_speeches gives it.
    """
    return describe_record(make_record(speech))


def describe_record(record: SpeechRecord) -> dict[str, Document]:
    """Return what describe_nodes does, of a speech's record."""
    outline = _Outline(record, build_tables([record]))
    shared = _describe_speech(record, outline)
    nodes = (shared | outline.describe(node) for node in range(len(record.sections) + 1))
    return {node["node"]: node for node in nodes}


def _describe_speech(record: SpeechRecord, outline: _Outline) -> Document:
    """Return what the documents of all nodes say of their speech."""
    values: Document = {
        f"{zone}_exact": getattr(record, zone)
        for zone in ("organisation", "level", "genre", "completeness", "date_kind", "source_name")
    }
    values["speech_name"] = name_node("speech", record.id)
    for zone in ("title", "speaker", "organisation", "source", "place"):
        codes = outline.read_zone(zone)
        values[f"{zone}_chars"] = list(map(write_codes, _part(codes)))
        values[f"{zone}_size"] = len(codes)
    if record.date_first:
        last = record.date_last or record.date_first
        values |= {
            "date_first": record.date_first.toordinal(),
            "date_last": last.toordinal(),
            "year": record.date_first.year,
        }
    return values


def _part(codes: Codes) -> Iterator[Codes]:
    """Yield the texts of a zone that have characters."""
    borders = (codes == SENTINEL).nonzero()[0]
    for part in np.split(codes, borders):
        text = part[part != SENTINEL]
        if len(text):
            yield text


@dataclass(frozen=True)
class _Outline:
    """The nodes of one speech among its folded characters."""

    record: SpeechRecord
    tables: Tables

    def read_zone(self, name: str) -> Codes:
        """Return the folded characters of a zone."""
        at, columns = ZONES.index(name), self.tables.columns
        start, end = columns["zone_start"][0][at], columns["zone_end"][0][at]
        codes: Codes = columns["codes"][start:end]
        return codes

    def describe(self, node: int) -> Document:
        """Return a node's own part of its document."""
        own = self._describe_root() if node == 0 else self._describe_section(node)
        return {
            **own,
            "node": self._name(node),
            "above": [self._name(each) for each in self._list_above(node)],
            "position": node,
            "leaf": not self._list_children(node),
            "theme_related": self._list_themes(node, above=True),
            "theme_inside": self._list_themes(node, above=False),
            "slogan_inside": sorted({slogan for slogan, _, _ in self._list_mentions(node)}),
            "slogan_own": self._list_own_slogans(node),
        }

    def _describe_root(self) -> Document:
        parts = [*_part(self.read_zone("title")), *_part(self.read_zone("text"))]
        texts = list(map(write_codes, parts))
        return {
            "kind": "speech",
            "chars": texts,
            "as_speech": texts,
            # One without sections is the section that answers.
            **({} if self.record.sections else {"as_section": texts}),
            "sections": len(self.record.sections),
            "characters": self._end(0) - self._start(0) - _BORDERS,
        }

    def _describe_section(self, node: int) -> Document:
        start, end = self._start(node), self._end(node)
        codes = self.tables.columns["codes"]
        inside = [(self._start(child), self._end(child)) for child in self._list_children(node)]
        borders = {place - start for span in inside for place in span if span[0] < span[1]}
        text = write_codes(codes[start:end], borders)
        texts = [text] if text else []
        document: Document = {"kind": "section", "chars": texts, "as_section": texts}
        if inside:
            ends, starts = [start, *(b for _, b in inside)], [*(a for a, _ in inside), end]
            pieces = [codes[low:high] for low, high in zip(ends, starts, strict=True)]
            document["own"] = [write_codes(piece) for piece in pieces if len(piece)]
        return document

    def _name(self, node: int) -> str:
        if node == 0:
            return name_node("speech", self.record.id)
        return name_node("section", self.record.sections[node - 1].pk)

    def _start(self, node: int) -> int:
        return int(self.tables.columns["node_start"][node])

    def _end(self, node: int) -> int:
        return int(self.tables.columns["node_end"][node])

    def _last(self, node: int) -> int:
        return int(self.tables.columns["node_last"][node])

    def _list_above(self, node: int) -> list[int]:
        above, parents = [], self.tables.columns["node_parent"]
        while (node := int(parents[node])) >= 0:
            above.append(node)
        return above

    def _list_children(self, node: int) -> list[int]:
        return (self.tables.columns["node_parent"] == node).nonzero()[0].tolist()

    def _list_themes(self, node: int, *, above: bool) -> list[int]:
        over = set(self._list_above(node)) if above else set()
        last = self._last(node)
        tags = ((theme, section + 1) for theme, section in self.record.tags)
        return sorted({theme for theme, at in tags if node <= at < last or at in over})

    def _list_mentions(self, node: int) -> Iterator[tuple[int, int, int]]:
        """Yield slogan, start and end of each mention that lies in a node."""
        names = ("mention_slogan", "mention_start", "mention_end")
        rows = zip(*(self.tables.columns[name].tolist() for name in names), strict=True)
        low, high = self._start(node), self._end(node)
        return (row for row in rows if low <= row[1] and row[2] <= high)

    def _list_own_slogans(self, node: int) -> list[int]:
        """Return the slogans that have a mention in a node and in no node inside it."""
        inside = {row for child in self._list_children(node) for row in self._list_mentions(child)}
        own = (row for row in self._list_mentions(node) if row not in inside)
        return sorted({slogan for slogan, start, end in own if start < end})


def write_day(day: date) -> str:
    """Return a day as Solr writes it."""
    return f"{day.isoformat()}T00:00:00Z"


def find_speech(obj: Speech | Section) -> Speech:
    """Return the speech that a document is of."""
    return obj if isinstance(obj, Speech) else obj.revision.speech
