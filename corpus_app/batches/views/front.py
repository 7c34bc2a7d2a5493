"""The desk's front: files, pasted text and addresses come in here."""

from __future__ import annotations

from contextlib import closing
from typing import Final, cast

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.contrib.auth.models import User
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from corpus_app.batches.desk_front import describe_front
from corpus_app.batches.fetching import FetchError, fetch_page
from corpus_app.batches.forms import AddressForm, PasteForm, UploadForm
from corpus_app.batches.models import Batch
from corpus_app.batches.pasting import is_address, make_file
from corpus_app.batches.pieces.storing import drop_upload, find_whole, open_upload
from corpus_app.batches.receiving import is_taken_at_once, make_upload_batch, take_file, take_text
from corpus_app.batches.speech_tables import receive_table
from corpus_app.batches.views.answers import ADD_PERMISSION
from corpus_app.intake.importing.storing import ImportOutcome
from corpus_app.intake.quality.holding import HELD

# By its chief field, what the front calls a form.
NAMES: Final = {"file": "upload", "text": "paste", "address": "address"}


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@permission_required(ADD_PERMISSION, raise_exception=True)
def upload_files(request: HttpRequest) -> HttpResponse:
    """Show the front; take one small file in at once, several or an archive as a batch."""
    if request.method != "POST":
        return _render_front(request, {"upload": UploadForm()})
    received = request.POST.get("received", "")
    upload = find_whole(cast(User, request.user), received)
    if upload is None:
        missing = _("所传的文件已不在服务器上，请重新选择。") if received else ""
        return _take_form(request, request.FILES, missing)
    files = request.FILES.copy()
    with closing(open_upload(upload)) as file:
        files.appendlist("file", file)
        response = _take_form(request, files)
    drop_upload(upload)
    return response


def _take_form(
    request: HttpRequest, files: MultiValueDict[str, UploadedFile], missing: str = ""
) -> HttpResponse:
    """Take the form's files in; missing says what became of one that it names and is not there."""
    form = UploadForm(request.POST, files)
    if missing:
        form.errors.clear()
        form.add_error("file", missing)
    if not form.is_valid():
        return _render_front(request, {"upload": form})
    chosen, user = form.list_files(), cast(User, request.user)
    publish, limit = form.cleaned_data["publish"], form.cleaned_data["limit"]
    if len(chosen) == 1 and is_taken_at_once(chosen[0]):
        batch = receive_table(chosen[0], user, publish=publish, limit=limit)
        if batch is not None:
            return redirect("batch_table", batch.pk)
    if len(chosen) == 1 and not (publish or limit) and is_taken_at_once(chosen[0]):
        return _answer(request, take_file(chosen[0], user), form, "file")
    batch = make_upload_batch(chosen, user, publish=publish, limit=limit)
    return redirect("batch", batch.pk)


@require_POST
@login_required
@permission_required(ADD_PERMISSION, raise_exception=True)
def paste_text(request: HttpRequest) -> HttpResponse:
    """Take in what was pasted and go on to its review; an error keeps the words on the page."""
    form = PasteForm(request.POST)
    if not form.is_valid():
        return _render_front(request, {"paste": form})
    given = form.cleaned_data
    if is_address(given["text"]) and not given["markup"]:
        return _fetch(request, given["text"].strip(), form, "text")
    pasted = make_file(given["text"], given["markup"], given["title"])
    outcome = take_text(
        pasted.data,
        pasted.name,
        cast(User, request.user),
        title=given["title"],
        source_url=given["source_url"],
    )
    return _answer(request, outcome, form, "text")


@require_POST
@login_required
@permission_required(ADD_PERMISSION, raise_exception=True)
def fetch_address(request: HttpRequest) -> HttpResponse:
    """Fetch the page at an address, take it in and go on to its review."""
    form = AddressForm(request.POST)
    if not form.is_valid():
        return _render_front(request, {"address": form})
    return _fetch(request, form.cleaned_data["address"], form, "address")


def _fetch(request: HttpRequest, address: str, form: forms.Form, field: str) -> HttpResponse:
    try:
        if not settings.FETCH:
            raise FetchError(_("这台服务器没有开启按网址取页面。"))
        page = fetch_page(address)
    except FetchError as error:
        form.add_error(field, str(error))
        return _render_front(request, {NAMES[field]: form})
    outcome = take_text(page.data, page.name, cast(User, request.user), source_url=page.url)
    return _answer(request, outcome, form, field)


def _answer(
    request: HttpRequest, outcome: ImportOutcome | Batch, form: forms.Form, field: str
) -> HttpResponse:
    if isinstance(outcome, Batch):
        messages.warning(request, _describe_delay(field))
        return redirect("batch", outcome.pk)
    if outcome.speech is None:
        form.add_error(field, outcome.message)
        return _render_front(request, {NAMES[field]: form})
    taken = outcome.status == "imported" and outcome.code != HELD
    level = messages.SUCCESS if taken else messages.WARNING
    messages.add_message(request, level, outcome.message)
    return redirect("review", outcome.speech)


def _describe_delay(field: str) -> str:
    message = _("读取这份文稿需要较长时间，已转入后台处理。")
    return message if field == "file" else message + _("标题和网址记在批次名称里，请在校核时填写。")


def _render_front(request: HttpRequest, given: dict[str, forms.Form]) -> HttpResponse:
    empty = {"upload": UploadForm(), "paste": PasteForm(), "address": AddressForm()}
    context = describe_front(cast(User, request.user)) | {"forms": empty | given}
    status = 422 if any(form.errors for form in given.values()) else 200
    return render(request, "batches/upload.html", context, status=status)
