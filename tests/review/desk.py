"""Drafts for the tests of queue and bulk changes: without doubt, cut, and with a hidden part."""

from __future__ import annotations

from corpus_app.catalog.models import Speech
from tests.catalog.speeches import TRAINING, WORK_CONFERENCE, store
from tests.places import ROOT

# All but the one with words of a site inside its sentences, which nobody publishes unseen.
SAMPLES = [
    path
    for path in sorted((ROOT / "fixtures" / "speeches").glob("*.txt"))
    if not path.name.startswith("02_")
]
HIDDEN = """在清漪县人大代表履职学习会上的讲话
（2023年5月6日）
清漪县人大常委会主任 顾云舟

同志们：
这次学习会专讲怎样把群众的话带进会场。下面，我讲三点意见。
一、把群众的话听完整
一是听到田间地头去。听话要有耐心，听完再记，记完再问，不打断、不抢话。
二是听不同的声音。赞成的要听，反对的更要听，听得进才想得清。
--此处隐藏320字，下载后查看--
三、把群众的话办扎实
建议交出去以后，还要盯着办、问到底，办一件、回一件、公开一件。
总之，代表的分量，是群众的话一句一句压出来的。
"""


def store_clean(number: int = 0, *, draft: bool = True) -> Speech:
    """Store a whole speech; one with another number is unlike it."""
    if not number:
        return store(WORK_CONFERENCE, "clean.txt", draft=draft)
    path = SAMPLES[number]
    return store(path.read_text("utf-8"), path.name, draft=draft)


def store_cut() -> Speech:
    """Store a speech whose end is missing."""
    return store(TRAINING[: TRAINING.index("最后，") - 12], "cut.txt", draft=True)


def store_gapped() -> Speech:
    """Store a speech of which the source hides a part."""
    return store(HIDDEN, "gap.txt", draft=True)
