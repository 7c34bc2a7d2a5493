"""The head of a speech: what it says of itself, as far as it tells one speech from another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from corpus_app.catalog.fields import flatten_metadata, read_fields
from corpus_app.catalog.models import Speech


@dataclass(frozen=True)
class Head:
    """Title, speaker, body, place, dates and occasion; blank where nothing is known.

    Dates are as precise as their source: "2024", "2024-04" or "2024-04-05".
    """

    title: str = ""
    subtitle: str = ""
    title_inferred: bool = False
    speaker: str = ""
    organisation: str = ""
    place: str = ""
    occasion: str = ""
    delivered: str = ""
    published: str = ""

    @classmethod
    def of_speech(cls, speech: Speech) -> Head:
        """Return what the speech's row says today, corrections included."""
        return cls._of_fields(read_fields(speech), speech.title_inferred)

    @classmethod
    def of_metadata(cls, metadata: Mapping[str, Any]) -> Head:
        """Return what a parse found (the contract's keys, as Revision.metadata keeps them)."""
        return cls._of_fields(flatten_metadata(dict(metadata)), bool(metadata["title_inferred"]))

    @classmethod
    def _of_fields(cls, fields: Mapping[str, str], title_inferred: bool) -> Head:
        names = set(cls.__dataclass_fields__) - {"title_inferred"}
        return cls(title_inferred=title_inferred, **{name: fields[name] for name in names})
