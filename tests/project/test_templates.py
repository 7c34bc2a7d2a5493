"""The templates: lines that can be read, partials that are known by their names."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from tests.places import ROOT

TEMPLATES: Final = ROOT / "templates"
# Words of a sentence and what a Django tag holds can't be broken: a tag ends with its line, and
# a break between two words, or between a word and an inline element, is a blank on the page.
LONGEST_LINE: Final = 190
# A sentence right behind another one: in English they touch ("0.Years without texts").
TOUCHING: Final = re.compile(
    r"。(?:[\"'] %\}|\s*\{% endblocktranslate %\})(?:\{% if [^%]*%\})?\{% (?:block)?translate "
    r"|(?<!notices)(?<!reading\.sentences)\|join:\"\""
)


def list_templates() -> list[Path]:
    return sorted(TEMPLATES.rglob("*.html"))


def test_a_line_of_a_template_can_be_read() -> None:
    long = {
        f"{path.relative_to(TEMPLATES)}:{number}": len(line)
        for path in list_templates()
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if len(line) > LONGEST_LINE
    }
    assert not long


def test_sentences_are_parted_as_the_readers_language_parts_them() -> None:
    """By part_sentences or join_sentences, save where the words are Chinese in any language."""
    touching = {
        f"{path.relative_to(TEMPLATES)}": found[0]
        for path in list_templates()
        if (found := TOUCHING.search(path.read_text("utf-8")))
    }
    assert not touching


def test_what_scrolls_sideways_can_be_reached_and_has_a_name() -> None:
    """A wide table scrolls on a narrow window, there only: whether keys reach it is seen here."""
    mute = [
        f"{path.relative_to(TEMPLATES)}: {tag}"
        for path in list_templates()
        for tag in re.findall(r'<[a-z]+ class="table-wrap[^>]*>', path.read_text("utf-8"))
        if 'tabindex="0"' not in tag or "aria-label" not in tag
    ]
    assert not mute


def test_a_partial_begins_with_an_underscore_and_a_page_does_not() -> None:
    misnamed = []
    for path in list_templates():
        text = path.read_text("utf-8")
        is_page = "{% extends " in text or "<!doctype html>" in text
        if is_page == path.name.startswith("_"):
            misnamed.append(str(path.relative_to(TEMPLATES)))
    assert not misnamed


def test_every_partial_is_used_and_every_used_template_is_there() -> None:
    places = [TEMPLATES, ROOT / "corpus_app"]
    texts = [
        path.read_text("utf-8")
        for place in places
        for path in place.rglob("*")
        if path.suffix in {".py", ".html"}
    ]
    named = {
        name
        for text in texts
        for name in re.findall(r"""["']((?:[\w.-]+/)*_[\w.-]+\.html)["']""", text)
    }
    partials = {
        str(path.relative_to(TEMPLATES)) for path in list_templates() if path.name.startswith("_")
    }
    assert named == partials
