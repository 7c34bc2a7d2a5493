"""Words for ranking: one segmenter with the domain's dictionary, for index and query alike."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final

import jieba
from django.conf import settings

from corpus_app.text.chars import write_text
from corpus_app.text.folding import FOLDING_VERSION, Folded, fold, fold_with_offsets
from search.analysis.lexicon import Lexicon
from search.analysis.segmenter import Segmenter

DOMAIN_WORDS: Final = Path(__file__).parent / "data" / "domain_words.txt"
ANALYSIS_VERSION: Final = "1"

_LOG: Final = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text with its place, and its number among the text's words."""

    text: str
    start: int
    end: int
    position: int


def read_domain_words() -> list[str]:
    """Return the entries of the domain dictionary ("word" or "word frequency tag"), in order."""
    if not DOMAIN_WORDS.exists():
        return []
    lines = DOMAIN_WORDS.read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


@cache
def dictionary_digest() -> str:
    """Return a digest of everything that decides how texts are cut."""
    digest = hashlib.blake2b(digest_size=16)
    digest.update(f"{jieba.__version__}/{ANALYSIS_VERSION}/{FOLDING_VERSION}".encode())
    digest.update("\n".join(read_domain_words()).encode())
    return digest.hexdigest()


@cache
def load_segmenter() -> Segmenter:
    """Return this process's segmenter, its dictionary mapped from the data folder."""
    folder = Path(settings.CACHE_DIR) / f"lexicon-{dictionary_digest()}"
    lexicon = Lexicon.open(folder)
    if lexicon is None:
        tokenizer = load_jieba()
        built = Lexicon.build(tokenizer.FREQ, tokenizer.total)
        try:
            built.save(folder)
        except OSError:  # a full disk must not stop searching
            _LOG.exception("The dictionary could not be kept; every process makes its own")
        lexicon = Lexicon.open(folder) or built
    return Segmenter(lexicon)


def load_jieba() -> Any:
    """Return a jieba tokenizer with the domain's words, from which the dictionary is made."""
    jieba.setLogLevel(logging.WARNING)
    cache_dir = Path(settings.CACHE_DIR)
    cache_dir.mkdir(parents=True, exist_ok=True)
    tokenizer = jieba.Tokenizer()
    tokenizer.tmp_dir = str(cache_dir)
    tokenizer.cache_file = f"jieba-{jieba.__version__}.cache"
    tokenizer.initialize()
    for entry in read_domain_words():
        word, *rest = entry.split()
        tokenizer.add_word(fold(word), *_read_frequency(rest))
    return tokenizer


def _read_frequency(rest: list[str]) -> list[int]:
    return [int(rest[0])] if rest and rest[0].isdigit() else []


def cut_words(text: str) -> list[Word]:
    """Return the words of a text, punctuation and white space left out.

    cut_words("代表履职，为民") gives 代表, 履职, 为民. Offsets point into the text.
    """
    words: list[Word] = []
    folded = fold_with_offsets(text, with_space=True)
    offsets, ends = folded.offsets.tolist(), folded.ends.tolist()
    start = 0
    for piece in load_segmenter().cut(_lower(folded)):
        end = start + len(piece)
        if any(char.isalnum() for char in piece):
            words.append(Word(piece, offsets[start], ends[end - 1], len(words)))
        start = end
    return words


def _lower(folded: Folded) -> str:
    text = write_text(folded.codes)
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else text  # a few capitals grow (İ)


def split_runs(text: str) -> list[str]:
    """Return the text, normalised, in runs that the segmenter cuts each on its own.

    Cutting the runs gives the same words as cutting the text, so a run that comes again need
    not be cut again.
    """
    normalised = _lower(fold_with_offsets(text, with_space=True))
    return [run for run in jieba.re_han_default.split(normalised) if run]


def cut_all_texts(texts: Iterable[str]) -> Iterator[list[str]]:
    """Yield the pieces of each text, marks and white space among them, as cut_words parts it.

    All together they cover the text, normalised; what several texts repeat is cut once.
    """
    split = [split_runs(text) for text in texts]
    runs = list(dict.fromkeys(run for each in split for run in each))
    pieces = dict(zip(runs, load_segmenter().cut_runs(runs), strict=True))
    for each in split:
        yield [piece for run in each for piece in pieces[run]]


def cut_for_index(text: str) -> Iterator[Word]:
    """Yield the words of a text and the dictionary's words inside them, at the same position.

    全过程人民民主 also gives 过程, 人民 and 民主, so that each of them finds it.
    """
    for word in cut_words(text):
        yield word
        inner_words = list_inner_words(word.text)
        if not inner_words:
            continue
        source = fold_with_offsets(text[word.start : word.end], with_space=True)
        for at, inner in inner_words:
            start, end = source.find_span(at, at + len(inner))
            yield Word(inner, word.start + start, word.start + end, word.position)


@lru_cache(maxsize=100_000)
def list_inner_words(word: str) -> tuple[tuple[int, str], ...]:
    """Return the dictionary's words of two and three characters in a longer one, by place."""
    holds = load_segmenter().lexicon.holds
    return tuple(
        (at, inner)
        for size in (2, 3)
        if size < len(word)
        for at in range(len(word) - size + 1)
        if holds(inner := word[at : at + size])
    )
