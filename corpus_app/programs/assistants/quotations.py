"""Whether words stand in the corpus as they are quoted, and if not, how the nearest differ."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, Final

from corpus_app.catalog.addresses import link_speech
from corpus_app.proofreading.findings import EvidencePassage
from corpus_app.proofreading.passages import find_exact, find_nearest, prove
from corpus_app.text.difference import compare_words

_PLACES: Final = 10
# Of the words, so many must stand in a passage for it to be told as what was quoted, or at all.
_ALTERED: Final = 0.72
_NEAR: Final = 0.4


def verify_words(words: str) -> dict[str, Any]:
    """Return a verdict (exact, altered, not_found), places that bear the words, and the nearest.

    The nearest come only where none bears them, each with the difference from what was quoted.
    """
    lines = find_exact(words, _PLACES)
    if lines:
        places = [_describe(prove(line, line.key)) for line in lines]
        return {"verdict": "exact", "places": places, "nearest": []}
    nearest = []
    for passage in find_nearest(words):
        likeness = passage.measure_likeness(words)
        proof = passage.find_wording(words)
        if proof is not None and likeness >= _NEAR:
            nearest.append(
                {
                    **_describe(proof),
                    "likeness": round(likeness, 3),
                    "difference": [asdict(piece) for piece in compare_words(proof.text, words)],
                }
            )
    altered = any(one["likeness"] >= _ALTERED for one in nearest)
    verdict = "altered" if altered else "not_found"
    return {"verdict": verdict, "places": [], "nearest": nearest}


def _describe(proof: EvidencePassage) -> dict[str, Any]:
    span = (proof.start, proof.end) if proof.start is not None and proof.end is not None else None
    url = proof.url or link_speech(proof.speech or 0, proof.section, span=span)
    return {**asdict(proof), "url": url}
