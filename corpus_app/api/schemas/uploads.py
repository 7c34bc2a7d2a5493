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
    "table",
    "unpacked",
    "unmapped",
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


class TableColumnOut(Schema):
    """A column of a table of speeches."""

    head: str = Field(description=gettext_noop("列名"))
    role: str = Field(description=gettext_noop("推测为哪一项：text 为正文，空为不用"))
    doubt: str = Field(description=gettext_noop("没有把握的原因，空为有把握"))
    example: str = Field(description=gettext_noop("这一列的第一个值"))


class TableOut(Schema):
    """A table of speeches that waits for what its columns are."""

    columns: list[TableColumnOut]
    roles: list[str] = Field(description=gettext_noop("可用的各项"))
    rows: int = Field(description=gettext_noop("行数"))
    without_text: int = Field(description=gettext_noop("没有正文的行数"))
    remarks: list[str] = Field(description=gettext_noop("读表格时的提示"))


class TableMapping(Schema):
    """What a program says of a table's columns."""

    columns: dict[str, str] = Field(
        default_factory=dict,
        description=gettext_noop(
            "列名 → 项，没有写的列不用；缺省按推测的导入，除正文外没有把握的列不用"
        ),
    )


class UploadList(Schema):
    """The batches that an account sent in last."""

    items: list[UploadBrief]
