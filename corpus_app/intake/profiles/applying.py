"""Letting a site's profile hold, bringing it to the site's files in portions, taking it back."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import models, transaction
from django.db.models import QuerySet
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext as _

from corpus_app.catalog.fields import read_fields
from corpus_app.catalog.models import Speech
from corpus_app.catalog.records import note_reason
from corpus_app.ingest.profiled import PROFILE_PREFIX
from corpus_app.intake.indexing import index_together
from corpus_app.intake.models import ProfileApplication, SiteProfile
from corpus_app.intake.removal.ruling import PORTION, Progress, StateError
from corpus_app.intake.rereading.choosing import list_of_site
from corpus_app.intake.rereading.describing import describe_plan
from corpus_app.intake.rereading.storing import load_speech, read_again
from corpus_app.intake.revisions import editing
from corpus_app.intake.revisions.derived import Input, derive
from corpus_app.intake.revisions.restoring import restore_revision
from corpus_app.intake.sites.evidence import read_profile

Outcome = ProfileApplication.Outcome
State = SiteProfile.State


@transaction.atomic
def approve_profile(profile: SiteProfile, user: User | None) -> None:
    """Let a proposed profile hold for all files to come, in place of the site's present one."""
    _take_state(profile, State.PROPOSED)
    held = SiteProfile.objects.filter(site=profile.site, state=State.APPROVED).first()
    if held is not None:
        held.state, held.retired_at = State.RETIRED, timezone.now()
        held.save()
    profile.replaces, profile.state = held, State.APPROVED
    profile.approved_by, profile.approved_at = user, timezone.now()
    profile.save()


@transaction.atomic
def retire_profile(profile: SiteProfile) -> None:
    """Let an approved profile hold no more, and the one before it again; undo_portion undoes."""
    _take_state(profile, State.APPROVED)
    profile.state, profile.retired_at = State.RETIRED, timezone.now()
    profile.save()
    before = profile.replaces
    if before is not None:
        before.state, before.retired_at = State.APPROVED, None
        before.save()


@transaction.atomic
def discard_profile(profile: SiteProfile) -> None:
    """Delete a profile that was proposed and never held."""
    _take_state(profile, State.PROPOSED)
    profile.delete()


def list_left(profile: SiteProfile) -> QuerySet[Speech]:
    """Return the site's speeches that the profile was not brought to yet, by id."""
    return list_of_site(profile.site).filter(pk__gt=profile.applied_to)


def list_profiled(profile: SiteProfile) -> QuerySet[Speech]:
    """Return the speeches whose present text or head is by the profile, by id."""
    made = profile.applications.filter(outcome=Outcome.APPLIED).values("speech_id")
    stored = Speech.objects.annotate(taken=Cast("current__removed", models.TextField()))
    named = models.Q(taken__contains=f'"{PROFILE_PREFIX}{profile.pk}"')
    return stored.filter(named | models.Q(pk__in=made)).order_by("pk")


def apply_portion(profile: SiteProfile, user: User | None, portion: int = PORTION) -> Progress:
    """Read the next files of the site by the profile; each is a transaction of its own.

    What was interrupted goes on where it stopped.
    """
    if profile.state != State.APPROVED:
        raise StateError(_("版式未生效，不能执行。"))
    chosen = list(list_left(profile).values_list("pk", flat=True)[: portion + 1])
    done = skipped = 0
    with index_together():
        for speech_id in chosen[:portion]:
            outcome = _apply_once(profile, speech_id, user)
            done, skipped = done + (outcome == "changed"), skipped + (outcome == "skipped")
            profile.applied_to = speech_id
            profile.save(update_fields=["applied_to"])
    return Progress(done, skipped, len(chosen) > portion)


def undo_portion(profile: SiteProfile, user: User | None, portion: int = PORTION) -> Progress:
    """Put the next files back as they were before the profile; later edits stay."""
    if profile.state != State.RETIRED:
        raise StateError(_("请先停用版式，再撤销它所做的改动。"))
    chosen = list(list_undone(profile)[: portion + 1])
    done = 0
    with index_together():
        for speech_id in chosen[:portion]:
            done += _undo_once(profile, speech_id, user)
    return Progress(done, min(len(chosen), portion) - done, len(chosen) > portion)


def list_undone(profile: SiteProfile) -> QuerySet[Speech, int]:
    """Return the ids of the speeches that are still to be put back; tried in vain are left out."""
    tried = profile.applications.filter(outcome=Outcome.SKIPPED, revision__isnull=False)
    rest = list_profiled(profile).exclude(current__in=tried.values("revision_id"))
    return rest.values_list("pk", flat=True)


def _apply_once(profile: SiteProfile, speech_id: int, user: User | None) -> str:
    speech = load_speech(speech_id)
    base, before, inferred = speech.current, read_fields(speech), speech.title_inferred
    reason = _("按“%(site)s”的版式重读") % {"site": profile}
    plan = read_again(speech_id, user=user, reason=reason, profile=read_profile(profile))
    if plan.status == "unchanged":
        return "unchanged"
    names = [change.name for change in plan.fields]
    changed = plan.status == "changed"
    after = read_fields(plan.speech) if changed else before
    ProfileApplication.objects.create(
        profile=profile,
        speech_id=speech_id,
        base=base,
        revision=plan.speech.current if changed else None,
        fields={
            "before": {name: before[name] for name in names},
            "after": {name: after[name] for name in names},
            "title_inferred": inferred,
        },
        outcome=Outcome.APPLIED if changed else Outcome.SKIPPED,
        note=describe_plan(plan)[:300],
        made_by=user,
    )
    return "changed" if changed else "skipped"


@transaction.atomic
def _undo_once(profile: SiteProfile, speech_id: int, user: User | None) -> bool:
    """Put one speech back; return whether that could be done."""
    speech = Speech.objects.select_for_update().select_related("current").get(pk=speech_id)
    made = profile.applications.filter(outcome=Outcome.APPLIED, speech=speech).first()
    reason = _("撤销“%(site)s”的版式") % {"site": profile}
    current = speech.current
    whole = made is not None and current is not None and made.revision_id == current.pk
    if whole and made is not None and current is not None and made.base is not None:
        with note_reason(reason):
            restore_revision(speech, made.base.number, current.number, user)
            _give_back(speech, made)
    else:
        plan = read_again(speech_id, user=user, reason=reason)
        if plan.status not in ("changed", "unchanged"):
            _note_failure(profile, plan.speech, describe_plan(plan), user)
            return False
    profile.applications.filter(outcome=Outcome.APPLIED, speech=speech).update(
        outcome=Outcome.UNDONE
    )
    return True


def _give_back(speech: Speech, made: ProfileApplication) -> None:
    """Set the fields back that nobody changed since the profile did."""
    speech = load_speech(speech.pk)
    present, fields = read_fields(speech), made.fields
    back = {
        name: value
        for name, value in fields["before"].items()
        if present[name] == fields["after"][name]
    }
    editing.correct(speech, back, {})
    if "title" in back and fields["title_inferred"]:
        speech.title_inferred = True
        speech.save()
        derive(speech, Input.METADATA)


def _note_failure(profile: SiteProfile, speech: Speech, note: str, user: User | None) -> None:
    ProfileApplication.objects.create(
        profile=profile,
        speech=speech,
        revision=speech.current,
        outcome=Outcome.SKIPPED,
        note=note[:300],
        made_by=user,
    )


def _take_state(profile: SiteProfile, state: str) -> None:
    """Read the profile anew and locked; raises StateError where it is in another state."""
    profile.refresh_from_db(from_queryset=SiteProfile.objects.select_for_update())
    if profile.state != state:
        message = _("版式当前为“%(state)s”，不能这样操作。")
        raise StateError(message % {"state": profile.get_state_display()})
