"""References after GB/T 7714, made from CSL-JSON items; pure Python, no Django."""

from corpus_app.desk.citation.dates import CitationDate
from corpus_app.desk.citation.exports import EXPORTS, Export, export_item, export_items
from corpus_app.desk.citation.gbt7714 import format_reference
from corpus_app.desk.citation.inline import (
    format_author_date,
    format_footnote,
    format_numeric,
)
from corpus_app.desk.citation.items import Item, PersonName, read_item, write_item
from corpus_app.desk.citation.punctuation import to_full_width
from corpus_app.desk.citation.speech_item import CitedSpeech, make_speech_item

__all__ = [
    "EXPORTS",
    "CitationDate",
    "CitedSpeech",
    "Export",
    "Item",
    "PersonName",
    "export_item",
    "export_items",
    "format_author_date",
    "format_footnote",
    "format_numeric",
    "format_reference",
    "make_speech_item",
    "read_item",
    "to_full_width",
    "write_item",
]
