"""Where the closing begins (总之, 最后, the peroration), and where the notes below a speech do."""

from __future__ import annotations

from typing import Final

from corpus_app.ingest.outline.layout import Layout
from corpus_app.ingest.rule_files import read_rules

_NAME_ENDS: Final = "，,：:！!。"


def find_closing(layout: Layout, start: int, *, in_series: bool) -> int | None:
    """Return the offset in the last section (from start) where the closing begins, or None.

    A conclusion word counts wherever it opens a paragraph in the last third of the text
    (最后 not where it ends 首先 … 其次 …); a salutation only as the last of its kind.
    """
    rules = read_rules("outline")["closing"]
    text = layout.text
    earliest = max(start + 1, int(len(text) * (1 - rules["share"])))
    openers = tuple(w for w in rules["openers"] if not (in_series and w.startswith("最后")))
    wishes = tuple(rules["wishes"])
    salutation: int | None = None
    for index in range(layout.find_paragraph(earliest), len(layout.paragraphs)):
        offset = layout.starts[index]
        if offset < earliest:
            continue
        if text.startswith(openers, offset):
            return offset if salutation is None else min(offset, salutation)
        if text.startswith(wishes, offset) and index + 3 >= len(layout.paragraphs):
            return offset if salutation is None else salutation
        if len(text) - offset <= rules["peroration_chars"] and salutes(text, offset):
            salutation = offset
    return salutation


def salutes(text: str, offset: int) -> bool:
    """Say whether a paragraph begins with a salutation such as 各位代表、同志们，."""
    names = tuple(read_rules("outline")["closing"]["salutations"])
    while text.startswith(names, offset):
        offset += max(len(name) for name in names if text.startswith(name, offset))
        if text[offset : offset + 1] != "、":
            return text[offset : offset + 1] in tuple(_NAME_ENDS)
        offset += 1
    return False


def find_notes(text: str) -> int:
    """Return where the notes at the end of a text begin, its length where there are none.

    They stay in the text, but their numbers mark no points.
    """
    rules = read_rules("outline")["notes"]
    words = tuple(rules["words"])
    found, end = len(text), len(text)
    earliest = int(len(text) * (1 - rules["share"]))
    for _ in range(rules["paragraphs"]):
        start = text.rfind("\n", 0, end) + 1
        if start <= max(earliest, 1):
            break
        if text.startswith(words, start):
            found = start
        end = start - 1
    return found
