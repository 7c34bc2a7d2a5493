"""How the cost of aligning two texts grows, beside difflib and plain rapidfuzz in the same run.

    python -m benchmarks.alignment [--longest N]

For random Han texts of 2,000 to N (200,000) characters: two characters changed, a watermark at
every 90th character, one character in fifty changed, nothing in common. Prints milliseconds, best
of three, and the share of what is in common that was found. A peer is not asked for lengths at
which it would take minutes or gigabytes.
"""

from __future__ import annotations

import argparse
import difflib
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from rapidfuzz.distance import Indel  # noqa: E402

from corpus_app.text.alignment import align_texts  # noqa: E402

LENGTHS = (2_000, 5_000, 20_000, 50_000, 100_000, 200_000)
ROUNDS = 3
MARK = "某站水印"
Pair = tuple[str, str, int]


def write_han(length: int, seed: int) -> str:
    """Return a random text."""
    draw = random.Random(seed)
    return "".join(chr(draw.randrange(0x4E00, 0x9FA5)) for _ in range(length))


def change_two(text: str) -> Pair:
    """Return the text, it with two characters changed, and how many both have in common."""
    one, two = len(text) // 200, len(text) * 3 // 4
    new = text[:one] + "〇" + text[one + 1 : two] + "〇" + text[two + 1 :]
    return text, new, len(text) - 2


def put_marks(text: str) -> Pair:
    """Return the text with a watermark at every 90th character, the text, and its length."""
    marked = "".join(text[at : at + 90] + MARK for at in range(0, len(text), 90))
    return marked, text, len(text)


def change_many(text: str) -> Pair:
    """Return the text, it with one character in fifty changed, and what both have in common."""
    draw = random.Random(1)
    signs = list(text)
    places = draw.sample(range(len(text)), len(text) // 50)
    for place in places:
        signs[place] = "〇"
    return text, "".join(signs), len(text) - len(places)


def share_nothing(text: str) -> Pair:
    """Return the text, another one without any of its characters, and 0."""
    return text, "".join(chr(ord(char) + 0x7000) for char in text), 0


CASES = (change_two, put_marks, change_many, share_nothing)


def count_ours(first: str, second: str) -> int:
    """Return how many characters our alignment finds in common."""
    return sum(block.length for block in align_texts(first, second))


def count_indel(first: str, second: str) -> int:
    """Return how many characters plain rapidfuzz finds in common."""
    return sum(block.size for block in Indel.editops(first, second).as_matching_blocks())


def count_difflib(first: str, second: str) -> int:
    """Return how many characters difflib finds in common."""
    matcher = difflib.SequenceMatcher(None, first, second, autojunk=False)
    return sum(block.size for block in matcher.get_matching_blocks())


# Up to which length each is asked.
WAYS: tuple[tuple[str, Callable[[str, str], int], int], ...] = (
    ("ours", count_ours, 10**9),
    ("rapidfuzz", count_indel, 50_000),
    ("difflib", count_difflib, 50_000),
)


def measure(way: Callable[[str, str], int], pair: Pair) -> str:
    """Return the best time in milliseconds and how much of the common text was found."""
    first, second, common = pair
    best, found = float("inf"), 0
    for _ in range(ROUNDS):
        start = time.perf_counter()
        found = way(first, second)
        best = min(best, time.perf_counter() - start)
    share = f"{found / common:.4f}" if common else str(found)
    return f"{best * 1000:.1f} ms, {share}"


def main() -> int:
    """Print a table for each kind of difference."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--longest", type=int, default=LENGTHS[-1])
    longest = parser.parse_args().longest
    for case in CASES:
        print(f"\n{case.__name__}")
        print("| characters | " + " | ".join(name for name, _way, _most in WAYS) + " |")
        print("| --- " * (len(WAYS) + 1) + "|")
        for length in LENGTHS:
            if length > longest:
                break
            pair = case(write_han(length, length))
            cells = [measure(way, pair) if length <= most else "–" for _n, way, most in WAYS]
            print(f"| {length:,} | " + " | ".join(cells) + " |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
