"""The templates: lines that can be read."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from tests.places import ROOT

TEMPLATES: Final = ROOT / "templates"
# Words of a sentence and what a Django tag holds can't be broken: a tag ends with its line, and
# a break between two words, or between a word and an inline element, is a blank on the page.
LONGEST_LINE: Final = 190


def list_templates() -> list[Path]:
    return sorted(TEMPLATES.rglob("*.html"))


def test_a_line_of_a_template_can_be_read() -> None:
    long = {
        f"{path.relative_to(TEMPLATES)}:{number}": len(line)
        for path in list_templates()
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if len(line) > LONGEST_LINE
    }
    assert not long
