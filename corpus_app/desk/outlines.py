"""The headings of a speech, to be written under."""

from __future__ import annotations

import re
from typing import Final

from corpus_app.catalog.models import Section, Speech
from corpus_app.catalog.section_names import name_section

LEVELS: Final = {Section.Kind.SECTION: 1, Section.Kind.SUBSECTION: 2, Section.Kind.POINT: 3}
# Headings are numbered anew where they go; 一是 and the like are part of the sentence.
_NUMBER: Final = re.compile(r"[（(]?[一二三四五六七八九十百\d]+[）)、.．]\s*")


def list_headings(speech: Speech, depth: int = 3) -> list[tuple[str, int]]:
    """Return the current revision's headings down to a level (1 to 3), without their numbers."""
    assert speech.current is not None
    text = speech.current.text
    found = []
    for section in speech.current.sections.order_by("position"):
        level = LEVELS.get(Section.Kind(section.kind))
        if level is None or level > depth:
            continue
        words = _NUMBER.sub("", name_section(section, text), count=1)
        if words:
            found.append((words, level))
    return found
