"""From labelled lines to the fields of a speech, each with the lines that bear it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from corpus_app.ingest.dates import find_date
from corpus_app.ingest.draft import Metadata
from corpus_app.ingest.labelling.labels import HEAD, Label
from corpus_app.ingest.labelling.reading import LabelledPage
from corpus_app.ingest.metadata.brackets import strip_brackets
from corpus_app.ingest.metadata.bylines import (
    read_citation,
    read_medium,
    tell_posting,
    tells_own_day,
    tells_print,
)
from corpus_app.ingest.metadata.feet import FootReading
from corpus_app.ingest.metadata.label_cells import is_bare_label
from corpus_app.ingest.metadata.label_reading import LabelReading
from corpus_app.ingest.metadata.label_values import apply_labels
from corpus_app.ingest.metadata.labels import is_medium, read_labels
from corpus_app.ingest.metadata.leftovers import LeftoverReading
from corpus_app.ingest.metadata.names import is_name
from corpus_app.ingest.metadata.persons import read_persons, tell_person
from corpus_app.ingest.metadata.sittings import (
    is_bare_day,
    is_day,
    is_handwritten,
    read_day,
    read_sitting,
    wraps_on,
)
from corpus_app.ingest.metadata.title_lines import is_subtitle, may_be_subtitle, set_title
from corpus_app.ingest.metadata.title_reading import find_title, list_repeats
from corpus_app.ingest.metadata.told_reading import ToldReading, list_told
from corpus_app.ingest.metadata.witness import note_values, read_values

# Who is named with an office so few lines above the title spoke, if nobody else did.
NEAR_ABOVE: Final = 2
# Labels by these names ask for another person than the speaker.
# A day in brackets below a title is the speech's, whatever stands above it.
OPENING: Final = "（(【[〔"
UNASKED: Final = frozenset({"other", "host", "place", "source"})


@dataclass(slots=True)
class Assembly:
    """Reads the fields from a page's labelled units; used says which kind a unit was read as."""

    meta: Metadata
    page: LabelledPage
    used: dict[int, str] = field(default_factory=dict)
    title: int = -1
    # Somebody typed the page (a Word file); else a site's machine may have printed its days.
    typed: bool = False
    # Places of sentences about the speech, which are read as such alone.
    told: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self.told = list_told(self.page)

    def read(self) -> None:
        """Read all fields; what stands nearer to the title comes before what stands above it."""
        self._read_title()
        self._read_sittings()
        self._read_dates()
        persons = self.list_places(Label.SPEAKER, Label.ORGANISATION)
        persons = [n for n in persons if not self._answers_other(n)]
        self.read_person_lines([n for n in persons if n > self.title])
        LabelReading(self).read()
        FootReading(self).read()
        ToldReading(self).read()
        # 总编辑 某某 above the title is the paper's, unless nobody else is named.
        self.read_person_lines([n for n in persons if n < self.title])
        self._read_left()
        LeftoverReading(self).read()

    def list_places(self, *labels: Label) -> list[int]:
        """Return the places of the units of these labels, those below the title first."""
        found = [n for n, label in enumerate(self.page.labels) if label in labels]
        found = [n for n in found if n not in self.told]
        return sorted(found, key=lambda n: (n < self.title, n))

    def witness(
        self,
        places: Iterable[int],
        kind: str,
        rival: float = 0.0,
        taken_for: Label | None = None,
    ) -> _Witness:
        """Return the context that notes values set inside it as read from these units."""
        return _Witness(self, list(places), kind, rival, taken_for)

    def _read_title(self) -> None:
        found = find_title(self.page)
        if not found.lines:
            return
        self.title = found.lines[0]
        with self.witness([*found.lines, *found.below], "title", found.rival, Label.TITLE):
            set_title(self.meta, found.words, [self.page.units[n].text for n in found.below])
        for place in list_repeats(self.page, self.meta.title or ""):
            self.used.setdefault(place, "title")

    def _read_sittings(self) -> None:
        for place in self.list_places(Label.SUBTITLE):
            stated = read_labels(strip_brackets(self.page.units[place].text))
            read = self.used.get(place) == "metadata" or any(value for _, value in stated)
            above = place < self.title and is_day(self.page.units[place].text)
            if read or above or self.read_print(place):
                continue
            if is_day(self.page.units[place].text) and self._read_beside(place):
                continue
            places = self._find_wrapped(place)
            text = "".join(self.page.units[n].text for n in places)
            with self.witness(places, "metadata"):
                known = read_sitting(self.meta, text) or is_day(text)
                known = known and (read_day(self.meta, text, above=False) or known)
                date = find_date(text)
                if not known and date is not None and date.precision == "day":
                    self.meta.dates.setdefault("delivered", date)
            for at in places if known or self.used.get(place) == "title" else ():
                self.used.setdefault(at, "metadata")
            self._set_subtitle(places, text)

    def _set_subtitle(self, places: list[int], text: str) -> None:
        """Take a line that stands further below the title for its subtitle."""
        bare = strip_brackets(strip_brackets(text).strip("—―─━－–- \u3000"))
        below = 0 <= self.title < places[0] and not is_day(text)
        if "speaker" in tell_person(text):
            self.read_person_lines(places)
        elif below and not self.meta.subtitle and may_be_subtitle(bare, self.meta.title):
            with self.witness(places, "title"):
                self.meta.subtitle = bare
            self.used.update(dict.fromkeys(places, "title"))

    def _find_wrapped(self, place: int) -> list[int]:
        """Return the places of a line below the title, and of the next where it goes on there."""
        text, below = self.page.units[place].text, place + 1
        if below >= len(self.page.units) or not wraps_on(text, self.page.units[below].text):
            return [place]
        return [place, below]

    def _read_dates(self) -> None:
        for place in self.list_places(Label.DATE):
            if not self._read_beside(place):
                self.read_day_line(place)

    def _read_beside(self, place: int) -> bool:
        """Read a day of the page's with the site that stands beside it, or on the line above."""
        text = self.page.units[place].text
        beside, places = "" if read_citation(text) else read_medium(text), [place]
        above = self.page.units[place - 1].text if place else ""
        bare = is_bare_day(text) and text[:1] not in OPENING
        if not beside and place > self.title >= 0 and bare and is_medium(above):
            beside, places = above, [place - 1, place]
        if beside:
            with self.witness(places, "metadata"):
                apply_labels(self.meta, [("source", beside), ("published", text)])
        return beside != ""

    def read_day_line(self, place: int) -> None:
        """Read a line that tells a day, and perhaps the meeting."""
        text = self.page.units[place].text
        labelled = {name for name, value in read_labels(text) if value and value != text}
        if labelled & {"published", "updated", "other"}:
            return  # 【报纸日期】2024-01-09 is read by its label
        if tells_own_day(text) or self.read_print(place):
            return
        posted = tell_posting(text)
        cited = [(posted, text)] if posted else read_citation(text)
        if cited:
            with self.witness([place], "metadata"):
                apply_labels(self.meta, cited)
            self.used.setdefault(place, "metadata")
            return
        with self.witness([place], "metadata"):
            typed = self.typed or self._is_signed(place)
            if read_day(self.meta, text, above=place < self.title, typed=typed):
                self.used[place] = "metadata"
        told = tell_person(text)  # （2023年5月6日　周明）
        if len(told) > 1 or is_name(told.get("speaker", "")):
            self.read_person_lines([place])

    def _is_signed(self, place: int) -> bool:
        """Say whether a day as people write it stands right below the speaker (周明 / 2023.5.6)."""
        text = self.page.units[place].text
        return self.page.find_label(place - 1) == Label.SPEAKER and is_handwritten(text)

    def read_person_lines(self, places: list[int]) -> None:
        for place in places:
            date = find_date(self.page.units[place].text)
            if date is not None and date.precision != "year":
                with self.witness([place], "metadata"):
                    self.meta.dates.setdefault("delivered", date)
        before = read_values(self.meta)
        given = read_persons(self.meta, [self.page.units[n].text for n in places])
        for index, names in given.items():
            place = places[index]
            self.used[place] = "metadata"
            fresh = {n for n in names if n not in self.meta.evidence}
            known = {n: v for n, v in read_values(self.meta).items() if n not in fresh}
            known |= {n: v for n, v in before.items() if n in fresh}
            rule, chance = self.page.name_rule([place]), self.page.weigh([place])
            note_values(self.meta, known, [self.page.units[place]], rule, chance)

    def _answers_other(self, place: int) -> bool:
        """Say whether a name is the value of a label that asks for no speaker (承办, 记录)."""
        above = self.page.units[place - 1].text if place else ""
        return above != "" and is_bare_label(above) and read_labels(above)[0][0] in UNASKED

    def read_print(self, place: int) -> bool:
        """Read a line that tells where the text was printed; say whether it is one."""
        text = strip_brackets(self.page.units[place].text)
        told = tells_print(text) and (read_labels(text) or read_citation(text, near=True))
        with self.witness([place], "metadata"):
            apply_labels(self.meta, told or [])
        return bool(told)

    def read_sitting_line(self, place: int, text: str) -> bool:
        """Read a line that tells day and meeting though it was taken for another."""
        with self.witness([place], "metadata"):
            known = read_sitting(self.meta, text)
        if known:
            self.used.setdefault(place, "metadata")
        return known

    def _read_left(self) -> None:
        """Read lines below the title that were taken for something else, by what they tell."""
        for place in self.list_places(*HEAD):
            unit = self.page.units[place]
            if place in self.used or unit.gone:
                continue
            told = tell_person(unit.text)
            if place < self.title:
                near = self.title - place <= NEAR_ABOVE and self.meta.speaker is None
                if near and len(told) > 1 and not self._answers_other(place):
                    self.read_person_lines([place])
            elif len(told) > 1 or "organisation" in told or self._is_his_office(place, told):
                self.read_person_lines([place])
            elif place == self.title + 1 and is_subtitle(unit.text):
                self._set_subtitle([place], unit.text)

    def _is_his_office(self, place: int, told: Mapping[str, str]) -> bool:
        """Say whether a line is an office right above or below the one that names the speaker."""
        found = self.meta.evidence.get("speaker")
        if found is None or self.meta.speaker_role is not None or "speaker_role" not in told:
            return False
        near = (n for n in (place - 1, place + 1) if 0 <= n < len(self.page.units))
        return any(self.page.units[n].start == found.start for n in near)


class _Witness:
    """Notes for the values set inside which units bore them, and marks these as used."""

    def __init__(
        self,
        assembly: Assembly,
        places: list[int],
        kind: str,
        rival: float,
        taken_for: Label | None,
    ) -> None:
        self.assembly, self.places, self.kind = assembly, places, kind
        self.rival, self.taken_for = rival, taken_for
        self.before: dict[str, str] = {}

    def __enter__(self) -> None:
        self.before = read_values(self.assembly.meta)

    def __exit__(self, *error: object) -> None:
        page = self.assembly.page
        units = [page.units[n] for n in self.places]
        chance = page.weigh(self.places, self.rival, self.taken_for)
        rule = page.name_rule(self.places)
        if note_values(self.assembly.meta, self.before, units, rule, chance):
            for place in self.places:
                self.assembly.used.setdefault(place, self.kind)
