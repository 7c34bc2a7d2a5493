"""Files in Microsoft's old container (.doc, .wps): told apart by what is inside, then read."""

from __future__ import annotations

import io

import olefile

from corpus_app.ingest.draft import RejectedFile
from corpus_app.ingest.formats.extracted import Extracted, Handover
from corpus_app.ingest.formats.word97 import read_word
from corpus_app.ingest.limits import Limits

ADVICE = "请另存为 .docx 或 .txt 后再上传。"
# A stream that tells what the container holds, and what to call it.
OTHERS = (
    ("Workbook", "Excel 工作簿（.xls）"),
    ("Book", "Excel 工作簿（.xls）"),
    ("PowerPoint Document", "PowerPoint 演示文稿（.ppt）"),
    ("__properties_version1.0", "Outlook 邮件（.msg）"),
    ("VisioDocument", "Visio 图形"),
    ("FileHeader", "HWP 文档"),
)


def extract_legacy(data: bytes, limits: Limits) -> Extracted:
    """Return the text of a .doc or .wps; raises "damaged", "unsupported" or "too_large"."""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as container:
            return _read_container(container, limits)
    except RejectedFile:
        raise
    # Damage shows itself in more ways than olefile documents.
    except (OSError, ValueError, IndexError, KeyError, AttributeError, TypeError) as error:
        raise RejectedFile("damaged", "Word 97-2003 文档已损坏：文件容器读不出来。") from error


def _read_container(container: olefile.OleFileIO, limits: Limits) -> Extracted:
    if container.exists("EncryptedPackage"):
        raise RejectedFile("unsupported", "Office 文档设有密码，请解除密码后再上传。")
    if not container.exists("WordDocument"):
        label = next((name for stream, name in OTHERS if container.exists(stream)), None)
        if label is None:
            message = f"这是旧版 Office 或 WPS 文件，其中没有 Word 正文。{ADVICE}"
            raise Handover("unsupported", message, "office")
        raise RejectedFile("unsupported", f"这是 {label}，暂不支持。{ADVICE}")
    tables = (_read_stream(container, "0Table"), _read_stream(container, "1Table"))
    main, pictures = _read_stream(container, "WordDocument"), _read_stream(container, "Data")
    return read_word(main, tables, limits, pictures)


def _read_stream(container: olefile.OleFileIO, name: str) -> bytes:
    return bytes(container.openstream(name).read()) if container.exists(name) else b""
