"""What an editor does to a speech: each act is one transaction, and the index follows it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from corpus_app.catalog import services
from corpus_app.catalog.limits import AccessLimit
from corpus_app.catalog.models import Kinship, Revision, Speech
from corpus_app.intake.indexing import index_on_commit
from corpus_app.intake.quality.flags import list_resembling, refresh_all_flags
from corpus_app.intake.revisions.derived import NO_INPUT, Input, derive
from corpus_app.intake.text_reuse.finding import find_pair
from corpus_app.themes.models import Theme, ThemePin


@transaction.atomic
def publish(speech: Speech) -> None:
    """Publish the speech and make it findable."""
    services.publish_speech(speech)
    index_on_commit(speech.pk)


@transaction.atomic
def withdraw(speech: Speech) -> None:
    """Withdraw the speech; it is found no more."""
    services.withdraw_speech(speech)
    index_on_commit(speech.pk)


@transaction.atomic
def limit_access(speech: Speech, limit: AccessLimit) -> bool:
    """Let only some see the speech, or all again; return whether that is a change."""
    if speech.limit == limit:
        return False
    speech.limit = limit
    speech.save()
    # What is kept of the index's present state (suggestions) is made anew.
    index_on_commit(speech.pk)
    return True


@transaction.atomic
def hold_back(speech: Speech) -> None:
    """Make the speech a draft again; it is found no more."""
    services.return_to_draft(speech)
    index_on_commit(speech.pk)


@transaction.atomic
def correct(speech: Speech, values: dict[str, str], decisions: Mapping[int, str]) -> list[str]:
    """Set metadata and the themes' decisions (by theme id) on the whole speech.

    Returns the names of the fields that changed, "themes" among them.
    """
    changed = services.correct_metadata(speech, values)
    inputs = Input.METADATA if changed else NO_INPUT
    if _decide_themes(speech, decisions):
        changed.append("themes")
        inputs |= Input.THEMES
    if inputs:
        derive(speech, inputs)
    return changed


def _decide_themes(speech: Speech, decisions: Mapping[int, str]) -> bool:
    """Pin ("pin") or exclude ("exclude") themes on the whole speech, "" leaves it to the terms.

    Pins on single sections stay. Returns whether anything changed.
    """
    present = dict(speech.theme_pins.filter(section_key="").values_list("theme_id", "decision"))
    changed = {
        theme: decision
        for theme, decision in decisions.items()
        if decision != present.get(theme, "")
    }
    known = Theme.objects.in_bulk(changed)
    for theme in known:
        place = {"theme_id": theme, "speech": speech, "section_key": ""}
        if changed[theme]:
            decision = {"decision": ThemePin.Decision(changed[theme])}
            ThemePin.objects.update_or_create(**place, defaults=decision)
        else:
            ThemePin.objects.filter(**place).delete()
    return bool(known)


@transaction.atomic
def decide_sections(speech: Speech, decisions: Mapping[tuple[int, str], str]) -> None:
    """Pin or exclude themes on sections of the current text, by theme id and section key.

    "" leaves a section to the terms. A key that the text does not have is left out.
    """
    if speech.current is None:
        return
    keys = set(speech.current.sections.values_list("key", flat=True))
    for (theme, key), decision in decisions.items():
        place: dict[str, Any] = {"theme_id": theme, "speech": speech, "section_key": key}
        if decision and key in keys:
            word = {"decision": ThemePin.Decision(decision)}
            ThemePin.objects.update_or_create(**place, defaults=word)
        else:
            for pin in ThemePin.objects.filter(**place):
                pin.delete()
    derive(speech, Input.THEMES)


@transaction.atomic
def delete(speech: Speech) -> None:
    """Delete the speech; its received bytes stay."""
    gone, resembling = speech.pk, list_resembling(speech)
    services.delete_speech(speech)
    refresh_all_flags(resembling)
    index_on_commit(gone)


@transaction.atomic
def save_row(speech: Speech) -> None:
    """Save a speech whose fields a form has set; its period follows its dates."""
    services.save_corrected(speech)
    derive(speech, Input.METADATA)


@transaction.atomic
def save_pin(pin: ThemePin) -> None:
    """Save a decision and tag its speech by it."""
    pin.save()
    derive(pin.speech, Input.THEMES)


@transaction.atomic
def delete_pin(pin: ThemePin) -> None:
    """Take a decision back and tag its speech without it."""
    pin.delete()
    derive(pin.speech, Input.THEMES)


@transaction.atomic
def refuse_mention(revision: Revision, start: int, end: int, user: User | None = None) -> bool:
    """Let no set expression count at this place of a current text; False where none stood."""
    if not revision.mentions.filter(start=start, end=end).exists():
        return False
    who = {"words": revision.text[start:end], "refused_by": user}
    revision.mention_refusals.get_or_create(start=start, end=end, defaults=who)
    derive(revision.speech, Input.SLOGANS)
    return True


@transaction.atomic
def readmit_mention(revision: Revision, start: int, end: int) -> bool:
    """Take the refusal at this place of a current text back; False where there was none."""
    gone, _rows = revision.mention_refusals.filter(start=start, end=end).delete()
    if gone:
        derive(revision.speech, Input.SLOGANS)
    return bool(gone)


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
    withdraw(other)
    decide(fuller, other, Kinship.Decision.FULLER, user)
