"""Lines that no label explained, read for what they plainly are: the page's day, source, name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from corpus_app.ingest.dates import DATE, DATE_WORDS, find_date
from corpus_app.ingest.labelling.labels import HEAD, TAIL, Label
from corpus_app.ingest.metadata.brackets import strip_brackets
from corpus_app.ingest.metadata.bylines import CLOCK, EDITED, OWN_LABEL, read_medium, tell_posting
from corpus_app.ingest.metadata.label_values import apply_labels
from corpus_app.ingest.metadata.labels import is_medium
from corpus_app.ingest.metadata.names import is_local_body, is_name, may_be_name
from corpus_app.ingest.metadata.sittings import WEEKDAY, tells_today

if TYPE_CHECKING:
    from corpus_app.ingest.metadata.assembly import Assembly

# Lines taken out before, as buttons mostly, may bear the page's day beside them.
_READ_ON: Final = frozenset({"", "share", "metadata", "counter", "pager"})
_EDITION: Final = re.compile(r"第?\s?[A-Z]?\d{1,3}\s?版|[A-D]\d{1,2}\b")
_POSTED: Final = re.compile(r"^(?:发布|发表|编辑|首发|写)于|\d+楼|来自\S{0,2}(?:手机|客户端|网页)")
_ACCOUNT: Final = re.compile(r"^(?:原创|@|＠|\s)+|\s*(?:[VＶ🅥]|黄V|蓝V|官方账号|官方号)$")
# 乡镇人大, 数字人大: columns of a site, no sources.
_COLUMN: Final = re.compile("乡镇|县乡|基层|数字|智慧|我的|人大|代表")
_CHANGED_LAST: Final = re.compile(
    rf"最[后近新](?:由.{{0,24}}?)?(?:于|在)?\s*(?:{DATE_WORDS}.{{0,14}}?(?:编辑|修改|更新|修订|更改)"
    rf"|(?:编辑|修改|更新|修订|更改)(?:时间|日期)?[于在：:]?\s*{DATE_WORDS})"
)
LONGEST: Final = 60
# A name alone is the speaker's where it stands so near to the title, and is as likely as this.
NEAR_TITLE: Final = 4
LEAST: Final = 0.05


class LeftoverReading:
    """Reads what the lines of a page's head that nothing was read from state all the same."""

    def __init__(self, assembly: Assembly) -> None:
        self.assembly = assembly
        self.meta, self.page, self.used = assembly.meta, assembly.page, assembly.used

    def read(self) -> None:
        """Set day of publication, source and speaker where they are not known yet."""
        if "updated" not in self.meta.dates:
            self._read_change()
        if "published" not in self.meta.dates:
            self._read_day()
        if self.meta.source_name is None:
            self._read_source()
        if self.meta.speaker is None:
            self._read_name()

    def _read_change(self) -> None:
        """Read the line that tells when the page was changed last (本帖最后由某某于…编辑)."""
        for place in self.assembly.list_places(*HEAD, *TAIL):
            text = self.page.units[place].text
            if len(text) <= LONGEST and _CHANGED_LAST.search(text):
                with self.assembly.witness([place], "metadata"):
                    apply_labels(self.meta, [("updated", text)])
                return

    def _read_day(self) -> None:
        below = self.assembly.list_places(*HEAD)
        places = [n for n in below if self._bears_day(n)]
        places += [n for n in self.assembly.list_places(*TAIL) if self._tells_posting(n)]
        for place in places[:1]:
            text = self.page.units[place].text
            name = tell_posting(text) or "published"
            pairs = [(name, text[DATE.search(text).start() :])]  # type: ignore[union-attr]
            medium = read_medium(text)
            with self.assembly.witness([place], "metadata"):
                apply_labels(self.meta, [*pairs, ("source", medium)] if medium else pairs)

    def _bears_day(self, place: int) -> bool:
        """Say whether a line above the text tells the page's own day.

        Below the title machines print it; above it a paper's name or a weekday may stand beside.
        """
        text = self._read_line(place)
        date = DATE.search(text)
        if date is None or OWN_LABEL.search(text[: date.start()]):
            return False
        printed = date["sep"] is not None or CLOCK.search(text[date.end() :]) is not None
        printed = printed or tell_posting(text) == "published"
        if self.assembly.typed and CLOCK.search(text) is None:
            return False
        if printed or place > self.assembly.title:
            return printed
        paper = WEEKDAY.search(text) or _EDITION.search(text) or read_medium(text)
        return bool(paper) or any(is_medium(self._read_line(n)) for n in (place - 1, place + 1))

    def _tells_posting(self, place: int) -> bool:
        text = self._read_line(place)
        return DATE.search(text) is not None and _POSTED.search(text) is not None

    def _read_line(self, place: int) -> str:
        """Return the words of a line that is left, "" for every other."""
        if not 0 <= place < len(self.page.units) or place in self.used:
            return ""
        unit = self.page.units[place]
        dull = unit.gone not in _READ_ON or len(unit.text) > LONGEST or tells_today(unit.text)
        dull = dull or EDITED.search(unit.text) is not None
        date = find_date(unit.text)
        return "" if dull or (date is not None and date.precision != "day") else unit.text

    def _read_source(self) -> None:
        """Take a site or a body right above or below the day of publication for the source."""
        found = self.meta.evidence.get("published")
        if found is None or found.start is None:
            return
        starts = [unit.start for unit in self.page.units]
        places = [n for n, start in enumerate(starts) if start == found.start]
        for place in (near for at in places for near in self._list_neighbours(at)):
            name = _ACCOUNT.sub("", strip_brackets(self._read_line(place)))
            if (is_medium(name) and not _COLUMN.match(name)) or is_local_body(name):
                with self.assembly.witness([place], "metadata"):
                    apply_labels(self.meta, [("source", name)])
                return

    def _list_neighbours(self, place: int) -> list[int]:
        """Return the places of the nearest lines of the head above and below that are shown."""
        units = self.page.units
        above = (n for n in range(place - 1, -1, -1) if not units[n].gone)
        below = (n for n in range(place + 1, len(units)) if not units[n].gone)
        near = [n for n in (next(above, -1), next(below, -1)) if n >= 0]
        return [n for n in near if self.page.labels[n] in HEAD and n != self.assembly.title]

    def _read_name(self) -> None:
        """Take a person's name on a line of its own just below the title for the speaker."""
        first = self.assembly.title + 1
        for place in range(first, min(first + NEAR_TITLE, len(self.page.units))):
            text = strip_brackets(self._read_line(place))
            likely = self.page.chances[place].get(Label.SPEAKER, 0.0) >= LEAST
            if first and likely and self.page.labels[place] in HEAD and _is_person(text):
                self.assembly.read_person_lines([place])
                return


def _is_person(text: str) -> bool:
    return is_name(text) and may_be_name(text)
