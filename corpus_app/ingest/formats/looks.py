"""How words of an office file look, as far as that decides whether they are seen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from corpus_app.ingest.formats.visibility import (
    BLENDED,
    HIDDEN,
    HIDDEN_BY_STYLE,
    TOO_SMALL,
    Rgb,
    Unseen,
    blends,
    is_too_small,
)

Ground = Rgb | Literal["unknown"]


@dataclass(frozen=True, slots=True)
class TextLook:
    """What properties and styles say of words; None where they say nothing.

    color "auto" is one that always shows; ground "unknown" is a pattern or a picture; font is
    one that shows signs in the place of letters, "" for any other; faint letters have no ink.
    """

    hidden: bool | None = None
    color: Rgb | Literal["auto"] | None = None
    ground: Ground | None = None
    points: float | None = None
    font: str | None = None
    faint: bool | None = None

    def over(self, base: TextLook) -> TextLook:
        """Return this look where it says something, the base's where it does not."""
        if self == PLAIN:
            return base
        return TextLook(
            base.hidden if self.hidden is None else self.hidden,
            self.color or base.color,
            self.ground or base.ground,
            base.points if self.points is None else self.points,
            base.font if self.font is None else self.font,
            base.faint if self.faint is None else self.faint,
        )

    def judge(self, ground: Ground, *, by_style: bool = True) -> Unseen | None:
        """Return why words that look so are not seen on this ground, None if they are."""
        if self.hidden:
            return HIDDEN_BY_STYLE if by_style else HIDDEN
        if self.points is not None and is_too_small(self.points):
            return TOO_SMALL
        under = self.ground or ground
        blended = (
            isinstance(self.color, tuple) and isinstance(under, tuple) and blends(self.color, under)
        )
        return BLENDED if blended or self.faint else None


PLAIN: Final = TextLook()
