"""What a reader of a parsed PDF has to know: words left out, and pages that could not be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from corpus_app.ingest.draft import Notice
from corpus_app.ingest.formats.pdf.pages import PrintedPage

NAMED: Final = 20
LONGEST: Final = 200


def report(
    pages: Sequence[PrintedPage],
    aside: Mapping[int, Sequence[tuple[str, str, str]]],
    attachments: Sequence[str],
    *,
    dynamic: bool,
) -> Iterator[Notice]:
    """Yield the notices of a PDF; aside has kind, words and rule of what was taken out, by page."""
    yield from _report_pages(pages)
    yield from _report_aside(aside)
    yield from _report_annotations(pages)
    if attachments:
        names = "、".join(filter(None, attachments[:NAMED])) or "未命名"
        yield Notice(
            "attachments", f"PDF 内附 {len(attachments)} 个文件（{names}），未读取，请另行上传。"
        )
    if dynamic:
        yield Notice("form_fields", "PDF 是动态表单（XFA），表单内容可能未能读出，请对照原件。")


def _report_pages(pages: Sequence[PrintedPage]) -> Iterator[Notice]:
    empty = [page.number for page in pages if _is_scanned(page)]
    if empty:
        message = f"PDF 第 {_name(empty)} 页没有文字层（可能是扫描页），其内容未能读出。"
        yield Notice("scanned_pages", message)
    unmapped = [page.number for page in pages if page.state == "unmapped"]
    if unmapped:
        message = f"PDF 第 {_name(unmapped)} 页的字体没有写明字符，其文字未能读出。"
        yield Notice("scanned_pages", message)
    damaged = [page.number for page in pages if page.state == "damaged"]
    if damaged:
        yield Notice("scanned_pages", f"PDF 第 {_name(damaged)} 页已损坏，其内容未能读出。")
    layers = [page.number for page in pages if page.layer]
    if layers:
        message = (
            f"PDF 第 {_name(layers)} 页是图像，文字取自图像下的识别文字层，可能有错字，请对照原件。"
        )
        yield Notice("text_layer", message)
    pictures = [page.number for page in pages if page.picture and page.chars and not page.layer]
    if pictures:
        yield Notice("pictures", f"PDF 第 {_name(pictures)} 页有图片，图中文字未能读出。")
    private = sum(page.private for page in pages)
    if private:
        message = f"有 {private} 个字符是字体自定义的（私用区），可能显示不出或显示有误，请核对。"
        yield Notice("private_characters", message)


def _is_scanned(page: PrintedPage) -> bool:
    return not page.state and page.drawn and not page.frames and page.chars == 0


def _report_aside(aside: Mapping[int, Sequence[tuple[str, str, str]]]) -> Iterator[Notice]:
    marks = {
        number: [w for k, w, _ in found if k == "watermark"] for number, found in aside.items()
    }
    words = list(dict.fromkeys(word for found in marks.values() for word in found))
    if words:
        numbers = [number for number, found in marks.items() if found]
        message = f"PDF 第 {_name(numbers)} 页有水印“{_clip('、'.join(words))}”，未收入正文。"
        yield Notice("watermark", message)
    hidden = [w for found in aside.values() for k, w, _ in found if k == "hidden_text"]
    if hidden:
        chars = sum(map(len, hidden))
        yield Notice(
            "hidden_text", f"PDF 中有 {chars} 字不显示在页面上，未收入正文，请在删除清单中核对。"
        )


def _report_annotations(pages: Sequence[PrintedPage]) -> Iterator[Notice]:
    comments = [(page.number, word) for page in pages for word in page.annotations.comments]
    if comments:
        words = _clip("；".join(word for _, word in comments))
        numbers = _name(dict.fromkeys(number for number, _ in comments))
        yield Notice("annotations", f"PDF 第 {numbers} 页有批注，未收入正文：{words}")
    fields = [(page.number, word) for page in pages for word in page.annotations.unshown]
    if fields:
        words = _clip("；".join(word for _, word in fields))
        numbers = _name(dict.fromkeys(number for number, _ in fields))
        yield Notice("form_fields", f"PDF 第 {numbers} 页有未显示的表单内容，未收入正文：{words}")
    if any(page.annotations.files for page in pages):
        numbers = _name(page.number for page in pages if page.annotations.files)
        yield Notice("attachments", f"PDF 第 {numbers} 页附有文件，未读取，请另行上传。")


def _name(numbers: Iterable[int]) -> str:
    listed = list(numbers)
    return "、".join(map(str, listed[:NAMED])) + ("等" if len(listed) > NAMED else "")


def _clip(words: str) -> str:
    return words if len(words) <= LONGEST else words[:LONGEST] + "…"
