"""Which lines of a page's head may be its title, and which are something else for certain."""

from __future__ import annotations

import re
from typing import Final

from corpus_app.ingest.dates import DATE_WORDS, find_date
from corpus_app.ingest.labelling.labels import HEAD, Label
from corpus_app.ingest.labelling.reading import LabelledPage
from corpus_app.ingest.metadata.label_cells import is_bare_label, starts_with_label
from corpus_app.ingest.metadata.labels import (
    is_medium,
    read_labels,
)
from corpus_app.ingest.metadata.names import is_local_body
from corpus_app.ingest.metadata.persons import tell_person
from corpus_app.ingest.metadata.sittings import wraps_on
from corpus_app.ingest.metadata.title_choice import HEADLINE, count_han, is_sound
from corpus_app.ingest.metadata.title_lines import (
    IN_MEETING,
    SUBTITLE,
    cut_site,
    read_title_words,
)
from corpus_app.ingest.metadata.told_sentences import reports
from corpus_app.ingest.plausibility.titles import ends_as_document, find_title_fault
from corpus_app.ingest.rule_files import read_rules
from corpus_app.text.chars import squeeze

_STAMP: Final = re.compile(r"[12]\d{3}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}:\d{2}")
# 2019年6月10日　讲话提纲
_DATED: Final = re.compile(rf"[（(【\[]?{DATE_WORDS}[ \u3000]\S{{0,8}}$")
# 完残：右下角微残, 载体｜双套: a label that no list knows.
_LABELLED: Final = re.compile(
    r"^[\u4e00-\u9fff](?:[ \u3000]*[\u4e00-\u9fff]){1,3}\s*[:：｜丨]\s*(?=\S)"
)
# A page wants a title: without one a line that ends as a document does is taken, if it is but this
# likely to be one; one that names its meeting though it is hardly likely at all.
LIKELY_TITLE: Final = 0.03
NAMED_MEETING: Final = 0.001
# Above a subtitle behind dashes a title must stand: there the likeliest line is one.
LIKELY_NEAR: Final = 0.05
# Where no line is a title otherwise, one that stands out as the likeliest by so much is.
LIKELY_ALONE, OUTSTANDING = 0.05, 2.0
LONGEST_MEDIUM: Final = 14
# A subtitle stands so many lines below its title at most: the page's buttons may part them.
SUBTITLE_REACH: Final = 6
# A label by these names does not ask for the title.
_OTHER_FIELDS: Final = frozenset({"occasion", "organisation", "speaker", "role", "source", "host"})
# Shorter words stand in a title by chance.
SHORTEST_NAMED: Final = 6


def list_answers(page: LabelledPage) -> list[int]:
    """Return the places of values below a label that asks for the title (题目)."""
    asked = (n for n, label in enumerate(page.labels) if label in HEAD)
    asked = (n for n in asked if find_asked(page, n) == "title" and not page.units[n].gone)
    texts = {n: page.units[n].text for n in asked}
    return [
        n
        for n, text in texts.items()
        if page.labels[n] == Label.VALUE or (ends_as_document(text) and is_sound(text))
    ]


def answers_other(page: LabelledPage, place: int) -> bool:
    """Say whether a line is the value of a label that asks for something else (会议名称)."""
    return find_asked(page, place) in _OTHER_FIELDS


def find_asked(page: LabelledPage, place: int) -> str:
    """Return the field that a label without value right above a line asks for, "" for none."""
    text = page.units[place - 1].text if place else ""
    return read_labels(text)[0][0] if text and is_bare_label(text) else ""


def is_rest_of_subtitle(page: LabelledPage, place: int) -> bool:
    """Say whether a line ends the subtitle that the line above it began (——在某县第十四届)."""
    if not 0 < place < len(page.units):
        return False
    above = page.units[place - 1].text
    return SUBTITLE.match(above) is not None and wraps_on(above, page.units[place].text)


def may_head(page: LabelledPage, place: int, least: float = LIKELY_TITLE) -> bool:
    """Say whether a line may be a headline, or half of one, that was taken for chrome."""
    if page.find_label(place) not in HEAD or page.units[place].gone:
        return False
    return page.chances[place].get(Label.TITLE, 0.0) >= least


def is_other(text: str) -> bool:
    """Say whether a line names a holder of an office or a day, or begins with another's label."""
    dated = _STAMP.search(text) is not None and not ends_as_document(cut_site(text))
    dated = dated or _DATED.match(text) is not None
    dated = dated or (_LABELLED.match(text) is not None and not ends_as_document(cut_site(text)))
    dated = dated or {field for field, _ in read_labels(text)} == {"other"}
    dated = dated or reports(text)
    return dated or names_body(text) or names_holder(text) or starts_with_label(text)


def names_body(text: str) -> bool:
    """Say whether a line is the name of a body, or that of a paper or a site alone."""
    medium = len(text) <= LONGEST_MEDIUM and is_medium(text) and "_" not in text
    return is_local_body(text) or medium


def names_holder(text: str) -> bool:
    """Say whether a line is an office, alone or with who holds it, and no title."""
    fault = find_title_fault(text)
    held = fault is not None and fault.code == "person"
    told = set(tell_person(text))
    return held or told == {"speaker_role"} or ("speaker" in told and len(told) > 1)


def stands_above_subtitle(page: LabelledPage, place: int) -> bool:
    label = page.find_label(place + 1)
    broken = label in HEAD and is_rest_of_subtitle(page, place + 2)
    if label not in (Label.SUBTITLE, Label.TITLE) and not broken:
        return False
    return SUBTITLE.match(page.units[place + 1].text) is not None


def _has_subtitle_below(page: LabelledPage, place: int) -> bool:
    """Say whether a subtitle behind dashes stands a few lines below, and no title between."""
    for below in range(place + 1, place + 1 + SUBTITLE_REACH):
        label = page.find_label(below)
        if label == Label.SUBTITLE and SUBTITLE.match(page.units[below].text):
            return True
        if label == Label.TITLE or label not in HEAD:
            break
    return False


def is_near(page: LabelledPage, place: int) -> bool:
    """Say whether a line may well be the title of a subtitle a few lines below."""
    likely = page.chances[place].get(Label.TITLE, 0.0) >= LIKELY_NEAR
    return likely and _is_headline(page.units[place].text) and _has_subtitle_below(page, place)


def _is_headline(text: str) -> bool:
    """Say whether words are long enough for a headline, and nothing speaks against them."""
    return is_sound(cut_site(text)) and count_han(text) >= HEADLINE


def find_lone(page: LabelledPage) -> dict[int, str]:
    """Return the one line of the head that stands out as a headline, none where several do."""
    known = frozenset(read_rules("heads")["zones"]["known"])
    chances = {
        place: page.chances[place].get(Label.TITLE, 0.0)
        for place, unit in enumerate(page.units)
        if page.labels[place] in HEAD and not unit.gone and _is_headline(unit.text)
    }
    ranked = sorted(chances, key=lambda n: -chances[n])
    if not ranked or chances[ranked[0]] < LIKELY_ALONE or page.describe(ranked[0]) & known:
        return {}
    best, *others = ranked
    text = page.units[best].text
    named = is_other(text) or find_date(text) is not None
    rivalled = any(OUTSTANDING * chances[n] > chances[best] for n in others)
    return {} if named or rivalled else {best: text}


def find_likely(page: LabelledPage) -> dict[int, str]:
    """Return the likeliest lines of the head, and those that the page's window is called by."""
    window = squeeze(page.page_title)
    found = {}
    for place, unit in enumerate(page.units):
        chance = page.chances[place].get(Label.TITLE, 0.0)
        text = read_title_words(unit.text)
        named = len(squeeze(text)) >= SHORTEST_NAMED and squeeze(text) in window
        meeting = chance >= NAMED_MEETING and IN_MEETING.match(cut_site(text)) is not None
        headed = stands_above_subtitle(page, place)
        near = is_near(page, place)
        likely = (named or meeting or headed or chance >= LIKELY_TITLE) and not unit.gone
        borne = headed or near or ends_as_document(cut_site(text))
        borne = borne and not (is_other(text) or is_rest_of_subtitle(page, place))
        if likely and borne and page.labels[place] in HEAD:
            found[place] = text
    return found
