"""Notes below a speech: 注： or 附件： at the start of one of its last paragraphs."""

from __future__ import annotations

from corpus_app.ingest.rule_files import read_rules


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
