"""Values that a table gives, set on a speech with the table as their setter, and taken back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from corpus_app.catalog.fields import read_fields
from corpus_app.catalog.identity import Head
from corpus_app.catalog.limits import AccessLimit
from corpus_app.catalog.models import Revision, Speech
from corpus_app.catalog.services import correct_metadata, list_set_by_person
from corpus_app.intake.revisions.decisions import SetValue, TableSource, read_set_values
from corpus_app.text.chars import tidy


@dataclass(frozen=True)
class GivenMetadata:
    """What comes with a file: values by field, before what is read; "" takes a value away.

    table says which row of a table gives them, null where its sender typed them.
    """

    values: dict[str, str] = field(default_factory=dict)
    table: TableSource | None = None
    # Who may see a speech that is new; None for everybody.
    limit: AccessLimit | None = None

    def apply_to_head(self, head: Head) -> Head:
        """Return the head with what is given in place of what was read."""
        names = set(Head.__dataclass_fields__) - {"title_inferred"}
        given = {name: value for name, value in self.values.items() if name in names}
        inferred = head.title_inferred and "title" not in given
        return replace(head, title_inferred=inferred, **given)


NOTHING_GIVEN = GivenMetadata()


def give_metadata(speech: Speech, given: GivenMetadata) -> list[str]:
    """Set what is given on a speech just stored; return the names of the fields that changed.

    What a table says is noted even where the same was read. Findings are the caller's to make.
    """
    if given.table and speech.current is not None:
        note_setter(speech.current, given.values, given.table)
    if given.values.get("title"):
        # It is the title now, even where it reads as what was made up.
        speech.title_inferred = False
        speech.save(update_fields=["title_inferred"])
    if given.limit is not None:
        speech.limit = given.limit
        speech.save(update_fields=["access", "open_to"])
    return correct_metadata(speech, given.values)


def choose_given(speech: Speech, given: GivenMetadata) -> tuple[dict[str, str], dict[str, str]]:
    """Return what of the given values would change a stored speech: (free, set by a person).

    What another row of the same table set counts as a person's: which of the two is right is
    not for us to say.
    """
    present, theirs = read_fields(speech), list_set_by_person(speech) | _list_torn(speech, given)
    news = {
        name: value for name, value in given.values.items() if tidy(value) != tidy(present[name])
    }
    spared = {name: value for name, value in news.items() if name in theirs}
    return {name: value for name, value in news.items() if name not in spared}, spared


def _list_torn(speech: Speech, given: GivenMetadata) -> set[str]:
    if given.table is None or speech.current is None:
        return set()
    present = read_fields(speech)
    return {
        one.name
        for one in read_set_values(speech.current.decisions)
        if one.table is not None
        and one.value == present[one.name]
        and one.table.digest == given.table.digest
        and one.table.line != given.table.line
    }


@dataclass(frozen=True)
class GivenChanges:
    """What a table changed on a speech: its values and notes before, and what it set, by field.

    Notes are those of who set a value, null for none; inferred says whether the title was made up.
    """

    before: dict[str, str]
    after: dict[str, str]
    notes: dict[str, Any]
    inferred: bool

    def to_json(self) -> dict[str, Any]:
        """Return the changes as they are kept."""
        return asdict(self)


def note_changes(speech: Speech, values: Mapping[str, str]) -> GivenChanges | None:
    """Return what setting the values on the speech will change; null for nothing."""
    if not values or speech.current is None:
        return None
    present, noted = read_fields(speech), speech.current.decisions.get("metadata", {})
    before = {name: present[name] for name in values}
    notes = {name: noted.get(name) for name in values}
    return GivenChanges(before, dict(values), notes, speech.title_inferred)


def take_back_given(speech: Speech, changes: GivenChanges, digest: str) -> list[str]:
    """Set again what a table (by its digest) changed; return the names of the fields.

    What is another value by now, or set by somebody else, stays. Findings are the caller's to make.
    """
    if speech.current is None:
        return []
    present = read_fields(speech)
    ours = {
        one.name
        for one in read_set_values(speech.current.decisions)
        if one.table is not None and one.table.digest == digest
    }
    free = {
        name: value
        for name, value in changes.before.items()
        if name in ours and tidy(present[name]) == tidy(changes.after[name])
    }
    put_back_setter(speech.current, {name: changes.notes.get(name) for name in free})
    changed = correct_metadata(speech, free)
    if "title" in free and changes.inferred:
        speech.title_inferred = True
        speech.save(update_fields=["title_inferred"])
    return changed


def note_setter(
    revision: Revision, values: Mapping[str, str], table: TableSource
) -> dict[str, Any]:
    """Note that a table set the values; return what was noted of these fields before.

    A field of which nothing was noted has null there.
    """
    entries = {name: SetValue(name, value, None, table).to_json() for name, value in values.items()}
    return _put_entries(revision, entries)


def put_back_setter(revision: Revision, before: Mapping[str, Any]) -> None:
    """Note of each field again what note_setter said was noted before."""
    _put_entries(revision, before)


def _put_entries(revision: Revision, entries: Mapping[str, Any]) -> dict[str, Any]:
    present: dict[str, Any] = revision.decisions.get("metadata", {})
    before = {name: present.get(name) for name in entries}
    wanted = {name: one for name, one in {**present, **entries}.items() if one is not None}
    others = {kind: part for kind, part in revision.decisions.items() if kind != "metadata"}
    revision.decisions = others | ({"metadata": wanted} if wanted else {})
    revision.save(update_fields=["decisions"])
    return before
