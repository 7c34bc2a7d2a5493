"""Half-width punctuation shown as full-width, for display only."""

from __future__ import annotations

import re
from typing import Final

FULL_WIDTH: Final = {
    ",": "，",
    ";": "；",
    ":": "：",
    "!": "！",
    "?": "？",
    "(": "（",
    ")": "）",
}
_WIDE: Final = str.maketrans(FULL_WIDTH)
# Only beside a Chinese character: 3,000, 10:30 and English words keep their signs.
_HAN: Final = r"[㐀-䶿一-鿿豈-﫿”’》）]"
_BESIDE: Final = re.compile(rf"(?<={_HAN})[,;:!?()]+|[,;:!?()]+(?=[㐀-䶿一-鿿“‘《（])")
# A full stop that ends a Chinese sentence, not one in 3.5, 1.加强 or an address.
_STOP: Final = re.compile(rf"(?<={_HAN})\.(?![0-9A-Za-z.])")
_QUOTE: Final = re.compile('"')


def show_full_width(text: str) -> str:
    """Return text with half-width signs in Chinese context full-width; the length stays."""
    shown = _BESIDE.sub(lambda found: found.group().translate(_WIDE), text)
    shown = _STOP.sub("。", shown)
    return "\n".join(_pair_quotes(line) for line in shown.split("\n"))


def _pair_quotes(line: str) -> str:
    """Replace straight double quotes by “ and ” in turn where a line holds whole pairs."""
    if line.count('"') % 2:
        return line
    opening = False

    def turn(_found: re.Match[str]) -> str:
        nonlocal opening
        opening = not opening
        return "“" if opening else "”"

    return _QUOTE.sub(turn, line)
