"""The codes for level and genre that a draft carries, with the words that pages show."""

from __future__ import annotations

from typing import Final

# A level is set only on explicit evidence (see metadata_inference); 市 alone is taken as
# "prefecture" unless the text itself names the place above it (a county-level city would
# read 县级市 or stand behind a prefecture's name, and then stays null).
LEVELS: Final[dict[str, str]] = {
    "national": "全国",
    "province": "省级",
    "prefecture": "市级",
    "county": "县级",
    "township": "乡级",
}

GENRES: Final[dict[str, str]] = {
    "work_conference": "工作会议讲话",
    "study_session": "学习会讲话",
    "training": "培训班讲话",
    "congress_opening": "大会开幕讲话",
    "congress_closing": "大会闭幕讲话",
    "inspection_feedback": "检查反馈讲话",
    "deputy_station": "代表家站活动讲话",
    "experience": "经验交流材料",
    "report": "工作报告",
    "resolution": "决议决定",
    "party_lesson": "党课讲稿",
}


def label_level(code: str | None) -> str:
    """Return the Chinese word for a level code, or "" for null or an unknown code."""
    return LEVELS.get(code or "", "")


def label_genre(code: str | None) -> str:
    """Return the Chinese word for a genre code, or "" for null or an unknown code."""
    return GENRES.get(code or "", "")
