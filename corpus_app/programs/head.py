"""What stands in the head of a speech's page for programs: metadata, and the forms of the text.

Highwire's `citation_*` is what Zotero and scholarly search engines read, Dublin Core what
libraries do, schema.org (as JSON-LD) what others do. All are made from one record.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, Final

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from corpus_app.catalog.models import Speech
from corpus_app.desk.citation import Item
from corpus_app.ingest.vocabulary import label_genre
from corpus_app.programs.described import (
    LANGUAGE,
    DescribedSpeech,
    Locate,
    describe_to_programs,
    list_dublin_core,
)
from corpus_app.programs.formats import FORMATS

# What the work stands in, by the kind of item: the names tell Zotero what kind of item it is.
_CONTAINERS: Final = {
    "article-journal": "citation_journal_title",
    "article-newspaper": "citation_journal_title",
    "chapter": "citation_inbook_title",
    "paper-conference": "citation_conference_title",
    "report": "citation_technical_report_institution",
}
_SCHEMA_TYPES: Final = {"report": "Report", "article-newspaper": "NewsArticle"}
# A script's data ends at what looks like its end tag, in a string too.
_ESCAPED: Final = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def write_head(speech: Speech, locate: Locate, subjects: Iterable[str]) -> SafeString:
    """Return the elements for a page's head; locate makes whole addresses, subjects are themes."""
    described = describe_to_programs(speech, locate, subjects)
    core = [(f"DC.{name}", value) for name, value in list_dublin_core(described)]
    tags = [*list_highwire(described), *core]
    parts = [
        format_html('<link rel="canonical" href="{}">', described.url),
        *_list_alternates(speech, locate),
        mark_safe('<link rel="schema.DC" href="http://purl.org/dc/elements/1.1/">'),
        *(format_html('<meta name="{}" content="{}">', name, value) for name, value in tags),
        _write_data(describe_by_schema(described, locate)),
    ]
    return format_html_join("\n", "{}", ((part,) for part in parts))


def list_highwire(described: DescribedSpeech) -> list[tuple[str, str]]:
    """Return the names and values of Highwire Press's tags, those without a value left out."""
    item, url = described.item, described.url
    pairs = [
        ("citation_title", item.title),
        *(("citation_author", name.join()) for name in item.get_names("author")),
        ("citation_publication_date", _slash_date(item)),
        (_CONTAINERS.get(item.type, ""), _name_container(item)),
        ("citation_publisher", item.get("publisher")),
        ("citation_volume", item.get("volume")),
        ("citation_issue", item.get("issue")),
        ("citation_firstpage", item.get("page")),
        ("citation_language", LANGUAGE),
        ("citation_public_url", url),
        ("citation_abstract_html_url", url),
        ("citation_fulltext_html_url", url),
        *(("citation_keywords", subject) for subject in described.subjects),
    ]
    return [(name, value) for name, value in pairs if name and value]


def describe_by_schema(described: DescribedSpeech, locate: Locate) -> dict[str, Any]:
    """Return the speech as schema.org describes works; what is not known is left out."""
    speech, item = described.speech, described.item
    version = speech.current.number if speech.current else None
    values = {
        "@context": "https://schema.org",
        "@type": _SCHEMA_TYPES.get(item.type, "CreativeWork"),
        "@id": described.url,
        "url": described.url,
        "name": item.title,
        "author": [_describe_author(speech, name.join()) for name in item.get_names("author")],
        "dateCreated": speech.delivered,
        "datePublished": speech.published,
        "dateModified": speech.updated,
        "genre": label_genre(speech.genre),
        "about": list(described.subjects),
        "contentLocation": {"@type": "Place", "name": speech.place} if speech.place else None,
        "recordedAt": {"@type": "Event", "name": speech.occasion} if speech.occasion else None,
        "publisher": _describe_publisher(speech),
        "isBasedOn": speech.source_url,
        "inLanguage": LANGUAGE,
        "version": version,
        "conditionsOfAccess": " ".join(described.terms),
        "encoding": [
            {"@type": "MediaObject", "encodingFormat": media_type, "contentUrl": address}
            for _title, media_type, address in list_forms(speech, locate)
        ],
        "isPartOf": {"@type": "Collection", "name": "言库", "url": locate(reverse("home"))},
    }
    return {name: value for name, value in values.items() if value}


def list_forms(speech: Speech, locate: Locate) -> list[tuple[str, str, str]]:
    """Return title, media type and address of each form that the speech is had in."""
    return [
        (str(form.title), form.media_type, locate(reverse("speech_format", args=[speech.pk, name])))
        for name, form in FORMATS.items()
    ]


def _list_alternates(speech: Speech, locate: Locate) -> list[SafeString]:
    line = '<link rel="alternate" type="{1}" title="{0}" href="{2}">'
    return [format_html(line, *form) for form in list_forms(speech, locate)]


def _slash_date(item: Item) -> str:
    """Return the date of issue as Highwire has it, as precise as it is known: 2023/05/06."""
    return item.issued.to_iso().replace("-", "/") if item.issued else ""


def _name_container(item: Item) -> str:
    if item.type == "report":
        return item.get("publisher") or item.get("container-title")
    return item.get("container-title") or item.get("event-title")


def _describe_author(speech: Speech, name: str) -> dict[str, Any]:
    if speech.organisation and name == speech.organisation.name:
        return {"@type": "Organization", "name": name}
    person: dict[str, Any] = {"@type": "Person", "name": name}
    if speech.speaker and name == speech.speaker.name:
        if speech.speaker_role:
            person["jobTitle"] = speech.speaker_role
        if speech.organisation:
            person["affiliation"] = {"@type": "Organization", "name": speech.organisation.name}
    return person


def _describe_publisher(speech: Speech) -> dict[str, str] | None:
    return {"@type": "Organization", "name": speech.source.name} if speech.source else None


def _write_data(values: dict[str, Any]) -> SafeString:
    """Return a data block: no script to a browser, so that the policy for scripts lets it be."""
    text = json.dumps(values, ensure_ascii=False).translate(_ESCAPED)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')
