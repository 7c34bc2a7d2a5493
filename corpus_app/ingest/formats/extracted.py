"""What a file format's reader hands on: the text, and what it knows from the markup."""

from __future__ import annotations

from dataclasses import dataclass

from corpus_app.ingest.draft import Notice, Removed


@dataclass(frozen=True, slots=True)
class Extracted:
    """raw is what all later offsets point into; marks are spans the markup itself gives away."""

    raw: str
    encoding: str
    format: str
    marks: tuple[Removed, ...] = ()
    notices: tuple[Notice, ...] = ()
