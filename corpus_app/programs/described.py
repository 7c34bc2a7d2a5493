"""A speech as programs are told of it: one record that every form of metadata is made from."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from corpus_app.catalog.models import Speech
from corpus_app.desk.citation import Item
from corpus_app.desk.citing import describe_speech, list_speech_notices, list_terms, make_item
from corpus_app.ingest.vocabulary import label_genre, label_level

# From a path on this site to its whole address.
Locate = Callable[[str], str]
LANGUAGE = "zh-CN"


@dataclass(frozen=True, slots=True)
class DescribedSpeech:
    """A speech with its page's address, its CSL item, themes, and what its readers must know."""

    speech: Speech
    url: str
    item: Item
    subjects: tuple[str, ...]
    terms: tuple[str, ...]
    notices: tuple[str, ...]


def describe_to_programs(
    speech: Speech, locate: Locate, subjects: Iterable[str] = ()
) -> DescribedSpeech:
    """Return what programs are told of a speech; its parties come along, subjects are themes."""
    url = locate(speech.get_absolute_url())
    record = describe_speech(speech, permalink=url)
    notices = list_speech_notices(speech)
    return DescribedSpeech(
        speech=speech,
        url=url,
        item=make_item(record, notices),
        subjects=tuple(subjects),
        terms=tuple(list_terms(speech)),
        notices=tuple(notices),
    )


def list_dublin_core(described: DescribedSpeech) -> list[tuple[str, str]]:
    """Return the elements of simple Dublin Core with their values, those without one left out."""
    speech, item = described.speech, described.item
    issued = item.issued.to_iso() if item.issued else ""
    pairs = [
        ("title", item.title),
        *(("creator", name.join()) for name in item.get_names("author")),
        *(("subject", name) for name in described.subjects),
        *(("description", notice) for notice in described.notices),
        ("publisher", item.get("container-title") or item.get("publisher")),
        ("date", issued),
        ("type", "Text"),
        ("type", label_genre(speech.genre)),
        ("format", "text/html"),
        ("identifier", described.url),
        ("source", speech.source_url),
        ("language", LANGUAGE),
        ("coverage", speech.place),
        ("coverage", label_level(speech.level)),
        *(("rights", term) for term in described.terms),
    ]
    return [(name, value) for name, value in pairs if value]
