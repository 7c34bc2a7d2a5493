"""Pay-wall notices and marks of hidden text: each is removed and leaves a gap in its place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from corpus_app.ingest.noise.page import NoisePage, PageLine, RawGap
from corpus_app.ingest.rule_files import read_rules
from corpus_app.text.spans import trim_span

FRAME = r"\s\-—–=*_~<>|【】\[\]()（）{}…⋯.。,，、;；:：!！·“”\"'#%／/▼↓+"
NUMBER = re.compile(
    r"(?P<before>\d[\d,，.]{0,11})\s*(?P<many>万)?\s*(?:余|多)?个?字(?:内容|文字)?(?:已|已被|被)?(?:隐藏|省略|屏蔽)|"
    r"(?:隐藏|省略|略去|屏蔽|还剩|剩余|余下|还有|未读)(?:了)?[^\d。]{0,6}?(?P<n>\d[\d,，.]{0,11})\s*(?P<wan>万)?\s*(?:余|多)?个?字"
)
# "以下内容…约1260字": the number is of what is missing, unless a total is spoken of.
REST = re.compile(r"以下|余下|剩余|后续|后面|此处|未读|隐藏")
TOTAL = re.compile(r"全文|本文|全篇|文档共|共计|总计|合计")
ANY = re.compile(r"(?P<n>\d[\d,，.]{0,11})\s*(?P<wan>万)?\s*(?:余|多)?个?字")
BORDERS = frozenset("。！？；!?;…”’）)】]》>=-—| \t\u3000\u00a0")
OPENING_FRAME = frozenset("-—=*…<>【[(（ \t\u3000")
STARTS_AFTER = re.compile(r"[。！？；!?;…”’）)】\]》>=\-—| \t\u3000\u00a0]")
CLOSING_FRAME = frozenset("-—=*…<>】])）。.!！ ")
ENDS_BEFORE = re.compile(r"[。！？!?】\]]|[-—=*<>]{2,}")
MARKER = (
    r"(?:[一二三四五六七八九十]{1,3}(?:是|要|、|，)|[(（][一二三四五六七八九十]{1,3}[)）]|第[一二三四五六七八九十]{1,3}"
    r"|\d{1,2}[.．、](?!\d)|[①-⑳]|首先|其次|再次|最后|同志们|各位)"
)
POINT = re.compile(r"\s*" + MARKER)
NEXT_POINT = re.compile(r"(?<![统唯之])(?=" + MARKER + ")")
# 在此处登录后查看: the sentence itself speaks of the place.
LEADS_UP = frozenset("在从到于往由将把对按据以为向")
DIGITS = r"\d[\d,，.]*"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words a notice is made of, compiled: any word, and each role."""

    word: re.Pattern[str]
    run: re.Pattern[str]
    subject: re.Pattern[str]
    barrier: re.Pattern[str]
    action: re.Pattern[str]
    hidden: re.Pattern[str]
    key: re.Pattern[str]
    opening: re.Pattern[str]
    buttons: frozenset[str]
    max_chars: int
    other_share: float


def _join(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(set(words), key=len, reverse=True))


@cache
def load_vocabulary() -> Vocabulary:
    """Return the compiled words of rules/noise_phrases.toml [statement]."""
    rules: dict[str, Any] = read_rules("noise_phrases")["statement"]
    every = [
        w for role in ("subjects", "barriers", "actions", "fillers", "hidden") for w in rules[role]
    ]
    word = f"{_join(every)}|{DIGITS}"
    return Vocabulary(
        word=re.compile(f"{word}|[{FRAME}]"),
        run=re.compile(f"(?:{word}|[-—=*<【\\[(（，,、…：:\\s%])*"),
        subject=re.compile(_join(rules["subjects"])),
        barrier=re.compile(_join(rules["barriers"])),
        action=re.compile(_join(rules["actions"])),
        hidden=re.compile(_join(rules["hidden"])),
        key=re.compile(_join([*rules["barriers"], *rules["hidden"]])),
        opening=re.compile(f"[{FRAME}]*(?:{_join(rules['openings'])})|[-—=*]{{2,}}|[【\\[(（]"),
        buttons=frozenset(rules["buttons"]),
        max_chars=int(rules["max_chars"]),
        other_share=float(rules["other_share"]),
    )


@dataclass(frozen=True, slots=True)
class _Finding:
    start: int
    end: int
    verdict: Literal["sure", "weak", "doubtful"]


def mark_statements(page: NoisePage) -> None:
    """Take pay-wall notices and marks of hidden text (kinds "paywall" and "hidden")."""
    words = load_vocabulary()
    findings: list[_Finding] = []
    for line in page.list_free():
        findings += _search_line(line, words)
    sure = [f for f in findings if f.verdict == "sure"]
    for finding in findings:
        if finding.verdict == "weak" and any(
            _touch(page.raw, finding, s) for s in _near(sure, finding)
        ):
            sure.append(finding)
        elif finding.verdict != "sure":
            page.warn(
                "possible_gap",
                "这里的字句像是付费或隐藏提示，因把握不足而保留，请核对。",
                finding.start,
                finding.end,
            )
    for finding in sorted(sure, key=lambda f: f.start):
        take_gap(page, finding.start, finding.end)


def _near(sure: list[_Finding], finding: _Finding) -> list[_Finding]:
    return [s for s in sure[-50:] if s.end <= finding.start or s.start >= finding.end]


def _touch(raw: str, one: _Finding, other: _Finding) -> bool:
    first, second = sorted((one, other), key=lambda f: f.start)
    between = raw[first.end : second.start] if second.start - first.end < 40 else "x"
    return not between.strip(" \t\r\n\u3000-—=*")


def _search_line(line: PageLine, words: Vocabulary) -> list[_Finding]:
    found: list[_Finding] = []
    text = line.text
    if text in words.buttons:
        return found
    position = 0
    while (key := _find_key(text, position, words)) is not None:
        start = _find_start(text, key, position, words.max_chars)
        finding = _judge(text, start, key, words) if start is not None else None
        if finding is None or finding.verdict == "doubtful":
            finding = _judge_glued(text, position, key, words) or finding
        if finding:
            place = line.start + finding.start, line.start + finding.end
            found.append(_Finding(*place, finding.verdict))
        # What follows before the next sentence begins has the same start and the same verdict.
        border = STARTS_AFTER.search(text, key + 1)
        position = max(border.end() if border else len(text), finding.end if finding else 0)
    return found


def _find_key(text: str, position: int, words: Vocabulary) -> int | None:
    hit = words.key.search(text, position)
    return hit.start() if hit else None


def _find_start(text: str, key: int, floor: int, reach: int) -> int | None:
    """Walk back from a key word to where its statement begins; None if that is too far."""
    for place in range(key, max(floor - 1, key - reach), -1):
        if place in (0, floor) or text[place - 1] in BORDERS:
            while place > floor and text[place - 1] in OPENING_FRAME:
                place -= 1
            return place
    return None


def _judge(text: str, start: int, key: int, words: Vocabulary) -> _Finding | None:
    stop = _find_stop(text, key, words.max_chars)
    if stop is not None and stop - start <= words.max_chars:
        statement = text[start:stop]
        other = len(words.word.sub("", statement))
        whole = start == 0 and stop == len(text)
        share = words.other_share if whole else words.other_share / 2
        if other <= share * len(statement) and _has_roles(statement, words):
            sure = whole or words.opening.match(statement) is not None
            return _Finding(start, _absorb(text, stop, words), "sure" if sure else "weak")
    return _judge_run(text, start, key, words)


def _judge_glued(text: str, floor: int, key: int, words: Vocabulary) -> _Finding | None:
    """A notice that follows the words before it without a mark: 狠抓落实此处内容需要权限查看."""
    for match in words.opening.finditer(text, max(floor, key - words.max_chars), key):
        start = match.start()
        run = words.run.match(text, start, start + words.max_chars)
        end = run.end() if run else start
        if text[start - 1 : start] in LEADS_UP or end <= key:
            continue
        ended = end == len(text) or text[end] in "。！？" or POINT.match(text, end) is not None
        if ended and _has_roles(text[start:end], words):
            return _Finding(start, end, "sure")
    return None


def _absorb(text: str, stop: int, words: Vocabulary) -> int:
    """What follows in the same words to the line's end belongs to the notice ("剩余1520字")."""
    run = words.run.match(text, stop, stop + words.max_chars)
    return run.end() if run and run.end() == len(text) else stop


def _judge_run(text: str, start: int, key: int, words: Vocabulary) -> _Finding | None:
    """A notice glued to the next words: how far it goes is how far its vocabulary goes."""
    run = words.run.match(text, start, start + words.max_chars)
    end = run.end() if run else start
    if end <= key or not _has_roles(text[start:end], words):
        return None
    if POINT.match(text, end) and (start == 0 or words.opening.match(text, start)):
        return _Finding(start, end, "sure")
    return _Finding(start, end, "weak" if start == 0 else "doubtful")


def _find_stop(text: str, key: int, reach: int) -> int | None:
    """Find where a statement ends: its sentence, its line, or the next point's marker."""
    stop = ENDS_BEFORE.search(text, key, key + reach)
    point = NEXT_POINT.search(text, key, key + reach)
    if point and (stop is None or point.start() < stop.end()):
        return point.start()
    if stop is None:
        return len(text) if len(text) - key <= reach else None
    end = stop.end()
    while end < len(text) and text[end] in CLOSING_FRAME:
        end += 1
    return end


def _has_roles(statement: str, words: Vocabulary) -> bool:
    if words.hidden.search(statement):
        subject = words.subject.sub("", words.hidden.sub("", statement)) != statement
        return bool(NUMBER.search(statement)) or (subject and _has_barrier(statement, words))
    return _has_barrier(statement, words)


def _has_barrier(statement: str, words: Vocabulary) -> bool:
    barrier = words.barrier.search(statement)
    if barrier is None:
        return False
    rest = statement[: barrier.start()] + "\n" + statement[barrier.end() :]
    actions = {match.group() for match in words.action.finditer(rest)}
    return bool(actions - {"下载"} if barrier.group().startswith("下载") else actions)


def take_gap(page: NoisePage, start: int, end: int, rule: str = "statement") -> None:
    """Take a notice of hidden text without its outer blanks and leave a gap in its place."""
    start, end = trim_span(page.raw, start, end)
    text = page.raw[start:end]
    kind: Literal["paywall", "hidden"] = (
        "hidden" if load_vocabulary().hidden.search(text) else "paywall"
    )
    if page.take(start, end, kind, rule):
        page.gaps.append(RawGap(kind, start, read_hidden_chars(text), text))


def read_hidden_chars(text: str) -> int | None:
    """Return how many characters a notice says are hidden ("此处隐藏4864字" gives 4864)."""
    match = NUMBER.search(text)
    if match is None and REST.search(text) and not TOTAL.search(text):
        match = ANY.search(text)
    if not match:
        return None
    named = match.groupdict()
    digits = (named.get("n") or named.get("before") or "").replace(",", "").replace("，", "")
    digits = digits.rstrip(".")
    if digits.count(".") > 1:
        return None
    number = float(digits) if "." in digits else int(digits)
    return round(number * 10_000) if named.get("wan") or named.get("many") else int(number)
