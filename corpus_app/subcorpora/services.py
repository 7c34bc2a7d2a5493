"""Subcorpora made, named and deleted by their owners."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from corpus_app.subcorpora.models import Subcorpus

MOST: Final = 200
MOST_PICKED: Final = 5_000
_LONGEST_NAME: Final = 60
_LONGEST_NOTE: Final = 2_000
_LONGEST_ASKED: Final = 8_000


class SubcorpusError(ValueError):
    """A subcorpus that can't be kept; the message says why, in Chinese."""


@transaction.atomic
def make_subcorpus(
    owner: User, name: str, note: str = "", *, asked: str = "", picked: Iterable[int] = ()
) -> Subcorpus:
    """Return a new subcorpus: of a search by its query string, else of the speeches picked."""
    speeches = sorted(set(picked))
    if not asked and not speeches:
        raise SubcorpusError(_("没有选中讲话，也没有检索条件。"))
    if len(speeches) > MOST_PICKED:
        raise SubcorpusError(_("手选的讲话最多 %d 篇，更多的请按检索条件保存。") % MOST_PICKED)
    if len(asked) > _LONGEST_ASKED:
        raise SubcorpusError(_("检索条件太长。"))
    if Subcorpus.objects.filter(owner=owner).count() >= MOST:
        raise SubcorpusError(_("最多保存 %d 个子语料库，请先删去不用的。") % MOST)
    return Subcorpus.objects.create(
        owner=owner,
        name=_clean_name(name),
        note=note.strip()[:_LONGEST_NOTE],
        asked=asked,
        picked=[] if asked else speeches,
    )


def rename_subcorpus(subcorpus: Subcorpus, name: str, note: str) -> None:
    """Give a subcorpus another name and note; what it holds stays."""
    subcorpus.name, subcorpus.note = _clean_name(name), note.strip()[:_LONGEST_NOTE]
    subcorpus.save(update_fields=["name", "note"])


def _clean_name(name: str) -> str:
    cleaned = " ".join(name.split())[:_LONGEST_NAME]
    if not cleaned:
        raise SubcorpusError(_("请给子语料库起个名称。"))
    return cleaned
