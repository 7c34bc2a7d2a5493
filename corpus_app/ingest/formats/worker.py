"""The process that reads one risky file: KIND FILE LIMITS, prints JSON; bounds are set before."""

from __future__ import annotations

import errno
import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from corpus_app.ingest.draft import Refusal
from corpus_app.ingest.formats.extracted import Extracted, Handover
from corpus_app.ingest.limits import Limits
from corpus_app.ingest.sandbox.process import OUT_OF_DISK, OUT_OF_MEMORY


def main(kind: str, name: str, limits: str) -> int:
    """Print the file's text or its refusal as JSON; return the exit code."""
    try:
        print(json.dumps(_answer(kind, Path(name).read_bytes(), Limits(**json.loads(limits)))))
    except (MemoryError, RecursionError):
        return OUT_OF_MEMORY
    except OSError as error:
        return OUT_OF_DISK if error.errno == errno.EFBIG else 1
    return 0


def _answer(kind: str, data: bytes, limits: Limits) -> dict[str, object]:
    try:
        return asdict(_find_reader(kind)(data, limits))
    except Handover as handover:
        return {"handover": [handover.code, handover.message, handover.outside]}
    except Refusal as refusal:
        return {"refused": [refusal.code, refusal.message]}


def _find_reader(kind: str) -> Callable[[bytes, Limits], Extracted]:
    if kind == "rtf":
        from corpus_app.ingest.formats.richtext import extract_richtext as reader
    elif kind == "pdf":
        from corpus_app.ingest.formats.portable import extract_portable as reader
    else:
        from corpus_app.ingest.formats.legacy import extract_legacy as reader
    return reader


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
