"""What a harvester asks: the verb and its arguments, read and refused as the standard has it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

# Arguments of each verb: those it must have, those it may; resumptionToken stands alone.
VERBS: Final[Mapping[str, tuple[Sequence[str], Sequence[str]]]] = {
    "Identify": ((), ()),
    "ListMetadataFormats": ((), ("identifier",)),
    "ListSets": ((), ("resumptionToken",)),
    "GetRecord": (("identifier", "metadataPrefix"), ()),
    "ListIdentifiers": (("metadataPrefix",), ("from", "until", "set", "resumptionToken")),
    "ListRecords": (("metadataPrefix",), ("from", "until", "set", "resumptionToken")),
}
PREFIXES: Final = ("oai_dc", "tei")
_TOKEN: Final = "resumptionToken"
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_SECOND: Final = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z")


class HarvestError(Exception):
    """An error of the standard: its code, and in words what is wrong."""

    def __init__(self, code: str, words: str) -> None:
        super().__init__(words)
        self.code = code


@dataclass(frozen=True, slots=True)
class AskedVerb:
    """A verb with the values of its arguments."""

    verb: str
    values: Mapping[str, str] = field(default_factory=dict)

    def get(self, name: str) -> str:
        """Return an argument's value, "" where it is not given."""
        return self.values.get(name, "")


def read_arguments(pairs: Mapping[str, Sequence[str]]) -> AskedVerb:
    """Return what is asked; HarvestError badVerb or badArgument where it can't be."""
    verbs = pairs.get("verb", [])
    if len(verbs) != 1 or verbs[0] not in VERBS:
        raise HarvestError("badVerb", "The verb is missing, repeated or none of OAI-PMH 2.0.")
    asked = AskedVerb(verbs[0], {name: each[0] for name, each in pairs.items() if name != "verb"})
    required, optional = VERBS[asked.verb]
    repeated = [name for name, each in pairs.items() if len(each) != 1]
    unknown = set(asked.values) - {*required, *optional}
    if repeated or unknown:
        names = ", ".join(sorted({*repeated, *unknown}))[:200]
        raise HarvestError("badArgument", f"Unknown or repeated arguments: {names}")
    if _TOKEN in asked.values:
        if len(asked.values) > 1:
            raise HarvestError("badArgument", f"{_TOKEN} must be the only argument.")
        return asked
    missing = [name for name in required if not asked.get(name)]
    if missing:
        raise HarvestError("badArgument", f"Missing arguments: {', '.join(missing)}")
    return asked


def check_prefix(prefix: str) -> None:
    """Raise cannotDisseminateFormat for a format that there is none of."""
    if prefix not in PREFIXES:
        raise HarvestError("cannotDisseminateFormat", f"Formats are {', '.join(PREFIXES)}.")


def read_span(first: str, last: str) -> tuple[dt.datetime | None, dt.datetime | None]:
    """Return from (included) and until (not included) of two datestamps, each "" for none.

    Raises badArgument for what is no datestamp, two granularities, or an end before the start.
    """
    if first and last and len(first) != len(last):
        raise HarvestError("badArgument", "from and until differ in granularity.")
    start, end = _read_stamp(first), _read_stamp(last)
    if start and end and end < start:
        raise HarvestError("badArgument", "until is earlier than from.")
    step = dt.timedelta(days=1) if _DAY.fullmatch(last) else dt.timedelta(seconds=1)
    try:
        return start, end + step if end else None
    except OverflowError:
        return start, None


def _read_stamp(text: str) -> dt.datetime | None:
    if not text:
        return None
    try:
        if _DAY.fullmatch(text):
            return dt.datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=dt.UTC)
        if _SECOND.fullmatch(text):
            return dt.datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=dt.UTC)
    except ValueError:
        pass
    words = "Datestamps are YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ."
    raise HarvestError("badArgument", words)


def write_stamp(moment: dt.datetime) -> str:
    """Return a moment as the standard writes it, in UTC to the second."""
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
