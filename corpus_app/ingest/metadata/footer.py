"""The lines below a speech: signature block, source, address of the original."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from corpus_app.ingest.dates import DATE, read_match
from corpus_app.ingest.draft import Metadata
from corpus_app.ingest.metadata.labels import apply_labels, read_labels
from corpus_app.ingest.metadata.lines import Line
from corpus_app.ingest.metadata.names import is_name, is_office, is_organisation, split_office
from corpus_app.ingest.metadata.witness import witness
from corpus_app.ingest.rule_files import read_rules

# （作者系某县人大常委会主任）: who wrote, in words that name nobody.
_AUTHOR: Final = re.compile(r"^[（(【\[]?(?:本文)?作者(?:系|为|单位|简介|现任).{2,50}$")
_WHO: Final = re.compile(r"^(?:本文)?作者(?:系|为|单位|简介|现任)\s*[:：]?")
_OUTER: Final = re.compile(r"^[（(【\[]|[）)】\]]$")


def read_footer(meta: Metadata, lines: Sequence[Line]) -> list[Line]:
    """Set what the lines below the body say; return those lines.

    Labels are taken from the end upwards. A signature needs its date or its organisation;
    a name alone may be the speech's last word.
    """
    taken: list[Line] = []
    signature: list[Line] = []
    for line in reversed(_skip_notes(lines)):
        pairs = read_labels(_OUTER.sub("", line.text))
        if _AUTHOR.match(line.text):
            with witness(meta, [line], "footer"):
                _apply_author(meta, line.text)
            taken.append(line)
        elif pairs and not signature:
            with witness(meta, [line], "footer"):
                apply_labels(meta, pairs)
            taken.append(line)
        elif _is_signature(line.text):
            signature.append(line)
        else:
            break
    if any(_read_date(line.text) or is_organisation(line.text) for line in signature):
        for line in signature:
            with witness(meta, [line], "footer"):
                _apply_signature(meta, line.text)
        taken += signature
    return taken


def _skip_notes(lines: Sequence[Line]) -> Sequence[Line]:
    """Return the lines above the notes where a signature stands above them, else all lines."""
    words = tuple(read_rules("outline")["notes"]["words"])
    first = next((n for n, line in enumerate(lines) if line.text.startswith(words)), 0)
    return lines[:first] if first and _is_signature(lines[first - 1].text) else lines


def _apply_author(meta: Metadata, text: str) -> None:
    """Set the speaker's office from （作者系某县县委书记）."""
    office = _WHO.sub("", _OUTER.sub("", text))
    if meta.speaker and not meta.speaker_role and is_office(office):
        meta.speaker_role = office


def _is_signature(text: str) -> bool:
    """Say whether a line may belong to a signature block."""
    if len(text) > read_rules("metadata")["footer"]["line_chars"]:
        return False
    return bool(_read_date(text) or is_organisation(text) or is_name(text) or split_office(text))


def _read_date(text: str) -> bool:
    """Say whether a line is nothing but a date, in brackets or not."""
    match = DATE.fullmatch(text.strip("（）() \u3000"))
    return match is not None and read_match(match) is not None


def _apply_signature(meta: Metadata, text: str) -> None:
    """Set what one line of a signature says, where the header did not."""
    match = DATE.fullmatch(text.strip("（）() \u3000"))
    date = read_match(match) if match else None
    office = split_office(text)
    if date is not None:
        meta.dates.setdefault("delivered", date)
    elif office is not None and meta.speaker is None:
        meta.speaker_role, meta.speaker = office
    elif is_organisation(text):
        meta.organisation = meta.organisation or text.strip("（）()")
    elif is_name(text) and meta.speaker is None:
        meta.speaker = re.sub(r"\s", "", text)
