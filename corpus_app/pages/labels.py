"""The words shown for codes and numbers, in the reader's language."""

from __future__ import annotations

import datetime as dt
from typing import Final

from django.utils import formats
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from corpus_app.ingest.vocabulary import label_genre, label_level

# What the parser names in plain Chinese, listed here so that the catalogue holds it.
PARSER_WORDS: Final = (
    _lazy("全国"),
    _lazy("省级"),
    _lazy("市级"),
    _lazy("县级"),
    _lazy("乡级"),
    _lazy("工作会议讲话"),
    _lazy("学习会讲话"),
    _lazy("培训班讲话"),
    _lazy("大会开幕讲话"),
    _lazy("大会闭幕讲话"),
    _lazy("检查反馈讲话"),
    _lazy("代表家站活动讲话"),
    _lazy("经验交流材料"),
    _lazy("工作报告"),
    _lazy("决议决定"),
    _lazy("党课讲稿"),
)

REMOVED_KINDS: Final = {
    "title": _lazy("标题"),
    "subtitle": _lazy("副标题"),
    "metadata": _lazy("文献信息"),
    "chrome": _lazy("网站框架"),
    "breadcrumb": _lazy("网站导航"),
    "watermark": _lazy("水印"),
    "paywall": _lazy("付费提示"),
    "hidden": _lazy("隐藏提示"),
    "hidden_notice": _lazy("隐藏提示"),
    "disclaimer": _lazy("免责声明"),
    "advertising": _lazy("广告"),
    "advert": _lazy("广告"),
    "sample_notice": _lazy("示例说明"),
    "source_link": _lazy("原文链接"),
    "stray": _lazy("零散符号"),
    "note": _lazy("附注"),
}


def name_level(code: str) -> str:
    """Return the reader's word for a level code, or "" for none."""
    label = label_level(code)
    return _(label) if label else ""


def name_genre(code: str) -> str:
    """Return the reader's word for a genre code, or "" for none."""
    label = label_genre(code)
    return _(label) if label else ""


def name_removed(kind: str) -> str:
    """Return the reader's word for a kind of removed span; an unknown kind is shown as it is."""
    return str(REMOVED_KINDS.get(kind, kind))


def spell_date(value: str) -> str:
    """Return "2024-04" as 2024年4月 (or April 2024), as precise as it came; "" for none."""
    if not value:
        return ""
    try:
        numbers = [int(part) for part in value.split("-")]
        day = dt.date(*[*numbers, 1, 1][:3])
    except (ValueError, TypeError):
        return value
    if get_language() == "en":
        return formats.date_format(day, ("Y", "F Y", "j F Y")[len(numbers) - 1], use_l10n=False)
    units = zip(numbers, "年月日", strict=False)
    return "".join(f"{number}{unit}" for number, unit in units)


def spell_characters(count: int) -> str:
    """Return a number of characters in words: 8,120 字, 12.4 万字."""
    if get_language() != "en" and count >= 100_000:
        return f"{count / 10_000:.1f} 万字"
    return ngettext("%(count)s 字", "%(count)s 字", count) % {"count": f"{count:,}"}
