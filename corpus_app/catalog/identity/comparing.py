"""Two heads compared, field by field and as a whole."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from corpus_app.catalog.identity.findings import Agreement, FieldFinding
from corpus_app.catalog.identity.folding import fold_numbers, fold_writing
from corpus_app.catalog.identity.heads import Head
from corpus_app.catalog.identity.naming import (
    compare_occasions,
    compare_titles,
    have_same_title,
    may_name_one_event,
)
from corpus_app.catalog.identity.parties import (
    compare_organisations,
    compare_places,
    compare_speakers,
)
from corpus_app.catalog.periods import find_period

# A date that is no more precise than this is not of one event.
EVENT_DAYS: Final = 31
# A report of the last year is given in the next one: a year in a title is not its day's year.
YEARS_APART: Final = 2
DAY_LENGTH: Final = len("2024-04-05")
# Fields that say one thing: an occasion is read from a title, a place from a body.
GROUPS: Final = {
    "title": "event",
    "occasion": "event",
    "speaker": "person",
    "organisation": "body",
    "place": "body",
    "date": "day",
}
_YEAR: Final = re.compile(r"(?<!\d)((?:19|20)\d\d)年")


@dataclass(frozen=True)
class HeadComparison:
    """What each field says, and what they say together."""

    fields: tuple[FieldFinding, ...]
    agreement: Agreement

    @property
    def contradictions(self) -> list[FieldFinding]:
        """Return the fields that speak for two speeches."""
        return [one for one in self.fields if one.agreement is Agreement.CONTRADICT]

    @property
    def news(self) -> list[FieldFinding]:
        """Return what the first head states and the second does not, or another title."""
        unknown = [one for one in self.fields if one.agreement is Agreement.UNKNOWN]
        stated = [one for one in unknown if one.first and not one.common]
        return [one for one in stated if one.name == "title" or not one.second]

    @property
    def is_clear(self) -> bool:
        """Return whether two independent things contradict: no misread line explains both."""
        groups = {GROUPS[one.name] for one in self.contradictions}
        return len(groups) > 1

    @property
    def is_firm(self) -> bool:
        """Return whether a yearly occasion's year is not left open by one of the heads."""
        by_name = {one.name: one for one in self.fields}
        date, title = by_name["date"], by_name["title"]
        named = title.agreement is Agreement.AGREE and title.telling
        neither = not (date.first or date.second)
        return named or neither or date.agreement is Agreement.AGREE

    @property
    def reason(self) -> str:
        """Return in words what contradicts, else what agrees; blank where nothing is known."""
        told = self.contradictions or [
            one for one in self.fields if one.agreement is Agreement.AGREE
        ]
        return _("；").join(one.reason for one in told)


def compare_heads(first: Head, second: Head) -> HeadComparison:
    """Return whether two heads are of one speech, of two, or do not tell.

    One contradiction makes them two: a needless second speech is merged at a click, and a speech
    that is taken for another one is lost. They are of one where what names the event agrees
    together with the speaker or the day, the speaker together with the day, or a title that
    names one event alone; a common title counts with the body and the year.
    """
    fields = (
        compare_titles(first, second),
        compare_speakers(first.speaker, second.speaker),
        compare_organisations(first.organisation, second.organisation),
        compare_places(first.place, second.place),
        compare_dates(first, second),
        compare_occasions(first, second),
    )
    if any(one.agreement is Agreement.CONTRADICT for one in fields):
        return HeadComparison(fields, Agreement.CONTRADICT)
    one_event = may_name_one_event(first, second)
    proven = _is_proven(fields, series=have_same_title(first, second), one_event=one_event)
    return HeadComparison(fields, Agreement.AGREE if proven else Agreement.UNKNOWN)


def compare_dates(first: Head, second: Head) -> FieldFinding:
    """Return what the dates say: a year and a day in it agree, two days contradict.

    A text is published when and where one likes, but never before it was spoken.
    """
    mine, theirs = find_period(first.delivered), find_period(second.delivered)
    if mine and theirs:
        agreement = Agreement.AGREE if _overlap(mine, theirs) else Agreement.CONTRADICT
        telling = all((end - start).days <= EVENT_DAYS for start, end in (mine, theirs))
        return FieldFinding("date", agreement, first.delivered, second.delivered, telling)
    values = first.delivered or first.published, second.delivered or second.published
    if any(
        impossible(one, other)
        for impossible in (_is_too_early, _is_other_year)
        for one, other in ((first, second), (second, first))
    ):
        return FieldFinding("date", Agreement.CONTRADICT, *values)
    neither = not (first.delivered or second.delivered)
    if neither and first.published == second.published and len(first.published) == DAY_LENGTH:
        return FieldFinding("date", Agreement.AGREE, *values, telling=True)
    return FieldFinding("date", Agreement.UNKNOWN, *values, common=not first.delivered)


def _is_proven(fields: tuple[FieldFinding, ...], *, series: bool, one_event: bool) -> bool:
    """Return whether what agrees proves one speech; on one day one may speak at two events."""
    agreeing = {one.name: one for one in fields if one.agreement is Agreement.AGREE}
    event = [one for name in ("title", "occasion") if (one := agreeing.get(name))]
    person = "speaker" in agreeing
    body = "organisation" in agreeing or "place" in agreeing
    day = "date" in agreeing and agreeing["date"].telling
    if any(one.telling for one in event):
        return True
    if (event and (person or day)) or (person and day and one_event):
        return True
    return series and "date" in agreeing and (body or person)


def _overlap(first: tuple[dt.date, dt.date], second: tuple[dt.date, dt.date]) -> bool:
    return first[0] <= second[1] and second[0] <= first[1]


def _is_too_early(spoken: Head, printed: Head) -> bool:
    """Return whether the one was published before the other was delivered."""
    day, issue = find_period(spoken.delivered), find_period(printed.published)
    return day is not None and issue is not None and issue[1] < day[0]


def _is_other_year(titled: Head, dated: Head) -> bool:
    """Return whether the year in one's title lies years from the other's day."""
    day = find_period(dated.delivered)
    named = "" if titled.title_inferred else f"{titled.title} {titled.subtitle} {titled.occasion}"
    years = [int(year) for year in _YEAR.findall(fold_numbers(fold_writing(named)))]
    if day is None or not years or titled.delivered:
        return False
    return all(abs(year - day[0].year) >= YEARS_APART for year in years)
