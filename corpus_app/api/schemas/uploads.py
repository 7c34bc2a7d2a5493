"""Files that a program sends in, and what becomes of them."""

from __future__ import annotations

from typing import Literal

from django.utils.translation import gettext_noop
from ninja import Field, Schema

BatchState = Literal["receiving", "waiting", "working", "paused", "cancelled", "done"]
FileState = Literal[
    "waiting",
    "working",
    "imported",
    "duplicate",
    "near_duplicate",
    "unpacked",
    "refused",
    "failed",
    "cancelled",
    "discarded",
]


class UploadBrief(Schema):
    """A batch of files and how far it is."""

    id: int
    url: str = Field(description=gettext_noop("逐个文件查看进度的地址"))
    name: str
    state: BatchState
    publish: bool = Field(description=gettext_noop("无疑点的是否直接发布"))
    created_at: str
    finished_at: str | None
    total: int = Field(description=gettext_noop("文件数，已解开的压缩包不计"))
    done: int = Field(description=gettext_noop("已有结果的文件数"))
    counts: dict[str, int] = Field(description=gettext_noop("各状态的文件数"))


class UploadedFileOut(Schema):
    """A file of a batch and what became of it."""

    id: int
    path: str = Field(description=gettext_noop("文件名，压缩包内的文件列在压缩包名之后"))
    state: FileState
    speech: int | None = Field(description=gettext_noop("入库所得的讲话编号"))
    of: int | None = Field(description=gettext_noop("与之相同或近似的讲话编号"))
    code: str | None = Field(description=gettext_noop("未收、出错或存疑（held）的原因代码"))
    message: str


class UploadOut(UploadBrief):
    """A batch with a page of its files."""

    files: list[UploadedFileOut]
    next_after: int | None = Field(description=gettext_noop("下一页的 after；末页为 null"))


class UploadList(Schema):
    """The batches that an account sent in last."""

    items: list[UploadBrief]
