"""What editors, announcers and captions tell in a sentence, and a title in passing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from corpus_app.ingest.dates import find_date
from corpus_app.ingest.labelling.labels import SPEECH, Label
from corpus_app.ingest.labelling.reading import LabelledPage
from corpus_app.ingest.metadata.told_sentences import announces, names_meeting, notes, tell_sentence
from corpus_app.ingest.metadata.witness import read_values
from corpus_app.ingest.plausibility.titles import ends_as_document

if TYPE_CHECKING:
    from corpus_app.ingest.metadata.assembly import Assembly


# An editor's note stands so near the end.
LAST_LINES: Final = 4


def list_told(page: LabelledPage) -> list[int]:
    """Return the places of sentences about the speech, which no other reader is to take apart."""
    spoken = {*SPEECH, Label.TITLE, Label.INNER}
    last = len(page.units) - LAST_LINES
    greeting = next((n for n, b in enumerate(page.labels) if b == Label.SALUTATION), 0)
    return [
        place
        for place, unit in enumerate(page.units)
        if (page.labels[place] not in spoken and (announces(unit.text) or notes(unit.text)))
        or (
            page.labels[place] == Label.TITLE
            and announces(unit.text)
            and not ends_as_document(unit.text)
        )
        or (place >= last and page.labels[place] == Label.BODY and notes(unit.text))
        or (place < greeting and page.labels[place] == Label.BODY and announces(unit.text))
    ]


class ToldReading:
    """Sets what sentences tell where no line of its own does, for the assembly of a page."""

    def __init__(self, assembly: Assembly) -> None:
        self.assembly = assembly
        self.meta, self.page = assembly.meta, assembly.page

    def read(self) -> None:
        """Read the sentences, then who the title says has spoken (县长周明在…会议上的讲话)."""
        for place in self.assembly.told:
            before = read_values(self.meta)
            with self.assembly.witness([place], "metadata"):
                self._set(self.page.units[place].text)
            kind = "metadata" if read_values(self.meta) != before else "editor_note"
            self.assembly.used.setdefault(place, kind)
        named = (self.meta.title or "", self.meta.subtitle or "") if not self.meta.speaker else ()
        titled = next(filter(None, map(tell_sentence, named)), {})
        if titled and self.assembly.title >= 0:
            with self.assembly.witness([self.assembly.title], "title"):
                self.meta.speaker = titled["speaker"]
                self.meta.speaker_role = self.meta.speaker_role or titled.get("speaker_role")

    def _set(self, text: str) -> None:
        told = tell_sentence(text)
        if self.meta.speaker_role is None and self.meta.speaker != told["speaker"]:
            self.meta.speaker = None  # a byline without office names who wrote of it
        if self.meta.speaker not in (None, told["speaker"]):
            return
        self.meta.speaker = told["speaker"]
        self.meta.speaker_role = self.meta.speaker_role or told.get("speaker_role")
        titled = f"{self.meta.title}\n{self.meta.subtitle}"
        if self.meta.occasion is None and not names_meeting(titled):
            self.meta.occasion = told.get("occasion")  # else the title's is the whole name
        for name in ("delivered", "published"):
            date = find_date(told.get(name, ""))
            known = self.meta.dates.get(name)
            # A title's year is less than the day that a sentence tells.
            if date and date.precision != "year" and (not known or known.precision == "year"):
                self.meta.dates[name] = date
