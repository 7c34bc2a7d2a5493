"""What people decided on a text and a later state of it cannot keep: listed, never dropped.

Revision.decisions["lost"] holds the list: {"kind", "words", "revision"}, where revision is the id
of the last one that had the decision. It goes on from revision to revision.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext_lazy

from corpus_app.catalog.models import Revision
from corpus_app.catalog.text_maps import map_states
from corpus_app.ingest.draft import Draft
from corpus_app.intake.revisions.decisions import EditorialDecisions, read_editorial_decisions
from corpus_app.text.chars import count_chars, shorten, squeeze

Loss = dict[str, Any]

LOST: Final = "lost"
# So much of the words is shown: enough to know them by.
SHOWN_CHARS: Final = 60
# Words filled in of which less than this share is left are gone.
MOSTLY: Final = 0.5
OUTLINE_KINDS: Final = {"section", "heading", "outline"}
SENTENCES: Final = {
    "section": gettext_lazy("章节“%(words)s”：这一节的文字已不在正文中"),
    "heading": gettext_lazy(
        "章节“%(words)s”：标题或序号的文字已不在该节开头，该节仍在，标题未保留"
    ),
    "outline": gettext_lazy("由人工调整的提纲：合并后采用了另一篇的提纲"),
    "removed": gettext_lazy("人工剔除的“%(words)s”：现正文中仍有这些文字，无法确定是否该处"),
    "kept": gettext_lazy("人工恢复的“%(words)s”：现原文中没有这些文字，或无法确定是哪一处"),
    "pin": gettext_lazy("主题的人工决定“%(words)s”：所在章节已不在，或与已有的决定相反"),
    "refused": gettext_lazy("已排除的提法“%(words)s”：现正文中仍有这些文字，无法确定是否该处"),
    "filled": gettext_lazy("据另一篇补入的“%(words)s”：现正文中没有这些文字"),
}


@dataclass(frozen=True)
class Described:
    """A loss in a sentence, and the number of the revision that has the decision, None if gone.

    With of_outline, that revision's outline can be put on the present text.
    """

    sentence: str
    number: int | None
    of_outline: bool


def describe_losses(revision: Revision) -> list[Described]:
    """Return what the revision lists, in the reader's language."""
    losses = revision.losses
    pks = {loss["revision"] for loss in losses}
    rows = Revision.objects.filter(pk__in=pks, speech=revision.speech_id)
    numbers = dict(rows.values_list("pk", "number"))
    return [
        Described(
            str(SENTENCES[loss["kind"]]) % {"words": loss["words"]},
            numbers.get(loss["revision"]),
            loss["kind"] in OUTLINE_KINDS,
        )
        for loss in losses
    ]


def name_loss(kind: str, words: str, revision: Revision) -> Loss:
    """Return the loss of a decision that the revision still had."""
    return {"kind": kind, "words": shorten(words, SHOWN_CHARS), "revision": revision.pk}


def add_losses(decisions: dict[str, Any], *losses: Iterable[Loss]) -> dict[str, Any]:
    """Return the decisions with the losses behind those that they list, each once."""
    told: list[Loss] = list(decisions.get(LOST, []))
    told += [loss for group in losses for loss in group if loss not in told]
    rest = {name: value for name, value in decisions.items() if name != LOST}
    return rest | {LOST: told} if told else rest


def carry_losses(old: Revision, decisions: dict[str, Any]) -> dict[str, Any]:
    """Return the decisions with what the old revision listed before what they list."""
    return add_losses(decisions | {LOST: old.losses}, decisions.get(LOST, []))


def forget_losses(decisions: dict[str, Any], kinds: Iterable[str]) -> dict[str, Any]:
    """Return the decisions without the losses of these kinds, which a person made good."""
    left = [loss for loss in decisions.get(LOST, []) if loss["kind"] not in set(kinds)]
    rest = {name: value for name, value in decisions.items() if name != LOST}
    return rest | {LOST: left} if left else rest


def list_text_losses(old: Revision, lost: EditorialDecisions) -> list[Loss]:
    """Return the decisions on words of the old raw text that another raw text has no place for."""
    taken = [name_loss("removed", span.text, old) for span in lost.removed]
    return taken + [name_loss("kept", old.raw[start:end], old) for start, end in lost.kept]


def list_filling_losses(old: Revision, new: Revision | Draft) -> list[Loss]:
    """Return what was filled into the old text from another one and is not in the new text."""
    if not old.origins:
        return []
    there, losses = map_states(old, new), []
    for origin in old.origins:
        start, end = origin["start"], origin["end"]
        size = count_chars(old.text[start:end])
        if there.count(start, end) < size * MOSTLY:
            losses.append(name_loss("filled", old.text[start:end], old))
    return losses


def list_replaced_losses(old: Revision, new: Revision) -> list[Loss]:
    """Return what people decided on a text that another, stored one took the place of."""
    if old.pk == new.pk:
        return []
    losses = [name_loss("outline", "提纲", old)] if old.decisions.get("outline") else []
    there = squeeze(new.text)
    before = read_editorial_decisions(old.decisions, old.raw)
    lost = EditorialDecisions(
        [span for span in before.removed if squeeze(span.text) in there],
        [span for span in before.kept if squeeze(old.raw[slice(*span)]) not in there],
    )
    filled = list_filling_losses(old, new)
    return [*old.losses, *losses, *list_text_losses(old, lost), *filled]


def record_losses(revision: Revision, losses: Sequence[Loss]) -> None:
    """Add losses to the decisions of a stored revision."""
    if losses:
        revision.decisions = add_losses(revision.decisions, losses)
        revision.save(update_fields=["decisions"])
