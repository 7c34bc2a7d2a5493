"""How well slips are found: sentence by sentence, by folds of what is meant."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from benchmarks.slips.samples import TypedSentence
from corpus_app.proofreading.slips.correcting import SlipCorrector, SlipEdit


def correct_all(
    corrector: SlipCorrector, sentences: Sequence[TypedSentence]
) -> list[list[SlipEdit]]:
    """Return the edits of each sentence; all are read as one text, a line each."""
    edits: list[list[SlipEdit]] = [[] for _ in sentences]
    text = "\n".join(one.typed for one in sentences)
    number, begin = 0, 0
    for edit in corrector.correct(text):
        while edit.start > begin + len(sentences[number].typed):
            begin += len(sentences[number].typed) + 1
            number += 1
        edits[number].append(SlipEdit(edit.start - begin, edit.end - begin, edit.new, edit.chance))
    return edits


def apply_edits(text: str, edits: Sequence[SlipEdit]) -> str:
    """Return the text with all edits made."""
    for one in sorted(edits, key=lambda edit: (edit.start, edit.end), reverse=True):
        text = text[: one.start] + one.new + text[one.end :]
    return text


def score(
    sentences: Sequence[TypedSentence], edits: Sequence[Sequence[SlipEdit]], least: float
) -> dict[str, Any]:
    """Return F1, precision, recall of sentences wholly mended, and the share of sound ones told."""
    counts: Counter[str] = Counter()
    for sentence, all_of_them in zip(sentences, edits, strict=True):
        mended = apply_edits(sentence.typed, [one for one in all_of_them if one.chance >= least])
        told = mended != sentence.typed
        if sentence.typed == sentence.meant:
            counts.update(sound=1, vain=told, told=told)
        else:
            counts.update(wrong=1, right=mended == sentence.meant, told=told)
    precision = counts["right"] / max(1, counts["told"])
    recall = counts["right"] / max(1, counts["wrong"])
    both = 2 * precision * recall / max(1e-9, precision + recall)
    numbers = {"F1": both, "precision": precision, "recall": recall}
    return {name: round(value, 3) for name, value in numbers.items()} | {
        "sound told": round(counts["vain"] / max(1, counts["sound"]), 4)
    }
