"""What an editor decides about two speeches that share text."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from corpus_app.catalog.models import Kinship, Speech
from corpus_app.intake.quality.flags import refresh_all_flags
from corpus_app.intake.revisions import editing
from corpus_app.intake.text_reuse.finding import find_pair


@transaction.atomic
def decide(first: Speech, second: Speech, decision: str, user: User | None = None) -> bool:
    """Note the decision about the pair; False where no kinship of the two is kept.

    "open" takes a decision back.
    """
    row = find_pair(first.pk, second.pk)
    if row is None:
        return False
    decided = decision != Kinship.Decision.OPEN
    row.decision = Kinship.Decision(decision)
    row.decided_by = user if decided else None
    row.decided_at = timezone.now() if decided else None
    row.save()
    refresh_all_flags([first.pk, second.pk])
    return True


@transaction.atomic
def keep_alone(fuller: Speech, other: Speech, user: User | None = None) -> None:
    """Withdraw the other speech, so that readers find the fuller one alone."""
    editing.withdraw(other)
    decide(fuller, other, Kinship.Decision.FULLER, user)
