"""Accounts with their groups and rights, never with what lets anybody in as them."""

from __future__ import annotations

from typing import Final

from django.contrib.auth.models import Group, Permission, User
from django.db import transaction

from corpus_app.access.models import UserGroup
from corpus_app.intake.exchange.rows import Values
from corpus_app.intake.exchange.tables import Moved, Taken

FIELDS: Final = (
    *("username", "first_name", "last_name", "email"),
    *("is_active", "is_staff", "is_superuser"),
)


def describe_accounts() -> Values:
    """Return groups and users; passwords, second factors, sessions and tokens stay behind."""
    groups = Group.objects.prefetch_related("permissions__content_type").order_by("name")
    users = User.objects.prefetch_related("groups", "user_permissions__content_type")
    return {
        "groups": [
            {"name": group.name, "permissions": _name_rights(group.permissions.all())}
            for group in groups
        ],
        "users": [
            {
                **{name: getattr(user, name) for name in FIELDS},
                "date_joined": user.date_joined,
                "groups": sorted(group.name for group in user.groups.all()),
                "permissions": _name_rights(user.user_permissions.all()),
            }
            for user in users.order_by("pk")
        ],
        "members": {
            str(group.pk): sorted(str(user) for user in group.members.all())
            for group in UserGroup.objects.prefetch_related("members").order_by("pk")
        },
    }


def load_accounts(values: Values) -> Taken:
    """Make the groups and users that are not here; those that are stay as they are.

    Nobody can sign in as a user made so before an admin has set a password.
    """
    taken = Taken()
    with transaction.atomic():
        for one in values["groups"]:
            group, new = Group.objects.get_or_create(name=one["name"])
            if new:
                group.permissions.set(_find_rights(one["permissions"], taken))
        for one in values["users"]:
            if User.objects.filter(username=one["username"]).exists():
                taken.known += 1
                continue
            user = User(**{name: one[name] for name in FIELDS})
            user.set_unusable_password()
            user.full_clean(exclude=["password"])
            user.date_joined = User._meta.get_field("date_joined").to_python(one["date_joined"])
            user.save()
            user.groups.set(Group.objects.filter(name__in=one["groups"]))
            user.user_permissions.set(_find_rights(one["permissions"], taken))
            taken.new += 1
    return taken


def load_members(values: Values, moved: Moved) -> None:
    """Put users into the groups of the export that were not here before."""
    groups = moved.rows.get("access.UserGroup", {})
    for number in moved.new.get("access.UserGroup", ()):
        group = groups[number]
        assert isinstance(group, UserGroup)
        group.members.set(User.objects.filter(username__in=values["members"].get(str(number), ())))


def _name_rights(rights: object) -> list[str]:
    assert hasattr(rights, "__iter__")
    return sorted(f"{one.content_type.app_label}.{one.codename}" for one in rights)


def _find_rights(names: list[str], taken: Taken) -> list[Permission]:
    found = []
    for name in names:
        label, _point, codename = name.partition(".")
        right = Permission.objects.filter(content_type__app_label=label, codename=codename).first()
        if right is None:
            taken.lost.append(name)
        else:
            found.append(right)
    return found
