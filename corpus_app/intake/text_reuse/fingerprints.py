"""Fingerprints of a text: one that only the same words have, one that like texts share."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from corpus_app.text.chars import squeeze
from corpus_app.text.folding import keep_folded_words
from corpus_app.text.shingles import BASE, roll_shingles

# Short enough that one changed word in a sentence leaves most shingles standing.
SHINGLE: Final = 4
BANDS: Final = 42
ROWS: Final = 3
PERMUTATIONS: Final = BANDS * ROWS
# Long enough that shared ones mean quoted words, not turns of phrase; one in so many is kept.
QUOTED_SHINGLE: Final = 12
SAMPLE_BITS: Final = 4
LARGEST_SKETCH: Final = 4096
# Of a sampled shingle so many bits are kept, which is five bytes.
SKETCH_BITS: Final = 40
_SKETCH_BYTES: Final = SKETCH_BITS // 8

Words = NDArray[np.uint64]

# Fixed odd numbers: a signature must mean the same in every process and release.
_RANDOM: Final = np.random.Generator(np.random.PCG64(20211013))
_FACTORS: Final[Words] = _RANDOM.integers(1, 2**63, PERMUTATIONS, dtype=np.uint64) * 2 + 1
_SHIFTS: Final[Words] = _RANDOM.integers(0, 2**63, PERMUTATIONS, dtype=np.uint64)
_MIXER: Final = np.uint64(0xFF51AFD7ED558CCD)


@dataclass(frozen=True)
class Fingerprint:
    """What is stored of a text: sha and length without white space, minhash as raw uint64s.

    sketch holds a fixed share of the text's long shingles as numbers of 40 bits: what two
    sketches share tells how much one text holds of the other, however long that one is.
    """

    text_sha: str
    length: int
    minhash: bytes
    sketch: tuple[int, ...] = ()

    @property
    def bands(self) -> list[int]:
        """Return one signed 64-bit number per band; like texts share at least one."""
        return read_bands(self.minhash)


def take_fingerprint(text: str) -> Fingerprint:
    """Return the fingerprint of a speech's text."""
    # A corrected comma is a new state of the text, so the sha counts all but white space.
    solid = squeeze(text)
    sha = hashlib.sha256(solid.encode("utf-8", "surrogatepass")).hexdigest()
    words = keep_folded_words(text)
    return Fingerprint(sha, len(solid), hash_shingles(words).tobytes(), sample_shingles(words))


def hash_shingles(words: str) -> Words:
    """Return the minhash of the words: the least value of each permutation over all shingles."""
    shingles = np.unique(roll_shingles(words, SHINGLE))
    # The high half of a product is the well-mixed one.
    return np.array(
        [
            np.min((shingles * factor + shift) >> np.uint64(20))
            for factor, shift in zip(_FACTORS, _SHIFTS, strict=True)
        ],
        np.uint64,
    )


def sample_shingles(words: str) -> tuple[int, ...]:
    """Return one in sixteen of the different long shingles, the same ones in every text."""
    shingles = roll_shingles(words, QUOTED_SHINGLE)
    # The sample goes by the high bits, so every character must reach them.
    shingles = (shingles ^ (shingles >> np.uint64(33))) * _MIXER
    shingles = np.unique(shingles ^ (shingles >> np.uint64(29)))
    kept = shingles[shingles >> np.uint64(64 - SAMPLE_BITS) == 0][:LARGEST_SKETCH]
    kept = np.unique(kept >> np.uint64(64 - SAMPLE_BITS - SKETCH_BITS))
    return tuple(kept.tolist())


def read_bands(minhash: bytes) -> list[int]:
    """Return one signed 64-bit number per band of a minhash, none of one of another size."""
    if len(minhash) != PERMUTATIONS * np.uint64().nbytes:
        return []
    rows = np.frombuffer(minhash, np.uint64).reshape(BANDS, ROWS)
    mixed = np.zeros(BANDS, np.uint64)
    for column in range(ROWS):
        mixed = (mixed ^ rows[:, column]) * BASE + np.uint64(column + 1)
    return [int(value) for value in mixed.view(np.int64)]


def pack_sketch(sketch: Iterable[int]) -> bytes:
    """Return the numbers of a sketch in five bytes each."""
    numbers = np.fromiter(sketch, "<u8")
    return numbers.view(np.uint8).reshape(-1, 8)[:, :_SKETCH_BYTES].tobytes()


def unpack_sketch(packed: bytes) -> list[int]:
    """Return the numbers of a packed sketch."""
    parts = np.frombuffer(packed, np.uint8).reshape(-1, _SKETCH_BYTES)
    whole = np.zeros((len(parts), 8), np.uint8)
    whole[:, :_SKETCH_BYTES] = parts
    numbers: list[int] = whole.view("<u8").ravel().tolist()
    return numbers


def estimate_likeness(first: bytes, second: bytes) -> float:
    """Return the share of common shingles that two minhashes speak for, 0.0 to 1.0."""
    a, b = np.frombuffer(first, np.uint64), np.frombuffer(second, np.uint64)
    if len(a) != len(b) or not len(a):
        return 0.0
    return float(np.mean(a == b))
