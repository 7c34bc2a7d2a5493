"""Which format a file is: its first bytes decide, its name only where they are silent."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from pathlib import PurePath

from corpus_app.ingest.draft import RejectedFile

# What a name promises, by which a file is read where its content does not speak for itself.
EXTENSIONS = {
    "": "txt",
    ".txt": "txt",
    ".text": "txt",
    ".json": "json",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".shtml": "html",
    ".mht": "mht",
    ".mhtml": "mht",
    ".md": "md",
    ".markdown": "md",
    ".docx": "docx",
    ".docm": "docx",
    ".doc": "doc",
    ".wps": "doc",
    ".rtf": "rtf",
    ".odt": "odt",
    ".fodt": "odt",
    ".pdf": "pdf",
    ".epub": "epub",
    ".ofd": "ofd",
    ".png": "picture",
    ".jpg": "picture",
    ".jpeg": "picture",
    ".tif": "picture",
    ".tiff": "picture",
    ".bmp": "picture",
    ".webp": "picture",
}
# The names that a form may offer to choose from, most common first.
ACCEPTED_SUFFIXES = (
    *(".txt", ".md", ".html", ".htm", ".mht", ".mhtml", ".docx", ".docm", ".doc", ".wps"),
    *(".rtf", ".odt", ".fodt", ".pdf", ".epub", ".ofd", ".json"),
    *(".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".webp"),
)
# Formats that old programs and web sites write under each other's names, or as plain text.
# Packed files are unpacked before they come here; what still bears such a name is none.
ARCHIVES = {".zip", ".tar", ".gz", ".tgz", ".xz", ".bz2", ".7z", ".rar"}
LOOSE = {"doc", "rtf", "mht", "html"}
LABELS = {
    "docx": "Word 文档",
    "odt": "OpenDocument 文档",
    "pdf": "PDF 文件",
    "epub": "EPUB 电子书",
    "ofd": "OFD 文件",
    "picture": "图片",
}
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Signature at offset 0 and what to call the file.
SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"Rar!\x1a\x07", "RAR 压缩包"),
    (b"7z\xbc\xaf\x27\x1c", "7z 压缩包"),
    (b"\x1f\x8b\x08", "gzip 压缩包"),
    (b"\xfd7zXZ\x00", "xz 压缩包"),
    (b"BZh", "bzip2 压缩包"),
    (b"GIF87a", "GIF 图片"),
    (b"GIF89a", "GIF 图片"),
    (b"\x7fELF", "可执行程序"),
    (b"SQLite format 3\x00", "数据库文件"),
    (b"OggS", "音频文件"),
    (b"ID3", "音频文件"),
)
ZIP_KINDS = (
    ("xl/workbook.xml", "Excel 工作簿（.xlsx）"),
    ("ppt/presentation.xml", "PowerPoint 演示文稿（.pptx）"),
    ("content.xml", "OpenDocument 表格或演示文稿"),
)
TABLE_ADVICE = "表格不是单篇文稿；一行一篇的讲话表，请在“收文稿”页面上传。"
PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")
ADVICE = (
    "可以导入 .txt、.md、.html、.mht、.docx、.doc、.wps、.rtf、.odt、.fodt、.pdf、.ofd、.epub "
    "和 .png、.jpg、.tif 等扫描图片，请先转换格式。"
)
SNIFF_BYTES = 4096
LONGEST_TYPES = 1 << 20
# The directory of a zip file is read into memory as a whole; no document's is this long.
MOST_ENTRIES = 50_000
# The flag of a zip member that a password locks.
ENCRYPTED = 0x1
# A page says so at its very start, after nothing but blanks, comments or an XML declaration.
PAGE_START = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,1000}?-->\s*){0,5}"
    rb"<(?:!doctype\s+html|html|head|body|meta|title|div|table|article)\b",
    re.I | re.S,
)


# A Word document in one XML file names its program or its root at once.
FLAT_WORD = re.compile(
    rb'<\?mso-application\s+progid="Word\.Document"|<(?:w:wordDocument|pkg:package)\b'
)
FLAT_OPENDOCUMENT = re.compile(rb"<office:document\b")
# What a package says of its main part, wherever it keeps it.
CONTENT_TYPES = "[Content_Types].xml"
MAIN_TYPE = re.compile(
    rb"wordprocessingml\.(?:document|template)\.main\+xml"
    rb"|ms-word\.(?:document|template)\.macroEnabled"
)
# The header of a MIME message: a few header lines, one of which says so.
MIME_START = re.compile(
    rb"\s*(?:[A-Za-z][A-Za-z-]{1,40}:[^\n]{0,1000}\n(?:[ \t][^\n]{0,1000}\n){0,20}){0,30}?"
    rb"(?:MIME-Version:|Content-Type:[ \t]*multipart/)",
    re.I,
)


def detect_format(data: bytes, name: str) -> str:
    """Return a value of EXTENSIONS, "flat" or "fodt"; raises RejectedFile for other formats."""
    extension = PurePath(name).suffix.lower()
    head = data[:SNIFF_BYTES]
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _detect_package(data, extension)
    if head.startswith(OLE):
        return "doc"
    narrow = _narrow(head).lstrip()
    if narrow.startswith(b"{\\rtf"):
        return "rtf"
    if b"%PDF-" in head[:1024] and (extension == ".pdf" or narrow.startswith(b"%PDF-")):
        return "pdf"
    if _is_picture(head):
        return "picture"
    _refuse_known_binary(head)
    if narrow.startswith(b"<?xml") and FLAT_WORD.search(narrow[:1024]):
        return "flat"
    if FLAT_OPENDOCUMENT.search(narrow[:1024]):
        return "fodt"
    if MIME_START.match(head):
        return "mht"
    return "html" if PAGE_START.match(narrow) else _trust_name(data, extension)


def _trust_name(data: bytes, extension: str) -> str:
    if extension in ARCHIVES:
        raise RejectedFile("damaged", f"扩展名是 {extension}，但内容不是压缩包，文件可能已损坏。")
    if extension not in EXTENSIONS:
        raise RejectedFile("unsupported", f"不支持扩展名为 {extension} 的文件。{ADVICE}")
    kind = EXTENSIONS[extension]
    if kind in LABELS:
        label = _space(LABELS[kind]).rstrip()
        raise RejectedFile("damaged", f"扩展名是 {extension}，但内容不是{label}，文件可能已损坏。")
    if kind in LOOSE and b"\x00" in data[:SNIFF_BYTES] and kind != "html":
        raise RejectedFile("damaged", f"扩展名是 {extension}，但内容无法识别，文件可能已损坏。")
    if kind in LOOSE:
        return "html" if kind == "html" and b"<" in data else "txt"
    return kind


def _narrow(head: bytes) -> bytes:
    """UTF-16 pages show their tags once the zero bytes and the mark are out of the way."""
    return head.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe")


def _space(label: str) -> str:
    """Chinese typesetting parts Latin words from the characters before them by a blank."""
    return f" {label}" if label[0].isascii() else label


def _is_picture(head: bytes) -> bool:
    bitmap = head.startswith(b"BM") and head[6:10] == b"\x00\x00\x00\x00"
    return head.startswith(PICTURES) or bitmap or (head[:4] + head[8:12]) == b"RIFFWEBP"


def _refuse_known_binary(head: bytes) -> None:
    for signature, label in SIGNATURES:
        if head.startswith(signature):
            raise RejectedFile("unsupported", f"这是{_space(label)}，暂不支持。{ADVICE}")
    if head.startswith(b"RIFF") and head[8:12] in (b"WAVE", b"AVI "):
        raise RejectedFile("unsupported", f"这是音视频文件，暂不支持。{ADVICE}")
    if head[4:8] == b"ftyp":
        raise RejectedFile("unsupported", f"这是音视频文件，暂不支持。{ADVICE}")


def _detect_package(data: bytes, extension: str) -> str:
    label = LABELS.get(EXTENSIONS.get(extension, ""))
    if data.count(b"PK\x01\x02") > MOST_ENTRIES:
        raise RejectedFile("too_large", "压缩包目录异常：登记的文件过多，已拒绝。")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = set(package.namelist())
            kind = _tell_package(package, names)
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError, RuntimeError) as error:
        message = (
            f"{label}已损坏：zip 结构不完整，无法打开。" if label else "压缩包已损坏，无法打开。"
        )
        raise RejectedFile("damaged", message) from error
    if kind:
        return kind
    found = next((title for member, title in ZIP_KINDS if member in names), None)
    if found is None and label:
        message = f"扩展名是 {extension}，但压缩包里没有{_space(label)} 的正文，文件可能已损坏。"
        raise RejectedFile("damaged", message)
    if found is None:
        message = "这是 zip 压缩包，不是单篇文稿；请在“收文稿”页面上传，系统会逐个解开。"
        raise RejectedFile("unsupported", message)
    if extension in (".xlsx", ".ods"):
        raise RejectedFile("unsupported", f"这是{_space(found)}。{TABLE_ADVICE}")
    raise RejectedFile("unsupported", f"这是{_space(found)}，暂不支持。{ADVICE}")


def _tell_package(package: zipfile.ZipFile, names: set[str]) -> str | None:
    if "word/document.xml" in names or _declares_word(package, names):
        return "docx"
    if "META-INF/container.xml" in names:
        return "epub"
    if "OFD.xml" in names or "ofd.xml" in names:
        return "ofd"
    if "content.xml" not in names:
        return None
    # Says which office program wrote the content; some converters leave it out.
    if "mimetype" not in names or package.getinfo("mimetype").flag_bits & ENCRYPTED:
        return "odt"
    with package.open("mimetype") as stream:
        return "odt" if b"opendocument.text" in stream.read(200) else None


def _declares_word(package: zipfile.ZipFile, names: set[str]) -> bool:
    """Whether the package says that a part of some other name is a Word document."""
    if CONTENT_TYPES not in names or package.getinfo(CONTENT_TYPES).flag_bits & ENCRYPTED:
        return False
    with package.open(CONTENT_TYPES) as stream:
        return MAIN_TYPE.search(stream.read(LONGEST_TYPES)) is not None
