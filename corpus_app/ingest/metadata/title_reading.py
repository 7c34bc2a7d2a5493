"""The title among a page's labelled lines: the best of them, and what belongs to it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from corpus_app.ingest.labelling.labels import HEAD, Label
from corpus_app.ingest.labelling.reading import LabelledPage
from corpus_app.ingest.metadata.persons import tell_person
from corpus_app.ingest.metadata.sittings import is_day
from corpus_app.ingest.metadata.title_candidates import (
    SHORTEST_NAMED,
    answers_other,
    find_asked,
    find_likely,
    find_lone,
    is_near,
    is_other,
    is_rest_of_subtitle,
    list_answers,
    may_head,
    stands_above_subtitle,
)
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
    cut_site,
    is_subtitle,
    read_title_words,
)
from corpus_app.ingest.metadata.told_sentences import announces
from corpus_app.ingest.plausibility.titles import ends_as_document
from corpus_app.text.chars import squeeze

_YEAR: Final = re.compile(r"[12]\d{3}年")
# A line above a sound title is its headline, or half of it, only where it is likely a title too:
# links of the site stand there as well. Of two halves as long as each other less is asked.
LIKELY_HEADLINE: Final = 0.3
LIKELY_HALF: Final = 0.15
SURE_HALF: Final = 0.8
SHORTEST_REST, LONGEST_REST = 2, 8
_BELOW_TITLES: Final = frozenset((Label.SUBTITLE, Label.DATE, Label.SPEAKER))


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
    texts = _list_texts(page)
    if (stated := _keep_stated(page, texts)) is not None:
        texts = stated
    run = _choose(page, texts)
    if not run and stated is None:
        texts = find_likely(page)
        run = _choose(page, texts)
    if not run:
        texts = find_lone(page) if stated is None else {}
        run = list(texts)
    if not run:
        return TitleLines()
    if (fuller := _find_fuller(page, run)) is not None:
        run = [fuller]
        texts = {**texts, fuller: page.units[fuller].text}
    above = run[0] - 1
    if above not in texts and may_head(page, above) and not is_other(page.units[above].text):
        texts[above] = page.units[above].text
    # The first line of all has nothing of the site above it, unless it looks like a link.
    first = above == 0 and "link" not in page.describe(above)
    least = LIKELY_HALF if first else LIKELY_HEADLINE
    headed = may_head(page, above, least) and not _is_titled_without(page, above)
    headline = find_headline(run, texts) if headed else None
    if headline is None and _is_column_above(page, run):
        run = [run[-1] + 1]
    lines = _extend(page, run if headline is None else [headline, *run])
    below: list[int] = []
    while _is_subtitle(page, next_line := lines[-1] + len(below) + 1) or (
        below and is_rest_of_subtitle(page, next_line)
    ):
        below.append(next_line)
    words = [texts.get(n) or page.units[n].text for n in lines]
    taken = {*list_repeats(page, "".join(words)), *lines, *below}
    others = (page.chances[n].get(Label.TITLE, 0.0) for n in texts if n not in taken)
    return TitleLines(lines, below, words, max(others, default=0.0))


def _find_fuller(page: LabelledPage, run: list[int]) -> int | None:
    """Return the place of a line above that is a title whole, of which the run is the beginning.

    在…会议上的讲话 above 在…会议上: the meeting again.
    """
    words = squeeze("".join(page.units[n].text for n in run))
    if ends_as_document(words):
        return None
    for place in range(run[0] - 1, -1, -1):
        text = page.units[place].text
        whole = squeeze(text)
        if (
            page.labels[place] in HEAD
            and whole.startswith(words)
            and LONGEST_REST >= len(whole) - len(words) > 0
            and ends_as_document(text)
            and is_sound(text)
        ):
            return place
    return None


def _list_texts(page: LabelledPage) -> dict[int, str]:
    """Return the lines that are labelled as titles or asked for as one, by their places."""
    places = [n for n, label in enumerate(page.labels) if label == Label.TITLE]
    places = [n for n in places if not (page.units[n].gone or answers_other(page, n))]
    texts = {n: read_title_words(page.units[n].text) for n in places}
    broken = [n for n in texts if n + 1 not in texts and _goes_on(page, n)]
    texts |= {n + 1: page.units[n + 1].text for n in broken}
    texts |= {n: page.units[n].text for n in list_answers(page)}
    return {
        n: text
        for n, text in sorted(texts.items())
        if not (is_other(text) or is_rest_of_subtitle(page, n))
    }


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
        if find_asked(page, place) == "title":
            chances[place] = 1.0
        likely = place in heads and chances[place] >= LIKELY_HEADLINE
        if likely or stands_above_subtitle(page, place) or is_near(page, place):
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


def _heads_others(page: LabelledPage, place: int) -> bool:
    """Say whether a subtitle, day or speaker stands right below a line that is no title's rest."""
    return page.find_label(place + 1) in _BELOW_TITLES and not _has_rest(page, place - 1)


def _is_titled_without(page: LabelledPage, above: int) -> bool:
    """Say whether the page's window is called by the line below, without the one above it."""
    window = squeeze(page.page_title)
    upper, lower = (squeeze(page.units[n].text) for n in (above, above + 1))
    return lower in window and upper not in window


def _extend(page: LabelledPage, run: list[int]) -> list[int]:
    """Return the lines of a title with those above and below that a broken word joins to it."""
    lines = list(run)
    while _goes_on(page, lines[0] - 1):
        lines.insert(0, lines[0] - 1)
    if len(lines) == 1 and may_head(page, lines[0] - 1, LIKELY_HALF):
        before, after = (page.units[n].text for n in (lines[0] - 1, lines[0]))
        denied = _is_titled_without(page, lines[0] - 1)
        equal = len(before) == len(after) or may_head(page, lines[0] - 1, LIKELY_HEADLINE)
        if equal and not denied and are_halves(before, after):
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
    if page.find_label(rest) != Label.TITLE or not may_head(page, rest, SURE_HALF):
        return False
    before, after = page.units[place].text, page.units[rest].text
    inside = squeeze(after) in squeeze(before) or is_subtitle(after)
    short = SHORTEST_REST <= len(after) <= LONGEST_REST
    other = inside or is_other(after)
    column = len(squeeze(before)) < HEADLINE or ends_as_document(before)
    return short and not (other or column) and is_sound(before + after)


def _goes_on(page: LabelledPage, place: int) -> bool:
    """Say whether a line breaks off in a word that the next one ends."""
    if not all(page.find_label(n) in HEAD for n in (place, place + 1)):
        return False
    before, after = page.units[place], page.units[place + 1]
    return not (before.gone or after.gone) and surely_goes_on(before.text, after.text)


def _is_subtitle(page: LabelledPage, place: int) -> bool:
    label = page.find_label(place)
    broken = label in HEAD and is_rest_of_subtitle(page, place + 1)
    if label not in (Label.SUBTITLE, Label.TITLE) and not broken:
        return False
    text = page.units[place].text
    if is_day(text) or "speaker" in tell_person(text) or announces(text):
        return False
    return label == Label.SUBTITLE or is_subtitle(text)
