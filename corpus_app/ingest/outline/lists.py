"""Telling headings numbered 一、 from lists numbered the same way inside a section."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from corpus_app.ingest.outline.nodes import HeadParagraph

LIST_RANK: Final = 8
INNER_RANK: Final = 2
_SKIP: Final = 4


@dataclass(slots=True)
class Run:
    """Heads that count on; nested where they stand inside a piece of another run."""

    heads: list[HeadParagraph]
    parent: Run | None
    nested: bool = False

    @property
    def alone(self) -> bool:
        """Whether most of its heads have a line to themselves."""
        return sum(h.alone for h in self.heads) * 2 > len(self.heads)


def demote_lists(heads: Sequence[HeadParagraph], plain: int) -> list[HeadParagraph]:
    """Return the heads with lists moved below every heading; plain counts unnumbered ones."""
    settled = plain >= 2 or sum(h.alone for h in heads) >= 2
    low: dict[int, int] = {}
    group: list[HeadParagraph] = []
    rank = min((h.rank for h in heads if _is_chinese(h)), default=1)
    for head in heads:
        if head.rank < rank:
            low |= _find_lists(group, settled)
            group = []
        elif _is_chinese(head):
            group.append(head)
    low |= _find_lists(group, settled)
    return [replace(h, rank=low.get(h.start, h.rank)) for h in heads]


def _is_chinese(head: HeadParagraph) -> bool:
    """Say whether a head is numbered 一、."""
    return head.marker is not None and head.marker.family == "chinese"


def _find_lists(group: list[HeadParagraph], settled: bool) -> dict[int, int]:
    """Return the lower ranks, by start, of the heads that are items of lists or nested runs."""
    low: dict[int, int] = {}
    for run in _gather_runs(group):
        tight = all(b.paragraph - a.paragraph == 1 for a, b in pairwise(run.heads))
        mere_list = settled and not run.alone and tight and len(run.heads) > 1
        below = run.parent is not None and (run.nested or (run.parent.alone and not run.alone))
        if mere_list or below:
            rank = INNER_RANK if run.alone else LIST_RANK
            low |= {head.start: max(rank, head.rank) for head in run.heads}
    return low


def _gather_runs(group: list[HeadParagraph]) -> list[Run]:
    """Return the runs of a group; a run that its parent outlives is marked as nested."""
    runs: list[Run] = []
    stack: list[Run] = []
    for head in group:
        found = _find_run(stack, head)
        if found is not None:
            above = stack[stack.index(found) + 1 :]
            for run in above:
                run.nested = True
            del stack[stack.index(found) + 1 :]
            found.heads.append(head)
            continue
        while not head.alone and len(stack) > 1 and not stack[-1].alone:
            stack.pop()  # a list ends where the next one begins
        run = Run([head], stack[-1] if stack else None)
        runs.append(run)
        stack = [*stack[-3:], run]
    return runs


def _find_run(stack: list[Run], head: HeadParagraph) -> Run | None:
    """Return the open run a head continues: the next number in the same form, if there is one."""
    for nearest, furthest, same_form in ((1, 1, True), (2, _SKIP, True), (1, 1, False)):
        for run in reversed(stack):
            step = head.ordinal - run.heads[-1].ordinal
            same = run.heads[-1].alone == head.alone
            if nearest <= step <= furthest and (same or not same_form):
                return run
    return None
