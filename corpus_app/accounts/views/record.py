"""The site-wide record: read, filtered, exported, and changed by nobody."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from corpus_app.access.limits import limit_exports
from corpus_app.access.models import Activity
from corpus_app.access.recording import record_activity
from corpus_app.accounts.record import RecordFilter, list_entries, list_kinds, read_entries
from corpus_app.accounts.roles import MANAGE
from corpus_app.accounts.views.filtered_pages import turn_page
from corpus_app.pages.downloads import FORMATS, list_downloads, send_sheet
from search import Cell, Sheet


@never_cache
@require_safe
@login_required
@permission_required(MANAGE, raise_exception=True)
def show_record(request: HttpRequest) -> HttpResponse:
    """Show the entries that the filter asks for, the newest first."""
    asked = RecordFilter.from_params(request.GET)
    shown = turn_page(request, list_entries(asked))
    context = {
        **shown,
        "asked": asked,
        "entries": list(read_entries(shown["page"].object_list)),
        "kinds": list_kinds().items(),
        "kept_days": settings.RECORD_DAYS,
        "downloads": list_downloads("export/", shown["querystring"]),
    }
    return render(request, "accounts/record.html", context)


@never_cache
@require_safe
@login_required
@permission_required(MANAGE, raise_exception=True)
@limit_exports
def export_record(request: HttpRequest) -> HttpResponseBase:
    """Send the entries that the filter asks for as a file."""
    asked, kind = RecordFilter.from_params(request.GET), request.GET.get("format", "")
    kind = kind if kind in FORMATS else FORMATS[0]
    columns = [_("时间"), _("用户"), _("事项"), _("对象"), _("说明"), _("地址"), _("讲话编号")]
    rows = list_entries(asked)
    notes: list[tuple[str, Cell]] = [
        (_("起始"), asked.since.isoformat() if asked.since else _("不限")),
        (_("截止"), asked.until.isoformat() if asked.until else _("不限")),
        (_("用户"), asked.user or _("全部")),
        (_("事项"), list_kinds().get(asked.kind, _("全部"))),
        (_("关键词"), asked.words or _("无")),
    ]
    sheet = Sheet(notes, columns, _write_rows(rows), rows.count())
    record_activity(request, Activity.Kind.EXPORT, _("操作记录"), kind.upper())
    return send_sheet(sheet, f"{_('操作记录')}-{timezone.localdate():%Y%m%d}", kind)


def _write_rows(rows: object) -> Iterator[list[Cell]]:
    for entry in read_entries(rows):
        when = timezone.localtime(entry.moment).strftime("%Y-%m-%d %H:%M:%S")
        yield [when, entry.name, entry.done, entry.what, entry.how, entry.where, entry.target]
