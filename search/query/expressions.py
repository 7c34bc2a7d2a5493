"""Regular expressions in a query: compiled once, refused with a reason, and what they require."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

import regex
from django.utils.translation import gettext as _

from search.errors import QueryError

MAX_EXPRESSION: Final = 300
# ^ and $ are the borders of lines, which are the paragraphs of a text.
_FLAGS: Final = regex.MULTILINE
# An expression that calls itself fills the memory faster than any time limit ends it.
_RECURSION: Final = regex.compile(r"\(\?(?:R|&|P>|[+-]?\d)")
# Flags change what a literal character stands for; comments hide brackets.
_FLAGGED: Final = regex.compile(r"\(\?(?:[A-OQ-Za-z#-])")
_CLASS: Final = regex.compile(r"\[\^?\]?(?:\\.|[^\\\]])*\]", regex.DOTALL)
_BRACES: Final = regex.compile(r"\{[^}]*\}")
_SIMPLE_CLASSES: Final = "dDwWsSbBAZ"


def check_expression(pattern: str, position: int) -> None:
    """Raise QueryError with the place and reason if a pattern, at that position, is wrong."""
    if not pattern:
        raise QueryError(position, _("两条斜线之间没有表达式"))
    if len(pattern) > MAX_EXPRESSION:
        message = _("正则表达式太长，最多 %(limit)s 字") % {"limit": MAX_EXPRESSION}
        raise QueryError(position + MAX_EXPRESSION, message)
    if (call := _RECURSION.search(pattern)) is not None:
        raise QueryError(position + call.start(), _("正则表达式不能调用自己"))
    try:
        compile_expression(pattern)
    except regex.error as error:
        message = _("正则表达式有误：%(reason)s") % {"reason": _explain(str(error))}
        at: int | None = getattr(error, "pos", None)
        raise QueryError(position + min(at or 0, len(pattern)), message) from error
    except Exception as error:  # the compiler fails on strange patterns in more ways than one
        raise QueryError(position, _("正则表达式有误：写法认不出")) from error


@lru_cache(maxsize=256)
def compile_expression(pattern: str) -> regex.Pattern[str]:
    """Return the compiled pattern; raise regex.error for a wrong one."""
    return regex.compile(pattern, _FLAGS)


def _explain(message: str) -> str:
    reasons = {
        "missing )": _("左括号没有配对"),
        "unbalanced parenthesis": _("多了一个右括号"),
        "unterminated character set": _("方括号没有配对"),
        "bad character range": _("字符范围的先后颠倒"),
        "nothing to repeat": _("重复号前面没有内容"),
        "multiple repeat": _("重复号不能连用"),
        "min repeat greater": _("重复的下限大于上限"),
        "repeat count": _("重复的次数太多"),
        "bad escape": _("反斜杠后面的写法认不出"),
        "incomplete escape": _("反斜杠后面的写法认不出"),
        "unknown property": _("没有这种字符类别"),
        "missing group": _("分组的名称写得不对"),
        "bad character in group": _("分组的名称写得不对"),
        "group": _("引用的分组不存在"),
    }
    return next((words for start, words in reasons.items() if start in message), _("写法认不出"))


def list_required(pattern: str) -> list[str]:
    """Return strings that stand in every match.

    Example: list_required("第.{1,3}次会?议") == ["第", "次", "议"]. A pattern that is not plain
    enough gives none. Sound, not complete: it only saves reading.
    """
    if _FLAGGED.search(pattern):
        return []
    runs = [""]
    depth = 0
    for kind, char in _split_pattern(pattern):
        if kind == "unknown" or (char == "|" and kind == "sign" and depth == 0):
            return []
        depth += {"(": 1, ")": -1}.get(char, 0) if kind == "sign" else 0
        if kind == "literal" and depth == 0:
            runs[-1] += char
            continue
        if kind == "repeat":
            runs[-1] = runs[-1][:-1]
        runs.append("")
    return [run for run in runs if run.strip()]


def _split_pattern(pattern: str) -> Iterator[tuple[str, str]]:
    """Yield the parts of a pattern: literal characters, signs, repeats and other things."""
    at = 0
    while at < len(pattern):
        char = pattern[at]
        end = at + 1
        if char == "\\":
            yield _read_escape(pattern[at + 1 : at + 2])
            end = at + 2
        elif char == "[":
            found = _CLASS.match(pattern, at)
            yield ("other", char) if found else ("unknown", char)
            end = found.end() if found else end
        elif char in "*+?{":
            found = _BRACES.match(pattern, at)
            yield "repeat", char
            end = found.end() if found else end
        else:
            yield ("sign" if char in "()|" else "other" if char in ".^$" else "literal"), char
        at = end


def _read_escape(char: str) -> tuple[str, str]:
    if not char.isalnum():
        return "literal", char
    return ("other", char) if char in _SIMPLE_CLASSES else ("unknown", char)
