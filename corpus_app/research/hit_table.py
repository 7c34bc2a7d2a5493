"""All hits of a search as a table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from django.utils.translation import gettext as _

from corpus_app.catalog.addresses import link_speech
from corpus_app.pages.search_page import name_value
from search import (
    COMPLETENESS,
    Cell,
    Hit,
    RowPlace,
    SearchRequest,
    SearchResult,
    Sheet,
    attach_speech_cells,
    describe_coverage,
    describe_filters,
    describe_today,
    list_speech_columns,
    run_search,
)

MAX_HITS: Final = 50_000
# Snippets in memory at a time.
BATCH: Final = 500


def export_hits(request: SearchRequest, site: str) -> Sheet:
    """Return all hits of a request, at most MAX_HITS, as a sheet; rows can be read once.

    site ("https://host") is put before the addresses. Raise QueryError for an unreadable text.
    """
    first = run_search(request.change(page=1, per_page=BATCH))
    columns = [
        _("序号"),
        _("标题"),
        _("日期"),
        *list_speech_columns(),
        _("章节"),
        _("节选"),
        _("完整性"),
        _("附近有缺失"),
        _("讲话编号"),
        _("章节号"),
        _("链接"),
    ]
    total = min(first.total, MAX_HITS)
    return Sheet(_write_notes(first), columns, _write_rows(first, site), total)


def _write_notes(result: SearchResult) -> list[tuple[str, Cell]]:
    request = result.request
    unit = _("章节") if request.unit == "section" else _("篇")
    notes: list[tuple[str, Cell]] = [
        (_("检索式"), request.text),
        (_("检索含义"), result.understood),
        (_("检索单位"), unit),
        (_("筛选条件"), describe_filters(request)),
        (_("命中数"), result.total),
        (_("导出日期"), describe_today()),
        (_("检索范围"), describe_coverage(result.searched)),
        (_("语料库规模"), describe_coverage(result.corpus)),
    ]
    if result.total > MAX_HITS:
        notes.append((_("提示"), _("只导出前 %(count)d 条") % {"count": MAX_HITS}))
    if result.stale:
        notes.append((_("提示"), _("索引尚未更新，结果可能不全")))
    return notes


def _write_rows(first: SearchResult, site: str) -> Iterator[list[Cell]]:
    described = attach_speech_cells(_read_hits(first), _locate)
    for number, (hit, cells) in enumerate(described, start=1):
        key = hit.section_key or ""
        yield [
            number,
            hit.title,
            hit.date,
            *cells,
            " › ".join(step.label for step in hit.path),
            hit.snippet,
            name_value("completeness", COMPLETENESS.get(hit.completeness, hit.completeness)),
            _("是") if hit.has_gap else "",
            hit.speech_id,
            key,
            f"{site}{_find_address(hit)}",
        ]


def _locate(hit: Hit) -> RowPlace:
    return RowPlace(hit.speech_id, hit.section_key or "")


def _find_address(hit: Hit) -> str:
    return link_speech(hit.speech_id, hit.section_key, span=hit.span, revision=hit.revision_number)


def _read_hits(first: SearchResult) -> Iterator[Hit]:
    pages = min(first.page_count, MAX_HITS // BATCH)
    yield from first.hits
    for page in range(2, pages + 1):
        yield from run_search(first.request.change(page=page)).hits
