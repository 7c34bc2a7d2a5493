"""What each verb answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from django.conf import settings
from django.db.models import Min, Q, QuerySet
from lxml import etree

from corpus_app.catalog.models import Speech
from corpus_app.intake.exchange.tei import write_alone
from corpus_app.programs.described import DescribedSpeech, Locate
from corpus_app.programs.harvesting.arguments import (
    AskedVerb,
    HarvestError,
    check_prefix,
    read_span,
    write_stamp,
)
from corpus_app.programs.harvesting.envelopes import (
    FORMATS,
    make,
    make_dublin_core,
    make_header,
    read_record_name,
)
from corpus_app.programs.harvesting.records import describe_records
from corpus_app.programs.harvesting.sets import list_sets
from corpus_app.programs.harvesting.tokens import (
    Resumption,
    begin_list,
    go_on,
    read_token,
    write_token,
)
from corpus_app.programs.models import HarvestRecord

# Records of one answer: a text has 10,000 characters.
PER_PAGE: Final = {"oai_dc": 100, "tei": 25}
Parts = list[etree._Element]


def answer_verb(asked: AskedVerb, locate: Locate, moment: dt.datetime) -> Parts:
    """Return the parts of the verb's element; HarvestError where there is nothing to answer."""
    return _VERBS[asked.verb](asked, locate, moment)


def _identify(asked: AskedVerb, locate: Locate, moment: dt.datetime) -> Parts:
    first = HarvestRecord.objects.aggregate(first=Min("stamp"))["first"]
    return [
        make("repositoryName", "言库"),
        make("baseURL", locate("/oai/")),
        make("protocolVersion", "2.0"),
        make("adminEmail", settings.CONTACT_EMAIL),
        make("earliestDatestamp", write_stamp(first or moment)),
        make("deletedRecord", "persistent"),
        make("granularity", "YYYY-MM-DDThh:mm:ssZ"),
    ]


def _list_formats(asked: AskedVerb, locate: Locate, moment: dt.datetime) -> Parts:
    if "identifier" in asked.values and _find_record(asked).deleted:
        raise HarvestError("noMetadataFormats", "The record is deleted.")
    return [
        make(
            "metadataFormat",
            make("metadataPrefix", prefix),
            make("schema", schema),
            make("metadataNamespace", namespace),
        )
        for prefix, (schema, namespace) in FORMATS.items()
    ]


def _list_sets(asked: AskedVerb, locate: Locate, moment: dt.datetime) -> Parts:
    if "resumptionToken" in asked.values:
        raise HarvestError("badResumptionToken", "Sets come in one list.")
    return [make("set", make("setSpec", spec), make("setName", name)) for spec, name in list_sets()]


def _get_record(asked: AskedVerb, locate: Locate, moment: dt.datetime) -> Parts:
    check_prefix(asked.get("metadataPrefix"))
    record = _find_record(asked)
    return _make_records([record], asked.get("metadataPrefix"), locate)


def _list_records(asked: AskedVerb, locate: Locate, moment: dt.datetime) -> Parts:
    rows, prefix, token = _read_page(asked)
    return [*_make_records(rows, prefix, locate), *token]


def _list_identifiers(asked: AskedVerb, locate: Locate, moment: dt.datetime) -> Parts:
    rows, _prefix, token = _read_page(asked)
    return [*map(make_header, rows), *token]


_VERBS: Final[dict[str, Callable[[AskedVerb, Locate, dt.datetime], Parts]]] = {
    "Identify": _identify,
    "ListMetadataFormats": _list_formats,
    "ListSets": _list_sets,
    "GetRecord": _get_record,
    "ListRecords": _list_records,
    "ListIdentifiers": _list_identifiers,
}


def _find_record(asked: AskedVerb) -> HarvestRecord:
    number = read_record_name(asked.get("identifier"))
    rows = HarvestRecord.objects.filter(speech_id=number or 0)
    if (record := rows.first()) is None:
        raise HarvestError("idDoesNotExist", "There is and was no such record here.")
    return record


def _read_page(asked: AskedVerb) -> tuple[list[HarvestRecord], str, Parts]:
    """Return a page of the list, its format, and the token element where it has several."""
    goes_on = "resumptionToken" in asked.values
    at = read_token(asked) if goes_on else begin_list(asked)
    check_prefix(at.prefix)
    rows, size = _list_rows(at), PER_PAGE[at.prefix]
    found = list((_after(rows, at) if goes_on else rows)[: size + 1])
    if not found and not goes_on:
        raise HarvestError("noRecordsMatch", "Nothing was offered or changed in this span and set.")
    page, more = found[:size], len(found) > size
    if not goes_on and not more:
        return page, at.prefix, []
    count = at.size if goes_on else rows.count()
    attributes = {
        "completeListSize": str(max(count, at.passed + len(page))),
        "cursor": str(at.passed),
    }
    token = ""
    if more:
        last = page[-1]
        token = write_token(go_on(at, last.stamp, last.speech_id, len(page), count))
    return page, at.prefix, [make("resumptionToken", token, attributes=attributes)]


def _list_rows(at: Resumption) -> QuerySet[HarvestRecord]:
    start, end = read_span(at.first, at.last)
    chosen = Q()
    if start:
        chosen &= Q(stamp__gte=start)
    if end:
        chosen &= Q(stamp__lt=end)
    if at.spec:
        chosen &= Q(sets__contains=f",{at.spec},")
    return HarvestRecord.objects.filter(chosen).order_by("stamp", "speech_id")


def _after(rows: QuerySet[HarvestRecord], at: Resumption) -> QuerySet[HarvestRecord]:
    if at.behind is None:
        return rows
    stamp, speech_id = at.behind
    return rows.filter(Q(stamp__gt=stamp) | Q(stamp=stamp, speech_id__gt=speech_id))


def _make_records(rows: Sequence[HarvestRecord], prefix: str, locate: Locate) -> Parts:
    offered = describe_records([row.speech_id for row in rows if not row.deleted])
    texts = _read_texts(offered) if prefix == "tei" else {}
    records = []
    for row in rows:
        if row.deleted or row.speech_id not in offered:
            # Withdrawn a moment ago: its stamp follows with the next look.
            row.deleted = True
            records.append(make("record", make_header(row)))
            continue
        described = offered[row.speech_id][0]
        told = replace(described, url=locate(described.url))
        body = texts[row.speech_id] if prefix == "tei" else make_dublin_core(told)
        records.append(make("record", make_header(row), make("metadata", body)))
    return records


def _read_texts(
    offered: dict[int, tuple[DescribedSpeech, list[str]]],
) -> dict[int, etree._Element]:
    """Return each speech in TEI."""
    speeches = Speech.objects.with_parties().select_related("current").filter(pk__in=offered)
    speeches = speeches.defer("current__raw", "current__removed")
    return {one.pk: etree.fromstring(write_alone(one)) for one in speeches}
