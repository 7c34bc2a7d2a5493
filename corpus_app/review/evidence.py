"""The fields of a speech beside what their values were read from."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import Any, Final

from django.forms import BoundField
from django.utils.translation import gettext as _, gettext_lazy

from corpus_app.catalog.fields import fit_fields, flatten_metadata, read_fields
from corpus_app.catalog.models import Revision, Speech
from corpus_app.ingest.spans import iter_kept
from corpus_app.intake.revisions.decisions import read_removed
from corpus_app.pages.labels import name_genre, name_level
from corpus_app.review.forms import MetadataForm
from corpus_app.text.chars import find_offsets, shorten

WORDS_SHOWN: Final = 80
RULES: Final = {
    "header": gettext_lazy("文首"),
    "footer": gettext_lazy("文末"),
    "notice": gettext_lazy("剔除的网页文字"),
    "opening": gettext_lazy("据正文开头推定"),
    "organs": gettext_lazy("据正文所称机关推定"),
    "wording": gettext_lazy("据正文用语推定"),
    "composed": gettext_lazy("据正文代拟"),
    "from_title": gettext_lazy("据标题推定"),
    "from_subtitle": gettext_lazy("据副标题推定"),
    "from_organisation": gettext_lazy("据单位推定"),
    "from_speaker_role": gettext_lazy("据讲话人职务推定"),
    "from_occasion": gettext_lazy("据场合推定"),
}


@dataclass(frozen=True)
class EvidencedField:
    """A form field with its evidence: how its value was found, in which words, where in raw.

    first and stop count word signs of the text where the words stand in it, as the columns do.
    """

    field: BoundField
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
    found = revision.metadata.get("evidence")
    parsed = fit_fields(flatten_metadata(revision.metadata)).values
    present = read_fields(speech)
    signs = _SignCounter(revision) if found else None
    return [_describe(field, found, parsed, present, signs) for field in form]


def _describe(
    field: BoundField,
    found: dict[str, Any] | None,
    parsed: dict[str, str],
    present: dict[str, str],
    signs: _SignCounter | None,
) -> EvidencedField:
    name = field.name
    value, read = present.get(name, ""), parsed.get(name, "")
    evidence = (found or {}).get(name)
    changed = read if value != read else ""
    if value and value != read:
        note = _("人工填写")
    elif found is None:
        note = _("本版解析时未记录依据") if value else ""
    elif value and evidence is None:
        note = _("未见依据")
    elif not value and evidence is None:
        note = _("原文未见")
    else:
        note = ""
    if evidence is None or signs is None:
        return EvidencedField(field, parsed=_name_value(name, changed), note=note)
    start, end = evidence["start"], evidence["end"]
    first, stop = (None, None) if start is None else signs.count(start, end)
    return EvidencedField(
        field=field,
        rule=str(RULES.get(evidence["rule"], evidence["rule"])),
        words=shorten(evidence["text"], WORDS_SHOWN),
        start=start,
        end=end,
        first=first,
        stop=stop,
        parsed=_name_value(name, changed),
        note=note,
    )


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
