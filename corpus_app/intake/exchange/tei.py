"""A speech as TEI in the shape of ParlaMint: a header, and one utterance in segments."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final
from urllib.parse import quote

from lxml import etree

from corpus_app.catalog.limits import AccessLimit
from corpus_app.catalog.models import Speech

NAMESPACE: Final = "http://www.tei-c.org/ns/1.0"
XINCLUDE: Final = "http://www.w3.org/2001/XInclude"
_XML: Final = "{http://www.w3.org/XML/1998/namespace}"
PROJECT: Final = "言库（Yanku）导出的讲话文稿"
RIGHTS: Final = "版权归原作者与原发布单位，使用时请注明出处。"
# What the words of `ana` stand for.
_KINDS: Final = {
    "reference": "讲话原文",
    "parla.sitting": "讲话当日",
    "regular": "讲话人",
}
_DECLARED: Final = {
    "correction": "正文照录原始文件，疑似差错只标注，不改动。",
    "normalization": "字形、标点照录；段内换行与空白已并合。",
    "hyphenation": "原文断行已接续。",
    "quotation": "引号照录。",
    "segmentation": "一段一个 seg；标题所在的 seg 以 n 记其章节号。",
}


class TeiCorpus:
    """Speeches as TEI documents, and the document of the whole with who spoke and for whom."""

    def __init__(self) -> None:
        self._includes: list[etree._Element] = []
        self._speakers: dict[int, str] = {}
        self._organisations: dict[int, str] = {}
        self._usage: Counter[str] = Counter()
        self._days: list[str] = []

    def write_speech(self, speech: Speech, path: str) -> str:
        """Return the current revision of a speech that has one; path: of the file in the whole."""
        name = f"yanku-{speech.pk}"
        text = _make("text", _make("body", _make_debate(speech, name)), ana="#reference")
        usage = _count_tags(text)
        self._note(speech, path, usage)
        return _write(_make_document(name, _make_header(speech, usage), text))

    def write_whole(self, day: str) -> str:
        """Return the document that includes those written so far; day: of the export."""
        statement = _make("titleStmt", _make("title", PROJECT, type="main"))
        source = _make("sourceDesc", _make("bibl", _make("title", PROJECT)))
        extent = _make_extent(len(self._includes))
        description = _make(
            "fileDesc",
            statement,
            _make("editionStmt", _make("edition", f"导出于 {day}")),
            extent,
            _publish(day),
            source,
        )
        declared = [_make(tag, _make("p", words)) for tag, words in _DECLARED.items()]
        encoding = _make(
            "encodingDesc",
            _make("projectDesc", _make("p", PROJECT)),
            _make("editorialDecl", *declared),
            _make_usage(self._usage),
            _make("classDecl", _make_taxonomy()),
        )
        header = _make("teiHeader", description, encoding, self._make_profile())
        names = {f"{_XML}id": "yanku", f"{_XML}lang": "zh"}
        return _write(_make("teiCorpus", header, *self._includes, names))

    def _note(self, speech: Speech, path: str, usage: Counter[str]) -> None:
        self._includes.append(etree.Element(f"{{{XINCLUDE}}}include", {"href": quote(path)}))
        self._usage += usage
        if speech.speaker:
            self._speakers[speech.speaker.pk] = speech.speaker.name
        if speech.organisation:
            self._organisations[speech.organisation.pk] = speech.organisation.name
        if speech.date:
            self._days.append(speech.date)

    def _make_profile(self) -> etree._Element:
        parts = []
        if self._days:
            first, last = min(self._days), max(self._days)
            period = _make("date", f"{first}—{last}", {"from": first, "to": last})
            setting = _make("setting", _make("name", "中国", type="country"), period)
            parts.append(_make("settingDesc", setting))
        parts += _list_parties(self._organisations, self._speakers)
        parts.append(_make("langUsage", _make("language", "中文", ident="zh")))
        return _make("profileDesc", *parts)


def write_alone(speech: Speech) -> str:
    """Return the document of a speech that stands by itself: what its words point at is in it."""
    name = f"yanku-{speech.pk}"
    text = _make("text", _make("body", _make_debate(speech, name)), ana="#reference")
    body, speaker = speech.organisation, speech.speaker
    parties = _list_parties(
        {body.pk: body.name} if body else {}, {speaker.pk: speaker.name} if speaker else {}
    )
    header = _make_header(speech, _count_tags(text), _make_taxonomy(), parties)
    return _write(_make_document(name, header, text))


def _make_document(name: str, header: etree._Element, text: etree._Element) -> etree._Element:
    names = {f"{_XML}id": name, f"{_XML}lang": "zh"}
    return _make("TEI", header, text, names, ana="#reference")


def _list_parties(bodies: Mapping[int, str], speakers: Mapping[int, str]) -> list[etree._Element]:
    """Return the element with bodies and speakers by their numbers; none where there are none."""
    listed = []
    if bodies:
        rows = [
            _make("org", _make("orgName", name, full="yes"), {f"{_XML}id": f"org-{pk}"})
            for pk, name in sorted(bodies.items())
        ]
        for row in rows:
            row.set("role", "institution")
        listed.append(_make("listOrg", *rows))
    if speakers:
        # Which part of a name is the surname is not known.
        people = [
            _make("person", _make("persName", _make("term", name)), {f"{_XML}id": f"person-{pk}"})
            for pk, name in sorted(speakers.items())
        ]
        listed.append(_make("listPerson", *people))
    return [_make("particDesc", *listed)] if listed else []


def _make_header(
    speech: Speech,
    usage: Counter[str],
    taxonomy: etree._Element | None = None,
    parties: Sequence[etree._Element] = (),
) -> etree._Element:
    assert speech.current is not None
    titles = [_make("title", speech.title, type="main")]
    if speech.subtitle:
        titles.append(_make("title", speech.subtitle, type="sub"))
    if speech.occasion:
        titles.append(_make("meeting", speech.occasion))
    if speech.speaker:
        who = _make("persName", speech.speaker.name, ref=f"#person-{speech.speaker.pk}")
        titles.append(_make("respStmt", who, _make("resp", speech.speaker_role or "讲话人")))
    described = _make(
        "fileDesc",
        _make("titleStmt", *titles),
        _make("editionStmt", _make("edition", f"第 {speech.current.number} 版")),
        _make_extent(1),
        _publish(f"{speech.current.created_at:%Y-%m-%d}", speech.licence, speech.limit),
        _make("sourceDesc", _make_source(speech)),
    )
    encoding = _make("encodingDesc", _make("projectDesc", _make("p", PROJECT)), _make_usage(usage))
    if taxonomy is not None:
        encoding.append(_make("classDecl", taxonomy))
    return _make("teiHeader", described, encoding, *_make_profile(speech, parties))


def _make_source(speech: Speech) -> etree._Element:
    source = [_make("title", speech.source.name if speech.source else speech.title)]
    if speech.source_url:
        source.append(_make("idno", speech.source_url, type="URI"))
    if speech.published:
        source.append(_make("date", speech.published, when=speech.published))
    return _make("bibl", *source)


def _make_extent(speeches: int) -> etree._Element:
    count = str(speeches)
    return _make("extent", _make("measure", f"{count} 篇", unit="speeches", quantity=count))


def _publish(day: str, licence: str = "", limit: AccessLimit | None = None) -> etree._Element:
    terms = [_make("licence", licence) if licence else _make("p", RIGHTS)]
    if limit and limit.mark:
        terms.append(_make("p", limit.mark))
    rights = _make("availability", *terms, status="restricted")
    publisher = _make("publisher", "言库")
    return _make("publicationStmt", publisher, rights, _make("date", day, when=day))


def _make_taxonomy() -> etree._Element:
    kinds = [
        _make("category", _make("catDesc", _make("term", words)), {f"{_XML}id": name})
        for name, words in _KINDS.items()
    ]
    described = _make("desc", _make("term", "ana 所用的类别"))
    return _make("taxonomy", described, *kinds, {f"{_XML}id": "yanku-kinds"})


def _count_tags(text: etree._Element) -> Counter[str]:
    return Counter(etree.QName(one).localname for one in text.iter())


def _make_usage(usage: Counter[str]) -> etree._Element:
    told = [_make("tagUsage", gi=gi, occurs=str(count)) for gi, count in sorted(usage.items())]
    return _make("tagsDecl", _make("namespace", *told, name=NAMESPACE))


def _make_profile(speech: Speech, parties: Sequence[etree._Element]) -> list[etree._Element]:
    setting = []
    if speech.place:
        setting.append(_make("name", speech.place, type="place"))
    if speech.organisation:
        setting.append(_make("name", speech.organisation.name, type="org"))
    day = speech.delivered or speech.date
    if day:
        setting.append(_make("date", day, when=day, ana="#parla.sitting"))
    described = [_make("settingDesc", _make("setting", *setting))] if setting else []
    return [_make("profileDesc", *described, *parties)] if described or parties else []


def _make_debate(speech: Speech, name: str) -> etree._Element:
    revision = speech.current
    assert revision is not None
    headings = {s.start: s.key for s in revision.sections.order_by("-depth") if s.heading}
    gaps = sorted(revision.gaps.all(), key=lambda gap: gap.offset)
    said = _make("u", {f"{_XML}id": f"{name}.u1"}, ana="#regular")
    if speech.speaker:
        said.set("who", f"#person-{speech.speaker.pk}")
    at = 0
    for number, line in enumerate(revision.text.split("\n"), start=1):
        while gaps and gaps[0].offset <= at:
            said.append(_make_gap(gaps.pop(0).note))
        if line.strip():
            segment = _make("seg", line, {f"{_XML}id": f"{name}.s{number}"})
            if at in headings:
                segment.set("n", headings[at])
            said.append(segment)
        at += len(line) + 1
    for gap in gaps:
        said.append(_make_gap(gap.note))
    return _make("div", _make("head", speech.title), said, type="debateSection")


def _make_gap(note: str) -> etree._Element:
    return _make("gap", _make("desc", note or "缺失"), reason="editorial")


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
            element.text = clean(part)
        elif isinstance(part, dict):
            for name, value in part.items():
                element.set(name, clean(value))
        else:
            element.append(part)
    return element


def _write(root: etree._Element) -> str:
    return str(etree.tostring(root, encoding="unicode", pretty_print=True))
