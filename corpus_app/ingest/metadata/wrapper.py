"""What an office puts before a speech: 关于印发《…讲话》的通知, a covering mail."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from corpus_app.ingest.labelling.units import Unit
from corpus_app.ingest.metadata.labels import read_labels
from corpus_app.ingest.metadata.names import is_name
from corpus_app.ingest.metadata.title_lines import IN_MEETING
from corpus_app.ingest.plausibility.titles import ends_as_document
from corpus_app.text.chars import squeeze

_NOTICE: Final = re.compile(r"关于(?:印发|转发|下发|发布)[^。]{4,80}的通知$")
_HANDS_OUT: Final = re.compile(r"(?:现将|现把).{2,80}(?:印发|转发|下发|发)给你们|印发给你们")
# 现将定稿发给你们，请阅。 见附件，请审定。
_SENDS: Final = re.compile(
    r"(?:发给|发送给?|报送|呈送|转发|送)(?:你们|您|各位|大家|贵).{0,16}[。！]|请(?:查收|审阅|阅示?|审定|参阅)[。！]?$"
)
_LINES: Final = 24
# A mail's own head has no more lines.
_SUBJECT_LINES: Final = 8


def find_speech(lines: Sequence[Unit]) -> int:
    """Return the index of the speech's own title below a notice that hands it out, else 0.

    Both the notice's title and its sentence 现将…印发给你们 must be there.
    """
    notice = next((n for n, line in enumerate(lines[:6]) if _NOTICE.search(line.text)), None)
    if notice is None:
        return _find_enclosed(lines)
    handed = False
    for index in range(notice + 1, min(len(lines), _LINES)):
        text = lines[index].text
        if handed and len(text) <= 80 and (IN_MEETING.match(text) or _names_meeting(text)):
            return index
        handed = handed or _HANDS_OUT.search(text) is not None
    return 0


def _find_enclosed(lines: Sequence[Unit]) -> int:
    """Return the index of the title below a mail's own words that hand the speech on, else 0.

    主题：…（定稿） / 各位主任： / 现将定稿发给你们，请阅。 / …: the subject again.
    """
    subject = ""
    handed = False
    for index, line in enumerate(lines[:_LINES]):
        words = squeeze(line.text)
        if handed and subject and words and words in subject and ends_as_document(words):
            return index
        pairs = read_labels(line.text) if index < _SUBJECT_LINES else []
        named = (value for field, value in pairs if field == "title")
        subject = subject or squeeze(next(named, ""))
        handed = handed or _SENDS.search(line.text) is not None
    return 0


def _names_meeting(text: str) -> bool:
    """Say whether a line is a meeting's title behind the speaker's name (张三在…上的讲话)."""
    at = text.find("在")
    named = 0 < at <= 6 and is_name(text[:at].removesuffix("同志"))
    return named and IN_MEETING.match(text[at:]) is not None
