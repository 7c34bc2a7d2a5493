"""What a page states by printing a title, a meeting, an office: the same for all hands."""

from __future__ import annotations

from benchmarks.page_reading.pages import Sheet

# 在某会议闭幕时的讲话: the meeting may be told with its close or without.
_ENDS = ("闭幕", "开幕", "闭幕会", "开幕会")


def state_title(sheet: Sheet, shown: str = "", *others: str) -> None:
    """Note that the page states its title, as shown, and the meeting where the title names it."""
    facts = sheet.facts
    sheet.state("title", shown or facts.title, *others)
    if facts.kind == "resolution":
        sheet.leave_open("organisation")
    if facts.meeting in facts.title:
        state_meeting(sheet)


def state_meeting(sheet: Sheet) -> None:
    """Note that the page names the meeting."""
    meeting = sheet.facts.meeting
    sheet.state("occasion", meeting, *(meeting + end for end in _ENDS))


def state_role(sheet: Sheet) -> None:
    """Note that the page states the speaker's office; acting or not is the same one."""
    role = sheet.facts.role
    sheet.state("role", role, role.removesuffix("（代）"))
