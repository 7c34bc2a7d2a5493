"""The page of a checked draft: at once, or with its progress as the check goes on."""

from __future__ import annotations

import base64
import json
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from corpus_app.access.limits import PAGE_WAIT, answer_too_many, take_long_draft_slot
from corpus_app.access.slots import Slot
from corpus_app.proofreading.checking import check_by_steps, check_draft
from corpus_app.proofreading.decisions import Decision, apply_decisions
from corpus_app.proofreading.dismissals import drop_dismissed
from corpus_app.proofreading.drafts import OwnDraft
from corpus_app.proofreading.findings import CheckedDraft
from corpus_app.proofreading.forms import DraftForm
from corpus_app.proofreading.models import SavedDraft
from corpus_app.proofreading.presenting import count_kinds, cut_text, show_findings, show_sources
from corpus_app.proofreading.saved_drafts import LARGEST_FILE
from corpus_app.proofreading.secrecy import note_fault

# From so many characters on the page tells how far the check has come.
LONG_CHARS: Final = 50_000
_TEMPLATE: Final = "proofreading/checked.html"
_CONTENT: Final = "proofreading/_checked.html"
# Where the result goes in the page around it; no template has it otherwise.
_MARK: Final = "<!--checked-->"


@dataclass(frozen=True, slots=True)
class HandedDraft:
    """A draft on its way through the page: its name, the Word file it came in, what was decided.

    saved is where its user keeps it, None where it is gone with the page.
    """

    draft: OwnDraft
    name: str
    file: bytes | None = None
    decisions: tuple[Decision, ...] = ()
    saved: SavedDraft | None = None


def answer_checked(
    request: HttpRequest, user: User, handed: HandedDraft, form: DraftForm
) -> HttpResponseBase:
    """Return the page of what was found; for a long draft one that comes as the check goes on.

    Nothing of a long check lies anywhere but in the one request that runs it: it ends when the
    page is left. All but one of the places for checks may be taken by long ones.
    """
    if len(handed.draft.text) < LONG_CHARS:
        context = _describe(user, handed, form, check_draft(handed.draft))
        return HttpResponse(render_to_string(_TEMPLATE, context, request))
    slot = take_long_draft_slot()
    if slot is None:
        words = _("正在校核的长稿较多，请在 %(wait)d 秒之后再试。")
        return answer_too_many(words % {"wait": PAGE_WAIT}, PAGE_WAIT)
    answer = StreamingHttpResponse(_tell_steps(request, user, handed, form, slot))
    # A proxy in front would else keep the page until all of it is there.
    answer.headers["X-Accel-Buffering"] = "no"
    return answer


def _tell_steps(
    request: HttpRequest, user: User, handed: HandedDraft, form: DraftForm, slot: Slot
) -> Iterator[str]:
    """Yield the page: its head, a line for each step, and the result, or a sentence without one."""
    try:
        around = render_to_string(_TEMPLATE, {"mark": _MARK}, request)
        head, _mark, foot = around.partition(_MARK)
        yield head + render_to_string("proofreading/_progress.html", {"begins": True})
        try:
            checked = yield from _tell_progress(handed.draft)
            context = _describe(user, handed, form, checked)
            result = render_to_string(_CONTENT, context, request)
        except Exception as fault:  # the page has begun: it must end in words
            note_fault(fault)
            result = render_to_string("proofreading/_broken_off.html", request=request)
        yield f"</div>\n{result}{foot}"
    finally:
        slot.release()


def _tell_progress(draft: OwnDraft) -> Generator[str, None, CheckedDraft]:
    steps = check_by_steps(draft)
    while True:
        try:
            step = next(steps)
        except StopIteration as ended:
            return ended.value
        yield render_to_string("proofreading/_progress.html", {"step": step})


def _describe(
    user: User, handed: HandedDraft, form: DraftForm, checked: CheckedDraft
) -> dict[str, Any]:
    """Return what the page shows."""
    checked, hidden = drop_dismissed(checked.drop_unlikely(), user)
    checked, states = apply_decisions(checked, handed.decisions)
    findings = show_findings(checked, states)
    fits = handed.file is not None and len(handed.file) <= LARGEST_FILE
    return {
        "form": form,
        "facts": handed.draft.facts,
        "checked": checked,
        "findings": findings,
        "pieces": list(cut_text(checked.text, findings)),
        "kinds": count_kinds(checked),
        "sources": show_sources(checked),
        "sure": sum(one.sure for one in findings),
        "doubtful": sum(not one.sure for one in findings),
        "hidden": hidden,
        "name": handed.name,
        "file": base64.b64encode(handed.file).decode() if handed.file and fits else "",
        "too_large": handed.file is not None and not fits,
        "largest": LARGEST_FILE,
        "saved": handed.saved,
        "decisions": json.dumps([one.to_json() for one in handed.decisions]),
    }
