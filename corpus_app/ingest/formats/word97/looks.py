"""What a binary Word file says of how its characters look, as far as it tells what is seen."""

from __future__ import annotations

import struct
from dataclasses import dataclass, replace
from typing import Final

from corpus_app.ingest.formats.looks import Ground
from corpus_app.ingest.formats.visibility import (
    BLACK,
    BLENDED,
    HIDDEN,
    HIDDEN_BY_STYLE,
    TOO_SMALL,
    WHITE,
    Rgb,
    Unseen,
    blends,
    is_too_small,
)
from corpus_app.ingest.formats.word97.operations import iter_operations

# Operations ("sprm") on characters.
DELETED, INSERTED, VANISH, SPECIAL_VANISH = 0x0800, 0x0801, 0x083C, 0x0818
SIZE, COLOR_INDEX, COLOR, HIGHLIGHT = 0x4A43, 0x2A42, 0x6870, 0x2A0C
SHADE_OLD, SHADE, FONT, SYMBOL, STYLE, PICTURE = 0x4866, 0xCA71, 0x4A4F, 0x6A09, 0x4A30, 0x6A03
# A switch may say: as the style has it, or the other way round.
AS_STYLE, OTHER_THAN_STYLE = 0x80, 0x81
CLEAR, SOLID = 0, 1
AUTOMATIC: Final = 0xFF
PALETTE: Final[tuple[Rgb | None, ...]] = (
    None, (0, 0, 0), (0, 0, 255), (0, 255, 255), (0, 255, 0), (255, 0, 255), (255, 0, 0),
    (255, 255, 0), (255, 255, 255), (0, 0, 128), (0, 128, 128), (0, 128, 0), (128, 0, 128),
    (128, 0, 0), (128, 128, 0), (128, 128, 128), (192, 192, 192),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Word97Look:
    """How characters look; symbol is a font's number and a code.

    picture is the offset of the picture that a character stands for, below zero for none.
    """

    hidden: bool = False
    by_style: bool = False
    points: float = 10
    color: Rgb | None = None
    ground: Ground | None = None
    font: int | None = None
    symbol: tuple[int, int] | None = None
    deleted: bool = False
    inserted: bool = False
    picture: int = -1
    ends_unseen: bool = False

    def judge(self, ground: Ground) -> Unseen | None:
        """Return why characters that look so are not seen on this ground, None if they are."""
        if self.hidden:
            return HIDDEN_BY_STYLE if self.by_style else HIDDEN
        if is_too_small(self.points):
            return TOO_SMALL
        under = self.ground or ground
        blended = self.color is not None and isinstance(under, tuple) and blends(self.color, under)
        return BLENDED if blended else None


PLAIN: Final = Word97Look()


def find_style_number(data: bytes) -> int | None:
    """Return the number of the character style that a property list names, None for none."""
    found = [operand for code, operand in iter_operations(data) if code == STYLE]
    return int.from_bytes(found[-1][:2], "little") if found else None


def apply_look(look: Word97Look, data: bytes, *, style: bool = False) -> Word97Look:
    """Return the look that a property list makes of another; style says it is a style's own."""
    base = look
    for code, operand in iter_operations(data):
        value = int.from_bytes(operand[:4], "little")
        if code == VANISH:
            hidden = _switch(value, base.hidden)
            look = replace(look, hidden=hidden, by_style=style or value in (AS_STYLE,))
        elif code in (DELETED, INSERTED, SPECIAL_VANISH, PICTURE, SYMBOL, FONT, SIZE):
            look = _apply_plain(look, code, value)
        elif code in (COLOR, COLOR_INDEX):
            look = replace(look, color=_read_color(value) if code == COLOR else _find(value))
        elif code in (SHADE, SHADE_OLD, HIGHLIGHT):
            ground = _find(value) if code == HIGHLIGHT else read_shade(operand)
            look = replace(look, ground=ground or look.ground)
    return look


def read_shade(operand: bytes) -> Ground | None:
    """Return the ground that a shading of either kind (2 or 10 bytes) makes, None for none."""
    if len(operand) >= 10:
        front, back, pattern = struct.unpack_from("<IIH", operand)
        first, second = _read_color(front), _read_color(back)
    elif len(operand) == 2:
        value = int.from_bytes(operand, "little")
        first, second, pattern = _find(value & 0x1F), _find(value >> 5 & 0x1F), value >> 10
    else:
        return None
    if pattern == CLEAR:
        return second
    return (first or BLACK) if pattern == SOLID else ("unknown" if pattern < 0x40 else None)


def _apply_plain(look: Word97Look, code: int, value: int) -> Word97Look:
    if code == SIZE:
        return replace(look, points=value / 2)
    if code == FONT:
        return replace(look, font=value)
    if code == SYMBOL:
        return replace(look, symbol=(value & 0xFFFF, value >> 16))
    if code == PICTURE:
        return replace(look, picture=value)
    if code == DELETED:
        return replace(look, deleted=bool(value))
    if code == INSERTED:
        return replace(look, inserted=bool(value))
    return replace(look, ends_unseen=bool(value))


def _switch(value: int, styled: bool) -> bool:
    if value == AS_STYLE:
        return styled
    return not styled if value == OTHER_THAN_STYLE else bool(value)


def _find(index: int) -> Rgb | None:
    return PALETTE[index] if index < len(PALETTE) else None


def _read_color(value: int) -> Rgb | None:
    if value >> 24 == AUTOMATIC:
        return None
    return value & 0xFF, value >> 8 & 0xFF, value >> 16 & 0xFF


__all__ = ["PLAIN", "WHITE", "Ground", "Word97Look", "apply_look", "find_style_number"]
