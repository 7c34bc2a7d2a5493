"""Parsing for tests, in the sandbox: a draft's JSON, or None where it was rightly refused."""

from __future__ import annotations

from typing import Any

from corpus_app.ingest.draft import RejectedFile
from corpus_app.ingest.sandbox.parsing import parse_file
from corpus_app.ingest.sandbox.process import TimeUpError

CODES = {"empty", "undecodable", "unsupported", "damaged", "too_large", "no_text"}


def parse_or_refuse(data: bytes, name: str, *, may_be_late: bool = True) -> dict[str, Any] | None:
    """Return the draft of data as JSON; None if it was refused with one of the codes."""
    refusal: RejectedFile | None = None
    try:
        return parse_file(data, name).to_json()
    except RejectedFile as error:
        refusal = error
    assert may_be_late or not isinstance(refusal, TimeUpError)
    assert refusal.code in CODES
    assert refusal.message
    return None
