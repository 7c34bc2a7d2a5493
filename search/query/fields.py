"""The fields a query can name, with all their names."""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# Text fields hold a string, code fields one of a few codes.
TEXT_FIELDS: Final = ("title", "speaker", "organisation", "source", "place")

FIELD_LABELS: Final[dict[str, Promise]] = {
    "title": _("标题"),
    "speaker": _("讲话人"),
    "organisation": _("单位"),
    "theme": _("主题"),
    "slogan": _("提法"),
    "source": _("来源"),
    "place": _("地区"),
    "level": _("级别"),
    "date": _("日期"),
    "year": _("年份"),
    "month": _("月份"),
    "genre": _("体裁"),
    "completeness": _("完整性"),
    "date_kind": _("日期性质"),
    "regex": _("正则"),
    "subcorpus": _("子库"),
}

# The names are part of the language and the same in every interface language.
FIELD_NAMES: Final[dict[str, str]] = {
    "标题": "title",
    "讲话人": "speaker",
    "单位": "organisation",
    "主题": "theme",
    "提法": "slogan",
    "来源": "source",
    "地区": "place",
    "级别": "level",
    "日期": "date",
    "体裁": "genre",
    "完整性": "completeness",
    "日期性质": "date_kind",
    "正则": "regex",
    "子库": "subcorpus",
    "title": "title",
    "speaker": "speaker",
    "org": "organisation",
    "organisation": "organisation",
    "theme": "theme",
    "slogan": "slogan",
    "source": "source",
    "place": "place",
    "level": "level",
    "date": "date",
    "genre": "genre",
    "completeness": "completeness",
    "date_kind": "date_kind",
    "regex": "regex",
    "subcorpus": "subcorpus",
}
