"""Small random corpora, and a plain reading of the query language over strings to compare with."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from itertools import pairwise

from hypothesis import strategies as st

from corpus_app.text.folding import fold_name
from search.arrays.building import SectionRecord, SpeechRecord
from search.arrays.segment import Segment
from search.matching.evaluation import Mask
from search.matching.spans import Spans
from search.query.nodes import (
    And,
    DateRange,
    Everything,
    FieldCode,
    FieldText,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Regex,
    SloganNamed,
    ThemeNamed,
    Words,
)
from tests.search.plain_folding import LETTERS, fold, fold_part, list_chars

LEVELS = ("province", "county", "")
DAYS = tuple(datetime.date(2020, 1, 1) + datetime.timedelta(days=70 * step) for step in range(20))
PERIODS = ("2020", "2020-03", "2021-01", "2021", "")


class Names:
    """Themes and slogans named by their numbers; theme 1 has theme 2 below it."""

    def find_themes(self, name: str) -> list[int]:
        return [1, 2] if name == "1" else [int(name)]

    def find_slogans(self, text: str) -> list[int]:
        return [int(text)]

    def find_expression(self, segment: Segment, leaf: Regex, within: Mask | None) -> Spans:
        raise AssertionError(leaf)


@dataclass(frozen=True)
class Unit:
    """A node as plain strings: what it holds, and where."""

    record: SpeechRecord
    section: int  # -1: the speech
    texts: tuple[str, ...]

    @property
    def ancestors(self) -> set[int]:
        found = {-1}
        at = self.section
        while at != -1:
            found.add(at)
            at = self.record.sections[at].parent
        return found


def list_units(record: SpeechRecord) -> list[Unit]:
    """Return the units of a speech, itself first."""
    root = Unit(record, -1, (fold(record.title), fold(record.subtitle), fold(record.text)))
    return [root] + [
        Unit(record, at, (fold_part(record.text, section.start, section.end),))
        for at, section in enumerate(record.sections)
    ]


def holds(unit: Unit, node: Node) -> bool:  # noqa: C901  (one case for each form)
    """Tell whether a unit satisfies a query, by the words of the language's description."""
    record = unit.record
    match node:
        case Not(child):
            return not holds(unit, child)
        case And(children):
            return all(holds(unit, child) for child in children)
        case Or(children):
            return any(holds(unit, child) for child in children)
        case Everything():
            return True
        case Phrase(text):
            return any(fold(text) in held for held in unit.texts)
        case Prefix(text):
            return any(fold(text).lower() in held.lower() for held in unit.texts)
        case Words(_, words):
            return all(
                any(fold(word).lower() in held.lower() for held in unit.texts) for word in words
            )
        case Near():
            return any(_has_near(held, node) for held in unit.texts)
        case FieldText(field, text, words):
            return _field_holds(record, field, words or (text,))
        case FieldCode():
            return _code_holds(record, node)
        case DateRange():
            return _overlaps(record, node)
        case ThemeNamed(name):
            return any(_related(unit, at) for theme, at in record.tags if _bears(theme, name))
        case SloganNamed(text):
            return any(
                str(slogan) == text and _covers(unit, start, end)
                for slogan, start, end in record.mentions
            )
    raise AssertionError(node)


def _has_near(held: str, near: Near) -> bool:
    def places(side: Phrase | Words) -> list[tuple[int, int]]:
        loose = isinstance(side, Words)
        wanted = fold(side.text).lower() if loose else fold(side.text)
        text = held.lower() if loose else held
        return [(at, at + len(wanted)) for at in range(len(text)) if text.startswith(wanted, at)]

    return any(
        0 <= second[0] - first[1] <= near.distance
        for left in places(near.left)
        for right in places(near.right)
        for first, second in ((left, right), (right, left))
    )


def _field_holds(record: SpeechRecord, field: str, words: tuple[str, ...]) -> bool:
    if field == "speaker" and not all(fold_name(word) for word in words):
        return False  # dots part a name and are none
    values = (record.title, record.subtitle) if field == "title" else (getattr(record, field),)
    return all(any(fold(word).lower() in fold(value).lower() for value in values) for word in words)


def _overlaps(record: SpeechRecord, period: DateRange) -> bool:
    if record.date_first is None or record.date_last is None:
        return False
    starts_in_time = period.last is None or record.date_first <= period.last
    return starts_in_time and (period.first is None or record.date_last >= period.first)


def _code_holds(record: SpeechRecord, leaf: FieldCode) -> bool:
    if leaf.field == "theme":
        borne = bool(leaf.code) and any(_bears(theme, leaf.code) for theme, _at in record.tags)
        return borne or not (leaf.code or record.tags)
    if leaf.field == "speaker":
        return fold_name(record.speaker) == leaf.code
    if leaf.field in ("year", "month"):
        return _name_period(record, leaf.field) == leaf.code
    return bool(getattr(record, leaf.field) == leaf.code)


def _name_period(record: SpeechRecord, key: str) -> str:
    first, last = record.date_first, record.date_last
    if first is None or last is None:
        return ""
    lies_within = (first.year, first.month) == (last.year, last.month)
    return f"{first:%Y-%m}" if key == "month" and lies_within else f"{first:%Y}"


def _bears(theme: int, name: str) -> bool:
    return theme in Names().find_themes(name)


def _related(unit: Unit, tagged: int) -> bool:
    inside = Unit(unit.record, tagged, ()).ancestors
    return unit.section in inside or tagged in unit.ancestors


def _covers(unit: Unit, start: int, end: int) -> bool:
    if unit.section == -1:
        return True
    section = unit.record.sections[unit.section]
    text = unit.record.text
    # Borders that differ by white space only are the same place.
    before = fold_part(text, start, section.start)
    return not before and not fold_part(text, section.end, end)


@st.composite
def records(draw: st.DrawFn, speech_id: int) -> SpeechRecord:
    """Draw a speech with a nested outline, tags and mentions."""
    text = draw(st.text(LETTERS, min_size=1, max_size=24))
    sections: list[SectionRecord] = []
    _split(draw, text, 0, len(text), -1, sections)
    count = len(sections)
    tags = draw(st.sets(st.tuples(st.integers(1, 3), st.integers(0, count - 1)), max_size=3))
    return SpeechRecord(
        id=speech_id,
        revision_id=speech_id * 10,
        title=draw(st.text(LETTERS, max_size=6)),
        subtitle=draw(st.text(LETTERS, max_size=4)),
        text=text,
        speaker=draw(st.text(LETTERS, max_size=3)),
        organisation=draw(st.text(LETTERS, max_size=3)),
        level=draw(st.sampled_from(LEVELS)),
        sections=tuple(sections),
        tags=tuple(sorted(tags)),
        mentions=tuple(sorted(draw(_mentions(text)))),
        **draw(_dates()),
    )


def _mentions(text: str) -> st.SearchStrategy[set[tuple[int, int, int]]]:
    """Draw mentions that begin and end with a character, as those of real slogans do."""
    places = [one.start for one in list_chars(text)]
    if not places:
        return st.just(set())
    place = st.sampled_from(places)
    mention = st.builds(
        lambda slogan, one, other: (slogan, min(one, other), max(one, other) + 1),
        st.integers(1, 2),
        place,
        place,
    )
    return st.sets(mention, max_size=3)


def _dates() -> st.SearchStrategy[dict[str, datetime.date | None]]:
    known = st.tuples(st.sampled_from(DAYS), st.integers(0, 90)).map(
        lambda drawn: {
            "date_first": drawn[0],
            "date_last": drawn[0] + datetime.timedelta(days=drawn[1]),
        }
    )
    return st.one_of(st.just({"date_first": None, "date_last": None}), known)


def _split(
    draw: st.DrawFn, text: str, start: int, end: int, parent: int, sections: list[SectionRecord]
) -> None:
    """Cover text[start:end] with sections, deeper ones inside, as the outline does."""
    cuts = draw(st.sets(st.integers(start, end), max_size=2)) | {start, end}
    borders = sorted(cuts)
    for low, high in pairwise(borders):
        at = len(sections)
        sections.append(SectionRecord(at + 1, str(at), "", parent, low, high, False))
        if high - low > 3 and draw(st.booleans()):
            _split(draw, text, low, high, at, sections)


@st.composite
def corpora(draw: st.DrawFn) -> list[SpeechRecord]:
    """Draw a few speeches."""
    return [draw(records(at)) for at in range(1, draw(st.integers(1, 4)) + 1)]


_TEXTS = st.text(LETTERS, min_size=1, max_size=4).filter(fold)
_PHRASES = st.builds(Phrase, _TEXTS)
_WORDS = st.builds(
    lambda words: Words(" ".join(words), tuple(words)), st.lists(_TEXTS, min_size=1, max_size=2)
)
_FIELDS = st.builds(
    FieldText, st.sampled_from(["title", "speaker", "organisation"]), _TEXTS, st.just(())
)
TEXT_LEAVES = st.one_of(
    _PHRASES,
    _WORDS,
    st.builds(Prefix, _TEXTS),
    st.builds(Near, _PHRASES, _PHRASES, st.integers(0, 4)),
    st.just(Everything()),
)
_NAMES = st.text(LETTERS, max_size=2).map(fold_name)
LEAVES = st.one_of(
    TEXT_LEAVES,
    _FIELDS,
    st.builds(FieldCode, st.just("level"), st.sampled_from(LEVELS), st.just("")),
    st.builds(FieldCode, st.just("theme"), st.sampled_from(["1", "2", "3", ""]), st.just("")),
    st.builds(
        FieldCode, st.just("speaker"), st.text(LETTERS, max_size=2).map(fold_name), st.just("")
    ),
    st.builds(FieldCode, st.sampled_from(["year", "month"]), st.sampled_from(PERIODS), st.just("")),
    st.builds(
        DateRange,
        st.one_of(st.none(), st.sampled_from(DAYS)),
        st.one_of(st.none(), st.sampled_from(DAYS)),
    ),
    st.builds(ThemeNamed, st.sampled_from("123")),
    st.builds(SloganNamed, st.sampled_from("12")),
)


def queries(leaves: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    """Draw query trees over leaves."""
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.builds(Not, inner),
            st.lists(inner, min_size=2, max_size=3).map(lambda nodes: And(tuple(nodes))),
            st.lists(inner, min_size=2, max_size=3).map(lambda nodes: Or(tuple(nodes))),
        ),
        max_leaves=5,
    )
