"""Load the theme registry (fixtures/themes.json) into the database, as often as wanted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from corpus_app.catalog.registry import (
    Entry,
    is_loaded,
    merge_value,
    note_loaded,
    read_last_entries,
)
from corpus_app.themes.models import Theme, ThemeTerm

NAME = "themes"
FIELDS = ("name", "order", "description")


@transaction.atomic
def load_themes(entries: list[Entry]) -> bool:
    """Bring themes, terms and relations in line with the entries; return whether any was new.

    An editor's changes stay (see catalog/registry.py); a deleted theme does not come back.
    """
    if is_loaded(NAME, entries):
        return False
    last = {entry["slug"]: entry for entry in read_last_entries(NAME)}
    themes: dict[str, Theme] = {}
    for entry in entries:
        theme = _load_theme(entry, last.get(entry["slug"]))
        if theme is not None:
            themes[theme.slug] = theme
            _load_terms(theme, entry, last.get(theme.slug))
    for entry in entries:
        if entry["slug"] in themes:
            _load_parent(themes, entry, last.get(entry["slug"]))
            _load_relations(themes, entry, last.get(entry["slug"]))
    note_loaded(NAME, entries, list(_tell_loading(entries, last)) if last else [])
    return True


def _tell_loading(entries: list[Entry], last: dict[str, Entry]) -> Iterator[str]:
    """Yield in words what the file has new, and where an editor's word stays against it."""
    for entry in entries:
        before = last.get(entry["slug"])
        if before == entry:
            continue
        theme = Theme.every.filter(slug=entry["slug"]).first()
        name = {"name": entry["name"]}
        if theme is None:
            yield _("主题“%(name)s”没有载入：已由编辑删除，或者名称已被另一主题使用。") % name
        elif theme.retired:
            yield _("主题“%(name)s”已由编辑停用或并入另一主题，系统的新内容不起作用。") % name
        elif before is None:
            yield _("新增主题“%(name)s”。") % name
        else:
            yield from _tell_kept(theme, before, entry)


def _tell_kept(theme: Theme, before: Entry, entry: Entry) -> Iterator[str]:
    for name in FIELDS:
        if before[name] != entry[name] != getattr(theme, name):
            label = Theme._meta.get_field(name).verbose_name  # type: ignore[union-attr]
            yield _("主题“%(name)s”的%(field)s保持编辑的写法，没有用系统的。") % {
                "name": theme.name,
                "field": label,
            }
    present = {
        term.text: {"weight": term.weight, "excluded": term.excluded} for term in theme.terms.all()
    }
    old, new = _read_terms(before), _read_terms(entry)
    kept = [
        text for text in sorted({*old, *new}) if old.get(text) != new.get(text) != present.get(text)
    ]
    if kept:
        yield _("主题“%(name)s”的主题词保持编辑的设定：%(terms)s。") % {
            "name": theme.name,
            "terms": "、".join(kept),
        }


def _load_theme(entry: Entry, last: Entry | None) -> Theme | None:
    theme = Theme.every.filter(slug=entry["slug"]).first()
    if theme is None:
        taken = Theme.every.filter(name=entry["name"]).exists()
        if last is not None or taken:
            return None
        return Theme.every.create(slug=entry["slug"], **{f: entry[f] for f in FIELDS})
    if last is not None:
        for name in FIELDS:
            value = merge_value(last[name], getattr(theme, name), entry[name])
            setattr(theme, name, value)
        theme.save()
    return theme


def _load_parent(themes: dict[str, Theme], entry: Entry, last: Entry | None) -> None:
    theme = themes[entry["slug"]]
    present = theme.parent.slug if theme.parent else None
    wanted = merge_value(last["parent"] if last else None, present, entry["parent"])
    if wanted != present:
        theme.parent = themes.get(wanted or "")
        theme.save(update_fields=["parent"])


def _load_terms(theme: Theme, entry: Entry, last: Entry | None) -> None:
    before = _read_terms(last) if last else {}
    fresh = _read_terms(entry)
    present = {term.text: term for term in theme.terms.all()}
    for text, values in fresh.items():
        if text not in present and text not in before:
            ThemeTerm.objects.create(theme=theme, text=text, **values)
        elif text in present and _holds(present[text], before.get(text)):
            ThemeTerm.objects.filter(pk=present[text].pk).update(**values)
    for text in set(before) - set(fresh):
        if text in present and _holds(present[text], before[text]):
            present[text].delete()


def _load_relations(themes: dict[str, Theme], entry: Entry, last: Entry | None) -> None:
    theme = themes[entry["slug"]]
    before, fresh = set(last["related"] if last else ()), set(entry["related"])
    theme.related.add(*(themes[slug] for slug in fresh - before if slug in themes))
    theme.related.remove(*(themes[slug] for slug in before - fresh if slug in themes))


def _read_terms(entry: Entry) -> dict[str, dict[str, Any]]:
    terms = {t["text"]: {"weight": t["weight"], "excluded": False} for t in entry["terms"]}
    return terms | {text: {"weight": 1.0, "excluded": True} for text in entry["exclude"]}


def _holds(term: ThemeTerm, values: dict[str, Any] | None) -> bool:
    return values == {"weight": term.weight, "excluded": term.excluded}
