"""Files that only programs outside can read: old Word by LibreOffice or antiword, scans by OCR."""

from __future__ import annotations

import re
import time
from pathlib import Path

from corpus_app.ingest.draft import Notice, RejectedFile
from corpus_app.ingest.formats.extracted import Converted, Handover
from corpus_app.ingest.limits import Limits, check_length
from corpus_app.ingest.readers import find_office, find_reader
from corpus_app.ingest.sandbox.process import Bounds, open_folder, run_program, run_worker
from corpus_app.text.chars import tidy

RENDERER = "corpus_app.ingest.sandbox.renderer"
# Recognising a page takes seconds; a speech of more pages is no scan that a clerk waits for.
MOST_SCANNED_PAGES = 200
PARTED = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
GAPS = re.compile(
    "(?<=[\u2018-\u201d\u3001-\u9fff\uff00-\uffef]) +(?=[\u2018-\u201d\u3001-\u9fff\uff00-\uffef])"
)

RECOGNISED = Notice("recognised", "本文由扫描件识别而来（tesseract），可能有错字，请逐字对照原件。")


def convert_outside(data: bytes, limits: Limits, handover: Handover) -> tuple[bytes, Converted]:
    """Return what a program outside makes of the file; RejectedFile names what is missing."""
    check_outside(handover)
    if handover.outside == "ocr":
        return _recognise(data, limits).encode(), Converted("txt", "pdf", (RECOGNISED,))
    if find_office():
        return _run_office(data, limits), Converted("docx", "doc", (_notice("LibreOffice"),))
    return _run_antiword(data, limits), Converted("txt", "doc", (_notice("antiword"),))


def check_outside(handover: Handover) -> None:
    """Refuse a file for which no program is on this machine, naming what is missing."""
    if handover.outside == "ocr":
        found, missing = find_reader("tesseract").found, "tesseract"
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


def _recognise(data: bytes, limits: Limits) -> str:
    deadline = time.monotonic() + limits.seconds * 10
    pages: list[str] = []
    with open_folder() as folder:
        (folder / "file").write_bytes(data)
        count = int(run_worker(RENDERER, ["file", "count"], folder, Bounds.of(limits)))
        if count > MOST_SCANNED_PAGES:
            message = f"扫描件有 {count} 页，超过文字识别 {MOST_SCANNED_PAGES} 页的上限，请拆分。"
            raise RejectedFile("too_large", message)
        for number in range(count):
            if time.monotonic() > deadline:
                raise RejectedFile("too_large", "识别扫描件用时过长，已停止，请拆分后再上传。")
            pages.append(_recognise_page(folder, number, limits))
            check_length(sum(map(len, pages)), limits)
    return "\n".join(pages)


def _recognise_page(folder: Path, number: int, limits: Limits) -> str:
    run_worker(RENDERER, ["file", str(number)], folder, Bounds.of(limits))
    command = ["tesseract", "page.pgm", "stdout", "-l", "chi_sim", "--psm", "3"]
    text = run_program(command, folder, Bounds.of(limits)).decode("utf-8", "replace")
    return join_recognised(text)


def join_recognised(text: str) -> str:
    """Return recognised text with a paragraph on each line and no blanks between Chinese signs.

    A blank line parts paragraphs there: "同 志 们：\\n\\n开 会" gives "同志们：\\n开会".
    """
    paragraphs = PARTED.split(text.replace("\f", "\n\n"))
    joined = (GAPS.sub("", tidy(paragraph)) for paragraph in paragraphs)
    return "\n".join(line for line in joined if line)
