"""Editing the text: spans restored and taken out, saved as one new revision."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from corpus_app.catalog.models import Revision, Speech
from corpus_app.catalog.querysets import EDIT_PERMISSION
from corpus_app.ingest.draft import RejectedFile
from corpus_app.intake.revisions.decisions import SetValue
from corpus_app.intake.revisions.revising import revise_text
from corpus_app.intake.revisions.set_values import SETTABLE, read_assignments
from corpus_app.intake.revisions.succession import NothingChangedError, OutdatedError
from corpus_app.review.page import collect_page
from corpus_app.review.text_desk import open_texts
from corpus_app.review.text_edits import TextEdit, carry_edit, read_edit
from corpus_app.review.views.steps import read_user
from corpus_app.text.numbers import read_number


@require_POST
@login_required
@permission_required(EDIT_PERMISSION, raise_exception=True)
def edit_text(request: HttpRequest, speech_id: int) -> HttpResponse:
    """Store the posted changes as a new revision, or show the page with them still on it."""
    speeches = Speech.objects.with_parties().select_related("current__upload")
    speech = get_object_or_404(speeches, pk=speech_id)
    base = speech.revisions.filter(number=read_number(request.POST.get("base")) or 0).first()
    if base is None or speech.current is None:
        messages.error(request, _("提交的正文改动不完整，请重新打开校核页再试。"))
        return redirect("review", speech.pk)
    edit, faults = read_edit(request.POST, base)
    if faults:
        return _show(request, speech, base, edit, faults, 422)
    user = read_user(request)
    try:
        values, taken = read_assignments(base, edit.assigned)
        removed = [*edit.removed, *taken]
        revision = revise_text(
            speech, base.number, edit.restored, removed, edit.reason, values=values, user=user
        )
    except OutdatedError as refusal:
        return _show(request, speech, base, edit, [str(refusal)], 409)
    except (RejectedFile, NothingChangedError) as refusal:
        return _show(request, speech, base, edit, [str(refusal)], 422)
    message = _("正文改动已存为第 %(number)d 版。") % {"number": revision.number}
    messages.success(request, " ".join([message, *_tell_values(values)]))
    if len(taken) < len(edit.assigned):
        messages.info(request, _("在句中选取的文字仍留在正文里，只设定了文献信息。"))
    return redirect("review", speech.pk)


def _tell_values(values: list[SetValue]) -> list[str]:
    """Return what was set in a sentence; nothing where nothing was."""
    told = [
        _("%(label)s“%(value)s”") % {"label": SETTABLE[one.name], "value": one.value}
        for one in values
    ]
    return [_("已设定：%(values)s。") % {"values": _("、").join(told)}] if told else []


def _show(
    request: HttpRequest,
    speech: Speech,
    base: Revision,
    edit: TextEdit,
    faults: list[str],
    status: int,
) -> HttpResponse:
    """Render the review page with the changes on the newest revision, none of them lost."""
    speech.refresh_from_db(fields=["current"])
    newest = speech.current or base
    if newest.pk != base.pk:
        edit = carry_edit(edit, base, newest)
        faults = [*faults, *edit.faults]
    page = collect_page(speech, texts=open_texts(speech, newest, edit, faults))
    return render(request, "review/review.html", page, status=status)
