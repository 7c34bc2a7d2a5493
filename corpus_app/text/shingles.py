"""Stretches of a text of one length, each as a number."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from corpus_app.text.chars import read_codes

Shingles = npt.NDArray[np.uint64]

# Fingerprints are stored: another base makes all of them outdated.
BASE: Final = np.uint64(0x9E3779B97F4A7C15)


def roll_shingles(words: str, size: int) -> Shingles:
    """Return a number for each stretch of size characters, in their order (at least one)."""
    codes = read_codes(words).astype(np.uint64)
    count = max(1, len(codes) - size + 1)
    shingles = np.zeros(count, np.uint64)
    for at in range(min(size, len(codes))):
        shingles = shingles * BASE + codes[at : at + count]
    return shingles
