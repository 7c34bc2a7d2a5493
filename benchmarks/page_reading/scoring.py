"""How well a page is read: fields right, missing or wrong, characters lost and left, gaps."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from random import Random

from benchmarks.page_reading.pages import Accepted, Page
from benchmarks.quality_diff import count_differences
from corpus_app.ingest.draft import DATES, Draft, RejectedFile

VERDICTS = ("right", "missing", "wrong")
_IGNORED = re.compile(r"[\s《》·•．・‧.]+")
_ROUNDS = 1000


@dataclass(slots=True)
class Score:
    """What was made of one page. Characters lost are those outside places that were flagged."""

    family: str
    fields: dict[str, str] = field(default_factory=dict)
    lost: int = 0
    flagged: int = 0
    left: int = 0
    size: int = 0
    complete: bool = True
    gaps_right: bool = True
    false_truncated: bool = False


def read_fields(draft: Draft) -> dict[str, str | None]:
    """Return what a draft states, by the names of pages.FIELDS; a title made up is none."""
    meta = draft.metadata
    dates = {name: date.value for name, date in meta.dates.items()}
    return {
        "title": None if meta.title_inferred else meta.title,
        "subtitle": meta.subtitle,
        "speaker": meta.speaker,
        "role": meta.speaker_role,
        "organisation": meta.organisation,
        "occasion": meta.occasion,
        "source": meta.source_name,
        "url": meta.source_url,
        **{name: dates.get(name) for name in DATES},
    }


def fold(value: str | None) -> str:
    """Return a value as it is compared: without blanks, title marks and dots, in one width."""
    plain = unicodedata.normalize("NFKC", value or "").replace("◯", "○")
    return _IGNORED.sub("", plain)


def judge(stated: str | None, others: Accepted, said: str | None) -> str:
    """Return the verdict on a value: "none" where rightly none was said, which counts nowhere.

    One said where the page states none is wrong.
    """
    if not said:
        return "missing" if stated and None not in others else "none"
    accepted = {fold(value) for value in (stated, *others) if value}
    return "right" if fold(said) in accepted else "wrong"


def score_page(page: Page, draft: Draft) -> Score:
    """Return the marks of a page that was read as a draft."""
    said = read_fields(draft)
    score = Score(page.family)
    score.fields = {
        name: judge(value, page.others.get(name, ()), said[name])
        for name, value in page.fields.items()
    }
    lost, score.left = count_differences(page.body, draft.text)
    score.flagged = min(lost, count_flagged(draft))
    score.lost = lost - score.flagged
    score.size = len(re.sub(r"\s", "", page.body))
    score.complete = draft.completeness == page.completeness
    score.false_truncated = page.completeness == "complete" and draft.completeness != "complete"
    # Whether words are hidden or for sale is the same to a reader of the text.
    found = [(gap.kind == "truncated", gap.hidden_chars) for gap in draft.gaps]
    score.gaps_right = found == [(gap.kind == "truncated", gap.hidden_chars) for gap in page.gaps]
    return score


def count_flagged(draft: Draft) -> int:
    """Return the characters taken out inside sentences, or as lines not understood.

    The contract has a notice at each of these; what else is taken out, nobody is shown.
    """
    inner = 0
    for span in draft.removed:
        before = draft.raw[span.start - 1 : span.start]
        after = draft.raw[span.end : span.end + 1]
        inside = before.strip() and after.strip() and "\n" not in span.text
        if inside or span.kind == "unread":
            inner += len(re.sub(r"\s", "", span.text))
    return inner


Reader = Callable[[bytes, str], Draft]


def score_pages(pages: Iterable[Page], read: Reader) -> list[Score]:
    """Return the marks of many pages; of one that was refused all is missing."""
    return [_try_page(page, read) for page in pages]


def _try_page(page: Page, read: Reader) -> Score:
    try:
        draft = read(page.data, page.name)
    except RejectedFile:
        size = len(re.sub(r"\s", "", page.body))
        verdicts = {n: judge(v, page.others.get(n, ()), None) for n, v in page.fields.items()}
        return Score(page.family, verdicts, lost=size, size=size, complete=False, gaps_right=False)
    return score_page(page, draft)


def share(verdicts: Counter[str], name: str) -> float:
    """Return a verdict's part of all."""
    return verdicts[name] / max(1, verdicts.total())


def list_verdicts(scores: Sequence[Score]) -> dict[str, Counter[str]]:
    """Return the verdicts by field, and of all fields under "all"."""
    table: dict[str, Counter[str]] = defaultdict(Counter, {"all": Counter()})
    for score in scores:
        for name, verdict in score.fields.items():
            if verdict == "none":
                continue
            table[name][verdict] += 1
            table["all"][verdict] += 1
    return dict(table)


def draw_interval(scores: Sequence[Score], verdict: str, seed: int = 1) -> tuple[float, float]:
    """Return the 95 % interval of a verdict's share, families drawn with replacement.

    Pages of one family fail together, so whole families are drawn, not pages.
    """
    groups: dict[str, Counter[str]] = defaultdict(Counter)
    for score in scores:
        groups[score.family].update(v for v in score.fields.values() if v != "none")
    chance, families = Random(seed), list(groups.values())
    draws = []
    for _ in range(_ROUNDS):
        drawn = chance.choices(families, k=len(families))
        draws.append(sum(c[verdict] for c in drawn) / max(1, sum(c.total() for c in drawn)))
    draws.sort()
    return draws[math.floor(0.025 * _ROUNDS)], draws[math.ceil(0.975 * _ROUNDS) - 1]


def list_figures(scores: Sequence[Score]) -> dict[str, float]:
    """Return the figures of a set of pages that targets are set for, as shares."""
    verdicts = list_verdicts(scores)["all"]
    size = max(1, sum(score.size for score in scores))
    count = max(1, len(scores))
    return {
        **{name: share(verdicts, name) for name in VERDICTS},
        "lost": sum(score.lost for score in scores) / size,
        "flagged": sum(score.flagged for score in scores) / size,
        "left": sum(score.left for score in scores) / size,
        "completeness": sum(score.complete for score in scores) / count,
        "false_truncated": sum(score.false_truncated for score in scores) / count,
        "gaps": sum(score.gaps_right for score in scores) / count,
    }
