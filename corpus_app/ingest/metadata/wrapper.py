"""The notice that an office prints before a speech: 关于印发《…讲话》的通知, and where it ends."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from corpus_app.ingest.labelling.units import Unit
from corpus_app.ingest.metadata.names import is_name
from corpus_app.ingest.metadata.title_lines import IN_MEETING

_NOTICE: Final = re.compile(r"关于(?:印发|转发|下发|发布)[^。]{4,80}的通知$")
_HANDS_OUT: Final = re.compile(r"(?:现将|现把).{2,80}(?:印发|转发|下发|发)给你们|印发给你们")
_LINES: Final = 24


def find_speech(lines: Sequence[Unit]) -> int:
    """Return the index of the speech's own title below a notice that hands it out, else 0.

    Both the notice's title and its sentence 现将…印发给你们 must be there.
    """
    notice = next((n for n, line in enumerate(lines[:6]) if _NOTICE.search(line.text)), None)
    if notice is None:
        return 0
    handed = False
    for index in range(notice + 1, min(len(lines), _LINES)):
        text = lines[index].text
        if handed and len(text) <= 80 and (IN_MEETING.match(text) or _names_meeting(text)):
            return index
        handed = handed or _HANDS_OUT.search(text) is not None
    return 0


def _names_meeting(text: str) -> bool:
    """Say whether a line is a meeting's title behind the speaker's name (张三在…上的讲话)."""
    at = text.find("在")
    named = 0 < at <= 6 and is_name(text[:at].removesuffix("同志"))
    return named and IN_MEETING.match(text[at:]) is not None
