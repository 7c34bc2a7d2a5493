"""A stored original read again, and what came of it stored; what people decided stays."""

from __future__ import annotations

from typing import Final

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from corpus_app.catalog.models import Speech
from corpus_app.catalog.records import note_reason
from corpus_app.catalog.revisions import Descent
from corpus_app.catalog.services import revise_speech
from corpus_app.ingest.site import SiteProfile
from corpus_app.intake.models import HeadDispute
from corpus_app.intake.quality.flags import refresh_flags
from corpus_app.intake.rereading.planning import RereadingPlan, plan_rereading
from corpus_app.intake.revisions.derived import derive
from corpus_app.intake.revisions.succession import follow_decisions

# Reading takes its time without a lock; somebody may save the speech meanwhile.
_TRIES: Final = 3


class BusySpeechError(Exception):
    """The speech was changed by others each time while its original was read."""


def read_again(
    speech_id: int,
    *,
    user: User | None = None,
    reason: str = "",
    profile: SiteProfile | None = None,
    settled: bool = False,
) -> RereadingPlan:
    """Read the speech's original again, store what changes, and return what that was.

    A published speech whose head would contradict the one that readers see is left as it is, and
    the two are noted as a HeadDispute. profile and settled are as in plan_rereading. Raises
    Speech.DoesNotExist, LostError, and BusySpeechError where others kept changing the speech.
    """
    for _try in range(_TRIES):
        speech = load_speech(speech_id)
        plan = plan_rereading(speech, profile, settled=settled)
        with transaction.atomic():
            if _is_untouched(speech):
                _store(plan, user, reason or _("以现行读法重读"))
                return plan
    raise BusySpeechError


def load_speech(speech_id: int) -> Speech:
    """Return the speech as plan_rereading takes it; raise Speech.DoesNotExist."""
    speeches = Speech.objects.with_parties().select_related("current__upload")
    return speeches.get(pk=speech_id)


@transaction.atomic
def keep_head(speech: Speech) -> bool:
    """Let a disputed head stay what readers see; return whether there was a dispute.

    The values become a person's own, which no parse changes.
    """
    dispute = HeadDispute.objects.filter(speech=speech).first()
    if dispute is None or speech.current is None:
        return False
    chosen = speech.current.decisions.get("metadata", {})
    kept = {
        name: {"value": seen, "set_from": None} for name, (seen, _read) in dispute.fields.items()
    }
    speech.current.decisions = speech.current.decisions | {"metadata": chosen | kept}
    speech.current.save(update_fields=["decisions"])
    dispute.delete()
    refresh_flags(load_speech(speech.pk))
    return True


def _is_untouched(speech: Speech) -> bool:
    """Lock the speech's row and return whether it is as it was when the plan was made."""
    row = Speech.objects.select_for_update().filter(pk=speech.pk)
    found = row.values_list("current_id", "changed_at").first()
    return found == (speech.current_id, speech.changed_at)


def _store(plan: RereadingPlan, user: User | None, reason: str) -> None:
    """Store what changes; where nothing does, flags of earlier rules are weighed anew."""
    speech, old, draft = plan.speech, plan.old, plan.draft
    if plan.status == "refused":
        return
    if plan.status == "disputed":
        _note_dispute(plan)
    else:
        HeadDispute.objects.filter(speech=speech).delete()
    if plan.status != "changed" or old is None or draft is None:
        refresh_flags(speech)
        return
    descent = Descent(decisions=plan.decisions)
    with note_reason(reason):
        made = revise_speech(speech, draft, old.upload, reason, user=user, descent=descent)
        follow_decisions(speech, old, made)
        derive(speech, slogans=draft.slogans)


def _note_dispute(plan: RereadingPlan) -> None:
    fields = {change.name: [change.old, change.new] for change in plan.fields}
    dispute = HeadDispute.objects.filter(speech=plan.speech).first()
    if dispute is None or dispute.fields != fields:
        HeadDispute.objects.update_or_create(speech=plan.speech, defaults={"fields": fields})
