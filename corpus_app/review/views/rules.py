"""Rules "always remove this here": proposing with a preview, approving, applying, taking back."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.paginator import Paginator
from django.db.models import Case, Count, Q, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from corpus_app.catalog.models import Speech
from corpus_app.catalog.querysets import EDIT_PERMISSION
from corpus_app.intake.models import RemovalRule
from corpus_app.intake.removal import ruling
from corpus_app.review.rule_forms import RuleForm
from corpus_app.review.rule_page import open_rule
from corpus_app.review.views.steps import read_user, report_portion, take_step
from corpus_app.text.numbers import read_number

LISTED = 50
# What waits for a decision comes first, what holds no more last.
_RANK = Case(When(state="proposed", then=0), When(state="approved", then=1), default=2)


@require_safe
@login_required
@permission_required(EDIT_PERMISSION, raise_exception=True)
def list_rules(request: HttpRequest) -> HttpResponse:
    """Show all rules, those that wait for approval first."""
    applied = Count("applications", filter=Q(applications__outcome="applied"))
    rules = RemovalRule.objects.select_related("made_by", "approved_by").annotate(applied=applied)
    page = Paginator(rules.order_by(_RANK, "-made_at", "-pk"), LISTED).get_page(
        request.GET.get("page")
    )
    return render(request, "review/rules.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@permission_required(EDIT_PERMISSION, raise_exception=True)
def propose_rule(request: HttpRequest) -> HttpResponse:
    """Ask what is to be removed; a post keeps the proposal and leads to its preview."""
    example = _find_example(request)
    posted = request.method == "POST"
    asked = {"text": request.GET.get("text", "")[:5_000]}
    form = RuleForm(request.POST if posted else None, initial=asked)
    if posted and form.is_valid():
        rule = form.save(commit=False)
        rule.example, rule.made_by = example, read_user(request)
        rule.save()
        return redirect("rule", rule.pk)
    context = {"form": form, "example": example}
    return render(request, "review/rule_form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@permission_required(EDIT_PERMISSION, raise_exception=True)
def show_rule(request: HttpRequest, rule_id: int) -> HttpResponse:
    """Show a rule with every speech it touches; a post changes one that is only proposed."""
    rule = get_object_or_404(
        RemovalRule.objects.select_related("made_by", "approved_by", "retired_by", "example"),
        pk=rule_id,
    )
    proposed = rule.state == RemovalRule.State.PROPOSED
    if request.method == "POST" and not proposed:
        messages.error(request, _("规则已不在待批准状态，不能再改；请停用后另立一条。"))
        return redirect("rule", rule.pk)
    form = RuleForm(request.POST if request.method == "POST" else None, instance=rule)
    if form.is_bound and form.is_valid():
        form.save()
        return redirect("rule", rule.pk)
    if form.errors:
        rule.refresh_from_db()
    desk = open_rule(rule, request.GET.get("page"), request.GET.get("done"))
    context = {
        "desk": desk,
        "rule": rule,
        "form": form if proposed else None,
        "running": "running" in request.GET,
    }
    return render(request, "review/rule.html", context, status=422 if form.errors else 200)


@require_POST
@login_required
@permission_required(EDIT_PERMISSION, raise_exception=True)
def change_rule(request: HttpRequest, rule_id: int) -> HttpResponse:
    """Take one step with the rule: approve, apply, retire, undo or discard."""
    rule = get_object_or_404(RemovalRule, pk=rule_id)
    return take_step(request, rule, STEPS)


def _approve(request: HttpRequest, rule: RemovalRule) -> HttpResponse:
    ruling.approve_rule(rule, read_user(request))
    return _apply(request, rule)


def _apply(request: HttpRequest, rule: RemovalRule) -> HttpResponse:
    progress = ruling.apply_portion(rule, read_user(request))
    words = ngettext("已从 %(count)d 篇剔除。", "已从 %(count)d 篇剔除。", progress.applied)
    return report_portion(request, rule, progress, words)


def _retire(request: HttpRequest, rule: RemovalRule) -> HttpResponse:
    ruling.retire_rule(rule, read_user(request))
    messages.success(request, _("规则已停用，以后的文件不再按它剔除；已剔除的可以撤销。"))
    return redirect("rule", rule.pk)


def _undo(request: HttpRequest, rule: RemovalRule) -> HttpResponse:
    progress = ruling.undo_portion(rule, read_user(request))
    words = ngettext("已恢复 %(count)d 篇。", "已恢复 %(count)d 篇。", progress.applied)
    return report_portion(request, rule, progress, words)


def _discard(request: HttpRequest, rule: RemovalRule) -> HttpResponse:
    ruling.discard_rule(rule)
    messages.success(request, _("未批准的规则已删除，没有改动任何讲话。"))
    return redirect("rules")


STEPS: dict[str, Callable[[HttpRequest, RemovalRule], HttpResponse]] = {
    "approve": _approve,
    "apply": _apply,
    "retire": _retire,
    "undo": _undo,
    "discard": _discard,
}


def _find_example(request: HttpRequest) -> Speech | None:
    number = read_number((request.POST or request.GET).get("speech"))
    return Speech.objects.filter(pk=number or 0).first()
