"""Slips of the pen in a draft, with what published speeches say of each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

from django.utils.translation import gettext as _

from corpus_app.proofreading.findings import DraftFinding, EvidencePassage
from corpus_app.proofreading.passages import find_exact, prove
from corpus_app.proofreading.slips.correcting import SlipEdit
from corpus_app.proofreading.slips.exemptions import changes_number, find_names, parts_two_words
from corpus_app.proofreading.slips.model import REPLACED, SHIFTED, load_corrector
from corpus_app.slogans.mentions import Register

# So many are looked up in the corpus; each costs two searches.
MOST_PROVED: Final = 40
_AROUND: Final = 5
_LEAST_WORDS: Final = 5
_SIGN: Final = re.compile(r"[^\u4e00-\u9fff]")


def find_slips(text: str, day: str = "") -> Iterator[DraftFinding]:
    """Yield characters that are likely chosen wrongly, doubled, left over, swapped or missing.

    day is not asked for. Registered wordings, names, numbers, and what published speeches say in
    the same words are left alone.
    """
    edits = list(_join_neighbours(load_corrector(REPLACED, SHIFTED).correct(text)))
    if not edits:
        return
    taken = [(start, end) for _pk, start, end in Register().find_places(text)]
    taken += find_names(text)
    edits = [
        one
        for one in edits
        if not any(one.start < end and start < max(one.end, one.start + 1) for start, end in taken)
        and not changes_number(text, one)
        and not parts_two_words(text, one)
    ]
    for number, one in enumerate(edits):
        proofs = _look_up(text, one) if number < MOST_PROVED else ()
        if proofs is not None:
            yield _tell(text, one, proofs)


def _join_neighbours(edits: Iterable[SlipEdit]) -> Iterator[SlipEdit]:
    """Yield the edits, those that touch as one that is as likely as the least likely of them."""
    last: SlipEdit | None = None
    for one in edits:
        if last is not None and last.start <= one.start <= last.end:
            chance = min(last.chance, one.chance)
            last = SlipEdit(last.start, one.end, last.new + one.new, chance)
            continue
        if last is not None:
            yield last
        last = one
    if last is not None:
        yield last


def _look_up(text: str, one: SlipEdit) -> tuple[EvidencePassage, ...] | None:
    """Return speeches that bear what is meant, None where they bear what is typed instead."""
    before = _SIGN.split(text[max(0, one.start - _AROUND) : one.start])[-1]
    after = _SIGN.split(text[one.end : one.end + _AROUND])[0]
    typed = before + text[one.start : one.end] + after
    if len(typed) < _LEAST_WORDS:
        return ()
    meant = before + one.new + after
    lines = find_exact(meant)
    if not lines and find_exact(typed):
        return None
    return tuple(prove(line, meant) for line in islice(lines, 1))


def _tell(text: str, one: SlipEdit, proofs: tuple[EvidencePassage, ...]) -> DraftFinding:
    start, end, new = _widen(text, one)
    typed = text[start:end]
    message = _("“%(typed)s”疑为“%(meant)s”。") % {"typed": typed, "meant": new}
    chance = round(one.chance, 3)
    return DraftFinding("wording", start, end, typed, message, new, chance, proofs)


def _widen(text: str, one: SlipEdit) -> tuple[int, int, str]:
    """Return place and words of an edit, with a neighbour where else one of both were empty."""
    start, end, new = one.start, one.end, one.new
    if start < end and new:
        return start, end, new
    if start and text[start - 1] != "\n":
        return start - 1, end, text[start - 1] + new
    return start, end + 1, new + text[end : end + 1]
