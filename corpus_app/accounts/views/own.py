"""One's own account: password, second factor, where one is signed in."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.contrib.auth.forms import PasswordChangeForm
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from corpus_app.access.failures import AttemptSeries, begin_attempt, forgive
from corpus_app.access.models import Activity
from corpus_app.access.recording import record_activity
from corpus_app.accounts.browsers import name_browser
from corpus_app.accounts.models import Session
from corpus_app.accounts.roles import ROLES, needs_second_factor, read_role
from corpus_app.accounts.second_factor import (
    accept_proposal,
    count_recovery_codes,
    has_second_factor,
    propose_key,
    read_proposal,
    remove_second_factor,
    renew_recovery_codes,
)
from corpus_app.accounts.sessions import end_sessions, list_sessions
from corpus_app.accounts.views.signing_in import TWO_FACTOR, spell_wait, tell_wait

_PATIENCE = 5


@never_cache
@require_safe
@login_required
def show_account(request: HttpRequest) -> HttpResponse:
    """Show what the account is, its second factor and where it is signed in."""
    user = cast(User, request.user)
    context = {
        "role": ROLES.get(read_role(user), _("未指定")),
        "two_factor": has_second_factor(user),
        "required": needs_second_factor(user),
        "sessions": describe_sessions(user, request.session.session_key),
    }
    return render(request, "accounts/account.html", context)


def describe_sessions(user: User, own: str | None = None) -> list[dict[str, object]]:
    """Return where the user is signed in: row, browser in words, whether this one, its name."""
    return [
        {
            "row": row,
            "browser": name_browser(row.browser),
            "own": row.pk == own,
            "id": row.public_id,
        }
        for row in list_sessions(user.pk)
    ]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@sensitive_post_parameters()
def change_password(request: HttpRequest) -> HttpResponseBase:
    """Change the password; other sessions end."""
    user, template = cast(User, request.user), "accounts/password.html"
    form = PasswordChangeForm(user, request.POST or None)
    if request.method != "POST":
        return render(request, template, {"form": form})
    if wait := begin_attempt([_own_series(user)]):
        return tell_wait(request, template, wait, {"form": PasswordChangeForm(user)})
    if "old_password" not in form.errors:
        forgive([_own_series(user)])
    if not form.is_valid():
        return render(request, template, {"form": form}, status=400)
    update_session_auth_hash(request, form.save())
    end_sessions(user.pk, but=request.session.session_key)
    record_activity(request, Activity.Kind.PASSWORD)
    messages.success(request, _("密码已更改，其他登录已全部结束。"))
    return redirect("account")


@require_POST
@login_required
def end_session(request: HttpRequest) -> HttpResponse:
    """End one of the user's sessions, or all but this one."""
    user, own = cast(User, request.user), request.session.session_key
    asked = request.POST.get("session", "")
    others = [row for row in Session.objects.filter(user=user) if row.pk != own]
    chosen = [row.pk for row in others if asked in ("others", row.public_id)]
    count, _rows = Session.objects.filter(pk__in=chosen).delete()
    if count:
        record_activity(request, Activity.Kind.SESSION, detail=_("结束登录 %d 处") % count)
    messages.success(request, _("已结束 %d 处登录。") % count)
    return redirect("account")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@sensitive_post_parameters()
def set_up_second_factor(request: HttpRequest) -> HttpResponseBase:
    """Show the state of the second factor; set it up, renew its recovery codes, or remove it."""
    user = cast(User, request.user)
    if request.method == "POST":
        if has_second_factor(user):
            return _change_second_factor(request, user)
        return _accept_key(request, user)
    return _show_second_factor(request, user)


def _show_second_factor(
    request: HttpRequest, user: User, status: int = 200, **more: object
) -> HttpResponse:
    on = has_second_factor(user)
    context: dict[str, object] = {"on": on, "required": needs_second_factor(user)}
    if on:
        context["left"] = count_recovery_codes(user)
    elif "proposal" not in more:
        context["proposal"] = propose_key(user)
    return render(request, "accounts/two_factor.html", context | more, status=status)


def _accept_key(request: HttpRequest, user: User) -> HttpResponse:
    proposal = read_proposal(user, request.POST.get("key", ""))
    if proposal is None:
        return _show_second_factor(request, user, 400, fault=_("页面已过期，请重新扫描。"))
    codes = accept_proposal(proposal, "".join(request.POST.get("code", "").split()))
    if codes is None:
        fault = _("验证码不正确：请核对手机时间是否准确，再输入当前显示的验证码。")
        return _show_second_factor(request, user, 400, proposal=proposal, fault=fault)
    request.session[TWO_FACTOR] = True
    end_sessions(user.pk, but=request.session.session_key)
    record_activity(request, Activity.Kind.TWO_FACTOR, detail=_("启用"))
    return _show_second_factor(request, user, codes=codes)


def _change_second_factor(request: HttpRequest, user: User) -> HttpResponse:
    if wait := begin_attempt([_own_series(user)]):
        fault = _("请在 %s之后再试。") % spell_wait(wait)
        return _show_second_factor(request, user, 429, fault=fault)
    if not user.check_password(request.POST.get("password", "")):
        return _show_second_factor(request, user, 400, fault=_("密码不正确。"))
    forgive([_own_series(user)])
    if request.POST.get("action") == "codes":
        record_activity(request, Activity.Kind.TWO_FACTOR, detail=_("更换恢复码"))
        return _show_second_factor(request, user, codes=renew_recovery_codes(user))
    if needs_second_factor(user):
        return _show_second_factor(
            request, user, 403, fault=_("您的角色须启用两步验证，不能停用。")
        )
    remove_second_factor(user)
    request.session.pop(TWO_FACTOR, None)
    record_activity(request, Activity.Kind.TWO_FACTOR, detail=_("停用"))
    messages.success(request, _("两步验证已停用。"))
    return redirect("account")


def _own_series(user: User) -> AttemptSeries:
    """Return what counts wrong passwords of whoever has the session already."""
    return AttemptSeries(f"own:{user.pk}", _PATIENCE)
