"""Plans that change themes: values and terms, merging, retiring, bringing back."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from corpus_app.registry.planning import (
    Asked,
    ConflictError,
    RegistryPlan,
    check_base,
    start_plan,
)
from corpus_app.registry.rows import Rows, name_row, read_id, read_rows
from corpus_app.text.folding import fold
from corpus_app.themes.models import SectionTheme, Theme, ThemePin

NEW = -1
FIELDS = ("name", "parent_id", "order", "description")


def read_theme(theme_id: int) -> Rows:
    """Return the rows that are a theme: its own, its terms, what it is related to."""
    ends = Q(from_theme=theme_id) | Q(to_theme=theme_id)
    rows = read_rows("theme", Q(pk=theme_id)) | read_rows("term", Q(theme=theme_id))
    return rows | read_rows("related", ends)


def plan_theme(asked: Asked) -> RegistryPlan:
    """Plan new values and terms of a theme, or a new theme."""
    values = asked["values"]
    title = _("主题“%(name)s”") % {"name": values["name"]}
    if asked.get("id") is None:
        plan = start_plan(title, {})
        theme = read_id(plan.add("theme", _make_row(values)))
    else:
        theme = asked["id"]
        rows = read_theme(theme)
        check_base(rows, asked.get("base", ""))
        plan = start_plan(title, rows)
        _set_fields(plan, name_row("theme", theme), values)
    _set_terms(plan, theme, values["terms"])
    _set_related(plan, theme, set(values["related"]))
    if not plan.after[name_row("theme", theme)]["retired"]:
        plan.words = plan.collect_words(["term"])
    return plan


def plan_merging(asked: Asked) -> RegistryPlan:
    """Plan that one theme becomes part of another: terms, decisions and themes below go along."""
    source, target = _find(asked["id"]), _find(asked["into"])
    if source == target:
        raise ConflictError(_("不能并入自身。"))
    names = {"name": source.name, "into": target.name}
    plan = start_plan(_("主题“%(name)s”并入“%(into)s”") % names, _read_family(source, target))
    _retire(plan, source, target)
    key = name_row("theme", target.pk)
    gone = [source.name, source.slug, *source.former_names]
    known = plan.after[key]["former_names"]
    plan.change(key, former_names=[*known, *(name for name in gone if name not in known)])
    _copy_terms(plan, source.pk, target.pk)
    _move_pins(plan, source, target)
    plan.words = set(source.terms.values_list("text", flat=True))
    return plan


def plan_retiring(asked: Asked) -> RegistryPlan:
    """Plan that a theme tags nothing any more; its page stays."""
    theme = _find(asked["id"])
    plan = start_plan(_("停用主题“%(name)s”") % {"name": theme.name}, _read_family(theme))
    _retire(plan, theme, None)
    plan.words = set(theme.terms.values_list("text", flat=True))
    plan.speeches = _list_pinned(theme)
    return plan


def plan_revival(asked: Asked) -> RegistryPlan:
    """Plan that a retired theme tags again."""
    theme = _find(asked["id"], retired=True)
    plan = start_plan(
        _("恢复主题“%(name)s”") % {"name": theme.name}, read_rows("theme", Q(pk=theme.pk))
    )
    parent = theme.parent_id
    if parent and not Theme.objects.filter(pk=parent).exists():
        parent = None
    key = name_row("theme", theme.pk)
    plan.change(key, retired=False, merged_into_id=None, parent_id=parent)
    plan.words = set(theme.terms.values_list("text", flat=True))
    plan.speeches = _list_pinned(theme)
    return plan


def _find(theme_id: int, *, retired: bool = False) -> Theme:
    theme = Theme.every.filter(pk=theme_id).first()
    if theme is None or theme.retired != retired:
        raise ConflictError(_("这一主题已被别人改动（停用或恢复），请看现在的情形。"))
    return theme


def _make_row(values: dict[str, Any]) -> dict[str, Any]:
    fixed = {"slug": values["slug"], "retired": False, "merged_into_id": None, "former_names": []}
    return {name: values[name] for name in FIELDS} | fixed


def _set_fields(plan: RegistryPlan, key: str, values: dict[str, Any]) -> None:
    row = plan.after[key]
    former = [name for name in row["former_names"] if name != values["name"]]
    if values["name"] != row["name"] and row["name"] not in former:
        former.append(row["name"])
    plan.change(key, former_names=former, **{name: values[name] for name in FIELDS})


def _set_terms(plan: RegistryPlan, theme: int, terms: list[list[Any]]) -> None:
    wanted = {text: (float(weight), bool(excluded)) for text, weight, excluded in terms}
    for key in [key for key in plan.before if key.startswith("term:")]:
        text = plan.after[key]["text"]
        if text not in wanted:
            plan.drop(key)
            continue
        weight, excluded = wanted.pop(text)
        plan.change(key, weight=weight, excluded=excluded)
    for text, (weight, excluded) in wanted.items():
        row = {"theme_id": theme, "text": text, "weight": weight, "excluded": excluded}
        plan.add("term", row)


def _set_related(plan: RegistryPlan, theme: int, wanted: set[int]) -> None:
    present: set[int] = set()
    for key in [key for key in plan.before if key.startswith("related:")]:
        ends = {plan.after[key]["from_theme_id"], plan.after[key]["to_theme_id"]}
        other = (ends - {theme} or {theme}).pop()
        present.add(other)
        if other not in wanted:
            plan.drop(key)
    for other in sorted(wanted - present - {theme}):
        for one, two in ((theme, other), (other, theme)):
            plan.add("related", {"from_theme_id": one, "to_theme_id": two})


def _read_family(*themes: Theme) -> Rows:
    """Return the rows of the themes, of those below them and of what was decided on them."""
    ids = [theme.pk for theme in themes]
    return (
        read_rows("theme", Q(pk__in=ids) | Q(parent__in=ids))
        | read_rows("term", Q(theme__in=ids))
        | read_rows("pin", Q(theme__in=ids))
    )


def _retire(plan: RegistryPlan, theme: Theme, into: Theme | None) -> None:
    """Retire the theme; those below it go to what it is merged into, else to what is above."""
    below = into.pk if into else theme.parent_id
    for key, row in list(plan.before.items()):
        if key.startswith("theme:") and row["parent_id"] == theme.pk:
            # What it is merged into may have stood below it.
            inside = into is not None and read_id(key) == into.pk
            plan.change(key, parent_id=theme.parent_id if inside else below)
    key = name_row("theme", theme.pk)
    plan.change(key, retired=True, merged_into_id=into.pk if into else None)


def _copy_terms(plan: RegistryPlan, source: int, target: int) -> None:
    rows = [row for key, row in plan.before.items() if key.startswith("term:")]
    known = {fold(row["text"]) for row in rows if row["theme_id"] == target}
    for row in rows:
        if row["theme_id"] == source and fold(row["text"]) not in known:
            plan.add("term", {**row, "theme_id": target})


def _move_pins(plan: RegistryPlan, source: Theme, target: Theme) -> None:
    """Let decisions on the source hold for the target, where nothing stands against it.

    Where somebody decided on the target it holds; an exclusion takes no tag that the target has.
    """
    plan.speeches = _list_pinned(source) | _list_pinned(target)
    pins = [(key, row) for key, row in plan.before.items() if key.startswith("pin:")]
    decided = {(r["speech_id"], r["section_key"]) for _k, r in pins if r["theme_id"] == target.pk}
    tagged = set(
        SectionTheme.objects.about()
        .filter(theme=target, section__revision__speech__in=plan.speeches)
        .values_list("section__revision__speech", "section__key")
    )
    wholly = {speech for speech, _key in tagged}
    for key, row in pins:
        place = (row["speech_id"], row["section_key"])
        against = place in tagged or (not place[1] and place[0] in wholly)
        excludes = row["decision"] == ThemePin.Decision.EXCLUDE
        if row["theme_id"] == source.pk and place not in decided and not (excludes and against):
            plan.change(key, theme_id=target.pk)


def _list_pinned(theme: Theme) -> set[int]:
    return set(theme.pins.values_list("speech_id", flat=True))
