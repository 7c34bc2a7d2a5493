"""The lines of a file's head or tail that nobody understood: left in the text, or swallowed.

A speech begins with a salutation, a sentence or a numbered heading. Short lines before that are
the page's or say something about the speech; either way they were not read. Below its end only
what the parse itself took out as not understood is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from functools import cache
from typing import Any, Final

from corpus_app.ingest.dates import DATE, read_match
from corpus_app.ingest.metadata.labels import read_labels
from corpus_app.ingest.metadata.names import is_organisation
from corpus_app.ingest.plausibility.titles import is_button
from corpus_app.ingest.rule_files import read_rules
from corpus_app.text.chars import tidy
from corpus_app.text.paragraphs import list_lines

_STOPS: Final = re.compile("[。！？；!?;]")
_CLAUSES: Final = re.compile("[，,：:]")
# What ends inside a sentence runs on in the next line.
_RUNS_ON: Final = re.compile("[，,、；的了和与及在]$")
_EMPTY_LABEL: Final = re.compile(r"[\u4e00-\u9fff](?:[ \u3000]*[\u4e00-\u9fff]){1,5}\s*[:：]")
# Kinds of removed spans that belong to the head: read as title or metadata, or told as unread.
_TAKEN: Final = ("title", "metadata")
# One character of a value stands in any line.
SHORTEST_VALUE: Final = 2
SHORTEST_TITLE: Final = 6
# So long a title may be printed twice with so few characters changed.
LONG_TITLE, FEW_CHARS, NEARLY = 16, 2, 0.94
_TAGGED: Final = re.compile(r"[（(【\[][^（）()【】\[\]]{1,10}[）)】\]]$")


def find_unread_head(
    text: str, removed: Sequence[Mapping[str, Any]], values: Iterable[str]
) -> list[str]:
    """Return the lines of the head that were not understood, in the order of the file.

    text is the speech's body, removed the spans cut from raw (kind, text, start, rule), values
    what is known of the speech: title, names, dates as YYYY-MM-DD.
    """
    # 全屏 under a title reads like a name: a value that is a button explains nothing.
    known = [value for value in values if not is_button(value)]
    above = [span for span in removed if not _is_below(span)]
    return _tidy_lines(_list_swallowed(above, known)) + list(_list_left(text))


def find_unread_tail(removed: Sequence[Mapping[str, Any]], values: Iterable[str]) -> list[str]:
    """Return the lines below the speech's end that were not understood, in the file's order.

    removed and values are those of find_unread_head.
    """
    known = [value for value in values if not is_button(value)]
    return _tidy_lines(_list_swallowed([span for span in removed if _is_below(span)], known))


def _is_below(span: Mapping[str, Any]) -> bool:
    return span.get("rule") == "footer"


def _tidy_lines(lines: Iterable[str]) -> list[str]:
    return [line for line in map(tidy, lines) if line]


def _list_left(text: str) -> Iterator[str]:
    """Yield the lines at the beginning of the text that are none of the speech's."""
    reach = int(_rules()["lines"])
    head = list_lines(text)[:reach]
    greeted = next((n for n, line in enumerate(head) if _is_salutation(line)), None)
    for index, line in enumerate(head[:greeted]):
        if _is_empty_label(line) and read_labels(line):
            continue
        if _pattern("foreign").search(line):
            yield line
        elif _begins_speech(line, head[index + 1] if index + 1 < len(head) else ""):
            return
        else:
            yield line


def _is_empty_label(line: str) -> bool:
    """Say whether a line is a label whose value went elsewhere or never was: 值守：."""
    return _EMPTY_LABEL.fullmatch(line) is not None and not _is_salutation(line)


def _is_salutation(line: str) -> bool:
    return not read_labels(line) and _pattern("salutation").fullmatch(line) is not None


def _begins_speech(line: str, following: str) -> bool:
    """Say whether a line is running text or a numbered heading."""
    rules = _rules()
    bare = line.strip("（）()[]【】《》 \u3000")
    if _pattern("heading").match(line):
        return True
    if _STOPS.search(bare) or len(bare) >= rules["running"]:
        return True
    clauses = _CLAUSES.search(bare) is not None and not read_labels(line)
    if clauses and len(bare) >= rules["clause"]:
        return True
    return _RUNS_ON.search(bare) is not None and len(following) >= rules["clause"]


def _list_swallowed(removed: Sequence[Mapping[str, Any]], values: list[str]) -> Iterator[str]:
    """Yield the lines taken as title or metadata of which words stand in no value."""
    # A title may name the year that is the speech's date: dates go from both or from none.
    known = [_squeeze(word) for value in values for word in (value, _drop_dates(value, values))]
    for span in removed:
        told = span["kind"] == "unread"
        if not told and (span["kind"] not in _TAKEN or span.get("rule") != "header"):
            continue
        for line in span["text"].splitlines():
            if _is_empty_label(line.strip()):
                continue
            strange = _find_strange(line, known, values)
            labelled = not told and read_labels(line.strip())
            bare = _TAGGED.sub("", _drop_dates(line, values).strip())
            if _prints_title_again(_squeeze(bare), known):
                continue
            if not labelled and len(strange) >= (1 if told else _left()):
                yield line


def _prints_title_again(line: str, known: list[str]) -> bool:
    """Say whether a line is a title that was read, with little more or with a word of it changed.

    More is the name of whose report it is before it, or what a list of files put in brackets
    behind it: …而团结奋斗（二十大）.
    """
    titles = [value for value in known if len(value) >= SHORTEST_TITLE]
    if any(is_organisation(line.removesuffix(one)) for one in titles if line.endswith(one)):
        return True
    return any(line == one or _is_nearly(line, one) for one in titles)


def _is_nearly(line: str, title: str) -> bool:
    """Say whether two long lines differ in a character or two: 夺取…胜利 and 为夺取…胜利."""
    if len(title) < LONG_TITLE or abs(len(line) - len(title)) > FEW_CHARS:
        return False
    return SequenceMatcher(None, line, title, autojunk=False).ratio() >= NEARLY


def _find_strange(line: str, known: list[str], values: list[str]) -> str:
    """Return the signs of a line that stand in no value; its dates may be values, too."""
    whole = _take_out_known(_squeeze(line), known)
    return whole and _take_out_known(_squeeze(_drop_dates(line, values)), known)


def _take_out_known(line: str, known: list[str]) -> str:
    """Return the signs of a line that stand in no value."""
    if any(line in value for value in known):
        return ""
    for value in sorted(known, key=len, reverse=True):
        if len(value) >= SHORTEST_VALUE:
            line = line.replace(value, "")
    return _pattern("empty").sub("", line)


def _drop_dates(line: str, values: list[str]) -> str:
    """Return a line without the dates that are values."""
    return DATE.sub(lambda match: _keep_strange_date(match, values), line)


def _keep_strange_date(match: re.Match[str], values: list[str]) -> str:
    """Return a date as it is written, "" where it is one of the values."""
    date = read_match(match)
    read = date is not None and any(value.startswith(date.value) for value in values)
    return "" if read else match.group()


def _squeeze(text: str) -> str:
    return _pattern("empty").sub("", text)


def _left() -> int:
    return int(_rules()["left"])


def _rules() -> dict[str, Any]:
    rules: dict[str, Any] = read_rules("plausibility")["head"]
    return rules


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(_rules()[name])
