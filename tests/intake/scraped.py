"""A scraped speech for the editing tests, with noise that the parser takes and some it keeps."""

from __future__ import annotations

from corpus_app.catalog.models import Revision, Speech
from corpus_app.ingest.draft import Removed
from tests.catalog.speeches import WORK_CONFERENCE, store

CALL = "本文由墨池小筑收集，盗印必究"
SCRAPED = "首页 > 讲话 > 正文\n" + WORK_CONFERENCE.replace(
    "把学习成果转化为履职本领。", f"把学习成果{CALL}转化为履职本领。"
).replace("二、发展", "以下内容开通会员后可见，此处隐藏120字\n\n二、发展")
NOTICE = "以下内容开通会员后可见，此处隐藏120字"


def store_scraped(text: str = SCRAPED, name: str = "抓取.txt", *, draft: bool = False) -> Speech:
    """Import the scraped text and return its speech."""
    return store(text, name, draft=draft)


def current(speech: Speech) -> Revision:
    """Return the speech's current revision, read anew."""
    speech.refresh_from_db()
    assert speech.current is not None
    return speech.current


def find(raw: str, words: str) -> tuple[int, int]:
    """Return the place of the words in raw."""
    start = raw.index(words)
    return start, start + len(words)


def take(raw: str, words: str, kind: str = "editor") -> Removed:
    """Return the span that an editor makes of the words."""
    return Removed(kind, words, *find(raw, words), "editor")
