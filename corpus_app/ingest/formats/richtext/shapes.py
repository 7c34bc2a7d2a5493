"""Shapes of rich text: where they stand, and whether they are seen."""

from __future__ import annotations

from typing import Final

from corpus_app.ingest.formats.visibility import HIDDEN, OFF_PAGE, Unseen, lies_off

TWIPS: Final = 20
# The value of posrelh and posrelv that counts from the edge of the page.
FROM_PAGE: Final = "1"


class RtfShape:
    """A shape that is open: its four sides in twips, and the properties that it names."""

    def __init__(self) -> None:
        self.sides: dict[str, int] = {}
        self.properties: dict[str, str] = {}
        self.name = ""

    def judge(self) -> Unseen | None:
        """Return why the shape is not seen, None if it is."""
        if self.properties.get("fHidden") == "1":
            return HIDDEN
        for first, last, origin in (
            ("shpleft", "shpright", "posrelh"),
            ("shptop", "shpbottom", "posrelv"),
        ):
            start = self.sides.get(first)
            if start is None:
                continue
            end = self.sides.get(last, start)
            of_page = self.properties.get(origin) == FROM_PAGE
            across = first == "shpleft"
            if lies_off(start / TWIPS, end / TWIPS, of_page=of_page, across=across):
                return OFF_PAGE
        return None
