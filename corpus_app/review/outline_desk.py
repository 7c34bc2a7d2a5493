"""The outline on its way between stored and edited: what the form holds, act by act."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils.translation import gettext as _

from corpus_app.catalog.models import Revision, Section
from corpus_app.catalog.section_names import name_section
from corpus_app.catalog.text_maps import map_states
from corpus_app.ingest.outline.sections import OutlineSection, open_outline
from corpus_app.intake.revisions.outline import acts as acts
from corpus_app.intake.revisions.outline.settling import (
    OutlineFault,
    dump_outline,
    load_outline,
    settle_outline,
)
from corpus_app.intake.revisions.outlining import move_outline
from corpus_app.text.numbers import read_number

# So many steps can be taken back.
STEPS: Final = 12
MOST_KEPT: Final = 8_000
NOWHERE: Final = -1


@dataclass(frozen=True)
class OutlineRow:
    """A piece as the tree shows it."""

    index: int
    key: str
    head: OutlineSection
    name: str
    opened: bool
    level: int


@dataclass
class OutlineDesk:
    """An outline that is being edited: its states, oldest first, the last one the present."""

    revision: Revision
    states: list[list[OutlineSection]]
    opened: int = NOWHERE
    faults: list[str] = field(default_factory=list)
    typed: str | None = None

    def __post_init__(self) -> None:
        """Read the stored outline once."""
        self.stored = read_stored(self.revision)

    @property
    def heads(self) -> list[OutlineSection]:
        """The present state."""
        return self.states[-1]

    @property
    def changed(self) -> bool:
        """Whether the present state is another than the stored one."""
        return self.heads != self.stored

    @property
    def rows(self) -> list[OutlineRow]:
        """The pieces in reading order."""
        text = self.revision.text
        return [
            OutlineRow(
                index, one.key, one, name_section(one, text), index == self.opened, one.depth + 1
            )
            for index, one in enumerate(self.heads)
        ]

    @property
    def places(self) -> list[acts.SplitOffer]:
        """Where the opened piece can be split."""
        return acts.list_places(self.revision.text, self.heads, self.opened)

    @property
    def heading(self) -> str:
        """What stands in the heading's field: what was typed, if that was refused."""
        return self.heads[self.opened].heading if self.typed is None else self.typed

    @property
    def kinds(self) -> list[tuple[str, str]]:
        """The kinds that the opened piece may be of, with their names."""
        nested = self.heads[self.opened].depth > 0
        codes = ["subsection", "point"] if nested else ["section", "closing"]
        if self.opened == 0:
            codes = ["opening", "section"]
        return [(code, str(Section.Kind(code).label)) for code in codes]

    @property
    def dump(self) -> str:
        """All states as JSON, for the form."""
        # A form has its limits: of a very long outline fewer steps can be taken back.
        kept = max(1, min(len(self.states), MOST_KEPT // len(self.heads)))
        states = [dump_outline(heads) for heads in self.states[-kept:]]
        return json.dumps(states, ensure_ascii=False, separators=(",", ":"))


def open_desk(revision: Revision) -> OutlineDesk:
    """Return the stored outline, nothing edited yet."""
    desk = OutlineDesk(revision, [])
    desk.states = [desk.stored]
    return desk


def read_stored(revision: Revision) -> list[OutlineSection]:
    """Return the revision's outline, ready to be edited."""
    return open_outline(revision.sections.order_by("position"), len(revision.text))


def resume_desk(posted: Mapping[str, Any], base: Revision) -> OutlineDesk:
    """Return the outline as the form sent it back; raise OutlineFault where it is none."""
    try:
        states = json.loads(posted.get("states", ""))
    except ValueError:
        states = None
    if not isinstance(states, list) or not states:
        raise OutlineFault(_("提交的提纲数据不完整，请重新打开校核页再试。"))
    loaded = [load_outline(state) for state in states[-STEPS - 1 :]]
    loaded[-1] = settle_outline(base.text, loaded[-1])
    opened = read_number(posted.get("opened"))
    if opened is None or opened >= len(loaded[-1]):
        opened = NOWHERE
    return OutlineDesk(base, loaded, opened)


def rebase_desk(desk: OutlineDesk, newest: Revision) -> OutlineDesk:
    """Return the edited outline on the words of a newer revision, nothing of it stored."""
    there = map_states(desk.revision, newest)
    moved = move_outline(desk.revision.text, newest.text, desk.heads, there)
    fresh = open_desk(newest)
    fresh.states += [moved.sections] if moved.sections else []
    names = [name_section(one, desk.revision.text) for one in moved.gone + moved.bare]
    if names:
        lost = _("有的章节在新的一版中找不到或没有了标题，未能沿用：%(names)s。")
        fresh.faults.append(lost % {"names": _("、").join(names)})
    return fresh


def apply_form(desk: OutlineDesk, posted: Mapping[str, Any]) -> bool:
    """Do to the outline what the form asks; return whether it asks for the result to be stored."""
    try:
        _apply_fields(desk, posted)
        return _apply_act(desk, posted.get("act", ""))
    except OutlineFault as fault:
        desk.faults.append(str(fault))
        return False


def _apply_fields(desk: OutlineDesk, posted: Mapping[str, Any]) -> None:
    """Take over heading and kind of the opened piece."""
    if desk.opened == NOWHERE or posted.get("act") == "undo":
        return
    text, words = desk.revision.text, posted.get("heading")
    if words is not None:
        desk.typed = words
        _step(desk, acts.retitle(text, desk.heads, desk.opened, words))
        desk.typed = None
    if posted.get("kind"):
        _step(desk, acts.set_kind(text, desk.heads, desk.opened, posted["kind"]))


def _apply_act(desk: OutlineDesk, act: str) -> bool:
    name, *rest = act.split("-")
    numbers = [NOWHERE if (n := read_number(part)) is None else n for part in rest]
    if name == "undo":
        desk.states[-1:] = [] if len(desk.states) > 1 else desk.states[-1:]
        desk.opened = min(desk.opened, len(desk.heads) - 1)
    elif name == "open" and len(numbers) == 1:
        desk.opened = numbers[0] if 0 <= numbers[0] < len(desk.heads) else NOWHERE
    elif name in ACTS and len(numbers) == ACTS[name][1]:
        _step(desk, ACTS[name][0](desk.revision.text, desk.heads, *numbers))
        if desk.opened != NOWHERE:
            desk.opened = _follow(name, numbers)
    return name == "save"


ACTS: Final[dict[str, tuple[Any, int]]] = {
    "indent": (acts.indent, 1),
    "outdent": (acts.outdent, 1),
    "merge": (acts.merge, 1),
    "split": (acts.split, 2),
    "nest": (acts.nest, 2),
    "level": (acts.set_level, 2),
}


def _step(desk: OutlineDesk, heads: list[OutlineSection]) -> None:
    if heads != desk.heads:
        desk.states = [*desk.states, heads][-STEPS - 1 :]


def _follow(name: str, numbers: list[int]) -> int:
    """Return the piece that stays opened: after merging the one before it."""
    return max(numbers[0] - 1, 0) if name == "merge" else numbers[0]
