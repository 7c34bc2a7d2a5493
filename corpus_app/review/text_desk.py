"""The texts as they are being edited: rows, what is pending, what was wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus_app.catalog.models import Revision, Speech
from corpus_app.catalog.text_maps import map_text
from corpus_app.intake.revisions.decisions import read_removed
from corpus_app.intake.revisions.set_values import SETTABLE, Assignment
from corpus_app.pages.labels import name_removed
from corpus_app.review.alignment import AlignmentRow, align, list_legend
from corpus_app.review.assigning import name_assignment
from corpus_app.review.difference import TextChange, compare_texts
from corpus_app.review.text_edits import KINDS, TextEdit, name_removal
from corpus_app.review.unread_lines import find_unread_lines
from corpus_app.text.chars import count_chars

# How many changed places the page itself shows; all stand on the page of the difference.
SHOWN_CHANGES = 12
MANY_ROWS = 200


@dataclass(frozen=True)
class PendingRemoval:
    """Words that wait to be taken out, as the form sends them and as the list shows them."""

    value: str
    words: str
    label: str


@dataclass(frozen=True)
class PendingValue:
    """Words that wait to become a field's value, as the form sends them and as the list shows."""

    value: str
    words: str
    label: str


@dataclass
class TextDesk:
    """Everything that review/_texts.html shows."""

    revision: Revision
    rows: list[AlignmentRow]
    legend: list[tuple[int, str, int]]
    characters: int
    kinds: list[tuple[str, str]]
    editable: bool = True
    removals: list[PendingRemoval] = field(default_factory=list)
    values: list[PendingValue] = field(default_factory=list)
    restored: int = 0
    reason: str = ""
    words: str = ""
    faults: list[str] = field(default_factory=list)
    before: Revision | None = None
    # How many lines nobody understood before the text and behind it; the rows mark them.
    unread_above: int = 0
    unread_below: int = 0
    changes: list[TextChange] = field(default_factory=list)

    @property
    def settable(self) -> list[tuple[str, str, int]]:
        """Return what selected words can be set as: name, label, key."""
        return [(name, str(label), key) for key, (name, label) in enumerate(SETTABLE.items(), 1)]

    @property
    def pending(self) -> int:
        """Return how many changes wait to be saved."""
        return len(self.removals) + len(self.values) + self.restored

    @property
    def is_long(self) -> bool:
        """Return whether there are so many rows that most of them are laid out late."""
        return len(self.rows) > MANY_ROWS

    @property
    def shown_changes(self) -> list[TextChange]:
        """Return the first changes since the last revision."""
        return self.changes[:SHOWN_CHANGES]


def open_texts(
    speech: Speech, revision: Revision, edit: TextEdit | None = None, faults: Sequence[str] = ()
) -> TextDesk:
    """Return the desk of the speech's revision, with an edit that waits for it."""
    edit = edit or TextEdit()
    unread = find_unread_lines(speech, revision)
    before = speech.revisions.filter(number__lt=revision.number).first()
    desk = TextDesk(
        revision,
        rows=align(revision, edit.restored, unread),
        legend=list_legend(read_removed(revision.removed)),
        characters=count_chars(revision.text),
        kinds=[(kind, name_removed(kind)) for kind in KINDS],
        restored=len(edit.restored),
        reason=edit.reason,
        words=edit.words,
        faults=list(faults),
        before=before,
        changes=compare_texts(before.text, revision.text) if before else [],
    )
    try:
        places = map_text(revision)
    except ValueError:
        desk.editable = False
        return desk
    end = places.find_span(0, len(revision.text)).end
    desk.unread_below = sum(span.start >= end for span in unread)
    desk.unread_above = len(unread) - desk.unread_below
    desk.removals = [
        PendingRemoval(name_removal(span, places), span.text, name_removed(span.kind))
        for span in edit.removed
    ]
    desk.values = [_describe_value(one, revision) for one in edit.assigned]
    return desk


def _describe_value(one: Assignment, revision: Revision) -> PendingValue:
    words = revision.raw[one.start : one.end]
    return PendingValue(name_assignment(one, revision), words, str(SETTABLE[one.name]))
