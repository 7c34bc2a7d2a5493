"""Likely slips in standard wording: near misses, doubled words, hidden numbers; only flagged."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import pairwise
from typing import Any

from rapidfuzz.distance import Levenshtein

from corpus_app.ingest.draft import Suspect
from corpus_app.ingest.rule_files import read_rules
from corpus_app.text.chars import runs_through
from corpus_app.text.folding import fold_keeping_space
from corpus_app.text.needles import may_match
from corpus_app.text.phrases import PhraseIndex, choose_longest

# In a row of words any comma may stand for 、, which are held apart when texts are found.
_COMMAS = "，,､"
_NOT_WORDING = re.compile(r"[^\u4e00-\u9fff]")
_SHORTEST_FUZZY, _SHORTEST_DOUBLE_SLACK = 6, 8


@dataclass(frozen=True)
class StandardForm:
    """A standard wording, folded, with the accepted ones that come close to it."""

    text: str
    standard: str
    variants: frozenset[str]

    @property
    def slack(self) -> int:
        """Return how many edits still count as a slip (0, 1 or 2)."""
        if len(self.text) < _SHORTEST_FUZZY:
            return 0
        return 1 if len(self.text) < _SHORTEST_DOUBLE_SLACK else 2

    def cut_pieces(self) -> Iterator[tuple[int, str]]:
        """Yield (offset, piece): with slack edits, at least one piece stands unharmed."""
        count = self.slack + 1
        bounds = [len(self.text) * n // count for n in range(count + 1)]
        for start, end in pairwise(bounds):
            yield start, self.text[start:end]


@dataclass(frozen=True)
class SuspectRules:
    """rules/standard_wording.toml, made ready for use."""

    pieces: PhraseIndex
    owners: dict[str, list[tuple[int, StandardForm]]]
    slips: dict[str, str]
    slip_index: PhraseIndex
    patterns: list[tuple[str, re.Pattern[str], str]]
    protected: PhraseIndex


@lru_cache(maxsize=1)
def load_rules() -> SuspectRules:
    """Return the standard wordings and slips, read once."""
    raw = read_rules("standard_wording")
    owners: defaultdict[str, list[tuple[int, StandardForm]]] = defaultdict(list)
    slips: dict[str, str] = {}
    for entry in raw["wording"]:
        wording = _read_wording(entry)
        slips.update({_fold(slip): wording.standard for slip in entry.get("slips", [])})
        for offset, piece in wording.cut_pieces() if wording.slack else ():
            owners[piece].append((offset, wording))
    patterns = [(p["kind"], re.compile(p["find"]), p["suggestion"]) for p in raw["pattern"]]
    return SuspectRules(
        pieces=PhraseIndex(owners),
        owners=dict(owners),
        slips=slips,
        slip_index=PhraseIndex(slips),
        patterns=patterns,
        protected=PhraseIndex(map(_fold, raw["protected"])),
    )


def _read_wording(entry: dict[str, Any]) -> StandardForm:
    variants = frozenset(_fold(variant) for variant in entry.get("variants", []))
    return StandardForm(_fold(entry["text"]), entry["text"], variants)


def _fold(text: str) -> str:
    """Return the text by the table of equal characters, one for one, so that offsets stay."""
    folded = fold_keeping_space(text)
    for comma in _COMMAS:
        folded = folded.replace(comma, "、")
    return folded


def find_suspects(text: str) -> list[Suspect]:
    """Return the likely slips in reading order, without overlaps; the text stays as it is."""
    folded = _fold(text)
    rules = load_rules()
    taken = bytearray(len(text))
    for start, phrase in rules.protected.find_all(folded):
        taken[start : start + len(phrase)] = b"\x01" * len(phrase)
    found: list[Suspect] = []
    for matches in (partial(_match_patterns, text), _match_slips, _match_near):  # the surest first
        free = [s for s in matches(folded, rules) if not any(taken[s.start : s.end])]
        for suspect in _keep_longest(text, free):
            taken[suspect.start : suspect.end] = b"\x01" * (suspect.end - suspect.start)
            found.append(suspect)
    return sorted(found, key=lambda suspect: suspect.start)


def _keep_longest(text: str, suspects: list[Suspect]) -> list[Suspect]:
    by_span = {(s.start, s.end): s for s in reversed(suspects)}
    chosen = (by_span[span] for span in choose_longest(by_span, len(text)))
    # What was matched was folded; what is shown is the text as it stands.
    return [Suspect(text[s.start : s.end], s.suggestion, s.kind, s.start, s.end) for s in chosen]


def _match_patterns(source: str, text: str, rules: SuspectRules) -> Iterator[Suspect]:
    """Yield what patterns find in the folded text; a part of it is suggested as it is written."""
    for kind, pattern, suggestion in rules.patterns:
        if not may_match(pattern, text):
            continue
        group = "slip" if "slip" in pattern.groupindex else 0
        for match in pattern.finditer(text):
            start, end = match.span(group)
            once = source[slice(*match.span("once"))] if "once" in pattern.groupindex else ""
            yield Suspect(match[group], once or match.expand(suggestion), kind, start, end)


def _match_slips(text: str, rules: SuspectRules) -> Iterator[Suspect]:
    for start, slip in rules.slip_index.find_all(text):
        standard = rules.slips[slip]
        yield Suspect(slip, standard, name_slip(slip, standard), start, start + len(slip))


def _match_near(text: str, rules: SuspectRules) -> Iterator[Suspect]:
    for at, piece in rules.pieces.find_all(text):
        for offset, wording in rules.owners[piece]:
            if text.startswith(wording.text, at - offset) and at >= offset:
                continue
            span = _find_near(text, at - offset, wording)
            if span:
                near = text[slice(*span)]
                yield Suspect(near, wording.standard, name_slip(near, wording.text), *span)


def _find_near(text: str, expected: int, wording: StandardForm) -> tuple[int, int] | None:
    """Return the span around the expected start that misses the wording by its slack or less."""
    slack, best = wording.slack, wording.slack + 1
    found: tuple[int, int] | None = None
    for start in range(max(0, expected - slack), expected + slack + 1):
        if text[start : start + 1] != wording.text[0]:
            continue
        for size in range(len(wording.text) - slack, len(wording.text) + slack + 1):
            near = text[start : start + size]
            if near[-1:] != wording.text[-1] or len(near) < size:
                continue
            distance = Levenshtein.distance(near, wording.text, score_cutoff=slack)
            if distance < best:
                best, found = distance, (start, start + size)
    return found if found and _is_slip(text, found, wording) else None


def _is_slip(text: str, span: tuple[int, int], wording: StandardForm) -> bool:
    start, end = span
    near = text[start:end]
    if _NOT_WORDING.sub("", near) == _NOT_WORDING.sub("", wording.text):
        return False  # blanks and punctuation are not wording
    if not _is_careless(near, wording.text):
        return False
    around = text[max(0, start - 4) : end + 4]
    return not any(
        accepted in around and not _is_damaged(near, accepted)
        for accepted in (wording.text, *wording.variants)
    )


def _is_damaged(near: str, accepted: str) -> bool:
    """Say whether two characters or more of a longer wording stand before an accepted one.

    习平新时代… is a slip although 新时代… is accepted; one character may end another word.
    """
    return near.endswith(accepted) and len(near) - len(accepted) >= 2


def _is_careless(near: str, standard: str) -> bool:
    """Tell a slip of the pen from another word put in on purpose.

    Two neighbouring characters changed at once are as a rule another word (理论体系 beside
    法治体系), unless they changed places.
    """
    places = [edit.dest_pos for edit in Levenshtein.editops(near, standard)]
    if len(places) < 2 or places[1] - places[0] > 1:
        return True
    return len(near) == len(standard) and sorted(near) == sorted(standard)


def name_slip(near: str, standard: str) -> str:
    """Return what went wrong: characters dropped, added, or a wrong wording."""
    if len(near) < len(standard) and runs_through(near, standard):
        return "dropped"
    if len(near) > len(standard) and runs_through(standard, near):
        return "added"
    return "wrong_wording"
