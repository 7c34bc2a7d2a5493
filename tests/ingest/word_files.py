"""Small .docx files built in memory, so that the tests need no binary fixtures."""

from __future__ import annotations

import io
import zipfile

from docx import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

LEVELS = (("chineseCounting", "%1、"), ("chineseCountingThousand", "（%2）"), ("decimal", "%3."))


def build_word(*lines: str) -> bytes:
    """Return a .docx with one paragraph per line."""
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    return save(document)


def save(document: Document) -> bytes:
    """Return the bytes of a python-docx document."""
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def build_numbered(*lines: tuple[int, str]) -> bytes:
    """Return a .docx whose paragraphs are numbered by Word: (level, text), level -1 for none."""
    document = Document()
    numbering = document.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{style}"/>'
        f'<w:lvlText w:val="{pattern}"/></w:lvl>'
        for depth, (style, pattern) in enumerate(LEVELS)
    )
    abstract = parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90">{levels}</w:abstractNum>'
    )
    numbering.insert(0, abstract)
    numbering.append(
        parse_xml(f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>')
    )
    for level, text in lines:
        paragraph = document.add_paragraph(text)
        if level >= 0:
            paragraph._p.get_or_add_pPr().append(_number(level))
    return save(document)


def _number(level: int) -> OxmlElement:
    node = OxmlElement("w:numPr")
    for tag, value in (("w:ilvl", level), ("w:numId", 90)):
        child = OxmlElement(tag)
        child.set(qn("w:val"), str(value))
        node.append(child)
    return node


def replace_member(data: bytes, name: str, content: bytes) -> bytes:
    """Return a copy of a zip package with one member replaced or added."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for member in source.namelist():
            if member != name:
                target.writestr(member, source.read(member))
        target.writestr(name, content)
    return buffer.getvalue()


SPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "dgm": "http://schemas.openxmlformats.org/drawingml/2006/diagram",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "x": "urn:example:unknown",
}
DECLARED = " ".join(f'xmlns:{name}="{address}"' for name, address in SPACES.items())
RELATION = SPACES["r"]
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
RELATIONS = "application/vnd.openxmlformats-package.relationships+xml"
STRICT = (
    (
        "schemas.openxmlformats.org/wordprocessingml/2006/main",
        "purl.oclc.org/ooxml/wordprocessingml/main",
    ),
    ("schemas.openxmlformats.org/officeDocument/2006/", "purl.oclc.org/ooxml/officeDocument/"),
)


def build_package(
    body: str,
    parts: dict[str, str] | None = None,
    *,
    main: str = "word/document.xml",
    strict: bool = False,
) -> bytes:
    """Return a .docx around the XML of its body.

    parts are further parts by the last word of their relation's type ("styles", "header"; "aFChunk
    a.html" with a name of its own): XML without its root's declarations, named by rIdTYPE.
    """
    members = {main: f"<w:document {DECLARED}><w:body>{body}</w:body></w:document>"}
    relations = []
    for key, content in (parts or {}).items():
        kind, _, given = key.partition(" ")
        name = given or f"{kind}.xml"
        members[f"word/{name}"] = content.replace(">", f" {DECLARED}>", 1) if not given else content
        relations.append(_relate(f"rId{kind}", kind, name))
    folder, _, file = main.rpartition("/")
    members[f"{folder}/_rels/{file}.rels"] = _list_relations(relations)
    members["_rels/.rels"] = _list_relations([_relate("rId1", "officeDocument", main)])
    members["[Content_Types].xml"] = _list_types(main, parts or {})
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, content in members.items():
            for address, other in STRICT if strict else ():
                content = content.replace(address, other)
            package.writestr(name, content)
    return buffer.getvalue()


def _list_types(main: str, parts: dict[str, str]) -> str:
    overrides = [f'<Override PartName="/{main}" ContentType="{TYPE}"/>']
    overrides += [
        f'<Override PartName="/word/{kind}.xml"'
        f' ContentType="{TYPE.replace("document.main", kind)}"/>'
        for kind in parts
        if " " not in kind and kind not in ("theme", "chart", "diagramData")
    ]
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Default Extension="rels" ContentType="{RELATIONS}"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{"".join(overrides)}</Types>'
    )


def _relate(name: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{name}" Type="{RELATION}/{kind}" Target="{target}"/>'


def _list_relations(relations: list[str]) -> str:
    address = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{address}">{"".join(relations)}</Relationships>'
