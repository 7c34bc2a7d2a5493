"""The words shown for codes and numbers, in the reader's language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Final

from django.utils import formats
from django.utils.translation import get_language, gettext as _, gettext_lazy, ngettext

from corpus_app.catalog.days import SpeechDay, say_day
from corpus_app.ingest.vocabulary import label_genre, label_level

# What the parser names in plain Chinese, listed here so that the catalogue holds it.
PARSER_WORDS: Final = (
    gettext_lazy("全国"),
    gettext_lazy("省级"),
    gettext_lazy("市级"),
    gettext_lazy("县级"),
    gettext_lazy("乡级"),
    gettext_lazy("工作会议讲话"),
    gettext_lazy("学习会讲话"),
    gettext_lazy("培训班讲话"),
    gettext_lazy("大会开幕讲话"),
    gettext_lazy("大会闭幕讲话"),
    gettext_lazy("检查反馈讲话"),
    gettext_lazy("代表家站活动讲话"),
    gettext_lazy("经验交流材料"),
    gettext_lazy("工作报告"),
    gettext_lazy("决议决定"),
    gettext_lazy("党课讲稿"),
)

REMOVED_KINDS: Final = {
    "title": gettext_lazy("标题"),
    "metadata": gettext_lazy("文献信息"),
    "unread": gettext_lazy("未读懂的行"),
    "site": gettext_lazy("网站名称与栏目"),
    "breadcrumb": gettext_lazy("网站导航"),
    "pager": gettext_lazy("页码与翻页"),
    "share": gettext_lazy("分享与工具"),
    "counter": gettext_lazy("阅读次数"),
    "related": gettext_lazy("相关文章"),
    "advert": gettext_lazy("广告"),
    "watermark": gettext_lazy("水印"),
    "paywall": gettext_lazy("付费提示"),
    "hidden": gettext_lazy("隐藏提示"),
    "disclaimer": gettext_lazy("免责声明"),
    "copyright": gettext_lazy("版权说明"),
    "licence": gettext_lazy("许可说明"),
    "editor_note": gettext_lazy("编辑署名"),
    "sample_notice": gettext_lazy("示例说明"),
    "wiki": gettext_lazy("百科模板"),
    "url": gettext_lazy("网址"),
    "stray": gettext_lazy("零散符号"),
    "invisible": gettext_lazy("不可见字符"),
    "hidden_text": gettext_lazy("隐藏文字"),
    "annotation": gettext_lazy("注音与旁注"),
    "markup": gettext_lazy("网页标记"),
    "wrapper": gettext_lazy("文外字句"),
    "editor": gettext_lazy("人工剔除"),
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


def spell_day_said(day: SpeechDay) -> str:
    """Return a speech's day in words with what day it is: 2023年5月8日发布; "" for none."""
    return say_day(spell_date(day.value), day.kind)


def number_day_said(day: SpeechDay) -> str:
    """Return a speech's day in numbers with what day it is: 2023-05-08 发布; "" for none."""
    return say_day(day.value, day.kind)


def part_sentences() -> str:
    """Return what stands between two sentences: a blank, in Chinese nothing."""
    return " " if get_language() == "en" else ""


def join_sentences(sentences: Iterable[str]) -> str:
    """Return the sentences in a row, parted as the reader's language parts them."""
    return part_sentences().join(sentences)


def spell_characters(count: int) -> str:
    """Return a number of characters in words: 8,120 字, 12.4 万字."""
    if get_language() != "en" and count >= 100_000:
        return f"{count / 10_000:.1f} 万字"
    return ngettext("%(count)s 字", "%(count)s 字", count) % {"count": f"{count:,}"}
