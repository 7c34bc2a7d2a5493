"""Findings that a user has dismissed for good: kept, listed, taken back, and no more shown."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from corpus_app.proofreading.findings import KINDS, CheckedDraft, Kind
from corpus_app.proofreading.models import LONGEST_DISMISSED, DismissedFinding
from corpus_app.proofreading.saved_drafts import overwrite_what_goes

# Of one user; whoever has so many no longer reads what is found.
MOST_DISMISSED: Final = 1_000
# What is wrong at one place and right at another, so that its words alone say nothing.
OF_ITS_PLACE: Final[frozenset[Kind]] = frozenset({"announced", "outline", "placeholder"})


class DismissalError(ValueError):
    """What can't be dismissed for good; the message says why, in Chinese."""


def is_dismissable(kind: Kind, text: str, suggestion: str | None) -> bool:
    """Say whether a finding may be dismissed for good: by kind, and short enough to be kept."""
    longest = max(len(text), len(suggestion or ""))
    return kind not in OF_ITS_PLACE and len(text) > 0 and longest <= LONGEST_DISMISSED


def list_dismissals(owner: User) -> QuerySet[DismissedFinding]:
    """Return what the user dismissed for good, the last first."""
    return DismissedFinding.objects.filter(owner=owner)


@transaction.atomic
def dismiss(owner: User, kind: str, text: str, suggestion: str | None) -> DismissedFinding:
    """Keep a user's dismissal, once; DismissalError for what may not be, or is too much."""
    known = next((one for one in KINDS if one == kind), None)
    if known is None or not is_dismissable(known, text, suggestion):
        raise DismissalError(_("这一类问题要逐处看，不能设为不再提示。"))
    mine = DismissedFinding.objects.filter(owner=owner)
    same = mine.filter(kind=kind, text=text, suggestion=suggestion).first()
    if same is None and mine.count() >= MOST_DISMISSED:
        words = _("“不再提示”最多 %d 条，请先恢复一些。")
        raise DismissalError(words % MOST_DISMISSED)
    return same or mine.create(owner=owner, kind=kind, text=text, suggestion=suggestion)


def take_back(owner: User, kind: str, text: str, suggestion: str | None) -> None:
    """Let a user hear of it again."""
    overwrite_what_goes()
    mine = DismissedFinding.objects.filter(owner=owner, kind=kind, text=text)
    mine.filter(suggestion=suggestion).delete()


def drop_dismissed(checked: CheckedDraft, owner: User) -> tuple[CheckedDraft, int]:
    """Return the draft without what its user dismissed for good, and how many that were."""
    rows = list_dismissals(owner).values_list("kind", "text", "suggestion")
    dismissed = set(rows)
    kept = [f for f in checked.findings if (f.kind, f.text, f.suggestion) not in dismissed]
    return replace(checked, findings=tuple(kept)), len(checked.findings) - len(kept)
