"""Files that other programs write: python-docx, LibreOffice, a browser's print."""

from __future__ import annotations

import io
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import docx

from benchmarks.carrier_writers.plain import write_page

BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
OFFICES = ("soffice", "libreoffice")
# What LibreOffice makes of a Word file: ending, filter.
FILTERS: Mapping[str, str] = {
    "odt": "odt",
    "fodt": "fodt",
    "doc": "doc:MS Word 97",
    "rtf": "rtf",
    "docx": "docx",
    "xml": "xml:MS Word 2003 XML",
    "html": "html",
    "epub": "epub",
    "pdf": "pdf",
}
SECONDS = 300
PRINT_STYLE = (
    "<style>@page{size:A4;margin:25mm}body{font:16pt/1.8 serif}p{text-indent:2em;margin:0}</style>"
)


def find_program(names: Sequence[str]) -> str | None:
    """Return the first of these programs that is at hand."""
    return next((found for name in names if (found := shutil.which(name))), None)


def write_docx(text: str) -> bytes:
    """Return a Word file by python-docx, one paragraph a line."""
    document = docx.Document()
    for line in text.split("\n"):
        document.add_paragraph(line)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def write_by_office(texts: Sequence[str]) -> dict[str, list[bytes]]:
    """Return by carrier what LibreOffice makes of each text's Word file; {} where it is missing."""
    office = find_program(OFFICES)
    if office is None:
        return {}
    made: dict[str, list[bytes]] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sources = [folder / f"in-{at:02}.docx" for at in range(len(texts))]
        for source, text in zip(sources, texts, strict=True):
            source.write_bytes(write_docx(text))
        for ending, kind in FILTERS.items():
            target = folder / ending
            profile = f"-env:UserInstallation=file://{folder / 'profile'}"
            command = [office, profile, "--headless", "--convert-to", kind, "--outdir", str(target)]
            subprocess.run(
                [*command, *map(str, sources)], check=True, capture_output=True, timeout=SECONDS
            )
            files = [target / f"{source.stem}.{ending}" for source in sources]
            if all(file.exists() for file in files):
                made[f"LibreOffice.{ending}"] = [file.read_bytes() for file in files]
    return made


def print_by_browser(texts: Sequence[str]) -> list[bytes]:
    """Return what a browser prints of each text's page; [] where there is none."""
    browser = find_program(BROWSERS)
    if browser is None:
        return []
    made = []
    with tempfile.TemporaryDirectory() as name:
        page, target = Path(name) / "page.html", Path(name) / "page.pdf"
        for text in texts:
            page.write_text(write_page(text).replace("</head>", f"{PRINT_STYLE}</head>"))
            subprocess.run(
                [browser, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
                 f"--print-to-pdf={target}", page.as_uri()],
                check=True, capture_output=True, timeout=SECONDS,
            )  # fmt: skip
            made.append(target.read_bytes())
    return made
