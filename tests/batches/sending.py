"""Batches for tests, and the worker's work on them without its loop."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from corpus_app.batches.claiming import claim_next
from corpus_app.batches.models import Batch, BatchFile
from corpus_app.batches.processing import process_file
from corpus_app.batches.services import add_file, close_batch, make_batch
from tests.catalog.speeches import TRAINING, WORK_CONFERENCE

FILES = {"一/工作会议.txt": WORK_CONFERENCE, "二/培训班.txt": TRAINING}


def send(
    files: Mapping[str, str | bytes] = FILES,
    *,
    publish: bool = False,
    close: bool = True,
    columns: Mapping[str, str] | None = None,
) -> Batch:
    """Return a batch of the files, ready for the worker."""
    batch = make_batch("测试批次", publish=publish, columns=columns)
    for path, content in files.items():
        add_file(batch, path, content if isinstance(content, bytes) else content.encode())
    if close:
        close_batch(batch)
    return batch


def send_table() -> BatchFile:
    """Return a table of one speech that waits for its columns."""
    body = TRAINING.partition("\n\n")[2].replace("\n", " ")
    batch = send({"讲话.csv": f"标题,日期,正文\n在培训班上的讲话,2024-05-01,{body}\n"})
    work()
    return batch.files.get()


def work(token: str = "worker") -> int:
    """Do what waits, as a worker would; return how many files that were."""
    done = 0
    while (file := claim_next(token)) is not None:
        process_file(file)
        done += 1
    return done


def list_states(batch: Batch) -> list[str]:
    return list(batch.files.order_by("position", "pk").values_list("state", flat=True))


def get_file(batch: Batch, path: str) -> BatchFile:
    return batch.files.get(path=path)


def pack(files: Mapping[str, str | bytes]) -> bytes:
    """Return a zip of the files."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in files.items():
            archive.writestr(path, content)
    return target.getvalue()
