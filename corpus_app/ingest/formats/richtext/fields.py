"""Fields of rich text: the instruction, a form's choices, and whether a result was shown."""

from __future__ import annotations

from typing import Final

LIST, TICK_BOX = 2, 1
# The result that says: as it was at first.
UNCHANGED: Final = 25


class RtfField:
    """A field that is open: its instruction, its form, and whether it showed a result."""

    def __init__(self) -> None:
        self.instruction = ""
        self.shown = False
        self.start = (0, 0)
        self.settings: dict[str, int] = {}
        self.choices: list[str] = []

    def show_form(self) -> str:
        """Return the choice made in a form's list, or its tick; "" for any other field."""
        kind = self.settings.get("fftype")
        result = self.settings.get("ffres", UNCHANGED)
        result = self.settings.get("ffdefres", 0) if result == UNCHANGED else result
        if kind == LIST:
            return self.choices[result] if 0 <= result < len(self.choices) else ""
        return ("☑" if result else "☐") if kind == TICK_BOX else ""
