"""The headings of a speech, as a frame for a text of one's own."""

from __future__ import annotations

import re
from typing import Final

from corpus_app.catalog.models import Speech
from corpus_app.catalog.section_names import name_outline
from corpus_app.ingest.outline.sections import LEVELS

# Headings are numbered anew where they go; 一是 and the like are part of the sentence.
_NUMBER: Final = re.compile(r"[（(]?[一二三四五六七八九十百\d]+[）)、.．]\s*")


def list_headings(speech: Speech, depth: int = 3) -> list[tuple[str, int]]:
    """Return the current revision's headings down to a level (1 to 3), without their numbers."""
    assert speech.current is not None
    rows = speech.current.sections.order_by("position")
    found = [
        (_NUMBER.sub("", one.name, count=1), one.level)
        for one in name_outline(rows, speech.current.text)
        if one.kind in LEVELS and one.level <= depth
    ]
    return [(words, level) for words, level in found if words]
