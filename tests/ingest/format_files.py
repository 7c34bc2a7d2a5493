"""Small files of every format: office programs wrote those in files/, the rest is made here."""

from __future__ import annotations

import io
import zipfile
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from pathlib import Path

from corpus_app.ingest.formats.extracted import Extracted
from tests.ingest.word_files import build_word

FILES = Path(__file__).parent / "files"
# What speech.doc, .rtf and .odt hold, made by one office program from one document.
SPEECH_LINES = [
    "在青禾县第三届人民代表大会代表工作会议上的讲话",
    "青禾县人大常委会主任　林守田",
    "（2024年3月12日）",
    "同志们：",
    "今天我们召开代表工作会议，总结工作，部署任务。下面，我讲两点意见。",
    "一、提高认识，把牢代表工作方向",
    "要坚持党的领导，把代表工作放到全县大局中去谋划。",
    "（一）学原文",
    "逐章逐节读，联系实际想。",
    "（二）悟原理",
    "弄清来龙去脉。",
    "二、狠抓落实，办好代表建议",
    "（一）压实责任",
    "一件一件办，一项一项清。",
    "1.每月一课",
    "谢谢大家！",
    "项目\t件数\t办结",
    "建议\t𠀀12\t11",
    "附表到此为止。",
    "会议到此结束，详见县人大网",
]
PAGE = (
    "<html><head><title>讲话</title></head><body><h1>在代表工作会议上的讲话</h1>"
    "<p>同志们：</p><p>今天我们召开代表工作会议，总结工作，部署任务。</p></body></html>"
)


def read_sample(name: str) -> bytes:
    """Return the bytes of a file in files/."""
    return (FILES / name).read_bytes()


def build_mht(page: str = PAGE, charset: str = "gb2312") -> bytes:
    """Return a saved web page as Word and Internet Explorer write it."""
    message = MIMEMultipart("related")
    message["From"] = "<由浏览器保存>"
    part = MIMEText("", "html", charset)
    part.set_payload(page.encode("gb18030" if charset == "gb2312" else charset))
    del part["Content-Transfer-Encoding"]
    part["Content-Transfer-Encoding"] = "8bit"
    message.attach(part)
    return message.as_bytes()


def build_epub(*pages: str) -> bytes:
    """Return a book with one chapter per page, kept in reverse order to that of the spine."""
    names = [f"c{number}.xhtml" for number in range(len(pages))]
    items = "".join(
        f'<item id="{name}" href="text/{name}" media-type="application/xhtml+xml"/>'
        for name in names
    )
    spine = "".join(f'<itemref idref="{name}"/>' for name in names)
    book = f"<package><manifest>{items}</manifest><spine>{spine}</spine></package>"
    root = '<rootfile full-path="OEBPS/book.opf"/>'
    members = {"META-INF/container.xml": f"<container>{root}</container>", "OEBPS/book.opf": book}
    chapters = {f"OEBPS/text/{n}": p for n, p in zip(names, pages, strict=True)}
    return build_zip({**dict(reversed(chapters.items())), **members})


def build_odt(body: str) -> bytes:
    """Return an OpenDocument text around this XML of its body."""
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "text", "table", "style")
    )
    content = (
        f"<office:document-content {names}><office:body><office:text>{body}"
        "</office:text></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.text"
    return build_zip({"mimetype": kind, "content.xml": content})


def build_zip(members: dict[str, str | bytes]) -> bytes:
    """Return a zip file with these members."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            package.writestr(name, content)
    return buffer.getvalue()


def build_pdf(content: str = "", trailer: str = "") -> bytes:
    """Return a PDF of one page that draws this content stream; no cross-reference table."""
    stream = content.encode("latin-1")
    parts = [
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n",
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n",
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R"
        b"/Resources<</Font<</F 5 0 R>>>>>>endobj\n",
        b"4 0 obj<</Length %d>>stream\n%s\nendstream endobj\n" % (len(stream), stream),
        b"5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n",
        f"trailer<</Root 1 0 R{trailer}>>\n%%EOF".encode("latin-1"),
    ]
    return b"".join(parts)


def build_all() -> dict[str, bytes]:
    """Return file name -> bytes of a sound file of each format."""
    text = "\n".join(line.replace("\t", " ") for line in SPEECH_LINES)
    made = {
        "speech.txt": text.encode(),
        "speech.md": f"# {text}".encode(),
        "old.txt": text.replace("𠀀", "").encode("gb18030"),
        "speech.html": PAGE.encode(),
        "speech.mht": build_mht(),
        "speech.docx": build_word(*SPEECH_LINES),
        "book.epub": build_epub(PAGE, PAGE.replace("今天", "明天")),
    }
    names = ("speech.doc", "speech.rtf", "speech.odt", "speech.pdf", "speech.epub")
    return {**made, **{name: read_sample(name) for name in names}}


def read_seen(extracted: Extracted) -> str:
    """Return the raw text without what nobody sees."""
    chars = list(extracted.raw)
    for mark in extracted.marks:
        assert extracted.raw[mark.start : mark.end] == mark.text
        chars[mark.start : mark.end] = " " * (mark.end - mark.start)
    return "".join(chars)
