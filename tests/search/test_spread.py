"""The life of an expression: brute force over the stored texts is the oracle."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import HealthCheck, given, strategies as st

from corpus_app.catalog.models import Section, Speech
from corpus_app.catalog.section_names import name_in_source
from search import SearchRequest
from search.spread import FirstSeen, SpreadRequest, SpreadYear, answer_spread, export_spread
from search.spread.course import find_turns
from search.spread.headings import NAMELESS
from search.study.opening import open_study
from tests.search.parted import count_characters, count_words, make_parted
from tests.thoroughness import draw

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index_folder")]


@pytest.fixture
def speeches() -> list[Speech]:
    return make_parted()


def span(speech: Speech) -> tuple[datetime.date, datetime.date]:
    assert speech.date_start
    assert speech.date_end
    return speech.date_start, speech.date_end


def find_first_plainly(speeches: list[Speech], words: str) -> Speech | None:
    held = [s for s in speeches if s.date_start and count_words(s, words)]
    return min(held, key=lambda s: (span(s)[1], span(s)[0], s.pk), default=None)


def check_first(found: FirstSeen, group: list[Speech], whole: Speech | None, words: str) -> None:
    wanted = find_first_plainly(group, words)
    assert found.occurrences == sum(count_words(speech, words) for speech in group)
    assert found.searched == len(group)
    if wanted is None:
        assert found.point is None
        return
    assert whole
    assert found.point
    assert found.point.speech_id == wanted.pk
    dated = [speech for speech in group if speech.date_start]
    rivals = [s for s in dated if count_words(s, words) and span(s)[0] <= span(wanted)[1]]
    assert found.rivals == len(rivals) - 1
    assert found.earlier == sum(span(s)[1] < span(wanted)[0] for s in dated)
    least, most = span(wanted)[0] - span(whole)[1], span(wanted)[1] - span(whole)[0]
    assert found.lag == ((0, 0) if wanted == whole else (least.days, most.days))


def list_headed(speech: Speech, words: str) -> list[Section]:
    """Return the sections whose name has the words."""
    assert speech.current
    text = speech.current.text
    named = [(one, name_in_source(one, text)) for one in speech.current.sections.all()]
    return [one for one, name in named if name not in NAMELESS and words in "".join(name.split())]


@draw(40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    words=st.sampled_from(["监督", "代表立", "立法", "督代表", "无此"]),
    level=st.sampled_from([(), ("county",)]),
)
def test_first_places_years_and_headings_are_as_a_plain_reading_has_them(
    speeches: list[Speech], words: str, level: tuple[str, ...]
) -> None:
    search = SearchRequest(text=f"“{words}”", level=level)
    answer = answer_spread(SpreadRequest(search))
    counted = [speech for speech in speeches if not level or speech.level in level]
    whole = find_first_plainly(counted, words)
    assert answer.total == sum(count_words(speech, words) for speech in counted)
    assert (answer.first is None) == (whole is None)
    if answer.first:
        check_first(answer.first, counted, whole, words)
    for found in (*answer.levels, *answer.places):
        group = [s for s in counted if getattr(s, found.key) == found.value]
        check_first(found, group, whole, words)
        assert len(open_study(answer.find_places(found.key, found.value)).places) == (
            found.occurrences
        )
    held = {speech.place for speech in counted if count_words(speech, words)}
    assert {one.value for one in answer.places} == held
    for year in answer.years:
        own = [s for s in counted if s.date_start and s.date_start.year == year.year]
        counts = [count_words(speech, words) for speech in own]
        told = (year.occurrences, year.speeches, year.searched, year.characters)
        sizes = sum(map(count_characters, own))
        assert told == (sum(counts), sum(map(bool, counts)), len(own), sizes)
    headed = {s.pk: found for s in counted if (found := list_headed(s, words))}
    assert answer.heading_speeches == len(headed)
    for body in answer.ranks:
        for point in body.points:
            best = min(headed[point.speech.speech_id], key=lambda s: (s.depth, s.position))
            assert point.speech.section_key == best.key
            beside = best.revision.sections.filter(parent=best.parent)
            plain = beside.exclude(kind__in=("opening", "closing")).order_by("position")
            keys = list(plain.values_list("key", flat=True))
            assert (point.rank, point.count) == (keys.index(best.key) + 1, len(keys))
    named = {s.pk for s in counted if s.organisation and s.pk in headed}
    assert {point.speech.speech_id for body in answer.ranks for point in body.points} == named


def make_years(*counts: int, characters: int = 20_000) -> list[SpreadYear]:
    return [SpreadYear(2010 + at, n, min(n, 4), 4, characters) for at, n in enumerate(counts)]


def test_turns_are_told_by_the_rule_and_not_where_the_corpus_is_thin() -> None:
    turns = find_turns(make_years(0, 1, 6, 10, 7, 4, 3))
    assert turns is not None
    assert (turns.rise, turns.peak, turns.fading) == (2012, 2013, 2015)
    # A year that comes up to half again is no end.
    again = find_turns(make_years(0, 10, 2, 6))
    assert again is not None
    assert again.fading is None
    assert find_turns(make_years(5, 10)) is None
    assert find_turns(make_years(1, 2, 3)) is None
    assert find_turns(make_years(5, 10, 7, characters=9_000)) is None
    assert find_turns([]) is None


def test_the_file_holds_every_first_place_year_and_heading(speeches: list[Speech]) -> None:
    answer = answer_spread(SpreadRequest(SearchRequest(text="“监督”")))
    rows = list(export_spread(answer).rows)
    headings = sum(len(body.points) for body in answer.ranks)
    assert len(rows) == 1 + len(answer.levels) + len(answer.places) + len(answer.years) + headings
    assert len({len(row) for row in rows}) == 1
