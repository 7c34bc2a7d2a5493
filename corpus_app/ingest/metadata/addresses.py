"""The address of a page among its lines: named as the original's, or alone at its head or foot."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from corpus_app.ingest.draft import Metadata
from corpus_app.ingest.labelling.units import Unit
from corpus_app.ingest.metadata.label_values import find_url
from corpus_app.ingest.metadata.witness import witness

_LINE: Final = re.compile(r"[^\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
# An article's address goes on behind its host by a number or a file.
_ARTICLE: Final = re.compile(r"https?://[^/\s]+/(?!index\.\w+$)\S*(?:\d{3}|\.[a-z]{3,5}$)\S*")
_NAMED: Final = re.compile(
    r"原文|原址|原网|原帖|网页|网址|地址|链接|来源|出处|转自|转载|快照|镜像|备份|摘自|全文见"
    r"|\b(?:url|source|original|link|via|permalink|retrieved)\b",
    re.I,
)
_OTHERS: Final = re.compile(
    r"下载|投稿|附件|上一[篇条页]|下一[篇条页]|相关|推荐|主办|版权|备案|联系|邮箱|客户端|关注|报名|会员"
)
HEAD_LINES, FOOT_LINES = 40, 20
# What a browser prints below a page: its address and 1/3.
_PAGED: Final = re.compile(
    r"\d{1,3}\s*/\s*\d{1,3}|第\s*\d{1,3}\s*页|page\s*\d{1,3}\s*of\s*\d{1,3}", re.I
)
# So many characters stand beside an address that is a line by itself: the page's number, a date.
MOST_BESIDE: Final = 12
LONGEST: Final = 300


def read_address(meta: Metadata, raw: str) -> None:
    """Set the page's address where one line at its head or foot tells it and no other another."""
    if meta.source_url is not None:
        return
    found: dict[str, Unit] = {}
    for line in _list_lines(raw):
        url = find_url(line.text)
        if url and _ARTICLE.fullmatch(url) and url not in found:
            found[url] = line
    if len(found) == 1:
        ((url, line),) = found.items()
        with witness(meta, [line], "notice"):
            meta.source_url = url


def _list_lines(raw: str) -> Iterator[Unit]:
    """Yield the lines at head and foot that name an address, or are one."""
    lines = [match.span() for match in _LINE.finditer(raw) if match[0].strip()]
    foot = lines[max(HEAD_LINES, len(lines) - FOOT_LINES) :]
    above = ""
    for before, (start, end) in pairwise([(0, 0), *lines[:HEAD_LINES], *foot]):
        above, text = raw[slice(*before)], raw[start:end]
        if (
            "http" in text
            and end - start <= LONGEST
            and _tells(text, above, first=start == lines[0][0])
        ):
            yield Unit(text.strip(), ((start, end),))


def _tells(text: str, above: str, *, first: bool) -> bool:
    """Say whether a line names the address, or is one alone, the first or with a page's number."""
    beside = re.sub(r"https?://\S+", "", text)
    if _OTHERS.search(beside) or _OTHERS.search(above[:LONGEST]):
        return False
    if _NAMED.search(beside):
        return True
    return len("".join(beside.split())) <= MOST_BESIDE and (
        first or _PAGED.search(beside) is not None
    )
