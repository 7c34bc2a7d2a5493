"""Which speeches a change can touch: current texts in order, and whether they have its words."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import F, QuerySet

from corpus_app.catalog.models import Revision, Speech
from corpus_app.registry.models import RegistryChange
from corpus_app.text.chars import squeeze
from corpus_app.text.folding import fold_keeping_space
from corpus_app.text.marks import drop_marks


@dataclass(frozen=True)
class Needles:
    """Words as they are looked for, and speeches that count whatever they say."""

    words: Collection[str]
    speeches: Collection[int]

    @classmethod
    def of_change(cls, change: RegistryChange) -> Needles:
        """Return those of a change."""
        words = {strip(word) for word in change.words}
        return cls(words - {""}, frozenset(change.speeches))

    def hit(self, revision: Revision) -> bool:
        """Return whether the change can touch the revision's speech."""
        if revision.speech_id in self.speeches:
            return True
        text = strip(f"{revision.speech.title}\n{revision.text}")
        return any(word in text for word in self.words)


def strip(text: str) -> str:
    """Return the text without white space and quotation marks, equal characters made one.

    What themes and slogans find in a text they find in this, too.
    """
    return fold_keeping_space(squeeze(drop_marks(text)))


def list_revisions(cursor: int) -> QuerySet[Revision]:
    """Return the current revisions behind the cursor, each with its text and speech, by id.

    In this order one that is stored meanwhile comes last and is not missed.
    """
    current = Revision.objects.filter(pk__gt=cursor, speech__current=F("pk"))
    held = current.select_related("speech").only("text", "speech__title")
    return held.order_by("pk")


def count_revisions() -> int:
    """Return how many speeches have a text."""
    return Speech.objects.exclude(current=None).count()
