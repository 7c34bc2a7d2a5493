"""Where a list goes on: all that is needed stands in the token, so that none ever expires.

It holds the last record's stamp and number. A record that changes meanwhile gets a later stamp
and so comes (again) at the end: nothing that stands is passed over, whatever happens between two
requests.
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import json
from dataclasses import asdict, dataclass, fields
from typing import Any, Final

from corpus_app.programs.harvesting.arguments import (
    PREFIXES,
    AskedVerb,
    HarvestError,
    read_span,
    write_stamp,
)

_LONGEST: Final = 1000
_MOST: Final = 2**63


@dataclass(frozen=True, slots=True)
class Resumption:
    """The list that is gone on with, and behind which record; size counts it as it began."""

    verb: str
    prefix: str
    first: str = ""
    last: str = ""
    spec: str = ""
    stamp: str = ""
    speech: int = 0
    passed: int = 0
    size: int = 0

    @property
    def behind(self) -> tuple[dt.datetime, int] | None:
        """Return stamp and number of the last record that was sent, None at the start."""
        moment, _end = read_span(self.stamp, "")
        return (moment, self.speech) if moment else None


def begin_list(asked: AskedVerb) -> Resumption:
    """Return the list that is asked for, at its start."""
    names = ("metadataPrefix", "from", "until", "set")
    prefix, first, last, spec = map(asked.get, names)
    read_span(first, last)
    return Resumption(asked.verb, prefix, first, last, spec)


def write_token(at: Resumption) -> str:
    """Return the list and its place as a token."""
    body = json.dumps(list(asdict(at).values()), separators=(",", ":"))
    return base64.urlsafe_b64encode(body.encode()).decode().rstrip("=")


def read_token(asked: AskedVerb) -> Resumption:
    """Return what a token holds; badResumptionToken where it is none of this verb's."""
    token = asked.get("resumptionToken")
    try:
        if len(token) > _LONGEST:
            raise ValueError
        raw = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
        at = Resumption(*_check_values(json.loads(raw)))
        read_span(at.first, at.last)
        fits = at.verb == asked.verb and at.prefix in PREFIXES and at.behind is not None
    except (binascii.Error, ValueError, TypeError, RecursionError, HarvestError):
        fits = False
    if not fits:
        raise HarvestError("badResumptionToken", "This is no token of this list.")
    return at


def go_on(at: Resumption, stamp: dt.datetime, speech_id: int, sent: int, size: int) -> Resumption:
    """Return the list behind one more page of so many records."""
    return Resumption(
        at.verb,
        at.prefix,
        at.first,
        at.last,
        at.spec,
        write_stamp(stamp),
        speech_id,
        at.passed + sent,
        at.size or size,
    )


def _check_values(values: Any) -> list[Any]:
    kinds = [int if "int" in str(one.type) else str for one in fields(Resumption)]
    if not isinstance(values, list) or list(map(type, values)) != kinds:
        raise ValueError
    if any(isinstance(one, int) and not 0 <= one < _MOST for one in values):
        raise ValueError
    return values
