"""The page of words used like one, and the ways from each of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from django.urls import reverse

from corpus_app.pages.downloads import Download, list_downloads
from search import SimilarWords, find_similar, quote_words

# Words beside a search; the page has more.
BESIDE: Final = 6
# A longer run is no word.
LONGEST: Final = 24


@dataclass(frozen=True)
class OfferedWord:
    """A word used alike: its search alone, together with the word asked for, and its own page."""

    word: str
    percent: int
    speeches: int
    search_url: str
    both_url: str
    similar_url: str


@dataclass(frozen=True)
class SimilarPage:
    """What is used like a word, as it is shown."""

    found: SimilarWords
    words: list[OfferedWord]
    downloads: list[Download]


def build_similar_page(word: str) -> SimilarPage:
    """Return the page of a word."""
    found = find_similar(word[:LONGEST])
    asked = urlencode({"q": found.word})
    return SimilarPage(
        found, list_offers(found), list_downloads(reverse("similar_words_export"), asked)
    )


def list_offers(found: SimilarWords) -> list[OfferedWord]:
    """Return the words with their addresses; both_url asks for either, written so."""
    search, own = reverse("search"), reverse("similar_words")
    asked = quote_words(found.word)
    return [
        OfferedWord(
            word=one.word,
            percent=round(100 * one.likeness),
            speeches=one.speeches,
            search_url=f"{search}?{urlencode({'q': quote_words(one.word)})}",
            both_url=f"{search}?{urlencode({'q': f'{asked} | {quote_words(one.word)}'})}",
            similar_url=f"{own}?{urlencode({'q': one.word})}",
        )
        for one in found.words
    ]


def list_beside(word: str) -> list[OfferedWord]:
    """Return a few words used like the one that is searched for, none for a longer run."""
    if not word or len(word) > LONGEST:
        return []
    return list_offers(find_similar(word))[:BESIDE]
