"""Quotations of a draft looked up in the corpus: altered, pieced together, another's, nowhere.

What is compared is the characters as search compares them (traditional and simplified, widths,
signs held equal), so that a faithful quotation is never told, however it is typed or broken.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Final

from corpus_app.catalog.models import Revision
from corpus_app.proofreading.attributions import check_attribution
from corpus_app.proofreading.findings import DraftFinding, EvidencePassage
from corpus_app.proofreading.passages import (
    CLAUSE,
    NearPassage,
    find_exact,
    find_nearest,
    list_clauses,
    prove,
)
from corpus_app.proofreading.rules import read_rules
from corpus_app.text.folding import fold
from search import ConcordanceLine

# Fewer characters between marks are a name or an expression, not somebody's sentence.
LEAST_CHARS: Final = 12
# More are no speech's; the nearest passage of each takes up to a tenth of a second.
MOST_QUOTED: Final = 60
_QUOTED: Final = re.compile(rf"“([^“”]{{{LEAST_CHARS},1200}})”")
# Who is said to speak stands in so many characters before, and so many places tell who does.
_BEFORE: Final = 100
_MOST_LINES: Final = 30
# What somebody left out of what he quotes.
_OMISSION: Final = re.compile(r"…+|⋯+|\.{3,}")
# A passage that shares so much of a quotation is what it was taken from.
_SAME: Final = 0.72


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words between quotation marks, text[start:end] without the marks.

    said: claimed as said; common: a saying of the people, or of an old book.
    """

    words: str
    start: int
    end: int
    said: bool
    common: bool = False


@cache
def _load_signs() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what stands before words claimed to be said, and before sayings and old books."""
    words = {name: "|".join(row) for name, row in read_rules("quotations").items()}
    end = r"[，：:,]?\s*$"
    said = rf"(?:{words['saying']})(?:过|到|的)?{end}"
    source = rf"(?:{words['people']}|《(?:{words['books']})[^》]{{0,8}}》)"
    common = rf"{source}[\u4e00-\u9fff]{{0,4}}(?:{words['verbs']})(?:过|到|的|得好|道)?{end}"
    return re.compile(said), re.compile(common)


def list_quotations(text: str) -> Iterator[Quoted]:
    """Yield what a draft quotes: after 指出 and the like, or a whole sentence between marks."""
    saying, common_saying = _load_signs()
    for match in _QUOTED.finditer(text):
        words = match[1]
        said = bool(saying.search(text[max(0, match.start() - 8) : match.start()]))
        common = bool(common_saying.search(text[max(0, match.start() - 24) : match.start()]))
        if said or _is_sentence(words):
            yield Quoted(words, match.start(1), match.end(1), said, common)


def _is_sentence(words: str) -> bool:
    """Say whether words between marks end as a sentence does, and hold several clauses."""
    return words.rstrip().endswith(("。", "！", "？")) and len(CLAUSE.findall(words)) > 1


def find_quotation_faults(
    text: str, of_laws: Collection[tuple[int, int]] = ()
) -> Iterator[DraftFinding]:
    """Yield the quotations that the corpus shows to be altered or another's, or does not know.

    of_laws are the spans quoted of laws, which no speech is asked for. Of many the first
    MOST_QUOTED are looked up, for each costs searches.
    """
    for quoted in islice(list_quotations(text), MOST_QUOTED):
        if (quoted.start, quoted.end) in of_laws:
            continue
        lines = find_exact(quoted.words, _MOST_LINES) or _find_abridged(quoted.words)
        if not lines:
            found = _judge(quoted)
        else:
            before = text[max(0, quoted.start - _BEFORE) : quoted.start - 1]
            found = check_attribution(quoted.start, quoted.words, before, lines)
        if found is not None:
            yield found


def _find_abridged(words: str) -> list[ConcordanceLine]:
    """Return places of texts that have, in order, all that a quotation with …… leaves standing."""
    parts = [part for part in map(_strip_signs, _OMISSION.split(words)) if part]
    if not parts or not _OMISSION.search(words):
        return []
    lines = find_exact(max(parts, key=len), _MOST_LINES)
    texts = Revision.objects.filter(pk__in={one.revision_id for one in lines})
    kept = {pk for pk, text in texts.values_list("pk", "text") if _stand_in_order(parts, text)}
    return [one for one in lines if one.revision_id in kept]


def _strip_signs(part: str) -> str:
    return "".join(part.split()).strip("，。；：、！？,;:!?")


def _stand_in_order(parts: Sequence[str], text: str) -> bool:
    folded, at = fold("".join(text.split())), 0
    for part in map(fold, parts):
        found = folded.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    return True


def has_too_many(text: str) -> bool:
    """Say whether a draft quotes more than is looked up."""
    return next(islice(list_quotations(text), MOST_QUOTED, None), None) is not None


def _judge(quoted: Quoted) -> DraftFinding | None:
    """Return what is to be said of a quotation that stands nowhere as it is; None for nothing."""
    nearest = find_nearest(quoted.words)
    best = nearest[0] if nearest else None
    if best is not None and best.measure_likeness(quoted.words) >= _SAME:
        return _tell_altered(quoted, best)
    if quoted.common:
        return None
    return _find_joined(quoted) or _tell_unknown(quoted, nearest)


def _tell_altered(quoted: Quoted, source: NearPassage) -> DraftFinding:
    proof = source.find_wording(quoted.words)
    message = "引文与语料库中的原文不一致，请核对。"
    # What was left out on purpose is not to be put in again.
    wording = proof.text if proof and not _OMISSION.search(quoted.words) else None
    return _tell(quoted, message, wording, 0.9, (proof,) if proof else ())


def _find_joined(quoted: Quoted) -> DraftFinding | None:
    """Return what is told where every clause stands somewhere, but nowhere all together."""
    clauses = list_clauses(quoted.words)
    lines = [find_exact(clause) for clause in clauses]
    if len(clauses) < 2 or not all(lines):
        return None
    proofs = [prove(found[0], clause) for clause, found in zip(clauses, lines, strict=True)]
    message = "引文由不同地方的话拼成，没有一处是这样连着说的。"
    return _tell(quoted, message, None, 0.85, tuple(proofs[:6]))


def _tell_unknown(quoted: Quoted, nearest: list[NearPassage]) -> DraftFinding:
    message = "语料库中没有这句话（查的是已发布的讲话），请核对出处。"
    proofs = (passage.find_wording(quoted.words) for passage in nearest[:1])
    return _tell(quoted, message, None, 0.5 if quoted.said else 0.3, tuple(p for p in proofs if p))


def _tell(
    quoted: Quoted,
    message: str,
    suggestion: str | None,
    confidence: float,
    proofs: tuple[EvidencePassage, ...],
) -> DraftFinding:
    return DraftFinding(
        "quotation",
        quoted.start,
        quoted.end,
        quoted.words,
        message,
        suggestion,
        confidence,
        proofs,
    )
