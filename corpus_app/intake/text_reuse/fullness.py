"""Which of two texts of one speech is the fuller one, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from corpus_app.catalog.models import Revision, Speech
from corpus_app.text.chars import count_chars

# A few characters more say nothing: a signature, a date, another way of writing numbers.
CLEARLY_LONGER: Final = 1.02
_ORDER: Final = (
    Speech.Completeness.TRUNCATED,
    Speech.Completeness.GAPPED,
    Speech.Completeness.COMPLETE,
)


@dataclass(frozen=True)
class Fullness:
    """What is weighed of one text."""

    speech: Speech
    signs: int
    gaps: int
    missing: int

    @classmethod
    def of(cls, speech: Speech, revision: Revision) -> Fullness:
        """Return what speaks for the speech's text."""
        signs = count_chars(revision.text)
        missing = sum(len(entry.get("missing", ())) for entry in revision.announced)
        return cls(speech, signs, revision.gaps.count(), missing)

    @property
    def rank(self) -> int:
        """Return 0 for an end missing, 1 for gaps inside, 2 for a complete text."""
        return _ORDER.index(Speech.Completeness(self.speech.completeness))


@dataclass(frozen=True)
class Fuller:
    """The fuller of two texts (None where they are even) with the reasons in words."""

    speech: Speech | None
    reasons: list[str]


def judge_fuller(first: Fullness, second: Fullness) -> Fuller:
    """Return the fuller text: fewer gaps weigh more than length."""
    for better, worse in ((first, second), (second, first)):
        if _weigh(better) > _weigh(worse) and not _is_much_longer(worse, better):
            return Fuller(better.speech, list(_list_reasons(better, worse)))
    for longer, shorter in ((first, second), (second, first)):
        if longer.signs > shorter.signs * CLEARLY_LONGER:
            return Fuller(longer.speech, list(_list_reasons(longer, shorter)))
    return Fuller(None, [_("两篇完整性相同，篇幅相近")])


def _weigh(text: Fullness) -> tuple[int, int, int]:
    return text.rank, -text.gaps, -text.missing


def _is_much_longer(one: Fullness, other: Fullness) -> bool:
    """Return whether a text with gaps still says more than the complete one: a digest is short."""
    return one.signs > other.signs * 1.2


def _list_reasons(better: Fullness, worse: Fullness) -> Iterator[str]:
    if better.rank > worse.rank:
        values = {
            "better": better.speech.get_completeness_display(),
            "worse": worse.speech.get_completeness_display(),
        }
        yield _("%(better)s，另一篇%(worse)s") % values
    if better.gaps < worse.gaps:
        yield _("缺失 %(better)d 处，另一篇 %(worse)d 处") % _count(better.gaps, worse.gaps)
    if better.missing < worse.missing:
        yield _("预告的要点缺 %(better)d 个，另一篇缺 %(worse)d 个") % _count(
            better.missing, worse.missing
        )
    if better.signs > worse.signs:
        yield _("正文多 %(more)d 字") % {"more": better.signs - worse.signs}


def _count(better: int, worse: int) -> dict[str, int]:
    return {"better": better, "worse": worse}
