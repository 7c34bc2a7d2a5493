"""Cut a query text into tokens; signs that are held equal mean the same.

Signs that are not seen count no more than blanks do, as in documents, and part no words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

from django.utils.translation import gettext as _

from corpus_app.text.equality import list_alike, list_equal, list_unseen
from corpus_app.text.folding import drop_unseen, fold
from search.errors import QueryError
from search.query.fields import FIELD_NAMES

Kind = Literal["(", ")", "AND", "OR", "NOT", "FIELD", "NEAR", "QUOTED", "WORD", "REGEX", "END"]

OPENERS: Final = '"＂“”'
SLASHES: Final = "/／"
STRAIGHT_CLOSERS: Final = '"＂'
_SIGNS: Final[dict[str, Kind]] = {"(": "(", "（": "(", ")": ")", "）": ")", "|": "OR", "｜": "OR"}
_MINUS: Final = list_alike("-")
_OPERATORS: Final[dict[str, Kind]] = {"AND": "AND", "OR": "OR", "NOT": "NOT"}
_TILDES: Final = f"[{re.escape(list_equal('~'))}]"
_COLONS: Final = f"[{re.escape(list_equal(':'))}]"
_FIELD: Final = re.compile(rf"""([^\s()（）|｜"＂“”]{{1,30}}?)[ \u3000]?{_COLONS}""")
_NEAR: Final = re.compile(rf"\s*{_TILDES}\s*([0-9０-９]{{1,6}})")
_TILDE: Final = re.compile(rf"\s*{_TILDES}")
_WORD: Final = re.compile(rf"""(?:(?!{_TILDES}[0-9０-９])[^\s()（）|｜"＂“”])+""")
# A field's bare value may hold ~ and … (日期:2021～2023).
_FIELD_VALUE: Final = re.compile(r"""[^\s()（）|｜"＂“”]+""")


@dataclass(frozen=True, slots=True)
class QueryToken:
    """A token with its place; text is a field's code, a quotation's inside or a word."""

    kind: Kind
    text: str
    position: int
    number: int = 0


def split_tokens(text: str) -> list[QueryToken]:
    """Return the tokens of a query, an END last; raise QueryError where it can't be read."""
    tokens: list[QueryToken] = []
    at = _skip_space(text, 0)
    if at == len(text) and text.strip():
        raise QueryError(0, _("检索词里只有看不见的符号，没有文字"))
    while at < len(text):
        if tokens and (tokens[-1].kind, tokens[-1].text) == ("FIELD", "regex"):
            token, at = _read_regex(text, at)
        else:
            token, at = _read_token(text, at, tokens[-1].kind if tokens else "END")
        tokens.append(token)
        at = _skip_space(text, at)
    tokens.append(QueryToken("END", "", len(text)))
    return tokens


def _skip_space(text: str, at: int) -> int:
    while at < len(text) and (text[at].isspace() or text[at] in list_unseen()):
        at += 1
    return at


def _read_token(text: str, at: int, before: Kind) -> tuple[QueryToken, int]:
    char = text[at]
    if char in _SIGNS:
        end = at + 1
        while _SIGNS[char] == "OR" and end < len(text) and text[end] == char:
            end += 1
        return QueryToken(_SIGNS[char], char, at), end
    if char in OPENERS:
        return _read_quoted(text, at)
    if before == "FIELD":
        return _read_bare(text, at, _FIELD_VALUE)
    if char in _MINUS and _starts_term(text, at + 1):
        return QueryToken("NOT", char, at), at + 1
    if (near := _NEAR.match(text, at)) is not None:
        return QueryToken("NEAR", near[0], at, int(near[1])), near.end()
    if before == "QUOTED" and _TILDE.match(text, at):
        raise QueryError(at, _("“~”后面应写字数，例如：“代表”~5“履职”"))
    field = _FIELD.match(text, at)
    if field is not None and (name := fold(field[1]).lower()) in FIELD_NAMES:
        return QueryToken("FIELD", FIELD_NAMES[name], at), field.end()
    return _read_bare(text, at, _WORD)


def _read_regex(text: str, start: int) -> tuple[QueryToken, int]:
    """Read /…/ up to the next such slash without a backslash; what is inside stays as it is."""
    if text[start] not in SLASHES:
        raise QueryError(start, _("“正则:”后面要写在两条斜线之间，例如：正则:/第.{1,3}次会议/"))
    at = start + 1
    while at < len(text) and text[at] != text[start]:
        at += 2 if text[at] == "\\" else 1
    if at >= len(text):
        raise QueryError(start, _("斜线没有配对，表达式里的斜线要写作 \\/"))
    after = text[at + 1 : at + 2]
    if after.isascii() and after.isalnum():
        raise QueryError(at + 1, _("斜线后面不能紧跟字母；不分大小写，请在表达式开头写 (?i)"))
    return QueryToken("REGEX", text[start + 1 : at], start), at + 1


def _starts_term(text: str, at: int) -> bool:
    return at < len(text) and not text[at].isspace() and text[at] not in ")）|｜"


def _read_bare(text: str, at: int, pattern: re.Pattern[str]) -> tuple[QueryToken, int]:
    found = pattern.match(text, at)
    end = found.end() if found else at + 1
    word = drop_unseen(text[at:end])
    kind = _OPERATORS.get(fold(word), "WORD")
    return QueryToken(kind if pattern is _WORD else "WORD", word, at), end


def _read_quoted(text: str, start: int) -> tuple[QueryToken, int]:
    """Read a quotation: "…" ends at the next straight quote, “…” at the ” that balances it."""
    straight = text[start] in STRAIGHT_CLOSERS
    depth = 1
    inside: list[str] = []
    at = start + 1
    while at < len(text):
        char = text[at]
        if char == "\\" and at + 1 < len(text) and text[at + 1] in OPENERS + "\\":
            inside.append(text[at + 1])
            at += 2
            continue
        depth += _depth_change(char, straight, opened_by_closer=text[start] == "”")
        if depth == 0:
            return QueryToken("QUOTED", "".join(inside), start), at + 1
        inside.append(char)
        at += 1
    raise QueryError(start, _("引号没有配对"))


def _depth_change(char: str, straight: bool, opened_by_closer: bool) -> int:
    if straight:
        return -1 if char in STRAIGHT_CLOSERS else 0
    if char == "”":
        return -1
    return 1 if char == "“" and not opened_by_closer else 0
