"""Red seals over a page: their ink is taken off, so that the words below can be read."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt

Pixels = npt.NDArray[np.uint8]
# How much redder than its other colours a pixel of a seal is.
RED: Final = 45
# A seal's size as a share of the page's shorter side, and how far it may be from round or square.
LEAST, MOST, SLENDER = 0.06, 0.45, 1.45
# The share of its box that is ink: a ring with a star, no photograph.
FULL: Final = 0.75


def take_seals(cv2: Any, pixels: Pixels) -> tuple[Pixels, int]:
    """Return the page without the ink of red seals, and how many there are.

    Red words, as of a letterhead, stand in rows and stay.
    """
    shades = pixels.astype(np.int16)
    red = (shades[:, :, 0] - shades[:, :, 1:].max(axis=2) > RED).astype(np.uint8)
    if red.mean() < 0.0005:
        return pixels, 0
    side = min(pixels.shape[:2])
    reach = max(3, side // 100)
    joined = cv2.dilate(red, np.ones((reach, reach), np.uint8))
    _, labels, figures, _ = cv2.connectedComponentsWithStats(joined)
    cleaned, seals = pixels.copy(), 0
    for label, (left, top, width, height, _area) in enumerate(figures.tolist()):
        if label == 0 or not _is_seal(width, height, side):
            continue
        box = (slice(top, top + height), slice(left, left + width))
        inside = (labels[box] == label) & (red[box] == 1)
        if inside.mean() <= FULL:
            # What the ink covers is as dark as its red channel says: paper is light there.
            cleaned[box][inside] = shades[box][inside][:, :1].astype(np.uint8)
            seals += 1
    return cleaned, seals


def _is_seal(width: int, height: int, side: int) -> bool:
    longer, shorter = max(width, height), min(width, height)
    return LEAST * side <= shorter and longer <= min(MOST * side, SLENDER * shorter)
