"""Words that an editor selects in the raw text and says what they are: title, date, speaker."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from django.utils.translation import gettext as _, gettext_lazy

from corpus_app.catalog.fields import measure_limit
from corpus_app.catalog.models import Revision
from corpus_app.catalog.text_maps import map_text
from corpus_app.ingest.dates import find_date
from corpus_app.ingest.draft import Removed
from corpus_app.ingest.metadata.label_words import spell_labels
from corpus_app.ingest.metadata.names import is_name, split_office
from corpus_app.intake.revisions.decisions import EDITOR, HEAD_KINDS, SetValue, Span, read_removed
from corpus_app.text.chars import count_chars, shorten, tidy

# What selected words can be set as, in the order of their keys; 日期 is the day of the speech.
SETTABLE: Final = {
    "title": gettext_lazy("标题"),
    "subtitle": gettext_lazy("副题"),
    "delivered": gettext_lazy("日期"),
    "speaker": gettext_lazy("讲话人"),
    "speaker_role": gettext_lazy("职务"),
    "organisation": gettext_lazy("单位"),
    "occasion": gettext_lazy("会议"),
    "source": gettext_lazy("来源"),
}
WORDS_SHOWN: Final = 30
_PAIRS: Final = ("（）", "()", "《》", "〈〉", "【】", "[]", "〔〕", "“”")
_HAN: Final = "[\u3400-\u9fff\U00020000-\U0003ffff]"
_INNER_BREAK: Final = re.compile(r"[ \t\u3000]*\n\s*")
_NAME_BLANKS: Final = re.compile(rf"(?<={_HAN})\s+(?={_HAN})")
_DASHES: Final = re.compile(r"^\s*[—―–-]{1,4}\s*(?=\S)")
_ENDERS: Final = re.compile("[。！？；!?;]")
# Between two values of one line, and around them.
_EMPTY: Final = " \t\u3000（）()《》【】[]〔〕|｜·:：—-"


class UnreadableValueError(ValueError):
    """Selected words that the field cannot hold; str() is the words for the page."""


@dataclass(frozen=True)
class Assignment:
    """A span of raw text and the field that its words are to become the value of."""

    name: str
    start: int
    end: int


def read_assignments(
    base: Revision, asked: Sequence[Assignment]
) -> tuple[list[SetValue], list[Removed]]:
    """Return the values that the spans' words make, and what of the spans leaves the text.

    Words inside a sentence stay there: the value is set, and no sentence loses a word. Raises
    UnreadableValueError.
    """
    values = [value for one in asked for value in _read_values(base, one)]
    # An office that a line says along with its holder yields to one that was selected itself.
    named = {one.name for one in asked}
    seen: dict[str, SetValue] = {}
    for value in values:
        own = any((a.name, (a.start, a.end)) == (value.name, value.span) for a in asked)
        if own or value.name not in named:
            seen[value.name] = value
    inside = set(_list_inside(base, asked))
    taken = [
        Removed(
            "title" if one.name in ("title", "subtitle") else "metadata",
            base.raw[one.start : one.end],
            one.start,
            one.end,
            EDITOR,
        )
        for one in asked
        if one not in inside
    ]
    return list(seen.values()), taken


def _read_values(base: Revision, asked: Assignment) -> Iterator[SetValue]:
    span = asked.start, asked.end
    words = _read_words(base, span)
    if asked.name == "speaker":
        office = split_office(_drop_label(words))
        if office is not None:
            yield SetValue("speaker_role", _check("speaker_role", office[0], words), span)
            yield SetValue("speaker", _check("speaker", office[1], words), span)
            return
    yield SetValue(asked.name, _check(asked.name, read_value(asked.name, words), words), span)


def read_value(name: str, words: str) -> str:
    """Return the field's value that selected words make, without label, brackets, line breaks.

    A date is read as the parser reads it. Raises UnreadableValueError where there is none.

    >>> read_value("speaker", "讲话人：林 知 远")
    '林知远'
    """
    if name == "delivered":
        date = find_date(words)
        if date is None:
            message = _(
                "“%(words)s”不是能识别的日期，没有设定；"
                "可在“文献信息”中直接填写，如 2024、2024-04 或 2024-04-05。"
            )
            raise UnreadableValueError(message % {"words": shorten(words, WORDS_SHOWN)})
        return date.value
    value = _drop_brackets(_drop_label(words))
    if name == "subtitle":
        value = _DASHES.sub("", value)
    value = tidy(_INNER_BREAK.sub("", value))
    if name == "speaker" and (is_name(value) or count_chars(value) <= 4):
        value = _NAME_BLANKS.sub("", value)
    return value


def _check(name: str, value: str, words: str) -> str:
    """Return the value; raises UnreadableValueError where it is none or too long for its field."""
    label, limit = SETTABLE[name], measure_limit(name)
    if not any(char.isalnum() for char in value):
        message = _("“%(words)s”里没有可作%(label)s的文字，没有设定。")
        raise UnreadableValueError(message % {"words": shorten(words, WORDS_SHOWN), "label": label})
    if len(value) > limit:
        message = _("%(label)s最多 %(limit)d 字，所选有 %(count)d 字，没有设定；请重新选取。")
        raise UnreadableValueError(message % {"label": label, "limit": limit, "count": len(value)})
    return value


def _read_words(base: Revision, span: Span) -> str:
    """Return the words of a span of raw; noise that was taken out between them is none of them."""
    removed = [one for one in read_removed(base.removed) if _overlaps(one, span)]
    words, at = "", span[0]
    for one in removed:
        words += base.raw[at : max(at, one.start)]
        if one.kind in HEAD_KINDS | {"unread"}:
            words += base.raw[max(at, one.start) : min(one.end, span[1])]
        at = min(max(at, one.end), span[1])
    words += base.raw[at : span[1]]
    # All of it was taken out: then it is what was meant.
    return words if words.strip() else base.raw[slice(*span)]


def _overlaps(one: Removed, span: Span) -> bool:
    return one.start < span[1] and span[0] < one.end


def _list_inside(base: Revision, asked: Sequence[Assignment]) -> Iterator[Assignment]:
    """Yield those whose words stand inside a sentence of the text."""
    places = map_text(base).inverse
    spans = {one: places.find_span(one.start, one.end) for one in asked}
    for one, (start, end) in spans.items():
        if start < end and _is_inside(base.text, start, end, list(spans.values())):
            yield one


def _is_inside(text: str, start: int, end: int, spans: Sequence[Span]) -> bool:
    """Say whether text[start:end] is part of a sentence; the spans are all on their way out."""
    low, high = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    high = len(text) if high < 0 else high
    before = _cut_out(text, low, start, spans).strip(_EMPTY)
    behind = _cut_out(text, end, high, spans)
    if not _ENDERS.search(before + behind):
        return False
    goes_on = behind[:1].isalnum() or behind[:1] in ("，", "、")
    return bool(before) or goes_on


def _cut_out(text: str, low: int, high: int, spans: Sequence[Span]) -> str:
    """Return text[low:high] without what of it stands in the spans."""
    out = {at for start, end in spans for at in range(max(low, start), min(high, end))}
    return "".join(text[at] for at in range(low, high) if at not in out)


@cache
def _label_pattern() -> re.Pattern[str]:
    return re.compile(rf"^\s*[\[【(（]?(?:{spell_labels()})\s*(?:[】\]]?\s*[:：]|[】\]])\s*")


def _drop_label(words: str) -> str:
    """Return the words without the label before them (讲话人：), as they are where none is."""
    rest = _label_pattern().sub("", words)
    return rest if rest.strip() else words


def _drop_brackets(words: str) -> str:
    """Return the words without the pair of brackets around all of them."""
    bare = words.strip()
    for left, right in _PAIRS:
        inner = bare[1:-1]
        if bare[:1] == left and bare[-1:] == right and left not in inner and right not in inner:
            return inner.strip()
    return bare
