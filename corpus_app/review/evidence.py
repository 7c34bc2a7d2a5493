"""The fields of a speech beside what their values were read from."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from math import floor
from typing import Any, Final

from django.forms import BoundField
from django.utils.translation import gettext as _, gettext_lazy

from corpus_app.catalog.fields import fit_fields, flatten_metadata, read_fields
from corpus_app.catalog.models import Revision, Speech
from corpus_app.ingest.spans import iter_kept
from corpus_app.intake.quality.rules import load_rules
from corpus_app.intake.revisions.decisions import Span, TableSource, read_removed, read_set_values
from corpus_app.pages.labels import name_genre, name_level
from corpus_app.review.forms import MetadataForm
from corpus_app.text.chars import find_offsets, shorten

WORDS_SHOWN: Final = 80
RULES: Final = {
    "selected": gettext_lazy("选自原文"),
    "profile": gettext_lazy("据网站版式"),
    "header": gettext_lazy("文首"),
    "footer": gettext_lazy("文末"),
    "notice": gettext_lazy("剔除的网页文字"),
    "opening": gettext_lazy("据正文开头推定"),
    "organs": gettext_lazy("据正文所称机关推定"),
    "wording": gettext_lazy("据正文用语推定"),
    "composed": gettext_lazy("据正文代拟"),
    "meta": gettext_lazy("网页自述（meta）"),
    "opengraph": gettext_lazy("网页自述（OpenGraph）"),
    "json_ld": gettext_lazy("网页自述（JSON-LD）"),
    "page_title": gettext_lazy("网页标题栏"),
    "json": gettext_lazy("数据文件的字段"),
    "from_title": gettext_lazy("据标题推定"),
    "from_subtitle": gettext_lazy("据副标题推定"),
    "from_organisation": gettext_lazy("据单位推定"),
    "from_speaker_role": gettext_lazy("据讲话人职务推定"),
    "from_occasion": gettext_lazy("据场合推定"),
}


# Who set a value.
SETTERS: Final = {
    "machine": gettext_lazy("机器"),
    "profile": gettext_lazy("网站版式"),
    "table": gettext_lazy("表格"),
    "person": gettext_lazy("人工"),
}


def describe_rule(rule: str) -> str:
    """Return in words by what the site of a file told that a line is its own; else the rule."""
    name, _colon, rest = rule.partition(":")
    count, _slash, files = rest.partition("/")
    if name == "repeated" and files:
        words = _("同站或同批的 %(files)s 个其他文件中，%(count)s 个也有这一行")
        return words % {"files": files, "count": count}
    return str(RULES["profile"]) if name == "profile" else rule


@dataclass(frozen=True)
class EvidencedField:
    """A form field with its evidence: how its value was found, in which words, where in raw.

    first and stop count word signs of the text where the words stand in it, as the columns do.
    setter says who set the value, percent how likely it is what the file says of the speech,
    where that was measured.
    """

    field: BoundField
    setter: str = ""
    percent: int | None = None
    doubtful: bool = False
    rule: str = ""
    words: str = ""
    start: int | None = None
    end: int | None = None
    first: int | None = None
    stop: int | None = None
    parsed: str = ""
    note: str = ""


def list_fields(speech: Speech, form: MetadataForm) -> list[EvidencedField]:
    """Return the form's fields with the evidence that the current revision keeps."""
    revision = speech.current
    if revision is None:
        return [EvidencedField(field) for field in form]
    return _Witness(revision, read_fields(speech)).list_fields(form)


class _Witness:
    """What a revision and what people said on it know of the values that stand today."""

    def __init__(self, revision: Revision, present: dict[str, str]) -> None:
        self.revision, self.present = revision, present
        self.found: dict[str, Any] | None = revision.metadata.get("evidence")
        self.parsed = fit_fields(flatten_metadata(revision.metadata)).values
        self.chosen = {one.name: one for one in read_set_values(revision.decisions)}
        self._signs = _SignCounter(revision)

    def list_fields(self, form: MetadataForm) -> list[EvidencedField]:
        return [self._describe(field) for field in form]

    def _describe(self, field: BoundField) -> EvidencedField:
        name = field.name
        value, read = self.present.get(name, ""), self.parsed.get(name, "")
        chosen = self.chosen.get(name)
        theirs = chosen is not None and value != "" and chosen.value == value
        if chosen is not None and theirs and chosen.span is not None:
            shown = EvidencedField(field, str(SETTERS["person"]), rule=str(RULES["selected"]))
            return self._place(shown, chosen.span)
        changed = _name_value(name, read) if value != read else ""
        if theirs and chosen is not None and chosen.table is not None:
            rule = _name_row(chosen.table)
            return EvidencedField(field, str(SETTERS["table"]), rule=rule, parsed=changed)
        evidence = (self.found or {}).get(name)
        shown = EvidencedField(field, parsed=changed, note=self._note(value, read, evidence))
        if value:
            shown = replace(shown, setter=_name_setter(theirs or value != read, evidence))
        if evidence is None:
            return shown
        shown = replace(shown, rule=str(RULES.get(evidence["rule"], evidence["rule"])))
        # How good a title is that we made up, nobody has measured; older revisions state it.
        made_up = name == "title" and self.revision.metadata.get("title_inferred")
        if value and value == read and not theirs and not made_up:
            shown = _add_probability(shown, evidence.get("probability"))
        start, end = evidence["start"], evidence["end"]
        return self._place(shown, None if start is None else (start, end), evidence["text"])

    def _note(self, value: str, read: str, evidence: dict[str, Any] | None) -> str:
        if value != read and value:
            return ""
        if self.found is None:
            return _("本版解析时未记录依据") if value else ""
        if evidence is not None:
            return ""
        return _("未见依据") if value else _("未读出")

    def _place(self, shown: EvidencedField, span: Span | None, words: str = "") -> EvidencedField:
        """Return the field with its words and where both columns have them."""
        words = words or (self.revision.raw[slice(*span)] if span else "")
        words = shorten(words, WORDS_SHOWN)
        if span is None:
            return replace(shown, words=words)
        first, stop = self._signs.count(*span)
        return replace(shown, words=words, start=span[0], end=span[1], first=first, stop=stop)


def _name_row(table: TableSource) -> str:
    return _("据元数据表“%(name)s”第 %(line)d 行") % {"name": table.name, "line": table.line}


def _name_setter(changed: bool, evidence: dict[str, Any] | None) -> str:
    if changed:
        return str(SETTERS["person"])
    profile = evidence is not None and evidence["rule"] == "profile"
    return str(SETTERS["profile" if profile else "machine"])


def _add_probability(shown: EvidencedField, probability: float | None) -> EvidencedField:
    if probability is None:
        return shown
    # Rounded down: what is below the limit must not look as if it were at it.
    percent = floor(probability * 100)
    doubtful = probability < load_rules().limits["value_doubtful"]
    return replace(shown, percent=percent, doubtful=doubtful)


def _name_value(name: str, value: str) -> str:
    names = {"level": name_level, "genre": name_genre}
    return (names[name](value) or value) if name in names and value else value


class _SignCounter:
    """Counts the word signs that are kept of raw before a place, as both columns count them."""

    def __init__(self, revision: Revision) -> None:
        kept = iter_kept(len(revision.raw), read_removed(revision.removed))
        self._kept = find_offsets(revision.raw, kept).tolist()

    def count(self, start: int, end: int) -> tuple[int | None, int | None]:
        """Return the numbers of the first sign in raw[start:end] and of the one behind its last."""
        first, stop = bisect_left(self._kept, start), bisect_left(self._kept, end)
        return (first, stop) if first < stop else (None, None)
