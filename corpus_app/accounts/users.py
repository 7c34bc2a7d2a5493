"""What admins do with accounts: list, make, give a role, close, open, reset."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.contrib.auth.models import User
from django.contrib.auth.tokens import default_token_generator
from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Q, QuerySet, Subquery
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _
from django_otp.plugins.otp_totp.models import TOTPDevice

from corpus_app.access.models import Activity
from corpus_app.accounts.models import Session
from corpus_app.accounts.roles import ROLES, give_role, read_role
from corpus_app.accounts.second_factor import remove_second_factor
from corpus_app.accounts.sessions import end_sessions

STATES: Final = ("active", "invited", "closed")


class AccountError(ValueError):
    """What can't be done to an account; the message says why, in Chinese."""


@dataclass(frozen=True)
class UserFilter:
    """Which accounts are listed: words in the names, a role, a state; "" for all."""

    words: str = ""
    role: str = ""
    state: str = ""

    @classmethod
    def from_params(cls, params: QueryDict) -> UserFilter:
        """Return the filter that an address asks for; what is no role or state is passed over."""
        role, state = params.get("role", ""), params.get("state", "")
        return cls(
            params.get("q", "").strip()[:150],
            role if role in ROLES else "",
            state if state in STATES else "",
        )


def list_users(asked: UserFilter) -> QuerySet[User]:
    """Return the accounts with seen_at, two_factor (annotated) and their groups, by name."""
    used = Session.objects.filter(user=OuterRef("pk")).order_by()
    done = Activity.objects.filter(user=OuterRef("pk")).order_by()
    rows = User.objects.annotate(
        used_at=Subquery(used.values("user").annotate(last=Max("used_at")).values("last")),
        done_at=Subquery(done.values("user").annotate(last=Max("at")).values("last")),
        two_factor=Exists(TOTPDevice.objects.filter(user=OuterRef("pk"), confirmed=True)),
    )
    if asked.words:
        named = Q(username__icontains=asked.words) | Q(first_name__icontains=asked.words)
        rows = rows.filter(named | Q(last_name__icontains=asked.words))
    if asked.role == "admin":
        rows = rows.filter(Q(is_superuser=True) | Q(groups__name="admin"))
    elif asked.role:
        rows = rows.filter(groups__name=asked.role, is_superuser=False)
    if asked.state == "closed":
        rows = rows.filter(is_active=False)
    elif asked.state:
        unset = Q(password__startswith="!")
        rows = rows.filter(unset if asked.state == "invited" else ~unset, is_active=True)
    return rows.prefetch_related("groups").order_by("username").distinct()


def name_state(user: User) -> str:
    """Return "active", "invited" (no password set yet) or "closed"."""
    if not user.is_active:
        return "closed"
    return "active" if user.has_usable_password() else "invited"


def find_last_seen(user: User) -> datetime | None:
    """Return when a user of list_users was last here, None for never."""
    moments = (user.last_login, getattr(user, "used_at", None), getattr(user, "done_at", None))
    return max((moment for moment in moments if moment), default=None)


@transaction.atomic
def invite_user(username: str, name: str, role: str) -> User:
    """Make an account without a password; its owner sets one by the link."""
    user = User.objects.create_user(username)
    user.first_name = name
    user.set_unusable_password()
    user.save()
    give_role(user, role)
    return user


def make_link(user: User) -> str:
    """Return the address at which the user sets a password: once, for some days."""
    code = urlsafe_base64_encode(force_bytes(user.pk))
    return reverse("set_password", args=[code, default_token_generator.make_token(user)])


@transaction.atomic
def change_role(user: User, role: str, by: User) -> str:
    """Give the user another role; return what was changed. Sessions end: rights hold at once."""
    if role not in ROLES:
        raise AccountError(_("没有这个角色。"))
    before = read_role(user)
    if role == before:
        raise AccountError(_("角色与现在一致，未作改动。"))
    if before == "admin":
        _check_dispensable(user, by)
    give_role(user, role)
    return f"{ROLES.get(before, _('未指定'))} → {ROLES[role]}"


@transaction.atomic
def close_account(user: User, by: User) -> str:
    """Let the user in no more and end all sessions; what they did stays theirs."""
    _check_dispensable(user, by)
    user.is_active = False
    user.save(update_fields=["is_active"])
    end_sessions(user.pk)
    return _("停用账号")


def open_account(user: User, by: User) -> str:
    """Let the user in again."""
    user.is_active = True
    user.save(update_fields=["is_active"])
    return _("恢复账号")


@transaction.atomic
def reset_password(user: User, by: User) -> str:
    """Void the password, all sessions and tokens; the link is asked for apart."""
    if user == by:
        raise AccountError(_("自己的密码请在“我的账号”里更改。"))
    user.set_unusable_password()
    user.save(update_fields=["password"])
    end_sessions(user.pk)
    user.api_tokens.filter(revoked_at=None).update(revoked_at=timezone.now())
    return _("重置密码")


def sign_out(user: User, by: User) -> str:
    """End all sessions of the user."""
    return _("结束登录 %d 处") % end_sessions(user.pk)


@transaction.atomic
def reset_second_factor(user: User, by: User) -> str:
    """Remove the second factor of somebody who lost it."""
    if user == by:
        raise AccountError(_("自己的两步验证请在“我的账号”里停用。"))
    remove_second_factor(user)
    end_sessions(user.pk)
    return _("解除两步验证")


def _check_dispensable(user: User, by: User) -> None:
    """Raise AccountError where nobody would be left to undo it."""
    if user == by:
        raise AccountError(_("不能停用自己的账号，也不能取消自己的管理员角色。"))
    if read_role(user) != "admin":
        return
    others = User.objects.filter(is_active=True).exclude(pk=user.pk)
    if not others.filter(Q(is_superuser=True) | Q(groups__name="admin")).exists():
        raise AccountError(_("这是最后一个管理员账号，不能停用，也不能改为其他角色。"))
