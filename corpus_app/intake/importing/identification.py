"""Which stored speech an arriving file is a state of, by its head and its text together."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from corpus_app.catalog.identity import Agreement, Head, HeadComparison, compare_heads
from corpus_app.catalog.models import Speech
from corpus_app.intake.text_reuse.duplicates import (
    find_alike,
    find_same_text,
    has_file_name,
)
from corpus_app.intake.text_reuse.fingerprints import Fingerprint

_ORDER: Final = (Agreement.AGREE, Agreement.UNKNOWN, Agreement.CONTRADICT)


@dataclass(frozen=True)
class SpeechMatch:
    """A stored speech of the same or nearly the same text, and what the two heads say."""

    speech: Speech
    ratio: float
    comparison: HeadComparison
    is_same_text: bool
    has_same_name: bool

    @property
    def is_one(self) -> bool:
        """Return whether the heads prove that file and speech are one speech."""
        return self.comparison.agreement is Agreement.AGREE

    @property
    def is_other(self) -> bool:
        """Return whether the heads say that these are two speeches."""
        return self.comparison.agreement is Agreement.CONTRADICT

    @property
    def is_copy(self) -> bool:
        """Return whether the file brings neither other words nor a head that says anything new."""
        known = self.is_one or not (self.is_other or self.comparison.news)
        return self.is_same_text and known


def find_matches(text: str, fingerprint: Fingerprint, head: Head, name: str) -> list[SpeechMatch]:
    """Return the speeches that the text may be a state of, the best match first.

    Heads that agree come first, then those that say nothing, then those that contradict; a
    file's name only makes its namesakes worth comparing.
    """
    same = dict.fromkeys(find_same_text(fingerprint), 1.0)
    found = _match_all(same, same, head, name)
    if not any(match.is_one for match in found):
        near = {one.speech_id: one.ratio for one in find_alike(text, fingerprint, name=name)}
        found = _match_all(near | same, same, head, name)
    return sorted(found, key=_rank)


def choose_corrected(matches: Iterable[SpeechMatch]) -> SpeechMatch | None:
    """Return the speech that the file is a new state of: of one head and of the file's name.

    The same speaker may give nearly the same speech on the same occasion a year later: where
    only one of the heads says when, an editor decides.
    """
    proven = (one for one in matches if one.is_one and one.has_same_name)
    return next((one for one in proven if one.comparison.is_firm), None)


def _match_all(
    ratios: Mapping[int, float], same: Container[int], head: Head, name: str
) -> list[SpeechMatch]:
    speeches = Speech.objects.with_parties().select_related("current").filter(pk__in=ratios)
    return [
        SpeechMatch(
            speech,
            ratios[speech.pk],
            _compare(head, speech, same_name=(same_name := has_file_name(speech.pk, name))),
            speech.pk in same,
            same_name,
        )
        for speech in speeches
    ]


def _compare(head: Head, speech: Speech, *, same_name: bool) -> HeadComparison:
    comparison = compare_heads(head, Head.of_speech(speech))
    if comparison.agreement is Agreement.AGREE or not same_name or speech.current is None:
        return comparison
    # What a person corrected since stands in the row; the file still says what it said.
    parsed = Head.of_metadata(speech.current.metadata)
    return compare_heads(head, parsed) if head == parsed else comparison


def _rank(match: SpeechMatch) -> tuple[int, bool, float, int]:
    order = _ORDER.index(match.comparison.agreement)
    return order, not match.is_same_text, -match.ratio, match.speech.pk
