"""OFD files: the package's parts to pages, the pages by the geometry of PDF."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from lxml import etree

from corpus_app.ingest.draft import Notice, RejectedFile
from corpus_app.ingest.formats.extracted import Extracted
from corpus_app.ingest.formats.ofd.objects import (
    POINTS,
    Drawn,
    draw,
    find_all,
    local_name,
    read_box,
)
from corpus_app.ingest.formats.package import check_package, parse_part, read_member
from corpus_app.ingest.formats.pdf.glyphs import Glyph
from corpus_app.ingest.formats.pdf.notices import report
from corpus_app.ingest.formats.pdf.pages import PrintedPage, hide, iter_frames
from corpus_app.ingest.formats.pdf.reader import set_aside
from corpus_app.ingest.formats.pdf.writing import write_pages
from corpus_app.ingest.formats.visibility import OFF_PAGE, is_off_page, report_unseen
from corpus_app.ingest.limits import Limits

LABEL: Final = "OFD 文件"
A4: Final = (0.0, 0.0, 210.0, 297.0)


def extract_ofd(data: bytes, limits: Limits) -> Extracted:
    """Return the text of an .ofd; raises "damaged", "unsupported", "too_large" or "no_text"."""
    check_package(data, limits, LABEL)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        found = _Package(package, limits)
        pages = list(found.iter_pages())
    if not any(page.chars for page in pages):
        reason = "各页只有图像" if any(page.drawn for page in pages) else "各页没有文字"
        message = f"OFD 文件{reason}，没有可读的文字；请另存为 PDF 或图片，再作为扫描件上传。"
        raise RejectedFile("no_text", message)
    aside = set_aside(pages)
    for number, words in found.watermarks.items():
        aside[number] += [("watermark", one, "ofd:watermark") for one in dict.fromkeys(words)]
    written = write_pages(pages, aside)
    told = report(pages, aside, found.attachments, written, dynamic=False)
    notices = [replace(one, message=one.message.replace("PDF", "OFD")) for one in told]
    notices += [*_tell_seals(found.signatures), *report_unseen(written.marks)]
    return Extracted(written.raw, "utf-8", "ofd", tuple(written.marks), tuple(notices))


def _tell_seals(count: int) -> Iterator[Notice]:
    if count:
        message = f"OFD 文件有 {count} 个电子签名或电子印章，没有验证，印文没有读出。"
        yield Notice("seal", message)


@dataclass(slots=True)
class _Document:
    """A document of the package: its folder, its usual page, templates, annotations by page."""

    folder: str
    box: tuple[float, float, float, float]
    templates: dict[str, str] = field(default_factory=dict)
    annotations: dict[str, str] = field(default_factory=dict)


class _Package:
    """Reads the parts; names in them are looked up in the package and nowhere else."""

    def __init__(self, package: zipfile.ZipFile, limits: Limits) -> None:
        self._package, self._limits = package, limits
        self._names = {_fold(name): name for name in package.namelist()}
        self._room = limits.text_chars
        self.signatures = 0
        self.attachments: list[str] = []
        self.watermarks: dict[int, list[str]] = {}

    def iter_pages(self) -> Iterator[PrintedPage]:
        """Yield the pages of all documents in order; numbers run on."""
        root = self._parse("OFD.xml")
        if root is None:
            raise RejectedFile("damaged", "OFD 文件已损坏：没有主入口 OFD.xml。")
        if any(local_name(one).startswith("Encrypt") for one in root.iter()):
            raise RejectedFile("unsupported", "OFD 文件已加密，请解密后再上传。")
        number = 0
        for body in find_all(root, "DocBody"):
            self._count_signatures(body)
            for path in _list_texts(body, "DocRoot"):
                for page in self._iter_document(path, number):
                    number = page.number
                    yield page
        if not number:
            raise RejectedFile("damaged", "OFD 文件已损坏：找不到其中的页面。")

    def _iter_document(self, path: str, number: int) -> Iterator[PrintedPage]:
        root = self._parse(path)
        if root is None:
            return
        document = self._read_document(root, posixpath.dirname(path.strip("/")))
        for pages in find_all(root, "Pages"):
            for page in find_all(pages, "Page"):
                number += 1
                if number > self._limits.pages:
                    message = f"OFD 文件超过 {self._limits.pages} 页的上限，请拆分。"
                    raise RejectedFile("too_large", message)
                yield self._read_page(document, page, number)

    def _read_document(self, root: etree._Element, folder: str) -> _Document:
        document = _Document(folder, A4)
        for common in find_all(root, "CommonData"):
            for area in find_all(common, "PageArea"):
                document.box = _read_area(area) or document.box
            for template in find_all(common, "TemplatePage"):
                document.templates[template.get("ID") or ""] = template.get("BaseLoc") or ""
        for listed in _list_texts(root, "Annotations"):
            self._list_annotations(document, listed)
        for listed in _list_texts(root, "Attachments"):
            attachments = self._parse(_join(folder, listed))
            if attachments is not None:
                names = find_all(attachments, "Attachment")
                self.attachments += [one.get("Name") or "未命名" for one in names]
        return document

    def _read_page(self, document: _Document, entry: etree._Element, number: int) -> PrintedPage:
        printed, drawn = PrintedPage(number), Drawn()
        root = self._parse(_join(document.folder, entry.get("BaseLoc") or ""))
        if root is None:
            printed.state = "damaged"
            return printed
        box = document.box
        for area in find_all(root, "Area"):
            box = _read_area(area) or box
        for used in find_all(root, "Template"):
            path = document.templates.get(used.get("TemplateID") or "", "")
            template = self._parse(_join(document.folder, path)) if path else None
            if template is not None:
                draw(template, drawn, self._room)
        draw(root, drawn, self._room)
        self._draw_annotations(document.annotations.get(entry.get("ID") or "", ""), drawn, number)
        self._room -= len(drawn.glyphs)
        printed.width, printed.height = box[2] * POINTS, box[3] * POINTS
        beyond = [glyph for glyph in drawn.glyphs if _is_beyond(glyph, printed)]
        own = set(map(id, beyond))
        shown = [glyph for glyph in drawn.glyphs if id(glyph) not in own]
        printed.frames = list(iter_frames(shown, (), printed, printed.readings))
        printed.hidden = [(words, "ofd:hidden") for words in drawn.hidden]
        hide(printed, beyond, OFF_PAGE.rule)
        printed.picture = printed.drawn = bool(drawn.pictures)
        return printed

    def _list_annotations(self, document: _Document, path: str) -> None:
        whole = _join(document.folder, path)
        root = self._parse(whole)
        if root is None:
            return
        for page in find_all(root, "Page"):
            for place in _list_texts(page, "FileLoc"):
                inner = _join(posixpath.dirname(whole), place)
                document.annotations[page.get("PageID") or ""] = inner

    def _draw_annotations(self, path: str, drawn: Drawn, number: int) -> None:
        root = self._parse(path) if path else None
        for annotation in find_all(root, "Annot") if root is not None else ():
            own = Drawn()
            draw(annotation, own, self._room)
            words = "".join(glyph.text for glyph in own.glyphs)
            if (annotation.get("Visible") or "").lower() == "false":
                drawn.hidden += [words] if words.strip() else []
            elif annotation.get("Type") == "Watermark":
                self.watermarks.setdefault(number, []).extend([words] if words.strip() else [])
            else:
                drawn.glyphs += own.glyphs

    def _count_signatures(self, body: etree._Element) -> None:
        for path in _list_texts(body, "Signatures"):
            root = self._parse(path)
            if root is not None:
                self.signatures += sum(1 for _ in find_all(root, "Signature"))

    def _parse(self, path: str) -> etree._Element | None:
        """Return the root of a part, None where the package has no such part."""
        name = self._names.get(_fold(path))
        data = read_member(self._package, name) if name else None
        return None if data is None else parse_part(data, LABEL)


def _is_beyond(glyph: Glyph, page: PrintedPage) -> bool:
    left, top, right, bottom = glyph.box
    return is_off_page(left, right, page.width) or is_off_page(top, bottom, page.height)


def _read_area(area: etree._Element) -> tuple[float, float, float, float] | None:
    for box in find_all(area, "PhysicalBox"):
        found = read_box(box.text)
        if found and 0 < found[2] < 1e5 and 0 < found[3] < 1e5:
            return found
    return None


def _list_texts(element: etree._Element, name: str) -> list[str]:
    found = ((child.text or "").strip() for child in find_all(element, name))
    return [words for words in found if words]


def _join(folder: str, path: str) -> str:
    """Return a path of the package; one that begins with a stroke counts from its root."""
    return path if path.startswith("/") else posixpath.join(folder, path)


def _fold(path: str) -> str:
    return posixpath.normpath(path.replace("\\", "/").strip("/")).casefold()
