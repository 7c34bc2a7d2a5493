"""A speech whose head nobody read: all its lines stand in the text, and no field is set."""

from __future__ import annotations

from corpus_app.catalog.fields import EDITABLE
from corpus_app.catalog.models import Speech
from corpus_app.intake.revisions import editing
from corpus_app.intake.revisions.revising import revise_text
from tests.catalog.speeches import WORK_CONFERENCE, store
from tests.intake.scraped import current

TITLE, NAME, DATE, OFFICE = (
    "抓落实要有一股韧劲",
    "林知远",
    "二〇二三年五月六日",
    "青芜县人大常委会",
)
PAGE = "云帆资料室 · 第三栏"
BODY = WORK_CONFERENCE[WORK_CONFERENCE.index("同志们：") :]
UNCLEAR = f"{PAGE}\n{TITLE}\n{NAME}\n{DATE}\n{OFFICE}\n\n{BODY}"
BLANK = "未定题名"


def store_unread(text: str = UNCLEAR, name: str = "韧劲.txt") -> Speech:
    """Return a draft, its second revision current: whatever was read of its head is put back."""
    speech = store(text, name, draft=True)
    spans = [(one["start"], one["end"]) for one in current(speech).removed]
    revise_text(speech, 1, spans, [])
    editing.correct(speech, dict.fromkeys(EDITABLE, "") | {"title": BLANK}, {})
    return speech
