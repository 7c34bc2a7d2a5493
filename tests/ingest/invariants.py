"""The contract's promises about any draft, checked from its JSON alone."""

from __future__ import annotations

import re
from typing import Any

KINDS = {"opening", "section", "subsection", "point", "closing"}


def squeeze(text: str) -> str:
    """Return text without white space."""
    return re.sub(r"\s+", "", text)


def check_invariants(draft: dict[str, Any]) -> None:
    """Assert what the contract promises for every file whatever its content."""
    check_nothing_is_lost(draft)
    text = draft["text"]
    check_text(text)
    check_sections(draft["sections"], text)
    for gap in draft["gaps"]:
        assert 0 <= gap["offset"] <= len(text)
        assert gap["kind"] in {"paywall", "hidden", "truncated"}
    for slogan in draft["slogans"]:
        check_spans([tuple(mention) for mention in slogan["mentions"]], len(text))
        assert all(squeeze(text[a:b]) for a, b in slogan["mentions"])
    check_spans([(s["start"], s["end"]) for s in draft["suspects"]], len(text))
    for suspect in draft["suspects"]:
        assert text[suspect["start"] : suspect["end"]] == suspect["text"]
    for found in draft["evidence"].values():
        assert found["rule"]
        if found["start"] is not None:
            assert 0 <= found["start"] < found["end"] <= len(draft["raw"])
    for notice in draft["notices"]:
        if notice["start"] is not None:
            assert 0 <= notice["start"] <= notice["end"] <= len(text)


def check_nothing_is_lost(draft: dict[str, Any]) -> None:
    """raw with the removed spans cut out equals text, white space aside."""
    raw, kept, position = draft["raw"], [], 0
    for span in draft["removed"]:
        assert span["start"] >= position, "spans overlap or are out of order"
        assert span["start"] < span["end"] <= len(raw)
        assert raw[span["start"] : span["end"]] == span["text"]
        assert span["kind"]
        kept.append(raw[position : span["start"]])
        position = span["end"]
    kept.append(raw[position:])
    assert squeeze("".join(kept)) == squeeze(draft["text"])


def check_text(text: str) -> None:
    """Paragraphs are parted by one newline and bear no blanks at their ends."""
    assert text
    for paragraph in text.split("\n"):
        assert paragraph
        assert paragraph == paragraph.strip()


def check_spans(spans: list[tuple[int, int]], length: int) -> None:
    """Spans are in range, in order and do not overlap."""
    position = 0
    for start, end in spans:
        assert position <= start < end <= length
        position = end


def check_sections(sections: list[dict[str, Any]], text: str) -> None:
    """Ids are unique, children lie inside their parents, siblings in order, roots cover text."""
    known = {section["id"]: section for section in sections}
    assert len(known) == len(sections)
    children: dict[str | None, list[tuple[int, int]]] = {}
    for section in sections:
        assert section["kind"] in KINDS
        span = section["start"], section["end"]
        children.setdefault(section["parent"], []).append(span)
        if section["parent"] is not None:
            parent = known[section["parent"]]
            assert parent["start"] <= span[0] < span[1] <= parent["end"]
        for part in (section["marker"], section["heading"]):
            if part:
                assert squeeze(part) in squeeze(text[span[0] : span[1]])
    for spans in children.values():
        check_spans(spans, len(text))
    if sections:
        covered = list(text)
        for start, end in children[None]:
            covered[start:end] = [" "] * (end - start)
        assert not squeeze("".join(covered)), "the roots do not cover the text"
