"""What was decided on the findings of a draft: sent by its page, kept with it, and shown again."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Final, Literal

from django.utils.translation import gettext as _

from corpus_app.proofreading.findings import KINDS, CheckedDraft, DraftFinding, Kind

State = Literal["accepted", "dismissed"]
STATES: Final[tuple[State, ...]] = ("accepted", "dismissed")
# More than a page of findings has.
MOST_DECISIONS: Final = 20_000


class DecisionError(ValueError):
    """What a page sent is no list of decisions on its draft; the message says so, in Chinese."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What became of a finding at text[start:end] of a draft; suggestion null where none was."""

    kind: Kind
    start: int
    end: int
    suggestion: str | None
    state: State

    def to_json(self) -> dict[str, Any]:
        """Return it as it is kept."""
        return asdict(self)

    def find(self, text: str) -> DraftFinding:
        """Return the finding it was taken on, as far as it is known without a check."""
        words = _("先前在这里作过修改。")
        start, end = self.start, self.end
        return DraftFinding(self.kind, start, end, text[start:end], words, self.suggestion, 1.0)


def read_decisions(sent: str, text: str) -> list[Decision]:
    """Return the decisions that a page sent as JSON, in reading order; DecisionError for others."""
    try:
        rows = json.loads(sent or "[]")
        found = [_read_row(row, len(text)) for row in rows[:MOST_DECISIONS]]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise DecisionError(_("页面传来的采纳记录读不出来，请重新校稿。")) from error
    return sorted(found, key=lambda one: (one.start, one.end))


def _read_row(row: dict[str, Any], length: int) -> Decision:
    start, end, suggestion = row["start"], row["end"], row["suggestion"]
    is_place = type(start) is int and type(end) is int and 0 <= start <= end <= length
    is_known = row["kind"] in KINDS and row["state"] in STATES
    if not is_place or not is_known or not isinstance(suggestion, str | None):
        raise ValueError
    (suggestion or "").encode()  # half a character is none
    return Decision(row["kind"], start, end, suggestion, row["state"])


def apply_decisions(
    checked: CheckedDraft, decisions: Sequence[Decision]
) -> tuple[CheckedDraft, dict[DraftFinding, State]]:
    """Return the draft with the states of its findings; what was accepted always has its place.

    The corpus may have grown since: an accepted change that is no finding any more is one again,
    and what is found today inside an accepted place is not told.
    """
    told = {(one.kind, one.start, one.end, one.suggestion): one for one in checked.findings}
    states: dict[DraftFinding, State] = {}
    for made in decisions:
        one = told.get((made.kind, made.start, made.end, made.suggestion))
        if one is None and made.state == "accepted":
            one = made.find(checked.text)
        if one is not None:
            states[one] = made.state
    accepted = [one for one, state in states.items() if state == "accepted"]
    taken = bytearray(len(checked.text) + 1)
    for one in accepted:
        taken[one.start : one.end] = b"\1" * (one.end - one.start)
    kept = [f for f in checked.findings if f not in states and not any(taken[f.start : f.end])]
    findings = sorted([*kept, *states], key=lambda one: (one.start, one.end))
    return replace(checked, findings=tuple(findings)), states
