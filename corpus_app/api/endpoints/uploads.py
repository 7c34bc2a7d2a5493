"""Sending files in, and asking what became of them; for accounts that may."""

from __future__ import annotations

from typing import Annotated, Any, Final, cast

from django.contrib.auth.models import User
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_noop
from ninja import File, Form, Path, Query, Router, Status
from ninja.files import UploadedFile as NinjaFile

from corpus_app.api.parameters import UploadAsked, UploadId, UploadsAsked, UploadSent
from corpus_app.api.schemas.uploads import UploadBrief, UploadedFileOut, UploadList, UploadOut
from corpus_app.batches.models import Batch, BatchFile
from corpus_app.batches.overview import BatchProgress, measure_batches
from corpus_app.batches.receiving import add_upload
from corpus_app.batches.services import add_refused, close_batch, make_batch
from corpus_app.ingest.draft import RejectedFile

router = Router(tags=[gettext_noop("提交")])
_FILES: Final = File(description=gettext_noop("文件，可重复"))


@router.post(
    "/uploads",
    response={202: UploadBrief},
    summary=gettext_noop("提交文稿"),
    description=gettext_noop(
        "以 multipart/form-data 提交一个或多个文件（压缩包亦可），后台逐个处理；"
        "须用有入库权限账号的令牌。缺省全部存为草稿。"
    ),
)
def send_files(
    request: HttpRequest,
    response: HttpResponse,
    sent: Form[UploadSent],
    files: Annotated[list[NinjaFile], _FILES],
) -> Status[dict[str, Any]]:
    """Keep the files for the worker and answer where to ask about them."""
    user = cast(User, request.user)
    batch = make_batch(sent.name, Batch.Origin.API, user=user, publish=sent.publish)
    for file in files:
        _keep_file(batch, file)
    close_batch(batch)
    brief = _describe_batch(measure_batches([batch])[0], request)
    response["Location"] = brief["url"]
    return Status(202, brief)


@router.get(
    "/uploads",
    response=UploadList,
    summary=gettext_noop("本账号提交的批次"),
    description=gettext_noop("本账号通过接口或网页提交的批次，从新到旧。"),
)
def list_uploads(request: HttpRequest, asked: Query[UploadsAsked]) -> dict[str, Any]:
    """Answer with the caller's last batches."""
    batches = Batch.objects.filter(created_by=cast(User, request.user))[: asked.limit]
    return {"items": [_describe_batch(each, request) for each in measure_batches(batches)]}


@router.get(
    "/uploads/{upload_id}",
    response=UploadOut,
    summary=gettext_noop("批次进度"),
    description=gettext_noop("一个批次的进度和其中每个文件的结果。"),
)
def get_upload(
    request: HttpRequest, upload_id: Path[UploadId], asked: Query[UploadAsked]
) -> dict[str, Any]:
    """Answer with a batch and a page of its files."""
    batch = Batch.objects.filter(pk=upload_id).first()
    if batch is None:
        raise Http404
    files = batch.files.filter(pk__gt=asked.after).order_by("pk")
    if asked.state:
        files = files.filter(state=asked.state)
    page = list(files[: asked.limit + 1])
    more = len(page) > asked.limit
    page = page[: asked.limit]
    described = _describe_batch(measure_batches([batch])[0], request)
    return described | {
        "files": [_describe_file(file) for file in page],
        "next_after": page[-1].pk if more else None,
    }


def _keep_file(batch: Batch, file: UploadedFile) -> None:
    """Add a file to the batch; one that is too large stands in it with the reason."""
    try:
        add_upload(batch, file.name or "", file)
    except RejectedFile as refusal:
        add_refused(batch, file.name or "", refusal, file.size or 0)


def _describe_batch(progress: BatchProgress, request: HttpRequest) -> dict[str, Any]:
    batch = progress.batch
    address = f"{reverse('api:docs')}uploads/{batch.pk}"
    return {
        "id": batch.pk,
        "url": request.build_absolute_uri(address),
        "name": batch.title,
        "state": batch.state,
        "publish": batch.publish,
        "created_at": batch.created_at.isoformat(),
        "finished_at": batch.finished_at.isoformat() if batch.finished_at else None,
        "total": progress.total,
        "done": progress.done,
        "counts": progress.counts,
    }


def _describe_file(file: BatchFile) -> dict[str, Any]:
    return UploadedFileOut(
        id=file.pk,
        path=file.path,
        state=cast(Any, file.state),
        speech=file.speech_id,
        of=file.of_id,
        code=file.code or None,
        message=file.message,
    ).model_dump()
