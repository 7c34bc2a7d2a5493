"""What may be asked for of the uploads, and what is sent along with files."""

from __future__ import annotations

from typing import Annotated, Literal

from django.utils.translation import gettext_noop
from ninja import Field, Schema

from corpus_app.api.parameters import Asked
from corpus_app.api.schemas.uploads import FileState
from corpus_app.api.values import MAX_ID

TableId = Annotated[int, Field(ge=1, le=MAX_ID, description=gettext_noop("批次内文件的编号"))]
UploadId = Annotated[int, Field(ge=1, le=MAX_ID, description=gettext_noop("批次编号"))]


class UploadSent(Schema):
    """What is sent along with files."""

    name: str = Field("", max_length=200, description=gettext_noop("批次名称，缺省按时间命名"))
    publish: bool = Field(False, description=gettext_noop("无疑点的直接发布，缺省全部存为草稿"))
    tables: Literal["ask", "guess"] = Field(
        "ask",
        description=gettext_noop(
            "一行一篇的讲话表：ask 等人或程序核对各列，guess 按推测的导入，除正文外没有把握的列不用"
        ),
    )


class UploadsAsked(Asked):
    """One's last batches."""

    limit: int = Field(20, ge=1, le=100, description=gettext_noop("最多列出几个批次"))


class UploadAsked(Asked):
    """A page of a batch's files."""

    state: FileState | None = Field(None, description=gettext_noop("只列这一状态的文件"))
    limit: int = Field(200, ge=1, le=1_000, description=gettext_noop("每页文件数"))
    after: int = Field(0, ge=0, le=MAX_ID, description=gettext_noop("上一页给出的 next_after"))
