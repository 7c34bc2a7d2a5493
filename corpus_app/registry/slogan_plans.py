"""Plans that change slogans: values and variants, merging, retiring, bringing back."""

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
from corpus_app.registry.rows import Rows, name_row, read_id, read_row, read_rows
from corpus_app.slogans.models import Slogan, SloganVariant

FIELDS = (
    *("text", "kind", "members", "standard", "source_document", "source_place", "source_quote"),
    *("source_date", "source_url", "sourced", "note", "superseded_by_id", "superseded_since"),
)


def read_slogan(slogan_id: int) -> Rows:
    """Return the rows that are a slogan: its own and its variants."""
    return read_rows("slogan", Q(pk=slogan_id)) | read_rows("variant", Q(slogan=slogan_id))


def plan_slogan(asked: Asked) -> RegistryPlan:
    """Plan new values and variants of a slogan, or a new slogan; one met in texts is registered."""
    values = asked["values"]
    title = _("提法“%(text)s”") % {"text": values["text"]}
    fields = {name: values[name] for name in FIELDS} | {"registered": True, "retired": False}
    slogan = asked.get("id") or _find_met(values["text"])
    if slogan is None:
        plan = start_plan(title, {})
        slogan = read_id(plan.add("slogan", read_row(Slogan()) | fields))
    else:
        rows = read_slogan(slogan)
        check_base(rows, asked.get("base", ""))
        plan = start_plan(title, rows)
        plan.change(name_row("slogan", slogan), **fields, merged_into_id=None)
    _set_variants(plan, slogan, values["variants"])
    plan.words = _collect_wordings(plan)
    return plan


def plan_merging(asked: Asked) -> RegistryPlan:
    """Plan that a slogan becomes a variant of another, and its variants with it."""
    source, target = _find(asked["id"]), _find(asked["into"])
    if source == target:
        raise ConflictError(_("不能并入自身。"))
    names = {"text": source.text, "into": target.text}
    rows = read_slogan(source.pk) | read_slogan(target.pk)
    plan = start_plan(_("提法“%(text)s”并入“%(into)s”") % names, rows)
    plan.change(
        name_row("slogan", source.pk), registered=False, retired=False, merged_into_id=target.pk
    )
    plan.change(name_row("slogan", target.pk), registered=True, retired=False, merged_into_id=None)
    for key, row in rows.items():
        if key.startswith("variant:") and row["slogan_id"] == source.pk:
            if row["text"] == target.text:
                plan.drop(key)
            else:
                plan.change(key, slogan_id=target.pk)
    plan.add("variant", {"slogan_id": target.pk, "text": source.text})
    plan.words = _collect_wordings(plan)
    return plan


def plan_retiring(asked: Asked) -> RegistryPlan:
    """Plan that a slogan is looked for no more; its page stays."""
    slogan = _find(asked["id"])
    plan = start_plan(_("停用提法“%(text)s”") % {"text": slogan.text}, read_slogan(slogan.pk))
    plan.change(name_row("slogan", slogan.pk), registered=False, retired=True)
    plan.words = {row["text"] for row in plan.before.values()}
    return plan


def plan_revival(asked: Asked) -> RegistryPlan:
    """Plan that a slogan that was retired or merged is registered again."""
    slogan = _find(asked["id"], registered=False)
    if SloganVariant.objects.filter(text=slogan.text).exclude(slogan=slogan).exists():
        raise ConflictError(_("它现在是另一条提法的异写；请先从那一条的异写里去掉。"))
    plan = start_plan(_("恢复提法“%(text)s”") % {"text": slogan.text}, read_slogan(slogan.pk))
    key = name_row("slogan", slogan.pk)
    plan.change(key, registered=True, retired=False, merged_into_id=None)
    plan.words = {row["text"] for row in plan.before.values()}
    return plan


def _find(slogan_id: int, *, registered: bool | None = None) -> Slogan:
    slogan = Slogan.objects.filter(pk=slogan_id).first()
    if slogan is None or (registered is not None and slogan.registered != registered):
        raise ConflictError(_("这一提法已被别人改动（停用、合并或恢复），请看现在的情形。"))
    return slogan


def _find_met(text: str) -> int | None:
    return Slogan.objects.filter(text=text).values_list("pk", flat=True).first()


def _set_variants(plan: RegistryPlan, slogan: int, variants: list[str]) -> None:
    wanted = list(dict.fromkeys(variants))
    present = {row["text"]: key for key, row in plan.before.items() if key.startswith("variant:")}
    for text, key in present.items():
        if text not in wanted:
            plan.drop(key)
    for text in wanted:
        if text not in present:
            plan.add("variant", {"slogan_id": slogan, "text": text})
    _lead_on(plan, slogan, {*wanted, *present}, set(wanted))


def _lead_on(plan: RegistryPlan, slogan: int, asked: set[str], wanted: set[str]) -> None:
    """Let the address of a wording that was met lead to the slogan whose variant it is."""
    met = read_rows("slogan", Q(text__in=asked, registered=False) & ~Q(pk=slogan))
    for key, row in met.items():
        leads = slogan if row["text"] in wanted else None
        if row["merged_into_id"] != leads and (leads or row["merged_into_id"] == slogan):
            plan.before[key] = row
            plan.after[key] = {**row, "merged_into_id": leads}


def _collect_wordings(plan: RegistryPlan) -> set[str]:
    """Return the wordings that would be looked for for another slogan, or no more, or newly."""
    then, now = _read_wordings(plan.before), _read_wordings(plan.after)
    return {text for text in then.keys() | now.keys() if then.get(text) != now.get(text)}


def _read_wordings(rows: Rows) -> dict[str, Any]:
    registered = {
        read_id(key): row["registered"] and not row["retired"]
        for key, row in rows.items()
        if key.startswith("slogan:")
    }
    own = {
        row["text"]: read_id(key)
        for key, row in rows.items()
        if key.startswith("slogan:") and row["registered"]
    }
    variants = {
        row["text"]: row["slogan_id"]
        for key, row in rows.items()
        if key.startswith("variant:") and registered.get(row["slogan_id"], True)
    }
    return variants | own
