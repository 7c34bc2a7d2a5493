"""What goes into the sandbox for one file, and what comes out of it."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Final

from corpus_app.ingest.draft import Draft, RefusalCode
from corpus_app.ingest.formats.extracted import Converted, Outside
from corpus_app.ingest.limits import Limits
from corpus_app.ingest.removal_rules import RemovalRule
from corpus_app.ingest.site import SiteEvidence

# Before a request: the bytes of its record, and of the file.
SIZES: Final = struct.Struct("!QQ")
# How a reader ended, as subprocess has it: a signal's number below zero.
EXIT_CODE: Final = struct.Struct("!i")


@dataclass(frozen=True, slots=True)
class Request:
    """How to parse the bytes that follow; converted where an outside program made them."""

    name: str
    limits: Limits
    rules: list[RemovalRule]
    converted: Converted | None = None
    evidence: SiteEvidence | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """One of: the draft, why there is none, who else may read the file, what went wrong."""

    draft: Draft | None = None
    refused: tuple[RefusalCode, str] | None = None
    handover: tuple[RefusalCode, str, Outside] | None = None
    fault: str | None = None
