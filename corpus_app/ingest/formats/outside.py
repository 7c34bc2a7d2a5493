"""Files that only programs outside can read: old Word by LibreOffice or antiword, scans by OCR."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from corpus_app.ingest.draft import Notice, RejectedFile
from corpus_app.ingest.formats.extracted import Converted, Handover
from corpus_app.ingest.limits import MEGABYTE, Limits
from corpus_app.ingest.readers import find_office, find_reader
from corpus_app.ingest.sandbox.messages import write_record
from corpus_app.ingest.sandbox.process import Bounds, open_folder, run_program, run_worker
from corpus_app.ingest.scans.recognised import RecognisedFile, join_pages

RECOGNISER = "corpus_app.ingest.scans.recogniser"
# Recognising a page takes seconds; a speech of more pages is no scan that a clerk waits for.
MOST_SCANNED_PAGES = 200
# Address space of the recogniser's own code and models, on top of what a file may take.
ENGINE_BYTES = 640 * MEGABYTE


def convert_outside(data: bytes, limits: Limits, handover: Handover) -> tuple[bytes, Converted]:
    """Return what a program outside makes of the file; RejectedFile names what is missing."""
    check_outside(handover)
    if handover.outside == "ocr":
        return _recognise(data, limits), Converted("scan", handover.format, ())
    if find_office():
        return _run_office(data, limits), Converted("docx", "doc", (_notice("LibreOffice"),))
    return _run_antiword(data, limits), Converted("txt", "doc", (_notice("antiword"),))


def recognise_pages(data: bytes, limits: Limits, numbers: Sequence[int]) -> tuple[bytes, Converted]:
    """Return these pages of a PDF, counted from 1, as recognised, together with the file."""
    record = _recognise(data, limits, numbers)
    return join_pages(record, data), Converted("mixed", "pdf", ())


def has_recogniser() -> bool:
    """Say whether a program that reads scans is on this machine."""
    return any(find_reader(name).found for name in ("rapidocr", "tesseract"))


def check_outside(handover: Handover) -> None:
    """Refuse a file for which no program is on this machine, naming what is missing."""
    if handover.outside == "ocr":
        found, missing = has_recogniser(), "rapidocr"
    else:
        found, missing = bool(find_office()) or find_reader("antiword").found, "soffice"
    if not found:
        raise RejectedFile(handover.code, f"{handover.message}{find_reader(missing).message}")


def _notice(program: str) -> Notice:
    message = f"本文由外部程序 {program} 读出，版式和编号请对照原件核对。"
    return Notice("outside_reader", message)


def _run_office(data: bytes, limits: Limits) -> bytes:
    """LibreOffice gets a profile of its own in which no macro may run and nothing is kept."""
    with open_folder() as folder:
        (folder / "file.doc").write_bytes(data)
        profile = f"-env:UserInstallation=file://{folder}/profile"
        options = ["--headless", "--norestore", "--nolockcheck", "--convert-to", "docx"]
        command = [find_office() or "soffice", profile, *options, "--outdir", "made", "file.doc"]
        run_program(command, folder, Bounds.of(limits))
        made = folder / "made" / "file.docx"
        if not made.is_file():
            raise RejectedFile("damaged", "文件已损坏：LibreOffice 也无法打开。")
        return made.read_bytes()


def _run_antiword(data: bytes, limits: Limits) -> bytes:
    with open_folder() as folder:
        (folder / "file.doc").write_bytes(data)
        command = ["antiword", "-m", "UTF-8.txt", "-w", "0", "file.doc"]
        printed = run_program(command, folder, Bounds.of(limits))
    return printed.decode("utf-8", "replace").encode()


def _recognise(data: bytes, limits: Limits, wanted: Sequence[int] = ()) -> bytes:
    """Return the record of recognised pages, by RapidOCR where it is, else by tesseract.

    wanted are the numbers of the pages, none for all of them.
    """
    with open_folder() as folder:
        (folder / "file").write_bytes(data)
        numbers = wanted or _list_pages(folder, limits)
        count = len(numbers)
        if count > MOST_SCANNED_PAGES:
            message = f"扫描件有 {count} 页，超过文字识别 {MOST_SCANNED_PAGES} 页的上限，请拆分。"
            raise RejectedFile("too_large", message)
        if find_reader("rapidocr").found:
            # Each page has the time that a file has; the recogniser itself is loaded once.
            bounds = Bounds(limits.seconds * (count + 1), limits.memory_bytes + ENGINE_BYTES)
            task = ["file", "read", str(limits.seconds), ",".join(map(str, wanted))]
            return run_worker(RECOGNISER, task, folder, bounds)
        hocr = [(n, text) for n in numbers for text in _print_page(folder, n, limits)]
    return write_record(RecognisedFile("tesseract", [], hocr))


def _list_pages(folder: Path, limits: Limits) -> range:
    count = int(run_worker(RECOGNISER, ["file", "count"], folder, Bounds.of(limits)))
    return range(1, count + 1)


def _print_page(folder: Path, number: int, limits: Limits) -> Iterator[str]:
    """Yield what tesseract prints of each piece of a page."""
    task = ["file", "draw", str(number)]
    pieces = int(run_worker(RECOGNISER, task, folder, Bounds.of(limits)))
    options = ["-l", "chi_sim", "--psm", "3", "-c", "hocr_char_boxes=1", "hocr"]
    for piece in range(pieces):
        command = ["tesseract", f"{piece}.pgm", "stdout", *options]
        yield run_program(command, folder, Bounds.of(limits)).decode("utf-8", "replace")
