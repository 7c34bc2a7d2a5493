"""Keys by which programs call what they keep of a page, and lines of a key and its value."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final

from corpus_app.ingest.metadata.label_words import find_field, is_known_label
from corpus_app.ingest.rule_files import read_rules

_HAN: Final = re.compile("[\u4e00-\u9fff]")
_KEY: Final = (
    r"(?P<key>[A-Za-z][\w.-]{0,24}(?:(?:['’]s)?(?: [A-Za-z]{2,12}){1,3})?|[\u4e00-\u9fff]{2,8})"
)
# title = "…", "title": "…", [title] …, <标题>=…, #+TITLE: …, <title>…</title>, dc:title …,
# TI  - …, title:: …, - **标题**：….
_FORMS: Final = tuple(
    re.compile(form)
    for form in (
        rf"\|?\s*{_KEY}\s*=>?\s*(?P<value>\S.*)",
        rf"\d{{1,2}}[.、]\s*{_KEY}\s*[:：]\s*(?P<value>\S.*)",
        rf"{_KEY}\s+[-–—]{{1,2}}\s+(?P<value>\S.*)",
        r"(?P<key>[Bb]y)\s+(?P<value>\S.*)",
        rf"#?\+{_KEY}\s*[:：]\s*(?P<value>\S.*)",
        rf"<{_KEY}>\s*(?P<value>[^<>]+?)\s*</(?P=key)>?",
        rf"[\"']{_KEY}[\"']\s*(?:[:：]|=>)\s*(?P<value>\S.*)",
        rf"[\[【<〈]{_KEY}[\]】>〉]\s*[:：=]?\s*(?P<value>[^\s=].*)",
        rf"(?:dc|DC|dcterms)[:.]{_KEY}\s*[:=]?\s+(?P<value>\S.*)",
        r"(?P<key>[A-Z][A-Z0-9])\s{1,2}-\s+(?P<value>\S.*)",
        rf"(?:[-*+>]\s+)?\**{_KEY}\**\s*[:：]{{2}}\s*(?P<value>\S.*)",
        rf"[-*+>]\s+\**{_KEY}\**\s*[:：]\**\s*(?P<value>\S.*)",
        rf"{_KEY}\s*[:：]\s*(?P<value>\S.*)",
    )
)
# What stands around a value as programs write it.
_FRAME: Final = " \t\"'“”{}[],;"
LONGEST: Final = 200


@cache
def _key_patterns() -> list[tuple[str, re.Pattern[str]]]:
    keys = read_rules("metadata")["keys"]
    return [(key["field"], re.compile(key["pattern"])) for key in keys]


@lru_cache(maxsize=1024)
def find_key_field(key: str) -> str:
    """Return the field that a program's key names (docTitle, publish_time, 讲话人), "" for none."""
    if _HAN.search(key):
        bare = "".join(key.split())
        field = find_field(bare) if is_known_label(bare) else ""
        return "published" if field == "time" else field
    plain = re.sub(r"[\W_]+", "", key).lower()
    return next((name for name, pattern in _key_patterns() if pattern.search(plain)), "")


def read_key_line(text: str) -> tuple[str, str] | None:
    """Return field and value of a line that a program wrote as a key and its value, else None.

    Only keys that name a field, or what is none of the speech's ("other"), make such a line.
    """
    if len(text) > LONGEST:
        return None
    for form in _FORMS:
        match = form.fullmatch(text.strip())
        field = find_key_field(match["key"]) if match else ""
        if match and field:
            return field, match["value"].strip(_FRAME)
    return None


def read_front_line(text: str) -> list[tuple[str, str]]:
    """Return what a line of a front matter states; its date is the speech's."""
    keyed = read_key_line(text)
    if keyed is None:
        return []
    return [("delivered" if keyed[0] == "time" else keyed[0], keyed[1])]
