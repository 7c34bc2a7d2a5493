"""The forms in which a speech is had as a file, by the writers that the site has."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from corpus_app.desk import citing
from corpus_app.desk.citation import EXPORTS
from corpus_app.desk.passages import Passage
from corpus_app.intake.exchange.tei import write_alone


@dataclass(frozen=True, slots=True)
class SpeechFormat:
    """A form: its media type, the ending of a file, and what writes it.

    The writer is given the whole speech as a passage, its permalink and the day it is read.
    """

    title: str | Promise
    media_type: str
    ending: str
    write: Callable[[Passage, str, str], str]


def _cite(form: str) -> Callable[[Passage, str, str], str]:
    def write(passage: Passage, permalink: str, accessed: str) -> str:
        return citing.write_download(passage, permalink, accessed, form, citing.Options())

    return write


def _write_tei(passage: Passage, permalink: str, accessed: str) -> str:
    return f'<?xml version="1.0" encoding="utf-8"?>\n{write_alone(passage.speech)}'


def _write_text(passage: Passage, permalink: str, accessed: str) -> str:
    forms = citing.write_forms(passage, permalink, accessed, citing.Options())
    words = next(one.text for one in forms if one.key == "sourced")
    return f"{passage.speech.title}\n\n{words}\n"


def _name_export(title: str, form: str) -> SpeechFormat:
    export = EXPORTS[form]
    return SpeechFormat(title, export.media_type, export.ending, _cite(form))


# By the name that stands in the address.
FORMATS: Final = {
    "csl-json": _name_export("CSL-JSON", "csl-json"),
    "bibtex": _name_export("BibTeX", "bibtex"),
    "ris": _name_export("RIS", "ris"),
    "tei": SpeechFormat("TEI", "application/tei+xml", "xml", _write_tei),
    "text": SpeechFormat(_("纯文本"), "text/plain", "txt", _write_text),
}
