"""What whoever copies words of a text must know of them: gaps, slips, what was cut, damage.

What is written here goes into documents, so it is Chinese whatever the interface speaks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from corpus_app.catalog.models import Gap, Revision
from corpus_app.ingest.inner_removals import INNER, INNER_GAP, read_taken

# What is said of a whole text that has lost something somewhere, in the words of the citation
# package, which imports nothing of the site.
INCOMPLETE: Final = {
    "gapped": "所据文本中间有缺失，引用前请核对原件。",
    "truncated": "所据文本结尾缺失，引用前请核对原件。",
}
_DAMAGE: Final = "\ufffd"
# Notices of a file that may have been read wrong anywhere.
_DOUBTFUL: Final = frozenset({"mojibake", "encoding_tie"})


def describe_gaps(gaps: Sequence[Gap]) -> str:
    """Return the sentence on gaps in copied words, "" where there is none."""
    if not gaps:
        return ""
    known = [gap.hidden_chars for gap in gaps if gap.hidden_chars is not None]
    size = f"，至少缺 {sum(known)} 字" if known else ""
    return f"所引文字中有 {len(gaps)} 处缺失{size}，引用前请核对原件。"


def list_span_warnings(revision: Revision, start: int, end: int) -> list[str]:
    """Return the sentences on revision.text[start:end] besides gaps: slips, cuts, damage."""
    return [
        *_describe_slips(revision, start, end),
        *_describe_cuts(revision, start, end),
        *_describe_damage(revision, start, end),
        *_describe_recognised(revision, start, end),
    ]


def _describe_slips(revision: Revision, start: int, end: int) -> Iterator[str]:
    slips = [
        f"“{entry['text']}”疑应作“{entry['suggestion']}”"
        for entry in revision.slips
        if entry["start"] < end and entry["end"] > start and entry.get("kind") != "placeholder"
    ]
    if slips:
        yield f"所引文字中有疑似差错：{'、'.join(dict.fromkeys(slips))}。"


def _describe_cuts(revision: Revision, start: int, end: int) -> Iterator[str]:
    words = [
        f"“{read_taken(notice['message'])}”"
        for notice in revision.notices
        if notice["code"] in {INNER, INNER_GAP}
        and notice.get("start") is not None
        and notice["start"] < end
        and notice["end"] > start
    ]
    if words:
        taken = "、".join(dict.fromkeys(words))
        yield f"所引文字中剔除过{taken}，可能是讲话原文，引用前请核对原件。"


def _describe_recognised(revision: Revision, start: int, end: int) -> Iterator[str]:
    words = [
        f"“{revision.text[notice['start'] : notice['end']]}”"
        for notice in revision.notices
        if notice["code"] == "doubtful_chars"
        and notice.get("start") is not None
        and notice["start"] < end
        and notice["end"] > start
    ]
    if words:
        yield f"所引文字由图像识别而来，{'、'.join(dict.fromkeys(words))}存疑，引用前请核对原件。"


def _describe_damage(revision: Revision, start: int, end: int) -> Iterator[str]:
    codes = {notice["code"] for notice in revision.notices}
    lost = "damaged_bytes" in codes and _DAMAGE not in revision.text
    if _DAMAGE in revision.text[start:end] or codes & _DOUBTFUL or lost:
        yield "原文件文字有损坏或乱码，所引文字请核对原件。"
