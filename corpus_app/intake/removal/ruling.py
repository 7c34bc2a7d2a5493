"""Making a rule, letting it hold, applying it in portions, and taking it back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from django.contrib.auth.models import User
from django.db import models, transaction
from django.db.models import QuerySet
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext as _

from corpus_app.catalog.models import Revision, Speech
from corpus_app.ingest.draft import RejectedFile, Removed
from corpus_app.ingest.removal_rules import RULE_PREFIX
from corpus_app.ingest.spans import merge_removed
from corpus_app.intake.indexing import index_together
from corpus_app.intake.models import RemovalRule, RuleApplication
from corpus_app.intake.removal.touching import find_touched, measure_touch, read_rule
from corpus_app.intake.revisions.decisions import OF_SPANS, read_removed
from corpus_app.intake.revisions.revising import store_edit
from corpus_app.intake.revisions.succession import NothingChangedError

Outcome = RuleApplication.Outcome
# So many speeches are changed in one request: it must answer within a few seconds.
PORTION: Final = 10


class StateError(Exception):
    """A step that a rule's or a profile's state forbids; str() is the words for the page."""


@dataclass(frozen=True)
class Progress:
    """What one portion did, and whether there may be more."""

    applied: int
    skipped: int
    more: bool


@dataclass(frozen=True)
class RuleStep:
    """Which rule does what to a speech, for whom, at how many places."""

    rule: RemovalRule
    user: User | None
    outcome: str
    places: int


@transaction.atomic
def approve_rule(rule: RemovalRule, user: User | None) -> None:
    """Let a proposed rule hold for all later imports; apply_portion brings it to the speeches."""
    _take_state(rule, RemovalRule.State.PROPOSED)
    rule.state = RemovalRule.State.APPROVED
    rule.approved_by, rule.approved_at = user, timezone.now()
    rule.save()


@transaction.atomic
def retire_rule(rule: RemovalRule, user: User | None) -> None:
    """Let an approved rule hold no more; what it took stays out until undo_portion."""
    _take_state(rule, RemovalRule.State.APPROVED)
    rule.state = RemovalRule.State.RETIRED
    rule.retired_by, rule.retired_at = user, timezone.now()
    rule.save()


@transaction.atomic
def discard_rule(rule: RemovalRule) -> None:
    """Delete a rule that was proposed and never held."""
    _take_state(rule, RemovalRule.State.PROPOSED)
    rule.delete()


def apply_portion(rule: RemovalRule, user: User | None, portion: int = PORTION) -> Progress:
    """Take the rule's words out of the next speeches, each in a transaction of its own.

    What was interrupted goes on where it stopped, for a speech that was done is touched no more.
    """
    if rule.state != RemovalRule.State.APPROVED:
        raise StateError(_("规则未生效，不能执行。"))
    touches = list(islice((t for t in find_touched(rule) if t.spans), portion + 1))
    with index_together():
        outcomes = [_apply_once(rule, touch.speech_id, user) for touch in touches[:portion]]
    applied = outcomes.count(Outcome.APPLIED)
    return Progress(applied, len(outcomes) - applied, len(touches) > portion)


def undo_portion(rule: RemovalRule, user: User | None, portion: int = PORTION) -> Progress:
    """Put back what a retired rule took out of the next speeches; later edits stay."""
    if rule.state != RemovalRule.State.RETIRED:
        raise StateError(_("请先停用规则，再撤销它所做的剔除。"))
    speeches = list(list_ruled(rule)[: portion + 1])
    with index_together():
        outcomes = [_undo_once(rule, speech_id, user) for speech_id in speeches[:portion]]
    undone = outcomes.count(Outcome.UNDONE)
    return Progress(undone, len(outcomes) - undone, len(speeches) > portion)


def list_ruled(rule: RemovalRule) -> QuerySet[Speech, int]:
    """Return the ids of speeches whose current text lacks something by the rule.

    Those are counted in that were imported while it held. Left out are those where putting it
    back was tried on the same revision in vain.
    """
    tried = rule.applications.filter(outcome=Outcome.SKIPPED).values("revision_id")
    stored = Speech.objects.annotate(taken=Cast("current__removed", models.TextField()))
    ruled = stored.filter(taken__contains=f'"{RULE_PREFIX}{rule.pk}"')
    return ruled.exclude(current__in=tried).order_by("pk").values_list("pk", flat=True)


@transaction.atomic
def _apply_once(rule: RemovalRule, speech_id: int, user: User | None) -> str:
    speech, base = _lock(speech_id)
    # Measured anew under the lock: somebody may have edited the speech since it was found.
    touch = base and measure_touch(read_rule(rule), base.raw, base.removed, base.decisions)
    if base is None or not touch or not touch[0]:
        return Outcome.SKIPPED
    step = RuleStep(rule, user, Outcome.APPLIED, len(touch[0]))
    reason = _("按规则“%(rule)s”剔除") % {"rule": rule}
    spans = merge_removed(base.raw, read_removed(base.removed), touch[0])
    return _store(step, speech, base, spans, reason)


@transaction.atomic
def _undo_once(rule: RemovalRule, speech_id: int, user: User | None) -> str:
    speech, base = _lock(speech_id)
    if base is None:
        return Outcome.SKIPPED
    spans = read_removed(base.removed)
    left = [span for span in spans if span.rule != f"{RULE_PREFIX}{rule.pk}"]
    step = RuleStep(rule, user, Outcome.UNDONE, len(spans) - len(left))
    return _store(step, speech, base, left, _("撤销规则“%(rule)s”的剔除") % {"rule": rule})


def _store(
    step: RuleStep, speech: Speech, base: Revision, spans: Sequence[Removed], reason: str
) -> str:
    """Store the revision and what came of it; a speech that cannot be changed is left, and said."""
    try:
        with transaction.atomic():
            revision = store_edit(
                speech,
                base,
                spans,
                decisions={k: v for k, v in base.decisions.items() if k in OF_SPANS},
                origin=Revision.Origin.RULED,
                reason=reason,
                user=step.user,
            )
    except NothingChangedError:
        return _record(step, base, step.outcome, "")
    except (RejectedFile, ValueError) as fault:
        return _record(step, base, Outcome.SKIPPED, str(fault))
    return _record(step, revision, step.outcome, "")


def _record(step: RuleStep, revision: Revision, outcome: str, note: str) -> str:
    RuleApplication.objects.create(
        rule=step.rule,
        speech_id=revision.speech_id,
        revision=revision,
        outcome=outcome,
        places=step.places,
        note=note[:300],
        made_by=step.user,
    )
    return outcome


def _lock(speech_id: int) -> tuple[Speech, Revision | None]:
    speech = Speech.objects.select_for_update().get(pk=speech_id)
    if speech.current_id is None:
        return speech, None
    return speech, Revision.objects.select_related("upload").get(pk=speech.current_id)


def _take_state(rule: RemovalRule, state: str) -> None:
    """Read the rule anew and locked; raises StateError where it is in another state."""
    rule.refresh_from_db(from_queryset=RemovalRule.objects.select_for_update())
    if rule.state != state:
        message = _("规则当前为“%(state)s”，不能这样操作。")
        raise StateError(message % {"state": rule.get_state_display()})
