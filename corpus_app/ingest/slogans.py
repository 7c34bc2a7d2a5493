"""Set expressions (提法) in a speech: counted, quoted and parallel, with all their places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import Literal

from corpus_app.ingest.draft import SloganMention
from corpus_app.ingest.parallels import Shape, find_parallels, split_clauses
from corpus_app.ingest.rule_files import read_rules
from corpus_app.ingest.set_expressions import is_taken_up
from corpus_app.ingest.word_borders import stands_alone
from corpus_app.text.folding import write_plainly
from corpus_app.text.phrases import PhraseIndex, choose_longest

Kind = Literal["counted", "quoted", "parallel"]

_LONGEST = 40
# Only the innermost pair is looked at, and the bound keeps unclosed quotes linear.
_QUOTED = re.compile(
    rf"“([^“”‘’\n]{{2,{_LONGEST}}})”|‘([^“”‘’\n]{{2,{_LONGEST}}})’"
    rf"|「([^「」『』\n]{{2,{_LONGEST}}})」|『([^「」『』\n]{{2,{_LONGEST}}})』"
)
_STRAIGHT = re.compile(r'["＂\n]')
_WELL_FORMED = re.compile(r"[\u4e00-\u9fffA-Za-z0-9０-９、，,·+＋\-—]+")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_COUNTED = re.compile(
    r"[两二三四五六七八九十](?![年月日号分])[\u4e00-\u9fff]+|\d+[个项条大][\u4e00-\u9fff]+"
    r"|一个[\u4e00-\u9fff]{2,4}|一[\u4e00-\u9fff]{1,2}[一二两三四五六七八九十][\u4e00-\u9fff]{1,2}"
)


@dataclass(frozen=True)
class SloganRules:
    """rules/slogans.toml, made ready for use."""

    kinds: dict[str, Kind]
    bare: frozenset[str]
    bare_index: PhraseIndex
    idioms: frozenset[str]
    none: re.Pattern[str]
    occasions: frozenset[str]
    speech_starts: tuple[str, ...]
    speech_ends: tuple[str, ...]
    questions: tuple[str, ...]
    shape: Shape


@lru_cache(maxsize=1)
def load_rules() -> SloganRules:
    """Return the slogan rules, read once."""
    raw = read_rules("slogans")
    kinds: dict[str, Kind] = {}
    bare: set[str] = set()
    names: tuple[Kind, ...] = ("counted", "parallel", "quoted")
    for kind in names:
        bare.update(raw[kind]["bare"])
        kinds.update(dict.fromkeys([*raw[kind]["bare"], *raw[kind].get("short", [])], kind))
    none = raw["none"]
    return SloganRules(
        kinds=kinds,
        bare=frozenset(bare),
        bare_index=PhraseIndex(bare),
        idioms=frozenset(raw["quoted"]["idioms"]),
        none=re.compile("|".join([*map(re.escape, none["exact"]), *none["patterns"]])),
        occasions=frozenset(none["occasions"]),
        speech_starts=tuple(none["speech_starts"]),
        speech_ends=tuple(none["speech_ends"]),
        questions=tuple(none["questions"]),
        shape=Shape.from_rules(raw["shape"]),
    )


def find_slogans(text: str) -> list[SloganMention]:
    """Return the set expressions of the text in order of their first place; no spans overlap.

    An expression once found in quotation marks is found without them too:
    “四个机关” … 四个机关 is one entry with two mentions, both spans without the marks.
    """
    rules = load_rules()
    source, text = text, write_plainly(text)
    quoted = set(_find_quoted(text, rules))
    spans = quoted | set(find_parallels(text, rules.shape))
    known = PhraseIndex({text[start:end] for start, end in quoted} - rules.bare)
    found = chain(rules.bare_index.find_all(text), known.find_all(text))
    places = ((start, start + len(phrase)) for start, phrase in found)
    spans.update(place for place in places if place in quoted or stands_alone(text, *place))
    mentions: dict[str, list[tuple[int, int]]] = {}
    for start, end in choose_longest(spans, len(text)):
        mentions.setdefault(source[start:end], []).append((start, end))
    return [_make_mention(text, words, places, quoted) for words, places in mentions.items()]


def _make_mention(
    text: str, words: str, places: list[tuple[int, int]], quoted: set[tuple[int, int]]
) -> SloganMention:
    plain = write_plainly(words)
    offered = _is_offered(text, plain, places, quoted)
    return SloganMention(words, classify_slogan(plain), places, offered)


def _is_offered(
    text: str, words: str, places: list[tuple[int, int]], quoted: set[tuple[int, int]]
) -> bool:
    """Tell whether words are known, parallel, or quoted and somewhere taken up, nowhere refused."""
    if words in load_rules().kinds:
        return True
    found = [is_taken_up(text, start, end) for start, end in places if (start, end) in quoted]
    return False not in found and (True in found or not found)


def classify_slogan(expression: str) -> Kind:
    """Return the kind of an expression from its wording alone."""
    rules = load_rules()
    if expression in rules.kinds:
        return rules.kinds[expression]
    clauses = split_clauses(expression)
    if expression not in rules.idioms and all(_COUNTED.fullmatch(clause) for clause in clauses):
        return "counted"
    return "parallel" if _is_even(clauses) else "quoted"


def _is_even(clauses: list[str]) -> bool:
    return len(clauses) > 1 and len(clauses[0]) > 2 and len({len(c) for c in clauses}) == 1


def _find_quoted(text: str, rules: SloganRules) -> Iterator[tuple[int, int]]:
    for start, end in _iterate_quotes(text):
        before, after = text[max(0, start - 2) : start - 1], text[end + 1 : end + 3]
        if before == "就" and after in rules.occasions:
            continue  # 就“切实实施民法典”举行集体学习: a subject
        if _is_expression(text[start:end], before, rules):
            yield start, end


def _iterate_quotes(text: str) -> Iterator[tuple[int, int]]:
    for match in _QUOTED.finditer(text):
        yield match.span(match.lastindex or 0)
    opened = -1
    for match in _STRAIGHT.finditer(text):
        if match[0] == "\n":  # straight marks pair up within a paragraph
            opened = -1
        elif opened < 0:
            opened = match.end()
        else:
            if 2 <= match.start() - opened <= _LONGEST:
                yield opened, match.start()
            opened = -1


def _is_expression(words: str, before: str, rules: SloganRules) -> bool:
    """Tell an expression from a scare-quoted word, a name, a date and somebody's speech."""
    if words in rules.kinds:
        return True
    if rules.none.fullmatch(words) or not _WELL_FORMED.fullmatch(words):
        return False
    clauses = split_clauses(words)
    if len(_HAN.findall(words)) < 3 or max(map(len, clauses)) < 2 or "" in clauses:
        return False
    if _COUNTED.fullmatch(words) and len(words) <= 12:
        return True
    after_colon = before in (*":：",)
    if _is_even(clauses) and (len(clauses[0]) <= 6 or rules.shape.fits(clauses)):
        return not after_colon or "、" in words
    longest = 20 if len(clauses) > 1 else 12
    return len(words) <= longest and not after_colon and not _is_speech(words, rules)


def _is_speech(words: str, rules: SloganRules) -> bool:
    if words.startswith(rules.speech_starts) or words.endswith(rules.speech_ends):
        return True
    return any(question in words for question in rules.questions)
