"""What keeps a speech from being published by itself, told of a parsed file and of a stored one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from corpus_app.catalog.models import Speech
from corpus_app.ingest.draft import Draft
from corpus_app.intake.models import DoubtReason
from corpus_app.intake.quality.facts import collect_draft_facts
from corpus_app.intake.quality.reasons import find_reasons
from corpus_app.intake.quality.rules import load_rules
from corpus_app.intake.quality.sentences import describe_reason

# The code of an outcome whose speech was not published for its quality flags.
HELD: Final = "held"
# So many reasons are told in one line.
TOLD: Final = 3


def find_holds(draft: Draft, given: Mapping[str, str] = MappingProxyType({})) -> list[str]:
    """Return in words why the parsed file must not be published by itself; empty where it may.

    given are values by field that came with the file: they answer doubts about what was read.
    """
    reasons = find_reasons(collect_draft_facts(draft, timezone.localdate(), given))
    return [reason.message for reason in reasons if reason.code in load_rules().holding]


def list_holds(speech_ids: Iterable[int]) -> dict[int, list[str]]:
    """Return by id in words why speeches must not be published by themselves; in one query.

    Those are left out that nothing holds, or whose reasons an editor has looked at.
    """
    reasons = DoubtReason.objects.filter(
        doubt__speech__in=list(speech_ids),
        doubt__looked_at=None,
        code__in=load_rules().holding,
    ).order_by("-weight", "code")
    held: dict[int, list[str]] = {}
    for speech_id, code, details in reasons.values_list("doubt__speech", "code", "details"):
        held.setdefault(speech_id, []).append(describe_reason(code, details))
    return held


def list_reasons(speech: Speech) -> list[str]:
    """Return in words all reasons to look at the stored speech, weightiest first."""
    reasons = DoubtReason.objects.filter(doubt__speech=speech).order_by("-weight", "code")
    return [describe_reason(*pair) for pair in reasons.values_list("code", "details")]


def describe_draft(reasons: list[str]) -> str:
    """Return the sentence on a speech that became a draft, with the first reasons for it."""
    if not reasons:
        return _("已存为草稿")
    return _("已存为草稿：%(reasons)s") % {"reasons": _("；").join(reasons[:TOLD])}
