"""Which format a file is: its first bytes decide, its name only where they are silent."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import PurePath

from corpus_app.ingest.draft import Refusal

EXTENSIONS = {
    "": "txt",
    ".txt": "txt",
    ".text": "txt",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".shtml": "html",
    ".md": "md",
    ".markdown": "md",
    ".docx": "docx",
}
# Signature at offset 0 and what to call the file.
SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "PDF 文件"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧版 Word、WPS 或 Excel 文件（.doc、.wps、.xls）"),
    (b"{\\rtf", "RTF 文件"),
    (b"Rar!\x1a\x07", "RAR 压缩包"),
    (b"7z\xbc\xaf\x27\x1c", "7z 压缩包"),
    (b"\x1f\x8b\x08", "gzip 压缩包"),
    (b"\xfd7zXZ\x00", "xz 压缩包"),
    (b"BZh", "bzip2 压缩包"),
    (b"\x89PNG\r\n\x1a\n", "PNG 图片"),
    (b"\xff\xd8\xff", "JPEG 图片"),
    (b"GIF87a", "GIF 图片"),
    (b"GIF89a", "GIF 图片"),
    (b"II*\x00", "TIFF 图片"),
    (b"MM\x00*", "TIFF 图片"),
    (b"\x7fELF", "可执行程序"),
    (b"SQLite format 3\x00", "数据库文件"),
    (b"OggS", "音频文件"),
    (b"ID3", "音频文件"),
)
ZIP_KINDS = (
    ("xl/workbook.xml", "Excel 工作簿（.xlsx）"),
    ("ppt/presentation.xml", "PowerPoint 演示文稿（.pptx）"),
    ("OFD.xml", "OFD 版式文件"),
    ("META-INF/container.xml", "EPUB 电子书"),
    ("content.xml", "OpenDocument 文档（.odt）"),
)
ADVICE = "目前可以导入 .txt、.html、.docx 和 .md，请先转换格式。"
SNIFF_BYTES = 4096
# A page says so at its very start, after nothing but blanks, comments or an XML declaration.
PAGE_START = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,1000}?-->\s*){0,5}"
    rb"<(?:!doctype\s+html|html|head|body|meta|title|div|table|article)\b",
    re.I | re.S,
)


def detect_format(data: bytes, name: str) -> str:
    """Return "txt", "html", "md" or "docx"; raises "unsupported" or "damaged" with the reason."""
    extension = PurePath(name).suffix.lower()
    head = data[:SNIFF_BYTES]
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _detect_package(data, extension)
    _refuse_known_binary(head)
    if extension == ".docx":
        raise Refusal("damaged", "扩展名是 .docx，但内容不是 Word 文档，文件可能已损坏。")
    if PAGE_START.match(_narrow(head)):
        return "html"
    if extension not in EXTENSIONS:
        raise Refusal("unsupported", f"不支持扩展名为 {extension} 的文件。{ADVICE}")
    kind = EXTENSIONS[extension]
    return "txt" if kind == "html" and b"<" not in data else kind


def _narrow(head: bytes) -> bytes:
    """UTF-16 pages show their tags once the zero bytes and the mark are out of the way."""
    return head.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe")


def _space(label: str) -> str:
    """Chinese typesetting parts Latin words from the characters before them by a blank."""
    return f" {label}" if label[0].isascii() else label


def _refuse_known_binary(head: bytes) -> None:
    for signature, label in SIGNATURES:
        if head.startswith(signature):
            raise Refusal("unsupported", f"这是{_space(label)}，暂不支持。{ADVICE}")
    if head.startswith(b"RIFF") and head[8:12] in (b"WEBP", b"WAVE", b"AVI "):
        raise Refusal("unsupported", f"这是图片或音视频文件，暂不支持。{ADVICE}")
    if head[4:8] == b"ftyp":
        raise Refusal("unsupported", f"这是音视频文件，暂不支持。{ADVICE}")
    if head.startswith(b"BM") and head[6:10] == b"\x00\x00\x00\x00":
        raise Refusal("unsupported", f"这是 BMP 图片，暂不支持。{ADVICE}")


def _detect_package(data: bytes, extension: str) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = set(package.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        if extension == ".docx":
            raise Refusal("damaged", "Word 文档已损坏：zip 结构不完整，无法打开。") from error
        raise Refusal("damaged", "压缩包已损坏，无法打开。") from error
    if "word/document.xml" in names:
        return "docx"
    label = next((label for member, label in ZIP_KINDS if member in names), None)
    if label is None and extension == ".docx":
        raise Refusal("damaged", "扩展名是 .docx，但压缩包里没有 Word 正文，文件可能已损坏。")
    raise Refusal("unsupported", f"这是{_space(label or 'zip 压缩包')}，暂不支持。{ADVICE}")
