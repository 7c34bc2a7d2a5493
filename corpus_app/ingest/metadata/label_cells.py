"""Labels that stand alone in a cell, and labels that a page writes in two languages at once."""

from __future__ import annotations

import re
from typing import Final

from corpus_app.ingest.metadata.keys import find_key_field
from corpus_app.ingest.metadata.label_words import find_field, is_cell_label, is_known_label
from corpus_app.text.folding import simplify

_LONGEST_LABEL: Final = 14
_LONGEST_CELL: Final = 32
_LONGEST_SPACED: Final = 40
_OUTER: Final = " \u3000\t\u00a0|｜┊•·●▪■◆[]【】(（〔「〖『:："
# 讲话（撰文）人: what else the person may have done.
_ALSO: Final = re.compile(r"(?<=[\u4e00-\u9fff]{2})[（(][\u4e00-\u9fff]{1,4}[）)](?=[人者])")
_WORDS: Final = "[A-Z][A-Za-z]+(?: [A-Za-z]+){0,3}"
_PARTED: Final = "[ /／|｜]{1,3}"
_HAN: Final = "[\u4e00-\u9fff]{2,6}"
# 来源 Source：, 讲话人 Speaker, Speaker 讲话人.
_TRANSLATED: Final = re.compile(
    rf"(?:({_HAN}){_PARTED}{_WORDS}|(?<![A-Za-z]){_WORDS}{_PARTED}({_HAN}))(?=\s*(?:[:：\t]|$))"
)
# Date of speech, Position: cells of a table in English, as far as no button is called so.
_ENGLISH: Final = re.compile(r"[A-Z][A-Za-z]+(?:['’]s)?(?: [A-Za-z]+){0,3}")
_ASKED: Final = frozenset(
    {"speaker", "role", "delivered", "published", "updated", "occasion", "url", "title"}
)


def is_bare_label(text: str) -> bool:
    """Return whether a cell is a label, though no colon follows: 讲话人, 发布时间."""
    return name_cell(text) != ""


def name_cell(text: str) -> str:
    """Return the field that a cell asks for by itself, "" where it is no label."""
    bare = write_label(text.strip(_OUTER)) if len(text) <= _LONGEST_CELL else ""
    if _ENGLISH.fullmatch(bare):
        field = find_key_field(bare)
        return field if field in _ASKED or bare == "Source" else ""
    word = "".join(bare.split())
    return find_field(word) if len(word) <= _LONGEST_LABEL and is_cell_label(word) else ""


def starts_with_label(text: str) -> bool:
    """Return whether a line's first word is a label that asks for no title (标签　讲话　要闻)."""
    first, _, rest = text.replace("\u3000", " ").partition(" ")
    labelled = len(first) > 1 and rest and len(text) <= _LONGEST_SPACED
    return bool(labelled) and is_known_label(first) and find_field(first) != "title"


def write_label(text: str) -> str:
    """Return a line with its labels in Chinese alone, without what else a person did."""
    text = _ALSO.sub("", text) if "（" in text or "(" in text else text
    return _TRANSLATED.sub(_keep_chinese, text)


def _keep_chinese(match: re.Match[str]) -> str:
    word = match[1] or match[2]
    return word if is_known_label(simplify(word)) else match[0]
