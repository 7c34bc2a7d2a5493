"""Lines made of labels and values: 发布时间:2022-06-23 作者:佚名 来源:某网."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Final

from corpus_app.ingest.dates import DATE, DATE_WORDS, find_date
from corpus_app.ingest.metadata.brackets import strip_brackets
from corpus_app.ingest.metadata.keys import read_key_line
from corpus_app.ingest.metadata.label_cells import name_cell, write_label
from corpus_app.ingest.metadata.label_words import (
    BLANK,
    find_field,
    list_beginnings,
    spell_labels,
)
from corpus_app.ingest.metadata.names import (
    is_name,
    is_office,
    is_organisation,
    may_be_name,
    split_office,
)
from corpus_app.ingest.plausibility.titles import ends_as_document
from corpus_app.ingest.rule_files import read_rules
from corpus_app.text.folding import simplify

# What a form says of the place to fill in: 来源（没有则不写）：….
_HINT: Final = re.compile(
    r"[（(][^（()）]{0,16}(?:不写|不填|必填|选填|填写|格式|可空)[^（()）]{0,16}[）)]"
)
# 讲话人　周明: a blank for the colon, where the value is what the label asks for.
_NAMING: Final = ("speaker", "author", "role", "delivered", "published", "source", "title")
_TIMED: Final = re.compile(
    r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?:[ T\u3000]+\d{1,2}:\d{2}(?::\d{2})?)?"
    r"|\d{4}年\d{1,2}月\d{1,2}日[ \u3000]*\d{1,2}:\d{2}(?::\d{2})?"
)
# What stands behind every label; most lines hold none of it.
_MARKED: Final = re.compile(r"[:：丨\]】〕」/／|｜▏·]|\d{4}[-年/.]")
# What parts labels from one another, and what a list or a table puts before them.
EDGES: Final = " \u3000\t\u00a0|｜┊•·●▪■◆←→«»"
_OUTER: Final = EDGES + "[【(（〔「〖『"
# A label that no list knows, before a date or a name: 上线时间：2019.12.28.
_UNKNOWN: Final = re.compile(
    r"([\u4e00-\u9fffA-Za-z]{2,10})\s*[:：]\s*(.{2,40}?)[\s/／；;，,·|｜]*"
)
_BEHIND: Final = re.compile(
    r"[\s/／；;·|｜]+[\u4e00-\u9fffA-Za-z]{2,10}(?:\s*[:：]\s*|[ \u3000])(.+)$"
)
# 原载2024年1月15日《某某日报》: a day before the paper.
_DAY_BEFORE: Final = re.compile(rf"({DATE_WORDS})[\s，,]*《([^《》]{{2,20}})》.{{0,8}}")
# 来源：某某日报　2024-01-15: a day behind a value that is none.
_DAY_BEHIND: Final = re.compile(
    rf"(\S.*?)(?:[\s/／；;，,·|｜（(]+|(?<=》))"
    rf"({DATE_WORDS}(?:日?[ T\u3000]*\d{{1,2}}[:：]\d{{2}}(?::\d{{2}})?)?)[）)]?(?:\s?第?\s?\d+版)?"
)
# 原载：枫林日报2024年1月9日
_DAY_GLUED: Final = re.compile(rf"(\S{{2,16}}?)({DATE_WORDS}).{{0,10}}")
# 【本报综合报道】来源：…
_REPORTED: Final = re.compile(r"本[报刊网台]\S{0,4}(?:报道|讯|消息)")
_UNDATED: Final = frozenset({"source", "author", "other"})
_CHANGED: Final = re.compile(r"更新|修改|编辑|改", re.I)
# Tables of government sites lose the colon: 发文机关平原省高级人民法院.
_GLUED: Final = re.compile(
    r"^(发文机关|发文日期|发布机构|发布日期|公布日期|成文日期|时效性|施行日期|效力级别|发文字号|制发机关)"
    r"(?=[\u4e00-\u9fff\d〇])([^，。；：:]{2,40})$"
)
_BARS: Final = re.compile(r"\s*[|｜┊]\s*")
MOST_PARTS: Final = 8
# 原文来自枫林人大网: a name, and words before it.
_VERBED: Final = re.compile("(?:原文|本文|文章|稿件)?(?:来自|出自|转自|摘自|选自|来源|转载|发布于)")
_CLAUSES: Final = re.compile("[，；。]")
# Longer lines are parsed anew each time: a file may hold many, and long ones.
LONGEST_KEPT: Final = 120
# Longer lines are sentences, in which a label's word before a colon is none.
LONGEST_GLUED: Final = 80
_LONGEST_SPACED: Final = 40
DATED: Final = ("published", "updated", "delivered", "time")


@cache
def _label_pattern() -> re.Pattern[str]:
    # A colon or a date right behind the label, or brackets around it (【讲话人】某某).
    mark = rf"(?:[】\]〕]?{BLANK}(?:::|[:：丨])|(?={BLANK}\d{{4}}[-年/.]))"
    # 来源：某某日报时间：2024-01-15: what a page glued is parted where a date follows the label.
    glued = rf"(?=(?:发布|发表|更新)?(?:时间|日期|于){BLANK}[:：]{BLANK}\d{{4}})"
    edge = "(?<![\u4e00-\u9fffA-Za-z])"
    slashed = read_rules("metadata")["cells"]["slashed"]
    slash = "|".join(slashed)
    # No label begins with another sign: at most places nothing more is tried.
    begins = "".join(sorted(list_beginnings().union(word[0] for word in slashed)))
    return re.compile(
        rf"(?=[\[【(（〔「{begins}])(?:"
        rf"[\[【〔「]{BLANK}({spell_labels()}){BLANK}[】\]〕」]{BLANK}[:：]?"
        rf"|(?:{edge}|{glued})[\[【(（〔「]?"
        rf"(?:({spell_labels()}){BLANK}{mark}|({slash}){BLANK}[/／|｜丨▏·]))"
    )


@cache
def _spaced_pattern() -> re.Pattern[str]:
    """Return a label and its value that a blank parts: 讲话人　周明, 题　名　在…会上的讲话."""
    return re.compile(
        rf"({spell_labels()})(?:[ \u3000\t]+|{BLANK}[|｜丨▏]{BLANK})(?![|｜丨▏–—-])(\S.{{0,40}})"
    )


def read_labels(text: str) -> list[tuple[str, str]]:
    """Return the (field, value) pairs of a line of labels; empty where it is no such line.

    A line is one where it begins with a label, or with a date before the first label.
    """
    return list(_read_line(text) if len(text) <= LONGEST_KEPT else _parse_line(text))


@lru_cache(maxsize=1024)
def _read_line(text: str) -> tuple[tuple[str, str], ...]:
    """Return the pairs of a line that is asked for by many: signs, zones, readers of values."""
    return tuple(_parse_line(text))


def _parse_line(text: str) -> list[tuple[str, str]]:
    pairs = _parse_labels(text) or _read_said(text) or _read_barred(text)
    keyed = None if pairs else read_key_line(text)
    return [keyed] if keyed and _is_plausible([keyed]) else pairs


def _read_barred(text: str) -> list[tuple[str, str]]:
    """Return the pairs of a line whose bars part labels with values: 来源 枫林日报 | 作者 周明."""
    parts = _BARS.split(text) if len(text) <= LONGEST_GLUED else []
    if not 2 <= len(parts) <= MOST_PARTS:
        return []
    told = [_parse_line(part) for part in parts if part.strip()]
    pairs = [pair for read in told for pair in read]
    return pairs if all(told) and all(value for _, value in pairs) else []


def _read_said(text: str) -> list[tuple[str, str]]:
    """Return the pairs of a line that says its labels: 发布日期是2024年1月9日，来源是枫林日报。"""
    clauses = [clause for clause in _CLAUSES.split(text) if clause]
    said = [_said_pattern().fullmatch(clause) for clause in clauses]
    found = [match for match in said if match]
    if not found or len(found) < len(clauses):
        return []
    pairs = [(find_field("".join(match[1].split())), match[2].strip()) for match in found]
    stated = [(name, value) for name, value in pairs if name in DATED or name == "source"]
    return pairs if len(stated) == len(pairs) and _is_plausible(pairs) else []


@cache
def _said_pattern() -> re.Pattern[str]:
    return re.compile(rf"({spell_labels()})[是为](\S{{2,24}})")


def _parse_labels(text: str) -> list[tuple[str, str]]:
    text = write_label(_HINT.sub("", text) if "（" in text or "(" in text else text)
    plain = simplify(text)
    glued = _GLUED.match(plain)
    if glued:
        return [(find_field(glued[1]), text[glued.start(2) : glued.end(2)].strip())]
    field = name_cell(plain)
    if field:
        return [(field, "")]
    matches = _find_labels(plain) if _MARKED.search(text) else []
    if not matches:
        return [("published", text)] if _TIMED.fullmatch(text.strip()) else _read_spaced(text)
    pairs = _read_lead(text[: matches[0].start()].strip(_OUTER + "/／；;，,]】〕"))
    if pairs is None:
        return []
    for index, match in enumerate(matches):
        end = matches[index + 1].start() if index + 1 < len(matches) else len(text)
        last = index + 1 == len(matches)
        value = text[match.end() : end].strip(EDGES if last else EDGES + "/／；;，,")
        value = strip_brackets(value)
        label = re.sub(r"[ \u3000\t]", "", match[1] or match[2] or match[3])
        pairs += _part_value(weigh_field(label, value), value)
    return pairs if _is_plausible(pairs) else []


def _read_lead(lead: str) -> list[tuple[str, str]] | None:
    """Return the pairs of what stands before the first label, None where it is a line's words."""
    spaced = _read_spaced(lead) if lead else []
    if spaced or not lead:
        return spaced
    if _REPORTED.fullmatch(simplify(lead)):
        return []
    unknown = _UNKNOWN.fullmatch(lead)
    if unknown and is_name(unknown[2]):
        return []  # 供图：李华 来源：枫林发布
    day = unknown[2] if unknown else lead
    if not _TIMED.fullmatch(day) and not DATE.fullmatch(day):
        return None
    return [("updated" if unknown and _CHANGED.search(unknown[1]) else "published", day)]


def _find_labels(text: str) -> list[re.Match[str]]:
    """Return the labels of a line; one that begins with a label may have others glued to values."""
    found = list(_label_pattern().finditer(text))
    if not found or len(text) > LONGEST_GLUED or text[: found[0].start()].strip(_OUTER):
        return found
    glued = _glued_pattern().finditer(text, found[0].end())
    inside = [
        m for m in glued if not any(m.start() < f.end() and f.start() < m.end() for f in found)
    ]
    return sorted([*found, *inside], key=lambda match: match.start())


@cache
def _glued_pattern() -> re.Pattern[str]:
    """Return labels right behind a value, a colon behind them: 来源：某报作者：周明."""
    words = sorted(read_rules("metadata")["cells"]["glued"], key=len, reverse=True)
    return re.compile(rf"(?<=[\u4e00-\u9fff\d）)])({'|'.join(words)})()(){BLANK}[:：](?=\s?\S)")


def _read_spaced(text: str) -> list[tuple[str, str]]:
    """Return the pair of a label and its value that only a blank parts."""
    spaced = _spaced_pattern().fullmatch(simplify(text)) if len(text) <= _LONGEST_SPACED else None
    label = "".join(spaced[1].split()) if spaced else ""
    field = find_field(label)
    value = text[spaced.start(2) :] if spaced else ""
    if spaced is None or field not in _NAMING:
        # 提　要　见全文: a label of other things, its characters set apart.
        return [("other", value)] if spaced and label != spaced[1].strip() else []
    if field == "role":
        return [(field, value)] if is_office(value) else []
    if field == "source":
        return [(field, value)] if is_medium(value) else []
    if field == "title":
        return [(field, value)] if len(label) > 1 and ends_as_document(value) else []
    if field not in ("speaker", "author"):
        return [(field, value)] if DATE.match(value) else []
    known = is_name(value) or may_be_name(value) or split_office(value) is not None
    return [(field, value)] if known else []


def _part_value(field: str, value: str) -> Iterator[tuple[str, str]]:
    """Yield a value, and what an unknown label says behind a date (｜来稿单位：某某网)."""
    if field in _UNDATED and len(cells := _BARS.split(value)) > 1:
        yield field, cells[0]
        yield from (("published", cell) for cell in cells[1:] if DATE.match(cell))
        return
    behind = _BEHIND.search(value) if field in DATED else None
    dated = _DAY_BEHIND.fullmatch(value) if field in _UNDATED else None
    glued = _DAY_GLUED.fullmatch(value) if field == "source" and not dated else None
    dated = glued if glued and is_medium(glued[1]) else dated
    if dated:
        yield field, dated[1]
        yield "published", dated[2]
        return
    cited = _DAY_BEFORE.fullmatch(value) if field == "source" else None
    if cited:
        yield field, cited[2]
        yield "published", cited[1]
        return
    if behind is None:
        yield field, value
        return
    yield field, value[: behind.start()]
    if is_medium(behind[1].strip()):
        yield "source", behind[1].strip()


def weigh_field(label: str, value: str) -> str:
    """Return the field of a label; who supplied the words is a source, if it is a medium."""
    supplied = (
        label in read_rules("metadata")["values"]["suppliers"]
        and is_medium(value)
        and not is_organisation(value)
    )
    field = find_field(label)
    named = field in DATED and find_date(value) is None and is_medium(value)  # 首发：枫林日报
    return "source" if supplied or named else field


def is_medium(text: str) -> bool:
    """Return whether words name a newspaper, a site, an account: 枫岭日报, 枫岭人大网."""
    return _load_agency().fullmatch(text) is not None and _VERBED.match(text) is None


@cache
def _load_agency() -> re.Pattern[str]:
    return re.compile(read_rules("heads")["signs"]["agency"])


def _is_plausible(pairs: list[tuple[str, str]]) -> bool:
    """Refuse running text that happens to hold a label: values are short, dates are dates."""
    if any(len(value) > 60 and field != "url" for field, value in pairs):
        return False
    if any("。" in value for _, value in pairs):
        return False
    if len(pairs) > 1 or pairs[0][0] not in DATED or not pairs[0][1]:
        return True
    return find_date(pairs[0][1]) is not None
