"""What a change of the registry makes of its rows: from what was asked to rows before and after."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils.translation import gettext as _

from corpus_app.registry.rows import Row, Rows, digest_rows, name_row, read_table

# The act that was asked for with its values: {"act": "theme", "id": 5, "base": …, "values": …}.
Asked = dict[str, Any]


class ConflictError(Exception):
    """What was asked for can't be done, or no longer; str() is the words for the page."""


@dataclass
class RegistryPlan:
    """Rows of the registry as they are and as they would be.

    words are those that a text must have to be touched; speeches are touched whatever they say.
    """

    title: str
    before: Rows
    after: Rows
    words: set[str] = field(default_factory=set)
    speeches: set[int] = field(default_factory=set)
    _fresh: int = 0

    def change(self, key: str, **values: Any) -> None:
        """Give a row other values."""
        self.after[key] = {**self.after[key], **values}

    def add(self, table: str, row: Row) -> str:
        """Add a new row and return its key for now."""
        self._fresh -= 1
        key = name_row(table, self._fresh)
        self.after[key] = row
        return key

    def drop(self, key: str) -> None:
        """Take a row out."""
        del self.after[key]

    def list_changed(self) -> tuple[Rows, Rows]:
        """Return before and after, those rows that would be others."""
        keys = self.before.keys() | self.after.keys()
        changed = {key for key in keys if self.before.get(key) != self.after.get(key)}
        before, after = (
            {key: row for key, row in rows.items() if key in changed}
            for rows in (self.before, self.after)
        )
        return before, after

    def collect_words(self, tables: Iterable[str]) -> set[str]:
        """Return the texts of the rows of the tables that would change."""
        wanted = set(tables)
        return {
            row["text"]
            for rows in self.list_changed()
            for key, row in rows.items()
            if read_table(key) in wanted
        }


def start_plan(title: str, rows: Rows) -> RegistryPlan:
    """Return a plan that changes nothing yet."""
    return RegistryPlan(title, rows, dict(rows))


def check_base(rows: Rows, base: str) -> None:
    """Raise ConflictError where somebody changed the rows since the form was opened."""
    if base and digest_rows(rows) != base:
        raise ConflictError(
            _("打开编辑页以后，这一条已被别人改动。您填写的内容还在，请对照现有内容后再预览。")
        )


THEME_ACTS: Final = ("theme", "theme-merge", "theme-retire", "theme-revive")
SLOGAN_ACTS: Final = ("slogan", "slogan-merge", "slogan-retire", "slogan-revive")
