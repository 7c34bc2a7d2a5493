"""A speech as TEI in the shape of ParlaMint: a header, and one utterance in segments."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final
from urllib.parse import quote

from lxml import etree

from corpus_app.catalog.models import Speech

NAMESPACE: Final = "http://www.tei-c.org/ns/1.0"
XINCLUDE: Final = "http://www.w3.org/2001/XInclude"
_XML: Final = "{http://www.w3.org/XML/1998/namespace}"
PROJECT: Final = "言库（Yanku）导出的讲话文稿"


def write_tei(speech: Speech) -> str:
    """Return the current revision of a speech that has one as a TEI document."""
    name = f"yanku-{speech.pk}"
    root = _make(
        "TEI",
        _make_header(speech),
        _make("text", _make("body", _make_debate(speech, name)), ana="#reference"),
        {f"{_XML}id": name, f"{_XML}lang": "zh"},
    )
    return _write(root)


def write_corpus(folders: Iterable[str], file: str) -> str:
    """Return the document of the whole, which includes each speech's own by its path."""
    includes = [
        etree.Element(f"{{{XINCLUDE}}}include", {"href": quote(f"{one}/{file}")}) for one in folders
    ]
    title = _make("titleStmt", _make("title", PROJECT, type="main"))
    description = _make(
        "fileDesc", title, _publish(""), _make("sourceDesc", _make("bibl", _make("title", PROJECT)))
    )
    header = _make("teiHeader", description, _encode())
    names = {f"{_XML}id": "yanku", f"{_XML}lang": "zh"}
    return _write(_make("teiCorpus", header, *includes, names))


def _make_header(speech: Speech) -> etree._Element:
    assert speech.current is not None
    titles = [_make("title", speech.title, type="main")]
    if speech.subtitle:
        titles.append(_make("title", speech.subtitle, type="sub"))
    if speech.occasion:
        titles.append(_make("meeting", speech.occasion))
    source = [_make("title", speech.source.name if speech.source else speech.title)]
    if speech.source_url:
        source.append(_make("idno", speech.source_url, type="URI"))
    if speech.published:
        source.append(_make("date", speech.published, when=speech.published))
    extent = _make(
        "measure",
        str(len(speech.current.text)),
        unit="chars",
        quantity=str(len(speech.current.text)),
    )
    described = _make(
        "fileDesc",
        _make("titleStmt", *titles),
        _make("extent", extent),
        _publish(speech.source_url),
        _make("sourceDesc", _make("bibl", *source)),
    )
    return _make("teiHeader", described, _encode(), _profile(speech))


def _publish(url: str) -> etree._Element:
    return _make(
        "publicationStmt",
        _make("publisher", "言库"),
        _make(
            "availability",
            _make("p", "版权归原作者与原发布单位，使用时请注明出处。"),
            status="restricted",
        ),
    )


def _encode() -> etree._Element:
    heading = _make("category", _make("catDesc", "章节标题"), {f"{_XML}id": "heading"})
    return _make(
        "encodingDesc",
        _make("projectDesc", _make("p", PROJECT)),
        _make("classDecl", _make("taxonomy", heading, {f"{_XML}id": "yanku-segments"})),
    )


def _profile(speech: Speech) -> etree._Element:
    setting = []
    if speech.place:
        setting.append(_make("name", speech.place, type="place"))
    if speech.organisation:
        setting.append(_make("name", speech.organisation.name, type="org"))
    day = speech.delivered or speech.date
    if day:
        setting.append(_make("date", day, when=day, ana="#parla.sitting"))
    parts = [_make("settingDesc", _make("setting", *setting))] if setting else []
    if speech.speaker:
        person = [_make("persName", speech.speaker.name)]
        if speech.speaker_role:
            person.append(_make("roleName", speech.speaker_role))
        listed = _make("listPerson", _make("person", *person, {f"{_XML}id": "speaker"}))
        parts.append(_make("particDesc", listed))
    parts.append(_make("langUsage", _make("language", "中文", ident="zh")))
    return _make("profileDesc", *parts)


def _make_debate(speech: Speech, name: str) -> etree._Element:
    revision = speech.current
    assert revision is not None
    headings = {s.start for s in revision.sections.all() if s.heading}
    gaps = sorted(revision.gaps.all(), key=lambda gap: gap.offset)
    said = _make("u", {f"{_XML}id": f"{name}.u1"}, ana="#regular")
    if speech.speaker:
        said.set("who", "#speaker")
    at = 0
    for number, line in enumerate(revision.text.split("\n"), start=1):
        while gaps and gaps[0].offset <= at:
            said.append(_make_gap(gaps.pop(0).note))
        if line.strip():
            segment = _make("seg", clean(line), {f"{_XML}id": f"{name}.s{number}"})
            if at in headings:
                segment.set("ana", "#heading")
            said.append(segment)
        at += len(line) + 1
    for gap in gaps:
        said.append(_make_gap(gap.note))
    return _make("div", _make("head", clean(speech.title)), said, type="debateSection")


def _make_gap(note: str) -> etree._Element:
    return _make("gap", _make("desc", clean(note) or "缺失"), reason="editorial")


def clean(text: str) -> str:
    """Return a text without the characters that XML cannot hold."""
    return "".join(
        c
        for c in text
        if c in "\t\n\r" or " " <= c <= "\ud7ff" or "\ue000" <= c <= "\ufffd" or c > "\uffff"
    )


def _make(
    tag: str, *parts: etree._Element | str | dict[str, str], **attributes: str
) -> etree._Element:
    """Return an element of TEI with its children, text and attributes (also as a dict)."""
    element = etree.Element(f"{{{NAMESPACE}}}{tag}", attributes, nsmap={None: NAMESPACE})  # type: ignore[dict-item]
    for part in parts:
        if isinstance(part, str):
            element.text = part
        elif isinstance(part, dict):
            for name, value in part.items():
                element.set(name, value)
        else:
            element.append(part)
    return element


def _write(root: etree._Element) -> str:
    return str(etree.tostring(root, encoding="unicode", pretty_print=True))
