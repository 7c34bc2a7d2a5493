"""Who spoke, and for whom: the lines around a speech that name persons, offices, bodies."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final

from corpus_app.ingest.dates import DATE_WORDS
from corpus_app.ingest.draft import Metadata
from corpus_app.ingest.metadata.brackets import strip_brackets
from corpus_app.ingest.metadata.label_words import is_known_label
from corpus_app.ingest.metadata.labels import read_labels
from corpus_app.ingest.metadata.names import (
    SAID_OF,
    is_name,
    is_office,
    is_organisation,
    is_place,
    may_be_name,
    split_office,
)
from corpus_app.ingest.rule_files import read_rules
from corpus_app.text.chars import squeeze

_OUTER: Final = "（）()[]【】 \u3000—━-·：:@＠"
_ACTING: Final = re.compile(r"\S{2,40}[（(]代[）)]")
_PERSONAL_FIELDS: Final = frozenset({"speaker", "author", "role", "organisation", "host"})
# 周明 | 县委书记; 周明系某县县长; 现任某县县长.
_BARS: Final = re.compile(r"\s*[|｜丨]\s*|\s[/／]\s")
# 【同期】周明, （2024年1月9日，县长周明）
_TAGGED: Final = re.compile(r"^[【\[][\u4e00-\u9fff]{2,4}[】\]]\s*(?=\S{2})")
_COMMAS: Final = "，,、 "
_BEING: Final = re.compile(r"(\S{2,4})(?:系|现任|时任|，现任|，时任)(\S{2,40})")
# 根据周明同志讲话录音整理
_FROM: Final = re.compile(
    r"(?:根据|据)(\S{2,4}?)(?:同志)?的?(?:讲话|发言|录音|报告)\S{0,10}整理\S{0,8}"
)
_HELD: Final = re.compile("^(?:现任|时任|原任|曾任)")
_COMRADE: Final = re.compile(r"(?:同志|先生|女士)$")
_DAY: Final = re.compile(DATE_WORDS)
# What a form has where words are to be filled in, or a font that lacks a blank.
_PLACEHOLDERS: Final = re.compile("[□▢☐]+")
_WHO: Final = re.compile(
    r"^(?:本文)?(?:作者|讲话人|发言人|报告人)(?:系|为|单位|简介|现任)?\s*[:：]?\s*(?=\S{2})"
)
# [县长　周明]　09:06: when it was said.
_CLOCK: Final = re.compile(r"\s+\d{1,2}:\d{2}(?::\d{2})?$|^\d{1,2}:\d{2}(?::\d{2})?\s+")
_AUTHORED: Final = re.compile(
    r"^(?:本文)?(?:作者|讲话人|发言人|报告人)(?:系|为|单位|简介|现任|[:：])\s*[:：]?\s*\S{2}"
    r"|^(?:讲话人|发言人|报告人)\S{2,6}[，,]\s?(?:时任|现任|系)"
)
# 周明，男，汉族，县委书记: said of the person; 周明/文: of who wrote.
_PERSONAL: Final = re.compile(r"[，,]\s*(?:[男女]|[\u4e00-\u9fff]{1,4}族)(?=[，,])")
_WRITTEN: Final = re.compile(r"(\S{2,4}|\S \S)\s*[/／\s]\s*(?:文|撰文)")
# 周明代表, 周明委员: called by what he is.
_CALLED: Final = re.compile(r"([\u4e00-\u9fff·]{2,4}?)(?:代表|委员)")
LONGEST_NOTE: Final = 60
# A longer line is a sentence, whoever it names.
LONGEST_KEPT: Final = 200
_PAIR: Final = re.compile(r"(\S+(?:\s\S)?)(?:\s*[，,]\s*|\s+)(\S+(?:\s+\S)?)")


def read_persons(meta: Metadata, lines: Sequence[str]) -> dict[int, tuple[str, ...]]:
    """Set speaker, office and body from lines that tell them; return what each line gave.

    A line with two of them comes before lines with but one. The keys are the indices of the
    lines that were understood, the values the fields.
    """
    given: dict[int, tuple[str, ...]] = {}
    told = [tell_person(line) for line in lines]
    order = sorted(range(len(lines)), key=lambda n: -len(told[n]))
    for index in order:
        fields = _set_person(meta, told[index])
        if fields:
            given[index] = fields
    return given


def _set_person(meta: Metadata, told: Mapping[str, str]) -> tuple[str, ...]:
    """Set what a line tells unless it speaks of another person than the one that is known."""
    name = told.get("speaker")
    if name and meta.speaker not in (None, name):
        return ()
    for field, value in told.items():
        if getattr(meta, field) is None:
            setattr(meta, field, value)
    return tuple(field for field, value in told.items() if getattr(meta, field) == value)


def is_authored(text: str) -> bool:
    """Say whether a line below the speech tells who wrote it: （作者系某县县委书记）."""
    words = strip_brackets(text.lstrip("*＊※· ").rstrip("。"))
    being = _BEING.fullmatch(words)
    named = being is not None and is_name(being[1]) and is_office(being[2])
    return len(text) <= LONGEST_NOTE and (named or _AUTHORED.match(words) is not None)


def tell_person(text: str) -> Mapping[str, str]:
    """Return what a line that names a person tells: speaker, speaker_role, organisation.

    县委书记 周明; 周明，县委书记; 周明（县委书记）; 报告人：周明; 某县人大常委会 周明; each alone.
    """
    return _tell_line(text) if len(text) <= LONGEST_KEPT else {}


@lru_cache(maxsize=1024)
def _tell_line(text: str) -> Mapping[str, str]:
    line = _BARS.sub(" ", _DAY.sub("", _PLACEHOLDERS.sub(" ", text)).strip())
    line = _CLOCK.sub("", line).strip(_COMMAS)
    if line[-1:] in ("：", ":") and len(told := tell_person(line[:-1])) > 1:
        return told  # 县委书记 周明： before what was said
    if _asks_for_other(line):
        return {}
    line = _TAGGED.sub("", _strip_label(line.lstrip("*＊※· ").rstrip("。")))
    line = _WHO.sub("", strip_brackets(line).strip(_COMMAS))
    line = _PERSONAL.sub("", line)
    written = _WRITTEN.fullmatch(line)
    if written and is_name(written[1]):
        return {"speaker": squeeze(written[1])}
    called = _CALLED.fullmatch(line.strip())
    if called and is_name(called[1]) and not is_organisation(line):
        return {"speaker": called[1]}
    office = split_office(line, certain=False)
    if office:
        return {"speaker": office[1], "speaker_role": office[0]}
    pair = _PAIR.fullmatch(SAID_OF.sub("", line))
    if pair:
        first, second = pair[1].strip(), pair[2].strip()
        name = clean_name(first)
        if name and is_office(second):
            return {"speaker": name, "speaker_role": _HELD.sub("", squeeze(second))}
        name = clean_name(second)
        if name and is_office(first) and "，" in pair[0]:
            return {"speaker": name, "speaker_role": squeeze(first)}
        if name and is_organisation(first):
            return {"speaker": name, "organisation": first}
    return _tell_part(line)


def _tell_part(line: str) -> Mapping[str, str]:
    """Return what a line tells that is a name, an office or a body alone."""
    written = _FROM.fullmatch(line.strip())
    if written and is_name(written[1]):
        return {"speaker": written[1]}
    being = _BEING.fullmatch(line.strip())
    if being and is_name(being[1]) and is_office(being[2]):
        return {"speaker": being[1], "speaker_role": being[2]}
    acting = _ACTING.fullmatch(line.strip())
    bare = acting[0] if acting else line.strip(_OUTER)
    if is_office(SAID_OF.sub("", bare)) and not is_organisation(bare):
        return {"speaker_role": squeeze(bare)}
    if is_organisation(bare):
        return {"organisation": bare}
    name = clean_name(line)
    for at in range(2, len(name) - 1):
        # 院长旺堆次仁: no blank, and a name of any people.
        if is_office(name[:at]) and may_be_name(name[at:]) and not is_office(name[: at + 1]):
            return {"speaker": name[at:], "speaker_role": name[:at]}
    return {"speaker": name} if name else {}


def _asks_for_other(text: str) -> bool:
    """Say whether the label before a line's words asks for no person and no body (文献来源)."""
    pairs = read_labels(text)
    return bool(pairs) and not {field for field, _ in pairs} & _PERSONAL_FIELDS


def clean_name(text: str) -> str:
    """Return a person's name without what is said of the person, "" where none may be meant."""
    name = _COMRADE.sub("", SAID_OF.sub("", text).strip(_OUTER))
    bare = squeeze(name)
    if is_known_label(bare):
        return ""
    known = is_name(name) and bare not in read_rules("metadata")["names"]["never"]
    return bare if (known and not is_place(bare)) or may_be_name(name) else ""


def _strip_label(text: str) -> str:
    pairs = read_labels(text)
    if len(pairs) == 1 and pairs[0][0] in ("speaker", "author", "role") and pairs[0][1]:
        return pairs[0][1]
    return text
