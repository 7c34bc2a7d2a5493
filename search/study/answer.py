"""What every answer about a query says of itself, so that its figures can be cited."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from search.presentation.notes import (
    describe_coverage,
    describe_filters,
    describe_today,
)
from search.presentation.sheets import Cell
from search.request import SearchRequest
from search.result import Coverage, RunReading


@dataclass(frozen=True, slots=True)
class Grounds:
    """What an answer rests on.

    understood is the query in words, runs tells how each run without blanks was read. has_key is
    False where the query names nothing that could be counted (only a theme or date). searched is
    what the facets leave of the corpus. version is a word that stays as long as the index does,
    "" while it is being written. stale is true while the index is missing or made by older rules.
    """

    understood: str
    runs: tuple[RunReading, ...]
    has_key: bool
    searched: Coverage
    corpus: Coverage
    version: str = ""
    stale: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyAnswer:
    """An answer with its grounds; a view's own answer adds its request and figures."""

    grounds: Grounds

    @property
    def understood(self) -> str:
        """Return the query in words."""
        return self.grounds.understood

    @property
    def runs(self) -> tuple[RunReading, ...]:
        """Return how each run of the query was read."""
        return self.grounds.runs

    @property
    def has_key(self) -> bool:
        """Tell whether the query names something that can be counted."""
        return self.grounds.has_key

    @property
    def searched(self) -> Coverage:
        """Return what was looked through."""
        return self.grounds.searched

    @property
    def corpus(self) -> Coverage:
        """Return the whole corpus."""
        return self.grounds.corpus

    @property
    def stale(self) -> bool:
        """Tell whether the index lags behind, so that figures may lack something."""
        return self.grounds.stale


def note_query(search: SearchRequest, grounds: Grounds) -> list[tuple[str, Cell]]:
    """Return the notes of a table that say what was asked."""
    unit = _("章节") if search.unit == "section" else _("篇")
    return [
        (_("检索式"), search.text or _("无")),
        (_("检索含义"), grounds.understood),
        (_("检索单位"), unit),
        (_("筛选条件"), describe_filters(search)),
    ]


def note_grounds(grounds: Grounds) -> list[tuple[str, Cell]]:
    """Return the notes of a table that say from when and what it is counted."""
    notes: list[tuple[str, Cell]] = [
        (_("导出日期"), describe_today()),
        (_("检索范围"), describe_coverage(grounds.searched)),
        (_("语料库规模"), describe_coverage(grounds.corpus)),
        (_("语料库版本"), grounds.version),
    ]
    if grounds.stale:
        notes.append((_("提示"), _("索引尚未更新，结果可能不全")))
    return notes
