"""Tables as files: CSV, XLSX and JSON, each saying what it is and where it comes from."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import resolve_url
from django.utils.translation import gettext as _

from corpus_app.access.models import Activity
from corpus_app.access.recording import record_activity
from corpus_app.pages.workbooks import write_workbook
from corpus_app.text.chars import keep_words
from search import Cell, Sheet, describe_today, explain_years, write_csv

FORMATS: Final = ("csv", "xlsx", "json")
# Seconds that a file is made at a stretch, and of the pause after them.
_STRETCH: Final = 0.02
_PAUSE: Final = 0.01
XLSX_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Download:
    """A file to fetch: its kind as a word and its address."""

    label: str
    url: str


def list_downloads(address: str, querystring: str) -> list[Download]:
    """Return the files that an export address offers for the parameters."""
    start = f"{address}?{querystring}&" if querystring else f"{address}?"
    return [Download(kind.upper(), f"{start}format={kind}") for kind in FORMATS]


def send_table(
    request: HttpRequest, sheet: Sheet, view: str, what: str, name: str
) -> HttpResponseBase:
    """Return the sheet as a file in the format asked for (CSV by default), with its citation.

    view names the page that shows the same table, or is its path; what says in Chinese what that
    is; name has no ending. An address with years that can't be read is refused: the file would
    hold more than was asked for.
    """
    if in_vain := explain_years(request.GET):
        return refuse_export("\n".join(in_vain))
    asked = request.GET.get("format", "")
    params = request.GET.copy()
    params.pop("format", None)
    query = f"?{params.urlencode()}" if params else ""
    address = request.build_absolute_uri(resolve_url(view) + query)
    kind = asked if asked in FORMATS else FORMATS[0]
    record_activity(request, Activity.Kind.EXPORT, what, kind.upper())
    if not request.user.is_authenticated:
        sheet = cut_rows(sheet, settings.EXPORT_ROWS)
    return send_sheet(cite_view(sheet, what, address), name, kind)


def cut_rows(sheet: Sheet, limit: int) -> Sheet:
    """Return the sheet with its first rows alone, and the note that says so, if it has more."""
    if sheet.total <= limit:
        return sheet
    words = _("未登录时一个文件最多 %(limit)d 行，共 %(total)d 行；登录后可导出全部")
    note = (_("提示"), words % {"limit": limit, "total": sheet.total})
    return replace(sheet, notes=[*sheet.notes, note], rows=islice(sheet.rows, limit))


def write_citation(what: str, view_url: str) -> str:
    """Return how a view is cited: GB/T 7714, a database on line.

    The citation goes into documents, so it is Chinese whatever the interface speaks.
    """
    return f"言库．{what}［DB/OL］．［{describe_today()}］．{view_url}"


def cite_view(sheet: Sheet, what: str, view_url: str) -> Sheet:
    """Return the sheet with a citation and the address that shows the same view."""
    citation = write_citation(what, view_url)
    return replace(sheet, notes=[*sheet.notes, (_("引用"), citation), (_("网址"), view_url)])


def send_sheet(sheet: Sheet, name: str, kind: str) -> HttpResponseBase:
    """Return the sheet as a file to be kept; kind is one of FORMATS, name has no ending."""
    response = _write(replace(sheet, rows=_give_way(sheet.rows)), name, kind)
    plain = name.encode("ascii", "ignore").decode() or "yanku"
    response["Content-Disposition"] = (
        f'attachment; filename="{plain.strip("-_ ") or "yanku"}.{kind}"; '
        f"filename*=UTF-8''{quote(f'{name}.{kind}', safe='')}"
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _give_way(rows: Iterable[Sequence[Cell]]) -> Iterator[Sequence[Cell]]:
    """Yield the rows, with a pause now and then: whoever reads a page goes before a file."""
    begun = time.monotonic()
    for row in rows:
        yield row
        if time.monotonic() - begun > _STRETCH:
            time.sleep(_PAUSE)
            begun = time.monotonic()


def _write(sheet: Sheet, name: str, kind: str) -> HttpResponseBase:
    if kind == "xlsx":
        return StreamingHttpResponse(write_workbook(sheet, name), content_type=XLSX_TYPE)
    if kind == "json":
        return StreamingHttpResponse(write_json(sheet), content_type="application/json")
    return StreamingHttpResponse(write_csv(sheet), content_type="text/csv; charset=utf-8")


def write_json(sheet: Sheet) -> Iterator[str]:
    """Yield {"about": [[what, value]…], "columns": […], "rows": [[…]…]} row by row."""
    yield f'{{"about": {_dump(list(sheet.notes))},\n"columns": {_dump(list(sheet.columns))},\n'
    yield '"rows": ['
    for number, row in enumerate(sheet.rows):
        yield f"{',' if number else ''}\n{_dump(list(row))}"
    yield "\n]}\n"


def _dump(value: list[tuple[str, Cell]] | list[str] | list[Cell]) -> str:
    return json.dumps(value, ensure_ascii=False)


def name_file(kind: str, words: str) -> str:
    """Return a file name that tells the view and its query: 语境-全过程人民民主."""
    kept = keep_words(words)[:24]
    return f"{kind}-{kept}" if kept else kind


def refuse_export(reason: str, status: int = 400) -> HttpResponse:
    """Return the reason as plain text with an error status."""
    return HttpResponse(reason + "\n", status=status, content_type="text/plain; charset=utf-8")
