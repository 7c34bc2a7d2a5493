"""Advertising and （责任编辑：…） glued to the last sentence of a paragraph."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from corpus_app.ingest.noise.adverts import CALL
from corpus_app.ingest.noise.page import Page
from corpus_app.ingest.noise.speech import find_body
from corpus_app.ingest.noise.witnesses import find_witness, is_traded, load_pinyin
from corpus_app.ingest.rule_files import read_rules

TRAILER_CHARS = 90
NAMES = re.compile("[\u4e00-\u9fffA-Za-z0-9]{4,}")
MESSAGE = "“{words}”可能是网站的推广语，因没有旁证而保留，请核对。"


@cache
def load_trailers() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    """Return (kind, name, pattern) of what may be glued to a paragraph's end."""
    rules = read_rules("noise_lines")["trailer"]
    return tuple((rule["kind"], rule["name"], re.compile(rule["pattern"])) for rule in rules)


def remove_trailers(page: Page) -> None:
    """Take trailers; an advert inside the speech only where something bears it out.

    Speakers ask to follow an account, too: behind the last sentence of all, with a number to
    call, repeated or named by the page it is the site's; else it stays, with a notice.
    """
    found: list[tuple[int, int, str, str]] = []
    for line in page.list_free():
        reach = max(0, len(line.text) - TRAILER_CHARS)
        for kind, name, pattern in load_trailers():
            match = pattern.search(line.text, reach)
            if match:
                place = line.start + match.start(), line.start + match.end()
                found.append((*place, kind, f"trailer:{name}"))
                break
    for start, end, kind, rule in found:
        words = page.raw[start:end].strip()
        if kind != "advert" or _is_borne_out(page, start, words, found):
            page.take(start, end, kind, rule)
        else:
            page.warn("possible_advert", MESSAGE.format(words=words), start, end)


def _is_borne_out(
    page: Page, start: int, words: str, found: list[tuple[int, int, str, str]]
) -> bool:
    free = page.list_free()
    last = find_body(free)[1]
    at_end = not last or free[last - 1].start <= start
    repeated = Counter(page.raw[a:b].strip() for a, b, _, _ in found)[words] > 1
    if (
        at_end
        or repeated
        or CALL.search(words.replace("公众号", ""))
        or load_pinyin().search(words)
    ):
        return True
    witness = find_witness(page)
    known = (*witness.traded, *witness.named)
    named = any(name in words for name in known)
    traded = any(is_traded(name) for name in NAMES.findall(words))
    return named or traded or any(name in words.lower() for name in witness.latin)
