"""What reading a laid out page lost, added and misordered, and which paragraphs are right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from rapidfuzz.distance import LCSseq

from corpus_app.ingest.formats.extracted import Extracted
from corpus_app.text.chars import squeeze


@dataclass(frozen=True)
class Laid:
    """A file, the paragraphs to be read from it, what is to be set aside, notices to be given.

    floating are further paragraphs that may stand between any two.
    """

    data: bytes
    paragraphs: tuple[str, ...]
    aside: tuple[str, ...] = ()
    notices: frozenset[str] = frozenset()
    name: str = "page.pdf"
    floating: tuple[str, ...] = ()


@dataclass
class Score:
    """Characters wanted, lost, added, misordered; paragraphs wanted and right; faults in words."""

    chars: int = 0
    lost: int = 0
    added: int = 0
    misordered: int = 0
    paragraphs: int = 0
    right: int = 0
    faults: list[str] = field(default_factory=list)

    def add(self, other: Score) -> None:
        """Add another file's figures."""
        for name in ("chars", "lost", "added", "misordered", "paragraphs", "right"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.faults += other.faults

    def per_10000(self) -> tuple[float, float, float]:
        """Return characters lost, added and misordered per 10,000."""
        whole = max(1, self.chars) / 10_000
        return self.lost / whole, self.added / whole, self.misordered / whole


def score(extracted: Extracted, laid: Laid) -> Score:
    """Return how what was read differs from what was laid out; blanks and line ends aside."""
    lines = read_lines(extracted)
    faults = list(_take_floating(lines, laid))
    wanted = [squeeze(text) for text in laid.paragraphs]
    found, whole = "".join(lines), "".join(wanted)
    have, want = Counter(found), Counter(whole)
    common = (have & want).total()
    misordered = common - LCSseq.similarity(found, whole)
    right = Counter(lines) & Counter(wanted)
    faults += [f"not set aside: {words}" for words in _miss_aside(extracted, laid)]
    told = {notice.code for notice in extracted.notices}
    faults += [f"no notice: {code}" for code in sorted(laid.notices - told)]
    faults += [f"notice: {code}" for code in sorted(told - laid.notices)]
    return Score(
        chars=len(whole),
        lost=(want - have).total(),
        added=(have - want).total(),
        misordered=misordered,
        paragraphs=len(wanted),
        right=right.total(),
        faults=faults,
    )


def _take_floating(lines: list[str], laid: Laid) -> Iterator[str]:
    """Take the paragraphs out that may stand anywhere; yield a fault for each that is not whole."""
    for text in map(squeeze, laid.floating):
        if text in lines:
            lines.remove(text)
        else:
            yield f"not whole: {text}"


def read_lines(extracted: Extracted) -> list[str]:
    """Return the paragraphs without what was set aside, and without blanks."""
    kept = list(extracted.raw)
    for mark in extracted.marks:
        kept[mark.start : mark.end] = [""] * (mark.end - mark.start)
    return [squeeze(line) for line in "".join(kept).split("\n") if squeeze(line)]


def _miss_aside(extracted: Extracted, laid: Laid) -> Sequence[str]:
    left = Counter(squeeze(mark.text) for mark in extracted.marks)
    missed = []
    for words in laid.aside:
        if left[squeeze(words)]:
            left[squeeze(words)] -= 1
        else:
            missed.append(words)
    return missed
