"""What stands below a speech: who signed it and when, who wrote it, where it was printed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from corpus_app.ingest.dates import find_date
from corpus_app.ingest.labelling.labels import Label
from corpus_app.ingest.metadata.bylines import read_medium, read_source
from corpus_app.ingest.metadata.label_values import apply_labels
from corpus_app.ingest.metadata.names import is_local_body
from corpus_app.ingest.metadata.persons import is_authored, tell_person
from corpus_app.ingest.metadata.sittings import is_bare_day, is_day

if TYPE_CHECKING:
    from corpus_app.ingest.metadata.assembly import Assembly

# A line about the author is one of the last.
LAST_LINES: Final = 8
LONGEST_TAKEN: Final = 40
# A text of fewer lines ends in no signature.
FEWEST_LINES: Final = 4


class FootReading:
    """Reads the signature and the notes below a speech for the assembly of its page."""

    def __init__(self, assembly: Assembly) -> None:
        self.assembly = assembly
        self.meta, self.page, self.used = assembly.meta, assembly.page, assembly.used

    def read(self) -> None:
        """Read who signed, then who is told to have written the text."""
        self._read_signature()
        self._read_authors()

    def _read_signature(self) -> None:
        """Read what stands below the speech; a name alone may be the speech's last word."""
        places = self._find_signature()
        texts = [self.page.units[n].text for n in places]
        told = [tell_person(text) for text in texts]
        days = [n for n, text in zip(places, texts, strict=True) if is_day(text)]
        borne = days or any(len(one) > 1 or "organisation" in one for one in told)
        if not borne and not any(is_authored(text) for text in texts):
            return
        for place in days:
            text = self.page.units[place].text
            if self.assembly.read_print(place):
                continue
            date, medium = find_date(text), read_medium(text)
            if self.assembly.read_print(place):
                continue
            if medium:
                with self.assembly.witness([place], "metadata"):
                    apply_labels(self.meta, [("source", medium), ("published", text)])
                continue
            with self.assembly.witness([place], "metadata"):
                if date is not None:
                    self.meta.dates.setdefault("delivered", date)
            self.used[place] = "metadata"
        self.assembly.read_person_lines([n for n in places if n not in self.used])

    def _read_authors(self) -> None:
        """Read lines near the end that tell who wrote the text."""
        for place in range(max(0, len(self.page.units) - LAST_LINES), len(self.page.units)):
            text = self.page.units[place].text
            if place not in self.used and is_authored(text):
                self.assembly.read_person_lines([place])
                self.used.setdefault(place, "metadata")
            elif place not in self.used and not self.assembly.read_print(place):
                self._read_taken(place, text)

    def _read_taken(self, place: int, text: str) -> None:
        """Read a line that says no more than where the text was taken from."""
        with self.assembly.witness([place], "metadata"):
            apply_labels(self.meta, read_source(text) if len(text) <= LONGEST_TAKEN else [])

    def _find_signature(self) -> list[int]:
        """Return the places of a signature, with lines just above that name a body or a holder."""
        places = sorted(self.assembly.list_places(Label.SIGNATURE)) or self._find_last_lines()
        while places and self.page.find_label(places[0] - 1) == Label.BODY:
            told = tell_person(self.page.units[places[0] - 1].text)
            if "organisation" not in told and len(told) < 2:
                break
            places.insert(0, places[0] - 1)
        return places

    def _find_last_lines(self) -> list[int]:
        """Return the place of a last line that is a body or a day, where no line is a signature.

        With a day go a name, an office or a body above it.
        """
        kept = [n for n, label in enumerate(self.page.labels) if label == Label.BODY]
        if len(kept) < FEWEST_LINES or kept[-1] in self.used:
            return []
        above, last = (self.page.units[n] for n in kept[-2:])
        if last.gone or is_day(last.text) != is_bare_day(last.text):
            return []
        if is_bare_day(last.text):
            return kept[-2:] if tell_person(above.text) and not above.gone else kept[-1:]
        return kept[-1:] if is_local_body(last.text) else []
