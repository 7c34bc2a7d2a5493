"""The title among a page's labelled lines: the best of them, and what belongs to it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from corpus_app.ingest.labelling.labels import HEAD, Label
from corpus_app.ingest.labelling.reading import LabelledPage
from corpus_app.ingest.metadata.labels import (
    is_bare_label,
    read_labels,
    starts_with_label,
)
from corpus_app.ingest.metadata.persons import tell_person
from corpus_app.ingest.metadata.sittings import is_day, wraps_on
from corpus_app.ingest.metadata.title_choice import (
    HEADLINE,
    SURE,
    are_halves,
    choose_title,
    find_headline,
    is_sound,
    surely_goes_on,
)
from corpus_app.ingest.metadata.title_lines import (
    IN_MEETING,
    SUBTITLE,
    cut_site,
    is_subtitle,
    read_title_words,
)
from corpus_app.ingest.plausibility.titles import ends_as_document, find_title_fault
from corpus_app.text.chars import squeeze

_YEAR: Final = re.compile(r"[12]\d{3}年")
# A page wants a title: without one a line that ends as a document does is taken, if it is but this
# likely to be one; one that names its meeting though it is hardly likely at all.
LIKELY_TITLE: Final = 0.03
NAMED_MEETING: Final = 0.001
# A line above a sound title is its headline, or half of it, only where it is likely a title too:
# links of the site stand there as well. Of two halves as long as each other less is asked.
LIKELY_HEADLINE: Final = 0.3
LIKELY_HALF: Final = 0.15
SURE_HALF: Final = 0.9
SHORTEST_REST, LONGEST_REST = 4, 8
# A subtitle stands so many lines below its title at most: the page's buttons may part them.
SUBTITLE_REACH: Final = 6
_BELOW_TITLES: Final = frozenset((Label.SUBTITLE, Label.DATE, Label.SPEAKER))
# A label by these names does not ask for the title.
_OTHER_FIELDS: Final = frozenset({"occasion", "organisation", "speaker", "role", "source", "host"})
# Shorter words stand in a title by chance.
SHORTEST_NAMED: Final = 6


@dataclass(frozen=True, slots=True)
class TitleLines:
    """The places of a title's lines and of its subtitle's, and the words of the former.

    rival is how likely the best of the other lines is a title.
    """

    lines: list[int] = field(default_factory=list)
    below: list[int] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    rival: float = 0.0


def find_title(page: LabelledPage) -> TitleLines:
    """Return the title's lines and the subtitle's below it; none where no line is sound."""
    places = [n for n, label in enumerate(page.labels) if label == Label.TITLE]
    places = [n for n in places if not (page.units[n].gone or _answers_other(page, n))]
    texts = {n: read_title_words(page.units[n].text) for n in places}
    broken = [n for n in texts if n + 1 not in texts and _goes_on(page, n)]
    texts |= {n + 1: page.units[n + 1].text for n in broken}
    texts |= {n: page.units[n].text for n in _list_answers(page)}
    texts = {
        n: text
        for n, text in sorted(texts.items())
        if not (_is_other(text) or _is_rest_of_subtitle(page, n))
    }
    if (stated := _keep_stated(page, texts)) is not None:
        texts = stated
    run = _choose(page, texts)
    if not run and stated is None:
        texts = _find_likely(page)
        run = _choose(page, texts)
    if not run:
        return TitleLines()
    above = run[0] - 1
    if above not in texts and _may_head(page, above):
        texts[above] = page.units[above].text
    # The first line of all has nothing of the site above it, unless it looks like a link.
    first = above == 0 and "link" not in page.describe(above)
    least = LIKELY_HALF if first else LIKELY_HEADLINE
    headline = find_headline(run, texts) if _may_head(page, above, least) else None
    if headline is None and _is_column_above(page, run):
        run = [run[-1] + 1]
    lines = _extend(page, run if headline is None else [headline, *run])
    below: list[int] = []
    while _is_subtitle(page, next_line := lines[-1] + len(below) + 1) or (
        below and _is_rest_of_subtitle(page, next_line)
    ):
        below.append(next_line)
    words = [texts.get(n) or page.units[n].text for n in lines]
    taken = {*list_repeats(page, "".join(words)), *lines, *below}
    others = (page.chances[n].get(Label.TITLE, 0.0) for n in texts if n not in taken)
    return TitleLines(lines, below, words, max(others, default=0.0))


def _is_column_above(page: LabelledPage, run: list[int]) -> bool:
    """Say whether a few words stand above 在…会议上的讲话, too short to be its headline."""
    below = run[-1] + 1
    if len(run) > 1 or below >= len(page.units) or page.find_label(below) not in HEAD:
        return False
    text = page.units[below].text
    short = len(squeeze(page.units[run[0]].text)) < HEADLINE
    return (
        short
        and IN_MEETING.match(text) is not None
        and not ends_as_document(page.units[run[0]].text)
    )


def _list_answers(page: LabelledPage) -> list[int]:
    """Return the places of values below a label that asks for the title (题目)."""
    values = (n for n, label in enumerate(page.labels) if label == Label.VALUE)
    return [n for n in values if _find_asked(page, n) == "title" and not page.units[n].gone]


def _answers_other(page: LabelledPage, place: int) -> bool:
    """Say whether a line is the value of a label that asks for something else (会议名称)."""
    return _find_asked(page, place) in _OTHER_FIELDS


def _find_asked(page: LabelledPage, place: int) -> str:
    """Return the field that a label without value right above a line asks for, "" for none."""
    text = page.units[place - 1].text if place else ""
    return read_labels(text)[0][0] if text and is_bare_label(text) else ""


def _is_rest_of_subtitle(page: LabelledPage, place: int) -> bool:
    """Say whether a line ends the subtitle that the line above it began (——在某县第十四届)."""
    if not 0 < place < len(page.units):
        return False
    above = page.units[place - 1].text
    return SUBTITLE.match(above) is not None and wraps_on(above, page.units[place].text)


def list_repeats(page: LabelledPage, title: str) -> list[int]:
    """Return the places of lines of the head that are the title again, or a part of it."""
    whole = squeeze(title)
    found = []
    for place, unit in enumerate(page.units):
        words, label = squeeze(unit.text), page.labels[place]
        long = label == Label.TITLE or (label in HEAD and len(words) >= SHORTEST_NAMED)
        if whole and long and (words in whole or whole in words):
            found.append(place)
    return found


def _choose(page: LabelledPage, texts: Mapping[int, str]) -> list[int]:
    chances = {n: page.chances[n].get(Label.TITLE, 0.0) for n in texts}
    heads = {n for n in texts if _heads_others(page, n)}
    for place in texts:
        if _find_asked(page, place) == "title":
            chances[place] = 1.0
        near = place in heads or _has_subtitle_below(page, place)
        if _stands_above_subtitle(page, place) or (near and chances[place] >= LIKELY_HEADLINE):
            chances[place] = max(chances[place], SURE)
    return choose_title(texts, chances, page.page_title, heads)


def _keep_stated(page: LabelledPage, texts: Mapping[int, str]) -> dict[int, str] | None:
    """Return the lines that agree with the title that the format states, None where it states none.

    Where no line does, the statement is the title.
    """
    title = squeeze(cut_site(page.stated_title))
    if not title or not (is_sound(title) and ends_as_document(title)):
        return None
    lines = {n: squeeze(cut_site(text)) for n, text in texts.items()}
    return {n: texts[n] for n, words in lines.items() if words in title or title in words}


def _may_head(page: LabelledPage, place: int, least: float = LIKELY_TITLE) -> bool:
    """Say whether a line may be a headline, or half of one, that was taken for chrome."""
    if page.find_label(place) not in HEAD or page.units[place].gone:
        return False
    return page.chances[place].get(Label.TITLE, 0.0) >= least


def _stands_above_subtitle(page: LabelledPage, place: int) -> bool:
    label = page.find_label(place + 1)
    broken = label in HEAD and _is_rest_of_subtitle(page, place + 2)
    if label not in (Label.SUBTITLE, Label.TITLE) and not broken:
        return False
    return SUBTITLE.match(page.units[place + 1].text) is not None


def _heads_others(page: LabelledPage, place: int) -> bool:
    """Say whether a subtitle, day or speaker stands right below a line that is no title's rest."""
    return page.find_label(place + 1) in _BELOW_TITLES and not _has_rest(page, place - 1)


def _is_other(text: str) -> bool:
    """Say whether a line is a holder of an office, or begins with a label for another thing."""
    return _names_holder(text) or starts_with_label(text)


def _names_holder(text: str) -> bool:
    """Say whether a line is an office, alone or with who holds it, and no title."""
    fault = find_title_fault(text)
    held = fault is not None and fault.code == "person"
    told = set(tell_person(text))
    return held or told == {"speaker_role"} or {"speaker", "speaker_role"} <= told


def _has_subtitle_below(page: LabelledPage, place: int) -> bool:
    """Say whether a subtitle behind dashes stands a few lines below, and no title between."""
    for below in range(place + 1, place + 1 + SUBTITLE_REACH):
        label = page.find_label(below)
        if label == Label.SUBTITLE and SUBTITLE.match(page.units[below].text):
            return True
        if label == Label.TITLE or label not in HEAD:
            break
    return False


def _find_likely(page: LabelledPage) -> dict[int, str]:
    """Return the likeliest lines of the head, and those that the page's window is called by."""
    window = squeeze(page.page_title)
    found = {}
    for place, unit in enumerate(page.units):
        chance = page.chances[place].get(Label.TITLE, 0.0)
        text = read_title_words(unit.text)
        named = len(squeeze(text)) >= SHORTEST_NAMED and squeeze(text) in window
        meeting = chance >= NAMED_MEETING and IN_MEETING.match(cut_site(text)) is not None
        headed = _stands_above_subtitle(page, place)
        near = chance >= LIKELY_HEADLINE and _has_subtitle_below(page, place)
        likely = (named or meeting or headed or chance >= LIKELY_TITLE) and not unit.gone
        borne = headed or near or ends_as_document(cut_site(text))
        borne = borne and not (_is_other(text) or _is_rest_of_subtitle(page, place))
        if likely and borne and page.labels[place] in HEAD:
            found[place] = text
    return found


def _extend(page: LabelledPage, run: list[int]) -> list[int]:
    """Return the lines of a title with those above and below that a broken word joins to it."""
    lines = list(run)
    while _goes_on(page, lines[0] - 1):
        lines.insert(0, lines[0] - 1)
    if len(lines) == 1 and _may_head(page, lines[0] - 1, LIKELY_HALF):
        before, after = (page.units[n].text for n in (lines[0] - 1, lines[0]))
        equal = len(before) == len(after) or _may_head(page, lines[0] - 1, LIKELY_HEADLINE)
        if equal and are_halves(before, after):
            lines.insert(0, lines[0] - 1)
    above = lines[0] - 1
    year = page.find_label(above) in HEAD and _YEAR.fullmatch(page.units[above].text)
    if year and len(lines) > 1:
        lines.insert(0, above)
    while _goes_on(page, lines[-1]) or (len(lines) == 1 and _has_rest(page, lines[-1])):
        lines.append(lines[-1] + 1)
    return lines


def _has_rest(page: LabelledPage, place: int) -> bool:
    """Say whether a few words below a title, as surely of it, are its rest (…工作, 再上新台阶)."""
    rest = place + 1
    if page.find_label(rest) != Label.TITLE or not _may_head(page, rest, SURE_HALF):
        return False
    before, after = page.units[place].text, page.units[rest].text
    inside = squeeze(after) in squeeze(before) or is_subtitle(after)
    short = SHORTEST_REST <= len(after) <= LONGEST_REST and not _names_holder(after)
    return short and not inside and not ends_as_document(before)


def _goes_on(page: LabelledPage, place: int) -> bool:
    """Say whether a line breaks off in a word that the next one ends."""
    if not all(page.find_label(n) in HEAD for n in (place, place + 1)):
        return False
    before, after = page.units[place], page.units[place + 1]
    return not (before.gone or after.gone) and surely_goes_on(before.text, after.text)


def _is_subtitle(page: LabelledPage, place: int) -> bool:
    label = page.find_label(place)
    broken = label in HEAD and _is_rest_of_subtitle(page, place + 1)
    if label not in (Label.SUBTITLE, Label.TITLE) and not broken:
        return False
    text = page.units[place].text
    if is_day(text) or "speaker" in tell_person(text):
        return False
    return label == Label.SUBTITLE or is_subtitle(text)
