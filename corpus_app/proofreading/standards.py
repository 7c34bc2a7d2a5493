"""Standard wordings, registered or listed, that a draft comes near to without reaching them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from rapidfuzz.distance import Levenshtein

from corpus_app.ingest.rule_files import read_rules
from corpus_app.proofreading.draft_days import read_congresses
from corpus_app.proofreading.findings import DraftFinding, EvidencePassage
from corpus_app.proofreading.passages import find_exact
from corpus_app.slogans.models import Slogan, SloganVariant
from corpus_app.text.alignment import align_texts, list_steps
from corpus_app.text.chars import keep_words
from corpus_app.text.folding import fold_keeping_space
from corpus_app.text.phrases import PhraseIndex

# A shorter wording is missed by chance; standard_wording.toml lists those worth a look.
LEAST_CHARS: Final = 10
# Of so many characters one may differ, two at least, five at most.
CHARS_A_SLIP: Final = 6
_MOST_SLIPS: Final = 5
# Words that come and go without changing what is said.
_PARTICLES: Final = re.compile(
    r"(?:[的地得了着并和及以要就]|加快|深入|进一步|积极|不断|大力|切实)*"
)
_SIGNS: Final = re.compile("[^\\w“”‘’]+")
# What so many published speeches say is a usage beside the standard one.
USUAL: Final = 3


@dataclass(frozen=True, slots=True)
class StandardWording:
    """A wording as an official document has it, folded one for one, and what proves it."""

    folded: str
    words: str
    proof: EvidencePassage

    @property
    def slack(self) -> int:
        """Return how many characters may differ in a near miss."""
        return min(_MOST_SLIPS, max(2, len(self.folded) // CHARS_A_SLIP))

    def cut_pieces(self) -> Iterator[tuple[int, str]]:
        """Yield (offset, piece): one piece at least of them stands unharmed in a near miss."""
        count = self.slack + 1
        bounds = [len(self.folded) * n // count for n in range(count + 1)]
        for start, end in pairwise(bounds):
            yield start, self.folded[start:end]


def find_near_misses(text: str, day: str = "") -> Iterator[DraftFinding]:
    """Yield where the text differs from a standard wording by a few characters, in no order.

    Wordings that were proclaimed after the day ("2026-05-12", "" for today) are not asked for.
    """
    known = [one for one in _list_wordings() if is_known(one.proof.date, day)]
    accepted = _list_accepted(known)
    owners: defaultdict[str, list[tuple[int, StandardWording]]] = defaultdict(list)
    for wording in known:
        for offset, piece in wording.cut_pieces():
            owners[piece].append((offset, wording))
    folded = fold_keeping_space(text)
    found: dict[tuple[int, int], tuple[int, StandardWording]] = {}
    for at, piece in PhraseIndex(owners).find_all(folded):
        for offset, wording in owners[piece]:
            near = _match(folded, at - offset, wording)
            if near is None:
                continue
            span = near[1], near[2]
            closer = span not in found or near[0] < found[span][0]
            if closer and _is_slip(folded[slice(*span)], wording.folded, accepted):
                found[span] = near[0], wording
    for (start, end), (_distance, wording) in _keep_best(found):
        yield _tell(text, start, end, wording)


def is_known(since: str, day: str) -> bool:
    """Say whether what was proclaimed on a date stood on a day; dates as precise as they are."""
    size = min(len(since), len(day))
    return since[:size] <= day[:size]


def _is_slip(near: str, standard: str, accepted: set[str]) -> bool:
    """Say whether a near miss is a slip, not another wording made of the same words.

    Words of two characters or more put in make another term (…社会主义经济思想); particles and
    adverbs put in or left out change no wording.
    """
    words = keep_words(near)
    if words == keep_words(standard):
        return _is_parted_otherwise(near, standard)
    if words in accepted or any(words.endswith(other) for other in accepted if len(other) > 8):
        return False
    changes = list(_list_changes(keep_words(standard), words))
    if all(_PARTICLES.fullmatch(old + new) for old, new in changes):
        return False
    return not any(not old and len(new) > 1 for old, new in changes)


def _is_parted_otherwise(near: str, standard: str) -> bool:
    """Say whether signs stand, and stand elsewhere than in the standard.

    Which sign it is (、 or ，) is usage, and so is none at all.
    """
    own, usual = ([len(keep_words(part)) for part in _SIGNS.split(x)] for x in (near, standard))
    return len(own) > 1 and own != usual


def _list_changes(standard: str, near: str) -> Iterator[tuple[str, str]]:
    """Yield what of the standard went and what came instead, at each place where they differ."""
    for step in list_steps(align_texts(standard, near), len(standard), len(near)):
        if not step.equal:
            yield standard[slice(*step.first)], near[slice(*step.second)]


def _list_wordings() -> Iterator[StandardWording]:
    """Yield the registry's wordings with proof, then those of the reader's own list."""
    for slogan in Slogan.objects.filter(registered=True, sourced=True):
        for words in {slogan.standard, *slogan.members}:
            if len(words) >= LEAST_CHARS:
                yield StandardWording(fold_keeping_space(words), words, prove_slogan(slogan))
    for entry in read_rules("standard_wording")["wording"]:
        if len(entry["text"]) >= LEAST_CHARS:
            words = entry["text"]
            proof = EvidencePassage(words, f"《{entry['source']}》", _date_source(entry["source"]))
            yield StandardWording(fold_keeping_space(words), words, proof)


def _date_source(document: str) -> str:
    """Return the date that a document's name tells: a year, or that of a party congress; or ""."""
    if year := re.search(r"(?:19|20)\d\d", document):
        return year.group()
    congresses = {f"党的{name}大报告": day for name, day in read_congresses()}
    return congresses.get(document, "")


def prove_slogan(slogan: Slogan) -> EvidencePassage:
    """Return the sentence of the official document that a registered wording comes from."""
    return EvidencePassage(
        slogan.source_quote or slogan.standard,
        f"《{slogan.source_document}》{slogan.source_place}",
        slogan.source_date,
        slogan.get_absolute_url(),
    )


def _list_accepted(known: list[StandardWording]) -> set[str]:
    """Return all wordings that are right as they stand, by their words alone."""
    names = list(Slogan.objects.filter(registered=True).values_list("text", flat=True))
    names += SloganVariant.objects.values_list("text", flat=True)
    for entry in read_rules("standard_wording")["wording"]:
        names += [entry["text"], *entry.get("variants", [])]
    return {keep_words(fold_keeping_space(words)) for words in names} | {
        keep_words(wording.folded) for wording in known
    }


def _match(text: str, expected: int, wording: StandardWording) -> tuple[int, int, int] | None:
    """Return distance, start and end of what misses the wording around a place; None if nothing.

    The first two and the last two characters stand, so that where it begins and ends is sure; or
    else the marks of a row do.
    """
    size, slack = len(wording.folded), wording.slack
    best = _match_row(text, expected, wording)
    for start in range(max(0, expected - slack), expected + slack + 1):
        if not text.startswith(wording.folded[:2], start):
            continue
        for end in range(start + size - slack, start + size + slack + 1):
            if end > len(text) or not text.endswith(wording.folded[-2:], 0, end):
                continue
            near = text[start:end]
            distance = Levenshtein.distance(near, wording.folded, score_cutoff=slack)
            if 0 < distance <= slack and (best is None or distance < best[0]) and "\n" not in near:
                best = distance, start, end
    return best


def _match_row(text: str, start: int, wording: StandardWording) -> tuple[int, int, int] | None:
    """Return distance, start and end of a row of three parts or more with one character wrong.

    Where its marks stand as they should the row is sure at its ends, too (…、违法必纠).
    """
    near = text[max(0, start) : start + len(wording.folded)]
    if start < 0 or len(near) < len(wording.folded) or wording.folded.count("、") < 2:
        return None
    wrong = [pair for pair in zip(near, wording.folded, strict=True) if pair[0] != pair[1]]
    if len(wrong) != 1 or not "".join(wrong[0]).isalpha():
        return None
    return 1, start, start + len(near)


def _keep_best(
    found: dict[tuple[int, int], tuple[int, StandardWording]],
) -> list[tuple[tuple[int, int], tuple[int, StandardWording]]]:
    """Return the near misses that do not overlap, those that differ least first served."""
    kept: list[tuple[tuple[int, int], tuple[int, StandardWording]]] = []
    taken: set[int] = set()
    for span, one in sorted(found.items(), key=lambda item: (item[1][0], item[0])):
        if taken.isdisjoint(range(*span)):
            taken.update(range(*span))
            kept.append((span, one))
    return kept


def _tell(text: str, start: int, end: int, wording: StandardWording) -> DraftFinding:
    words = text[start:end]
    usual = len({line.speech_id for line in find_exact(words, USUAL * 4)}) >= USUAL
    message = f"与登记的规范表述“{wording.words}”不同。"
    if usual:
        message = f"这样写的讲话不少，但登记的规范表述是“{wording.words}”。"
    confidence = 0.6 if usual else 0.85
    return DraftFinding(
        "slogan", start, end, words, message, wording.words, confidence, (wording.proof,)
    )
