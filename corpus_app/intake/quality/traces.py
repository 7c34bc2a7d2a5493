"""Traces of noise and of a wrong decoding that the parser left in a text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from corpus_app.ingest.noise.breaks import CERTAIN, measure_break
from corpus_app.ingest.noise.witnesses import HOST, load_pinyin
from corpus_app.intake.quality.rules import load_rules
from corpus_app.text.chars import shorten
from corpus_app.text.paragraphs import list_lines

# The code of a notice on characters that a recogniser was not sure of.
DOUBTFUL = "doubtful_chars"
TERM = re.compile(r"[A-Za-z0-9_.+/-]+")
# So much of a line is shown as the example.
SHOWN = 24


def find_noise(text: str) -> list[str]:
    """Return stretches of the text that look like a web page's, each once, in order.

    >>> find_noise("同志们：\\n今天开会。\\n责任编辑：某某")
    ['责任编辑：某某']
    """
    found = [*_find_edge_lines(text), *_find_addresses(text), *_find_repeated(text)]
    return list(dict.fromkeys(clip(stretch) for stretch in found))


def find_mojibake(text: str) -> list[str]:
    """Return the signs that only a wrong decoding or damaged bytes leave, each once."""
    return list(dict.fromkeys(load_rules().mojibake.findall(text)))


def find_doubtful_chars(text: str, notices: Iterable[Mapping[str, Any]]) -> tuple[int, list[str]]:
    """Return how many places a recogniser was not sure of, and the words of those with a span."""
    spans = [(note["start"], note["end"]) for note in notices if note["code"] == DOUBTFUL]
    return len(spans), [clip(text[start:end]) for start, end in spans if start is not None]


def is_plain_term(text: str, start: int, end: int) -> bool:
    """Say whether text[start:end] is a foreign term between whole words, no name of a site.

    >>> is_plain_term("浓度PM2.5下降", 2, 7)
    True
    """
    words = text[start:end]
    named = HOST.search(words) or load_pinyin().search(words.lower())
    whole = measure_break(text, start, end).gain < CERTAIN
    return TERM.fullmatch(words) is not None and named is None and whole


def find_placeholders(text: str) -> list[str]:
    """Return the stand-ins for blotted-out names (X市, 在*区), each once."""
    found = (match.group() for match in load_rules().placeholders.finditer(text))
    return list(dict.fromkeys(found))


def clip(stretch: str) -> str:
    """Return the stretch, cut where it is too long to be shown."""
    return shorten(stretch, SHOWN)


def _find_edge_lines(text: str) -> Iterator[str]:
    rules = load_rules()
    lines, reach = list_lines(text), int(rules.noise["edge_lines"])
    edges = lines if len(lines) <= 2 * reach else lines[:reach] + lines[-reach:]
    for line in edges:
        short = len(line) <= rules.noise["edge_chars"]
        if short and any(pattern.fullmatch(line) for pattern in rules.edge):
            yield line


def _find_addresses(text: str) -> Iterator[str]:
    for match in load_rules().anywhere.finditer(text):
        yield match.group()


def _find_repeated(text: str) -> Iterator[str]:
    rules = load_rules()
    limit = rules.noise["repeated_chars"]
    short = Counter(line for line in list_lines(text) if len(line) <= limit)
    for line, count in short.items():
        if count >= rules.noise["repeated"] and not rules.repeatable.fullmatch(line):
            yield line
