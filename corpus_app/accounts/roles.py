"""The four roles: a user has one, or none."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.contrib.auth.models import AnonymousUser, Group, User
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _, pgettext_lazy

ROLES: Final[dict[str, str | Promise]] = {
    "reader": _("读者"),
    "clerk": _("文稿人员"),
    "editor": pgettext_lazy("角色", "编辑"),
    "admin": _("管理员"),
}
# Who enters Django's administration.
_STAFF: Final = ("editor", "admin")
# For whom the second factor is required, by what CORPUS_TWO_FACTOR says.
_REQUIRED: Final = {"optional": (), "admins": ("admin",), "editors": _STAFF}
# Who may see and change accounts.
MANAGE: Final = "auth.change_user"


def read_role(user: User | AnonymousUser) -> str:
    """Return the user's role, the mightiest where groups of several were given; "" for none."""
    if not isinstance(user, User):
        return ""
    if user.is_superuser:
        return "admin"
    names = {group.name for group in user.groups.all()}
    return next((role for role in reversed(ROLES) if role in names), "")


def give_role(user: User, role: str) -> None:
    """Give the user the role and take the others away."""
    user.groups.remove(*Group.objects.filter(name__in=ROLES))
    user.groups.add(Group.objects.get(name=role))
    user.is_staff = role in _STAFF
    # Whoever came by `createsuperuser` stays what they are only as an admin.
    user.is_superuser = user.is_superuser and role == "admin"
    user.save(update_fields=["is_staff", "is_superuser"])


def needs_second_factor(user: User | AnonymousUser) -> bool:
    """Tell whether the user's role must have a second factor."""
    required = _REQUIRED[settings.TWO_FACTOR]
    return bool(required) and read_role(user) in required
