"""Weigh what speaks for looking at a speech: pure functions over its facts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from math import floor, prod
from typing import Any, Final

from corpus_app.ingest.inner_removals import INNER, read_taken
from corpus_app.ingest.plausibility.heads import find_unread_head, find_unread_tail
from corpus_app.ingest.plausibility.language import find_language_fault
from corpus_app.ingest.plausibility.titles import find_title_fault
from corpus_app.intake.quality.facts import QualityFacts, SharedText
from corpus_app.intake.quality.rules import load_rules
from corpus_app.intake.quality.sentences import describe_reason
from corpus_app.intake.quality.traces import (
    clip,
    find_doubtful_chars,
    find_mojibake,
    find_noise,
    find_placeholders,
    is_plain_term,
)
from corpus_app.text.chars import count_chars

# So many examples are kept with a reason.
EXAMPLES: Final = 3
NOTICE: Final = "notice_"
# Nearest first.
RELATIONS: Final = ("near_duplicate", "family_part", "other_head", "family_quotes")


@dataclass(frozen=True)
class Reason:
    """A reason to look: its code, weight (1 to 100), and what its message names."""

    code: str
    weight: int
    details: dict[str, Any] = field(default_factory=dict)
    other: int | None = None

    @property
    def message(self) -> str:
        """Return the reason in words, in the reader's language."""
        return describe_reason(self.code, self.details)


def find_reasons(facts: QualityFacts, steps: Iterable[Step] = ()) -> list[Reason]:
    """Return the reasons to look at the speech, weightiest first; empty where there is none.

    Without steps all are taken.
    """
    taken = steps or (*TEXT_STEPS, *OUTLINE_STEPS)
    found = [reason for step in taken for reason in step(facts)]
    return sorted((r for r in found if r.weight > 0), key=lambda r: (-r.weight, r.code))


def sum_weights(weights: Iterable[int]) -> int:
    """Return the score 0 to 100 of several weights, taken as independent chances in percent.

    >>> sum_weights([40, 40])
    64
    """
    sound = 1.0
    for weight in weights:
        sound *= 1 - min(max(weight, 0), 100) / 100
    return round(100 * (1 - sound))


def _make(code: str, **details: Any) -> Reason:
    return Reason(code, load_rules().weights[code], details)


def _weigh_title(facts: QualityFacts) -> Iterator[Reason]:
    if facts.title_inferred:
        yield _make("no_title")
        return
    fault = find_title_fault(facts.title_read) if facts.title_read else None
    if fault is not None:
        yield _make("title_improbable", fault=fault.code, words=clip(fault.words))


def _weigh_head(facts: QualityFacts) -> Iterator[Reason]:
    found = {
        "unread_head": find_unread_head(facts.text, facts.removed, facts.values),
        "unread_tail": find_unread_tail(facts.removed, facts.values),
    }
    for code, lines in found.items():
        if lines:
            shown = [clip(line) for line in lines[:EXAMPLES]]
            yield _make(code, count=len(lines), examples=shown)


def _weigh_values(facts: QualityFacts) -> Iterator[Reason]:
    """The weight is the chance that any measured value is wrong, taken as independent chances."""
    limit = load_rules().limits["value_doubtful"]
    doubted = {name: floor(p * 100) for name, p in facts.probabilities.items() if p < limit}
    if doubted:
        weight = round(100 * (1 - prod(facts.probabilities.values())))
        yield Reason("value_doubtful", min(100, max(1, weight)), {"doubted": doubted})


def _weigh_text(facts: QualityFacts) -> Iterator[Reason]:
    """The weight is the chance that words of the page stayed in the text, or some are lost."""
    probability = facts.text_probability
    if probability is not None and probability < load_rules().limits["text_doubtful"]:
        percent = max(1, min(100, round(100 * (1 - probability))))
        details = {"percent": percent, "words": clip(facts.text_words)}
        yield Reason("text_doubtful", percent, details)


def _weigh_dates(facts: QualityFacts) -> Iterator[Reason]:
    spoken, published = facts.dates.get("delivered", ""), facts.dates.get("published", "")
    # The year of a title is made sure by a day in it.
    best = published if spoken and published.startswith(spoken) else spoken or published
    page = facts.dates.get("updated", "")
    if not best and not page:
        yield _make("no_date")
    elif not best:
        yield _make("date_of_page", date=page)
    elif len(best) == 4:
        yield _make("date_vague", date=best)
    if facts.date_start is not None and facts.date_start > facts.today:
        yield _make("date_ahead", date=best or page)


def _weigh_parties(facts: QualityFacts) -> Iterator[Reason]:
    if not facts.organisation:
        yield _make("no_organisation")
    if not facts.speaker:
        yield _make("no_speaker")


def _weigh_wholeness(facts: QualityFacts) -> Iterator[Reason]:
    if facts.completeness == "truncated":
        yield _make("truncated")
    elif facts.completeness == "gapped" or facts.gaps:
        yield _make("gap", count=max(facts.gaps, 1))
    for entry in facts.announced:
        if entry["missing"]:
            yield _make("sections_missing", text=clip(entry["text"]), missing=entry["missing"])
            return


def _weigh_outline(facts: QualityFacts) -> Iterator[Reason]:
    limits = load_rules().limits
    length = count_chars(facts.text)
    if length < limits["very_short"]:
        yield _make("very_short", count=length)
    flat = any(notice["code"] == "no_outline" for notice in facts.notices)
    if flat and length >= limits["outline_from"]:
        yield _make("no_outline")


def _weigh_noise(facts: QualityFacts) -> Iterator[Reason]:
    named = [
        (notice["start"], notice["end"])
        for notice in facts.notices
        if notice["code"] == "possible_watermark" and notice["start"] is not None
    ]
    terms = [place for place in named if is_plain_term(facts.text, *place)]
    marks = [clip(facts.text[slice(*place)]) for place in named if place not in terms]
    found = list(dict.fromkeys([*marks, *find_noise(facts.text)]))
    if found:
        yield _make("noise", count=len(found), examples=found[:EXAMPLES])
    if terms:
        shown = list(dict.fromkeys(clip(facts.text[slice(*place)]) for place in terms))
        yield _make("terms_kept", count=len(shown), examples=shown[:EXAMPLES])


def _weigh_removed(facts: QualityFacts) -> Iterator[Reason]:
    taken = [notice["message"] for notice in facts.notices if notice["code"] == INNER]
    if taken:
        shown = list(dict.fromkeys(clip(read_taken(message)) for message in taken))
        yield _make("removed_inside", count=len(taken), examples=shown[:EXAMPLES])
    # A header that the metadata were read from is no noise.
    gone = sum(
        span["end"] - span["start"]
        for span in facts.removed
        if span["kind"] not in ("title", "metadata", "markup")
    )
    share = gone / max(1, len(facts.raw))
    if share >= load_rules().limits["much_removed"]:
        yield _make("much_removed", percent=round(share * 100))


def _weigh_characters(facts: QualityFacts) -> Iterator[Reason]:
    codes = ("damaged_bytes", "encoding_tie", "mojibake")
    told = [notice for notice in facts.notices if notice["code"] in codes]
    signs = find_mojibake(facts.raw)
    if signs or told:
        yield _make("encoding", examples=signs[:EXAMPLES])
    fault = find_language_fault(facts.text)
    if fault is not None:
        code = "not_chinese" if fault.code == "no_chinese" else "garbled"
        yield _make(code, words=fault.words, percent=fault.percent)
    elif any(notice["code"] == "no_chinese" for notice in facts.notices):
        yield _make("not_chinese", words=clip(facts.text), percent=0)
    if any(notice["code"] == "recognised" for notice in facts.notices):
        yield _make("ocr")
    count, shown = find_doubtful_chars(facts.text, facts.notices)
    if count:
        yield _make("ocr_doubtful", count=count, examples=shown[:EXAMPLES])


def _weigh_wording(facts: QualityFacts) -> Iterator[Reason]:
    # What stands for a hidden number or name is no wrong wording.
    slips = [suspect for suspect in facts.suspects if suspect["kind"] != "placeholder"]
    if count := len(slips):
        many = count >= load_rules().limits["many_suspects"]
        examples = [clip(suspect["text"]) for suspect in slips]
        shown = list(dict.fromkeys(examples))[:EXAMPLES]
        yield _make("many_suspects" if many else "suspects", count=count, examples=shown)
    hidden = (clip(s["text"]) for s in facts.suspects if s["kind"] == "placeholder")
    blotted = list(dict.fromkeys([*hidden, *find_placeholders(facts.text)]))
    if blotted:
        yield _make("placeholders", count=len(blotted), examples=blotted[:EXAMPLES])


def find_nearest(shared_texts: Sequence[SharedText]) -> Reason | None:
    """Return the nearest of the shared texts as a reason to look, None where there is none.

    It says it for all; the others are seen when the two are compared.
    """
    nearness = {code: -place for place, code in enumerate(RELATIONS)}
    first = max(shared_texts, key=lambda one: (nearness[one.code], one.percent), default=None)
    if first is None:
        return None
    count = sum(one.code == first.code for one in shared_texts)
    details: dict[str, Any] = {"title": clip(first.title), "percent": first.percent, "count": count}
    if first.differing:
        details["fields"] = list(first.differing)
    return Reason(first.code, load_rules().weights[first.code], details, first.speech_id)


def _weigh_shared_texts(facts: QualityFacts) -> Iterator[Reason]:
    nearest = find_nearest(facts.shared_texts)
    if nearest is not None:
        yield nearest


def _weigh_decisions(facts: QualityFacts) -> Iterator[Reason]:
    words = [clip(loss["words"]) for loss in facts.lost]
    if words:
        shown = list(dict.fromkeys(words))[:EXAMPLES]
        yield _make("decisions_lost", count=len(words), examples=shown)


def _weigh_dispute(facts: QualityFacts) -> Iterator[Reason]:
    if facts.disputed:
        examples = [clip(f"{seen or '—'}／{read or '—'}") for seen, read in facts.disputed.values()]
        yield _make("head_disputed", examples=examples[:EXAMPLES])


def _weigh_notices(facts: QualityFacts) -> Iterator[Reason]:
    rules = load_rules()
    unfit = [notice for notice in facts.notices if notice["code"] == "field_unfit"]
    if unfit:
        yield _make("field_unfit", message=unfit[0]["message"])
    told = {notice["code"]: notice["message"] for notice in reversed(facts.notices)}
    for code, message in told.items():
        weight = rules.notices.get(code, rules.weights["notice"])
        if weight:
            yield Reason(f"{NOTICE}{code}"[:30], weight, {"message": message})


Step = Callable[[QualityFacts], Iterator[Reason]]

# What is weighed by the text, the head and those who share the text.
TEXT_STEPS: Final[tuple[Step, ...]] = (
    _weigh_title,
    _weigh_head,
    _weigh_values,
    _weigh_text,
    _weigh_dates,
    _weigh_parties,
    _weigh_noise,
    _weigh_removed,
    _weigh_characters,
    _weigh_wording,
    _weigh_shared_texts,
    _weigh_dispute,
)
# What is weighed by the outline and the length of the text that it parts.
OUTLINE_STEPS: Final[tuple[Step, ...]] = (
    _weigh_wholeness,
    _weigh_outline,
    _weigh_decisions,
    _weigh_notices,
)
_OUTLINE_CODES: Final = (
    *("truncated", "gap", "sections_missing", "very_short", "no_outline"),
    *("decisions_lost", "field_unfit"),
)


def is_of_outline(code: str) -> bool:
    """Return whether a reason of this code comes from one of the outline's steps."""
    return code in _OUTLINE_CODES or code.startswith(NOTICE)
