"""Notices that any format may need: an order turned round, and nothing said twice."""

from __future__ import annotations

from corpus_app.ingest.draft import Notice
from corpus_app.ingest.notices import MOST_TOLD, fold_notices
from corpus_app.ingest.pipeline import parse_bytes

PROSE = "同志们要认真学习会议精神，把思想统一到会议的要求上来，确保各项工作落到实处。"


def test_words_shown_in_the_reverse_of_their_order_are_told_where_they_stand() -> None:
    page = f"<h1>在青禾县工作会议上的讲话</h1><p>{PROSE}\u202e款条二第\u202c生效。</p>".encode()
    for data, name in ((page, "a.html"), (f"{PROSE}\n\n\u202e款条二第\n{PROSE}".encode(), "a.txt")):
        draft = parse_bytes(data, name)
        assert "款条二第" in draft.text
        told = [note for note in draft.notices if note.code == "reordered"]
        assert len(told) == 1
        assert "“第二条款”" in told[0].message
        assert "款条二第" in draft.text[told[0].start : told[0].end]


def test_of_very_many_turned_places_the_rest_is_counted() -> None:
    text = f"{PROSE}\n" + "\u202e乙甲\u202c，" * (MOST_TOLD + 3)
    told = [n.message for n in parse_bytes(text.encode(), "a.txt").notices if n.code == "reordered"]
    assert len(told) == MOST_TOLD + 1
    assert "另有 3 处" in told[-1]


def test_a_sign_that_turns_nothing_is_no_doubt() -> None:
    text = f"{PROSE}\u202e\u202c甲\u202e\n\u202d乙丙\u202c{PROSE}"
    assert not [n for n in parse_bytes(text.encode(), "a.txt").notices if n.code == "reordered"]


def test_the_same_notice_is_said_once_with_its_number() -> None:
    same, other = Notice("pictures", "有图片。"), Notice("pictures", "有图片。", 3, 5)
    folded = fold_notices([same, other, same, same])
    assert [(n.message, n.start) for n in folded] == [
        ("有图片。（同样的提示共 3 条）", None),
        ("有图片。", 3),
    ]
    assert fold_notices(folded) == folded
