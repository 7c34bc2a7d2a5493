"""What a user keeps of 校稿: drafts, and findings to hear no more of. Nobody else is answered."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from corpus_app.access.limits import limit_checks
from corpus_app.proofreading.checked_page import HandedDraft, answer_checked
from corpus_app.proofreading.decisions import Decision
from corpus_app.proofreading.dismissals import DismissalError, dismiss, list_dismissals, take_back
from corpus_app.proofreading.drafts import DraftFacts, lay_out
from corpus_app.proofreading.forms import CheckedForm, DraftForm, read_words
from corpus_app.proofreading.models import SavedDraft
from corpus_app.proofreading.presenting import KIND_NAMES
from corpus_app.proofreading.saved_drafts import (
    MOST_DRAFTS,
    DraftToSave,
    SavingError,
    delete_draft,
    list_drafts,
    save_draft,
)
from corpus_app.proofreading.secrecy import keep_secret


@keep_secret
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def show_drafts(request: HttpRequest) -> HttpResponseBase:
    """List the user's drafts; on POST keep the one that a checked page holds, and open it."""
    user = cast("User", request.user)
    if request.method != "POST":
        return _list(request, user)
    form = CheckedForm(request.POST)
    if not form.is_valid():
        return _list(request, user, " ".join(str(w) for ws in form.errors.values() for w in ws))
    read = form.cleaned_data
    sent = DraftToSave(
        read["name"],
        form.text,
        read["day"],
        read["place"],
        form.decisions_made,
        read["file"],
        read["shown"],
    )
    try:
        saved = save_draft(user, sent, read["number"])
    except SavingError as error:
        return _list(request, user, str(error))
    told = _("稿件已保存，只有您自己能看到。")
    if saved.pk != read["number"] and list_drafts(user).filter(pk=read["number"] or 0).exists():
        told = _("这份稿件在别的页面上改过并已保存，这里的另存为一份，两份都在“我的稿件”里。")
    messages.success(request, told)
    return redirect("saved_draft", saved.pk)


def _list(request: HttpRequest, user: User, error: str = "") -> HttpResponse:
    context = {"drafts": list_drafts(user), "error": error, "most": MOST_DRAFTS}
    return render(request, "proofreading/drafts.html", context, status=422 if error else 200)


@keep_secret
@require_safe
@login_required
@limit_checks
def show_draft(request: HttpRequest, number: int) -> HttpResponseBase:
    """Check a kept draft anew and show it with what was decided on it."""
    user = cast("User", request.user)
    saved = get_object_or_404(SavedDraft, pk=number, owner=user)
    draft = lay_out(saved.text, DraftFacts(place=saved.place, day=saved.day))
    decisions = tuple(Decision(**row) for row in saved.decisions)
    file = bytes(saved.file) if saved.file is not None else None
    handed = HandedDraft(draft, saved.name, file, decisions, saved)
    return answer_checked(request, user, handed, DraftForm())


@keep_secret
@require_POST
@login_required
def delete(request: HttpRequest, number: int) -> HttpResponseBase:
    """Delete a kept draft for good."""
    delete_draft(get_object_or_404(SavedDraft, pk=number, owner=cast("User", request.user)))
    messages.success(request, _("稿件已彻底删除。"))
    return redirect("saved_drafts")


@keep_secret
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def show_dismissed(request: HttpRequest) -> HttpResponseBase:
    """List what the user wants to hear no more of; on POST add to it or take back."""
    user = cast("User", request.user)
    if request.method != "POST":
        rows = [(KIND_NAMES[one.kind], one) for one in list_dismissals(user)]  # type: ignore[index]
        return render(request, "proofreading/dismissed.html", {"rows": rows})
    words = request.POST.get("kind", ""), read_words(request.POST.get("text", ""))
    suggestion = request.POST.get("suggestion")
    suggestion = None if suggestion is None else read_words(suggestion)
    if request.POST.get("act") == "take-back":
        take_back(user, *words, suggestion)
        return redirect("dismissed_findings")
    try:
        dismiss(user, *words, suggestion)
    except DismissalError as error:
        return HttpResponse(str(error), status=422, content_type="text/plain; charset=utf-8")
    return redirect("dismissed_findings")
