"""What a rereading changes, in words for people and as JSON for programs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _, gettext_lazy

from corpus_app.catalog.identity.findings import LABELS
from corpus_app.catalog.models import Speech
from corpus_app.intake.rereading.planning import PARTS, RereadingPlan
from corpus_app.text.chars import count_chars
from corpus_app.text.difference import compare_words

# So many characters stand beside what changes.
CONTEXT: Final = 24
STATES: Final = {
    "changed": gettext_lazy("有改动"),
    "unchanged": gettext_lazy("无改动"),
    "disputed": gettext_lazy("题头矛盾，未改"),
    "skipped": gettext_lazy("未重读"),
    "refused": gettext_lazy("读不出"),
}
PART_NAMES: Final = {
    "text": gettext_lazy("正文"),
    "outline": gettext_lazy("结构"),
    "removed": gettext_lazy("剔除内容"),
    "metadata": gettext_lazy("解析依据"),
    "gaps": gettext_lazy("缺失标记"),
    "findings": gettext_lazy("解析提示"),
}


def name_field(name: str) -> str:
    """Return what pages call a field of a speech."""
    label = LABELS.get(name) or {"source": _("来源")}.get(name)
    return str(label or Speech._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def count_text_changes(plan: RereadingPlan) -> tuple[int, int]:
    """Return how many characters of the text go and how many come."""
    old, draft = plan.old, plan.draft
    if old is None or draft is None or "text" not in plan.parts:
        return 0, 0
    spans = compare_words(old.text, draft.text)
    went = sum(count_chars(span.text) for span in spans if span.kind == "deleted")
    came = sum(count_chars(span.text) for span in spans if span.kind == "added")
    return went, came


def describe_changes(plan: RereadingPlan) -> list[str]:
    """Return a phrase for each thing that changes, the speech's fields first."""
    told = [
        _("%(name)s“%(old)s”→“%(new)s”")
        % {"name": name_field(one.name), "old": one.old or "—", "new": one.new or "—"}
        for one in plan.fields
    ]
    went, came = count_text_changes(plan)
    if went or came:
        told.append(_("正文去 %(went)d 字、增 %(came)d 字") % {"went": went, "came": came})
    counted = {"text"} if went or came else set()
    told += [str(PART_NAMES[part]) for part in PARTS if part in plan.parts and part not in counted]
    return told


def describe_plan(plan: RereadingPlan) -> str:
    """Return one line on what became of a speech, or would."""
    words = plan.message or _("；").join(describe_changes(plan))
    return str(STATES[plan.status]) + (f"：{words}" if words else "")


def list_plan(plan: RereadingPlan) -> dict[str, Any]:
    """Return the JSON object for one speech."""
    went, came = count_text_changes(plan)
    return {
        "speech": plan.speech.pk,
        "title": plan.title,
        "status": plan.status,
        "fields": {one.name: {"old": one.old, "new": one.new} for one in plan.fields},
        "parts": list(plan.parts),
        "text": {"removed_chars": went, "added_chars": came},
        "message": plan.message or describe_plan(plan),
    }


@dataclass(frozen=True)
class ChangeExcerpt:
    """Words of the text that go or come, with a few on both sides."""

    before: str
    gone: str
    came: str
    behind: str


def list_excerpts(plan: RereadingPlan, most: int = 5) -> list[ChangeExcerpt]:
    """Return the first changes of the text in their surroundings."""
    old, draft = plan.old, plan.draft
    if old is None or draft is None or "text" not in plan.parts:
        return []
    spans = compare_words(old.text, draft.text)
    shown: list[ChangeExcerpt] = []
    for at, span in enumerate(spans):
        if span.kind == "kept" or len(shown) == most:
            continue
        before = spans[at - 1].text if at and spans[at - 1].kind == "kept" else ""
        behind = spans[at + 1].text if at + 1 < len(spans) and spans[at + 1].kind == "kept" else ""
        gone, came = (span.text, "") if span.kind == "deleted" else ("", span.text)
        edges = " ".join(before[-CONTEXT:].split()), " ".join(behind[:CONTEXT].split())
        shown.append(ChangeExcerpt(edges[0], gone, came, edges[1]))
    return shown


@dataclass(frozen=True)
class ShownPlan:
    """A plan as pages list it: its name and file, each field, each phrase, places of the text."""

    plan: RereadingPlan
    state: str
    fields: list[tuple[str, str, str]]
    phrases: list[str]
    excerpts: list[ChangeExcerpt]

    @property
    def file(self) -> str:
        """The name of the file that was read."""
        current = self.plan.speech.current
        return current.upload.name if current else ""


def show_plan(plan: RereadingPlan) -> ShownPlan:
    """Return the plan as pages list it."""
    fields = [(name_field(one.name), one.old, one.new) for one in plan.fields]
    phrases = [plan.message] if plan.message else describe_changes(plan)[len(fields) :]
    return ShownPlan(plan, str(STATES[plan.status]), fields, phrases, list_excerpts(plan))
