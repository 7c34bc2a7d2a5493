"""A change of the registry's rows in words, value by value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _

from corpus_app.registry.rows import TABLES, Row, Rows, read_id, read_table
from corpus_app.slogans.models import Slogan
from corpus_app.themes.models import Theme

# Told by other lines, or nothing to people.
_SILENT: Final = {"former_names", "merged_into_id", "slug", "registered"}


@dataclass(frozen=True)
class ChangedLine:
    """One value of the registry before and after, in words; "" for none."""

    label: str
    before: str
    after: str


def describe_rows(before: Rows, after: Rows) -> list[ChangedLine]:
    """Return the values that change, in words, the named things' own fields first."""
    lines: list[ChangedLine] = []
    names = _Names(before, after)
    for key in sorted(before | after, key=lambda one: list(TABLES).index(read_table(one))):
        old, new = before.get(key), after.get(key)
        if read_table(key) in ("theme", "slogan"):
            lines += _describe_thing(key, old, new, names)
        elif read_table(key) == "term":
            lines.append(ChangedLine(_("主题词"), _say_term(old), _say_term(new)))
        elif read_table(key) == "variant":
            lines.append(ChangedLine(_("异写"), names.say_variant(old), names.say_variant(new)))
        elif read_table(key) == "related" and _is_first(old or new):
            lines.append(ChangedLine(_("相关主题"), names.say_pair(old), names.say_pair(new)))
    pins = [key for key in after if read_table(key) == "pin"]
    if pins:
        lines.append(
            ChangedLine(
                _("人工决定"), "", _("%(count)d 处随之移到并入的主题") % {"count": len(pins)}
            )
        )
    return lines


class _Names:
    """Themes and slogans by their ids, in the words of the change and of the database."""

    def __init__(self, before: Rows, after: Rows) -> None:
        links = [
            value
            for row in (*before.values(), *after.values())
            for name, value in row.items()
            if name.endswith("_id") and value is not None
        ]
        self.themes = dict(Theme.every.filter(pk__in=links).values_list("pk", "name"))
        self.slogans = dict(Slogan.objects.filter(pk__in=links).values_list("pk", "text"))
        for key, row in (before | after).items():
            if read_table(key) == "theme":
                self.themes[read_id(key)] = row["name"]
            elif read_table(key) == "slogan":
                self.slogans[read_id(key)] = row["text"]

    def say_variant(self, row: Row | None) -> str:
        """Return the variant and whose it is."""
        return f"{row['text']}（{self.slogans.get(row['slogan_id'], '')}）" if row else ""

    def say_pair(self, row: Row | None) -> str:
        """Return the two themes that are related."""
        ends = (row["from_theme_id"], row["to_theme_id"]) if row else ()
        return " – ".join(self.themes.get(end, "") for end in ends)


def _is_first(row: Row | None) -> bool:
    # Two rows say the same of a pair.
    return bool(row and abs(row["from_theme_id"]) <= abs(row["to_theme_id"]))


def _say_term(row: Row | None) -> str:
    if row is None:
        return ""
    return row["text"] + (_("（排除语）") if row["excluded"] else f"（{row['weight']:g}）")


def _describe_thing(key: str, old: Row | None, new: Row | None, names: _Names) -> list[ChangedLine]:
    model = TABLES[read_table(key)]
    shown = names.themes if read_table(key) == "theme" else names.slogans
    title = str((old or new or {})["name" if read_table(key) == "theme" else "text"])
    lines = []
    blank = {f.attname: f.get_default() for f in model._meta.concrete_fields}
    for each in model._meta.concrete_fields:
        name = each.attname
        was, will = (row.get(name) if row else blank.get(name) for row in (old, new))
        if was == will or each.primary_key or name in _SILENT:
            continue
        said = [_say_value(each, value, shown) for value in (was, will)]
        lines.append(ChangedLine(f"{title} · {each.verbose_name}", *said))
    return lines or [ChangedLine(title, "", _say_standing(new))]


def _say_standing(row: Row | None) -> str:
    if row is None:
        return ""
    if row.get("merged_into_id"):
        return _("并入另一条，链接转到那里")
    return _("登记") if row.get("registered") else _("不再登记")


def _say_value(each: Any, value: Any, names: dict[int, str]) -> str:
    if value in (None, "", []):
        return ""
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if each.is_relation:
        return names.get(value, str(value))
    if isinstance(value, list):
        return _("；").join(map(str, value))
    choices = dict(each.choices or ())
    return str(choices.get(value, value))
