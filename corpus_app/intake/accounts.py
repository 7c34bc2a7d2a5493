"""The demo accounts: one for each kind of user, with a password that everybody knows."""

from __future__ import annotations

from typing import Final

from django.contrib.auth.models import Group, User
from django.db import transaction

DEMO_PASSWORD: Final = "yanku-demo"
# Account, role, whether it enters the administration.
DEMO_ACCOUNTS: Final = (
    ("researcher", "reader", False),
    ("clerk", "clerk", False),
    ("editor", "editor", True),
    ("admin", "admin", True),
)


@transaction.atomic
def make_demo_accounts() -> list[str]:
    """Make the demo accounts that are missing; return their names."""
    made = []
    for name, role, is_staff in DEMO_ACCOUNTS:
        if User.objects.filter(username=name).exists():
            continue
        user = User.objects.create_user(
            name, password=DEMO_PASSWORD, is_staff=is_staff, is_superuser=role == "admin"
        )
        user.groups.add(Group.objects.get(name=role))
        made.append(name)
    return made


def close_demo_accounts() -> list[str]:
    """Lock accounts that still have the demo password; return their names.

    For a data folder that was begun in demo mode and is now used in production.
    """
    names = [name for name, _role, _staff in DEMO_ACCOUNTS]
    known = User.objects.filter(username__in=names, is_active=True)
    closed = [user for user in known if user.check_password(DEMO_PASSWORD)]
    User.objects.filter(pk__in=[user.pk for user in closed]).update(is_active=False)
    return [user.username for user in closed]
