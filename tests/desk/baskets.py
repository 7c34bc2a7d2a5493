"""Baskets and passages for tests."""

from __future__ import annotations

from django.contrib.auth.models import User

from corpus_app.catalog.models import Speech
from corpus_app.catalog.services import revise_speech
from corpus_app.desk import services
from corpus_app.desk.models import Basket, Entry
from corpus_app.desk.passages import AskedPassage, Passage, find_passage
from corpus_app.ingest.pipeline import parse_bytes


def take(speech: Speech, key: str = "", words: str = "") -> Passage:
    """Return a section of the speech, or the place of words in it."""
    assert speech.current
    editor = User(is_superuser=True)
    if not words:
        return find_passage(AskedPassage(speech.pk, key), editor)
    start = speech.current.text.index(words)
    return find_passage(AskedPassage(speech.pk, key, start, start + len(words)), editor)


def fill(owner: User, *passages: Passage, name: str = "备用材料") -> Basket:
    """Return a new basket with the passages."""
    basket = services.create_basket(owner, name)
    for passage in passages:
        services.add_passage(basket, passage)
    return basket


def list_words(basket: Basket) -> list[str]:
    """Return the words of the basket's entries in order."""
    present = basket.entries.filter(removed=False).order_by("position")
    return list(present.values_list("words", flat=True))


def list_present(basket: Basket) -> list[Entry]:
    """Return the basket's entries in order."""
    return list(basket.entries.filter(removed=False).order_by("position"))


def revise(speech: Speech, text: str) -> None:
    """Give the speech a new revision made from the text."""
    assert speech.current
    revise_speech(speech, parse_bytes(text.encode(), "new.txt"), speech.current.upload)
    speech.refresh_from_db()
