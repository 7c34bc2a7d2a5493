"""What is no wording: invisible characters, and scraps of HTML and forum code in plain text."""

from __future__ import annotations

import re

from corpus_app.ingest.draft import Notice
from corpus_app.ingest.noise.page import NoisePage

# Control and format characters that str.isspace() does not count as white space, zero-width
# spaces and joiners, direction marks, byte order marks inside the text, lone surrogates. Of what
# is not seen (text/equality.py), selectors stay: they say how the character before them looks.
INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ufeff\ufff0-\ufffb\ud800-\udfff\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U000e0fff]+"
)
BLOCK_NAMES = (
    "p|div|h[1-6]|br|hr|ul|ol|li|table|tr|t[dh]|thead|tbody|center|section|article|blockquote|dl|dt|dd"
    "|html|body|head|header|footer|pre"
)
INLINE_NAMES = (
    "a|b|i|u|s|em|strong|span|font|sup|sub|small|big|img|strike|o:p|st1:\\w{1,20}|input|label"
)
FORUM_NAMES = "b|i|u|url|size|color|align|font|quote|indent|p"
# Every repetition is bounded and stays inside one line, so that the search is linear.
PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("html:comment", re.compile(r"<!--[^\n]{0,1000}?-->")),
    ("html:block", re.compile(rf"</?(?:{BLOCK_NAMES})(?:\s[^<>\n]{{0,500}})?/?>", re.I)),
    ("html:inline", re.compile(rf"</?(?:{INLINE_NAMES})(?:\s[^<>\n]{{0,500}})?/?>", re.I)),
    ("html:blank", re.compile(r"(?:&(?:nbsp|ensp|emsp|thinsp|#160|#12288|#xa0);)+", re.I)),
    ("forum:image", re.compile(r"\[img[^\]\n]{0,60}\][^\[\]\n]{0,300}\[/img\]", re.I)),
    ("forum:tag", re.compile(rf"\[/?(?:{FORUM_NAMES})(?:=[^\]\n]{{0,200}})?\]", re.I)),
)
ENTITY = re.compile(r"&(?:[a-z]{2,8}|#\d{2,5}|#x[0-9a-f]{2,4});")
LETTER = re.compile(r"[<\[]/?([abius])[>\]]")
MESSAGE = "文中夹有网页标记，已剔除标记、保留文字。"
ENTITY_MESSAGE = "文中留有网页字符代码（如 &ldquo;），按原样保留，请核对。"


def remove_invisible(page: NoisePage) -> None:
    """Take control and zero-width characters (kind "invisible")."""
    spans = [match.span() for match in INVISIBLE.finditer(page.raw)]
    page.take_all(spans, "invisible", "control-or-zero-width")


def remove_markup(page: NoisePage) -> None:
    """Take tags and blank entities (kind "markup"); other entities stay, with a notice."""
    if "<" not in page.raw and "&" not in page.raw and "[" not in page.raw:
        return
    for rule, pattern in PATTERNS:
        found = list(pattern.finditer(page.raw))
        names = {match.group().lower() for match in found}
        spans = [match.span() for match in found if _is_tag(match.group().lower(), names)]
        page.take_all(spans, "markup", rule)
        if spans and not any(notice.code == "markup" for notice in page.notices):
            page.notices.append(Notice("markup", MESSAGE))
    left = [m for m in ENTITY.finditer(page.raw) if not page.is_taken(*m.span())]
    if left:
        page.warn("entities", ENTITY_MESSAGE, *left[0].span())


def _is_tag(tag: str, names: set[str]) -> bool:
    """Say whether a tag is one: of a single letter only in a pair, for c<i>d may be a formula."""
    letter = LETTER.fullmatch(tag)
    if letter is None:
        return True
    end = "]" if tag[0] == "[" else ">"
    opened = any(name.startswith(f"{tag[0]}{letter[1]}") for name in names)
    return opened and f"{tag[0]}/{letter[1]}{end}" in names
