"""Users and roles, for admins."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.contrib.auth.models import User
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from corpus_app.access.models import Activity, UserGroup
from corpus_app.access.recording import record_activity
from corpus_app.accounts.forms import InvitationForm
from corpus_app.accounts.roles import MANAGE, ROLES, read_role
from corpus_app.accounts.users import (
    AccountError,
    UserFilter,
    change_role,
    close_account,
    find_last_seen,
    invite_user,
    list_users,
    make_link,
    name_state,
    open_account,
    reset_password,
    reset_second_factor,
    sign_out,
)
from corpus_app.accounts.views.filtered_pages import turn_page
from corpus_app.accounts.views.own import describe_sessions

_RECENT: Final = 10
_CHANGES: Final[dict[str, Callable[[User, User], str]]] = {
    "close": close_account,
    "open": open_account,
    "reset": reset_password,
    "sign-out": sign_out,
    "two-factor": reset_second_factor,
}


@never_cache
@require_safe
@login_required
@permission_required(MANAGE, raise_exception=True)
def show_users(request: HttpRequest) -> HttpResponse:
    """List the accounts that the filter asks for."""
    asked = UserFilter.from_params(request.GET)
    shown = turn_page(request, list_users(asked))
    context = {
        **shown,
        "asked": asked,
        "lines": [_describe(user) for user in shown["page"].object_list],
        "roles": ROLES.items(),
        "states": _name_states().items(),
    }
    return render(request, "accounts/users.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@permission_required(MANAGE, raise_exception=True)
def invite(request: HttpRequest) -> HttpResponse:
    """Make an account and show, this once, the link by which its owner sets a password."""
    form = InvitationForm(request.POST or None)
    if not form.is_valid():
        status = 400 if request.method == "POST" else 200
        return render(request, "accounts/user_new.html", {"form": form}, status=status)
    user = invite_user(**form.cleaned_data)
    words = _("开通账号，%s") % ROLES[form.cleaned_data["role"]]
    record_activity(request, Activity.Kind.ACCOUNT, user.username, words)
    return _show_user(request, user, link=make_link(user))


@never_cache
@require_safe
@login_required
@permission_required(MANAGE, raise_exception=True)
def show_user(request: HttpRequest, user_id: int) -> HttpResponse:
    """Show an account, where it is signed in and what was recorded of it lately."""
    return _show_user(request, _find(user_id))


@never_cache
@require_POST
@login_required
@permission_required(MANAGE, raise_exception=True)
def change_user(request: HttpRequest, user_id: int) -> HttpResponse:
    """Do to an account what the button says; a new link is on the answer alone."""
    user, by, action = _find(user_id), cast(User, request.user), request.POST.get("action", "")
    try:
        done = _change(user, by, action, request.POST.get("role", ""))
    except AccountError as error:
        messages.error(request, str(error))
        return redirect("user", user.pk)
    record_activity(request, Activity.Kind.ACCOUNT, user.username, done)
    if action in ("reset", "link"):
        return _show_user(request, user, link=make_link(user))
    messages.success(request, _("已办理：%s。") % done)
    return redirect("user", user.pk)


def _change(user: User, by: User, action: str, role: str) -> str:
    if action == "role":
        return change_role(user, role, by)
    if action == "link":
        if name_state(user) != "invited":
            raise AccountError(_("账号已设密码；忘记密码的，请用“重置密码”。"))
        return _("重新生成链接")
    if action not in _CHANGES:
        raise AccountError(_("没有这项操作。"))
    return _CHANGES[action](user, by)


def _show_user(request: HttpRequest, user: User, link: str = "") -> HttpResponse:
    account = list_users(UserFilter()).get(pk=user.pk)
    context = {
        "line": _describe(account),
        "link": request.build_absolute_uri(link) if link else "",
        "sessions": describe_sessions(account),
        "recent": _list_recent(account),
        "roles": ROLES.items(),
        "is_self": account == request.user,
        "own_groups": account.user_groups.filter(dissolved_at=None),
        "other_groups": UserGroup.objects.filter(dissolved_at=None).exclude(members=account),
    }
    return render(request, "accounts/user.html", context)


def _list_recent(user: User) -> QuerySet[Activity]:
    own = Q(user=user)
    others = Q(kind=Activity.Kind.ACCOUNT, subject=user.get_username())
    return Activity.objects.filter(own | others)[:_RECENT]


def _find(user_id: int) -> User:
    return get_object_or_404(User, pk=min(user_id, 2**63 - 1))


def _describe(user: User) -> dict[str, Any]:
    role, state = read_role(user), name_state(user)
    return {
        "account": user,
        "name": user.get_full_name(),
        "role": role,
        "role_name": ROLES.get(role, _("未指定")),
        "state": state,
        "state_name": _name_states()[state],
        "seen_at": find_last_seen(user),
    }


def _name_states() -> dict[str, str]:
    return {"active": _("在用"), "invited": _("待启用"), "closed": _("已停用")}
