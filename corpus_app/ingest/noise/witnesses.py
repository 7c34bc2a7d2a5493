"""What a file says outside its sentences about the site, host or account that it comes from.

Only such words bear out that a string in mid-sentence was put there by the site: a line of the
page's own, or an address that stands by itself behind the last sentence of a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from corpus_app.ingest.noise.page import NoisePage, PageLine
from corpus_app.ingest.noise.speech import find_body, is_salutation, is_speech
from corpus_app.ingest.rule_files import read_rules
from corpus_app.text.chars import HAN, narrow, squeeze

CHROME_KINDS = {"site", "breadcrumb", "advert", "disclaimer", "copyright", "editor_note"}
NAME_KINDS = {"site", "advert"}
NAME = re.compile(f"[{HAN}A-Za-z0-9]{{3,12}}")
HOST = re.compile(
    r"(?<![A-Za-z0-9@._-])(?:https?://)?((?:[A-Za-z0-9][A-Za-z0-9-]{0,40}\.){1,4}"
    r"(?:com|net|org|cn|cc|vip|top|info|xyz|site|club|example))(?![A-Za-z0-9-])"
)
MAIL = re.compile(r"([A-Za-z0-9][A-Za-z0-9_-]{3,30})@[A-Za-z0-9-]{1,40}\.")
TOKEN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{3,30}(?![A-Za-z0-9_.-])")
CRUMB = re.compile(r"\s*(?:>>?|»|›|→|\||/|·|：|:)\s*|\s{2,}")
# Behind a whole sentence, up to the line's end: 。gongwen88.com
LONE = re.compile(
    r"(?<=[。！？”])\s*[（(【\[]?\s*([^\s。，；：！？（）()【】\[\]]{3,60})\s*[)）】\]]?\s*$"
)
HAN_SIGN = re.compile(f"[{HAN}]")
# 本文由某某网整理
COMPILED = re.compile(f"由([{HAN}A-Za-z0-9]{{3,12}}?)(?:整理|提供|收集|搜集|上传|发布|分享|编辑)")
PARTING = frozenset(':：“"《「 \u3000')
SHORTEST = 4
MOST_HAN = 30
# No page bears more names of its own; each is sought in the whole text.
MOST_NAMES = 60
LONE_CHARS = 80
ENDS = frozenset("。！？；，：")


@dataclass(frozen=True, slots=True)
class Witness:
    """Names borne out by the page: latin in lower case (hosts, their labels, accounts).

    sourced are Latin names that a label of the source alone names. traded are names of the trade
    in documents, named what else the page calls itself, alone what makes up a line at an edge;
    these two may be the speaker's own office or platform.
    """

    latin: frozenset[str]
    sourced: frozenset[str]
    traded: tuple[str, ...]
    named: tuple[str, ...]
    alone: tuple[str, ...]


def find_witness(page: NoisePage) -> Witness:
    """Return what the lines outside the speech, and what stands alone there, say of the site."""
    latin: set[str] = set()
    sourced: set[str] = set()
    names: dict[str, None] = {}
    alone: dict[str, None] = {}
    for text, is_name_line in _list_outside(page):
        latin.update(_find_latin(text))
        sourced.update(_find_accounts(text, "sources"))
        names.update(dict.fromkeys(_find_names(text)))
        bare = text.strip("【】[]（）()〔〕<>-*_~|·—# ")
        if NAME.fullmatch(bare) and not bare.isdigit():
            (names if is_name_line else alone)[bare] = None
    han, lone = _keep_han(names), _keep_han(alone)
    traded = [name for name in dict.fromkeys([*han, *lone]) if is_traded(name)]
    return Witness(
        frozenset(latin),
        frozenset(sourced - latin),
        tuple(traded),
        tuple(name for name in han if name not in traded),
        tuple(name for name in lone if name not in traded and name not in han),
    )


def _keep_han(names: Iterable[str]) -> list[str]:
    return [name for name in names if not name.isascii() and len(name) >= SHORTEST][:MOST_NAMES]


def fold_latin(text: str) -> str:
    """Return a Latin string as it is compared: narrow, lower case, without blanks and www."""
    bare = squeeze(narrow(text)).lower()
    bare = re.sub(r"^(?:https?://)?(?:www\.)?|[.-]+$", "", bare)
    return re.sub(r"^([^/]+\.[a-z]+)/.*$", r"\1", bare)


def is_official(host: str) -> bool:
    """Say whether a host is an office's, a school's or the like."""
    official = read_rules("noise_phrases")["outside"]["official"]
    return any(host == ending or host.endswith(f".{ending}") for ending in official)


@cache
def load_traded() -> re.Pattern[str]:
    """Return the pattern of a name's ending that only the trade in documents uses."""
    rules = read_rules("noise_phrases")["discovery"]
    return re.compile(_join(rules["trade"]) + "$")


def is_traded(name: str) -> bool:
    """Say whether a name is a brand of the trade in documents (青蓝公文网, not 电子公文网)."""
    match = load_traded().search(name)
    plain = read_rules("noise_phrases")["discovery"]["plain"]
    return match is not None and not name[: match.start()].endswith(tuple(plain))


@cache
def load_pinyin() -> re.Pattern[str]:
    """Return the pattern of the trade's names in Latin letters."""
    return re.compile(_join(read_rules("noise_phrases")["discovery"]["pinyin"]))


def list_standing_names(page: NoisePage) -> list[str]:
    """Return the trade's names that stand by themselves in breadcrumbs, disclaimers, adverts."""
    pattern = _load_standing()
    spans = (span.text for span in page.removed if span.kind in CHROME_KINDS)
    found = (name for text in spans for name in pattern.findall(text))
    return list(dict.fromkeys(name for name in found if is_traded(name)))[:MOST_NAMES]


@cache
def _load_standing() -> re.Pattern[str]:
    ending = _join(read_rules("noise_phrases")["discovery"]["trade"])
    return re.compile(f"(?<![{HAN}])[{HAN}A-Za-z0-9]{{0,8}}?{ending}(?![{HAN}])")


def _join(words: list[str]) -> str:
    return f"(?:{'|'.join(sorted(map(re.escape, words), key=len, reverse=True))})"


def _list_outside(page: NoisePage) -> Iterator[tuple[str, bool]]:
    """Yield each text outside the sentences, and whether it is a line that may be a bare name."""
    free = page.list_free()
    first, last = find_body(free)
    head = free[first].start if first < len(free) else len(page.raw)
    tail = free[last - 1].end if last else 0
    for line in page.lines:
        taken = [s for s in page.find_taken(line.start, line.end) if s.kind in CHROME_KINDS]
        whole = bool(taken) and sum(s.end - s.start for s in taken) * 2 > line.end - line.start
        at_edge = line.end <= head or line.start >= tail
        if whole or (at_edge and _is_label_line(line)):
            yield line.text, any(span.kind in NAME_KINDS for span in taken)
        elif HOST.fullmatch(line.text):
            yield line.text, False
        elif lone := _find_lone(line.text):
            yield lone


def _find_lone(text: str) -> tuple[str, bool] | None:
    """Return the address or the bracketed name that stands behind a paragraph's last sentence."""
    lone = None if text[-1] in ENDS else LONE.search(text, max(0, len(text) - LONE_CHARS))
    if lone is None:
        return None
    named = text[-1] in "】]" and NAME.fullmatch(lone[1]) is not None
    return (lone[1], named) if named or HOST.fullmatch(lone[1]) else None


def _is_label_line(line: PageLine) -> bool:
    """Say whether a line at the edge is the page's own, no sentence that lacks its end."""
    words = sum(map(len, re.findall(f"[{HAN}]+", line.text)))
    return words <= MOST_HAN and not is_speech(line) and not is_salutation(line)


def _find_hosts(text: str) -> Iterator[str]:
    for match in HOST.finditer(narrow(text)):
        yield match[1].lower()


def _find_latin(text: str) -> Iterator[str]:
    """Yield the hosts of a line with their labels, and the accounts behind a label or an @."""
    for host in _find_hosts(text):
        if is_official(host):
            continue
        yield fold_latin(host)
        endings = read_rules("noise_phrases")["outside"]["endings"]
        labels = [label for label in host.split(".") if label not in endings]
        if labels and _is_label(labels[-1]):
            yield labels[-1]
            yield fold_latin(".".join(host.split(".")[host.split(".").index(labels[-1]) :]))
    for match in MAIL.finditer(text):
        yield match[1].lower()
    if text.startswith("@") and TOKEN.fullmatch(text[1:]) and _is_label(text[1:]):
        yield text[1:].lower()
    yield from _find_accounts(text, "accounts")


def _find_accounts(text: str, table: str) -> Iterator[str]:
    """Yield the Latin names behind the labels of a table, those of one letter or figure aside."""
    for match in _load_labelled(table).finditer(text):
        token = TOKEN.match(text, match.end())
        # 关注COVID-19防控 is a heading, 关注：wenmi114 names an account.
        apart = match.group()[-1:] in PARTING and not HAN_SIGN.match(
            text, token.end() if token else 0
        )
        if token and apart and _is_label(token.group()):
            yield token.group().lower()


def _is_label(name: str) -> bool:
    return len(name) >= SHORTEST and re.search(r"[A-Za-z]", name) is not None


def _find_names(text: str) -> Iterator[str]:
    """Yield the names behind a label, and the first of a breadcrumb."""
    for match in _load_labelled("labels").finditer(text):
        name = NAME.match(text, match.end())
        if name:
            yield name.group()
    yield from COMPILED.findall(text)
    parts = [part.strip("【】[]（）() ") for part in CRUMB.split(text)]
    crumbs = read_rules("noise_phrases")["outside"]["crumbs"]
    if len(parts) > 2:
        yield from [part for part in parts if part not in crumbs and NAME.fullmatch(part)][:1]


@cache
def _load_labelled(table: str) -> re.Pattern[str]:
    labels = _join(read_rules("noise_phrases")["outside"][table])
    return re.compile(rf"{labels}\s?[:：“\"《「]?\s?")
