"""What a reader of a parsed PDF has to know: words left out, and pages that could not be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final

from corpus_app.ingest.draft import Notice
from corpus_app.ingest.formats.pdf.furniture import is_paging
from corpus_app.ingest.formats.pdf.pages import PrintedPage
from corpus_app.ingest.formats.pdf.writing import Written

NAMED: Final = 20
LONGEST: Final = 200


def report(
    pages: Sequence[PrintedPage],
    aside: Mapping[int, Sequence[tuple[str, str, str]]],
    attachments: Sequence[str],
    written: Written,
    *,
    dynamic: bool,
) -> Iterator[Notice]:
    """Yield the notices of a PDF; aside has kind, words and rule of what was taken out, by page.

    What could not be read is told at its place in what was written.
    """
    yield from _report_pages(pages, written)
    yield from _report_aside(aside)
    yield from _report_parts(pages, attachments, dynamic=dynamic)


def _report_pages(pages: Sequence[PrintedPage], written: Written) -> Iterator[Notice]:
    told = (
        ([p for p in pages if p.scanned], "没有文字层（可能是扫描页），其内容未能读出"),
        ([p for p in pages if p.state == "unmapped"], "的字体没有写明字符，其文字未能读出"),
        ([p for p in pages if p.state == "damaged"], "已损坏，其内容未能读出"),
    )
    for found, words in told:
        for place, numbers in groupby((page.number for page in found), written.unread.__getitem__):
            message = f"PDF 第 {_name(numbers)} 页{words}。"
            # From the character before to the one behind, of text on both sides.
            inside = 1 < place < len(written.raw)
            yield Notice("scanned_pages", message, *((place - 2, place + 1) if inside else ()))
    layers = [page.number for page in pages if page.layer]
    if layers:
        message = "是图像，文字取自图像下的识别文字层，可能有错字，请对照原件。"
        yield Notice("recognised", f"PDF 第 {_name(layers)} 页{message}")
    pictures = [p.number for p in pages if p.picture and not p.layer and not p.scanned]
    if pictures:
        yield Notice("pictures", f"PDF 第 {_name(pictures)} 页有图片，图中如有文字，未能读出。")
    stacked = [page.number for page in pages if page.stacked]
    if stacked:
        message = "的文字叠印在一起，已按书写的先后读出，可能有缺漏，请对照原件。"
        yield Notice("unread_part", f"PDF 第 {_name(stacked)} 页{message}")
    unknown = sum(page.unmapped for page in pages if not page.state)
    if unknown:
        message = f"有 {unknown} 个字符的字体没有写明是什么字，以“\ufffd”代替或可能有误，请核对。"
        yield Notice("unknown_symbols", message)
    private = sum(page.private for page in pages)
    if private:
        message = f"有 {private} 个字符是字体自定义的（私用区），可能显示不出或显示有误，请核对。"
        yield Notice("private_characters", message)


def _report_aside(aside: Mapping[int, Sequence[tuple[str, str, str]]]) -> Iterator[Notice]:
    marks = {n: [w for k, w, _ in found if k == "watermark"] for n, found in aside.items()}
    words = list(dict.fromkeys(word for found in marks.values() for word in found))
    if words:
        numbers = [number for number, found in marks.items() if found]
        message = f"PDF 第 {_name(numbers)} 页有水印“{_clip('、'.join(words))}”，未收入正文。"
        yield Notice("watermark", message)
    yield from tell_margins(aside, "PDF ")


def tell_margins(
    aside: Mapping[int, Sequence[tuple[str, str, str]]], part_of: str = ""
) -> Iterator[Notice]:
    """Yield a notice of the running heads and feet of words; part_of names the file of pages."""
    heads = {n: [w for k, w, _ in found if k == "pager"] for n, found in aside.items()}
    heads = {n: [w for w in found if not is_paging(w)] for n, found in heads.items()}
    words = list(dict.fromkeys(word for found in heads.values() for word in found))
    if words:
        pages = _name(number for number, found in heads.items() if found)
        message = f"{part_of}第 {pages} 页的页眉页脚“{_clip('、'.join(words))}”未收入正文。"
        yield Notice("margins", message)


def _report_parts(
    pages: Sequence[PrintedPage], attachments: Sequence[str], *, dynamic: bool
) -> Iterator[Notice]:
    comments = {p.number: p.annotations.comments for p in pages if p.annotations.comments}
    if comments:
        words = _clip("；".join(word for found in comments.values() for word in found))
        yield Notice("comments", f"PDF 第 {_name(comments)} 页有批注，未收入正文：{words}")
    unshown = {p.number: p.annotations.unshown for p in pages if p.annotations.unshown}
    if unshown:
        words = _clip("；".join(word for found in unshown.values() for word in found))
        message = f"PDF 第 {_name(unshown)} 页有未画出的表单内容，未收入正文：{words}"
        yield Notice("unread_part", message)
    if dynamic:
        yield Notice("unread_part", "PDF 是动态表单（XFA），表单内容可能未能读出，请对照原件。")
    files = sum(page.annotations.files for page in pages) + len(attachments)
    if files:
        names = "、".join(filter(None, attachments[:NAMED])) or "未命名"
        yield Notice("unread_part", f"PDF 内附 {files} 个文件（{names}），未读取，请另行上传。")


def _name(numbers: Iterable[int]) -> str:
    listed = list(numbers)
    return "、".join(map(str, listed[:NAMED])) + ("等" if len(listed) > NAMED else "")


def _clip(words: str) -> str:
    return words if len(words) <= LONGEST else words[:LONGEST] + "…"
