"""Make two speeches one, and part them again with everything they were."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from corpus_app.catalog.fields import EDITABLE, apply_fields, read_fields
from corpus_app.catalog.joining import absorb_speech, describe_speech, restore_speech
from corpus_app.catalog.models import Kinship, Revision, Speech
from corpus_app.catalog.records import note_reason
from corpus_app.catalog.revisions import disclose_current
from corpus_app.catalog.services import adopt_metadata
from corpus_app.intake.indexing import index_on_commit
from corpus_app.intake.models import Joining
from corpus_app.intake.quality.flags import list_resembling, refresh_all_flags
from corpus_app.intake.revisions.carryover import carry_to_stored
from corpus_app.intake.revisions.derived import derive
from corpus_app.intake.revisions.losses import (
    add_losses,
    forget_losses,
    list_replaced_losses,
    record_losses,
)
from corpus_app.intake.revisions.succession import follow_decisions, take_over_decisions
from corpus_app.intake.text_reuse.finding import list_reuse
from corpus_app.slogans.refusals import carry_refusals
from corpus_app.themes.models import ThemePin
from corpus_app.themes.tagging import move_pins


class JoiningError(Exception):
    """Two speeches that cannot be joined or parted; str() is the words for the page."""


def choose_survivor(first: Speech, second: Speech) -> tuple[Speech, Speech]:
    """Return the speech whose address stays and the one whose address will lead there.

    What readers know stays: the published one, else the older one.
    """
    ranked = sorted((first, second), key=lambda speech: (_rank_status(speech), speech.pk))
    return ranked[0], ranked[1]


@transaction.atomic
def absorb(fuller: Speech, other: Speech, *, user: User | None = None) -> Joining:
    """Make the two one speech with the fuller's text; the other's texts are old revisions."""
    revision = fuller.current
    if revision is None:
        raise JoiningError(_("“%(title)s”没有正文，不能并入。") % {"title": fuller.title})
    kept, gone = choose_survivor(fuller, other)
    return join(kept, gone, revision, Joining.Kind.ABSORBED, user=user)


@transaction.atomic
def join(
    kept: Speech, gone: Speech, revision: Revision, kind: str, *, user: User | None = None
) -> Joining:
    """Move gone's revisions to kept and make the revision (of either) kept's current one.

    Blank values of kept are taken over from gone; state remembers both as they were.
    """
    kept = Speech.objects.select_for_update().select_related("current").get(pk=kept.pk)
    gone = Speech.objects.select_for_update().get(pk=gone.pk)
    resembling, old = list_resembling(gone), kept.current
    pins = list(gone.theme_pins.order_by("pk").select_related("theme"))
    state = _describe_pair(kept, gone)
    state["listed"] = [revision.pk, revision.losses]
    with note_reason(_("并入编号 %(id)d") % {"id": gone.pk}):
        absorb_speech(gone, kept)
        _take_over(
            kept, state, whole=kind == Joining.Kind.ABSORBED and revision.pk != kept.current_id
        )
        _make_current(kept, revision.pk)
        kept.save()
    theirs = kept.revisions.filter(pk=state["current"]).first()
    _carry_replaced(kept, [one for one in (old, theirs) if one], kind, user)
    state["kept"]["after"] = read_fields(kept)
    made = kept.current if kept.current and kept.current.pk != revision.pk else None
    joining = Joining.objects.create(
        kind=kind,
        made=made,
        speech=kept,
        gone_id=state["id"],
        gone_title=state["fields"]["title"],
        state=state,
        joined_by=user,
    )
    if old is not None and kept.current is not None and old.pk != kept.current.pk:
        follow_decisions(kept, old, kept.current)
    take_over_decisions(kept, pins, theirs)
    derive(kept)
    refresh_all_flags([kept.pk, *resembling])
    index_on_commit(state["id"])
    return joining


@transaction.atomic
def part(joining: Joining, *, user: User | None = None) -> Speech:
    """Undo the joining and return the speech that had gone, as it was, under its old id.

    What was edited on the other one since stays there. Raises JoiningError where it was undone
    already or nothing is left to part.
    """
    joining = Joining.objects.select_for_update().get(pk=joining.pk)
    if joining.parted_at is not None:
        raise JoiningError(_("这次合并已经撤销过。"))
    kept = Speech.objects.select_for_update().select_related("current").get(pk=joining.speech_id)
    state = joining.state
    with note_reason(_("撤销并入编号 %(id)d") % {"id": joining.gone_id}):
        if state["kept"]["id"] == kept.pk:
            _give_back(kept, state, joining.made_id)
        try:
            gone = restore_speech(state, kept)
        except ValueError as error:
            raise JoiningError(_("不能撤销：原编号已被占用，或原有版本已不在本篇。")) from error
    _restore_listed(state)
    _restore_pins(gone, state["pins"])
    Joining.objects.filter(pk__in=state["joinings"]).update(speech=gone)
    joining.parted_at, joining.parted_by = timezone.now(), user
    joining.save(update_fields=["parted_at", "parted_by"])
    for speech in (kept, gone):
        derive(speech)
    _restore_decisions(gone.pk, state["decisions"])
    refresh_all_flags([kept.pk, gone.pk, *list_resembling(kept), *list_resembling(gone)])
    return gone


def list_joinings(speech: Speech) -> list[Joining]:
    """Return what was joined to the speech and not parted again, newest first."""
    rows = Joining.objects.filter(speech=speech, parted_at=None)
    return list(rows.select_related("joined_by").defer("state"))


def _rank_status(speech: Speech) -> int:
    order = (Speech.Status.PUBLISHED, Speech.Status.DRAFT, Speech.Status.WITHDRAWN)
    return order.index(Speech.Status(speech.status))


def _describe_pair(kept: Speech, gone: Speech) -> dict[str, Any]:
    decided = list_reuse(gone.pk).exclude(decision=Kinship.Decision.OPEN)
    joinings = Joining.objects.filter(speech=gone)
    state = describe_speech(gone) | {
        "pins": _list_pins(gone),
        "decisions": [
            [row.other_id if row.speech_id == gone.pk else row.speech_id, row.decision]
            for row in decided
        ],
        "joinings": list(joinings.values_list("pk", flat=True)),
        "kept": {
            "id": kept.pk,
            "before": read_fields(kept),
            "title_inferred": kept.title_inferred,
            "current": kept.current_id,
            "pins": _list_pins(kept),
        },
    }
    joinings.update(speech=kept)
    return state


def _take_over(kept: Speech, state: dict[str, Any], *, whole: bool) -> None:
    """Give kept what gone's row says where kept's says nothing.

    With whole, the text is gone's too: then all but what a person corrected on kept.
    """
    fields = {name: value for name, value in state["fields"].items() if value}
    if whole:
        adopt_metadata(kept, fields, state["values"]["title_inferred"])
    present = read_fields(kept)
    apply_fields(kept, {name: fields[name] for name in fields if not present[name]})


def _give_back(kept: Speech, state: dict[str, Any], made: int | None) -> None:
    """Set kept's values and text back where nobody changed them since."""
    before, after = state["kept"]["before"], state["kept"]["after"]
    present = read_fields(kept)
    same = {name for name in EDITABLE if present[name] == after[name] != before[name]}
    apply_fields(kept, {name: before[name] for name in same})
    if "title" in same:
        kept.title_inferred = state["kept"]["title_inferred"]
    leaving = {pk for pk, _number in state["revisions"]} | {made}
    if kept.current_id in leaving:
        old = kept.current
        _make_current(kept, state["kept"]["current"])
        if old is not None and kept.current is not None:
            move_pins(kept, old, kept.current)
            carry_refusals(old, kept.current)
        _restore_pins(kept, state["kept"]["pins"])
    kept.save()


def _list_pins(speech: Speech) -> list[dict[str, Any]]:
    pins = speech.theme_pins.order_by("pk").values("theme_id", "section_key", "decision")
    return [dict(pin) for pin in pins]


def _make_current(speech: Speech, revision_id: int) -> None:
    speech.current = revision = Revision.objects.get(pk=revision_id)
    speech.completeness = revision.metadata.get("completeness", speech.completeness)
    disclose_current(speech)


def _carry_replaced(kept: Speech, replaced: list[Revision], kind: str, user: User | None) -> None:
    """Keep on the present text what people decided on those that it took the place of.

    Where a text is to be filled in yet, that is only listed.
    """
    for old in replaced:
        new = kept.current
        if new is None:
            return
        if kind == Joining.Kind.ABSORBED:
            carry_to_stored(kept, old, new, user)
        else:
            record_losses(new, list_replaced_losses(old, new))


def _restore_listed(state: dict[str, Any]) -> None:
    """Let the text that stayed list no more what the joining alone had it lose."""
    number, before = state.get("listed", (None, []))
    revision = Revision.objects.filter(pk=number).first()
    if revision is not None:
        bare = forget_losses(revision.decisions, {loss["kind"] for loss in revision.losses})
        revision.decisions = add_losses(bare, before)
        revision.save(update_fields=["decisions"])


def _restore_pins(speech: Speech, pins: list[dict[str, Any]]) -> None:
    for pin in pins:
        place = {"theme_id": pin["theme_id"], "section_key": pin["section_key"]}
        decision = {"decision": pin["decision"]}
        ThemePin.objects.get_or_create(speech=speech, **place, defaults=decision)


def _restore_decisions(speech_id: int, decisions: list[list[Any]]) -> None:
    rows = {(row.speech_id, row.other_id): row for row in list_reuse(speech_id)}
    for other, decision in decisions:
        row = rows.get((min(speech_id, other), max(speech_id, other)))
        if row is not None:
            row.decision = decision
            row.save(update_fields=["decision"])
