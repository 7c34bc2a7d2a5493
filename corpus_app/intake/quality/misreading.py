"""How likely something that is stated of a speech is false: what the queue goes by."""

from __future__ import annotations

from collections.abc import Iterable
from math import prod

from corpus_app.intake.quality.facts import QualityFacts
from corpus_app.intake.quality.reasons import Reason
from corpus_app.intake.quality.rules import load_rules


def estimate_misread(facts: QualityFacts, reasons: Iterable[Reason]) -> float:
    """Return the probability, 0 to 1, that a value of the head or the text is false.

    Values and text have theirs from the reader, which was measured on pages made for it; reasons
    that no such page can show (rules.toml, [misread]) add to it by their weights, all taken as
    independent.
    """
    sound = prod(facts.probabilities.values())
    if facts.text_probability is not None:
        sound *= facts.text_probability
    added = load_rules().misread
    sound *= prod(1 - reason.weight / 100 for reason in reasons if reason.code in added)
    return round(1 - sound, 4)
