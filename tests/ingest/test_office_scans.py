"""Scanned pages that were put into office files: handed over to recognition as a scan is."""

from __future__ import annotations

import base64
import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.shared import Cm
from PIL import Image, ImageDraw

from corpus_app.ingest.draft import RejectedFile
from corpus_app.ingest.formats import extract
from corpus_app.ingest.formats.extracted import Handover
from corpus_app.ingest.pipeline import parse_bytes
from corpus_app.ingest.rule_files import read_rules
from corpus_app.ingest.scans.drawing import count_pages, draw_pages
from corpus_app.ingest.scans.office_pictures import list_page_pictures
from tests.ingest.invariants import check_invariants

MADE = Path(__file__).parent / "files" / "pages.doc"
SPACES = " ".join(
    f'xmlns:{name}="{address}"'
    for name, address in read_rules("office_elements")["opendocument"]["namespaces"].items()
)


def draw(number: int, width: int = 720, height: int = 1000) -> bytes:
    """Return a page with a bar as many tenths of it down as its number says."""
    page, stream = Image.new("1", (width, height), 1), io.BytesIO()
    top = number * height // 10
    ImageDraw.Draw(page).rectangle((width // 8, top, width - width // 8, top + 20), fill=0)
    page.save(stream, "PNG")
    return stream.getvalue()


def write_docx(pictures: list[bytes], words: str = "") -> bytes:
    document: Any = Document()
    for picture in pictures:
        document.add_picture(io.BytesIO(picture))
    document.add_paragraph(words)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def write_odt(pictures: list[bytes], words: str = "") -> bytes:
    images = (f'<draw:image xlink:href="Pictures/{n}.png"/>' for n in range(len(pictures)))
    drawn = "".join(f"<text:p><draw:frame>{image}</draw:frame></text:p>" for image in images)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        body = (
            f"<office:body><office:text>{drawn}<text:p>{words}</text:p></office:text></office:body>"
        )
        content = f"<office:document-content {SPACES}>{body}</office:document-content>"
        package.writestr("content.xml", content)
        for number, picture in enumerate(pictures):
            package.writestr(f"Pictures/{number}.png", picture)
    return stream.getvalue()


def write_flat(pictures: list[bytes], words: str = "") -> bytes:
    drawn = "".join(
        "<text:p><draw:frame><draw:image><office:binary-data>"
        f"{base64.b64encode(picture).decode()}</office:binary-data></draw:image></draw:frame></text:p>"
        for picture in pictures
    )
    body = f"<office:body><office:text>{drawn}<text:p>{words}</text:p></office:text></office:body>"
    return f"<?xml version='1.0'?><office:document {SPACES}>{body}</office:document>".encode()


def write_rtf(pictures: list[bytes], words: str = "") -> bytes:
    told = b"{\\*\\blipuid 0123456789abcdef0123456789abcdef}"
    groups = [
        b"{\\pict\\picw720\\pich1000\\picwgoal9000\\pngblip" + told + b"\n" + digits + b"}\\par"
        for digits in (picture.hex("\n", 64).encode() for picture in pictures)
    ]
    signs = "".join(f"\\u{ord(char)}?" for char in words).encode()
    return b"{\\rtf1\\ansi " + b"".join(groups) + signs + b"}"


WRITERS = {"a.docx": write_docx, "a.odt": write_odt, "a.fodt": write_flat, "a.rtf": write_rtf}


@pytest.mark.parametrize("name", [*WRITERS, MADE.name])
def test_a_file_of_nothing_but_pages_is_handed_over_with_them_in_order(
    name: str, tmp_path: Path
) -> None:
    small = draw(3, 200, 200)
    data = WRITERS[name]([draw(1), small, draw(2)]) if name in WRITERS else MADE.read_bytes()
    with pytest.raises(Handover) as caught:
        extract(data, name)
    assert (caught.value.outside, caught.value.code) == ("ocr", "no_text")
    path = tmp_path / name
    path.write_bytes(data)
    assert count_pages(path) == 2
    pages = [page.convert("L") for _, page in draw_pages(path)]
    assert [page.getpixel((page.width // 2, 105)) for page in pages] == [0, 255]
    assert [number for number, _ in draw_pages(path, [2])] == [2]


@pytest.mark.parametrize("name", WRITERS)
def test_a_file_with_words_or_without_pages_is_not_handed_over(name: str) -> None:
    found = extract(WRITERS[name]([draw(1)], "同志们：今天开会。"), name)
    assert "同志们" in found.raw
    assert "pictures" in [notice.code for notice in found.notices]
    with pytest.raises(RejectedFile) as caught:
        extract(WRITERS[name]([draw(1, 200, 200)]), name)
    assert type(caught.value) is RejectedFile
    assert caught.value.code == "no_text"


def test_a_page_among_words_of_a_binary_file_is_a_gap() -> None:
    path = MADE.with_name("page_among_words.doc")
    found = parse_bytes(path.read_bytes(), path.name).to_json()
    check_invariants(found)
    assert [gap["kind"] for gap in found["gaps"]] == ["hidden"]
    assert [one["start"] is None for one in found["notices"] if one["code"] == "pictures"] == [
        True,
        False,
    ]


def test_damaged_files_have_no_pages() -> None:
    whole = write_docx([draw(1)])
    for data in (
        whole[:200],
        b"{\\rtf1{\\pict\\pngblip\\bin99999 x}",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    ):
        assert list_page_pictures(data) == []


LINES = ("同志们：", "今天召开会议，部署代表工作，要认真抓好落实。", "会议的要求，要逐条落实到位。")


def write_mixed_docx(width: int, *, behind: bool = False) -> bytes:
    """Return a speech with a picture of a page, so many centimetres wide, before its last line."""
    document: Any = Document()
    for line in LINES[:-1]:
        document.add_paragraph(line)
    drawn = document.add_picture(io.BytesIO(draw(1)), width=Cm(width))
    document.add_paragraph(LINES[-1])
    if behind:
        drawn._inline.tag = drawn._inline.tag.replace("}inline", "}anchor")
        drawn._inline.set("behindDoc", "1")
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def write_mixed_flat(width: int, *, behind: bool = False) -> bytes:
    style = (
        '<style:style style:name="g" style:family="graphic">'
        '<style:graphic-properties style:run-through="background"/></style:style>'
    )
    size = f'svg:width="{width}cm" svg:height="{width * 1.4}cm"'
    image = '<draw:image xlink:href="Pictures/0.png"/>'
    frame = f'<draw:frame draw:style-name="{"g" if behind else ""}" {size}>{image}</draw:frame>'
    paragraphs = [f"<text:p>{line}</text:p>" for line in (*LINES[:-1], frame, LINES[-1])]
    body = f"<office:body><office:text>{''.join(paragraphs)}</office:text></office:body>"
    styles = f"<office:automatic-styles>{style}</office:automatic-styles>"
    return (
        f"<?xml version='1.0'?><office:document {SPACES}>{styles}{body}</office:document>".encode()
    )


def write_mixed_rtf(width: int, *, behind: bool = False) -> bytes:
    """As above; of what stands behind words rich text says nothing, so it is small then."""
    scale = b"\\picscalex%d\\picscaley%d" % ((10, 10) if behind else (50, 50))
    size = b"\\picwgoal%d\\pichgoal%d" % (width * 1134, width * 1588)
    named = b"{\\*\\picprop{\\sp{\\sn a}{\\sv }}}"
    picture = b"{\\pict" + named + scale + size + b"\\pngblip\n0100ff}"
    lines = ["".join(f"\\u{ord(char)}?" for char in line).encode() for line in LINES]
    return b"{\\rtf1\\ansi " + b"\\par ".join([*lines[:-1], picture, lines[-1]]) + b"}"


@pytest.mark.parametrize(
    ("name", "write"),
    [("a.docx", write_mixed_docx), ("a.fodt", write_mixed_flat), ("a.rtf", write_mixed_rtf)],
)
def test_a_page_among_words_is_a_gap_where_it_stands_and_other_pictures_are_none(
    name: str, write: Any
) -> None:
    found = parse_bytes(write(14), name).to_json()
    check_invariants(found)
    assert found["text"] == "\n".join(LINES)
    (gap,) = found["gaps"]
    assert (found["completeness"], gap["kind"]) == ("gapped", "hidden")
    assert found["text"][: gap["offset"]].rstrip() == "\n".join(LINES[:-1])
    (told,) = [one for one in found["notices"] if one["code"] == "pictures"]
    assert found["text"][told["start"] : told["end"]].split() == ["。", "会"]
    for other in (write(8), write(14, behind=True)):
        found = parse_bytes(other, name).to_json()
        assert (found["completeness"], found["gaps"]) == ("complete", [])
        assert [one["start"] for one in found["notices"] if one["code"] == "pictures"] == [None]
