"""Decisions on the themes of single sections: they follow their words, or are listed as lost."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from corpus_app.catalog.models import Revision, Speech
from corpus_app.catalog.relocation import follow_sections
from corpus_app.intake.revisions.losses import Loss, name_loss, record_losses
from corpus_app.intake.revisions.outline.heads import name_head, read_heads
from corpus_app.themes.models import ThemePin
from corpus_app.themes.tagging import move_pins


def follow_pins(speech: Speech, old: Revision, new: Revision) -> None:
    """Let the pins follow from the old to the new current revision, which lists what it loses."""
    lost = move_pins(speech, old, new)
    record_losses(new, [name_loss("pin", _describe(pin, old), old) for pin in lost])


def take_over_pins(kept: Speech, pins: Sequence[ThemePin], old: Revision | None) -> None:
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
    record_losses(new, lost)


def _describe(pin: ThemePin, old: Revision) -> str:
    sections = old.sections.filter(key=pin.section_key)
    heads = read_heads(sections, len(old.text))
    where = name_head(old.text, heads[0]) if heads else pin.section_key or _("全文")
    return f"{pin.theme.name}（{pin.get_decision_display()}，{where}）"
