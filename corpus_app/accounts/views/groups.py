"""Groups of users, for admins."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from corpus_app.access.models import Activity, UserGroup
from corpus_app.access.recording import record_activity
from corpus_app.accounts import groups
from corpus_app.accounts.roles import MANAGE
from corpus_app.accounts.users import AccountError
from corpus_app.text.numbers import read_number


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@permission_required(MANAGE, raise_exception=True)
def show_groups(request: HttpRequest) -> HttpResponse:
    """List the groups; set one up by its name."""
    if request.method == "POST":
        try:
            group = groups.create_group(request.POST.get("name", ""))
        except AccountError as fault:
            messages.error(request, str(fault))
            return redirect("groups")
        record_activity(request, Activity.Kind.GROUP, group.name, _("设立"))
        return redirect("group", group.pk)
    return render(request, "accounts/groups.html", {"lines": groups.list_groups()})


@never_cache
@require_safe
@login_required
@permission_required(MANAGE, raise_exception=True)
def show_group(request: HttpRequest, group_id: int) -> HttpResponse:
    """Show a group, its members and how many speeches are open to it."""
    group = _find(group_id)
    line = groups.find_line(group)
    members = groups.list_members(group)
    context = {"line": line, "group": group, "members": members}
    return render(request, "accounts/group.html", context)


@never_cache
@require_POST
@login_required
@permission_required(MANAGE, raise_exception=True)
def change_group(request: HttpRequest, group_id: int) -> HttpResponse:
    """Do to a group what the button says, from its own page or from a user's."""
    group = _find(group_id)
    try:
        done = _change(request, group)
    except AccountError as fault:
        messages.error(request, str(fault))
    else:
        record_activity(request, Activity.Kind.GROUP, group.name, done)
        messages.success(request, _("已办理：%s。") % done)
    back = read_number(request.POST.get("back"))
    return redirect("user", back) if back else redirect("group", group.pk)


def _change(request: HttpRequest, group: UserGroup) -> str:
    action = request.POST.get("action", "")
    if action == "restore":
        return groups.restore_group(group)
    if group.dissolved_at:
        raise AccountError(_("这个用户组已经解散。"))
    if action == "rename":
        return groups.rename_group(group, request.POST.get("name", ""))
    if action == "add":
        return groups.add_members(group, request.POST.get("names", ""))
    if action == "remove":
        user = User.objects.filter(pk=read_number(request.POST.get("user")) or 0).first()
        if user is None:
            raise AccountError(_("没有这个用户。"))
        return groups.remove_member(group, user)
    if action == "dissolve":
        return groups.dissolve_group(group)
    raise AccountError(_("没有这项操作。"))


def _find(group_id: int) -> UserGroup:
    return get_object_or_404(UserGroup, pk=min(group_id, 2**63 - 1))
