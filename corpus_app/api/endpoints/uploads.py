"""Sending files in, and asking what became of them; for accounts that may."""

from __future__ import annotations

from typing import Annotated, Any, Final, cast

from django.contrib.auth.models import User
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_noop
from ninja import Body, File, Form, Path, Query, Router, Status
from ninja.files import UploadedFile as NinjaFile

from corpus_app.api.problems import ProblemError
from corpus_app.api.schemas.uploads import (
    TableMapping,
    TableOut,
    UploadBrief,
    UploadedFileOut,
    UploadList,
    UploadOut,
)
from corpus_app.api.upload_parameters import (
    TableId,
    UploadAsked,
    UploadId,
    UploadsAsked,
    UploadSent,
)
from corpus_app.batches.models import Batch, BatchFile
from corpus_app.batches.overview import BatchProgress, measure_batches
from corpus_app.batches.receiving import add_upload
from corpus_app.batches.services import add_refused, close_batch, make_batch, map_table
from corpus_app.batches.speech_tables import TableSetup, list_waiting_tables, read_setup
from corpus_app.ingest.draft import RejectedFile
from corpus_app.intake.manifests.guessing import ROLES

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
    columns: dict[str, str] | None = {} if sent.tables == "guess" else None
    batch = make_batch(
        sent.name, Batch.Origin.API, user=user, publish=sent.publish, columns=columns
    )
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


@router.get(
    "/uploads/{upload_id}/tables/{file_id}",
    response=TableOut,
    summary=gettext_noop("讲话表的各列"),
    description=gettext_noop("一张等待核对各列（unmapped）的讲话表：列名、推测为哪一项、首个值。"),
)
def get_table(
    request: HttpRequest, upload_id: Path[UploadId], file_id: Path[TableId]
) -> dict[str, Any]:
    """Answer with a table's columns as they are guessed."""
    setup = _read_setup(_find_table(upload_id, file_id))
    return {
        "columns": [
            {"head": one.head, "role": one.role, "doubt": one.doubt, "example": one.example}
            for one in setup.choices
        ],
        "roles": list(ROLES),
        "rows": setup.total,
        "without_text": setup.without_text,
        "remarks": setup.table.remarks,
    }


@router.post(
    "/uploads/{upload_id}/tables/{file_id}",
    response={202: UploadBrief},
    summary=gettext_noop("设定讲话表的各列"),
    description=gettext_noop("以 JSON 说明各列是什么，或按推测的导入；之后各行在后台逐一入库。"),
)
def set_table(
    request: HttpRequest,
    upload_id: Path[UploadId],
    file_id: Path[TableId],
    sent: Body[TableMapping],
) -> Status[dict[str, Any]]:
    """Have a table's rows taken in with the columns named."""
    file = _find_table(upload_id, file_id)
    table = _read_setup(file).table
    table = table.with_columns(sent.columns) if sent.columns else table.without_doubts()
    unknown = sorted(set(sent.columns) - set(table.heads))
    wrong = sorted(set(sent.columns.values()) - {*ROLES, ""})
    if unknown or wrong or not table.has_text:
        raise ProblemError("request", _describe_fault(unknown, wrong))
    if not map_table(file, table.columns):
        raise Http404
    return Status(202, _describe_batch(measure_batches([file.batch])[0], request))


def _find_table(upload_id: int, file_id: int) -> BatchFile:
    batch = Batch.objects.filter(pk=upload_id).first()
    file = list_waiting_tables(batch).filter(pk=file_id).first() if batch else None
    if file is None:
        raise Http404
    return file


def _read_setup(file: BatchFile) -> TableSetup:
    try:
        return read_setup(file, {})
    except RejectedFile as refusal:
        raise ProblemError("request", refusal.message) from refusal


def _describe_fault(unknown: list[str], wrong: list[str]) -> str:
    if unknown:
        return _("表中没有这样的列：%(names)s") % {"names": "、".join(unknown)[:200]}
    if wrong:
        return _("没有这样的项：%(names)s") % {"names": "、".join(wrong)[:200]}
    return _("没有说明哪一列是正文（text）。")


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
