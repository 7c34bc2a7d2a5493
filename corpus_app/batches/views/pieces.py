"""Where files come in pieces: the tus protocol, version 1.0, and what the desk's page asks."""

from __future__ import annotations

from collections.abc import Iterator
from functools import wraps
from typing import Any, Final, cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.contrib.auth.models import User
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from corpus_app.batches.models import Batch, PieceUpload
from corpus_app.batches.pieces import protocol
from corpus_app.batches.pieces.refusing import PieceRefused
from corpus_app.batches.pieces.storing import (
    append_piece,
    begin_upload,
    drop_upload,
    find_upload,
    hold_pieces,
    list_unfinished,
)
from corpus_app.batches.views.answers import ADD_PERMISSION, View, accept, for_scripts
from corpus_app.batches.views.receiving import name_addresses
from corpus_app.ingest.limits import get_limits
from corpus_app.storage_trouble import describe_storage_trouble, name_storage_trouble

PORTION: Final = 256 * 1024
STATUSES: Final = {
    "malformed": 400,
    "unknown": 404,
    "closed": 409,
    "offset": 409,
    "expired": 410,
    "no_length": 411,
    "version": 412,
    "too_large": 413,
    "media_type": 415,
    "locked": 423,
    "crowded": 429,
    "checksum": 460,
    "busy_site": 503,
    "storage": 507,
}


def speak_tus(*methods: str) -> Any:
    """Let requests of these methods through to the view, and answer as the protocol has it."""

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            # Only of a POST: its forgery is checked for, whatever it stands for.
            if request.method == "POST" and "X-HTTP-Method-Override" in request.headers:
                request.method = request.headers["X-HTTP-Method-Override"].upper()
            if request.method == "OPTIONS":
                response = _describe()
            elif request.method not in methods:
                response = HttpResponseNotAllowed([*methods, "OPTIONS"])
            else:
                response = _answer(view, request, *args, **kwargs)
            response["Tus-Resumable"] = protocol.VERSION
            response["Cache-Control"] = "no-store"
            return response

        return answer

    return decorate


@speak_tus("GET", "POST")
@for_scripts
def serve_uploads(request: HttpRequest) -> HttpResponse:
    """Begin an upload; answer a GET with those of the user that are not finished."""
    user = cast(User, request.user)
    if request.method == "GET":
        found = list_unfinished(user).select_related("batch")
        return accept(token=get_token(request), uploads=[_describe_upload(one) for one in found])
    _check_version(request)
    metadata = protocol.read_metadata(request.headers)
    batch = _find_batch(metadata.get("batch", ""))
    upload = begin_upload(user, protocol.read_announced(request.headers, metadata), batch)
    response = _tell(upload, 201)
    response["Location"] = reverse("piece_upload", args=[upload.pk])
    return response


@speak_tus("HEAD", "PATCH", "DELETE")
@for_scripts
def serve_upload(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    """Answer how much of an upload is here; take its next piece; forget it."""
    _check_version(request)
    upload = find_upload(cast(User, request.user), upload_id)
    if request.method == "HEAD":
        response = _tell(upload, 200)
        response["Upload-Length"] = str(upload.size)
        return response
    if request.method == "DELETE":
        if not upload.is_settled:
            with hold_pieces(upload):
                drop_upload(upload)
        return HttpResponse(status=204)
    if request.content_type != protocol.PIECE_TYPE:
        raise PieceRefused("media_type", _("一片的 Content-Type 须是 %s。") % protocol.PIECE_TYPE)
    if "Transfer-Encoding" in request.headers:
        raise PieceRefused("no_length", _("一片须写明 Content-Length。"))
    offset = protocol.read_number(request.headers, "Upload-Offset")
    checksum = protocol.read_checksum(request.headers)
    append_piece(upload, offset, _read_portions(request), checksum)
    return _tell(upload, 204)


@require_POST
@login_required
@permission_required(ADD_PERMISSION, raise_exception=True)
def forget_upload(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    """Forget an upload, or that it expired, and go back to the desk's front."""
    upload = PieceUpload.objects.filter(user=cast(User, request.user), pk=upload_id).first()
    if upload is not None and not upload.is_settled:
        drop_upload(upload)
        if not upload.is_expired:
            messages.success(request, _("已取消“%(name)s”的上传。") % {"name": upload.path})
    return redirect("upload")


def _answer(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    try:
        return view(request, *args, **kwargs)
    except PieceRefused as refused:
        return _refuse(refused)
    except (OSError, DatabaseError) as error:
        trouble = name_storage_trouble(error)
        if trouble is None:
            raise
        return _refuse(PieceRefused("storage", describe_storage_trouble(trouble)))


def _check_version(request: HttpRequest) -> None:
    if request.headers.get("Tus-Resumable") != protocol.VERSION:
        raise PieceRefused("version", _("只支持 tus %s。") % protocol.VERSION)


def _refuse(refused: PieceRefused) -> HttpResponse:
    values = {"ok": False, "code": refused.code, "message": refused.message}
    response = JsonResponse(values, status=STATUSES[refused.code])
    if refused.code == "version":
        response["Tus-Version"] = protocol.VERSION
    return response


def _describe() -> HttpResponse:
    response = HttpResponse(status=204)
    limits = get_limits()
    response["Tus-Version"] = protocol.VERSION
    response["Tus-Extension"] = protocol.EXTENSIONS
    response["Tus-Max-Size"] = str(max(limits.file_bytes, limits.archive_bytes))
    response["Tus-Checksum-Algorithm"] = ",".join(protocol.ALGORITHMS)
    return response


def _tell(upload: PieceUpload, status: int) -> HttpResponse:
    response = HttpResponse(status=status)
    response["Upload-Offset"] = str(upload.received)
    response["Upload-Expires"] = http_date(upload.expires_at.timestamp())
    return response


def _find_batch(given: str) -> Batch | None:
    if not given:
        return None
    known = protocol.NUMBER.fullmatch(given)
    batch = Batch.objects.filter(pk=int(given)).first() if known else None
    if batch is None:
        raise PieceRefused("unknown", _("没有这一批，请重新上传。"))
    return batch


def _read_portions(request: HttpRequest) -> Iterator[bytes]:
    while portion := request.read(PORTION):
        yield portion


def _describe_upload(upload: PieceUpload) -> dict[str, Any]:
    batch = upload.batch
    return {
        "id": str(upload.pk),
        "address": reverse("piece_upload", args=[upload.pk]),
        "path": upload.path,
        "size": upload.size,
        "modified": upload.modified,
        "received": upload.received,
        "batch": batch
        and {"publish": batch.publish, "limit": batch.limit, **name_addresses(batch)},
    }
