"""What a form offers for a vocabulary."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _


def list_choices(codes: dict[str, str], present: str) -> list[tuple[str, Any]]:
    """Return the choices for a vocabulary; a value from elsewhere stays choosable."""
    choices: list[tuple[str, Any]] = [("", _("（未知）"))]
    choices += [(code, _(label)) for code, label in codes.items()]
    if present and present not in codes:
        choices.append((present, present))
    return choices
