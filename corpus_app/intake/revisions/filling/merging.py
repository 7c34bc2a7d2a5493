"""Fill the gaps of a speech's text from another speech: first shown, then stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from corpus_app.catalog.models import Gap, Revision, Speech
from corpus_app.catalog.revisions import Descent, append_revision
from corpus_app.ingest.draft import Draft, Notice
from corpus_app.ingest.recomposing import find_raw_notices, recompose
from corpus_app.ingest.spans import trace_text
from corpus_app.intake.models import Joining
from corpus_app.intake.revisions.decisions import (
    carry_editorial_decisions,
    read_editorial_decisions,
    read_removed,
)
from corpus_app.intake.revisions.filling.anchors import (
    Donor,
    Filling,
    Unfilled,
    UnfilledReason,
    draw_line,
    find_fillings,
)
from corpus_app.intake.revisions.filling.composing import (
    Composite,
    Patch,
    list_origins,
    put_in,
    read_origins,
    weave_origins,
)
from corpus_app.intake.revisions.joining import JoiningError, choose_survivor, join
from corpus_app.intake.revisions.losses import add_losses, carry_losses, list_text_losses
from corpus_app.intake.revisions.outlining import apply_outline
from corpus_app.intake.revisions.succession import follow_revision
from corpus_app.text.chars import Compact, count_chars

# How far the words filled in may be from the number that the source states; sites count
# blanks and their own watermarks too.
OFF: Final = 0.3


@dataclass(frozen=True)
class GapAnswer:
    """What becomes of one gap: filled with words of the other text, or left and why."""

    gap: Gap
    filling: Filling | None
    unfilled: Unfilled | None
    words: str = ""
    rest: str = ""

    @property
    def is_partial(self) -> bool:
        """Return whether words are still missing, for the other text hides them too."""
        return self.filling is not None and self.filling.hole is not None

    @property
    def characters(self) -> int:
        """Return how many characters are filled in, white space aside."""
        return count_chars(self.words + self.rest)

    @property
    def is_off(self) -> bool:
        """Return whether the source states another number of hidden characters by far."""
        stated = self.gap.hidden_chars
        if self.is_partial:
            return False
        return bool(stated) and abs(self.characters - (stated or 0)) > max(30, OFF * (stated or 0))


@dataclass(frozen=True)
class Plan:
    """A merged text before it is stored: the draft, its origins, and what of each gap."""

    base: Revision
    donor: Revision
    answers: list[GapAnswer]
    draft: Draft | None
    origins: list[dict[str, Any]]
    decisions: dict[str, Any]

    @property
    def filled(self) -> int:
        """Return how many gaps are filled."""
        return sum(answer.filling is not None for answer in self.answers)


def plan_filling(base: Revision, donor: Revision) -> Plan:
    """Return what filling base's gaps from donor would make; without a draft where nothing."""
    gaps = list(base.gaps.order_by("offset"))
    line = draw_line(donor.text)
    hidden = list(donor.gaps.values_list("offset", flat=True))
    found = find_fillings(base.text, [gap.offset for gap in gaps], Donor(line, hidden))
    answers = [_answer(gap, one, donor.text) for gap, one in zip(gaps, found, strict=True)]
    patches = [Patch(a.filling.offset, a.words, a.rest, a.is_partial) for a in answers if a.filling]
    if not patches:
        return Plan(base, donor, answers, None, [], {})
    composite = put_in(base.raw, read_removed(base.removed), base.text, patches)
    file_format = base.metadata.get("format", "txt")
    draft = recompose(composite.raw, composite.removed, file_format=file_format)
    draft.notices += _carry_notices(base, composite, draft)
    origins = _trace(base, donor, answers, composite, draft)
    return Plan(base, donor, answers, draft, origins, _carry_decisions(base, composite, draft))


@transaction.atomic
def fill_gaps(base: Speech, donor: Speech, *, user: User | None = None) -> Joining:
    """Make the two one speech, its text base's with the gaps filled from donor.

    Both texts stay as old revisions. Raises JoiningError where no gap can be filled.
    """
    if base.current is None or donor.current is None:
        raise JoiningError(_("有一篇没有正文，不能补全。"))
    plan = plan_filling(base.current, donor.current)
    if plan.draft is None:
        raise JoiningError(_("没有可以补全的缺失。"))
    kept, gone = choose_survivor(base, donor)
    joining = join(kept, gone, plan.base, Joining.Kind.FILLED, user=user)
    speech = joining.speech
    # What the joining could not keep is listed on base by now.
    plan.base.refresh_from_db(fields=["number", "decisions"])
    decisions = carry_losses(plan.base, plan.decisions)
    descent = Descent(Revision.Origin.MERGED, plan.base, decisions, plan.origins)
    made = append_revision(speech, plan.draft, descent, _describe(plan, donor), user=user)
    follow_revision(speech, plan.base, made)
    joining.made = made
    joining.save(update_fields=["made"])
    return joining


def _answer(gap: Gap, found: Filling | Unfilled, text: str) -> GapAnswer:
    if isinstance(found, Unfilled):
        return GapAnswer(gap, None, found)
    if found.hole is None:
        return GapAnswer(gap, found, None, text[found.start : found.end])
    if gap.kind == Gap.Kind.TRUNCATED or not gap.offset:
        # No notice stands here that could go on telling of what is missing.
        return GapAnswer(gap, None, Unfilled(gap.offset, UnfilledReason.HIDDEN_THERE))
    return GapAnswer(gap, found, None, text[found.start : found.hole], text[found.hole : found.end])


def _carry_notices(base: Revision, composite: Composite, draft: Draft) -> list[Notice]:
    """Return base's notices at the same words of the merged text, all but those made anew."""
    kept = [Notice(n["code"], n["message"], n["start"], n["end"]) for n in base.notices]
    places = trace_text(base.raw, read_removed(base.removed), base.text)
    new = trace_text(draft.raw, draft.removed, draft.text)
    notices = []
    for note in find_raw_notices(kept, places):
        if note.start is None or note.end is None:
            notices.append(note)
            continue
        start, end = new.inverse.find_span(*composite.move(note.start, note.end))
        if start < end:
            notices.append(Notice(note.code, note.message, start, end))
    return notices


def _carry_decisions(base: Revision, composite: Composite, draft: Draft) -> dict[str, Any]:
    """Set on the draft the outline that people made of base; return all that they decided."""
    before = read_editorial_decisions(base.decisions, base.raw)
    decided, lost = carry_editorial_decisions(before, base.raw, composite.raw)
    decisions = decided.to_json() | apply_outline(base, draft)
    return carry_losses(base, add_losses(decisions, list_text_losses(base, lost)))


def _trace(
    base: Revision,
    donor: Revision,
    answers: Sequence[GapAnswer],
    composite: Composite,
    draft: Draft,
) -> list[dict[str, Any]]:
    """Return the stretches of the merged text with the revision that each is from."""
    theirs = read_origins(donor.text, donor.origins, donor.pk)
    fillings = [answer.filling for answer in answers if answer.filling]
    words = Compact(donor.text)
    patches = [
        (count, theirs[words.count_before(filling.start) : words.count_before(filling.end)])
        for count, filling in zip(composite.signs, fillings, strict=True)
    ]
    woven = weave_origins(read_origins(base.text, base.origins, base.pk), patches)
    return list_origins(draft.text, woven)


def _describe(plan: Plan, donor: Speech) -> str:
    count = sum(answer.characters for answer in plan.answers)
    values = {"gaps": plan.filled, "count": count, "title": donor.title}
    return _("据《%(title)s》补全 %(gaps)d 处，共 %(count)d 字") % values
