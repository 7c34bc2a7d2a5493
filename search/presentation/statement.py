"""What was searched and how much was found, as plain text to cite; no hits are a result too."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from search.presentation.notes import describe_coverage, describe_filters, describe_today
from search.result import Coverage, SearchResult, Share


def write_statement(result: SearchResult) -> str:
    """Return query, meaning, filters, extent, outcome and date, a line each."""
    request, searched = result.request, result.searched
    unit = _("章节") if request.unit == "section" else _("讲话")
    rows = [
        (_("检索式"), request.text or _("无")),
        (_("检索含义"), result.understood),
        (_("检索单位"), unit),
        (_("筛选条件"), describe_filters(request)),
        (_("检索范围"), describe_coverage(searched)),
        *describe_shares(searched),
        (_("结果"), _describe_outcome(result)),
        (_("检索日期"), describe_today()),
    ]
    if result.stale:
        rows.append((_("提示"), _("索引尚未更新，结果可能不全")))
    lines = (_("%(name)s：%(words)s") % {"name": name, "words": words} for name, words in rows)
    return "\n".join([_("言库检索说明"), *lines])


def describe_shares(coverage: Coverage) -> list[tuple[str, str]]:
    """Return what the speeches are, counted: 级别, 完整性, 日期性质, and 日期不详 if any."""
    rows = [
        (_("级别"), _join_shares(coverage.levels)),
        (_("完整性"), _join_shares(coverage.completeness)),
        (_("日期性质"), _join_shares(coverage.days) if coverage.proxies else ""),
    ]
    if coverage.undated:
        rows.append((_("日期不详"), _("%(count)s 篇") % {"count": coverage.undated}))
    return [(name, words) for name, words in rows if words]


def _join_shares(shares: Sequence[Share]) -> str:
    words = (
        _("%(label)s %(count)s 篇") % {"label": share.label, "count": share.count}
        for share in shares
    )
    return _("、").join(words)


def _describe_outcome(result: SearchResult) -> str:
    if not result.total:
        return _("没有找到")
    if result.request.unit == "section":
        return _("找到 %(count)s 个章节") % {"count": result.total}
    return _("找到 %(count)s 篇") % {"count": result.total}
