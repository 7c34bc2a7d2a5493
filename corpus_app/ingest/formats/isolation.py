"""Hand a risky file to a worker process and take back its text."""

from __future__ import annotations

import json
from dataclasses import asdict

from corpus_app.ingest.draft import Notice, Refusal, Removed
from corpus_app.ingest.formats.extracted import Extracted, Handover
from corpus_app.ingest.formats.outside import read_outside
from corpus_app.ingest.limits import Limits
from corpus_app.ingest.sandbox.process import Bounds, open_folder, run_worker

WORKER = "corpus_app.ingest.formats.worker"


def read_confined(kind: str, data: bytes, limits: Limits) -> Extracted:
    """Return the text of a "doc", "pdf" or "rtf" file, read under the limits on time and memory."""
    with open_folder() as folder:
        (folder / "file").write_bytes(data)
        arguments = [kind, "file", json.dumps(asdict(limits))]
        printed = run_worker(WORKER, arguments, folder, Bounds.of(limits))
    try:
        answer = json.loads(printed)
    except ValueError as error:
        raise Refusal("damaged", "文件已损坏：读取程序无法处理其内容。") from error
    if "handover" in answer:
        return read_outside(kind, data, limits, Handover(*answer["handover"]))
    if "refused" in answer:
        raise Refusal(*answer["refused"])
    return Extracted(
        answer["raw"],
        answer["encoding"],
        answer["format"],
        tuple(Removed(**mark) for mark in answer["marks"]),
        tuple(Notice(**notice) for notice in answer["notices"]),
    )
