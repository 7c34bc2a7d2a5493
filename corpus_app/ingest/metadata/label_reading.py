"""The labelled lines of a page that are labels and values: read by what the labels ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from corpus_app.ingest.dates import find_date
from corpus_app.ingest.labelling.labels import TAIL, WITHIN, Label
from corpus_app.ingest.metadata.brackets import strip_brackets
from corpus_app.ingest.metadata.bylines import (
    read_byline,
    read_citation,
    settle_time,
    tells_act,
)
from corpus_app.ingest.metadata.label_cells import is_bare_label
from corpus_app.ingest.metadata.label_values import apply_labels, fits_field
from corpus_app.ingest.metadata.labels import (
    DATED,
    is_medium,
    read_labels,
    weigh_field,
)
from corpus_app.ingest.metadata.persons import tell_person
from corpus_app.ingest.metadata.sittings import is_bare_day
from corpus_app.ingest.metadata.title_candidates import find_asked
from corpus_app.ingest.metadata.witness import read_values
from corpus_app.text.chars import squeeze

if TYPE_CHECKING:
    from corpus_app.ingest.metadata.assembly import Assembly

Pairs = list[tuple[str, str]]

LONGEST_LABELLED: Final = 80
# A value stands so many lines below its label at most.
VALUE_REACH: Final = 4
# What a cell may be read as though it was taken for something else.
_CELLS: Final = frozenset({"speaker", "author", "role", "source", "url", "occasion"})
_SPEECHES: Final = frozenset({"speaker", "role", "occasion"})
_PAGES: Final = frozenset({"source", "updated", "url"})


class LabelReading:
    """Reads the lines of labels and values of a page for its assembly."""

    def __init__(self, assembly: Assembly) -> None:
        self.assembly = assembly
        self.meta, self.page, self.used = assembly.meta, assembly.page, assembly.used
        self.answered: set[int] = set()  # labels whose values were read

    def read(self) -> None:
        """Read labels and values, then what other lines state behind a label."""
        labels = (Label.LABELLED, Label.LABEL, Label.VALUE, Label.TAIL_LABELLED)
        for place in self.assembly.list_places(*labels):
            if self.page.labels[place] == Label.VALUE:
                self._read_value(place)
            else:
                self._read_line(place)
        # What was taken for something else may state a fact all the same.
        for place in self.assembly.list_places(*(set(Label) - WITHIN)):
            text = self.page.units[place].text
            if place in self.used or len(text) > LONGEST_LABELLED:
                continue
            if self._read_cell_below(place, text):
                continue
            pairs = [pair for pair in read_labels(strip_brackets(text)) if pair[0] != "other"]
            below = self.page.labels[place] in TAIL
            self._apply(place, pairs or read_citation(strip_brackets(text), near=below))

    def _read_cell_below(self, place: int, text: str) -> bool:
        """Read a cell by the label above it, whatever both were taken for, if it fits it."""
        if place - 1 in self.used or is_bare_label(text):
            return False
        field = find_asked(self.page, place)
        if field not in _CELLS or not fits_field(field, text):
            return False
        pairs = self._settle(place - 1, [(field, text)])
        with self.assembly.witness([place - 1, place], "metadata"):
            apply_labels(self.meta, pairs)
        self.used[place] = self.used[place - 1] = self._name_kind(pairs)
        return True

    def _read_line(self, place: int) -> None:
        text = strip_brackets(self.page.units[place].text)
        pairs = read_labels(text)
        if self.page.labels[place] in TAIL and not pairs and tells_act(text):
            return
        waiting = self._find_label(place) if not pairs and place else None
        if waiting == place - 1 and is_bare_label(self.page.units[waiting].text):
            self._read_value(place)
            return
        if is_bare_day(text) and (self.assembly.typed or not pairs):
            self._read_day(place, text)
        elif not pairs and self.assembly.read_print(place):
            return
        elif not pairs and len(tell_person(text)) > 1:
            self.assembly.read_person_lines([place])
        elif pairs or not self.assembly.read_sitting_line(place, text):
            self._apply(place, pairs or read_byline(text, self.meta))

    def _read_day(self, place: int, text: str) -> None:
        """Read a day without a label: the page's below a site's name or where another is known."""
        above = self.page.units[place - 1].text if place else ""
        if is_medium(above) and not self.assembly.typed:
            self._apply(place, [("published", text)])
        elif place > self.assembly.title and "delivered" not in self.meta.dates:
            self.assembly.read_day_line(place)
        else:
            self._apply(place, read_byline(text, self.meta))

    def _apply(self, place: int, pairs: Pairs) -> None:
        if any(value for _, value in pairs):
            settled = self._settle(place, pairs)
            with self.assembly.witness([place], "metadata"):
                apply_labels(self.meta, settled)
            self.used.setdefault(place, self._name_kind(pairs))

    def _read_value(self, place: int) -> None:
        """Read a value by the label that stands above it, or for what it is by itself."""
        text = self.page.units[place].text
        if is_bare_label(text):
            return
        own = [pair for pair in read_labels(text) if pair[1] and pair[1] != text]
        if own:
            self._apply(place, own)  # a label of its own
            return
        above = self._find_label(place)
        if above is not None and not self._contradicts(above, text):
            self.answered.add(above)
            empty = [name for name, value in self._read_cell(above) if not value]
            field = weigh_field(squeeze(self.page.units[above].text).strip("：:"), text)
            name = field if field == "source" else empty[-1]
            pairs = self._settle(above, [(name, text)])
            with self.assembly.witness([above, place], "metadata"):
                apply_labels(self.meta, pairs)
            self.used[place] = self._name_kind(pairs)
            self.used.setdefault(above, self.used[place])
        elif tell_person(text).keys() & {"speaker_role"}:
            self.assembly.read_person_lines([place])
        else:
            # What an unknown label asks for is no source (用稿日期, 见正文).
            alone = self.page.find_label(place - 1) != Label.LABEL
            self._apply(place, read_byline(text, self.meta, alone=alone))

    def _contradicts(self, above: int, text: str) -> bool:
        """Say whether a line is a person, and the empty label above it asks for a day."""
        asked = {name for name, value in self._read_cell(above) if not value}
        return asked <= set(DATED) and find_date(text) is None and len(tell_person(text)) > 1

    def _find_label(self, place: int) -> int | None:
        """Return the place of the label above a value that waits for one, None for none."""
        for above in range(place - 1, max(-1, place - 1 - VALUE_REACH), -1):
            if self.page.labels[above] in (Label.LABEL, Label.LABELLED):
                waits = any(not value for _, value in self._read_cell(above))
                return above if waits and above not in self.answered else None
        return None

    def _read_cell(self, place: int) -> Pairs:
        return read_labels(self.page.units[place].text)

    def _settle(self, place: int, pairs: Pairs) -> Pairs:
        """Return the pairs with 时间 as the day of the speech or the page, as its neighbours are.

        In a file that somebody typed it is the speech's.
        """
        near = self.page.units[max(0, place - 4) : place + 5]
        labels = {n for unit in near for n, value in read_labels(unit.text) if value != unit.text}
        spoken = self.assembly.typed or bool(labels & _SPEECHES)
        if not spoken and labels & _PAGES:
            return [("published" if name == "time" else name, value) for name, value in pairs]
        return settle_time(self.meta, pairs, spoken=spoken and "published" not in labels)

    def _name_kind(self, pairs: Pairs) -> str:
        """Lines of labels that bear no value that is known are the page's own."""
        known = {squeeze(value) for value in read_values(self.meta).values()}
        days = {date.value for date in self.meta.dates.values()}
        for name, value in pairs:
            date = find_date(value)
            told = any(words in squeeze(value) for words in known)
            if name != "other" and value and (told or (date and date.value in days)):
                return "metadata"
        return "editor_note"
