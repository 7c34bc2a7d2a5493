"""Who may see a published speech: a level, and at one of the levels the groups it is open to.

The groups' ids stand in one column of the speech (",3,15,"): so the history of a speech tells
whom it was open to and when, and the condition needs no join, which would double rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy

from corpus_app.access.audience import EDITORS, MEMBERS, STRANGERS, Audience, read_audience
from corpus_app.access.models import UserGroup

# As access.audience counts those who see them. GROUPS came last: it is less strict than INTERNAL.
PUBLIC, SIGNED_IN, INTERNAL, GROUPS = STRANGERS, MEMBERS, EDITORS, 3
# As programs and tables name the levels, the strictest last; and as pages do.
LEVEL_NAMES: Final = {
    PUBLIC: "public",
    SIGNED_IN: "members",
    GROUPS: "groups",
    INTERNAL: "internal",
}
LEVEL_LABELS: Final[dict[int, str | Promise]] = {
    PUBLIC: gettext_lazy("公开"),
    SIGNED_IN: gettext_lazy("登录可见"),
    GROUPS: gettext_lazy("指定用户组"),
    INTERNAL: gettext_lazy("仅供内部"),
}
# What stands on copies, on paper and in files.
_MARKS: Final = {INTERNAL: "仅供内部，请勿外传", GROUPS: "仅限指定人员，请勿外传"}
STRICTEST_MARKS: Final = tuple(_MARKS.values())
# So many fit into the column.
MOST_GROUPS: Final = 20
COLUMN_CHARS: Final = 250
_COMMA: Final = ","


@dataclass(frozen=True, slots=True)
class AccessLimit:
    """A level, and the ids of the groups that it is open to, in their order."""

    access: int = PUBLIC
    groups: tuple[int, ...] = ()

    @classmethod
    def make(cls, access: int, groups: Iterable[int] = ()) -> AccessLimit:
        """Return the limit; ValueError for no level, for groups without any, or too many."""
        chosen = tuple(sorted(set(groups))) if access == GROUPS else ()
        if access not in LEVEL_NAMES:
            raise ValueError(_("没有这一级可见范围。"))
        if access == GROUPS and not chosen:
            raise ValueError(_("请至少选择一个用户组。"))
        if len(chosen) > MOST_GROUPS:
            raise ValueError(_("一篇讲话最多指定 %(count)d 个用户组。") % {"count": MOST_GROUPS})
        return cls(access, chosen)

    @classmethod
    def from_words(cls, words: str) -> AccessLimit:
        """Return what to_words gave; ValueError for anything else."""
        name, _colon, ids = words.partition(":")
        levels = {known: level for level, known in LEVEL_NAMES.items()}
        if name not in levels:
            raise ValueError(_("没有这一级可见范围。"))
        return cls(levels[name], tuple(int(one) for one in ids.split(",") if one))

    def to_words(self) -> str:
        """Return the limit as a text: "members", "groups:3,15"."""
        ids = ",".join(map(str, self.groups))
        return f"{self.name}:{ids}" if ids else self.name

    @property
    def name(self) -> str:
        """Return the level as programs name it."""
        return LEVEL_NAMES[self.access]

    @property
    def label(self) -> str:
        """Return the level in words."""
        return str(LEVEL_LABELS[self.access])

    @property
    def mark(self) -> str:
        """Return what copies and files bear, Chinese as they are; "" where all may have it."""
        return _MARKS.get(self.access, "")

    def is_open_to(self, who: Audience) -> bool:
        """Return whether the audience may see what is published under the limit."""
        if who.sees_all or self.access <= who.rank:
            return True
        return self.access == GROUPS and not set(self.groups).isdisjoint(who.groups)

    def tell(self, names: Mapping[int, str]) -> str:
        """Return the limit in words, with those of its groups that have a name here."""
        told = [f"“{names[one]}”" for one in self.groups if one in names]
        if not told:
            return self.label
        return _("用户组%(names)s") % {"names": _("、").join(told)}


EVERYBODY: Final = AccessLimit()


def tighten(one: AccessLimit, other: AccessLimit) -> AccessLimit:
    """Return the limit of what may be seen by those alone who may see both.

    >>> tighten(AccessLimit(GROUPS, (1, 2)), AccessLimit(GROUPS, (2, 3)))
    AccessLimit(access=3, groups=(2,))
    """
    if one.access == other.access == GROUPS:
        both = tuple(group for group in one.groups if group in other.groups)
        return AccessLimit(GROUPS, both) if both else AccessLimit(INTERNAL)
    return max(one, other, key=lambda limit: [*LEVEL_NAMES].index(limit.access))


def write_groups(groups: Iterable[int]) -> str:
    """Return ids as the column holds them.

    >>> write_groups((3, 15)), write_groups(())
    (',3,15,', '')
    """
    joined = _COMMA.join(map(str, groups))
    return f"{_COMMA}{joined}{_COMMA}" if joined else ""


def read_groups(column: str) -> tuple[int, ...]:
    """Return the ids that the column holds."""
    return tuple(int(one) for one in column.split(_COMMA) if one)


def match_visible(prefix: str = "", audience: Audience | None = None) -> Q:
    """Return the condition that the audience may see a published speech.

    Without an audience it is whoever is answered; prefix leads to the speech ("speech__").
    """
    who = read_audience() if audience is None else audience
    if who.sees_all:
        return Q()
    seen = Q(**{f"{prefix}access__lte": who.rank})
    for group in who.groups:
        seen |= match_group(group, prefix)
    return seen


def match_group(group: int, prefix: str = "") -> Q:
    """Return the condition that a speech is open to the group."""
    opened = {f"{prefix}access": GROUPS, f"{prefix}open_to__contains": write_groups((group,))}
    return Q(**opened)


def read_limit(level: str, groups: Iterable[str] = ()) -> AccessLimit:
    """Return the limit of a level's name, or of groups by their names, which go before it.

    Raises ValueError for a name that no level or living group has.
    """
    named = list(groups)
    if not named:
        return AccessLimit.from_words(level)
    ids = {name: pk for pk, name in name_groups().items()}
    unknown = [name for name in named if name not in ids]
    if unknown:
        raise ValueError(_("没有这个用户组：%s。") % _("、").join(unknown))
    return AccessLimit.make(GROUPS, (ids[name] for name in named))


def list_single_choices() -> list[tuple[str, str]]:
    """Return (as to_words has it, in words) each level, of groups one for each that lives.

    "" is for everybody.
    """
    groups = [
        (AccessLimit(GROUPS, (pk,)).to_words(), AccessLimit(GROUPS, (pk,)).tell({pk: name}))
        for pk, name in name_groups().items()
    ]
    first, last = ("", str(LEVEL_LABELS[PUBLIC])), ("internal", str(LEVEL_LABELS[INTERNAL]))
    return [first, ("members", str(LEVEL_LABELS[SIGNED_IN])), *groups, last]


def name_groups(*, every: bool = False, also: Iterable[int] = ()) -> dict[int, str]:
    """Return the names of the living groups by id, in the order of the names.

    Of the dissolved ones, too, that are named by also, or of every one; those say so. Who is no
    editor is told of none but their own.
    """
    rows = UserGroup.objects.order_by("name", "pk")
    if not every:
        rows = rows.filter(Q(dissolved_at=None) | Q(pk__in=[*also]))
    if not (who := read_audience()).sees_all:
        rows = rows.filter(pk__in=who.groups)
    gone = _("%(name)s（已解散）")
    return {row.pk: gone % {"name": row.name} if row.dissolved_at else row.name for row in rows}
