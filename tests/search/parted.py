"""A corpus whose speeches differ in every key by which they can be parted, read plainly."""

from __future__ import annotations

import datetime
import random
from collections.abc import Sequence

from corpus_app.catalog.models import Section, Source, Speaker, Speech
from corpus_app.themes.models import Theme
from search.index.indexing import index_speeches
from tests.search.factories import Part, make_speech, make_theme, tag_section

SPEAKERS = ("石磊", "石磊磊", "石·磊", "李青", "")
PLACES = ("芦汀市", "芦汀市东区", "")
SOURCES = ("芦汀人大网", "")
DATES = ("2019-03-04", "2019-03", "2019", "2020-12-31", "2021-01", "")
WORDS = "监督代表立法。\n"


def make_parted(size: int = 24, seed: int = 5) -> list[Speech]:
    """Return indexed speeches, most values shared by several; themes lie on sections, nested."""
    chance = random.Random(seed)
    above = make_theme("work", "代表工作")
    themes = [above, make_theme("station", "代表家站"), make_theme("law", "立法")]
    themes[1].parent = above
    themes[1].save()
    speeches = [_make(chance, themes) for _ in range(size)]
    index_speeches([speech.pk for speech in speeches])
    return speeches


def _make(chance: random.Random, themes: Sequence[Theme]) -> Speech:
    def draw(longest: int) -> str:
        text = "".join(chance.choices(WORDS, k=chance.randint(1, longest)))
        return text.strip() or "监督"

    speaker, source = chance.choice(SPEAKERS), chance.choice(SOURCES)
    inner = [Part(body=draw(20), marker="（一）"), Part(body=draw(20))]
    parts = [draw(30), Part(draw(5).replace("\n", ""), draw(40), inner, marker="一、"), draw(30)]
    speech = make_speech(
        draw(6).replace("\n", ""),
        parts if chance.random() < 0.8 else parts[1:2],
        date=chance.choice(DATES),
        organisation=chance.choice(("芦汀市人大", "青芜县人大", "")),
        level=chance.choice(("prefecture", "county", "")),
        genre=chance.choice(("report", "")),
        place=chance.choice(PLACES),
        speaker=Speaker.objects.get_or_create(name=speaker)[0] if speaker else None,
        source_url=f"https://ruting.example/{chance.random()}",
        source=Source.objects.get_or_create(name=source)[0] if source else None,
    )
    assert speech.current
    sections = speech.current.sections
    for key, kind in (("1", Section.Kind.OPENING), ("3", Section.Kind.CLOSING)):
        if chance.random() < 0.6:
            sections.filter(key=key, heading="", marker="").update(kind=kind)
    keys = list(sections.values_list("key", flat=True))
    for theme in chance.sample(themes, chance.randint(0, 2)):
        tag_section(speech, chance.choice(keys), theme)
    return speech


def list_key_values(speech: Speech, key: str) -> set[str]:
    """Return the values of a key that a speech has, {""} where it is not known."""
    if key == "theme":
        return _list_themes(speech) or {""}
    if key in ("year", "month"):
        return {_name_period(speech, key)}
    if key in ("speaker", "organisation", "source"):
        named = getattr(speech, key)
        name = named.name if named else ""
        return {name.replace("·", "") if key == "speaker" else name}
    return {getattr(speech, key)}


def _list_themes(speech: Speech) -> set[str]:
    assert speech.current
    found = set()
    for section in speech.current.sections.all():
        for tag in section.theme_tags.all():
            theme: Theme | None = tag.theme
            while theme is not None:
                found.add(theme.slug)
                theme = theme.parent
    return found


def _name_period(speech: Speech, key: str) -> str:
    first, last = speech.date_start, speech.date_end
    if first is None:
        return ""
    assert isinstance(last, datetime.date)
    exact = key == "month" and (first.year, first.month) == (last.year, last.month)
    return f"{first:%Y-%m}" if exact else f"{first:%Y}"


def count_words(speech: Speech, words: str) -> int:
    """Return how often words stand in title, subtitle and text, overlapping ones each."""
    assert speech.current
    zones = ("".join(t.split()) for t in (speech.title, speech.subtitle, speech.current.text))
    return sum(zone.startswith(words, at) for zone in zones for at in range(len(zone)))


def count_characters(speech: Speech) -> int:
    """Return the characters of title, subtitle and text, without white space."""
    assert speech.current
    return len("".join((speech.title + speech.subtitle + speech.current.text).split()))
