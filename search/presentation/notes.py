"""What an exported table says about itself, in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy

from corpus_app.catalog.days import DAY_KINDS
from corpus_app.ingest.vocabulary import GENRES, LEVELS
from search.matching.names import DatabaseNames
from search.query.fields import FIELD_LABELS
from search.query.values import COMPLETENESS
from search.request import FACETS, SearchRequest, name_years
from search.result import Coverage

FACET_LABELS: Final[Mapping[str, str | Promise]] = {
    "year": gettext_lazy("年份"),
    "theme": gettext_lazy("主题"),
    "organisation": gettext_lazy("单位"),
    "level": gettext_lazy("级别"),
    "genre": gettext_lazy("体裁"),
    "completeness": gettext_lazy("完整性"),
    "date_kind": gettext_lazy("日期性质"),
}
_VALUES: Final[Mapping[str, Mapping[str, str]]] = {
    "level": LEVELS,
    "genre": GENRES,
    "completeness": COMPLETENESS,
    "date_kind": DAY_KINDS,
}


def describe_filters(request: SearchRequest) -> str:
    """Return the facets in use in words: 年份：2021、2022；级别：市级; or 无."""
    theme_names = DatabaseNames()
    parts = []
    for facet in FACETS:
        label_of = _choose_labels(facet, theme_names)
        if values := [label_of(value) for value in request.selected(facet)]:
            words = {"name": FACET_LABELS[facet], "words": _("、").join(values)}
            parts.append(_("%(name)s：%(words)s") % words)
    parts += [name_condition(condition, theme_names.label_theme) for condition in request.only]
    return _("；").join(parts) or _("无")


def name_condition(condition: str, label_theme: Callable[[str], str]) -> str:
    """Return a condition of only in words: 讲话人：张三, or 讲话人不详."""
    key, _colon, value = condition.partition(":")
    words = {"key": FIELD_LABELS[key], "value": label_key_value(key, value, label_theme)}
    return (_("%(key)s：%(value)s") if value else _("%(key)s不详")) % words


def label_key_value(key: str, value: str, label_theme: Callable[[str], str]) -> str:
    """Return a value of a key as it is shown; label_theme names a theme by its slug."""
    if not value:
        return _("无主题") if key == "theme" else _("不详")
    if key == "theme":
        return label_theme(value)
    if key == "month" and "-" not in value:
        return _("%(year)s（月份不详）") % {"year": value}
    return _(_VALUES.get(key, {}).get(value, value)) if key in _VALUES else value


def _choose_labels(facet: str, names: DatabaseNames) -> Callable[[str], str]:
    if facet == "theme":
        return names.label_theme
    if facet == "year":
        return name_years
    labels = _VALUES.get(facet, {})
    return lambda value: _(labels[value]) if value in labels else value


def describe_coverage(coverage: Coverage) -> str:
    """Return the size in words: 12 篇，150 个章节，63000 字，2019—2024 年.

    Where speeches stand by another day than that of delivery, it says how many.
    """
    words = _("%(speeches)s 篇，%(sections)s 个章节，%(characters)s 字") % {
        "speeches": coverage.speeches,
        "sections": coverage.sections,
        "characters": coverage.characters,
    }
    if coverage.first_year is None:
        return words
    years = _("%(first)s—%(last)s 年") % {
        "first": coverage.first_year,
        "last": coverage.last_year,
    }
    return "，".join(filter(None, [words, years, describe_proxies(coverage)]))


def describe_proxies(coverage: Coverage) -> str:
    """Return how many speeches stand by another day than that of delivery, "" for none."""
    if not coverage.proxies:
        return ""
    return _("其中 %(count)s 篇的讲话日期不详，按发布或更新日期计") % {"count": coverage.proxies}


def describe_today() -> str:
    """Return today's date in the site's time zone."""
    return timezone.localdate().isoformat()
