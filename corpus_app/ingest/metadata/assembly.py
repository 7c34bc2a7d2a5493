"""From labelled lines to the fields of a speech, each with the lines that bear it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from corpus_app.ingest.dates import find_date
from corpus_app.ingest.draft import Metadata
from corpus_app.ingest.labelling.labels import HEAD, WITHIN, Label
from corpus_app.ingest.labelling.reading import LabelledPage
from corpus_app.ingest.metadata.bylines import read_byline, settle_time
from corpus_app.ingest.metadata.labels import apply_labels, read_labels
from corpus_app.ingest.metadata.persons import is_authored, read_persons, tell_person
from corpus_app.ingest.metadata.sittings import is_day, read_day, read_sitting, wraps_on
from corpus_app.ingest.metadata.title_lines import is_subtitle, may_be_subtitle, set_title
from corpus_app.ingest.metadata.title_reading import find_title, list_repeats
from corpus_app.ingest.metadata.witness import read_values, witness

LONGEST_LABELLED: Final = 80
# A line about the author is one of the last.
LAST_LINES: Final = 8
# A value stands so many lines below its label at most.
VALUE_REACH: Final = 4


@dataclass(slots=True)
class Assembly:
    """Reads the fields from a page's labelled units; used says which kind a unit was read as."""

    meta: Metadata
    page: LabelledPage
    used: dict[int, str] = field(default_factory=dict)
    title: int = -1

    def read(self) -> None:
        """Read all fields; what stands nearer to the title comes before what stands above it."""
        self._read_title()
        self._read_sittings()
        self._read_dates()
        persons = self._list(Label.SPEAKER, Label.ORGANISATION)
        self._read_persons([n for n in persons if n > self.title])
        self._read_labels()
        self._read_signature()
        # 总编辑 某某 above the title is the paper's, unless nobody else is named.
        self._read_persons([n for n in persons if n < self.title])
        self._read_left()

    def _list(self, *labels: Label) -> list[int]:
        """Return the places of the units of these labels, those below the title first."""
        found = [n for n, label in enumerate(self.page.labels) if label in labels]
        return sorted(found, key=lambda n: (n < self.title, n))

    def _witness(self, places: Iterable[int], kind: str, rival: float = 0.0) -> _Witness:
        return _Witness(self, list(places), kind, rival)

    def _read_title(self) -> None:
        found = find_title(self.page)
        if not found.lines:
            return
        self.title = found.lines[0]
        with self._witness([*found.lines, *found.below], "title", found.rival):
            set_title(self.meta, found.words, [self.page.units[n].text for n in found.below])
        for place in list_repeats(self.page, self.meta.title or ""):
            self.used.setdefault(place, "title")

    def _read_sittings(self) -> None:
        for place in self._list(Label.SUBTITLE):
            if self.used.get(place) == "metadata":
                continue
            places = self._find_wrapped(place)
            text = "".join(self.page.units[n].text for n in places)
            with self._witness(places, "metadata"):
                known = read_sitting(self.meta, text) or is_day(text)
                known = known and (read_day(self.meta, text, above=False) or known)
            for at in places if known or self.used.get(place) == "title" else ():
                self.used.setdefault(at, "metadata")
            self._set_subtitle(places, text)

    def _set_subtitle(self, places: list[int], text: str) -> None:
        """Take a line that stands further below the title for its subtitle."""
        bare = text.strip("—―─━－–-（）()〔〕【】[] \u3000")
        below = 0 <= self.title < places[0] and not is_day(text)
        if "speaker" in tell_person(text):
            self._read_persons(places)
        elif below and not self.meta.subtitle and may_be_subtitle(bare, self.meta.title):
            with self._witness(places, "title"):
                self.meta.subtitle = bare
            self.used.update(dict.fromkeys(places, "title"))

    def _find_wrapped(self, place: int) -> list[int]:
        """Return the places of a line below the title, and of the next where it goes on there."""
        text, below = self.page.units[place].text, place + 1
        if below >= len(self.page.units) or not wraps_on(text, self.page.units[below].text):
            return [place]
        return [place, below]

    def _read_dates(self) -> None:
        for place in self._list(Label.DATE):
            text = self.page.units[place].text
            with self._witness([place], "metadata"):
                if read_day(self.meta, text, above=place < self.title):
                    self.used[place] = "metadata"

    def _read_persons(self, places: list[int]) -> None:
        for place in places:
            date = find_date(self.page.units[place].text)
            if date is not None and date.precision != "year":
                with self._witness([place], "metadata"):
                    self.meta.dates.setdefault("delivered", date)
        before = read_values(self.meta)
        given = read_persons(self.meta, [self.page.units[n].text for n in places])
        values = read_values(self.meta)
        for index, names in given.items():
            self.used[places[index]] = "metadata"
            for name in names:
                if before.get(name) != values.get(name) and name not in self.meta.evidence:
                    self._note(name, [places[index]])

    def _note(self, name: str, places: list[int]) -> None:
        units = [self.page.units[n] for n in places]
        value = read_values(self.meta)[name]
        blank = Metadata()
        with witness(blank, units, self.page.name_rule(places), self.page.weigh(places)):
            setattr(blank, name, value)
        self.meta.evidence[name] = blank.evidence[name]

    def _read_labels(self) -> None:
        for place in self._list(Label.LABELLED, Label.LABEL, Label.VALUE, Label.TAIL_LABELLED):
            if self.page.labels[place] == Label.VALUE:
                self._read_value(place)
            else:
                text = self.page.units[place].text.strip("（()）")
                pairs = read_labels(text)
                if pairs or not self._read_sitting(place, text):
                    self._apply_pairs(place, pairs or read_byline(text, self.meta))
        # What was taken for something else may state a fact all the same.
        for place in self._list(*(set(Label) - WITHIN)):
            text = self.page.units[place].text
            if place in self.used or len(text) > LONGEST_LABELLED:
                continue
            pairs = [pair for pair in read_labels(text.strip("（()）")) if pair[0] != "other"]
            self._apply_pairs(place, pairs)
        for place in range(max(0, len(self.page.units) - LAST_LINES), len(self.page.units)):
            if place not in self.used and is_authored(self.page.units[place].text):
                self._read_persons([place])
                self.used.setdefault(place, "metadata")

    def _read_sitting(self, place: int, text: str) -> bool:
        """Read a line that tells day and meeting though it was taken for another."""
        with self._witness([place], "metadata"):
            known = read_sitting(self.meta, text)
        if known:
            self.used.setdefault(place, "metadata")
        return known

    def _apply_pairs(self, place: int, pairs: list[tuple[str, str]]) -> None:
        if any(value for _, value in pairs):
            settled = settle_time(self.meta, pairs, spoken=self._tells_speech(place))
            with self._witness([place], "metadata"):
                apply_labels(self.meta, settled)
            self.used.setdefault(place, self._name_kind(pairs))

    def _read_value(self, place: int) -> None:
        """Read a value by the label that stands above it, or for what it is by itself."""
        for above in range(place - 1, max(-1, place - 1 - VALUE_REACH), -1):
            if self.page.labels[above] not in (Label.LABEL, Label.LABELLED):
                continue
            pairs = read_labels(self.page.units[above].text)
            empty = [name for name, value in pairs if not value]
            if empty:
                pair = [(empty[-1], self.page.units[place].text)]
                pair = settle_time(self.meta, pair, spoken=self._tells_speech(above))
                with self._witness([above, place], "metadata"):
                    apply_labels(self.meta, pair)
                self.used[above] = self.used[place] = self._name_kind(pair)
                return
            break
        text = self.page.units[place].text
        self._apply_pairs(place, read_byline(text, self.meta, alone=True))

    def _find_signature(self) -> list[int]:
        """Return the places of a signature, with lines just above that name a body or a holder."""
        places = sorted(self._list(Label.SIGNATURE))
        while places and self.page.find_label(places[0] - 1) == Label.BODY:
            told = tell_person(self.page.units[places[0] - 1].text)
            if "organisation" not in told and len(told) < 2:
                break
            places.insert(0, places[0] - 1)
        return places

    def _read_left(self) -> None:
        """Read lines below the title that were taken for something else, by what they tell."""
        for place in self._list(*HEAD):
            unit = self.page.units[place]
            if place in self.used or unit.gone or place < self.title:
                continue
            told = tell_person(unit.text)
            if len(told) > 1 or "organisation" in told:
                self._read_persons([place])
            elif place == self.title + 1 and is_subtitle(unit.text):
                self._set_subtitle([place], unit.text)

    def _tells_speech(self, place: int) -> bool:
        """Say whether a label stands among those of the speech: 讲话人, 职务, 会议."""
        near = self.page.units[max(0, place - 2) : place + 3]
        names = {name for unit in near for name, _ in read_labels(unit.text)}
        return bool(names & {"speaker", "role", "occasion"}) and "published" not in names

    def _name_kind(self, pairs: list[tuple[str, str]]) -> str:
        """Lines of labels that name no field are the page's own."""
        return "metadata" if any(name != "other" for name, _ in pairs) else "editor_note"

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
            date = find_date(self.page.units[place].text)
            with self._witness([place], "metadata"):
                if date is not None:
                    self.meta.dates.setdefault("delivered", date)
            self.used[place] = "metadata"
        self._read_persons([n for n in places if n not in self.used])


class _Witness:
    """Notes for the values set inside which units bore them, and marks these as used."""

    def __init__(
        self, assembly: Assembly, places: list[int], kind: str, rival: float = 0.0
    ) -> None:
        page = assembly.page
        units = [page.units[n] for n in places]
        rule, chance = page.name_rule(places), page.weigh(places, rival)
        self.context = witness(assembly.meta, units, rule, chance)
        self.assembly, self.places, self.kind = assembly, places, kind
        self.before: dict[str, str] = {}

    def __enter__(self) -> None:
        self.before = read_values(self.assembly.meta)
        self.context.__enter__()

    def __exit__(self, *error: object) -> None:
        self.context.__exit__(None, None, None)
        if read_values(self.assembly.meta) != self.before:
            for place in self.places:
                self.assembly.used.setdefault(place, self.kind)
