"""Characters lost and left over: a parsed body against the clean one."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterator

from rapidfuzz.distance import Indel

_SENTENCE = re.compile(r"[^。！？；]*[。！？；]|[^。！？；]+$")
_IGNORED = re.compile(r"[\s\u200b-\u200f\ufeff\u2060]+")


def count_differences(clean: str, parsed: str) -> tuple[int, int]:
    """Return how many characters of clean are missing in parsed, and how many are too many.

    White space, invisible characters and width are set aside. Sentences are aligned first,
    characters only where sentences differ, so that long texts stay cheap.
    """
    lost = left = 0
    for before, after in _find_differing(_fold(clean), _fold(parsed)):
        for block in Indel.opcodes(before, after):
            if block.tag in ("delete", "replace"):
                lost += block.src_end - block.src_start
            if block.tag in ("insert", "replace"):
                left += block.dest_end - block.dest_start
    return lost, left


def _fold(text: str) -> str:
    """Return text without white space and invisible characters, in one width."""
    return unicodedata.normalize("NFKC", _IGNORED.sub("", text))


def _find_differing(clean: str, parsed: str) -> Iterator[tuple[str, str]]:
    """Yield the stretches in which two texts differ, sentence by sentence."""
    ours, theirs = _SENTENCE.findall(clean), _SENTENCE.findall(parsed)
    matcher = difflib.SequenceMatcher(None, ours, theirs, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag != "equal":
            yield "".join(ours[a:b]), "".join(theirs[c:d])
