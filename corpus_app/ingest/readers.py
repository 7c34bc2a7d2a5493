"""Outside programs and libraries that let more files be read, and what their absence means."""

from __future__ import annotations

import os
import shutil
import subprocess
from ctypes.util import find_library
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec

# The packages of `make ocr`; looked for and not loaded.
OCR_PACKAGES = ("rapidocr", "onnxruntime")


@dataclass(frozen=True, slots=True)
class Reader:
    """A program: its name, whether it is on this machine, what it is for, and what to know."""

    name: str
    found: bool
    purpose: str
    message: str


def gettext_noop(text: str) -> str:
    """Return the text; the name marks it for the catalogue, for pages may be in English."""
    return text


@cache
def available_readers() -> tuple[Reader, ...]:
    """Return all outside readers, looked for once at the first call, each with a sentence."""
    return (
        _describe(
            "soffice",
            bool(find_office()),
            gettext_noop("可以读取 Word 95 及更早的 .doc、旧版 WPS 和 Works 文档。"),
            gettext_noop(
                "未安装 LibreOffice：Word 95 及更早的 .doc、旧版 WPS 文档不能读取，"
                "请先另存为 .docx；常见的 .doc 和 .wps 不受影响。"
            ),
        ),
        _describe(
            "antiword",
            shutil.which("antiword") is not None,
            gettext_noop("可以读取 Word 6 和 Word 95 的 .doc。"),
            gettext_noop(
                "未安装 antiword：Word 6 和 Word 95 快速保存的 .doc 须由 LibreOffice 读取。"
            ),
        ),
        *_list_recognisers(),
        _describe(
            "libarchive",
            bool(os.environ.get("LIBARCHIVE") or find_library("archive")),
            gettext_noop("可以解压 .7z 和 .rar。"),
            gettext_noop("未安装 libarchive：.7z 和 .rar 不能解压，请改用 .zip。"),
        ),
    )


def _list_recognisers() -> tuple[Reader, ...]:
    return (
        _describe(
            "rapidocr",
            all(map(find_spec, OCR_PACKAGES)),
            gettext_noop("可以识别扫描件和图片中的文字。"),
            gettext_noop(
                "未安装文字识别程序 RapidOCR：扫描件和图片须由 tesseract 识别，没有它就不能读取；"
                "请管理员运行 make ocr 安装，或先用其他软件识别后再上传。"
            ),
        ),
        _describe(
            "tesseract",
            _has_chinese_tesseract(),
            gettext_noop("可以在没有 RapidOCR 时识别扫描件和图片中的文字。"),
            gettext_noop(
                "未安装 tesseract 或其简体中文数据（chi_sim）：没有 RapidOCR 时，"
                "扫描件和图片不能识别文字。"
            ),
        ),
    )


def find_reader(name: str) -> Reader:
    """Return the reader of this name; raises KeyError for a name that is none."""
    found = {reader.name: reader for reader in available_readers()}
    return found[name]


def find_office() -> str | None:
    """Return the path of LibreOffice's program, None where there is none."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def _describe(name: str, found: bool, purpose: str, absence: str) -> Reader:
    return Reader(name, found, purpose, purpose if found else absence)


def _has_chinese_tesseract() -> bool:
    program = shutil.which("tesseract")
    if program is None:
        return False
    try:
        listed = subprocess.run(
            [program, "--list-langs"], capture_output=True, text=True, timeout=10, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return "chi_sim" in (listed.stdout + listed.stderr).split()
