"""Two speeches that share text: comparing them, deciding about them, making them one."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.contrib.auth.models import User
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from corpus_app.catalog.models import Speech
from corpus_app.catalog.querysets import EDIT_PERMISSION
from corpus_app.catalog.relocation import resolve_alias
from corpus_app.intake.models import Joining
from corpus_app.intake.revisions.editing import decide, keep_alone
from corpus_app.intake.revisions.filling.merging import fill_gaps
from corpus_app.intake.revisions.joining import JoiningError, absorb, part
from corpus_app.review.compare_desk import collect_comparison, collect_filling, stamp_pair

DECISIONS = {
    "both": gettext_lazy("已记下：两篇都保留，不再提示。"),
    "unrelated": gettext_lazy("已记下：两篇并非同源，不再提示。"),
    "open": gettext_lazy("已重新列为待处理。"),
}


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@permission_required(EDIT_PERMISSION, raise_exception=True)
def compare_speeches(request: HttpRequest, speech_id: int, other_id: int) -> HttpResponse:
    """Show two speeches side by side; on a post, do what the editor decided."""
    pair = _find_pair(speech_id, other_id)
    if pair is None:
        return _lead_on(speech_id, other_id)
    if request.method == "POST":
        return _act(request, *pair)
    return render(request, "review/compare.html", collect_comparison(*pair))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@permission_required(EDIT_PERMISSION, raise_exception=True)
def fill_from_other(request: HttpRequest, speech_id: int, other_id: int) -> HttpResponse:
    """Show the first speech with its gaps filled from the other; on a post, make them one."""
    pair = _find_pair(speech_id, other_id)
    if pair is None:
        return _lead_on(speech_id, other_id)
    if request.method == "POST":
        return _join(request, *pair, "fill")
    return render(request, "review/compare_fill.html", collect_filling(*pair))


@require_POST
@login_required
@permission_required(EDIT_PERMISSION, raise_exception=True)
def part_speeches(request: HttpRequest, joining_id: int) -> HttpResponse:
    """Undo a joining of two speeches and go to the one that is there again."""
    joining = get_object_or_404(Joining, pk=joining_id)
    try:
        speech = part(joining, user=cast(User, request.user))
    except JoiningError as error:
        messages.error(request, str(error))
        return redirect("review", joining.speech_id)
    messages.success(
        request, _("已撤销合并《%(title)s》，两篇恢复合并前的原状。") % {"title": speech}
    )
    return redirect("compare", speech.pk, joining.speech_id)


def _find_pair(speech_id: int, other_id: int) -> tuple[Speech, Speech] | None:
    if speech_id == other_id:
        raise Http404
    speeches = Speech.objects.with_parties().select_related("current__upload")
    found = speeches.in_bulk([pk for pk in (speech_id, other_id) if pk < 2**63])
    if any(speech.current is None for speech in found.values()):
        raise Http404
    return (found[speech_id], found[other_id]) if len(found) == 2 else None


def _lead_on(speech_id: int, other_id: int) -> HttpResponse:
    """Lead to the speech that the two became, where one was merged into the other."""
    living = [
        pk if Speech.objects.filter(pk=pk).exists() else resolve_alias(pk)
        for pk in (speech_id, other_id)
        if pk < 2**63
    ]
    if len(living) < 2 or None in living:
        raise Http404
    if living[0] == living[1]:
        return redirect("review", living[0])
    return redirect("compare", *living)


def _act(request: HttpRequest, left: Speech, right: Speech) -> HttpResponse:
    action, _dash, side = request.POST.get("action", "").partition("-")
    if side and side not in ("left", "right"):
        raise Http404
    first, second = (left, right) if side != "right" else (right, left)
    user = cast(User, request.user)
    if action in DECISIONS:
        if decide(left, right, action, user):
            messages.success(request, DECISIONS[action])
        return redirect("compare", left.pk, right.pk)
    if action == "absorb" and side:
        return _join(request, first, second, "absorb")
    if action == "alone" and side:
        keep_alone(first, second, user)
        messages.success(request, _("已撤回《%(title)s》，读者只看到另一篇。") % {"title": second})
    return redirect("compare", left.pk, right.pk)


def _join(request: HttpRequest, first: Speech, second: Speech, way: str) -> HttpResponse:
    user = cast(User, request.user)
    try:
        with transaction.atomic():
            pair = Speech.objects.select_for_update().in_bulk([first.pk, second.pk])
            if len(pair) < 2 or stamp_pair(*pair.values()) != request.POST.get("stamp"):
                raise JoiningError(_("两篇中有一篇刚刚改动过，请核对后再操作。"))
            joining = (fill_gaps if way == "fill" else absorb)(first, second, user=user)
    except JoiningError as error:
        messages.error(request, str(error))
        return redirect("compare", first.pk, second.pk)
    messages.success(request, _say_joined(joining))
    return redirect("review", joining.speech_id)


def _say_joined(joining: Joining) -> str:
    values = {"gone": joining.gone_title, "number": 0}
    if joining.kind == Joining.Kind.FILLED and joining.made:
        values["number"] = joining.made.number
        return _("已补全，存为第 %(number)d 版；《%(gone)s》并入本篇，原地址自动转来。") % values
    return _("《%(gone)s》已并入本篇，原地址自动转来；可在“合并记录”中撤销合并。") % values
