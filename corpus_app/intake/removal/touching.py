"""Which speeches a rule would touch, where, and what speaks against it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from corpus_app.catalog.models import Revision, Speech
from corpus_app.ingest import removal_rules as parsing
from corpus_app.ingest.draft import Removed
from corpus_app.intake.models import RemovalRule, RuleApplication
from corpus_app.intake.revisions.decisions import Span, read_editorial_decisions, read_removed
from corpus_app.text.chars import count_chars
from corpus_app.text.excerpts import Mark, MarkedText, mark_pieces

PORTION: Final = 200
CONTEXT: Final = 24
SHOWN_PLACES: Final = 5
# What makes a rule doubtful: how much of one speech it takes, how many speeches it reaches in
# mid-sentence, how much of the corpus it touches, how few signs it names.
LARGE_SHARE: Final = 0.2
MANY_INLINE: Final = 10
WIDE_SHARE: Final = 0.3
FEW_SPEECHES: Final = 5
SHORT_WORDS: Final = 4


@dataclass(frozen=True)
class Touch:
    """A speech that a rule reaches: the spans it would take and those that people kept."""

    speech_id: int
    revision_id: int
    spans: tuple[Removed, ...]
    kept: int
    share: float
    inline: int


def list_rules() -> list[parsing.RemovalRule]:
    """Return the approved rules as the parser takes them, oldest first."""
    rules = RemovalRule.objects.filter(state=RemovalRule.State.APPROVED).order_by("pk")
    return [read_rule(rule) for rule in rules]


def read_rule(rule: RemovalRule) -> parsing.RemovalRule:
    """Return a rule as the parser takes it."""
    return parsing.RemovalRule(
        key=rule.pk or 0,
        text=rule.text,
        kind=rule.kind,
        whole_line=rule.whole_line,
        source=rule.source,
        organisation=rule.organisation,
        file_name=rule.file_name,
    )


def find_touched(rule: RemovalRule) -> Iterator[Touch]:
    """Yield every speech whose current text holds what the rule names, by id.

    Those are left out where it was tried on the same revision in vain.
    """
    parsed = read_rule(rule)
    tried = _list_skipped(rule)
    rows = Revision.objects.filter(speech__in=list_scope(rule), speech__current=F("pk"))
    rows = (
        rows.order_by("speech_id")
        .select_related("upload")
        .only("raw", "text", "removed", "decisions", "speech_id", "upload__name")
    )
    for row in rows.iterator(PORTION):
        if row.pk in tried or not parsed.fits(row.upload.name, rule.source, rule.organisation):
            continue
        touch = measure_touch(parsed, row.raw, row.removed, row.decisions)
        if touch:
            spans, kept, share, inline = touch
            yield Touch(row.speech_id, row.pk, tuple(spans), kept, share, inline)


def list_scope(rule: RemovalRule) -> QuerySet[Speech]:
    """Return the speeches that the rule may reach, by source and organisation."""
    speeches = Speech.objects.filter(current__isnull=False).order_by("pk")
    if rule.source:
        speeches = speeches.filter(source__name=rule.source)
    if rule.organisation:
        speeches = speeches.filter(organisation__name=rule.organisation)
    return speeches


def measure_touch(
    rule: parsing.RemovalRule, raw: str, removed: list[dict[str, Any]], decisions: dict[str, Any]
) -> tuple[list[Removed], int, float, int] | None:
    """Return (spans to take, places that people kept, share of the text, places in lines)."""
    spans = read_removed(removed)
    if not parsing.may_match(raw, spans, rule):
        return None
    found = parsing.take_spans(raw, spans, rule)
    kept = read_editorial_decisions(decisions, raw).kept
    taken = [span for span in found if not _meets(span, kept)]
    if not found:
        return None
    length = len(parsing.squeeze_kept(raw, spans)) or 1
    signs = count_chars(rule.text) * len(taken)
    inline = sum(not _stands_alone(raw, span) for span in taken)
    return taken, len(found) - len(taken), signs / length, inline


def show_places(revision: Revision, touch: Touch) -> list[list[MarkedText]]:
    """Return the first places of a touch in their surroundings, what would be taken marked."""
    raw = revision.raw
    return [
        mark_pieces(
            raw,
            (max(0, span.start - CONTEXT), min(len(raw), span.end + CONTEXT)),
            [Mark(span.start, span.end)],
        )
        for span in touch.spans[:SHOWN_PLACES]
    ]


def warn_of(rule: RemovalRule, touches: Sequence[Touch]) -> list[str]:
    """Return what speaks for looking twice before the rule is approved."""
    warnings = []
    signs, total = count_chars(rule.text), Speech.objects.count()
    if signs < SHORT_WORDS:
        message = _("规则只有 %(count)d 个字，容易误删正文。")
        warnings.append(message % {"count": signs})
    large = [touch for touch in touches if touch.share > LARGE_SHARE]
    if large:
        message = _("有 %(count)d 篇将被剔除正文的 %(percent)d%% 以上，最多的一篇达 %(most)d%%。")
        values = {"count": len(large), "percent": int(LARGE_SHARE * 100)}
        warnings.append(message % (values | {"most": int(max(t.share for t in large) * 100)}))
    inline = [touch for touch in touches if touch.inline]
    if len(inline) >= MANY_INLINE:
        message = _("有 %(count)d 篇是在段落中间剔除，请确认不是讲话原话。")
        warnings.append(message % {"count": len(inline)})
    if len(touches) > max(FEW_SPEECHES, total * WIDE_SHARE):
        message = _("涉及 %(count)d 篇，占全库 %(percent)d%%，请确认不是通用表述。")
        values = {"count": len(touches), "percent": int(100 * len(touches) / total)}
        warnings.append(message % values)
    return warnings


def _list_skipped(rule: RemovalRule) -> set[int | None]:
    skipped = RuleApplication.objects.filter(
        rule_id=rule.pk, outcome=RuleApplication.Outcome.SKIPPED
    )
    return set(skipped.values_list("revision_id", flat=True))


def _meets(span: Removed, kept: Iterable[Span]) -> bool:
    return any(start < span.end and span.start < end for start, end in kept)


def _stands_alone(raw: str, span: Removed) -> bool:
    before = raw[raw.rfind("\n", 0, span.start) + 1 : span.start]
    end = raw.find("\n", span.end)
    return not (before + raw[span.end : end if end >= 0 else len(raw)]).strip()
