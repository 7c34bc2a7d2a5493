"""What admins do with groups of users: set up, rename, fill, dissolve, bring back."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Count, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from corpus_app.access.models import UserGroup
from corpus_app.accounts.users import AccountError
from corpus_app.catalog.limits import read_groups
from corpus_app.catalog.models import Speech
from corpus_app.text.chars import tidy


@dataclass(frozen=True)
class GroupLine:
    """A group with how many members it has and how many speeches are open to it."""

    group: UserGroup
    members: int
    speeches: int
    # Of them, those that are open to no living group: editors alone see them.
    closed: int


def list_groups() -> list[GroupLine]:
    """Return the groups, those that live first; three queries however many there are."""
    counted = UserGroup.objects.annotate(member_count=Count("members"))
    groups = sorted(counted, key=lambda one: one.dissolved_at is not None)
    living = {one.pk for one in groups if one.dissolved_at is None}
    opened: dict[int, list[int]] = {one.pk: [0, 0] for one in groups}
    columns = Speech.objects.exclude(open_to="").order_by().values_list("open_to")
    for column, number in columns.annotate(number=Count("pk")):
        ids = read_groups(column)
        for pk in ids:
            if pk in opened:
                opened[pk][0] += number
                opened[pk][1] += 0 if living.intersection(ids) else number
    return [GroupLine(one, one.member_count, *opened[one.pk]) for one in groups]


def find_line(group: UserGroup) -> GroupLine:
    """Return the group's line of the list."""
    return next(line for line in list_groups() if line.group.pk == group.pk)


def list_members(group: UserGroup) -> QuerySet[User]:
    """Return the group's members by name."""
    return group.members.order_by("username")


@transaction.atomic
def create_group(name: str) -> UserGroup:
    """Set up a group without members; AccountError for a name that is blank or taken."""
    return UserGroup.objects.create(name=_check_name(name))


@transaction.atomic
def rename_group(group: UserGroup, name: str) -> str:
    """Give the group another name; return what was changed."""
    before, group.name = group.name, _check_name(name, group)
    group.save(update_fields=["name"])
    return _("改名：%(before)s → %(after)s") % {"before": before, "after": group.name}


@transaction.atomic
def add_members(group: UserGroup, names: str) -> str:
    """Add users by their names, between blanks or commas; return what was changed.

    AccountError where one is nobody's: then nobody is added.
    """
    asked = dict.fromkeys(names.replace("，", " ").replace("、", " ").replace(",", " ").split())
    found = {user.username: user for user in User.objects.filter(username__in=asked)}
    missing = [name for name in asked if name not in found]
    if missing:
        raise AccountError(_("没有这些用户名：%s。") % _("、").join(missing))
    if not asked:
        raise AccountError(_("请填写用户名。"))
    group.members.add(*found.values())
    return _("加入：%s") % _("、").join(found)


def remove_member(group: UserGroup, user: User) -> str:
    """Take a user out: what is open to the group alone is out of their sight at once."""
    group.members.remove(user)
    return _("移出：%s") % user.username


def dissolve_group(group: UserGroup) -> str:
    """Let the group open nothing any more; what was open to it alone is closed, not opened."""
    group.dissolved_at = timezone.now()
    group.save(update_fields=["dissolved_at"])
    closed = find_line(group).closed
    return _("解散，%d 篇讲话随之仅编辑可见") % closed if closed else _("解散")


@transaction.atomic
def restore_group(group: UserGroup) -> str:
    """Bring a dissolved group back as it was; AccountError where its name is taken meanwhile."""
    _check_name(group.name, group)
    group.dissolved_at = None
    group.save(update_fields=["dissolved_at"])
    return _("恢复")


def _check_name(name: str, group: UserGroup | None = None) -> str:
    fitting = tidy(name)
    if not fitting:
        raise AccountError(_("请填写用户组的名称。"))
    longest = UserGroup._meta.get_field("name").max_length or 0
    if len(fitting) > longest:
        raise AccountError(_("名称最多 %d 字。") % longest)
    same = UserGroup.objects.filter(name__iexact=fitting, dissolved_at=None)
    if same.exclude(pk=group.pk if group else 0).exists():
        raise AccountError(_("已有这个名称的用户组。"))
    return fitting
