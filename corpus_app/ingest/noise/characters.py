"""Signs that carry no wording: invisible characters, and web addresses between the words."""

from __future__ import annotations

import re

from corpus_app.ingest.noise.page import Page

# Control and format characters that str.isspace() does not count as white space, zero-width
# spaces and joiners, direction marks, byte order marks inside the text, lone surrogates.
INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]+"
)
ADDRESS = re.compile(
    r"(?:https?://|www\.)[!#-'*-;=?-Z_a-z~]{3,200}"
    r"|(?<![A-Za-z0-9@._-])[a-z0-9][a-z0-9-]{1,40}\.(?:com|net|org|cn|cc|vip|top)(?:\.cn)?(?![A-Za-z0-9])"
)
HAN = re.compile("[\u4e00-\u9fff]")
# After these an address is part of the sentence: the speaker names a site.
INTRODUCED = re.compile(
    r"(?:网站|网址|官网|登录|登陆|访问|邮箱|平台|地址|域名|网|至|为|是|在|到)$|[(（:：“\"《<@]$"
)


def remove_invisible(page: Page) -> None:
    """Take control and zero-width characters (kind "invisible")."""
    spans = [match.span() for match in INVISIBLE.finditer(page.raw)]
    page.take_all(spans, "invisible", "control-or-zero-width")


def remove_addresses(page: Page) -> None:
    """Take web addresses stuck between two words (kind "url"), and the same ones elsewhere."""
    found = [m for m in ADDRESS.finditer(page.raw) if not page.is_taken(*m.span())]
    injected = {_name_site(m.group()) for m in found if _is_injected(page.raw, m)}
    spans = [m.span() for m in found if _name_site(m.group()) in injected]
    page.take_all([_widen(page.raw, *span) for span in spans], "url", "address-in-sentence")


def _name_site(address: str) -> str:
    return re.sub(r"^(?:https?://)?(?:www\.)?|/.*$", "", address.lower())


def _is_injected(raw: str, match: re.Match[str]) -> bool:
    """Say whether an address stands beside a word that do not lead up to it."""
    start, end = match.span()
    before = raw[max(0, start - 4) : start].rstrip()
    inside = HAN.search(raw[max(0, start - 1) : start]) or HAN.match(raw, end)
    return bool(inside) and INTRODUCED.search(before) is None


def _widen(raw: str, start: int, end: int) -> tuple[int, int]:
    """Brackets around nothing but the address go with it."""
    if raw[start - 1 : start] in "（(【[" and raw[end : end + 1] in "）)】]" and start:
        return start - 1, end + 1
    return start, end
