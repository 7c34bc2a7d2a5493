"""Metadata of many speeches from a table: uploaded, shown beforehand, and given to be filled in."""

from __future__ import annotations

from typing import Final

from django import forms
from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from corpus_app.access.models import Activity
from corpus_app.access.recording import record_activity
from corpus_app.catalog.querysets import EDIT_PERMISSION
from corpus_app.ingest.draft import RejectedFile
from corpus_app.ingest.limits import check_size
from corpus_app.ingest.tables.cells import SUFFIXES
from corpus_app.ingest.tables.rows import MOST_ROWS
from corpus_app.intake.manifests.reading import MetadataTable, read_manifest
from corpus_app.pages.downloads import send_sheet
from corpus_app.review.bulk.table_sheet import list_metadata, name_table
from corpus_app.review.bulk.tables import prepare_table
from corpus_app.review.queue import QueueRequest
from corpus_app.review.views.steps import read_user

FORMATS: Final = ("xlsx", "csv")


class TableForm(forms.Form):
    """A table of metadata; the valid form has it read."""

    table = forms.FileField(
        label=gettext_lazy("表格"),
        widget=forms.FileInput(attrs={"accept": ",".join(SUFFIXES)}),
        error_messages={
            "required": gettext_lazy("请选择一个表格。"),
            "empty": gettext_lazy("表格是空的。"),
        },
    )

    def clean_table(self) -> MetadataTable:
        """Return the table read; what is none is refused with the reason."""
        file = self.cleaned_data["table"]
        try:
            check_size(file.size)
            manifest = read_manifest(file.read(), file.name)
        except RejectedFile as refusal:
            raise forms.ValidationError(refusal.message) from refusal
        if not manifest.rows:
            raise forms.ValidationError(_("表格只有表头，没有内容。"))
        return manifest


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@permission_required(EDIT_PERMISSION, raise_exception=True)
def upload_table(request: HttpRequest) -> HttpResponse:
    """Ask for a table of metadata; lead to the preview of what it would change."""
    form = TableForm(request.POST, request.FILES) if request.method == "POST" else TableForm()
    if form.is_valid():
        return redirect(prepare_table(form.cleaned_data["table"], read_user(request)))
    context = {"form": form, "most": MOST_ROWS}
    return render(request, "review/bulk_table.html", context, status=422 if form.errors else 200)


@require_safe
@login_required
@permission_required(EDIT_PERMISSION, raise_exception=True)
def download_table(request: HttpRequest) -> HttpResponseBase:
    """Answer with the metadata of the speeches of a queue, as a table that can be taken back."""
    asked = QueueRequest.from_params(request.GET.dict())
    kind = request.GET.get("as", "")
    kind = kind if kind in FORMATS else "xlsx"
    record_activity(request, Activity.Kind.EXPORT, name_table(asked), kind.upper())
    return send_sheet(list_metadata(asked), name_table(asked), kind)
