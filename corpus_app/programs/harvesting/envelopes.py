"""Answers as XML: the envelope of the protocol, headers, and Dublin Core in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Final

from lxml import etree

from corpus_app.intake.exchange.tei import NAMESPACE as TEI, clean
from corpus_app.programs.described import DescribedSpeech, list_dublin_core
from corpus_app.programs.harvesting.arguments import HarvestError, write_stamp
from corpus_app.programs.models import HarvestRecord
from corpus_app.programs.naming import read_host

OAI: Final = "http://www.openarchives.org/OAI/2.0/"
OAI_DC: Final = "http://www.openarchives.org/OAI/2.0/oai_dc/"
_DC: Final = "http://purl.org/dc/elements/1.1/"
_XSI: Final = "http://www.w3.org/2001/XMLSchema-instance"
_TEI_SCHEMA: Final = "https://www.tei-c.org/release/xml/tei/custom/schema/xsd/tei_all.xsd"
# Schema and namespace by prefix, as ListMetadataFormats tells them.
FORMATS: Final = {
    "oai_dc": ("http://www.openarchives.org/OAI/2.0/oai_dc.xsd", OAI_DC),
    "tei": (_TEI_SCHEMA, TEI),
}


def make(
    tag: str, *parts: etree._Element | str | None, attributes: Mapping[str, str] | None = None
) -> etree._Element:
    """Return an element of the protocol with its children or its text."""
    element = etree.Element(f"{{{OAI}}}{tag}", nsmap={None: OAI})  # type: ignore[dict-item]
    for name, value in (attributes or {}).items():
        element.set(name, clean(value))
    for part in parts:
        if isinstance(part, str):
            element.text = clean(part)
        elif part is not None:
            element.append(part)
    return element


def write_answer(
    moment: dt.datetime,
    address: str,
    arguments: Mapping[str, str],
    parts: Sequence[etree._Element],
) -> bytes:
    """Return the whole answer; arguments are those that the standard lets be told again."""
    root = etree.Element(f"{{{OAI}}}OAI-PMH", nsmap={None: OAI, "xsi": _XSI})  # type: ignore[dict-item]
    root.set(f"{{{_XSI}}}schemaLocation", f"{OAI} {OAI}OAI-PMH.xsd")
    root.append(make("responseDate", write_stamp(moment)))
    root.append(make("request", address, attributes=arguments))
    root.extend(parts)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def make_error(error: HarvestError) -> etree._Element:
    """Return an error with its code."""
    return make("error", str(error), attributes={"code": error.code})


def name_record(speech_id: int) -> str:
    """Return the identifier of a speech's record."""
    return f"oai:{read_host()}:speech-{speech_id}"


def read_record_name(identifier: str) -> int | None:
    """Return the number of the speech that an identifier names, None where it is none of ours."""
    _start, _dash, number = identifier.rpartition("-")
    if not (number.isascii() and number.isdecimal()) or int(number) >= 2**63:
        return None
    return int(number) if identifier == name_record(int(number)) else None


def make_header(record: HarvestRecord) -> etree._Element:
    """Return a record's header; that of a deleted one says so."""
    sets = [make("setSpec", name) for name in record.sets.split(",") if name]
    return make(
        "header",
        make("identifier", name_record(record.speech_id)),
        make("datestamp", write_stamp(record.stamp)),
        *sets,
        attributes={"status": "deleted"} if record.deleted else {},
    )


def make_dublin_core(described: DescribedSpeech) -> etree._Element:
    """Return a speech in simple Dublin Core."""
    root = etree.Element(f"{{{OAI_DC}}}dc", nsmap={"oai_dc": OAI_DC, "dc": _DC, "xsi": _XSI})
    root.set(f"{{{_XSI}}}schemaLocation", f"{OAI_DC} {OAI_DC.removesuffix('/')}.xsd")
    for name, value in list_dublin_core(described):
        etree.SubElement(root, f"{{{_DC}}}{name}").text = clean(value)
    return root
