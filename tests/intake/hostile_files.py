"""Three hundred damaged and hostile files, the same ones every time."""

from __future__ import annotations

import random
import struct
from collections.abc import Iterator

from tests.ingest.format_files import (
    PAGE,
    build_all,
    build_epub,
    build_mht,
    build_odt,
    build_pdf,
    build_zip,
    read_sample,
)
from tests.ingest.word_files import build_word, replace_member

SEED = 20240312
SUFFIXES = (".txt", ".html", ".mht", ".docx", ".doc", ".wps", ".rtf", ".odt", ".pdf", ".epub")
# Each marks itself, so that a page that would run one is found out.
SCRIPTS = (
    "<script>alert('hostile')</script>",
    "<img src=x onerror=\"alert('hostile')\">",
    "<svg onload=\"alert('hostile')\">",
    "<a href=\"javascript:alert('hostile')\">看</a>",
    "<iframe srcdoc=\"<script>alert('hostile')</script>\"></iframe>",
    "</title><script>alert('hostile')</script>",
    "<style>@import 'javascript:alert(1)'</style>",
    "<!--><script>alert('hostile')</script>-->",
    "&lt;script&gt;alert('hostile')&lt;/script&gt;",
    "{{ hostile }}{% load hostile %}",
    "<scr\x00ipt>alert('hostile')</scr\x00ipt>",
    "'\"><script>alert('hostile')</script>",
)
WORDS = "今天我们召开代表工作会议，总结工作，部署任务，要把各项工作抓紧抓实抓出成效。"
XML_HEADS = {
    "laughs": "<!DOCTYPE x [<!ENTITY a0 '哈'>"
    + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10))
    + "]>",
    "file": "<!DOCTYPE x [<!ENTITY a9 SYSTEM 'file:///etc/passwd'>]>",
    "net": "<!DOCTYPE x [<!ENTITY a9 SYSTEM 'http://127.0.0.1:9/x'>]>",
    "parameter": "<!DOCTYPE x [<!ENTITY % p SYSTEM 'file:///etc/passwd'>%p;]>",
}


def list_floods() -> list[tuple[str, bytes]]:
    """Return (name, bytes) of files under 5 MB that keep a parser busy for a minute and more."""
    flood = " ".join(f"a{number}=1" for number in range(200_000))
    lax = " ".join(f"a{number}" for number in range(250_000))
    tag = f"<p {flood}>{WORDS}</p>"
    return [
        ("flood.html", tag.encode()),
        ("bare.html", f"<p {lax}>{WORDS}</p>".encode()),
        ("hidden.html", f"<html><body><p title='>' {flood}>{WORDS}</p>".encode()),
        ("reference.html", f"<p {flood.replace('=1', '=&quot;')}>{WORDS}</p>".encode()),
        ("flood.doc", f'<html xmlns:w="x"><body>{tag}'.encode()),
        ("flood.mht", build_mht(PAGE.replace("<p>", f"<p {flood}>", 1), "utf-8")),
        ("flood.epub", build_epub(tag)),
        ("split.html", "".join(f"<p {flood}>" for _ in range(2)).encode()),
    ]


def list_hostile_files() -> list[tuple[str, bytes]]:
    """Return (name, bytes) of all files."""
    chance = random.Random(SEED)
    files = [
        *_iter_truncated(chance),
        *_iter_flipped(chance),
        *_iter_shuffled(chance),
        *_iter_misnamed(chance),
        *_iter_inner(chance),
        *_iter_scripts(),
        *_iter_entities(),
        *_iter_flat(),
        *_iter_deep(),
        *_iter_huge(),
        *_iter_odd_texts(),
    ]
    return [(f"{number:03}-{name}", data) for number, (name, data) in enumerate(files)]


def _iter_truncated(chance: random.Random) -> Iterator[tuple[str, bytes]]:
    for name, data in build_all().items():
        for _ in range(4):
            yield f"cut-{name}", data[: chance.randrange(1, len(data))]


def _iter_flipped(chance: random.Random) -> Iterator[tuple[str, bytes]]:
    for name, data in build_all().items():
        for flips in (1, 4, 16, 64, 256):
            changed = bytearray(data)
            for _ in range(flips):
                changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
            yield f"flip-{name}", bytes(changed)


def _iter_shuffled(chance: random.Random) -> Iterator[tuple[str, bytes]]:
    for name, data in build_all().items():
        a, b = sorted(chance.randrange(len(data)) for _ in range(2))
        yield f"gap-{name}", data[:a] + data[b:]
        yield f"twice-{name}", data[:b] + data[a:]
        yield f"zeros-{name}", data[:a] + bytes(b - a) + data[b:]


def _iter_misnamed(chance: random.Random) -> Iterator[tuple[str, bytes]]:
    for name, data in build_all().items():
        for suffix in chance.sample(SUFFIXES, 3):
            yield f"as-{name}{suffix}", data


def _iter_inner(chance: random.Random) -> Iterator[tuple[str, bytes]]:
    """Damage inside sound packages, which no checksum gives away."""
    import io
    import zipfile

    parts = {
        "speech.docx": ("word/document.xml", "word/styles.xml", "[Content_Types].xml"),
        "speech.odt": ("content.xml", "styles.xml", "mimetype"),
        "speech.epub": ("META-INF/container.xml", "OEBPS/content.opf"),
    }
    files = build_all()
    for name, members in parts.items():
        for member in members:
            with zipfile.ZipFile(io.BytesIO(files[name])) as package:
                if member not in package.namelist():
                    continue
                part = bytearray(package.read(member))
            for _ in range(8):
                part[chance.randrange(len(part))] = chance.randrange(256)
            yield f"inner-{name}", replace_member(files[name], member, bytes(part))
            yield f"hollow-{name}", replace_member(files[name], member, b"")


def _iter_scripts() -> Iterator[tuple[str, bytes]]:
    for script in SCRIPTS:
        page = PAGE.replace("<p>同志们：</p>", f"<p>同志们：{script}</p><p>{WORDS}</p>")
        yield "script.html", page.encode()
        yield "script.txt", f"同志们：\n{script}\n{WORDS}\n".encode()
    for script in SCRIPTS[:4]:
        page = PAGE.replace("同志们：", f"同志们：{script}")
        yield "script.mht", build_mht(page, "utf-8")
        yield "script.epub", build_epub(page)
        yield "script.docx", build_word("同志们：", script.replace("\x00", ""), WORDS)


def _iter_entities() -> Iterator[tuple[str, bytes]]:
    word, book = build_word("同志们：", WORDS), build_epub(PAGE)
    name = "urn:oasis:names:tc:opendocument:xmlns"
    for head in XML_HEADS.values():
        body = f"{head}<x>&a9;{WORDS}</x>".encode()
        yield "entity.docx", replace_member(word, "word/document.xml", body)
        yield "entity.docx", replace_member(word, "word/numbering.xml", body)
        yield "entity.epub", replace_member(book, "META-INF/container.xml", body)
        yield "entity.epub", build_epub(f"{head}<html><body><p>&a9;{WORDS}</p></body></html>")
        yield "entity.html", f"{head}<html><body><p>&a9;{WORDS}</p></body></html>".encode()
        content = (
            f'{head}<o:document-content xmlns:o="{name}:office:1.0" xmlns:t="{name}:text:1.0">'
            f"<o:body><o:text><t:p>&a9;{WORDS}</t:p></o:text></o:body></o:document-content>"
        )
        yield "entity.odt", build_zip({"content.xml": content})


def _iter_flat() -> Iterator[tuple[str, bytes]]:
    """Word documents in one XML file, with entities, deep tags and parts that lead outside."""
    name = "http://schemas.microsoft.com/office/word/2003/wordml"
    for head in XML_HEADS.values():
        body = f"<w:body><w:p><w:r><w:t>&a9;{WORDS}</w:t></w:r></w:p></w:body>"
        root = f'<w:wordDocument xmlns:w="{name}">{body}</w:wordDocument>'
        yield "flat.doc", f'<?xml version="1.0"?>{head}{root}'.encode()
    for depth in (200, 60_000):
        body = "<w:tbl>" * depth + "</w:tbl>" * depth
        root = f'<w:wordDocument xmlns:w="{name}"><w:body>{body}</w:body></w:wordDocument>'
        yield "flat.doc", f'<?xml version="1.0"?>{root}'.encode()


def _iter_deep() -> Iterator[tuple[str, bytes]]:
    for depth in (200, 3_000, 60_000):
        yield "deep.html", ("<div>" * depth + WORDS).encode()
        yield "deep.odt", build_odt("<text:section>" * depth + "</text:section>" * depth)
        spans = "<text:span>" * depth + WORDS + "</text:span>" * depth
        yield "deep.odt", build_odt(f"<text:p>{spans}</text:p>")
        lists = "<text:list><text:list-item>" * depth + "</text:list-item></text:list>" * depth
        yield "deep.odt", build_odt(lists)
        yield "deep.rtf", b"{\\rtf1 " + b"{" * depth + WORDS.encode("gb18030")
        yield "deep.pdf", build_pdf("[" * depth, "/X" + "[" * depth)
        part = b"".join(
            b"Content-Type: multipart/x; boundary=%d\n\n--%d\n" % (i, i) for i in range(depth // 20)
        )
        yield "deep.mht", b"MIME-Version: 1.0\n" + part


def _iter_huge() -> Iterator[tuple[str, bytes]]:
    zeros = bytes(120 * 1024 * 1024)
    yield "bomb.docx", replace_member(build_word(WORDS), "word/media/a.bin", zeros)
    yield "bomb.odt", replace_member(build_odt(""), "Pictures/a.bin", zeros)
    document = read_sample("speech.doc")
    header = document.index(b"\xec\xa5")
    for offset in (0x4C, 0x50, 0x60, 0x1A2, 0x1A6, 0x102, 0x106, 0xFA, 0xA2, 0x2E2, 0x2EA):
        for value in (0x7FFFFFFF, 0xFFFFFFFF):
            changed = bytearray(document)
            struct.pack_into("<I", changed, header + offset, value)
            yield "declared.doc", bytes(changed)
    loop = bytearray(document)
    loop[512:1536] = struct.pack("<I", 1) * 256
    yield "loop.doc", bytes(loop)
    yield "declared.pdf", build_pdf("").replace(b"/Count 1", b"/Count 999999999")
    yield "declared.pdf", build_pdf("x").replace(b"/Length 1", b"/Length 99999999999")
    yield "loop.pdf", build_pdf("").replace(b"/Kids[3 0 R]", b"/Kids[2 0 R]")
    yield "picture.rtf", b"{\\rtf1 {\\pict\\bin999999999 x}" + WORDS.encode("gb18030") + b"}"
    yield "number.rtf", b"{\\rtf1\\uc99999999 \\u99999999 \\u-99999999 \\ansicpg99999 x}"
    yield "fonts.rtf", b"{\\rtf1 {\\fonttbl" + b"{\\f0\\fnil" * 100_000
    yield "fields.rtf", b"{\\rtf1 " + b"{\\field{\\*\\fldinst{HYPERLINK " * 20_000


def _iter_odd_texts() -> Iterator[tuple[str, bytes]]:
    yield "line.txt", ("一、" * 20_000).encode()
    yield "lines.txt", ("讲\n" * 30_000).encode()
    yield "quotes.txt", ("“" * 20_000).encode()
    yield "tags.txt", ("<" * 20_000 + WORDS).encode()
    yield "blanks.md", (" " * 50_000 + "#\n" + WORDS).encode()
    yield "marks.md", ("**[" * 10_000 + WORDS).encode()
    yield "front.md", ("---\n" * 10_000 + WORDS).encode()
    yield "wide.txt", (WORDS + "\u202e\u2066\ufeff\ud7ff" * 2_000).encode()
    yield "half.txt", WORDS.encode("utf-16-le")[:-1]
    yield "mime.txt", ("A:" + "b" * 900 + "\n").encode() * 200 + b"MIME"
