"""Notices that any format may need: of words shown in another order; nothing said twice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

from corpus_app.ingest.draft import Notice
from corpus_app.text.chars import shorten

# From the sign that turns the order of letters round to the one that ends it, or the line's end.
_TURNED: Final = re.compile("\u202e([^\u202c\u2069\n]{2,})")
_UNSEEN: Final = re.compile("[\\s\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")
# So many places are told one by one.
MOST_TOLD: Final = 20
SHOWN: Final = 20
TURNED: Final = (
    "此处夹有反转字序的控制符（U+202E），原文显示为“{words}”；正文按存储的次序收入，请核对。"
)
MORE: Final = "另有 {count} 处文字被控制符反转了显示的次序，请核对。"
TIMES: Final = "{message}（同样的提示共 {count} 条）"


def tell_turned(raw: str) -> Iterator[Notice]:
    """Yield a notice for each place whose words are shown in the reverse of their order."""
    found = (match for match in _TURNED.finditer(raw) if len(_UNSEEN.sub("", match[1])) > 1)
    for match in islice(found, MOST_TOLD):
        words = shorten(_UNSEEN.sub("", match[1])[::-1], SHOWN)
        yield Notice("reordered", TURNED.format(words=words), match.start(), match.end())
    more = sum(1 for _ in found)
    if more:
        yield Notice("reordered", MORE.format(count=more))


def fold_notices(notices: Iterable[Notice]) -> list[Notice]:
    """Return the notices, those that say the same of the same place once, with their number."""
    counts = Counter(notices)
    return [
        note
        if count == 1
        else Notice(
            note.code, TIMES.format(message=note.message, count=count), note.start, note.end
        )
        for note, count in counts.items()
    ]
