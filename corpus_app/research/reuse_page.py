"""The page of what a speech shares with others, and that of two speeches side by side."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlencode

import numpy as np
from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from corpus_app.catalog.addresses import link_speech
from corpus_app.catalog.models import Speech
from corpus_app.pages.downloads import Download, list_downloads
from corpus_app.pages.queries import Option
from corpus_app.text.difference import DiffSpan, compare_words
from corpus_app.text.numbers import read_bounded
from search import (
    DIRECTION_NAMES,
    LABEL_NAMES,
    TOLD,
    Label,
    LocatedReuse,
    PairReuse,
    ReusedPassage,
    list_stretches,
    quote_words,
    read_passages,
)

PER_PAGE: Final = 50
# Formulas listed; the file has no more, for each is found by its words.
MOST_FORMULAS: Final = 300
# A longer difference is no help, and its words stand on the page of both.
_LONGEST: Final = 4_000
# Of a formula so much is searched for: a longer quotation is refused nowhere, but found seldom.
_ASKED: Final = 40
_NUMBER: Final = re.compile(r"(?:.*/speeches/)?(\d{1,18})(?:/.*)?$")
# The strip along the speech is so many units wide.
_STRIP: Final = 1_000


@dataclass(frozen=True)
class ShownReuse:
    """A passage with its name, the address of its words in this speech, and what differs."""

    passage: ReusedPassage
    name: str | Promise
    direction: str | Promise
    url: str
    altered: int
    ours: tuple[DiffSpan, ...] = ()
    theirs: tuple[DiffSpan, ...] = ()


@dataclass(frozen=True)
class StripMark:
    """A stretch of the strip: its label, where it begins and how wide it is, of 1,000."""

    label: Label
    start: float
    width: float


@dataclass(frozen=True)
class LinkedFormula:
    """A formula and the addresses of its words here and of the search for them."""

    text: str
    url: str
    search_url: str


@dataclass(frozen=True)
class ReusePage:
    """What a speech shares; choices lead to the passages of one label, all of them first."""

    located: LocatedReuse
    passages: list[ShownReuse]
    pager: Page[int]
    label: str
    choices: list[Option]
    strip: list[StripMark]
    formulas: list[LinkedFormula]
    formula_count: int
    downloads: list[Download]
    shares: dict[str, int] = field(default_factory=dict)

    @property
    def querystring(self) -> str:
        """Return the parameters without the page."""
        return urlencode({"label": self.label}) if self.label else ""


def read_label(params: Mapping[str, str]) -> str:
    """Return the label asked for, "" for all."""
    asked = params.get("label", "")
    return asked if asked in TOLD else ""


def read_other(words: str) -> int | None:
    """Return the speech that a number or an address names, None for none."""
    found = _NUMBER.match(words.strip())
    return int(found[1]) if found else None


def build_reuse_page(speech: Speech, located: LocatedReuse, params: Mapping[str, str]) -> ReusePage:
    """Return the page of a speech's passages, those of one label where one is asked for."""
    label = read_label(params)
    rows = located.list_rows([label] if label else TOLD)
    number = read_bounded(params.get("page"), 1, len(rows) + 1, 1)
    pager = Paginator(range(len(rows)), PER_PAGE).get_page(number)
    chosen = rows[pager.start_index() - 1 : pager.end_index()] if len(rows) else rows
    formulas = list(located.list_formulas())
    question = urlencode({"label": label}) if label else ""
    return ReusePage(
        located=located,
        passages=[_show(speech, one) for one in read_passages(located, chosen)],
        pager=pager,
        label=label,
        choices=_list_choices(located, label),
        strip=list(_draw_strip(located)),
        formulas=[_link_formula(speech, *one.span, one.text) for one in formulas[:MOST_FORMULAS]],
        formula_count=len(formulas),
        downloads=list_downloads(reverse("speech_reuse_export", args=[speech.pk]), question),
        shares={name: round(100 * share) for name, share in located.shares.items()},
    )


def lay_out_pair(speech: Speech, pair: PairReuse) -> list[ShownReuse]:
    """Return the passages of two speeches, each with what differs on both sides."""
    return [_show(speech, one) for one in pair.passages]


def _show(speech: Speech, one: ReusedPassage) -> ShownReuse:
    spans: tuple[DiffSpan, ...] = ()
    if len(one.text) + len(one.other_text) <= _LONGEST:
        spans = compare_words(one.other_text, one.text)
    else:
        spans = (DiffSpan("deleted", one.other_text), DiffSpan("added", one.text))
    return ShownReuse(
        passage=one,
        name=LABEL_NAMES[one.label],
        direction=DIRECTION_NAMES[one.direction],
        url=link_speech(speech.pk, span=(one.start, one.end)),
        altered=round(100 * one.altered),
        ours=tuple(span for span in spans if span.kind != "deleted"),
        theirs=tuple(span for span in spans if span.kind != "added"),
    )


def _list_choices(located: LocatedReuse, chosen: str) -> list[Option]:
    counts = located.count_labels()
    every = Option(_name_all(sum(counts[label] for label in TOLD)), not chosen, "?")
    return [
        every,
        *(
            Option(f"{LABEL_NAMES[label]} {counts[label]}", label == chosen, f"?label={label}")
            for label in TOLD
            if counts[label]
        ),
    ]


def _name_all(count: int) -> str:
    return f"{_('全部')} {count}"


def _draw_strip(located: LocatedReuse) -> Iterator[StripMark]:
    """Yield the stretches of each label; formulas lie below what is borrowed."""
    scale = _STRIP / max(1, len(located.text))
    marks: Iterable[tuple[Label, np.ndarray]] = [
        ("formula", located.formula),
        *((label, located.mark_label(label)) for label in reversed(TOLD)),
    ]
    for label, mask in marks:
        for start, end in list_stretches(mask):
            yield StripMark(label, round(start * scale, 2), round((end - start) * scale, 2))


def _link_formula(speech: Speech, start: int, end: int, text: str) -> LinkedFormula:
    query = quote_words(text[:_ASKED])
    return LinkedFormula(
        text,
        link_speech(speech.pk, span=(start, end)),
        f"{reverse('search')}?{urlencode({'q': query})}",
    )
