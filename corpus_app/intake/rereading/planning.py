"""What reading a stored original again would change of its speech; nothing is written here."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Final, Literal

from django.utils.translation import gettext as _

from corpus_app.catalog.fields import EDITABLE, fit_fields, flatten_metadata, read_fields
from corpus_app.catalog.identity import Agreement, Head, compare_heads
from corpus_app.catalog.models import Revision, Speech
from corpus_app.catalog.revisions import METADATA_KEYS, read_gaps, read_sections
from corpus_app.catalog.services import list_kept
from corpus_app.catalog.uploads import read_upload
from corpus_app.ingest.draft import Draft, RejectedFile
from corpus_app.ingest.removal_rules import RULE_PREFIX, RemovalRule
from corpus_app.ingest.sandbox.client import LostError
from corpus_app.ingest.sandbox.parsing import parse_file
from corpus_app.ingest.site import SiteProfile
from corpus_app.intake.models import RemovalRule as StoredRule
from corpus_app.intake.removal.touching import list_rules, read_rule
from corpus_app.intake.revisions.carryover import carry_decisions
from corpus_app.intake.sites.evidence import find_page, gather_evidence

Status = Literal["changed", "unchanged", "disputed", "skipped", "refused"]
# What of a revision may change, in the order in which it is told.
PARTS: Final = ("text", "outline", "removed", "metadata", "gaps", "findings")


@dataclass(frozen=True)
class ChangedValue:
    """A field of the speech that would change: its value before and after, "" for none."""

    name: str
    old: str
    new: str


@dataclass(frozen=True)
class RereadingPlan:
    """What reading the original again comes to.

    fields and parts (see PARTS) say what would change; message says why nothing can. disputed:
    readers see the speech, and its file is now read to be another one's.
    """

    speech: Speech
    status: Status
    fields: tuple[ChangedValue, ...] = ()
    parts: tuple[str, ...] = ()
    message: str = ""
    # The revision that was read beside, and the title that the speech had then.
    old: Revision | None = None
    title: str = ""
    draft: Draft | None = None
    decisions: dict[str, Any] = field(default_factory=dict)


def plan_rereading(
    speech: Speech, profile: SiteProfile | None = None, *, settled: bool = False
) -> RereadingPlan:
    """Return what today's reader makes of the speech's original, people's decisions kept.

    speech comes with its parties, current revision and upload. profile is tried in place of the
    site's approved one. settled: an editor has said that the new head is right. Raises LostError
    where the process that reads was lost.
    """
    old = speech.current
    if old is None:
        return _pass_over(speech, "skipped", _("没有正文"))
    if old.origins:
        return _pass_over(speech, "skipped", _("正文由几个文件合并补全，不能只按一个重读"))
    try:
        parsed = _parse_again(old, profile)
    except FileNotFoundError:
        return _pass_over(speech, "refused", _("原始文件已不在磁盘上"))
    except LostError:
        raise
    except RejectedFile as refusal:
        return _pass_over(speech, "refused", refusal.message)
    draft, decisions = carry_decisions(old, parsed)
    fields = _compare_fields(speech, draft)
    parts = _compare_revision(old, draft, decisions)
    if not (fields or parts):
        return _pass_over(speech, "unchanged", "")
    disputed = not settled and _contradicts(speech, fields, draft)
    return RereadingPlan(
        speech,
        "disputed" if disputed else "changed",
        fields,
        parts,
        old=old,
        title=speech.title,
        draft=draft,
        decisions=_keep_typed(speech, old, decisions),
    )


def _pass_over(speech: Speech, status: Status, message: str) -> RereadingPlan:
    return RereadingPlan(speech, status, message=message, title=speech.title)


def _parse_again(old: Revision, profile: SiteProfile | None) -> Draft:
    upload = old.upload
    page = find_page(upload.sha256)
    evidence = gather_evidence(page, profile) if page else None
    rules = [*list_rules(), *_list_standing(old)]
    return parse_file(read_upload(upload), upload.name, rules=rules, evidence=evidence)


def _list_standing(old: Revision) -> list[RemovalRule]:
    """Return the retired rules whose removals people let stand: they are undone by themselves."""
    named = {span["rule"] for span in old.removed if span["rule"].startswith(RULE_PREFIX)}
    keys = [int(name.removeprefix(RULE_PREFIX)) for name in named]
    retired = StoredRule.objects.filter(pk__in=keys, state=StoredRule.State.RETIRED)
    return [read_rule(rule) for rule in retired.order_by("pk")] if keys else []


def _compare_fields(speech: Speech, draft: Draft) -> tuple[ChangedValue, ...]:
    """Return the fields that adopt_metadata would change."""
    present = read_fields(speech)
    kept = list_kept(speech)
    values = fit_fields(flatten_metadata(draft.to_json())).values
    if not values["title"]:
        kept.add("title")
    return tuple(
        ChangedValue(name, present[name], values[name])
        for name in EDITABLE
        if name not in kept and values[name] != present[name]
    )


def _compare_revision(old: Revision, draft: Draft, decisions: dict[str, Any]) -> tuple[str, ...]:
    whole = draft.to_json()
    fitting = fit_fields(flatten_metadata(whole))
    found = [whole["announced"], whole["suspects"], whole["notices"] + fitting.notices]
    pairs = {
        "text": (old.text, draft.text),
        "outline": (
            [asdict(section) for section in read_sections(old)],
            [asdict(section) for section in draft.sections],
        ),
        "removed": (old.removed, whole["removed"]),
        "metadata": (old.metadata, {key: whole[key] for key in METADATA_KEYS}),
        "gaps": (
            [asdict(gap) for gap in read_gaps(old)],
            [asdict(gap) | {"note": gap.note[:300]} for gap in draft.gaps],
        ),
        "findings": ([old.announced, old.suspects, old.notices], found),
    }
    changed = [name for name in PARTS if not _are_same(*pairs[name])]
    if not changed and not _are_same(old.decisions.get("lost"), decisions.get("lost")):
        changed.append("findings")
    return tuple(changed)


def _are_same(old: Any, new: Any) -> bool:
    """Return whether what is stored is what would be: JSON has lists alone."""
    return bool(old == json.loads(json.dumps(new)))


def _contradicts(speech: Speech, fields: tuple[ChangedValue, ...], draft: Draft) -> bool:
    if speech.status != Speech.Status.PUBLISHED or not fields:
        return False
    after = read_fields(speech) | {change.name: change.new for change in fields}
    titled = any(change.name == "title" for change in fields)
    inferred = draft.metadata.title_inferred if titled else speech.title_inferred
    names = set(Head.__dataclass_fields__) - {"title_inferred"}
    head = Head(title_inferred=inferred, **{name: after[name] for name in names})
    compared = compare_heads(head, Head.of_speech(speech))
    return compared.agreement is Agreement.CONTRADICT


def _keep_typed(speech: Speech, old: Revision, decisions: dict[str, Any]) -> dict[str, Any]:
    """Return the decisions with each value that a person typed: the next parse may read it, too,

    and the one after that something else.
    """
    present, chosen = read_fields(speech), _read_chosen(old, decisions)
    typed = {
        name: {"value": present[name], "set_from": None}
        for name in list_kept(speech)
        if name not in chosen or chosen[name]["value"] != present[name]
    }
    values = {**chosen, **typed}
    return decisions | ({"metadata": values} if values else {})


def _read_chosen(old: Revision, decisions: Mapping[str, Any]) -> dict[str, Any]:
    chosen: dict[str, Any] = decisions.get("metadata") or old.decisions.get("metadata") or {}
    return chosen
