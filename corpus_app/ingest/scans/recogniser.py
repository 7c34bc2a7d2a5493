"""The process that recognises a scan, or draws it for a program that does: FILE TASK.

"count" prints the number of pages; "draw N" writes the pieces of page N as 0.pgm, 1.pgm, … and
prints how many; "read SECONDS N,N" prints the record of these pages or, where none are named, of
all, each read in so many seconds.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PIL import Image

from corpus_app.ingest.sandbox.messages import write_record
from corpus_app.ingest.sandbox.process import OUT_OF_MEMORY
from corpus_app.ingest.sandbox.restraints import forbid_calls
from corpus_app.ingest.scans.drawing import count_pages, draw_pages
from corpus_app.ingest.scans.rapid import Engine
from corpus_app.ingest.scans.recognised import RecognisedFile, RecognisedPage


def main(file: str, task: str, figure: str = "0", pages: str = "") -> int:
    """Do the task; return the exit code."""
    numbers = [int(number) for number in pages.split(",") if number]
    try:
        if task == "count":
            forbid_calls()
            print(count_pages(Path(file)))
        elif task == "draw":
            print(_draw(Path(file), int(figure)))
        else:
            sys.stdout.buffer.write(write_record(_read(Path(file), int(figure), numbers)))
    except (MemoryError, Image.DecompressionBombError):
        return OUT_OF_MEMORY
    except Exception as error:
        if "memory" in str(error).lower() or "alloc" in str(error).lower():
            return OUT_OF_MEMORY
        raise
    return 0


def _draw(file: Path, wanted: int) -> int:
    count = 0
    for _, piece in draw_pages(file, [wanted]):
        piece.convert("L").save(f"{count}.pgm")
        count += 1
    return count


def _read(file: Path, seconds: int, wanted: Sequence[int]) -> RecognisedFile:
    engine = Engine()
    forbid_calls()
    pages: list[RecognisedPage] = []
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    for number, piece in draw_pages(file, wanted):
        signal.setitimer(signal.ITIMER_REAL, seconds)
        pages.append(engine.read(number, np.asarray(piece)))
    return RecognisedFile("rapidocr", pages)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
