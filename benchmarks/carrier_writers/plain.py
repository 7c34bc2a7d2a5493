"""Text, pages and packages that are written without another program."""

from __future__ import annotations

import html
import io
import json
import zipfile
from collections.abc import Callable
from email.message import EmailMessage
from email.policy import SMTP

_CHAPTER = "OEBPS/one.xhtml"
_PARTS = {
    "mimetype": "application/epub+zip",
    "META-INF/container.xml": '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
    '<rootfiles><rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/>'
    "</rootfiles></container>",
    "OEBPS/book.opf": '<package xmlns="http://www.idpf.org/2007/opf"><manifest>'
    '<item id="a" href="one.xhtml" media-type="application/xhtml+xml"/></manifest>'
    '<spine><itemref idref="a"/></spine></package>',
}


def write_page(text: str, charset: str = "utf-8") -> str:
    """Return a page of mark-up, the first line as its headline."""
    first, *rest = text.split("\n")
    paragraphs = "\n".join(f"<p>{html.escape(line)}</p>" for line in rest)
    return (
        f'<!DOCTYPE html><html><head><meta charset="{charset}"><title>{html.escape(first)}</title>'
        f"</head><body><h1>{html.escape(first)}</h1>\n{paragraphs}\n</body></html>"
    )


def write_glued_page(text: str) -> bytes:
    """Return an old page in GBK: a script, font elements, line breaks for paragraphs."""
    script = "<script>var a=0;for(var i=0;i<9;i++){a+=i;}</script>" * 20
    lines = "<br>\n".join(f"　　{html.escape(line)}" for line in text.split("\n"))
    return (
        '<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312">'
        f"{script}</head><body><font size=3>{lines}</font></body></html>"
    ).encode("gb18030")


def write_archive(text: str) -> bytes:
    """Return a saved web page (.mht)."""
    message = EmailMessage(policy=SMTP)
    message["Subject"] = "saved"
    message.set_content(write_page(text), subtype="html", charset="utf-8")
    return message.as_bytes()


def write_book(text: str) -> bytes:
    """Return an electronic book of one chapter."""
    page = write_page(text).replace("<!DOCTYPE html><html>", "<html>")
    chapter = page.replace("<html>", '<html xmlns="http://www.w3.org/1999/xhtml">')
    chapter = chapter.replace('<meta charset="utf-8">', "")
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        for name, part in {**_PARTS, _CHAPTER: chapter}.items():
            package.writestr(name, part)
    return target.getvalue()


def write_record(text: str) -> bytes:
    """Return a record of a program: title and content."""
    title, _, content = text.partition("\n")
    return json.dumps({"title": title, "content": content}, ensure_ascii=False).encode()


WRITERS: dict[str, Callable[[str], bytes]] = {
    "utf-8.txt": str.encode,
    "utf-8 with mark.txt": lambda text: text.encode("utf-8-sig"),
    "gb18030.txt": lambda text: text.encode("gb18030"),
    "utf-16.txt": lambda text: text.encode("utf-16"),
    "utf-16 without mark.txt": lambda text: text.encode("utf-16-le"),
    "hz.txt": lambda text: text.encode("hz"),
    "lines of windows.txt": lambda text: text.replace("\n", "\r\n").encode(),
    "markdown.md": lambda text: ("# " + text.replace("\n", "\n\n")).encode(),
    "page.html": lambda text: write_page(text).encode(),
    "page in gbk.html": lambda text: write_page(text, "gbk").encode("gb18030"),
    "page with scripts in gbk.htm": write_glued_page,
    "saved page.mht": write_archive,
    "book.epub": write_book,
    "record.json": write_record,
}
