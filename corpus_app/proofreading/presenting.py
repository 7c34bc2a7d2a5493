"""A checked draft as a page shows it: the text in pieces, findings by kind and weight."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from corpus_app.proofreading.decisions import State
from corpus_app.proofreading.dismissals import is_dismissable
from corpus_app.proofreading.findings import KINDS, CheckedDraft, DraftFinding, Kind
from corpus_app.text.difference import DiffSpan, compare_words

KIND_NAMES: Final[dict[Kind, str | Promise]] = {
    "slogan": _("提法"),
    "superseded": _("旧提法"),
    "quotation": _("引文"),
    "law": _("法律条文"),
    "wording": _("用字"),
    "residue": _("旧稿残留"),
    "placeholder": _("未填处"),
    "announced": _("条数不符"),
    "outline": _("编号层次"),
    "punctuation": _("标点"),
    "borrowed": _("借用"),
    "formula": _("套语"),
}
# So many alike (a habit of typing) bury the others: after the first few they are told in a line.
_MANY_ALIKE: Final = 6
_SHOWN_ALIKE: Final = 3
_LONGEST_DIFFERENCE: Final = 400
_LONGEST_SOURCE: Final = 3_000


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """A finding with its number on the page, and what of its words goes and comes.

    alike is the number of the finding that stands for this one in the list, None where it is in the
    list itself; more is how many it stands for. state is what was decided on it before.
    """

    number: int
    finding: DraftFinding
    name: str | Promise
    sure: bool
    difference: tuple[DiffSpan, ...] = ()
    alike: int | None = None
    more: int = 0
    state: State | None = None

    @property
    def dismissable(self) -> bool:
        """Whether its user may want to hear no more of it anywhere."""
        one = self.finding
        return is_dismissable(one.kind, one.text, one.suggestion)


@dataclass(frozen=True, slots=True)
class TextPiece:
    """A stretch of the draft; finding is the one it belongs to, None where there is nothing."""

    text: str
    finding: ShownFinding | None = None


@dataclass(frozen=True, slots=True)
class KindCount:
    """How many findings of one kind there are."""

    kind: Kind
    name: str | Promise
    count: int


def show_findings(
    checked: CheckedDraft, states: Mapping[DraftFinding, State] | None = None
) -> list[ShownFinding]:
    """Return the findings in reading order, numbered from 1; states are those decided already."""
    states = states or {}
    alike, more = _gather_alike(checked.findings)
    return [
        ShownFinding(
            number,
            one,
            KIND_NAMES[one.kind],
            one.is_sure,
            _compare(one),
            alike.get(number),
            more.get(number, 0),
            states.get(one),
        )
        for number, one in enumerate(checked.findings, 1)
    ]


def _gather_alike(findings: Sequence[DraftFinding]) -> tuple[dict[int, int], dict[int, int]]:
    """Return by number what stands for a finding in the list, and for how many it stands.

    Those alike say the same and have something to put in; blanks are each filled in otherwise.
    """
    rows: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for number, one in enumerate(findings, 1):
        if one.suggestion is not None:
            rows[one.kind, one.message].append(number)
    many = [row for row in rows.values() if len(row) >= _MANY_ALIKE]
    alike = {number: row[_SHOWN_ALIKE - 1] for row in many for number in row[_SHOWN_ALIKE:]}
    return alike, dict(Counter(alike.values()))


def _compare(one: DraftFinding) -> tuple[DiffSpan, ...]:
    """Return the difference between words and suggestion where it helps to see it."""
    if one.suggestion is None or len(one.text) + len(one.suggestion) > _LONGEST_DIFFERENCE:
        return ()
    return compare_words(one.text, one.suggestion)


def cut_text(text: str, findings: Sequence[ShownFinding]) -> Iterator[TextPiece]:
    """Yield the whole draft in pieces; of findings that overlap the first has the words.

    One that has nothing to put in gives the rest of its words to one inside it that has: what can
    be accepted must have its place.
    """
    at = 0
    for number, shown in enumerate(findings):
        start, end = shown.finding.start, _find_end(shown, findings[number + 1 :])
        if start < at or end <= start:
            continue
        if start > at:
            yield TextPiece(text[at:start])
        yield TextPiece(text[start:end], shown)
        at = end
    if at < len(text):
        yield TextPiece(text[at:])


def _find_end(shown: ShownFinding, later: Sequence[ShownFinding]) -> int:
    """Return where the words of a finding end on the page, before one inside it to be accepted."""
    if shown.finding.suggestion is not None:
        return shown.finding.end
    inside = (
        other.finding.start
        for other in later
        if other.finding.suggestion is not None
        and shown.finding.start < other.finding.start < shown.finding.end
    )
    return min(inside, default=shown.finding.end)


@dataclass(frozen=True, slots=True)
class ShownSource:
    """Words of the draft that stand in a speech too; difference is from that speech's to these."""

    finding: DraftFinding
    paragraph: int
    difference: tuple[DiffSpan, ...] = ()


@dataclass(frozen=True, slots=True)
class ShownSources:
    """What a draft has from other texts; the shares are whole percents of its characters."""

    borrowed: list[ShownSource]
    formulas: list[ShownSource]
    shares: tuple[int, int, int]

    @property
    def count(self) -> int:
        """Return how many stretches there are of both kinds."""
        return len(self.borrowed) + len(self.formulas)


def show_sources(checked: CheckedDraft) -> ShownSources:
    """Return the borrowed stretches and the formulas in reading order."""
    sources = checked.sources
    shown = [
        ShownSource(one, checked.text.count("\n", 0, one.start) + 1, _compare_source(one))
        for one in sources.findings
    ]
    shares = (sources.borrowed, sources.quoted, sources.formula)
    first, second, third = (round(100 * share) for share in shares)
    return ShownSources(
        [one for one in shown if one.finding.kind == "borrowed"],
        [one for one in shown if one.finding.kind == "formula"],
        (first, second, third),
    )


def _compare_source(one: DraftFinding) -> tuple[DiffSpan, ...]:
    """Return the difference to the speech the words stand in, where there is any."""
    proof = one.evidence[0].text if one.evidence else ""
    if not proof or proof == one.text or len(proof) + len(one.text) > _LONGEST_SOURCE:
        return ()
    return compare_words(proof, one.text)


def count_kinds(checked: CheckedDraft) -> list[KindCount]:
    """Return how many findings there are of each kind that has any, the weightiest kinds first."""
    counts = Counter(one.kind for one in checked.findings)
    return [KindCount(kind, KIND_NAMES[kind], counts[kind]) for kind in KINDS if counts[kind]]
