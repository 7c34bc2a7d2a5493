"""The parts of a parsed query; each says in words what it asks for."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from django.utils.translation import gettext as _

from search.query.fields import FIELD_LABELS

MAX_NEAR: Final = 200


@dataclass(frozen=True, slots=True)
class Everything:
    """Every unit: an empty query, or a lone *."""

    def describe(self) -> str:
        """Return the node in words."""
        return _("全部内容")


@dataclass(frozen=True, slots=True)
class Phrase:
    """Exactly these characters in a row (quoted)."""

    text: str

    def describe(self) -> str:
        """Return the node in words."""
        return _("含“%(text)s”原文") % {"text": self.text}


@dataclass(frozen=True, slots=True)
class Words:
    """Every word of an unquoted term, or any of a question's, anywhere in the unit."""

    text: str
    words: tuple[str, ...]
    any_word: bool = False

    @property
    def is_exact(self) -> bool:
        """Tell whether the term is read as its characters in a row, not by its words."""
        return self.words == (self.text,)

    def describe(self) -> str:
        """Return the node in words."""
        if len(self.words) < 2:
            return _("含“%(text)s”") % {"text": self.words[0] if self.any_word else self.text}
        told = _("含%(words)s中的词语") if self.any_word else _("含%(words)s各词")
        return told % {"words": "".join(f"“{word}”" for word in self.words)}


@dataclass(frozen=True, slots=True)
class Prefix:
    """Words that begin with these characters."""

    text: str

    def describe(self) -> str:
        """Return the node in words."""
        return _("含以“%(text)s”开头的词语") % {"text": self.text}


@dataclass(frozen=True, slots=True)
class Near:
    """Two strings with at most distance characters between them, in either order."""

    left: Phrase | Words
    right: Phrase | Words
    distance: int

    def describe(self) -> str:
        """Return the node in words."""
        return _("“%(left)s”与“%(right)s”相距不超过 %(distance)s 字") % {
            "left": self.left.text,
            "right": self.right.text,
            "distance": self.distance,
        }


@dataclass(frozen=True, slots=True)
class Regex:
    """What a regular expression matches in the wording of the source.

    position is the expression's in the query, for an error met while it runs.
    """

    pattern: str
    position: int = field(default=0, compare=False)

    def describe(self) -> str:
        """Return the node in words."""
        return _("含符合正则表达式 /%(pattern)s/ 的文字") % {"pattern": self.pattern}


@dataclass(frozen=True, slots=True)
class FieldText:
    """In a field of the speech: all of words, or where there are none the text as it stands."""

    field: str
    text: str
    words: tuple[str, ...]

    def describe(self) -> str:
        """Return the node in words."""
        return _("%(field)s含“%(text)s”") % {
            "field": FIELD_LABELS[self.field],
            "text": self.text,
        }


@dataclass(frozen=True, slots=True)
class FieldCode:
    """A level, genre, completeness or what day a speech's date is."""

    field: str
    code: str
    label: str

    def describe(self) -> str:
        """Return the node in words."""
        return _("%(field)s为%(label)s") % {
            "field": FIELD_LABELS[self.field],
            "label": self.label,
        }


@dataclass(frozen=True, slots=True)
class DateRange:
    """Speeches whose period overlaps the one from first to last (None: open)."""

    first: datetime.date | None
    last: datetime.date | None

    def describe(self) -> str:
        """Return the node in words."""
        if self.first and self.last:
            words = _("日期在 %(first)s 至 %(last)s 之间")
        elif self.first:
            words = _("日期不早于 %(first)s")
        else:
            words = _("日期不晚于 %(last)s")
        return words % {"first": self.first, "last": self.last}


@dataclass(frozen=True, slots=True)
class ThemeNamed:
    """Sections that bear a theme, by its name or slug, or one below it."""

    name: str

    def describe(self) -> str:
        """Return the node in words."""
        return _("主题为“%(name)s”") % {"name": self.name}


@dataclass(frozen=True, slots=True)
class SloganNamed:
    """Places where a slogan or a variant of it stands."""

    text: str

    def describe(self) -> str:
        """Return the node in words."""
        return _("含提法“%(text)s”") % {"text": self.text}


@dataclass(frozen=True, slots=True)
class SpeechesPicked:
    """Speeches picked by hand."""

    ids: tuple[int, ...]

    def describe(self) -> str:
        """Return the node in words."""
        return _("手选的 %(count)d 篇") % {"count": len(self.ids)}


@dataclass(frozen=True, slots=True)
class InSubcorpus:
    """The speeches of a subcorpus, by its token; once read, with its name and what it holds.

    position is the token's in the query, for an error met while it is looked up.
    """

    token: str
    name: str = ""
    holds: Node | SpeechesPicked | None = field(default=None, compare=False)
    position: int = field(default=0, compare=False)

    def describe(self) -> str:
        """Return the node in words."""
        return _("在子语料库“%(name)s”中") % {"name": self.name or self.token}


@dataclass(frozen=True, slots=True)
class Not:
    """What the child does not hold for."""

    child: Node

    def describe(self) -> str:
        """Return the node in words."""
        if isinstance(self.child, Phrase | Words | Prefix | Regex):
            return _("不%(child)s") % {"child": self.child.describe()}
        return _("排除〔%(child)s〕") % {"child": self.child.describe()}


@dataclass(frozen=True, slots=True)
class And:
    """What all children hold for."""

    children: tuple[Node, ...]

    def describe(self) -> str:
        """Return the node in words."""
        return "，".join(_bracket(child) for child in self.children)


@dataclass(frozen=True, slots=True)
class Or:
    """What one of the children holds for."""

    children: tuple[Node, ...]

    def describe(self) -> str:
        """Return the node in words."""
        return _("，或").join(_bracket(child) for child in self.children)


Leaf = (
    Everything
    | Phrase
    | Words
    | Prefix
    | Near
    | Regex
    | FieldText
    | FieldCode
    | DateRange
    | ThemeNamed
    | SloganNamed
    | InSubcorpus
)
Node = Leaf | Not | And | Or


def _bracket(node: Node) -> str:
    words = node.describe()
    return f"〔{words}〕" if isinstance(node, And | Or) else words


def walk_leaves(node: Node, *, positive_only: bool = False) -> Iterator[Leaf]:
    """Yield the leaves in order; positive_only leaves out what stands under an odd NOT."""
    for leaf, positive in _walk_signed(node, True):
        if positive or not positive_only:
            yield leaf


def _walk_signed(node: Node, positive: bool) -> Iterator[tuple[Leaf, bool]]:
    if isinstance(node, Not):
        yield from _walk_signed(node.child, not positive)
    elif isinstance(node, And | Or):
        for child in node.children:
            yield from _walk_signed(child, positive)
    else:
        yield node, positive
