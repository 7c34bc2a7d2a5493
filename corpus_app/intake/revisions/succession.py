"""One revision after another: which one an edit starts from, and what follows the next one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from corpus_app.catalog.models import Revision, Speech
from corpus_app.catalog.relocation import follow_sections
from corpus_app.catalog.section_names import name_in_source
from corpus_app.ingest.completeness import JUDGED
from corpus_app.intake.revisions.derived import NO_INPUT, Input, derive
from corpus_app.intake.revisions.losses import Loss, name_loss, record_losses
from corpus_app.slogans.refusals import carry_refusals
from corpus_app.themes.models import ThemePin
from corpus_app.themes.tagging import move_pins


class OutdatedError(Exception):
    """Somebody else saved a newer revision in the meantime; str() is the words for the page."""

    def __init__(self, current: Revision) -> None:
        message = _(
            "本篇在您编辑期间已由%(who)s存为第 %(number)d 版，您的改动没有保存，仍留在本页；"
            "请对照新版后再保存。"
        )
        who = str(current.created_by or _("系统"))
        super().__init__(message % {"who": who, "number": current.number})
        self.current = current


class NothingChangedError(Exception):
    """An edit that would leave everything as it is; str() is the words for the page."""

    def __init__(self) -> None:
        super().__init__(_("没有改动，未存新版本。"))


def take_base(speech: Speech, number: int) -> Revision:
    """Return the speech's newest revision if it is this one; call it in the edit's transaction.

    Raises OutdatedError where there is a newer one. The speech's row is read anew and locked,
    so that of two edits at once only one gets through.
    """
    fresh = Speech.objects.select_for_update().get(pk=speech.pk)
    if fresh.current_id is None:
        raise Revision.DoesNotExist
    current = Revision.objects.select_related("created_by", "upload").get(pk=fresh.current_id)
    if current.number != number:
        raise OutdatedError(current)
    speech.current = current
    return current


def follow_revision(
    speech: Speech, old: Revision, revision: Revision, changed: Input = NO_INPUT
) -> None:
    """Bring pins and findings in line with a revision just made of the old one by an edit.

    changed is what the edit set on the speech itself, beside what the revisions show.
    """
    follow_decisions(speech, old, revision)
    derive(speech, find_changes(old, revision) | changed, before=old)


def find_changes(old: Revision, new: Revision) -> Input:
    """Return what findings read that differs between two revisions; outlines always count.

    Every revision has sections of its own, so that what is stored of them is made anew.
    """
    changed = Input.OUTLINE
    if _list_words(old) != _list_words(new):
        changed |= Input.TEXT
    if old.metadata | {"completeness": ""} != new.metadata | {"completeness": ""}:
        changed |= Input.METADATA
    return changed


def _list_words(revision: Revision) -> tuple[Any, ...]:
    """Return the text, and what the reader said of it that does not follow from its outline."""
    told = [notice for notice in revision.notices if notice["code"] not in JUDGED]
    return revision.raw, revision.text, revision.removed, revision.suspects, told


def follow_decisions(speech: Speech, old: Revision, new: Revision) -> None:
    """Let pins and refused mentions follow from the old to the new current revision.

    It lists what it loses.
    """
    lost = [name_loss("pin", _describe(pin, old), old) for pin in move_pins(speech, old, new)]
    record_losses(new, [*lost, *_carry_refusals(old, new)])


def _carry_refusals(old: Revision, new: Revision) -> list[Loss]:
    return [name_loss("refused", words, old) for words in carry_refusals(old, new)]


def take_over_decisions(kept: Speech, pins: Sequence[ThemePin], old: Revision | None) -> None:
    """Give kept the decisions of a speech that became one with it, where it has none of its own.

    pins are the other speech's as they were, old is what was its current revision. What has no
    place on kept's current revision, or contradicts it, is listed there.
    """
    new = kept.current
    if old is None or new is None:
        return
    keys = {pin.section_key for pin in pins} - {""}
    found = {key: key for key in keys} if old.pk == new.pk else follow_sections(old, new, keys)
    lost: list[Loss] = []
    for pin in pins:
        key = found.get(pin.section_key, "")
        if key or not pin.section_key:
            place = {"theme_id": pin.theme_id, "section_key": key}
            default = {"decision": pin.decision}
            present, _made = ThemePin.objects.get_or_create(speech=kept, **place, defaults=default)
            if present.decision == pin.decision:
                continue
        lost.append(name_loss("pin", _describe(pin, old), old))
    record_losses(new, [*lost, *_carry_refusals(old, new)])


def _describe(pin: ThemePin, old: Revision) -> str:
    section = old.sections.filter(key=pin.section_key).first()
    where = name_in_source(section, old.text) if section else pin.section_key or _("全文")
    return f"{pin.theme.name}（{pin.get_decision_display()}，{where}）"
